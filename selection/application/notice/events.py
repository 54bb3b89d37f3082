"""What can happen in the public notice: who may see it, and what it changes."""

from typing import Annotated

from pydantic import Field

from selection.application.audiences import EVERYONE, PARTY
from selection.application.state import ApplicationState, Objection
from selection.application.submission import Published
from selection.decision.aggregate import Event
from selection.forms.handed_in import AnsweredForm, show_form
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Ref
from selection.kernel.references import TextRef
from selection.kernel.stages import Outcome, Stage
from selection.process.decisions import OBJECTION, name_decision
from selection.process.room import Fold
from selection.rules.working_days import Years


class NoticeOpened(Event):
    """Public notice runs until the instant; objections are raised within it. `public` answers are now everyone's.

    `guessed` are the years in which Monday to Friday were counted for want of a calendar and of somebody's choice.
    """

    TYPE = "notice.opened.v1"
    proposal: int
    until: Instant
    public: Published = None
    guessed: Years = ()
    AUDIENCE = {
        "*": EVERYONE,
        "proposal": EVERYONE,
        "until": EVERYONE,
        "public": EVERYONE,
        "guessed": EVERYONE,
    }


class ObjectionRaised(Event):
    """A real-name objection; identity, facts and evidence by reference, answers to its form, if asked."""

    TYPE = "objection.raised.v1"
    objection: str
    objector: str
    text: Ref
    evidence: tuple[Ref, ...] = ()
    form: AnsweredForm | None = None
    AUDIENCE = {
        **show_form("examiner:own objector:own"),
        "*": f"{PARTY} examiner:own objector:own approver admin",
        "objection": f"{PARTY} examiner:own objector:own approver",
        "objector": "examiner:own objector:own",
        "text": "examiner:own objector:own",
        "evidence": "examiner:own objector:own",
    }


class ObjectionWithdrawn(Event):
    """The objector took the objection back; it holds the item no longer."""

    TYPE = "objection.withdrawn.v1"
    objection: str
    reason: TextRef
    AUDIENCE = {
        "*": f"{PARTY} examiner:own objector:own approver admin",
        "objection": f"{PARTY} examiner:own objector:own approver",
        "reason": "examiner:own objector:own",
    }


class ExaminersAppointed(Event):
    """People not involved before examine the objection until a due day, which another appointment does not move.

    Whom it put in the place of others has a `reason`, and names who `left`. `disclosed` are those who compete for the
    same places with other applications, and may examine it: which.
    """

    TYPE = "objection.examiners-appointed.v1"
    objection: str
    examiners: tuple[str, ...]
    until: Instant | None = None
    left: Annotated[tuple[str, ...], Field(exclude_if=lambda people: not people)] = ()
    reason: Annotated[Ref | None, Field(exclude_if=lambda reason: reason is None)] = None
    disclosed: Annotated[dict[str, tuple[str, ...]], Field(exclude_if=lambda bids: not bids)] = {}
    AUDIENCE = {
        "*": f"{PARTY} examiner:own objector:own approver admin",
        "disclosed": "",
        "objection": f"{PARTY} examiner:own objector:own approver",
        "examiners": "examiner:own",
        "until": f"{PARTY} examiner:own objector:own approver",
        "left": "examiner:own",
        "reason": "",
    }


class ObjectionSettled(Event):
    """The end of an objection: upheld, partly-upheld or dismissed, with reasons."""

    TYPE = "objection.settled.v1"
    objection: str
    outcome: str
    text: Ref
    AUDIENCE = {
        "*": f"{PARTY} examiner:own objector:own approver admin",
        "objection": f"{PARTY} examiner:own objector:own approver",
        "outcome": f"{PARTY} examiner:own objector:own approver",
        "text": "examiner:own objector:own approver",
    }


class ObjectionReopened(Event):
    """The ruling `was` of these examiners was reversed, with a reason: it is void, and others examine anew.

    A supervisor did in the notice, or while the item was held; two posts after it, and named what is `void` with it.
    """

    TYPE = "objection.reopened.v1"
    objection: str
    was: str
    void: Annotated[tuple[str, ...], Field(exclude_if=lambda void: not void)] = ()
    examiners: tuple[str, ...]
    text: Ref
    AUDIENCE = {
        "*": f"{PARTY} examiner:own objector:own approver admin",
        "objection": f"{PARTY} examiner:own objector:own approver",
        "was": f"{PARTY} examiner:own objector:own approver",
        "void": "approver",
        "examiners": "examiner:own",
        "text": "examiner:own objector:own approver",
    }


class NoticePassed(Event):
    """The notice ended with no open objection against this item."""

    TYPE = "notice.passed.v1"
    deadline: Instant
    AUDIENCE = {
        "*": f"{PARTY} examiner objector approver admin",
        "deadline": f"{PARTY} examiner objector approver",
    }


class NoticeLeftOut(Event):
    """The scheme has no public notice: what is proposed goes to approval."""

    TYPE = "notice.left-out.v1"
    AUDIENCE = {"*": "applicant:ended approver admin"}


class ItemHeld(Event):
    """The notice's time is over while an objection is open: the item waits, and the list goes on without it."""

    TYPE = "notice.held.v1"
    deadline: Instant
    AUDIENCE = {
        "*": f"{PARTY} examiner objector approver admin",
        "deadline": f"{PARTY} examiner objector approver",
    }


class ItemRemoved(Event):
    """An upheld objection removed the item; its place stays empty."""

    TYPE = "application.removed.v1"
    objection: str
    AUDIENCE = {
        "*": f"{PARTY} examiner objector approver admin",
        "objection": f"{PARTY} examiner:own objector:own approver",
    }


def _notice(state: ApplicationState, event: NoticeOpened, leaf: Leaf) -> dict[str, object]:
    guessed = state.with_guessed(event.guessed)
    return {**state.enter(Stage.NOTICE, leaf.at, event.until), "noticed": True, "guessed": guessed}


def _objection(state: ApplicationState, event: ObjectionRaised, leaf: Leaf) -> dict[str, object]:
    raised = Objection(objector=event.objector, text=event.text, at=leaf.at)
    return {
        "objections": {**state.objections, event.objection: raised},
        "hands": state.with_hand("objector", event.objector),
    }


def _examiners(state: ApplicationState, event: ExaminersAppointed, leaf: Leaf) -> dict[str, object]:
    found = state.objections[event.objection].model_copy(
        update={"examiners": event.examiners, "until": event.until}
    )
    return {
        "objections": {**state.objections, event.objection: found},
        "hands": state.with_hand("examiner", *event.examiners),
    }


def _fold_withdrawn(state: ApplicationState, event: ObjectionWithdrawn, leaf: Leaf) -> dict[str, object]:
    found = state.objections[event.objection].model_copy(update={"outcome": "withdrawn"})
    return {"objections": {**state.objections, event.objection: found}}


def _fold_settled(state: ApplicationState, event: ObjectionSettled, leaf: Leaf) -> dict[str, object]:
    changes = {"outcome": event.outcome, "reasons": event.text}
    found = state.objections[event.objection].model_copy(update=changes)
    return {"objections": {**state.objections, event.objection: found}}


def _fold_reopened(state: ApplicationState, event: ObjectionReopened, leaf: Leaf) -> dict[str, object]:
    found = state.objections[event.objection]
    former = tuple(sorted({*found.former, *event.examiners}))
    changes: dict[str, object] = {"outcome": "", "reasons": None, "examiners": (), "former": former}
    changes |= {"until": None, "reopened": found.reopened + 1}
    objections = {**state.objections, event.objection: found.model_copy(update=changes)}
    name = name_decision(OBJECTION, event.objection)
    if state.stage is not Stage.CLEARED and not state.ended:
        alone = state.decisions.with_reverser(name, leaf.actor.people)
        return {"objections": objections, "decisions": alone}
    # Its notice is over, so that it waits for nothing but the ruling.
    agreed = state.decisions.with_reversed(name, event.examiners)
    held = state.enter(Stage.HELD, leaf.at, leaf.at)
    return {"objections": objections, **held, "outcome": "", "decisions": agreed}


def _fold_notice_passed(state: ApplicationState, event: NoticePassed, leaf: Leaf) -> dict[str, object]:
    return state.enter(Stage.CLEARED, leaf.at)


def _fold_left_out(state: ApplicationState, event: NoticeLeftOut, leaf: Leaf) -> dict[str, object]:
    return state.enter(Stage.CLEARED, leaf.at)


def _fold_hold(state: ApplicationState, event: ItemHeld, leaf: Leaf) -> dict[str, object]:
    return state.enter(Stage.HELD, leaf.at, event.deadline)


def _fold_removed(state: ApplicationState, event: ItemRemoved, leaf: Leaf) -> dict[str, object]:
    return {**state.enter(Stage.ENDED, leaf.at), "outcome": Outcome.REMOVED.value}


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    NoticeOpened: _notice,
    ObjectionRaised: _objection,
    ObjectionWithdrawn: _fold_withdrawn,
    ExaminersAppointed: _examiners,
    ObjectionSettled: _fold_settled,
    ObjectionReopened: _fold_reopened,
    NoticePassed: _fold_notice_passed,
    NoticeLeftOut: _fold_left_out,
    ItemHeld: _fold_hold,
    ItemRemoved: _fold_removed,
}
