"""What the visitor did, and its receipts."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("My acts", "我的操作"),
    "lead": (
        "What you did, with the receipt of each act. If you do not recognise an act, tell the supervisor and end "
        "your sessions.",
        "您办理过的操作及其回执。如有并非本人所为的操作，请结束会话并告知监督人员。",
    ),
    "under-way": ("On the way", "办理中"),
    "under-way-lead": (
        "Signed and sent by you, and not answered yet. Each page tells how far it is, and sends again what is left.",
        "以下操作已由您签名提交，尚未答复。打开页面可查看进度，并可重新提交其余操作。",
    ),
    "none": ("You have done nothing yet.", "您尚未办理任何操作。"),
    "none-found": ("None of your acts fits this search.", "没有符合条件的操作。"),
    "latest": ("Shown are your latest {count} acts.", "仅显示最近 {count} 项操作。"),
    "what": ("Act", "操作"),
    "on": ("On", "对象"),
    "installation": ("the register", "系统登记册"),
    "at": ("At", "时间"),
    "round": ("Round", "轮次"),
    "latest-first": ("latest first", "最近优先"),
    "oldest-first": ("oldest first", "最早优先"),
    "one": ("Receipt", "操作回执"),
    "refused": ("This act was refused.", "该操作未获准办理，已记录在案。"),
    "log": ("Log", "日志"),
    "seq": ("Place in the log", "日志序号"),
    "hash": ("Hash of the entry", "条目哈希"),
    "technical": ("For programs and checks", "供程序和核验使用"),
    "id": ("Id of the act", "操作编号"),
    "application": ("To the application", "查看申报"),
    "keep": ("Keep the receipt", "保存回执"),
    "keep-why": (
        "With the file and the hash of the entry, below, you can show to anyone, even without this site, that the act "
        "is in the signed record. The file can be had a minute after the act.",
        "凭此文件与下列条目哈希，可向任何人证明该操作已载入经签名的记录，且无需依赖本站。文件在操作后一分钟内生成。",
    ),
    "proof": ("Receipt as a file (.tlog-proof)", "下载回执文件（.tlog-proof）"),
    "paper": ("Receipt of submission (PDF)", "下载申报受理回执（PDF）"),
    "check": ("Check a receipt", "核验回执"),
}
