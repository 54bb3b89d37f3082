"""What is said of who acts for the applicant, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "application.agent-replaced.v1": (
        (
            "From now on {agent} is the agent of the applicant, in the place of {former}.",
            "申报经办人由 {former} 变更为 {agent}。",
        ),
        ("From now on somebody else is the agent of the applicant.", "申报经办人已变更。"),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

REFUSALS: Names = {
    "no-such-agent": (
        "{person} is not registered as an active applicant; have an administrator register them for the host unit "
        "first.",
        "{person} 未登记为有效的申报人；请先由管理员为依托单位登记。",
    ),
    "agent-elsewhere": (
        "{person} is employed by another unit than the host; an applicant's agent belongs to the host unit.",
        "{person} 的任职单位并非依托单位；申报经办人须为依托单位人员。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
