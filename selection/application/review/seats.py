"""The seats of a panel over time: deadlines, replacement from the alternates, and the score when all is in."""

from datetime import datetime

from selection.application.duties import clashes
from selection.application.recusal import list_recused
from selection.application.review.events import SeatFilled, SeatVacated
from selection.application.review.score_events import ApplicationScored
from selection.application.settling.shortage import count_seats, count_wanted
from selection.application.state import ApplicationState, Seat
from selection.decision.aggregate import Context, Due, Event
from selection.decision.facts import Facts, end_in_force, in_force
from selection.kernel.stages import Stage
from selection.rules.terms import Terms
from selection.rules.working_days import Window
from selection.scoring.panel_score import panel_score, weigh_scores


def list_open_seats(state: ApplicationState, terms: Terms) -> tuple[int, ...]:
    """Return the numbers of the seats that a draw would fill: all at first, later those left empty."""
    if state.stage is Stage.ELIGIBLE or (state.fresh_panel and not state.seats):
        return tuple(range(1, count_seats(state.fewer, terms.panel.seats) + 1))
    if state.in_review:
        return tuple(seat.number for seat in state.seats if seat.status == "empty")
    return ()


WINDOWS: tuple[Window, ...] = ("invitation", "review_after_invitation")
"""The windows that begin with an invitation."""


def seat_deadlines(
    context: Context, terms: Terms, stated: dict[str, datetime] | None = None, *, fresh: bool = False
) -> tuple[datetime, datetime]:
    """Return (respond by, review by) for someone invited now.

    The review is due at the later of the stage's deadline and the invitation plus the rules' days, capped by
    the stage's last day; the answer likewise, never after that last day. `stated` are deadlines in force that
    came with the act. A fresh panel after the end has the rules' days alone: the stage's are long over.
    """
    facts = Facts(deadlines={**context.facts.deadlines, **(stated or {})})
    stage, last = (in_force(name, terms, facts) for name in ("review", "review_last"))
    respond = end_in_force("invitation", terms.end("invitation", context.at), facts.deadlines)
    review = terms.end("review_after_invitation", context.at)
    if fresh:
        return respond, review
    return min(respond, last), min(max(stage, review), last)


def seat_due(seat: Seat, terms: Terms, facts: Facts) -> datetime:
    """Return the instant at which the seat is lost: what was extended since moves it later, never earlier."""
    last = in_force("review_last", terms, facts)
    if seat.status == "invited":
        return max(seat.respond_by, min(end_in_force("invitation", seat.respond_by, facts.deadlines), last))
    floor = in_force("review", terms, facts)
    return max(seat.review_by, min(floor, last))


def replacement(state: ApplicationState, context: Context, terms: Terms) -> tuple[Event, ...]:
    """Return the invitation of the next alternate to the first empty seat, while there is time and someone."""
    empty = [seat for seat in state.seats if seat.status == "empty"]
    if not state.in_review or not empty:
        return ()
    fresh = state.fresh_panel != ""
    recused = list_recused(state, state.alternates, context, terms)
    fit = [item for item in state.alternates if item not in recused and not _is_unfit(state, terms, item)]
    over = not fresh and context.at >= in_force("review_last", terms, context.facts)
    if not fit or over:
        return ()
    respond_by, review_by = seat_deadlines(context, terms, fresh=fresh)
    return (
        SeatFilled(
            seat=empty[0].number,
            expert=fit[0],
            respond_by=respond_by,
            review_by=review_by,
            remind_answer=terms.reminders(context.at, respond_by),
            remind_review=terms.reminders(context.at, review_by),
            guessed=terms.list_unknown_years(*WINDOWS, at=context.at),
        ),
    )


def _is_unfit(state: ApplicationState, terms: Terms, person: str) -> bool:
    """Tell whether an alternate took a clashing duty, or was found in conflict, since the draw."""
    return bool(clashes(state, terms, "reviewer", person)) or person in state.people_in_conflict


def fix_score(state: ApplicationState, context: Context, terms: Terms) -> tuple[Event, ...]:
    """Return the fixed score once nobody is awaited, enough reviews are valid and no report is open.

    That is in the review, and after it when a conflict that came to light late took the former score away; after the
    application's end for a fresh panel alone.
    """
    if state.ended and not state.fresh_panel:
        return ()
    awaited = state.holding_reports or any(seat.open for seat in state.seats)
    if not state.seats or state.score is not None or awaited or _is_checked_first(state):
        return ()
    reviews = state.valid_reviews
    if len(reviews) < count_wanted(state, terms):
        return ()
    score = panel_score(
        [weigh_scores(item.scores, terms.weights, terms.scales) for item in reviews],
        terms.trim,
        terms.tie_break,
    )
    return (
        ApplicationScored(
            valid=score.valid,
            mean=score.mean,
            untrimmed=score.untrimmed,
            technical=score.technical,
            shown=score.shown,
            lot=state.lot,
        ),
    )


def _is_checked_first(state: ApplicationState) -> bool:
    """Tell whether an application that goes on in the review has its check made again: the score waits for it."""
    checked = state.stage in (Stage.CHECKING, Stage.MENDING)
    return checked and state.decisions.resumes in ("", Stage.REVIEW, Stage.SCORED)


def next_seat(state: ApplicationState, terms: Terms, facts: Facts) -> Due | None:
    """Return the next instant at which a seat is lost."""
    waits = [_get_due(seat, terms, facts) for seat in state.seats if seat.open]
    return min(waits, key=lambda item: item.at) if waits else None


def vacate_seats(state: ApplicationState, passed: Due, context: Context, terms: Terms) -> tuple[Event, ...]:
    """Empty every seat of which nothing came by the deadline that passed."""
    facts = context.facts
    return tuple(
        SeatVacated(
            seat=seat.number,
            expert=seat.expert,
            why="no-response" if seat.status == "invited" else "no-review",
            deadline=seat_due(seat, terms, facts),
        )
        for seat in state.seats
        if seat.open and _get_due(seat, terms, facts).at <= passed.at
    )


def _get_due(seat: Seat, terms: Terms, facts: Facts) -> Due:
    deadline = seat_due(seat, terms, facts)
    if seat.status == "invited":
        return Due("invitation", deadline, deadline, movable=True)
    return Due("review", deadline + terms.grace, deadline, movable=True)
