"""What is said of decisions on integrity that are reversed, and to whom."""

from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.stages import Names
from selection.process.decisions import HIT, EnteredReversal
from selection.process.letter import Letter, Texts, Writer, letters_to
from selection.process.room import Pairs
from selection.process.task import OpenTask
from selection.round.reversing.dependents import describe_integrity, list_falling, name_integrity
from selection.round.reversing.events import (
    IntegrityReversalDeclined,
    IntegrityReversalEntered,
    IntegrityReversed,
    enter_reversal,
)
from selection.round.state import RoundState

TIMELINE: dict[str, Pairs] = {
    "integrity.reversal-entered.v1": (
        (
            "A reversal of an integrity decision was entered ({was}); it would also void: {void}.",
            "录入撤销廉洁核查决定的意见（{was}）；拟一并作废：{void}。",
        ),
        ("The reversal of a decision on integrity was entered.", "录入撤销廉洁核查决定的意见。"),
    ),
    "integrity.reversal-declined.v1": (
        (
            "The reversal of a decision on integrity that {people} had entered was declined.",
            "否决撤销廉洁核查决定的意见（由 {people} 录入）。",
        ),
        ("The reversal of a decision on integrity was declined.", "否决撤销廉洁核查决定的意见。"),
    ),
    "integrity.reversed.v1": (
        (
            "A decision on integrity was reversed ({was}); fallen with it: {void}. Others decide again.",
            "撤销廉洁核查决定（{was}）；一并作废：{void}。由他人重新办理。",
        ),
        ("A decision on integrity was reversed.", "撤销廉洁核查决定。"),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

TASKS: Names = {
    "reverse-integrity-decision": ("agree on reversing a decision on integrity", "会商撤销廉洁核查决定")
}

CHECKED: Names = {"checked": ("integrity check", "廉洁核查"), "cleared": ("hit cleared", "核查事项放行")}
"""What the decisions were."""

REFUSALS: Names = {
    "no-integrity-decision": (
        "No such decision stands: name an application whose hit was cleared, or none for the check of this proposal. A "
        "stop is lifted by an act of its own.",
        "没有可撤销的该项决定：请指明核查事项已放行的申报；不填则指本版名单的廉洁核查。限制须另行解除。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""


def list_reversals(state: RoundState) -> list[OpenTask]:
    """Return for each decision that one post would reverse that the other is awaited, while that still counts."""
    if state.since is None:
        return []

    def is_current(entry: EnteredReversal) -> bool:
        decision, _, number = entry.decision.partition("/")
        application = number if decision == HIT else ""
        was, void = describe_integrity(state, application), list_falling(state, application)
        return enter_reversal(state, application, entry.people, was, void) == entry

    other = {Role.OFFICER.value: Role.SUPERVISOR, Role.SUPERVISOR.value: Role.OFFICER}
    task = "reverse-integrity-decision"
    return [
        OpenTask(key=f"{task}/{entry.decision}", kind=task, role=other[role], since=state.since)
        for role, entry in state.decisions.list_waiting(is_current)
        if role in other
    ]


def _ask_other(event: IntegrityReversalEntered, state: RoundState) -> list[Letter]:
    name = name_integrity(state, event.application)
    wanted = (name, event.was, f"{state.stage.value}/{event.proposal}", event.void)
    alone = state.decisions.list_waiting(
        lambda entry: (entry.decision, entry.was, entry.stage, entry.void) == wanted
    )
    if not alone:
        return []
    ((role, _),) = alone
    staff = state.current.staff
    people = staff.supervisors if role == Role.OFFICER.value else staff.officers
    return letters_to(people, "integrity-reversal-entered", {"round": state.round})


def _tell_declined(event: IntegrityReversalDeclined, state: RoundState) -> list[Letter]:
    return letters_to(event.people, "integrity-reversal-declined", {"round": state.round})


def _tell(event: IntegrityReversed, state: RoundState) -> list[Letter]:
    staff = state.current.staff
    people = dict.fromkeys((*staff.officers, *staff.supervisors))
    return letters_to(people, "integrity-reversed", {"round": state.round})


WRITES: dict[type[Event], Writer[RoundState]] = {
    IntegrityReversalEntered: _ask_other,
    IntegrityReversalDeclined: _tell_declined,
    IntegrityReversed: _tell,
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "integrity-reversal-entered": {
        "en": (
            "Round {round}: a decision on integrity is to be reversed",
            "Somebody entered that a decision on integrity in round {round} is to be reversed. The page says "
            "what falls with it. The reversal takes effect once your post enters the same, with a reason. If you "
            "do not agree, decline it with a reason.",
        ),
        "zh": (
            "{round} 轮次有廉洁核查决定待撤销",
            "已有人员录入撤销 {round} 轮次的一项廉洁核查决定。一并作废的事项见页面。须由您所在岗位录入相同意见并"
            "说明理由，撤销方可生效；不同意的，请说明理由予以否决。",
        ),
    },
    "integrity-reversal-declined": {
        "en": (
            "Round {round}: what you entered of a reversal was declined",
            "The other post declined to reverse a decision on integrity in round {round}. The decision stands. "
            "The timeline of the round shows the reason.",
        ),
        "zh": (
            "{round} 轮次的撤销意见被否决",
            "您就 {round} 轮次的一项廉洁核查决定录入的撤销意见已被另一岗位否决，原决定有效。理由见本轮次的办理过"
            "程。",
        ),
    },
    "integrity-reversed": {
        "en": (
            "Round {round}: a decision on integrity was reversed",
            "A decision on integrity in round {round} was reversed. It is void with what rested on it. A "
            "supervisor who did not make it decides again; whoever that is finds it among their tasks.",
        ),
        "zh": (
            "{round} 轮次一项廉洁核查决定已撤销",
            "{round} 轮次的一项廉洁核查决定已撤销，以其为依据的事项一并作废。由原作出人员以外的监督人员重新办理，"
            "事项列于其“待办”。",
        ),
    },
}
"""What the letters say."""
