"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names

LABELS: Names = {
    "fill-places": ("Fill empty places from the reserve", "以备选递补空出的名额"),
    "fill-places.guidance": (
        "Places of the proposal that fell empty are filled with applications in reserve: give a reason for each that "
        "you add, no more than fell empty. They come after the last place, in the order below, and get a public notice "
        "of their own; nothing changes for the others. Two officers sign.",
        "以备选申报递补拟建名单空出的名额：逐项说明理由，不超过空出数。递补事项按下列次序接在末位之后，另行公示；"
        "其他事项不变。须由两名经办人员签名。",
    ),
    "fill-places.add": ("Why it is added", "递补理由"),
    "fill-places.deviations": ("Why it is passed over, or a limit is", "越过该项或超出限额的理由"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
