"""The help of round, check and appoint: English -> Chinese."""

SENTENCES: dict[str, str] = {
    "Run a round: open, extend, outage, draw, shortlist, propose, notice, approve, issue.": (
        "办理轮次：开启、延期、中断、抽取、入围、拟建名单、公示、审批、发布。"
    ),
    "Run a round.": "办理轮次。",
    "Open the call of a round whose rules were sealed before its day; applications are accepted from then on.": (
        "开启此前已封存规则的轮次的申报；自此受理。"
    ),
    "Seal the rules and open the call, or before its day only seal the rules; their hash is recorded.": (
        "封存规则并开启申报，申报开始日前则仅封存规则；并记录规则的哈希。"
    ),
    "The rules file (YAML).": "规则文件（YAML）。",
    "Show a round's stage and current deadlines, and which decisions are being carried out or could not be.": (
        "显示轮次所处阶段、现行期限，以及正在执行和未能执行的事项。"
    ),
    "Move a deadline to the end of a later day; every applicant is told the cause and the reason.": (
        "将期限延至此后某日结束时；全体申报单位均获告知事由和理由。"
    ),
    "force-majeure, outside-outage, organiser, too-few or authority.": (
        "force-majeure（不可抗力）、outside-outage（本系统以外的故障）、organiser（组织方原因）、"
        "too-few（数量不足）或 authority（上级要求）。"
    ),
    "What failed: system, network, sign-in or building.": (
        "故障类型：system（本系统）、network（网络或电力）、sign-in（登录服务）或 building（办公场所）。"
    ),
    "submission, check, review, mend, invitation, notice ...": (
        "期限名称：submission、check、review、mend、invitation、notice 等。"
    ),
    "The new last day, inclusive.": "新的截止日，含当日。",
    "Record an outage that has ended: deadlines in it or in the days after it, and what runs, are postponed.": (
        "记录一次已结束的系统中断：在中断期间或其后宽限日内届满的期限，以及正在计算的期限顺延。"
    ),
    "When the outage began: time of the round's zone, ISO 8601.": "中断开始时间：轮次所用时区，ISO 8601 格式。",
    "When the outage ended: time of the round's zone, ISO 8601.": "中断结束时间：轮次所用时区，ISO 8601 格式。",
    "Put a new version of a form in force for what is filled in from now on; shows the map of its fields first.": (
        "自此起以表单的新版本取代原版本；先列出各项目的对照。"
    ),
    "What was handed in stays valid under its own version. Whoever must look again gets a task and a letter.": (
        "已提交的内容按其原版本仍然有效。需重新查看的人员将收到待办和邮件。"
    ),
    "The new version of the form (YAML or JSON).": "表单的新版本（YAML 或 JSON）。",
    "form.yaml contains name (application, opinion, review, survey, appraisal or objection), form (the"
    " whole new "
    "version, as in the rules file, under a new version's name) and renamed (old code: new code)."
    " Fields of the "
    "same code are the same field; all others are dropped or new.": (
        "form.yaml 含 name（application、opinion、review、survey、appraisal 或 objection）、"
        "form（新版本全文，写法与规则"
        "文件相同，版本须另取新名）和 renamed（原代码: 新代码）。代码相同者为同一项目，其余为删去或新增。"
    ),
    "Show how the forms of a round changed since its rules were sealed, field by field, and why.": (
        "逐项显示规则封存以来本轮表单的变更及其理由。"
    ),
    "Enter a change of the rules for what begins after it; it counts once an approver agrees.": (
        "录入对规则的修改，适用于此后开始的事项；经审批人同意后生效。"
    ),
    "Field of the rules, as in places or recommenders.sd.quota.": (
        "规则项目的路径，如 places 或 recommenders.sd.quota。"
    ),
    "What it is now.": "现值。",
    "What it is to be; none for no limit.": "改为；不设上限填 none。",
    "Agree to a change of the rules that an officer entered, or decline it.": (
        "同意或不同意经办人员录入的规则修改。"
    ),
    "Number of the amendment, as the timeline names it.": "修改编号，见时间线。",
    "agreed or declined.": "agreed（同意）或 declined（不同意）。",
    "Change who holds a post of the round; two supervisors sign, two officers for the supervisors' own post.": (
        "变动本轮岗位人员；由两名监督人员签名，监督人员自身的岗位由两名经办人员签名。"
    ),
    "officers, supervisors, auditors, admins or approvers.": (
        "岗位：officers（经办）、supervisors（监督）、auditors（审计）、admins（管理）或 approvers（审批）。"
    ),
    "Enter a change of a post where no two of one post are left to sign it; another post enters the same later.": (
        "已无同一岗位的两人可共同签名时，录入岗位变动；由另一岗位的人员其后录入相同变动。"
    ),
    "The second enters it three days after the first or later, within thirty days. Until then it may be declined.": (
        "后录入者须在先录入满三日之后、三十日之内录入；其间可予否决。"
    ),
    "Decline a change of a post that one person entered, or take your own back.": (
        "否决他人录入的岗位变动，或收回本人录入的变动。"
    ),
    "Number of the entry, as the timeline names it.": "录入编号，见时间线。",
    "A person who is to hold the post.": "增加的在岗人员。",
    "A person who is to hold it no longer.": "撤下的人员。",
    "Who stands in for you.": "代行者。",
    "The first day.": "首日。",
    "The last day, inclusive.": "最后一日，含当日。",
    "Have somebody act in your post for some days, who has no post in the round and passes it on to nobody.": (
        "委托他人在若干日内代行您的岗位；代行者在本轮没有岗位，且不得转委托。"
    ),
    "Number of the delegation, as the timeline names it.": "委托编号，见时间线。",
    "End a delegation before its last day.": "提前终止委托。",
    "The level of approval, where the post is an approver's.": "审批层级（岗位为审批人时）。",
    "Open the public notice of the current proposal.": "对现行拟建名单开启公示。",
    "Version of the proposal that you read; default: the current one.": (
        "您所查看的名单版本；默认为现行版本。"
    ),
    "Show what would happen; record nothing.": "只显示将产生的结果，不记录。",
    "Issue the approved list; places are numbered in the order of the proposal, without gaps.": (
        "发布经审批的名单；位次依拟建名单的次序连续排定。"
    ),
    "Cancel the round and every unfinished application in it; an issued list remains valid.": (
        "取消轮次，其中未终结的申报随之终结；已发布的名单不受影响。"
    ),
    "Carry out the last decision again on the applications where it could not be carried out.": (
        "对上次未能执行的申报，重新执行该决定。"
    ),
    "Draw panels: commit to a secret, the inputs and public numbers that nobody knows yet; open it with these later.": (
        "抽取专家：先固定秘密数、输入，并指明尚无人知晓的公开号码，日后以该号码公开。"
    ),
    "Nobody can choose the outcome: the secret is fixed before the numbers are known, and these come from nobody in "
    "the round. It is made here and deposited, so that nobody has to hand it on, or can keep it back. Once the numbers "
    "are public, somebody enters them (--enter), and any officer or supervisor who did not commit the draw opens it "
    "(--open). One draw waits at a time; supervisors void one that is not opened (--void), and nobody of the post that "
    "committed it commits the next.": (
        "任何人无法左右结果：秘密数在号码公布前已固定，号码亦非本轮次人员所出。秘密数由系统生成并交存，无需转交，"
        "任何人也无法扣留。号码公布后，先由一人录入（--enter），"
        "再由固定者以外的任一经办人员或监督人员公开（--open）。同一时间只有一次抽取待公开；"
        "未公开的由监督人员作废（--void），原固定岗位的人员不得固定下一次抽取。"
    ),
    "Enter the published numbers of the committed draw, as one of two people.": (
        "录入已固定抽取的公布号码（须由两人分别录入）。"
    ),
    "Open the committed draw with these published numbers.": "以所填公布号码公开已固定的抽取。",
    "Void the committed draw, for this reason: a text, @FILE or ref:ID; two supervisors sign.": (
        "作废已固定的抽取，并说明理由：文字、@文件或 ref:编号；由两名监督人员签名。"
    ),
    "Source of the public numbers, by its code in the rules; default: the first one.": (
        "公开号码的来源（规则中的代码）；默认取第一个。"
    ),
    "Issue of the source, as in 2025-11-25T21:15; default: the next one that is late enough.": (
        "该来源的一期，如 2025-11-25T21:15；默认取足够晚的下一期。"
    ),
    "Name of the draw; default: the next number.": "抽取的名称；默认取下一序号。",
    "Leave out items that were in the public notice; two officers sign.": (
        "移出已经公示的项目；由两名经办人员签名。"
    ),
    "Show the pool of experts; record nothing.": "只显示专家库，不记录。",
    "Decide which applications are surveyed: the first by rank.": "确定入围现场实勘的名单：按排名取前若干项。",
    "Two officers sign additions and removals, each with its reason.": "增减的，须逐项说明理由，由两名经办人员签署。",
    "Two officers sign a proposal that deviates.": "与次序不符的拟建名单由两名经办人员签署。",
    "NUMBER=WHY: survey this one too.": "申报编号=理由：增列该项。",
    "NUMBER=WHY: do not survey this one.": "申报编号=理由：不列该项。",
    "Propose the centres. Shows ranking, coverage, limits and deviations, then asks for confirmation.": (
        "提出拟建名单。先显示排名、布局、限额和偏离之处，再请您确认。"
    ),
    "proposal.yaml contains items, best first, each with application and reason, and deviations: for each "
    "application number, why the ranking or a limit was not followed.": (
        "proposal.yaml 含 items（由优到次，每项有 application 和 reason）和 deviations（申报编号与未按排名或"
        "限额的理由的对照）。"
    ),
    "The proposal (YAML or JSON).": "拟建名单文件（YAML 或 JSON）。",
    "Record without asking for confirmation.": "记录前不再询问。",
    "Record the integrity check of the proposal; each hit then needs a ruling.": (
        "记录对拟建名单的廉洁核查；每一核查事项须经裁定。"
    ),
    "Fill places that fell empty from the reserve, where the rules say so; takes two officers.": (
        "规则允许时，以备选递补空出的名额；须由两名经办人员办理。"
    ),
    "NUMBER=WHY: add this one of the reserve.": "申报编号=递补该备选的理由。",
    "NUMBER=WHY: it is passed over, or goes beyond a limit.": "申报编号=越过该项或超出限额的理由。",
    "NUMBER=WHAT was found.": "申报编号=核查发现的情况。",
    "Rule on an integrity hit; two supervisors remove an item from the list.": (
        "裁定廉洁核查事项；移出名单须由两名监督人员办理。"
    ),
    "Clear it, or remove it from the list.": "继续办理，或移出名单。",
    "Approve the proposal at your level.": "在您的审批层级同意拟建名单。",
    "The approval level's code.": "审批层级代码。",
    "Send items back to the proposal stage; what was approved of them becomes void.": (
        "将所列申报退回拟建名单阶段；对其已作的审批随之失效。"
    ),
    "Lift the stop of an upheld integrity hit; takes two supervisors.": (
        "解除已成立的廉洁核查事项的限制；须由两名监督人员办理。"
    ),
    "An application's number; may be repeated.": "申报编号；可重复。",
    "The legality check: pass, fail, send back, similar directions.": (
        "合法性审查：通过、不通过、退回补正、查找相近方向。"
    ),
    "The legality check.": "合法性审查。",
    "Pass the application; every warning must be ruled on individually.": "审查通过；每项提示均须逐一裁定。",
    "A warning that you ruled on. A code that `check grounds` lists; may be repeated.": (
        "您已裁定的提示，取 `check grounds` 所列代码；可重复。"
    ),
    "Version that you checked; default: the current one.": "您所审查的版本；默认为现行版本。",
    "Reject the application on stated grounds.": "以列明的理由作出审查不通过的决定。",
    "A code that `check grounds` lists; may be repeated.": "取 `check grounds` 所列代码；可重复。",
    "List the grounds that the rules of a round give: what may be mended, and what an officer may rule on.": (
        "列出轮次规则所设审查理由：何者可退回补正，何者可由经办人员裁定。"
    ),
    "Send the application back for correction; the rules set the number of days.": (
        "退回补正；补正天数由规则确定。"
    ),
    "List first-batch directions and exclusions beside the application, and forms like its own; a person decides.": (
        "对照列出首批方向、排除领域以及与之基本相同的申报书，由人员裁定。"
    ),
    "Whoever passes or rejects it must name those marked as near, and the applications with the same form.": (
        "标为相近的方向和申报书相同的申报，须由作出审查决定者在操作中载明。"
    ),
    "A held direction that `check similar` marks as near, and that you looked at.": (
        "`check similar` 标为相近且您已查看的已布局方向。"
    ),
    "An application that `check similar` finds with the same form, and that you read.": (
        "`check similar` 列为申报书相同且您已查看的申报。"
    ),
    "Appoint a panel's chair or a survey team, or settle a panel that cannot be filled.": (
        "指定专家组组长或实勘组，或就无法组满的专家组商定处理办法。"
    ),
    "Say what to do about a panel that cannot be filled: officer and supervisor, each by their own act.": (
        "就无法组满的专家组录入处理意见：经办人员与监督人员各自办理。"
    ),
    "How many scores are enough, three at least; without it, the application ends.": (
        "有效评分份数，不少于三份；不填则终结申报。"
    ),
    "Appoint the panel's chair; a second officer signs too where the round's rules ask for two.": (
        "指定专家组组长；本轮规则要求双签的，另一名经办人员也须签名。"
    ),
    "Why this member, where it must be said; a text, @FILE or ref:ID.": (
        "指定该成员的理由（须说明时填写）：文字、@文件或 ref:编号。"
    ),
    "Another member of the panel; without one, officers appoint somebody.": (
        "专家组另一成员；未填的，由经办人员另行指定。"
    ),
    "Put another member in the chair's place, or nobody for now; two supervisors sign.": (
        "由另一成员担任组长，或暂不设组长；由两名监督人员签名。"
    ),
    "A member of the panel.": "专家组成员。",
    "Appoint the survey team.": "指定实勘组。",
    "Appoint chairs and survey teams from a table: all are shown, signed together, and each is answered by itself.": (
        "从表格批量指定专家组组长和实勘组：先全部列出，一并签名，逐项受理。"
    ),
    "Each row is tried before: if one would be refused, each fault is shown and nobody is appointed."
    " Whoever holds the "
    "post already is passed over.": (
        "各行先行试办：如有一行将被拒绝，则列出全部错误且不作任何指定。已在任者不再重复指定。"
    ),
    "Replace who acts for the applicant, such as an agent who left the host unit; a second officer signs "
    "too.": "变更申报经办人（如原经办人离开依托单位），须另一名经办人员共同签名。",
    "Who acts for the applicant from now on, of the host unit.": "今后代表申报单位办理的依托单位人员。",
    "The appointments, as XLSX or CSV.": "指定人员表格（XLSX 或 CSV）。",
    "Only check and show what would be appointed.": "仅检查并显示将作的指定。",
    "Write an empty table of chairs and survey teams to fill in, with what belongs in each column.": (
        "写出待填的组长与实勘组空白表格，并说明各列的填写内容。"
    ),
    "All members, including the leader.": "全体成员，含组长。",
    "The leader of the team.": "实勘组组长。",
    "Check many applications at once: all are shown, signed together, and each is answered by itself.": (
        "批量审查：先列出全部操作，一次签名，逐项答复。"
    ),
    "checks.yaml contains checks, each with application, verdict (pass, fail or send-back), codes and text.": (
        "checks.yaml 含 checks，每项有 application、verdict（pass、fail 或 send-back）、codes 和 text。"
    ),
    "The checks (YAML or JSON).": "审查结论文件（YAML 或 JSON）。",
}
