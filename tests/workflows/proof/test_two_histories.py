"""One stream, two workflows: their histories are held against its entries together, and an untrue one is refuted."""

import json
from copy import deepcopy

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory

from audit.claims import Claim, Verdict
from audit.histories.workflow import MATCHED
from ledger.log.receipts import Entry
from tests.workflows.process.test_review_requests import CHILD, STARTED, STREAM, decide, request_review
from tests.workflows.support.histories import all_histories_of, claims_about
from tests.workflows.support.installation import Installation, slip_in

MARKER = EventType.EVENT_TYPE_MARKER_RECORDED


@pytest.fixture
async def decided_request(open_place: Installation) -> tuple[Installation, list[WorkflowHistory]]:
    """An application whose request was decided, and its runs: the first, that of the request, and the child's."""
    await request_review(open_place)
    await decide(open_place)
    for name in (CHILD, STREAM):
        assert await open_place.handle(name).result() == "ruled-out"
    found = await all_histories_of(open_place, STREAM, 3)
    return open_place, [WorkflowHistory(item.workflow_id, deepcopy(list(item.events))) for item in found]


def list_answers(history: WorkflowHistory) -> list[Payload]:
    """What the record answered in a run, in order."""
    markers = (
        event.marker_recorded_event_attributes for event in history.events if event.event_type == MARKER
    )
    return [marker.details["result"].payloads[0] for marker in markers]


def read_version(answer: Payload) -> int:
    """The version of the first entry that an answer recorded, 0 if it recorded none."""
    return int(json.loads(answer.data).get("first", 0))


def find(histories: list[WorkflowHistory], workflow_id: str, version: int) -> Payload:
    """The answer in a run of a workflow that recorded this version, or, for 0, that recorded nothing."""
    return next(
        answer
        for history in histories
        if history.workflow_id == workflow_id
        for answer in list_answers(history)
        if read_version(answer) == version
    )


async def judge(place: Installation, histories: list[WorkflowHistory]) -> Claim:
    entries = await place.ledger.reading.stream_entries(STREAM)
    return match(await claims_about(STREAM, histories, entries))


def match(claims: list[Claim]) -> Claim:
    """The first claim that entries and histories match."""
    return next(claim for claim in claims if claim.code == MATCHED)


async def test_both_histories_together_hold_every_entry(
    decided_request: tuple[Installation, list[WorkflowHistory]],
) -> None:
    place, histories = decided_request
    for runs in (histories, histories[::-1]):
        found = await judge(place, runs)
        assert (found.verdict, found.counted) == (Verdict.PROVEN, 9)


async def test_an_entry_that_both_workflows_tell_of_is_told_twice(
    decided_request: tuple[Installation, list[WorkflowHistory]],
) -> None:
    place, histories = decided_request
    find(histories, STREAM, 0).data = find(histories, CHILD, 6).data
    found = await judge(place, histories)
    assert (found.verdict, found.finding, found.params) == (
        Verdict.REFUTED,
        "entry-told-twice",
        {"version": "6"},
    )


async def test_an_entry_that_one_workflow_tells_of_again_is_told_twice(
    decided_request: tuple[Installation, list[WorkflowHistory]],
) -> None:
    place, histories = decided_request
    find(histories, CHILD, 7).data = find(histories, CHILD, 6).data
    found = await judge(place, histories)
    assert (found.verdict, found.finding, found.params) == (
        Verdict.REFUTED,
        "entry-told-twice",
        {"version": "6"},
    )


async def test_an_answer_in_a_child_needs_its_entry(
    decided_request: tuple[Installation, list[WorkflowHistory]],
) -> None:
    place, histories = decided_request
    entries: list[Entry] = list(await place.ledger.reading.stream_entries(STREAM))
    found = match(await claims_about(STREAM, histories, entries[:-2]))
    assert (found.verdict, found.finding) == (Verdict.REFUTED, "event-without-entry")


async def test_an_entry_that_neither_tells_of_is_refuted_once_both_have_closed(
    decided_request: tuple[Installation, list[WorkflowHistory]],
) -> None:
    place, histories = decided_request
    await slip_in(place, STREAM)
    found = await judge(place, histories)
    assert (found.verdict, found.finding) == (Verdict.REFUTED, "entry-without-event")


async def test_an_entry_that_neither_tells_of_may_be_of_the_one_that_is_open(
    open_place: Installation,
) -> None:
    place = open_place
    await request_review(place)
    await place.handle(STREAM).terminate("so that the child alone is open")
    histories = await all_histories_of(place, STREAM, 3)
    await slip_in(place, STREAM)
    found = await judge(place, histories)
    assert (found.verdict, found.finding) == (Verdict.NOT_PROVABLE, "beyond-archive")
    assert found.point.startswith(f"{CHILD}@")


async def test_an_entry_that_neither_tells_of_may_be_of_the_application_after_its_child(
    decided_request: tuple[Installation, list[WorkflowHistory]],
) -> None:
    place, histories = decided_request
    await slip_in(place, STREAM)
    [parent] = [item for item in histories if any(event.event_type == STARTED for event in item.events)]
    at_the_end = [item if item is not parent else keep_open(item) for item in histories]
    found = await judge(place, at_the_end)
    assert (found.verdict, found.finding) == (Verdict.NOT_PROVABLE, "beyond-archive")
    assert found.point.startswith(f"{STREAM}@{parent.run_id}#")


def keep_open(history: WorkflowHistory) -> WorkflowHistory:
    """The run as it was kept before it closed."""
    return WorkflowHistory(history.workflow_id, list(history.events)[:-1])


async def test_a_run_that_goes_on_from_one_of_the_other_workflow_lacks_the_one_before_it(
    decided_request: tuple[Installation, list[WorkflowHistory]],
) -> None:
    place, histories = decided_request
    [child] = [item for item in histories if item.workflow_id == CHILD]
    other = next(item for item in histories if item.workflow_id == STREAM)
    started = child.events[0].workflow_execution_started_event_attributes
    started.continued_execution_run_id = other.run_id
    entries = await place.ledger.reading.stream_entries(STREAM)
    claims = await claims_about(STREAM, histories, entries)
    [chained] = [claim for claim in claims if claim.code == "histories-chained"]
    assert (chained.verdict, chained.finding) == (Verdict.REFUTED, "run-before-missing")
