"""Forms that were sent after their session had ended, and are kept for their person."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Sent after your session had ended", "会话结束后提交的表单"),
    "lead": (
        "You sent this form when your session had ended, so it was not taken, and what you typed was kept for you "
        "alone. Look through it; it goes into the form once you press the button, and nothing is signed by that.",
        "您提交此表单时会话已结束，因而未予受理；所填内容已为您单独保留，他人不可见。请核对；点击按钮后将填入表单，此操作不构成签名。",
    ),
    "unnamed": ("A form", "表单"),
    "sent": ("Sent:", "提交时间："),
    "drop": ("Throw it away", "删除"),
    "drop-help": (
        "It stays here until you throw it away, for 90 days at most.",
        "以下内容保留至您删除为止，最长 90 天。",
    ),
    "listed": ("Sent after your session had ended", "会话结束后提交的表单"),
    "listed-lead": (
        "These forms were not taken. What you typed is kept: open each to put it into its form, or to throw it away.",
        "以下表单未予受理，所填内容已保留。请打开查看，将其填入表单或予以删除。",
    ),
    "told": (
        "Your session had ended, so what you sent was not taken. What you typed is kept: sign in as the same person, "
        "and find it here or under My acts. Files that you had chosen are not kept.",
        "您的会话已结束，所提交的表单未予受理；所填内容已保留。请以同一人员身份登录，登录后即可查看，"
        "也可从“我的操作”中打开。已选择的文件未予保留。",
    ),
}
