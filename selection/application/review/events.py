"""What can happen to a panel's seats: who may see it, and what it changes."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field

from selection.application.audiences import SEAT
from selection.application.state import ApplicationState, Seat
from selection.decision.aggregate import Event
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Ref
from selection.kernel.references import TextRef
from selection.kernel.stages import Stage
from selection.process.room import Fold
from selection.rules.working_days import Years


class PanelSeated(Event):
    """Experts of a draw took the seats; `alternates` follow in order. The first draw also holds the lot.

    `passed_over` were drawn and may not sit any more; for the seats in `vacant` nobody of the draw was left.
    `disclosed` are those who compete for the same places with other applications, and may sit by the rules: which.
    `guessed` are the years in which Monday to Friday were counted for want of a calendar and of somebody's choice.
    """

    TYPE = "panel.seated.v1"
    draw: str
    revision: int
    seats: dict[str, str]
    alternates: tuple[str, ...]
    employers: dict[str, str]
    lot: str
    respond_by: Instant
    review_by: Instant
    remind_answer: tuple[Instant, ...] = ()
    remind_review: tuple[Instant, ...] = ()
    guessed: Years = ()
    passed_over: Annotated[tuple[str, ...], Field(exclude_if=lambda people: not people)] = ()
    vacant: Annotated[tuple[int, ...], Field(exclude_if=lambda numbers: not numbers)] = ()
    disclosed: Annotated[dict[str, tuple[str, ...]], Field(exclude_if=lambda bids: not bids)] = {}
    AUDIENCE = {
        "*": f"{SEAT} chair admin",
        "draw": "",
        "passed_over": "",
        "disclosed": "",
        "vacant": "",
        "revision": f"{SEAT} chair",
        "seats": "invited:entry reviewer:entry former:entry chair",
        "alternates": "",
        "employers": "",
        "lot": "",
        "respond_by": SEAT,
        "review_by": SEAT,
        "remind_answer": "",
        "remind_review": "",
        "guessed": SEAT,
    }


class InvitationAccepted(Event):
    """An expert accepted with pledge and declaration; from here on the expert may read."""

    TYPE = "panel.invitation-accepted.v1"
    seat: int
    expert: str
    pledge: Ref
    AUDIENCE = {
        "*": f"{SEAT} chair admin",
        "seat": f"{SEAT} chair",
        "expert": f"{SEAT} chair",
        "pledge": SEAT,
    }


class SeatVacated(Event):
    """A seat fell free: declined, no-response, conflict, no-review, inactive, or report-upheld."""

    TYPE = "panel.seat-vacated.v1"
    seat: int
    expert: str
    why: str
    deadline: Instant | None = None
    AUDIENCE = {
        "*": f"{SEAT} chair admin",
        "role": "",
        "seat": f"{SEAT} chair",
        "expert": f"{SEAT} chair",
        "why": SEAT,
        "deadline": SEAT,
    }


class SeatFilled(Event):
    """The next alternate was invited to a free seat."""

    TYPE = "panel.seat-filled.v1"
    seat: int
    expert: str
    respond_by: Instant
    review_by: Instant
    remind_answer: tuple[Instant, ...] = ()
    remind_review: tuple[Instant, ...] = ()
    guessed: Years = ()
    # Recorded with the actor of the act that freed the seat: another expert, as a rule.
    AUDIENCE = {
        "*": f"{SEAT} chair admin",
        "role": "",
        "seat": f"{SEAT} chair",
        "expert": f"{SEAT} chair",
        "respond_by": SEAT,
        "review_by": SEAT,
        "remind_answer": "",
        "remind_review": "",
        "guessed": SEAT,
    }


class ChairAppointed(Event):
    """A member of the panel leads it; `reason` is the officers', and none where one officer appointed and gave none."""

    TYPE = "panel.chair-appointed.v1"
    chair: str
    reason: Annotated[TextRef | None, Field(exclude_if=lambda text: text is None)] = None
    AUDIENCE = {"*": "chair admin", "chair": "chair:own", "reason": ""}


class ChairReplaced(Event):
    """Another member leads the panel in the former chair's place, or nobody until one is appointed.

    There is no `former` where the panel had none.
    """

    TYPE = "panel.chair-replaced.v1"
    former: Annotated[str, Field(exclude_if=lambda person: not person)] = ""
    chair: Annotated[str, Field(exclude_if=lambda person: not person)] = ""
    reason: Ref
    AUDIENCE = {"*": "chair admin", "former": "chair:own", "chair": "chair:own", "reason": ""}


# Seats, reviews and scores are copies of these, not built anew: what a valid event holds need not be validated once
# more, and a thousand applications hold fifteen thousand of them.
_DAWN = datetime.min.replace(tzinfo=UTC)
_SEAT = Seat(number=0, expert="", status="", invited_at=_DAWN, respond_by=_DAWN, review_by=_DAWN)


def _fold_seated(state: ApplicationState, event: PanelSeated, leaf: Leaf) -> dict[str, object]:
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
    # Nobody's name: a conflict that is reversed gives the seat back to whoever left it, and nobody did.
    vacant = {number: _SEAT.with_(number=number, status="empty") for number in event.vacant}
    seats = vacant | {seat.number: seat for seat in state.seats} | new
    # A fresh panel after the end reviews beside the outcome, which stays.
    since = leaf.at if state.stage is not Stage.REVIEW else state.since or leaf.at
    return {
        **({} if state.ended else state.enter(Stage.REVIEW, since)),
        "draws": (*state.draws, event.draw),
        "lot": state.lot or event.lot,
        "seats": tuple(seats[number] for number in sorted(seats)),
        "alternates": (*state.alternates, *event.alternates),
        "employers": {**state.employers, **event.employers},
        "guessed": state.with_guessed(event.guessed),
        "hands": state.with_hand("reviewer", *event.seats.values()),
        "missed": {},
    }


def _fold_accepted(state: ApplicationState, event: InvitationAccepted, leaf: Leaf) -> dict[str, object]:
    return {
        "seats": with_seat(state, event.seat, status="accepted"),
        "pledged": (*state.pledged, event.expert),
    }


_BY_SILENCE = {"no-response": "answer-invitation", "no-review": "review"}
"""What was due of a seat that was lost, by why it was."""


def _fold_vacated(state: ApplicationState, event: SeatVacated, leaf: Leaf) -> dict[str, object]:
    kind = _BY_SILENCE.get(event.why)
    missed = {} if kind is None or event.deadline is None else {kind: event.deadline}
    return {
        "missed": {**missed, **state.missed},
        "seats": with_seat(state, event.seat, status="empty"),
        "former": (*state.former, event.expert),
        "pledged": tuple(person for person in state.pledged if person != event.expert),
        "chair": "" if state.chair == event.expert else state.chair,
    }


def _fold_filled(state: ApplicationState, event: SeatFilled, leaf: Leaf) -> dict[str, object]:
    return {
        "seats": with_seat(
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
        "guessed": state.with_guessed(event.guessed),
        "hands": state.with_hand("reviewer", event.expert),
    }


def _chair(state: ApplicationState, event: ChairAppointed, leaf: Leaf) -> dict[str, object]:
    return {"chair": event.chair}


def _fold_replaced(state: ApplicationState, event: ChairReplaced, leaf: Leaf) -> dict[str, object]:
    removed = (event.former,) if event.former else ()
    return {"chair": event.chair, "unchaired": (*state.unchaired, *removed)}


def with_seat(state: ApplicationState, number: int, **changes: object) -> tuple[Seat, ...]:
    """Return the seats with one of them changed."""
    return tuple(seat.with_(**changes) if seat.number == number else seat for seat in state.seats)


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    PanelSeated: _fold_seated,
    InvitationAccepted: _fold_accepted,
    SeatVacated: _fold_vacated,
    SeatFilled: _fold_filled,
    ChairAppointed: _chair,
    ChairReplaced: _fold_replaced,
}
