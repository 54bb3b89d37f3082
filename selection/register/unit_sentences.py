"""What is said of units that were registered, and why they were not."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "unit.registered.v1": (
        ("The unit {code} was registered.", "已登记单位 {code}。"),
        ("A unit was registered.", "已登记一个单位。"),
    ),
}
"""What happened, from the most that can be said to the least."""

REFUSALS: Names = {
    "unit-moved": (
        "The unit {unit} was registered anew meanwhile, or is not registered as you saw it; see `selection unit show "
        "{unit}`, and import again.",
        "单位 {unit} 的登记已有变动；请用 `selection unit show {unit}` 查看后重新导入。",
    ),
    "unit-parent-unknown": (
        "{parent}, to which {unit} is said to belong, is not registered; register it before, or in the same table.",
        "{unit} 的上级单位 {parent} 未登记；请先登记，或列入同一表格。",
    ),
    "unit-circle": (
        "The unit {unit} would belong to itself through the units above it; correct its parents.",
        "单位 {unit} 经其上级单位最终隶属于自身；请更正其上级单位。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
