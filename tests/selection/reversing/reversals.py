"""Reversals as tests enter them: by whom, and what the record tells of the round meanwhile."""

from typing import Any

from selection.application import commands as c
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.decision.reference import CitedDecision, Decision
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage, Stage
from selection.recommendation.state import Listed, initial
from selection.rules.terms import Terms
from tests import factories as f, paths
from tests.desk import Desk

OTHER = f.actor("officer-2", Role.OFFICER)
"""The officer who made no decision on these ways: officer-1 made them."""
SECOND = f.actor("supervisor-2", Role.SUPERVISOR)


def reverse(decision: str, report: str = "", objection: str = "") -> c.ReverseDecision:
    told = {"decision": decision, "report": report, "objection": objection}
    return c.ReverseDecision.model_validate({**told, "text": f.ref("wrong-decision")})


def decline(decision: str, report: str = "", objection: str = "") -> c.DeclineReversal:
    told = {"decision": decision, "report": report, "objection": objection}
    return c.DeclineReversal.model_validate({**told, "text": f.ref("stands")})


def know_round(desk: Desk, stage: RoundStage = RoundStage.DRAWING, **changes: Any) -> Desk:
    """Let the record tell how the round stands."""
    state = paths.round_desk().state.with_(version=9, stage=stage, **changes)
    decision = Decision(stream=f"round/{f.ROUND}", version=0)
    desk.world = desk.world.with_(cited=CitedDecision(decision=decision, state=state))
    return desk


def know_list(desk: Desk, *, listed: bool = True) -> Desk:
    """Let the record tell whether the unit's list holds the application, of which a check is made again."""
    stream = f"recommender/{f.ROUND}/{state_of(desk).unit}"
    number = state_of(desk).number
    entry = Listed(application=number, revision=1, agent="a", decided=1, command_id="c", command_hash="h")
    state = initial(stream).with_(version=9, listed=(entry,) if listed else ())
    desk.world = desk.world.with_(
        cited=CitedDecision(decision=Decision(stream=stream, version=0), state=state)
    )
    return desk


def standing(stage: Stage, terms: Terms = f.TERMS) -> Desk:
    """An application at a stage, of a round that carries nothing out."""
    return know_round(paths.application_in(stage, terms))


def agree(desk: Desk, decision: str, report: str = "") -> tuple[Event, ...]:
    """Reverse a decision: an officer and a supervisor enter the same. Returns what the second brought."""
    desk.act(reverse(decision, report), OTHER)
    return desk.act(reverse(decision, report), SECOND)


def state_of(desk: Desk) -> ApplicationState:
    state: ApplicationState = desk.state
    return state
