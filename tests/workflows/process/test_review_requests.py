"""A request for review is decided in a child of the application's workflow, on the application's own stream."""

import asyncio
from datetime import timedelta
from pathlib import Path

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionDescription, WorkflowExecutionStatus, WorkflowHistory

from activities.archive import ArchiveActivities
from audit.bundle.reader import Bundle
from audit.claims import Verdict
from audit.decisions.debugger import read_histories
from audit.history_claims import ALL
from audit.log.verification import Outside
from audit.verify import verify
from runtime.endpoints import Endpoints
from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.leaf import Receipt
from selection.rules.ladder import Ladder
from selection.streams import REVIEW_REQUEST, review_workflow
from starter.client.waiting import waits
from tests import factories as f
from tests.running.waiting import until
from tests.workflows.proof.test_archive import archive, list_runs
from tests.workflows.support.histories import (
    all_histories_of,
    compare_histories,
    histories_of,
    is_running,
)
from tests.workflows.support.installation import Installation, application, installation, rules
from tests.workflows.support.issued_round import KEY, export, sign
from tests.workflows.support.messages import answer, envelope, post

STREAM = application(1)
CHILD = review_workflow(STREAM)
GROUND = "conflict-overlooked"
DECIDERS = ("examiner-1", "examiner-2")
APPOINTED = c.AppointDeciders(ground=GROUND, deciders=DECIDERS)
TIMER = EventType.EVENT_TYPE_TIMER_STARTED
STARTED = EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED
SIGNALED = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED
ACCEPTED = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED


async def end_application(place: Installation) -> None:
    """Lead an application to an end that can be reviewed, with which its first run closes."""
    client = place.client
    await client.act(STREAM, f.submit(), actor=f.APPLICANT)
    reported = c.ReportFraud(text=f.ref("report"), evidence=(f.ref("evidence"),))
    await client.act(STREAM, reported, actor=f.OFFICER)
    await client.act(STREAM, c.RuleOnFraud(upheld=True, text=f.ref()), actor=f.SUPERVISOR)
    assert await place.handle(STREAM).result() == "ruled-out"


async def request_review(place: Installation) -> WorkflowExecutionDescription:
    """Request a review after the application's end, and return the child that is started for it."""
    await end_application(place)
    await place.client.act(STREAM, f.request_review(), actor=f.APPLICANT)
    return await until_child(place)


async def until_child(place: Installation, other_than: str = "") -> WorkflowExecutionDescription:
    """Wait until a child runs, of another run than that one, and both have come to rest; return it."""

    async def runs() -> bool:
        found = [item async for item in place.temporal.list_workflows(f"WorkflowId = '{CHILD}'")]
        return any(
            item.status is WorkflowExecutionStatus.RUNNING and item.run_id != other_than for item in found
        )

    await until(runs, f"a child {CHILD}")
    for workflow_id in (CHILD, STREAM):
        await place.until_idle(workflow_id)
    return await place.handle(CHILD).describe()


async def decide(
    place: Installation, verdict: str = "", *, ground: str = GROUND, people: tuple[str, ...] = DECIDERS
) -> None:
    """Appoint who decides, and have them all find the same."""
    appointed = c.AppointDeciders(ground=ground, deciders=people)
    await place.client.act(STREAM, appointed, actor=f.OFFICER)
    for person in people:
        await rule(place, person, verdict, ground)


async def rule(place: Installation, person: str, verdict: str = "", ground: str = GROUND) -> Receipt:
    finding = f.rule_on_request(verdict, ground)
    return await place.client.act(STREAM, finding, actor=f.actor(person, Role.EXAMINER))


def count(history: WorkflowHistory, kind: int) -> int:
    return sum(event.event_type == kind for event in history.events)


async def test_a_request_is_decided_in_a_child_with_which_its_application_closes(
    open_place: Installation, tmp_path: Path
) -> None:
    place = open_place
    child = await request_review(place)
    parent = await place.handle(STREAM).describe()
    assert (child.workflow_type, child.parent_id, child.parent_run_id) == (
        REVIEW_REQUEST,
        STREAM,
        parent.run_id,
    )
    await decide(place)
    assert await place.handle(CHILD).result() == "ruled-out"
    assert await place.handle(STREAM).result() == "ruled-out"
    assert (await place.state(STREAM)).requests[GROUND].outcome == "dismissed"

    histories = await all_histories_of(place, STREAM, 3)
    taken = {item.run_id: count(item, ACCEPTED) for item in histories}
    # What came before the end stands in a run that is closed.
    assert (taken.pop(child.run_id), taken.pop(parent.run_id), [*taken.values()]) == (3, 1, [3])
    assert await compare_histories(place, {STREAM: histories}) == {STREAM: 9}
    await check_bundle(place, tmp_path)


async def check_bundle(place: Installation, folder: Path) -> None:
    """Have the histories kept, and the whole round proven from its bundle."""
    await archive(place, f.actor("auditor-1"), "keep-1")
    kept = await list_runs(place)
    parent = (await place.handle(STREAM).describe()).run_id
    unlisted = await ArchiveActivities(place.recorder, place.temporal)._keep(f.ROUND, STREAM, {}, {})
    named = [run for run in kept[STREAM] if run.run_id == parent] + kept[CHILD]
    assert unlisted == named, "the visibility store lags, the application's own history does not"
    assert [len(kept[name]) for name in (STREAM, CHILD)] == [2, 1]
    await sign(place)
    path = await export(place.auditor, folder / "round.zip")
    report = await asyncio.to_thread(verify, path, Outside(KEY.verifier))
    found = {claim.code: claim.verdict for claim in report.claims if claim.code in ALL}
    assert found == dict.fromkeys(ALL, Verdict.PROVEN), report.claims
    with Bundle(path) as bundle:
        assert (await asyncio.to_thread(read_histories, bundle, STREAM)).runs == 3


async def test_a_child_waits_for_the_remedy_of_a_request_that_was_upheld(open_place: Installation) -> None:
    place = open_place
    await request_review(place)
    await decide(place, "step-again")
    for name in (CHILD, STREAM):
        assert await is_running(place, name)
    remedied = c.RecordRemedy(ground=GROUND, text=f.ref("why"))
    await place.client.act(STREAM, remedied, actor=f.OFFICER)
    for name in (CHILD, STREAM):
        assert await place.handle(name).result() == "ruled-out"
    await compare_histories(place, {STREAM: await all_histories_of(place, STREAM, 3)})


async def test_requests_that_are_open_at_once_have_one_child_and_a_later_one_another(
    open_place: Installation,
) -> None:
    place = open_place
    first = await request_review(place)
    await place.client.act(STREAM, f.request_review("step-left-out"), actor=f.APPLICANT)
    await decide(place)
    await place.until_idle(CHILD)
    assert (await place.handle(CHILD).describe()).run_id == first.run_id
    await decide(place, ground="step-left-out", people=("examiner-3", "expert-9"))
    for name in (CHILD, STREAM):
        assert await place.handle(name).result() == "ruled-out"
    await place.client.act(STREAM, f.request_review("time-cut-short"), actor=f.APPLICANT)
    await until_child(place, other_than=first.run_id)
    # Two of each: the first ends with what was decided, and the second waits.
    await compare_histories(place, {STREAM: await all_histories_of(place, STREAM, 5)})


async def test_an_act_that_is_sent_to_both_is_decided_once(open_place: Installation) -> None:
    place = open_place
    await request_review(place)
    body = envelope(STREAM, APPOINTED, f.OFFICER, "appoint")
    before = await place.version(STREAM)
    posted = [await post(place, name, body) for name in (STREAM, CHILD)]
    [first, second] = [await answer(item) for item in posted]
    assert first == second
    assert first[0] == ("", {})
    for number, (name, person) in enumerate(zip((STREAM, CHILD), DECIDERS, strict=True), start=2):
        finding = envelope(STREAM, f.rule_on_request(""), f.actor(person, Role.EXAMINER), f"find-{number}")
        assert (await answer(await post(place, name, finding)))[0] == ("", {})
    for name in (CHILD, STREAM):
        assert await place.handle(name).result() == "ruled-out"
    assert await place.version(STREAM) == before + 4
    await compare_histories(place, {STREAM: await all_histories_of(place, STREAM, 3)})


async def test_a_decision_that_the_application_takes_ends_the_child_as_well(open_place: Installation) -> None:
    place = open_place
    await request_review(place)
    await place.client.act(STREAM, APPOINTED, actor=f.OFFICER)
    for person in DECIDERS:
        finding = envelope(STREAM, f.rule_on_request(""), f.actor(person, Role.EXAMINER), f"find-{person}")
        assert (await answer(await post(place, STREAM, finding)))[0] == ("", {})
    for name in (STREAM, CHILD):
        assert await place.handle(name).result() == "ruled-out"
    await compare_histories(place, {STREAM: await all_histories_of(place, STREAM, 3)})


async def test_the_child_keeps_the_time_of_a_request(servers: Endpoints) -> None:
    async with installation(servers, rules(ladder=Ladder())) as place, place.worker():
        await place.open_round()
        await request_review(place)
        await place.client.act(STREAM, APPOINTED, actor=f.OFFICER)
        asked = (await place.state(STREAM)).requests[GROUND]
        for name in (CHILD, STREAM):
            await place.until_idle(name)
        await place.move(asked.until + timedelta(days=1), CHILD)
        await place.until_idle(STREAM)
        assert "application.reminded" in await place.types(STREAM)
        assert await place.handle(STREAM).query("version") == await place.version(STREAM)
        [parent] = [item for item in await histories_of(place, STREAM) if count(item, STARTED)]
        [child] = await histories_of(place, CHILD)
        assert (count(parent, TIMER), count(child, TIMER) > 0) == (0, True)


async def test_an_act_that_no_worker_takes_waits_in_the_child(place: Installation) -> None:
    async with place.worker():
        await place.open_round()
        await request_review(place)
    await place.client.signal(STREAM, APPOINTED, actor=f.OFFICER, command_id="appoint")
    assert await waits(place.temporal, STREAM, f.OFFICER.person, "appoint")
    assert count(await place.handle(CHILD).fetch_history(), SIGNALED) == 1
    async with place.worker():
        await place.until_version(STREAM, 6)
        await place.until_idle(CHILD)
        assert not await waits(place.temporal, STREAM, f.OFFICER.person, "appoint")


async def test_an_act_that_no_worker_takes_waits_in_the_application_where_no_child_can_be_started(
    place: Installation,
) -> None:
    async with place.worker():
        await place.open_round()
        await request_review(place)
    await place.handle(CHILD).terminate("an operator's slip")
    await place.client.signal(STREAM, APPOINTED, actor=f.OFFICER, command_id="appoint")
    assert await waits(place.temporal, STREAM, f.OFFICER.person, "appoint")
    async with place.worker():
        await place.until_version(STREAM, 6)
