"""What the acts on a round are called, by the kind of the command."""

WORDS: dict[str, tuple[str, str]] = {
    "open-round": ("Open a round", "开启轮次"),
    "extend-deadline": ("Extend a deadline", "延长期限"),
    "record-outage": ("Record an outage", "记录系统中断"),
    "amend-form": ("Change a form", "变更表单"),
    "change-post": ("Change who holds a post", "变动岗位人员"),
    "commit-draw": ("Commit a draw of panels", "承诺抽取专家"),
    "enter-draw-numbers": ("Enter the numbers of a draw", "录入抽取的公开号码"),
    "void-draw": ("Void a committed draw", "作废已承诺的抽取"),
    "open-draw": ("Open the draw of panels", "开启抽取专家"),
    "fix-shortlist": ("Fix the shortlist", "确定入围名单"),
    "propose": ("Propose centres", "提出拟建名单"),
    "propose-leaving-out": (
        "Propose centres, leaving out some of the public notice",
        "提出拟建名单（不列入部分已公示项）",
    ),
    "open-public-notice": ("Open the public notice", "开始公示"),
    "record-integrity-check": ("Record the integrity check", "记录廉洁核查"),
    "clear-integrity-hit": ("Clear an integrity hit", "裁定核查事项不影响列入"),
    "uphold-integrity-hit": ("Uphold an integrity hit", "裁定核查事项成立"),
    "approve": ("Approve the proposal", "审批通过"),
    "send-back-proposal": ("Send the proposal back", "退回拟建名单"),
    "issue-list": ("Issue the list", "发布名单"),
    "repeat-batch": ("Carry out the last decision again", "再次执行最近一项决定"),
    "cancel-round": ("Cancel the round", "终止轮次"),
}
