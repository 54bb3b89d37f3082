"""What the demo says, in English and Chinese."""

from selection.kernel.counting import fill

HEADINGS: dict[str, tuple[str, str]] = {
    "stack": ("The stack", "启动"),
    "call": ("Call, submission and recommendation", "申报通知、申报与推荐"),
    "checking": ("Legality check", "合法性审查"),
    "drawing": ("Draw of the panels", "抽取评审专家"),
    "review": ("Paper review", "材料评审"),
    "shortlisting": ("Shortlist", "确定入围名单"),
    "survey": ("Site survey", "现场实勘"),
    "appraisal": ("Overall appraisal", "综合论证"),
    "proposal": ("Proposal: best, most important, most needed", "综合比选：择优、择重、择需"),
    "notice": ("Public notice", "公示"),
    "approval": ("Integrity check and approval", "廉洁核查与审批"),
    "issued": ("List issued", "发布名单"),
    "coverage": ("Coverage of fields and regions", "领域与地区布局"),
    "look": ("How to look further", "进一步查看"),
}

PLAIN_HEADINGS: dict[str, tuple[str, str]] = {
    "call": ("Call and submission", "申报通知与申报"),
    "proposal": ("Proposal", "提出拟建名单"),
}
"""The same where the rules have no recommendation, and no priorities."""

LINES: dict[str, tuple[str, str]] = {
    "starting": (
        "Starting PostgreSQL, the Temporal server and a worker under {data}",
        "正在 {data} 下启动 PostgreSQL、Temporal 与工作进程",
    ),
    "ready": (
        "Ready after {seconds} s; {people:synthetic person|synthetic people} registered",
        "{seconds} 秒就绪；登记合成人员 {people} 名",
    ),
    "opened": (
        "Rules sealed as {hash}; rehearsal clock, one day is {pace} s; seed {seed}",
        "规则已封存：{hash}；演练时钟，一天为 {pace} 秒；种子 {seed}",
    ),
    "busy": (
        "Other programs use {share} of this machine: one day lasts {pace} s instead of {usual} s",
        "其他程序占用本机 {share}：一天改为 {pace} 秒（通常 {usual} 秒）",
    ),
    "changed": (
        "Besides the clock the rehearsal changes {changes}",
        "除时钟外，演练调整：{changes}",
    ),
    "rules-amended": (
        "The rules are amended in the open: {path} {before} → {after}, entered by {entered_by}, agreed to by "
        "{approver}; whoever it touches is told",
        "规则公开修改：{path} {before} → {after}，{entered_by} 录入，{approver} 同意，并通知相关各方",
    ),
    "delegated": (
        "{holder} is away for a time: {substitute} does what that post has to do, and each entry names both",
        "{holder} 暂时不在，岗位由 {substitute} 代行，记录载明两人",
    ),
    "submission-closed": (
        "{day}: submission closed; {applications:application|applications} in {submitted:version|versions}, "
        "{withdrawn} withdrawn",
        "{day}：申报截止；{applications} 项申报共 {submitted} 版，撤回 {withdrawn} 项",
    ),
    "confirmed": (
        "{confirmed:co-builder has|co-builders have} confirmed",
        "共建单位确认 {confirmed} 家",
    ),
    "intake-closed": (
        "{day}: recommendation closed; {recommended:application|applications} recommended by {units:unit|units}",
        "{day}：推荐截止；{units} 家推荐单位推荐 {recommended} 项",
    ),
    "checked": (
        "{passed} passed, {failed} ruled out, {lapsed} ended before the check",
        "通过 {passed} 项，不予受理 {failed} 项，审查前终止 {lapsed} 项",
    ),
    "check-failed": ("{application} ruled out: {grounds}", "{application} 不予通过：{grounds}"),
    "sent-back": ("{application} sent back: {faults}", "{application} 退回补正：{faults}"),
    "mended": ("{application} mended and handed in again", "{application} 已补正并重新提交"),
    "draw-committed": (
        "{draw}: hash of the secret recorded with inputs ({applications:application|applications}, "
        "{experts:expert|experts}), to be opened with the numbers of {issue}",
        "{draw}：已记录秘密数的哈希与输入（申报 {applications} 项，专家 {experts} 名），以 {issue} 的号码公开",
    ),
    "draw-opened": (
        "{draw}: opened by another officer with the numbers {randomness}, entered by two",
        "{draw}：由另一名经办人员以两人分别录入的号码 {randomness} 公开",
    ),
    "draw-drawn": ("{draw}: panels found within all limits", "{draw}：在全部限制内完成抽取"),
    "reviewed": (
        "{accepted} accepted; {declined} declined, {conflicts} declared a conflict, {silent} did not answer: "
        "{replaced:alternate|alternates} invited; {reviews:review|reviews}, {voided} void; "
        "{scored:application|applications} scored",
        "接受 {accepted} 人次；谢绝 {declined}、自报利益冲突 {conflicts}、未答复 {silent}，递补 {replaced}；"
        "提交评审 {reviews} 份，作废 {voided} 份；评分 {scored} 项",
    ),
    "conflict-reported": (
        "{application}: a conflict of {expert} comes to light after the review",
        "{application}：评审后发现 {expert} 存在利益冲突",
    ),
    "review-corrected": (
        "{application}: a slip is corrected by {expert} in person, {former_total} → {total}; both entries stay",
        "{application}：{expert} 更正本人评审中的笔误，{former_total} → {total}，两次条目均保留",
    ),
    "review-voided": (
        "{application}: report upheld, the review of {expert} is void and the seat is filled anew",
        "{application}：报告属实，{expert} 的评分作废，席位递补",
    ),
    "shortlisted": ("{count:application goes|applications go} to the site survey", "{count} 项进入现场实勘"),
    "shortlisted-only": (
        "{count:application is|applications are} shortlisted",
        "{count} 项入围",
    ),
    "surveyed": ("{count:site|sites} visited", "完成实勘 {count} 处"),
    "appraised": (
        "{count:application|applications} appraised; dissents in writing: {dissents}",
        "完成论证 {count} 项，书面异见 {dissents} 份",
    ),
    "proposed": (
        "Proposal {proposal}: {counted}; {deviations:deviation|deviations} from the ranking, with reasons",
        "第 {proposal} 次拟建名单：{counted}；偏离排序 {deviations} 项，均附理由",
    ),
    "notice-opened": ("Notice of proposal {proposal} until {until}", "第 {proposal} 次名单公示至 {until}"),
    "objection-raised": ("{application}: objection raised by name", "{application}：收到实名异议"),
    "objection-settled": ("{application}: objection {outcome}", "{application}：异议{outcome}"),
    "removed": ("{application} removed; its place stays empty", "{application} 移出名单，名额空缺"),
    "noticed": ("{passed:item|items} passed the notice", "{passed} 项公示无异议或异议已处理"),
    "integrity": (
        "Integrity check of proposal {proposal}; hits: {hits}",
        "第 {proposal} 次名单廉洁核查：提示 {hits} 项",
    ),
    "integrity-ruled": ("{application}: hit cleared by a person", "{application}：经人工裁定予以放行"),
    "integrity-upheld": (
        "{application}: a supervisor upholds the hit, and the item is stopped",
        "{application}：监督人员认定提示属实，该项受限",
    ),
    "stop-lifted": (
        "{application}: two supervisors undo that, with a reason; both entries stay",
        "{application}：两名监督人员说明理由，解除限制，两次条目均保留",
    ),
    "approved-for": (
        "Level {level}: one approval, by {substitute} for {holder}{passed}",
        "审批层级 {level}：同意一票，由 {substitute} 代行 {holder} 岗位作出{passed}",
    ),
    "approved": ("Level {level}: one approval{passed}", "审批层级 {level}：同意一票{passed}"),
    "sent-back-proposal": (
        "Level {level} sends {items} back: what was approved of it is void",
        "审批层级 {level} 退回 {items}，就其作出的审批失效",
    ),
    "issued": ("The list of {counted} is issued", "发布名单：{counted}"),
    "refused": (
        "refused {code}: {person}, {act} on {about}. {sentence}",
        "拒绝 {code}：{person}，{about} {act}。{sentence}",
    ),
    "counts": (
        "{acts:act|acts} recorded, {refusals} refused as planned ({codes}); {entries:entry|entries} in the "
        "log; {seconds} s in all",
        "记录操作 {acts} 次，按计划拒绝 {refusals} 次（{codes}）；日志 {entries} 条；共 {seconds} 秒",
    ),
    "hurried": (
        "{count:act|acts} came in the second half of the time allowed: try a slower --pace on this machine",
        "有 {count} 次操作落在时限后半段：本机较慢，可用 --pace 放慢",
    ),
    "timeline": ("One application's story: {command}", "一项申报的经过：{command}"),
    "mail": ("The mails of one person: {command}", "某人的邮件：{command}"),
    "mails": ("{count:mail was|mails were} delivered to the local mail sink", "本地邮箱已收邮件 {count} 封"),
    "again-up": (
        "The stack has ended, its data is kept: `{command}` brings it back.",
        "运行环境已结束，数据已保留：用 `{command}` 重新启动。",
    ),
    "again": (
        "The stack has ended. To look around in it, run again with --keep.",
        "运行环境已结束。如需查看，请加 --keep 重新运行。",
    ),
    "replay": (
        "One application's story from the round's bundle, step by step, with neither network nor database:",
        "一项申报的逐步回放，仅凭本轮证明包，无需网络和数据库：",
    ),
    "papers-without-notice": (
        "{count:paper|papers} that go out with the list (list, letters, certificates) in {folder}",
        "随名单发出的文件 {count} 份（名单、通知书、证书）已写入 {folder}",
    ),
    "papers": (
        "{count:paper|papers} that go out with the list (list, notice, letters, certificates) in {folder}",
        "随名单发出的文件 {count} 份（名单、公示、通知书、证书）已写入 {folder}",
    ),
    "proof": (
        "The round's bundle and the public key are in {folder}. Proven, with neither network nor database, by:",
        "本轮证明包与公钥已存入 {folder}。无需网络和数据库即可验证：",
    ),
    "portal": (
        "The same in a browser, signed in as whom you choose; the link counts once: {address}",
        "也可在浏览器中以任选的身份查看，链接仅可使用一次：{address}",
    ),
    "watch": (
        "To watch it in a browser as one of its people, at {address}; each link counts once, for that person:",
        "可在浏览器中以其中一人的身份观看，地址 {address}；每个链接仅供所列人员使用一次：",
    ),
    "watch-others": (
        "Chairs are appointed of the experts as it goes on: each page leads to going on as somebody else.",
        "专家组组长在评审过程中由专家担任；每个页面均可换成其他人员继续。",
    ),
    "portal-revived": (
        "The portal ended by itself; it is started again in {seconds} s.",
        "门户自行终止，将在 {seconds} 秒后重新启动。",
    ),
    "kept": ("The stack stays up; Ctrl-C ends it.", "运行环境保持开启；按 Ctrl-C 结束。"),
}

COLUMNS: dict[str, tuple[str, str]] = {
    "place": ("#", "序"),
    "application": ("Application", "申报"),
    "centre": ("Centre, host unit", "中心、依托单位"),
    "rank": ("Rank", "排名"),
    "score": ("Score", "评分"),
    "agreed": ("Agreed", "议定"),
    "field": ("Field", "领域"),
    "region": ("Region", "地区"),
    "priority": ("Priority", "方向"),
    "reason": ("Reason", "理由"),
    "first": ("First batch (published)", "第一批（已公布）"),
    "second": ("This list", "本名单"),
}

WORDS: dict[str, tuple[str, str]] = {
    "upheld": ("upheld", "成立"),
    "partly-upheld": ("partly upheld", "部分成立"),
    "dismissed": ("dismissed", "不成立"),
    "level passed": (", the level has enough", "，本层级通过"),
    "centres": ("{approved} approved, {accepted} accepted", "批准 {approved} 家，验收 {accepted} 家"),
}


def say(table: dict[str, tuple[str, str]], key: str, language: str, **params: object) -> str:
    """Return a saying in the language."""
    return fill(table[key][language == "zh"], params)
