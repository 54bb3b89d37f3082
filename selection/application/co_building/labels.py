"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "confirm-co-building": ("Confirm co-building", "确认共建"),
    "confirm-co-building.guidance": (
        "You confirm for your unit that it takes part as this version of the application says. Read the version "
        "first: when it changes in what concerns co-builders, you are asked again.",
        "您代表本单位确认按该版本申报书参与共建。请先阅读该版本；涉及共建的内容如有变更，将再次请您确认。",
    ),
    "confirm-co-building.co_builder": ("Your unit", "本单位"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
