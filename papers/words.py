"""The fixed words of the papers, in English and Chinese; an organisation replaces sentences in its letterhead."""

Pair = tuple[str, str]

LABELS: dict[str, Pair] = {
    "abstained": ("abstained", "弃权"),
    "agreed": ("Agreed score", "议定分"),
    "application": ("Application", "申报编号"),
    "approver": ("Approver", "审批人"),
    "aside": ("Stood aside", "回避"),
    "centre": ("Centre", "中心名称"),
    "co-builders": ("Co-builders", "共建单位"),
    "code": ("Place in the record", "记录位置"),
    "command-id": ("Receipt", "回执编号"),
    "confidential": ("Confidential", "内部资料　注意保密"),
    "content": ("Content", "材料"),
    "contents": ("Texts and files handed in", "所交材料"),
    "count": ("Number", "数量"),
    "corrections": ("Corrected by the reviewer", "本人更正次数"),
    "coverage": ("Coverage", "布局情况"),
    "criterion": ("Content of the review", "评审内容"),
    "date": ("Date", "日期"),
    "day": ("Day of the survey", "实勘日期"),
    "deviations": ("Where it leaves the ranking", "与排名不一致之处"),
    "dissents": ("Dissent", "不同意见"),
    "evidence": ("Evidence, by hash", "证据材料（哈希）"),
    "examiners": ("Examiners", "核查人员"),
    "field": ("Field", "领域"),
    "findings": ("Findings", "实勘情况"),
    "hash": ("Hash in the record", "记录中的哈希"),
    "hits": ("Hits of the integrity check", "廉洁核查事项"),
    "host": ("Host unit", "依托单位"),
    "integrity": ("Integrity check", "廉洁核查"),
    "lead": ("{name} (lead)", "{name}（组长）"),
    "leaf": ("Leaf hash", "叶哈希"),
    "limit": ("Limit", "上限"),
    "meeting": ("Meeting", "会议情况"),
    "missing": ("Characters shown by their code", "以编码标示的字符"),
    "none": ("none", "无"),
    "objection": ("Objection", "异议编号"),
    "objection-text": ("What is objected", "异议内容"),
    "objector": ("Objector", "异议人"),
    "opinion": ("Opinion {number}", "意见{number}"),
    "opinions": ("Opinions", "评审意见"),
    "outcome": ("Outcome", "结果"),
    "photos": ("Photographs, by hash", "照片（哈希）"),
    "place": ("Place", "位次"),
    "present": ("Present", "出席"),
    "priority": ("Priority", "重点方向"),
    "public": ("Annex: what the applications make public", "附件：申报公开内容"),
    "raised": ("Raised", "提出时间"),
    "rank": ("Rank", "名次"),
    "reason": ("Reason", "理由"),
    "reasons": ("Reasons", "理由"),
    "recommended": ("Opinion of the recommending unit", "推荐单位意见"),
    "recommender": ("Recommended by", "推荐单位"),
    "received": ("Received", "收到时间"),
    "region": ("Region", "地区"),
    "rehearsal": ("Rehearsal: this paper has no effect", "演练：本文件不具效力"),
    "review": ("Review", "评审情况"),
    "reviewer": ("Reviewer", "评审专家"),
    "ruling": ("Ruling", "处理意见"),
    "scale": ("Out of", "满分"),
    "score": ("Score", "得分"),
    "seat": ("Seat", "席位"),
    "settled": ("Settled", "办结时间"),
    "signature": ("Signature", "签字"),
    "stream": ("Stream and entry", "事项流与条目"),
    "team": ("Survey team", "实勘组"),
    "text": ("Conclusion", "论证意见"),
    "total": ("Total", "总分"),
    "valid": ("Valid reviews", "有效评审数"),
    "verdict": ("Verdict", "实勘结论"),
    "version": ("Version", "版本"),
    "void": ("This review no longer counts.", "本评审已作废，不计入结果。"),
    "votes": ("Votes", "表决情况"),
    "vote-count": (
        "{for} for, {against} against, {abstained} abstained",
        "赞成 {for}，反对 {against}，弃权 {abstained}",
    ),
    "approved": ("approved", "同意"),
    "open": ("open", "待审批"),
    "unchecked": ("not made yet", "尚未核查"),
    "unsettled": ("not settled yet", "尚未办结"),
    "chosen": ("in the proposal", "列入拟建"),
    "left-out": ("not in the proposal", "未列入"),
    "cleared": ("cleared", "予以放行"),
    "stopped": ("stopped", "予以中止"),
    "waiting": ("waits for a ruling", "待裁定"),
    "to": ("To: {host}", "{host}："),
    "under-construction": ("{name} (under construction)", "{name}（筹）"),
}
"""Words of tables and headings."""

SENTENCES: dict[str, Pair] = {
    "receipt": (
        "Version {version} of the application was received for {round} on {date} and stands in the record. The "
        "code on this paper leads to the entry.",
        "贵单位提交的申报书第 {version} 版已于{date}收到并载入“{round}”记录。可凭本回执上的码核对记录条目。",
    ),
    "receipt-contents": (
        "Each hash is made of a salt and the content; with both, anyone can check that nothing was changed.",
        "各哈希由盐值与内容计算得出；持有二者即可核验内容未经改动。",
    ),
    "opinions": (
        "The valid reviews without names, seats or times. Their order says nothing of who wrote them.",
        "以下为有效评审意见，不含姓名、席位与时间；排列次序与评审人无关。",
    ),
    "proposal": (
        "The proposal names {count:centre|centres} for {places:place|places}. Scores advise; what deviates from "
        "the ranking has its reason.",
        "拟建 {count} 家，名额 {places} 个。分数供决策参考，与排名不一致之处均说明理由。",
    ),
    "notice": (
        "Within {round}, {count:centre is|centres are} proposed for construction and made public until {until}.",
        "经“{round}”遴选，现将拟建的 {count} 家中心予以公示，公示期至{until}。",
    ),
    "notice-objections": (
        "Anyone may object within this time, in writing and under their real name, with unit, contact, facts and "
        "evidence. An objection concerns its own item only. Objections without a name are not examined.",
        "公示期内，任何单位和个人如有异议，请以书面形式实名提出，注明单位、联系方式，并提供事实与证据材料。"
        "异议仅涉及所指项目。匿名异议不予受理。",
    ),
    "list": (
        "The construction of {count:centre|centres} is approved within {round}. While under construction, "
        "each carries the mark (筹) in its Chinese name.",
        "经“{round}”遴选，同意以下 {count} 家中心开展建设，筹建期间名称后加“（筹）”。",
    ),
    "certificate": (
        "{name}, hosted by {host}, is on the list of {round} at place {place} and is under construction from the "
        "date of this certificate.",
        "{host}申报的{name}列入“{round}”建设名单第 {place} 位，自本证书签发之日起进入筹建期，特发此证。",
    ),
    "letter": (
        "The application for {name} within {round} has been decided on. The outcome and its reasons follow.",
        "贵单位申报的{name}参加“{round}”遴选，现已有结果。结果及理由通知如下。",
    ),
    "letter-listed": (
        "The centre is on the issued list at place {place}, and is under construction.",
        "该中心列入建设名单第 {place} 位，进入筹建期。",
    ),
    "letter-not-selected": (
        "The list was issued without this application.",
        "建设名单已发布，该申报未入选。",
    ),
    "letter-not-shortlisted": (
        "The application was not taken on the shortlist for the site survey.",
        "该申报未列入入围名单。",
    ),
    "letter-not-reviewed": (
        "No panel of experts could be formed for the application. This is no judgement of the application.",
        "该申报未能组成评审专家组。此结果不涉及对申报内容的评价。",
    ),
    "letter-ineligible": (
        "The application did not pass the legality check.",
        "该申报未通过合法性审查。",
    ),
    "letter-not-recommended": (
        "The application was not recommended by the deadline.",
        "该申报在截止时未获推荐。",
    ),
    "letter-removed": (
        "An objection raised in the public notice was upheld, and the application was removed from the list.",
        "公示期内提出的异议经核查成立，该申报移出名单。",
    ),
    "letter-withdrawn": (
        "The application was withdrawn by its host unit.",
        "该申报由申报单位撤回。",
    ),
    "letter-given-up": (
        "Your unit gave the application up, and it has ended.",
        "贵单位已放弃该申报，该申报已终结。",
    ),
    "letter-ruled-out": (
        "Two people found fraud in your application. It is ruled out and has ended.",
        "经两人认定，贵单位申报存在弄虚作假行为，已取消申报资格并终结。",
    ),
    "letter-cancelled": (
        "The round was cancelled, and the application ended with it. This is no judgement of the application.",
        "轮次已取消，该申报随之终结。此结果不涉及对申报内容的评价。",
    ),
    "letter-comments": (
        "Comments of the panel, without names. Their order says nothing of who wrote them.",
        "专家组意见（不具名，排列次序与评审人无关）。",
    ),
    "letter-review": (
        "Questions about the procedure are answered at the address below.",
        "对遴选程序如有疑问，可按下列方式联系。",
    ),
    "missing": (
        "No font of this installation has these characters; each stands above as its code: {codes}.",
        "本系统所用字体缺少以下字符，上文以编码标示：{codes}。",
    ),
    "code": (
        "The code leads to the entry of the record that this paper rests on.",
        "扫码可核对本文件所依据的记录条目。",
    ),
}
"""Sentences; the letterhead may give others, with the same names in braces."""
