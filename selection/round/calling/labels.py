"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "open-call": ("Open the call", "开启申报"),
    "open-call.guidance": (
        "From now on applications are taken. The rules were sealed before; recommending units are told.",
        "自此起受理申报。规则此前已封存；系统将告知推荐单位。",
    ),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
