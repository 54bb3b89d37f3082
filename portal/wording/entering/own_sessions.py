"""My sessions."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("My sessions", "我的会话"),
    "lead": (
        "Where you are signed in. A session ends after 30 minutes without use, after 12 hours in any case, and at once "
        "when its key is revoked.",
        "您当前的登录情况。会话闲置 30 分钟或登录满 12 小时后结束；所用密钥一经注销，会话立即结束。",
    ),
    "browser": ("Browser", "浏览器"),
    "since": ("Since", "登录时间"),
    "seen": ("Last used", "最近使用"),
    "until": ("At the latest until", "最迟结束"),
    "this": ("this one", "当前会话"),
    "end": ("End", "结束"),
    "end-which": ("the session since {since}", "{since} 登录的会话"),
    "unnamed": ("unknown browser", "未知浏览器"),
}
