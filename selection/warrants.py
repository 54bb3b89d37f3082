"""Whether an act in the engine's name was decided: the record must hold the decision that it carries out.

Anyone who reaches Temporal can claim to be the system. So an event recorded in the system's name because of
a message is compared with the state of the stream that decided it, before it is recorded.
"""

from collections.abc import Callable
from typing import Any

from selection.actor import Role
from selection.aggregate import Event, event_of
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.leaf import Leaf
from selection.panel import Drawn
from selection.recommendation import events as r
from selection.recommendation.state import ListState
from selection.round.state import RoundState
from selection.stages import RoundStage, Stage
from selection.streams import application_stream, recommender_stream, round_stream

BY_LIST = (a.RecommendationTaken, a.RecommendationReleased)
BY_APPLICATION = (r.RecommendationFreed,)
BY_ROUND = (
    a.PanelSeated,
    a.PlacedOnShortlist,
    a.LeftOffShortlist,
    a.PlacedInProposal,
    a.PlacedInReserve,
    a.NoticeOpened,
    a.ApplicationListed,
    a.ApplicationNotSelected,
    a.ApplicationCancelled,
)


def deciding_stream(leaf: Leaf) -> str | None:
    """Return the stream whose decision the leaf carries out, or None if it needs no warrant."""
    if leaf.actor.role is not Role.SYSTEM:
        return None
    event = event_of(leaf)
    round_id = leaf.stream.split("/")[1]
    if isinstance(event, BY_LIST):
        return recommender_stream(round_id, event.unit)
    if isinstance(event, BY_APPLICATION):
        return application_stream(round_id, event.application)
    return round_stream(round_id) if isinstance(event, BY_ROUND) else None


def warranted(leaf: Leaf, decided: Any, drawn: Drawn | None = None) -> bool:
    """Tell whether the deciding stream's state holds the decision. `drawn` is the result of a panel's draw."""
    event = event_of(leaf)
    number = leaf.stream.rsplit("/", 1)[-1]
    match decided:
        case ListState():
            return _by_list(event, number, decided)
        case ApplicationState():
            return not (decided.stage is Stage.RECOMMENDED and decided.unit == number)
        case RoundState():
            if isinstance(event, a.PanelSeated):
                return _seated(event, leaf.stream, decided, drawn)
            return _BY_ROUND[type(event)](event, number, decided)
    return False


def _by_list(event: Event, number: str, decided: ListState) -> bool:
    entry = decided.entry(number)
    if isinstance(event, a.RecommendationTaken):
        return entry is not None and (entry.revision, entry.agent) == (event.revision, event.agent)
    return entry is None


def _seated(event: a.PanelSeated, stream: str, decided: RoundState, drawn: Drawn | None) -> bool:
    if decided.batch != f"seat-panel/{event.draw}" or drawn is None or stream not in drawn.panels:
        return False
    panel = drawn.panels[stream]
    seats = tuple(event.seats[number] for number in sorted(event.seats, key=int))
    return (seats, event.alternates) == (panel.seats, panel.alternates)


def _proposed_rank(number: str, decided: RoundState) -> int:
    return next((item.rank for item in decided.items if item.application == number), 0)


_BY_ROUND: dict[type[Event], Callable[[Any, str, RoundState], bool]] = {
    a.PlacedOnShortlist: lambda event, number, decided: (
        decided.batch.startswith("place-on-shortlist/") and decided.shortlist.get(number) == event.rank
    ),
    a.LeftOffShortlist: lambda event, number, decided: (
        decided.batch.startswith("place-on-shortlist/") and number not in decided.shortlist
    ),
    a.PlacedInProposal: lambda event, number, decided: (
        decided.proposal == event.proposal and _proposed_rank(number, decided) == event.rank
    ),
    a.PlacedInReserve: lambda event, number, decided: (
        decided.proposal == event.proposal and _proposed_rank(number, decided) == 0
    ),
    a.NoticeOpened: lambda event, number, decided: (
        decided.stage is RoundStage.NOTICE
        and decided.proposal == event.proposal
        and _proposed_rank(number, decided) > 0
    ),
    a.ApplicationListed: lambda event, number, decided: (
        decided.stage is RoundStage.ISSUED and decided.places.get(number) == event.place
    ),
    a.ApplicationNotSelected: lambda event, number, decided: (
        decided.stage is RoundStage.ISSUED
        and not decided.cancelled
        and number not in decided.places
        and number not in decided.held_numbers
    ),
    a.ApplicationCancelled: lambda event, number, decided: decided.cancelled,
}
