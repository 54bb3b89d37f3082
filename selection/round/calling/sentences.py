"""What is said of a call that opens after its rules were sealed: sentences, refusals, the task, the letter."""

from selection.decision.aggregate import Event
from selection.kernel.stages import Names
from selection.process.letter import Broadcast, Letter, Texts, Writer, letters_to
from selection.process.room import Pairs
from selection.round.calling.events import CallOpened
from selection.round.state import RoundState

TIMELINE: dict[str, Pairs] = {
    "round.call-opened.v1": (("The call opened.", "申报开启。"),),
}
"""What happened, from the most that can be said to the least."""

REFUSALS: Names = {
    "call-early": (
        "The call opens on {opens} at the earliest, as the sealed rules say; open it then.",
        "按所封存规则，申报最早于{opens}开启；请届时办理。",
    ),
    "call-awaited": (
        "The call of this round is not open yet; applications are taken once an officer has opened it, on {opens} "
        "at the earliest.",
        "本轮次申报尚未开启；经办人员最早于{opens}开启后方受理。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""

TASKS: Names = {"open-call": ("open the call", "开启申报")}
"""What is awaited."""


def _write_opened(event: CallOpened, state: RoundState) -> list[Letter | Broadcast]:
    assert state.sealed is not None
    officers, params = state.current.staff.officers, {"round": state.round}
    recommending = Broadcast(
        key="call-opened",
        template="call-opened",
        params=params,
        deadlines=("submission", "recommendation"),
        units=tuple(unit.code for unit in state.sealed.recommenders),
        besides=officers,
    )
    return [*letters_to(officers, "call-opened", params), recommending]


WRITES: dict[type[Event], Writer[RoundState]] = {CallOpened: _write_opened}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "call-opened": {
        "en": (
            "Round {round}: the call is open",
            "The call of round {round} is open from now on: applications are handed in, and may be recommended.",
        ),
        "zh": (
            "{round} 轮次申报开启",
            "{round} 轮次申报现已开启，可以提交申报并办理推荐。",
        ),
    },
}
