from pathlib import Path

import pytest

from selection.actor import Role
from selection.application.state import ApplicationState
from selection.code_names import DEADLINES, OUTCOMES, ROLES, ROUND_STAGES, STAGES
from selection.process_doc import document
from selection.round.state import RoundState
from selection.stage_flow import APPLICATION_FLOW, LIST_FLOW, ROUND_FLOW, Step, ways
from selection.stages import APPLICATION_ACTS, LIST_ACTS, ROUND_ACTS, Act, Outcome, RoundStage, Stage
from tests.selection import story

FLOWS = [(APPLICATION_FLOW, APPLICATION_ACTS), (ROUND_FLOW, ROUND_ACTS), (LIST_FLOW, LIST_ACTS)]
DOCUMENT = Path(__file__).parents[2] / "docs" / "process.md"


@pytest.mark.repo
def test_the_document_is_what_the_tables_say() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), (
        "docs/process.md differs from the stage tables, and readers trust it;"
        " run: python -m selection.process_doc > docs/process.md"
    )


@pytest.mark.parametrize(("flow", "acts"), FLOWS)
def test_every_act_leads_somewhere_from_each_of_its_stages(
    flow: tuple[Step, ...], acts: dict[str, Act]
) -> None:
    timed = ("deadline ", "look")
    led = [(step.cause, stage) for step in flow if not step.cause.startswith(timed) for stage in step.stages]
    assert sorted(led) == sorted((act.kind, stage) for act in acts.values() for stage in act.stages)


@pytest.mark.parametrize(("flow", "acts"), FLOWS)
def test_what_a_deadline_ends_has_a_deadline(flow: tuple[Step, ...], acts: dict[str, Act]) -> None:
    governed = {act.deadline for act in acts.values()} | {act.deadline for act in APPLICATION_ACTS.values()}
    causes = {step.cause.removeprefix("deadline ") for step in flow if step.by_deadline}
    assert causes <= governed


def test_names_are_complete() -> None:
    assert set(STAGES) == set(Stage)
    assert set(ROUND_STAGES) == set(RoundStage)
    assert set(ROLES) == set(Role)
    assert set(Outcome) <= set(OUTCOMES)
    assert {act.deadline for _, acts in FLOWS for act in acts.values()} - {""} <= set(DEADLINES)


def test_every_outcome_has_a_way_to_it_and_every_stage_a_way_out() -> None:
    assert {outcome for step in APPLICATION_FLOW for outcome in step.outcomes} == set(Outcome)
    for flow, stages, last in (
        (APPLICATION_FLOW, set(Stage), {Stage.ENDED}),
        (ROUND_FLOW, set(RoundStage), {RoundStage.ISSUED, RoundStage.CANCELLED}),
    ):
        assert {stage for stage, _ in ways(flow)} == stages - last
        assert {to for _, to in ways(flow)} == stages - {"new"}


def test_the_round_moves_as_the_flow_says() -> None:
    for told in (story.round_story(), story.cancelled_round()):
        moves = {(step.before.stage.value, step.after.stage.value) for step in told.steps}
        assert isinstance(told.state, RoundState)
        assert {(old, new) for old, new in moves if old != new} <= ways(ROUND_FLOW)


def test_an_application_moves_as_the_flow_says() -> None:
    told = story.application_listed()
    moves = {(step.before.stage.value, step.after.stage.value) for step in told.steps}
    assert isinstance(told.state, ApplicationState)
    assert {(old, new) for old, new in moves if old != new} <= ways(APPLICATION_FLOW)


def test_the_document_names_every_act_and_role() -> None:
    text = document()
    for _, acts in FLOWS:
        for kind in acts:
            assert f"`{kind}`" in text
    for english, chinese in ROLES.values():
        assert f"{english} | {chinese} |" in text
    assert text.endswith("\n")
    assert text.count("```mermaid") == 3
