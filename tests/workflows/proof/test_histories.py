"""A history and the record say the same, and a record that says something else is noticed."""

from datetime import timedelta

import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import WorkflowHistory

from audit.claims import Verdict
from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from selection.application import commands as c
from selection.decision.envelope import Envelope
from selection.decision.machine import Settle, read_act
from selection.recommendation.commands import Recommend
from selection.refusals.refused import Refused
from tests import factories as f
from tests.citing import own
from tests.workflows.support import histories
from tests.workflows.support.installation import ROUND, Installation, application, slip_in, unit_list


async def test_every_leaf_of_a_history_is_in_the_record_and_the_other_way_round(
    open_place: Installation,
) -> None:
    stream = application(1)
    await open_place.client.act(stream, f.submit(), actor=f.APPLICANT)
    await open_place.client.act(
        unit_list("bj"), Recommend(application="0001", revision=1), actor=f.RECOMMENDER
    )
    with pytest.raises(Refused, match="wrong-stage"):
        await open_place.client.act(stream, c.PassCheck(revision=1), actor=f.OFFICER)
    assert await histories.compare_all(open_place) == {ROUND: 1, stream: 3, unit_list("bj"): 1}


async def test_an_entry_that_no_history_holds_is_noticed(open_place: Installation) -> None:
    stream = application(1)
    await open_place.client.act(stream, f.submit(), actor=f.APPLICANT)
    await histories.compare_with_record(open_place, stream)
    await slip_in(open_place, stream)
    with pytest.raises(AssertionError, match="beyond-archive"):
        await histories.compare_with_record(open_place, stream)


async def test_a_history_that_another_workflow_made_is_noticed(open_place: Installation) -> None:
    """Streams wait alike, so another's events may replay; what they were answered is not in this stream."""
    await open_place.client.act(application(1), f.submit(), actor=f.APPLICANT)
    [history] = await histories.histories_of(open_place, application(1))
    [opened] = await histories.histories_of(open_place, ROUND)
    mixed = WorkflowHistory(history.workflow_id, [*history.events[:1], *opened.events[1:]])
    entries = await open_place.ledger.reading.stream_entries(application(1))
    claims = await histories.claims_about(application(1), [mixed], entries)
    [matched] = [claim for claim in claims if claim.code == "entries-matched"]
    assert (matched.verdict, matched.finding) == (Verdict.REFUTED, "entry-differs")


async def lose_answer(place: Installation, stream: str, envelope: Envelope | None) -> None:
    """Have the record decide as for a worker that dies before Temporal stores the answer."""
    body = b"" if envelope is None else envelope.model_dump_json().encode()
    task = Settle() if envelope is None else read_act(body, stream)
    recorder = await Ledger.connect(place.ends.database_url, role=RECORDER_ROLE)
    await recorder.deciding.decide(stream, task)
    await recorder.close()


def act(stream: str, command_id: str) -> Envelope:
    command = own(f.submit(staff=77), f.APPLICANT.person).model_dump(mode="json")
    return Envelope(stream=stream, command_id=command_id, actor=f.APPLICANT, command=command)


async def test_an_act_whose_answer_was_lost_is_told_of_by_the_one_that_was_sent_again(
    open_place: Installation,
) -> None:
    stream = application(1)
    await open_place.client.act(stream, f.submit(), actor=f.APPLICANT)
    await lose_answer(open_place, stream, act(stream, "again"))
    receipt = await open_place.client.act(stream, f.submit(staff=77), actor=f.APPLICANT, command_id="again")
    assert receipt.version == 2
    assert await histories.compare_with_record(open_place, stream) == 2


async def test_a_deadline_whose_answer_was_lost_is_decided_again_from_the_record(
    open_place: Installation,
) -> None:
    stream = application(1)
    await open_place.client.act(stream, f.submit(), actor=f.APPLICANT)
    due = open_place.deadline("recommendation") + f.TERMS.grace
    await open_place.move_record(due)
    await lose_answer(open_place, stream, None)
    assert await open_place.version(stream) == 2
    await open_place.move(due + timedelta(minutes=1), stream)
    assert await histories.compare_with_record(open_place, stream) == 2


async def test_an_act_that_no_history_holds_is_named(open_place: Installation) -> None:
    stream = application(1)
    await open_place.client.act(stream, f.submit(), actor=f.APPLICANT)
    await lose_answer(open_place, stream, act(stream, "lost"))
    await open_place.client.act(stream, f.submit(staff=40), actor=f.APPLICANT)
    with pytest.raises(AssertionError, match="entry-without-history"):
        await histories.compare_with_record(open_place, stream)


async def test_what_an_operator_reset_goes_on_from_the_run_before(open_place: Installation) -> None:
    stream = application(1)
    for staff in (30, 31, 32):
        await open_place.client.act(stream, f.submit(staff=staff), actor=f.APPLICANT)
    await open_place.until_idle(stream)
    [before] = await histories.histories_of(open_place, stream)
    await reset(open_place, before, task=2)
    await open_place.client.act(stream, f.submit(staff=33), actor=f.APPLICANT)
    await open_place.until_idle(stream)
    [terminated, after] = await histories.histories_of(open_place, stream)
    entries = await open_place.ledger.reading.stream_entries(stream)
    assert len(entries) == 4
    found = await histories.follow(stream, [terminated, after], entries)
    assert {claim.verdict for claim in found.claims} == {Verdict.PROVEN}, found.claims
    again = await histories.decide_again(open_place, {stream: found})
    assert again.found == []
    assert {(stream, version) for version in found.untold} <= again.again


async def reset(place: Installation, history: WorkflowHistory, task: int) -> None:
    """Set a run back to the n-th end of a workflow task, as an operator does."""
    kind = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    ends = [event.event_id for event in history.events if event.event_type == kind]
    await place.temporal.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=place.temporal.namespace,
            workflow_execution=WorkflowExecution(workflow_id=history.workflow_id, run_id=history.run_id),
            reason="an operator's",
            request_id=f"reset-{task}",
            workflow_task_finish_event_id=ends[task - 1],
        )
    )
