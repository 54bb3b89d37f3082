"""What is said of co-builders, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "application.co-building-confirmed.v1": (
        (
            "{co_builder} confirmed its part as a co-builder in version {revision}.",
            "{co_builder} 确认参与共建（第 {revision} 版）。",
        ),
        ("A co-builder confirmed its part.", "共建单位确认参与共建。"),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

TASKS: Names = {"confirm-co-building": ("confirm co-building", "确认共建")}
"""What is awaited of people, by the kind of the task."""

REFUSALS: Names = {
    "another-of-the-unit": (
        "Whoever acts for the host unit, or has confirmed for another co-builder, cannot confirm for this one;"
        " somebody else of the unit must.",
        "依托单位的经办人，或已代其他共建单位确认的人员，不得再代本单位确认，须由本单位其他人员办理。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
