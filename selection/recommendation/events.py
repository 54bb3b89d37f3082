"""What can happen to a unit's recommendation list: who may see it, and what it changes."""

from typing import Annotated

from pydantic import Field

from selection.decision.aggregate import Event
from selection.forms.handed_in import AnsweredForm, show_form
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Ref
from selection.kernel.named import Day
from selection.process.room import Fold
from selection.recommendation.state import Listed, ListState

UNIT = "recommender"


class ApplicationRecommended(Event):
    """The unit put an application's version on its list, at the end of its ranking; with its opinion, if asked.

    What came on paper two officers entered: `sent` is the day on which it was sent, `evidence` shows that.
    """

    TYPE = "list.recommended.v1"
    round: str
    rules_hash: str
    unit: str
    quota: int
    application: str
    revision: int
    agent: str
    form: AnsweredForm | None = None
    sent: Annotated[Day | None, Field(exclude_if=lambda day: day is None)] = None
    evidence: Annotated[tuple[Ref, ...], Field(exclude_if=lambda files: not files)] = ()
    AUDIENCE = {
        "*": f"{UNIT} admin",
        **show_form(UNIT),
        "round": UNIT,
        "rules_hash": UNIT,
        "unit": UNIT,
        "quota": UNIT,
        "application": UNIT,
        "revision": UNIT,
        "agent": UNIT,
        "sent": UNIT,
        "evidence": UNIT,
    }


class RecommendationWithdrawn(Event):
    """The unit took an application off its list."""

    TYPE = "list.withdrawn.v1"
    application: str
    reason: Ref | None = None
    AUDIENCE = {"*": f"{UNIT} admin", "application": UNIT, "reason": UNIT}


class RecommendationFreed(Event):
    """The application did not keep the recommendation (why: a refusal's code, edited, withdrawn)."""

    TYPE = "list.freed.v1"
    application: str
    why: str
    AUDIENCE = {"*": f"{UNIT} admin", "application": UNIT, "why": UNIT}


class RecommendationsRanked(Event):
    """The unit ranked its list."""

    TYPE = "list.ranked.v1"
    order: tuple[str, ...]
    AUDIENCE = {"*": f"{UNIT} admin", "order": UNIT}


class ListNeverOpened(Event):
    """There is no round of this name: whatever was sent to the list was refused, and it ends with it."""

    TYPE = "list.never-opened.v1"
    AUDIENCE = {"*": f"{UNIT} admin"}


class ListClosed(Event):
    """The recommendation deadline passed."""

    TYPE = "list.closed.v1"
    deadline: Instant
    AUDIENCE = {"*": f"{UNIT} admin", "deadline": UNIT}


def _fold_recommended(state: ListState, event: ApplicationRecommended, leaf: Leaf) -> dict[str, object]:
    entry = Listed(
        application=event.application,
        revision=event.revision,
        agent=event.agent,
        decided=leaf.version,
        command_id=str(leaf.data["command_id"]),
        command_hash=str(leaf.data.get("command_hash", "")),
        entered_by="" if event.sent is None else leaf.actor.person,
    )
    return {"quota": event.quota, "listed": (*state.listed, entry)}


def _fold_freed(
    state: ListState, event: RecommendationWithdrawn | RecommendationFreed, leaf: Leaf
) -> dict[str, object]:
    return {"listed": tuple(item for item in state.listed if item.application != event.application)}


def _fold_withdrawn(state: ListState, event: RecommendationWithdrawn, leaf: Leaf) -> dict[str, object]:
    withdrawn = {**state.withdrawn, event.application: leaf.at}
    return {**_fold_freed(state, event, leaf), "withdrawn": withdrawn}


def _fold_ranked(state: ListState, event: RecommendationsRanked, leaf: Leaf) -> dict[str, object]:
    places = {application: place for place, application in enumerate(event.order)}
    return {"listed": tuple(sorted(state.listed, key=lambda item: places[item.application]))}


def _fold_closed(state: ListState, event: ListClosed | ListNeverOpened, leaf: Leaf) -> dict[str, object]:
    return {"closed": True}


FOLDS: dict[type[Event], Fold[ListState]] = {
    ApplicationRecommended: _fold_recommended,
    RecommendationWithdrawn: _fold_withdrawn,
    RecommendationFreed: _fold_freed,
    RecommendationsRanked: _fold_ranked,
    ListNeverOpened: _fold_closed,
    ListClosed: _fold_closed,
}
