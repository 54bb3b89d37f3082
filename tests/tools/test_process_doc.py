from itertools import groupby
from typing import Any

import pytest

from selection.decision.command import Act
from selection.kernel.actor import Role
from selection.kernel.stages import Outcome, RoundStage, Stage
from selection.process.transitions import LEFT_OUT, Step, ways
from selection.rooms import APPLICATION_ACTS, APPLICATION_FLOW, LIST_ACTS, LIST_FLOW, ROUND_ACTS, ROUND_FLOW
from selection.streams import aggregate
from selection.wording.code_names import DEADLINES, OUTCOMES, ROLES, ROUND_STAGES, STAGES
from tests import paths
from tests.desk import Desk
from tools.process_doc import document

FLOWS = [(APPLICATION_FLOW, APPLICATION_ACTS), (ROUND_FLOW, ROUND_ACTS), (LIST_FLOW, LIST_ACTS)]


@pytest.mark.parametrize(("flow", "acts"), FLOWS)
def test_every_act_leads_somewhere_from_each_of_its_stages(
    flow: tuple[Step, ...], acts: dict[str, Act]
) -> None:
    timed = ("deadline ", "look", LEFT_OUT)
    # A check that is passed anew leads on as another room says: the same act, two ways.
    led = {(step.cause, stage) for step in flow if not step.cause.startswith(timed) for stage in step.stages}
    assert sorted(led) == sorted((act.kind, stage) for act in acts.values() for stage in act.stages)


@pytest.mark.parametrize(("flow", "acts"), FLOWS)
def test_what_a_deadline_ends_has_a_deadline(flow: tuple[Step, ...], acts: dict[str, Act]) -> None:
    governed = {act.deadline for act in acts.values()} | {act.deadline for act in APPLICATION_ACTS.values()}
    causes = {step.cause.removeprefix("deadline ") for step in flow if step.by_deadline}
    assert causes - {"reminder"} <= governed, "a rung of the ladder ends nothing"


def test_names_are_complete() -> None:
    assert set(STAGES) == set(Stage)
    assert set(ROUND_STAGES) == set(RoundStage)
    assert set(ROLES) == set(Role)
    assert set(Outcome) <= set(OUTCOMES)
    assert {act.deadline for _, acts in FLOWS for act in acts.values()} - {""} <= set(DEADLINES)


def test_every_outcome_has_a_way_to_it_and_every_stage_a_way_out() -> None:
    assert {outcome for step in APPLICATION_FLOW for outcome in step.outcomes} == set(Outcome)
    for flow, stages, last in (
        # One that ended because its check failed is back where that is reversed.
        (APPLICATION_FLOW, set(Stage), set()),
        # A round whose list is issued ends, but that a held item may have to be approved after it.
        (ROUND_FLOW, set(RoundStage), {RoundStage.CANCELLED}),
    ):
        assert {stage for stage, _ in ways(flow)} == stages - last
        assert {to for _, to in ways(flow)} == stages - {"new"}


def moves(desk: Desk) -> set[tuple[str, str]]:
    """From which stage to which the acts and deadlines of a desk led, however many events each brought."""
    kind = aggregate(desk.state.stream)
    state: Any = kind.initial(desk.state.stream)
    found = set()
    for _, group in groupby(desk.leaves, key=lambda leaf: leaf.data["command_id"]):
        before = state
        for leaf in group:
            state = kind.evolve(state, leaf)
        found.add((before.stage.value, state.stage.value))
    return {(old, new) for old, new in found if old != new}


def test_a_round_moves_as_the_flow_says() -> None:
    moved = set().union(*(moves(paths.round_in(stage)) for stage in RoundStage))
    assert moved <= ways(ROUND_FLOW)
    assert {new for _, new in moved} == set(RoundStage) - {"new"}


def test_an_application_moves_as_the_flow_says() -> None:
    moved = set().union(*(moves(paths.application_in(stage)) for stage in Stage))
    assert moved <= ways(APPLICATION_FLOW)
    assert {new for _, new in moved} == set(Stage) - {"new"}


def test_the_document_names_every_act_and_role() -> None:
    text = document()
    for _, acts in FLOWS:
        for kind in acts:
            assert f"`{kind}`" in text
    for english, chinese in ROLES.values():
        assert f"{english} | {chinese} |" in text
    assert text.endswith("\n")
    assert text.count("```mermaid") == 3
