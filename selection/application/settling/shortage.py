"""Whether a panel cannot be filled: what is wanted of it, what there is, and that no draw can mend it any more."""

from collections.abc import Mapping
from typing import Literal, Protocol

from selection.application.recusal import list_recused
from selection.application.state import ApplicationState, Seat
from selection.decision.aggregate import Context
from selection.decision.facts import in_force
from selection.kernel.stages import Stage
from selection.refusals.refused import Refused
from selection.rules.sections import FLOOR
from selection.rules.terms import Terms


class DrawResult(Protocol):
    """A draw of the round as far as it matters here: whom it found no panel for."""

    @property
    def clashing(self) -> tuple[str, ...]:
        """The limits and streams that clash, empty of a draw that has panels, or none yet."""


def count_wanted(state: ApplicationState, terms: Terms) -> int:
    """Return how many scores are enough: as the rules say, or fewer where two people agreed on it."""
    least = terms.panel.min_valid
    return min(least, state.fewer) if state.fewer else least


def count_quorum(state: ApplicationState, terms: Terms, left: int) -> int:
    """Return how many must meet: as many as scores are wanted.

    Where the sealed rules do not know how two people agree on fewer, all who are left are enough.
    """
    wanted = count_wanted(state, terms)
    return wanted if "settle-panel" in terms.assurance else min(wanted, left)


def count_seats(fewer: int, seats: int) -> int:
    """Return how many seats a first draw fills, where two people may have agreed on fewer."""
    return min(fewer, seats) if fewer else seats


def list_able(state: ApplicationState, context: Context, terms: Terms) -> frozenset[str]:
    """Return the members who reviewed and may still meet: registered as active, and bound by nothing."""
    panel = list_members(state)
    recused = list_recused(state, panel, context, terms)
    people = context.facts.people
    return frozenset(name for name in panel if name not in recused and name in people and people[name].active)


def list_members(state: ApplicationState) -> tuple[str, ...]:
    """Return the members of the panel who reviewed."""
    return tuple(seat.expert for seat in state.seats if seat.status == "submitted")


def describe_panel(state: ApplicationState) -> str:
    """Return what two people who agree must both have seen: stage, seats and draws of the panel."""
    seats = ",".join(map(_describe_seat, state.seats))
    return f"{state.stage.value} {len(state.draws)} {state.fewer} {seats}".strip()


def _describe_seat(seat: Seat) -> str:
    return f"{seat.number}:{seat.status}"


def count_most(state: ApplicationState, context: Context, terms: Terms) -> int:
    """Return how many scores can be agreed on at the most, fewer than are wanted now.

    Raises Refused `panel-not-short` where the panel is full enough, somebody is awaited, or a draw could still help.
    """
    wanted = count_wanted(state, terms)
    match state.stage:
        case Stage.ELIGIBLE:
            seats = count_seats(state.fewer, terms.panel.seats)
            _require(_draw_failed(state, context))
            return seats - 1
        case Stage.REVIEW:
            awaited = bool(state.holding_reports) or any(seat.open for seat in state.seats)
            over = context.at >= in_force("review_last", terms, context.facts)
            valid = len(state.valid_reviews)
            _require(not awaited and valid < wanted and (over or _draw_failed(state, context)))
            return valid
    able = len(list_able(state, context, terms))
    late = context.at >= in_force("appraisal", terms, context.facts)
    _require(able < wanted or late)
    return min(able, wanted - 1)


def refuse_untried(
    state: ApplicationState, way: Literal["fewer", "end"], context: Context, terms: Terms
) -> None:
    """Raise Refused `meeting-untried` in the appraisal while the panel could meet, or has met and may close.

    Two people decide instead of a meeting only where none can be called, as too few are left for what they decide or
    nobody to chair it, or where one was called, the days of an invitation passed, and fewer voted than must.
    """
    if state.stage is not Stage.APPRAISAL:
        return
    able, quorum, meeting = list_able(state, context, terms), count_wanted(state, terms), state.meeting
    if len(able) < (quorum if way == "fewer" else FLOOR) or able <= set(state.unchaired):
        return
    is_over = meeting is not None and context.at >= terms.end("invitation", meeting.at)
    if not is_over or len(able & set(meeting.votes if meeting else ())) >= quorum:
        raise Refused("meeting-untried")


def _draw_failed(state: ApplicationState, context: Context) -> bool:
    """Tell whether the round's last draw found no panel, and names this application among those that clash."""
    state_of_round = context.facts.cited.state if context.facts.cited else None
    # The round's state, which this package lies below: its draws stand in the order in which they were committed.
    draws: Mapping[str, DrawResult] = getattr(state_of_round, "draws", {})
    return any(state.stream in draw.clashing for draw in list(draws.values())[-1:])


def _require(short: bool) -> None:
    if not short:
        raise Refused("panel-not-short")
