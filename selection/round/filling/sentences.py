"""What is said of places that fell empty and are filled: sentences, refusals, the letter."""

from selection.decision.aggregate import Event
from selection.kernel.stages import Names
from selection.process.letter import Letter, Texts, Writer, letters_to
from selection.process.room import Pairs
from selection.round.filling.events import PlacesFilled
from selection.round.state import RoundState

TIMELINE: dict[str, Pairs] = {
    "round.places-filled.v1": (
        (
            "Places of {replaced} that fell empty are filled from the reserve in proposal {proposal}: {items}.",
            "{replaced} 空出的名额由备选递补，形成第 {proposal} 版拟建名单：{items}。",
        ),
        (
            "Places that fell empty are filled from the reserve in proposal {proposal}.",
            "空出的名额由备选递补，形成第 {proposal} 版拟建名单。",
        ),
        ("Places that fell empty are filled from the reserve.", "空出的名额由备选递补。"),
    ),
}
"""What happened, from the most that can be said to the least."""

REFUSALS: Names = {
    "places-stay-empty": (
        "By the rules of this round a place that falls empty stays empty; the list goes on without it.",
        "按本轮规则，空出的名额不再递补；名单照常办理。",
    ),
    "empty-places-exceeded": (
        "{count} added, but {empty:place of the proposal has|places of the proposal have} fallen empty; add no more.",
        "拟递补 {count} 家，而拟建名单仅空出 {empty} 个名额；请勿超出。",
    ),
    "not-in-reserve": (
        "Application {application} is not in reserve; places are filled from the reserve alone.",
        "申报 {application} 不在备选之列；空出的名额只能由备选递补。",
    ),
    "places-filled": (
        "This proposal fills empty places and changes nothing else; open its notice: `selection round notice`.",
        "本版名单只递补空出的名额，不作其他变动；请开启公示：`selection round notice`。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""


def _tell_staff(event: PlacesFilled, state: RoundState) -> list[Letter]:
    staff = state.current.staff
    people = tuple(dict.fromkeys((*staff.officers, *staff.supervisors)))
    return letters_to(people, "places-filled", {"round": state.round, "proposal": str(event.proposal)})


WRITES: dict[type[Event], Writer[RoundState]] = {PlacesFilled: _tell_staff}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "places-filled": {
        "en": (
            "Round {round}: empty places are filled from the reserve",
            "In round {round}, two officers filled places of the proposal that fell empty: proposal {proposal} adds"
            " applications in reserve. These get a public notice of their own; then the integrity is checked, and the"
            " levels decide on them. What was approved of the others stands.",
        ),
        "zh": (
            "{round} 轮次空出的名额由备选递补",
            "{round} 轮次由两名经办人员以备选申报递补拟建名单空出的名额，形成第 {proposal} 版名单。递补的申报另行公示，"
            "其后开展廉洁核查并逐级审批；其他事项已作出的审批仍有效。",
        ),
    },
}
"""What the letters say."""
