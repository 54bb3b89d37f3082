"""What applicants and co-builders do until the check."""

WORDS: dict[str, tuple[str, str]] = {
    "withdraw.guidance": (
        "You take the application back. Until the deadline you may hand it in again; afterwards it ends as withdrawn.",
        "撤回申报。截止日期前可重新提交；截止后按撤回处理。",
    ),
    "confirm-co-building.guidance": (
        "You confirm for your unit that it takes part as this version of the application says. Read the version "
        "first: when it changes in what concerns co-builders, you are asked again.",
        "您代表本单位确认按该版本申报书参与共建。请先阅读该版本；涉及共建的内容如有变更，将再次请您确认。",
    ),
    "confirm-co-building.co_builder": ("Your unit", "本单位"),
}
