"""The help of apply, recommend, review, survey, appraise, conflict and objection: English -> Chinese."""

SENTENCES: dict[str, str] = {
    "Fill in, submit, correct or withdraw an application; confirm one as its co-builder.": (
        "填写、提交、补正、撤回申报；以共建单位身份确认申报。"
    ),
    "Submit an application, or a new version of one, before the submission deadline.": (
        "在申报截止前提交申报，或提交其新版本。"
    ),
    "The file contains the fields of the round's form; `apply form` writes one to fill in. Each content "
    "is a text, or {text: ...}, {file: PATH} or {ref: ID}; paths lead to the file's own folder or below. A file with "
    "faults is not submitted; all of them are listed.": (
        "文件含本轮申报表的各项目；`apply form` 可生成待填文件。每项内容为文本，或 {text: ...}、{file: 路径}、"
        "{ref: 编号}；路径须在该文件所在文件夹内。有问题的文件不予提交，并列出全部问题。"
    ),
    "Write the round's application form as a YAML file to fill in, with labels, help and limits as "
    "comments.": "将本轮申报表写成待填的 YAML 文件，以注释给出项目名称、说明与限制。",
    "List every fault of a filled-in form with its place and what to do. Nothing is stored or sent.": (
        "列出所填表单的全部问题、位置及改法；不存入也不提交任何内容。"
    ),
    "Show what changed between two versions of an application, field by field, as far as you may see "
    "both.": "逐项列出申报两个版本之间的改动，以您可查看的内容为限。",
    "The earlier version; default: the one before.": "较早的版本；默认为前一版。",
    "The later version; default: the current one.": "较晚的版本；默认为现行版本。",
    "Number of an application of yours that is to be mended: it keeps its form.": (
        "您待补正的申报编号：补正沿用其原表单。"
    ),
    "The application (YAML or JSON).": "申报文件（YAML 或 JSON）。",
    "Submit a new version of this application.": "作为该申报的新版本提交。",
    "Submit the corrected version of an application that was sent back.": "提交退回申报的补正版本。",
    "Write an empty table for many applications under the round's form, with what belongs in each column.": (
        "按本轮申报表写出可填多项申报的空白表格，并说明各列的填写内容。"
    ),
    "Fields with rows of their own have a sheet each, which only XLSX can hold.": (
        "含多行的项目各占一个工作表，仅 XLSX 可容纳。"
    ),
    "Files are named by paths in the folder of the table. A row is known again by its row id, not by --command-id.": (
        "文件以表格所在文件夹内的路径填写；各行按行编号识别，而非 --command-id。"
    ),
    "The applications, as XLSX or CSV.": "申报表格（XLSX 或 CSV）。",
    "Only check and show what would be submitted.": "仅检查并显示将提交的内容。",
    "Submit rows that changed as new versions.": "将有改动的行作为新版本提交。",
    "Submit many applications of your own from a table: all are shown, signed together, each answered by itself.": (
        "从表格批量提交本人经办的申报：先全部列出，一并签名，逐项受理。"
    ),
    "If one row is wrong, each fault is shown and nothing is submitted. Nothing is submitted twice, so an "
    "import that broke off is simply repeated.": (
        "如有一行有误，则列出全部错误且不提交任何申报。已提交的不再重复提交，因此中断后重新导入即可。"
    ),
    "Withdraw an application; it can be submitted again until the deadline.": "撤回申报；截止前可重新提交。",
    "Confirm, for the co-builder that employs you, its part in an application before the deadline.": (
        "在期限前代表所在的共建单位确认其参与共建。"
    ),
    "Keep a unit's list: recommend, withdraw, rank.": "推荐、撤回、排序：推荐单位的名单。",
    "Recommend an application within the unit's quota, in the version that you read.": (
        "在本单位名额内推荐一项申报；以您所查看的版本为准。"
    ),
    "Version that you read; default: the current one.": "您所查看的版本；默认为现行版本。",
    "Your unit; needed only if you act for several.": "推荐单位；仅代表多个单位者须填。",
    "Remove an application from the unit's list, which frees its place.": (
        "将申报移出本单位名单，名额随之释放。"
    ),
    "Enter what a unit recommended on paper: it counts by the day on which it was sent. Two officers sign.": (
        "录入推荐单位的纸质推荐，以寄出之日为准；由两名经办人员签名。"
    ),
    "The unit that recommended on paper.": "以纸质方式推荐的单位。",
    "Who signed it for the unit, by their id.": "代表该单位签署的人员编号。",
    "The day on which it was sent, as the postmark shows.": "寄出之日，以邮戳为准。",
    "Rank the applications on the unit's list.": "对本单位名单排序。",
    "Numbers of all applications on the list, best first.": "名单内全部申报的编号，由优到次。",
    "Accept or decline an invitation; submit a review.": "接受或谢绝评审邀请；提交评审意见。",
    "Accept the invitation with your signed pledge; you declare that you have no conflict of interest.": (
        "签署承诺接受邀请，并声明无利益冲突。"
    ),
    "Your signed pledge: a text, @FILE or ref:ID.": "您签署的承诺：文本，或 @文件、ref:编号。",
    "Decline the invitation, or give up the seat before you submit a review; an alternate takes over.": (
        "谢绝邀请，或在提交评审前退出；席位由备选专家接替。"
    ),
    "Submit the scores and the answers to the review form; until the score is fixed you can correct them "
    "yourself.": "提交评分和评审表答案；得分确定前可由本人更正。",
    "Keep a draft of your review on this machine; nobody else sees it and the record has none.": (
        "在本机保存评审草稿；他人不可见，亦不进入记录。"
    ),
    "Keep a draft in place of the former one, in a file that only you can read.": (
        "保存草稿并替换原草稿；文件仅您本人可读。"
    ),
    "The review (YAML or JSON) as `review form` writes it, filled in as far as you are.": (
        "由 `review form` 生成的评审文件（YAML 或 JSON），可只填部分。"
    ),
    "Show your draft as you saved it.": "显示所存草稿。",
    "Remove your draft, if there is one.": "删除草稿（如有）。",
    "Take your draft in place of a file; then it is removed. Files that it names lie in the current folder.": (
        "以所存草稿代替文件，提交后草稿即删除；草稿所列文件须在当前文件夹内。"
    ),
    "Correct your own review before the panel's score is fixed and before the deadline; the former entry stays.": (
        "在得分确定前且期限届满前更正本人的评审；原条目保留。"
    ),
    "Why you correct it: a text, @FILE or ref:ID.": "更正理由：文本，或 @文件、ref:编号。",
    "Which correction of this review it is, from 1; default: the next.": (
        "本评审的第几次更正，自 1 起；默认为下一次。"
    ),
    "`review form` writes a file to fill in: the scores, and the answers to the round's review form. A file "
    "with faults is not submitted; all of them are listed.": (
        "`review form` 可生成待填文件，含评分和本轮评审表的各项目。有问题的文件不予提交，并列出全部问题。"
    ),
    "Write the round's form for this step as a YAML file to fill in, with labels, help and limits as comments.": (
        "将本轮相应表单写成待填的 YAML 文件，以注释给出项目名称、说明与限制。"
    ),
    "The filled-in form (YAML or JSON).": "填好的表单（YAML 或 JSON）。",
    "The filled-in opinion (YAML or JSON), if the rules ask for one.": (
        "填好的推荐意见（YAML 或 JSON）；规则要求时提交。"
    ),
    "Where the round's rules have a form for the opinion, it must be filled in; `recommend form` writes it.": (
        "本轮规则设有推荐意见表的，须填写；`recommend form` 可生成待填文件。"
    ),
    "Where the round's rules have a form for this, the file holds its answers too; `form` writes it.": (
        "本轮规则设有相应表单的，文件亦须含其答案；`form` 可生成待填文件。"
    ),
    "The filled-in form (YAML or JSON), if the rules have one.": "填好的表单（YAML 或 JSON）；规则设有时提交。",
    "Report a site survey.": "提交现场实勘报告。",
    "Report a site survey, as a member of the survey team.": "以实勘组成员身份提交现场实勘报告。",
    "survey.yaml contains day (YYYY-MM-DD), findings (one text per review content), photos ({file: PATH}) and "
    "verdict: confirmed, confirmed-with-reservations or not-confirmed.": (
        "survey.yaml 含 day（YYYY-MM-DD）、findings（每项评审内容一段文本）、"
        "photos（{file: 路径}）和 verdict：confirmed（属实）、confirmed-with-reservations（基本属实）或 "
        "not-confirmed（不属实）。"
    ),
    "The report (YAML or JSON).": "报告文件（YAML 或 JSON）。",
    "Record the panel's overall appraisal.": "记录专家组的综合论证。",
    "Open the vote of the panel's meeting, as its chair.": "以组长身份提请专家组表决。",
    "Opened anew, it is another meeting: everyone who was asked votes anew, and --reason says why.": (
        "重新提请即为另一次论证：此前获请表决者均须重新表决，并以 --reason 说明理由。"
    ),
    "The score that you find right; none if you abstain.": "您认为恰当的分数；弃权者不填。",
    "Who is present.": "出席人员。",
    "Who is present and stands aside.": "出席但回避的人员。",
    "Why it is voted on anew: a text, @FILE or ref:ID.": "重新表决的理由：文本、@文件或 ref:ID。",
    "Why the score is far from the mean: a text, @FILE or ref:ID.": "议定分偏离均分的理由：文本、@文件或 ref:ID。",
    "Cast your own vote in the panel's meeting; nobody can cast it for you.": (
        "由本人在论证会上表决；他人不得代为表决。"
    ),
    "for, against or abstained.": "for（赞成）、against（反对）或 abstained（弃权）。",
    "Your dissent: a text, @FILE or ref:ID.": "您的不同意见：文本、@文件或 ref:ID。",
    "Which vote of the panel, where it was opened anew.": "第几次表决（重新提请的）。",
    "Record the panel's overall appraisal, as its chair, once everyone has voted.": (
        "全体表决后，以专家组组长身份记录综合论证。"
    ),
    "appraisal.yaml contains text, the minutes.": "appraisal.yaml 含 text（会议纪要）。",
    "The minutes of the meeting (YAML or JSON).": "论证会记录（YAML 或 JSON）。",
    "Declare, report, refer, import or rule on conflicts of interest.": "声明、报告、提请、导入或裁定利益冲突。",
    "Refer to a supervisor a conflict that data shows, such as one for which an act was refused.": (
        "将数据显示的利益冲突（如操作因此被拒绝的）提请监督人员裁定。"
    ),
    "Where only the organiser's own house binds an officer, supervisor or approver, say why they should act.": (
        "经办、监督或审批人员仅因组织单位本系统的单位而存在关联的，请说明为何仍应由其办理。"
    ),
    "A text, @FILE or ref:ID: why they should act.": "文本，或 @文件、ref:编号：为何仍应由其办理。",
    "The person whom the data links to the application.": "数据显示与该申报存在利益关系的人员编号。",
    "A conflict that data shows is dismissed for this evidence alone: other evidence still counts.": (
        "对数据发现的利益冲突裁定不成立的，仅该项证据不再计入。"
    ),
    "The conflicts, as XLSX or CSV.": "利益冲突表（XLSX 或 CSV）。",
    "Report many conflicts of interest from a table: all are shown, signed together, and each is answered by itself.": (
        "从表格批量报告利益冲突：先全部列出，一并签名，逐项答复。"
    ),
    "If one row is wrong, each fault is shown and nothing is reported. Rows reported before are not reported again.": (
        "有一行不符合要求，则列出各处错误，一律不予报告。此前已报告的行不再重复报告。"
    ),
    "Write an empty table of conflicts to fill in, with what belongs in each column.": (
        "写出待填写的空白利益冲突表，并说明各列的填写内容。"
    ),
    "Declare your own conflict of interest: you leave the panel, and a submitted review no longer counts.": (
        "声明本人的利益冲突：席位随之空出，已提交的评审不再计入。"
    ),
    "With whom the project was shared.": "合作项目的对方人员。",
    "Declare with whom your units or team shared a project; they stand aside once a supervisor confirmed it.": (
        "申明与贵单位或团队有合作项目的人员；经监督人员裁定成立后，该人员方才回避。"
    ),
    "Report a reviewer's conflict of interest; a supervisor rules on it.": (
        "报告评审专家的利益冲突，由监督人员裁定。"
    ),
    "The reviewer.": "评审专家的人员编号。",
    "Id of the report; default: the act's id.": "报告编号；默认为操作编号。",
    "Rule on a report; if it is upheld, the review is void and the seat becomes vacant.": (
        "裁定报告；成立的，评分作废、席位空出。"
    ),
    "The report's id.": "报告编号。",
    "The ruling.": "裁定结果：成立或不成立。",
    "Report fraud in an application with evidence, and rule on it.": "报告申报弄虚作假并附证据，及就此裁定。",
    "Report fraud, with evidence, at any stage before the list; a supervisor rules on it.": (
        "名单发布前任何阶段均可报告弄虚作假，须附证据；由监督人员裁定。"
    ),
    "Rule it out, or let it go on.": "取消资格，或继续办理。",
    "Rule on the report of fraud; upheld, the application is ruled out.": (
        "裁定弄虚作假的报告；成立的，取消申报资格。"
    ),
    "Give the application up for good, at any stage before the list; its place stays empty.": (
        "名单发布前任何阶段均可永久放弃申报；名额空缺。"
    ),
    "Reverse a ruling that dismissed an objection or upheld it in part; others examine it anew.": (
        "撤销不成立或部分成立的异议处理结果，由他人重新核查。"
    ),
    "Report lobbying, which anyone may, and rule on a report.": "报告请托（任何人均可），及裁定报告。",
    "A role that you are registered in.": "您已登记的角色。",
    "The ids of who lobbied, as far as you know them.": "所涉人员编号（仅填所知者）。",
    "Report that somebody lobbied, or asked you to; whoever you name sees neither the report nor you.": (
        "报告他人请托或受托说情；所涉人员看不到报告，也看不到您。"
    ),
    "Rule on a report of lobbying that you neither made nor are named in.": (
        "裁定请托报告；您须既非报告人，也非所涉人员。"
    ),
    "Request a review of the procedure after the end, and decide on it.": "终结后申请复核程序，及就此作出决定。",
    "A ground that the rules name, such as `reasons-missing`.": "规则所列的理由，如 `reasons-missing`。",
    "Request a review of the procedure within the rules' days after the application's end, once on each ground.": (
        "在申报终结后规则规定的期限内申请复核程序，每项理由一次。"
    ),
    "ref:ID of a stored file, or @FILE; as often as you like.": "已存文件的 ref:编号，或 @文件；可多次给出。",
    "Who decides; give it twice at least.": "决定人员；至少给出两次。",
    "Appoint who decides on a request: people without any part in the application or the round.": (
        "指定复核申请的决定人员：须未参与该申报及本轮次。"
    ),
    "Whether the procedure was broken.": "程序是否不合规。",
    "If the request is upheld: a remedy that the rules name.": "申请成立时：规则所列的补救措施。",
    "Enter what you find as one of those who decide; the request is decided once most of you find the same.": (
        "作为决定人员之一填报意见；多数意见一致时即作出决定。"
    ),
    "Record how the remedy of a request that was upheld was carried out.": "记录成立的复核申请的补救措施执行情况。",
    "Reverse a decision on an application, and see beforehand what falls with it.": (
        "撤销对申报的决定，并可事先查看一并作废的事项。"
    ),
    "Which decision is meant.": "所指的决定。",
    "The application whose hit was cleared; none for the check itself.": (
        "核查事项已放行的申报；涉及核查本身则不填。"
    ),
    "Enter that a decision on integrity is to be reversed.": "录入撤销廉洁核查决定。",
    "It takes effect once every post named in the rules has entered it.": "规则所列各岗位均录入相同意见后生效。",
    "For a ruling on a conflict: the report's id.": "就利益冲突的裁定：报告编号。",
    "For a ruling on an objection: the objection's id.": "就异议的处理结果：异议编号。",
    "Decline what another post entered of a decision on integrity: it stands, and who entered it is told.": (
        "否决其他岗位录入的撤销廉洁核查决定的意见：原决定有效，并通知录入人员。"
    ),
    "Say what would fall with a decision if it were reversed now; nothing is recorded.": (
        "显示若现在撤销该决定将一并作废的事项；不作记录。"
    ),
    "Enter that a decision is to be reversed; it takes effect once every post named in the rules has entered it.": (
        "录入撤销决定；规则所列各岗位录入相同意见后即生效。"
    ),
    "Decline a reversal that another post entered: the decision stands, and whoever entered it is told.": (
        "否决其他岗位录入的撤销意见：原决定有效，并通知录入人员。"
    ),
    "Raise, examine and settle objections in the public notice.": "公示期内提出、核查、处理异议。",
    "Raise an objection under your real name; until it is settled, only the application concerned is held up.": (
        "实名提出异议；处理完毕前只暂缓所涉申报。"
    ),
    "ref:ID of a stored file, or @FILE; at least one.": "已存文件的 ref:编号，或 @文件，至少一份。",
    "Withdraw your own objection; it holds the application no longer, and stays in the record.": (
        "撤回本人提出的异议；撤回后不再影响该申报，异议仍留存在记录中。"
    ),
    "Id of the objection; default: the act's id.": "异议编号；默认为操作编号。",
    "Why others come in the place of those appointed before: a text, @FILE or ref:ID.": (
        "更换此前所指定人员的理由：文本、@文件或 ref:编号。"
    ),
    "Appoint the examiners of an objection.": "指定异议的核查人员。",
    "The objection's id.": "异议编号。",
    "Two or more people who were not involved before.": "此前未参与的人员，至少两名。",
    "Settle an objection with reasons, signed by two of its examiners; upheld, it removes the application.": (
        "处理异议并说明理由，由其两名核查人员签名；认定成立的，移出名单。"
    ),
    "upheld, partly-upheld or dismissed.": (
        "upheld（成立）、partly-upheld（部分成立）或 dismissed（不成立）。"
    ),
}
