"""The help of apply, recommend, review, survey, appraise, conflict and objection: English -> Chinese."""

SENTENCES: dict[str, str] = {
    "Submit an application, mend it, withdraw it.": "提交、补正、撤回申报。",
    "Hand in an application, or a new version of one, until the submission deadline.": (
        "在申报截止前提交申报，或提交其新版本。"
    ),
    "The file holds field, region, priority, host and co_builders (code, kind, region), form, evidence, pledge, "
    "seals, agreement, avoid, staff, fund_yuan. Each content is a text, or {text: ...}, {file: PATH} or {ref: ID}.": (
        "文件含 field、region、priority、host 和 co_builders（各有 code、kind、region）、form、evidence、pledge、"
        "seals、agreement、avoid、staff、fund_yuan。每项内容为文本，或 {text: ...}、{file: 路径}、{ref: 编号}。"
    ),
    "The application (YAML or JSON).": "申报文件（YAML 或 JSON）。",
    "Hand in a new version of this application.": "作为该申报的新版本提交。",
    "Hand in the mended version of an application that was sent back.": "提交退回申报的补正版本。",
    "Take an application back; it may be submitted again until the deadline.": "撤回申报；截止前可重新提交。",
    "Recommend, withdraw, rank: a unit's list.": "推荐、撤回、排序：推荐单位的名单。",
    "Recommend an application within the unit's quota; it pins the version that you looked at.": (
        "在本单位名额内推荐一项申报；以您所查看的版本为准。"
    ),
    "The version you looked at; else the present.": "您所查看的版本；默认为现行版本。",
    "Needed by who acts for several units only.": "推荐单位；仅代表多个单位者须填。",
    "Take an application off the unit's list, which frees its place.": "将申报移出本单位名单，名额随之释放。",
    "Put the unit's list in order.": "对本单位名单排序。",
    "Every listed application, best first.": "名单内全部申报的编号，由优到次。",
    "Accept or decline a seat; submit a review.": "接受或谢绝评审席位；提交评审意见。",
    "Accept the seat with your pledge, and declare that you have no conflict of interest.": (
        "签署承诺接受席位，并声明无利益冲突。"
    ),
    "Your signed pledge: a text, @FILE or ref:ID.": "您签署的承诺：文本，或 @文件、ref:编号。",
    "Decline the seat, or give it back before the review is submitted; it goes to an alternate.": (
        "谢绝席位，或在提交评审前退出；席位由备选专家接替。"
    ),
    "Submit scores and the written review. They are locked from then on.": "提交评分和书面评审意见；提交后锁定。",
    "CRITERION=POINTS, once per criterion.": "评审内容=分值，每项内容一次。",
    "The written review: a text, @FILE or ref:ID.": "书面评审意见：文本，或 @文件、ref:编号。",
    "Report a site survey.": "提交现场实勘报告。",
    "Report a site survey, as a member of its team.": "以实勘组成员身份提交现场实勘报告。",
    "survey.yaml holds day (YYYY-MM-DD), findings (one text per review content), photos ({file: PATH}) and "
    "verdict: confirmed, confirmed-with-reservations or not-confirmed.": (
        "survey.yaml 含 day（YYYY-MM-DD）、findings（每项评审内容一段文本）、photos（{file: 路径}）和 verdict："
        "confirmed（属实）、confirmed-with-reservations（基本属实）或 not-confirmed（不属实）。"
    ),
    "The report (YAML or JSON).": "报告文件（YAML 或 JSON）。",
    "Record the panel's overall appraisal.": "记录专家组的综合论证。",
    "Record the panel's overall appraisal, as its chair.": "以专家组组长身份记录综合论证。",
    "appraisal.yaml holds present, aside, score, votes_for, votes_against, abstained, dissents (expert, text) "
    "and text.": (
        "appraisal.yaml 含 present、aside、score、votes_for、votes_against、abstained、"
        "dissents（各有 expert、text）和 text。"
    ),
    "The record of the meeting (YAML or JSON).": "论证会记录（YAML 或 JSON）。",
    "Declare, report or rule on a conflict of interest.": "声明、报告或裁定利益冲突。",
    "Declare a conflict of your own: your seat falls free and a submitted review no longer counts.": (
        "声明本人的利益冲突：席位随之空出，已提交的评审不再计入。"
    ),
    "Report a reviewer's conflict; a supervisor rules on it.": "报告评审专家的利益冲突，由监督人员裁定。",
    "The reviewer.": "评审专家的人员编号。",
    "The report's id; else the act's id.": "报告编号；默认为操作编号。",
    "Rule on a report; upheld voids the score and empties the seat.": "裁定报告；成立的，评分作废、席位空出。",
    "The report's id.": "报告编号。",
    "The ruling.": "裁定结果：成立或不成立。",
    "Raise, examine and settle objections in the public notice.": "公示期内提出、核查、处理异议。",
    "Raise a real-name objection; it blocks its own item only, until it is settled.": (
        "实名提出异议；处理完毕前只暂缓所涉申报。"
    ),
    "ref:ID of a stored file, or @FILE.": "已存文件的 ref:编号，或 @文件。",
    "Its id; else the act's id.": "异议编号；默认为操作编号。",
    "Appoint who examines an objection.": "指定异议的核查人员。",
    "The objection's id.": "异议编号。",
    "People who were not involved before.": "此前未参与的人员。",
    "Settle an objection with reasons; upheld removes the item.": "处理异议并说明理由；成立的，移出名单。",
    "upheld, partly-upheld or dismissed.": "upheld（成立）、partly-upheld（部分成立）或 dismissed（不成立）。",
}
