"""Fold the events of the expert panel: seats, reviews, conflicts, the score."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from selection.application import events as e
from selection.application.state import ApplicationState, Report, Review, Score, Seat
from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.process.stages import Stage

# Seats, reviews and scores are copies of these, not built anew: what a valid event holds need not be validated once
# more, and a thousand applications hold fifteen thousand of them.
_DAWN = datetime.min.replace(tzinfo=UTC)
_SEAT = Seat(number=0, expert="", status="", invited_at=_DAWN, respond_by=_DAWN, review_by=_DAWN)
_REVIEW = Review(seat=0, expert="", scores={}, total=Decimal(0), text=Ref(id="", sha256=""), at=_DAWN)
_SCORE = Score(valid=0, mean="", untrimmed="", technical="", shown=Decimal(0), lot="")


def _seated(state: ApplicationState, event: e.PanelSeated, leaf: Leaf) -> dict[str, Any]:
    new = {
        int(number): _SEAT.with_(
            number=int(number),
            expert=expert,
            status="invited",
            invited_at=leaf.at,
            respond_by=event.respond_by,
            review_by=event.review_by,
            remind_review=event.remind_review,
        )
        for number, expert in event.seats.items()
    }
    seats = {seat.number: seat for seat in state.seats} | new
    return {
        **state.entered(Stage.REVIEW, leaf.at if state.stage is not Stage.REVIEW else state.since or leaf.at),
        "draws": (*state.draws, event.draw),
        "lot": state.lot or event.lot,
        "seats": tuple(seats[number] for number in sorted(seats)),
        "alternates": (*state.alternates, *event.alternates),
        "employers": {**state.employers, **event.employers},
        "hands": state.with_hand("reviewer", *event.seats.values()),
    }


def _accepted(state: ApplicationState, event: e.InvitationAccepted, leaf: Leaf) -> dict[str, Any]:
    return {
        "seats": _with_seat(state, event.seat, status="accepted"),
        "pledged": (*state.pledged, event.expert),
    }


def _vacated(state: ApplicationState, event: e.SeatVacated, leaf: Leaf) -> dict[str, Any]:
    return {
        "seats": _with_seat(state, event.seat, status="empty"),
        "former": (*state.former, event.expert),
        "pledged": tuple(person for person in state.pledged if person != event.expert),
        "chair": "" if state.chair == event.expert else state.chair,
    }


def _filled(state: ApplicationState, event: e.SeatFilled, leaf: Leaf) -> dict[str, Any]:
    return {
        "seats": _with_seat(
            state,
            event.seat,
            expert=event.expert,
            status="invited",
            invited_at=leaf.at,
            respond_by=event.respond_by,
            review_by=event.review_by,
            remind_review=event.remind_review,
        ),
        "alternates": tuple(person for person in state.alternates if person != event.expert),
        "hands": state.with_hand("reviewer", event.expert),
    }


def _reviewed(state: ApplicationState, event: e.ReviewSubmitted, leaf: Leaf) -> dict[str, Any]:
    review = _REVIEW.with_(
        seat=event.seat,
        expert=event.expert,
        scores=event.scores,
        total=event.total,
        text=event.text,
        at=leaf.at,
    )
    return {"seats": _with_seat(state, event.seat, status="submitted"), "reviews": (*state.reviews, review)}


def _voided(state: ApplicationState, event: e.ReviewVoided, leaf: Leaf) -> dict[str, Any]:
    reviews = tuple(item.with_(void=True) if item.expert == event.expert else item for item in state.reviews)
    back = state.entered(Stage.REVIEW, leaf.at) if state.stage is Stage.SCORED else {}
    return {**back, "score": None, "reviews": reviews}


def _declared(state: ApplicationState, event: e.ConflictDeclared, leaf: Leaf) -> dict[str, Any]:
    return {}


def _reported(state: ApplicationState, event: e.ConflictReported, leaf: Leaf) -> dict[str, Any]:
    report = Report(expert=event.expert, reporter=leaf.actor.person, text=event.text, at=leaf.at)
    return {"reports": {**state.reports, event.report: report}}


def _ruled(state: ApplicationState, event: e.ConflictRuled, leaf: Leaf) -> dict[str, Any]:
    ruled = state.reports[event.report].with_(upheld=event.upheld)
    return {"reports": {**state.reports, event.report: ruled}}


def _scored(state: ApplicationState, event: e.ApplicationScored, leaf: Leaf) -> dict[str, Any]:
    score = _SCORE.with_(
        valid=event.valid,
        mean=event.mean,
        untrimmed=event.untrimmed,
        technical=event.technical,
        shown=event.shown,
        lot=event.lot,
    )
    # After the shortlist a score is fixed anew where the application stands.
    fixed = state.entered(Stage.SCORED, leaf.at) if state.stage is Stage.REVIEW else {}
    return {**fixed, "score": score}


def _chair(state: ApplicationState, event: e.ChairAppointed, leaf: Leaf) -> dict[str, Any]:
    return {"chair": event.chair}


def _with_seat(state: ApplicationState, number: int, **changes: Any) -> tuple[Seat, ...]:
    return tuple(seat.with_(**changes) if seat.number == number else seat for seat in state.seats)


PANEL_FOLDS: dict[type[Event], Callable[[ApplicationState, Any, Leaf], dict[str, Any]]] = {
    e.PanelSeated: _seated,
    e.InvitationAccepted: _accepted,
    e.SeatVacated: _vacated,
    e.SeatFilled: _filled,
    e.ReviewSubmitted: _reviewed,
    e.ReviewVoided: _voided,
    e.ConflictDeclared: _declared,
    e.ConflictReported: _reported,
    e.ConflictRuled: _ruled,
    e.ApplicationScored: _scored,
    e.ChairAppointed: _chair,
}
