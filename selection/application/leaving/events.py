"""How an application leaves the round before the list: who may see it, and what it changes."""

from selection.application.audiences import PARTY
from selection.application.state import ApplicationState, Fraud
from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import Outcome, Stage
from selection.process.room import Fold


class ApplicationGivenUp(Event):
    """The applicant took the application back for good; its places, on a list or in a proposal, stay empty."""

    TYPE = "application.given-up.v1"
    reason: Ref | None = None
    AUDIENCE = {"*": f"{PARTY} approver admin", "reason": "applicant"}


class FraudReported(Event):
    """An officer reported fraud, with evidence; it stops nothing before a supervisor has ruled on it."""

    TYPE = "fraud.reported.v1"
    text: Ref
    evidence: tuple[Ref, ...]
    AUDIENCE = {"*": "admin", "text": "", "evidence": ""}


class FraudRuled(Event):
    """A supervisor's ruling on the report."""

    TYPE = "fraud.ruled.v1"
    upheld: bool
    text: Ref
    AUDIENCE = {"*": "admin", "upheld": "", "text": ""}


class ApplicationRuledOut(Event):
    """Fraud was found by two people: the application is out, at whatever stage it stood."""

    TYPE = "application.ruled-out.v1"
    text: Ref
    AUDIENCE = {"*": f"{PARTY} approver admin", "text": f"{PARTY} approver"}


def _fold_given_up(state: ApplicationState, event: ApplicationGivenUp, leaf: Leaf) -> dict[str, object]:
    return {**state.enter(Stage.ENDED, leaf.at), "outcome": Outcome.GIVEN_UP.value}


def _fold_reported(state: ApplicationState, event: FraudReported, leaf: Leaf) -> dict[str, object]:
    return {"fraud": Fraud(reporter=leaf.actor.person, text=event.text, evidence=event.evidence, at=leaf.at)}


def _fold_ruled(state: ApplicationState, event: FraudRuled, leaf: Leaf) -> dict[str, object]:
    return {"fraud": None}


def _fold_ruled_out(state: ApplicationState, event: ApplicationRuledOut, leaf: Leaf) -> dict[str, object]:
    return {**state.enter(Stage.ENDED, leaf.at), "outcome": Outcome.RULED_OUT.value}


FOLDS: dict[type[Event], Fold[ApplicationState]] = {
    ApplicationGivenUp: _fold_given_up,
    FraudReported: _fold_reported,
    FraudRuled: _fold_ruled,
    ApplicationRuledOut: _fold_ruled_out,
}
