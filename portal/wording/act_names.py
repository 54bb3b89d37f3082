"""What acts are called that are done in pages, by the kind of the command."""

WORDS: dict[str, tuple[str, str]] = {
    "accept-invitation": ("Accept the invitation to review", "接受评审邀请"),
    "declare-conflict": ("Declare a conflict of interest", "声明利益冲突"),
    "fail-check": ("Rule the application out", "审查不通过"),
    "pass-check": ("Pass the legality check", "审查通过"),
    "send-back": ("Send back to be mended", "退回补正"),
    "decline-invitation": ("Decline the invitation to review", "谢绝评审邀请"),
    "mend": ("Hand in the mended application", "提交补正后的申报材料"),
    "submit": ("Hand in the application", "提交申报材料"),
    "submit-review": ("Submit the review", "提交评审意见"),
}
