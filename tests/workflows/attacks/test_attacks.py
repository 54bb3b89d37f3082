"""Somebody with full access to Temporal, and no login to the record, makes up what they like.

Nothing is recorded that the core did not decide, and no stream stops for good.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError as TimedOut
from temporalio.common import RawValue
from temporalio.service import RPCError

from activities.messages import StreamStart, Waiting
from selection.application import commands as c
from selection.decision.reference import Decision
from selection.kernel.actor import SYSTEM
from selection.kernel.leaf import Leaf
from selection.recommendation.commands import Recommend
from selection.refusals.refused import Refused
from selection.streams import REVIEW_REQUEST, review_workflow
from starter.client.errors import ActMissing, Pending
from tests import factories as f
from tests.golden.crossing import activities, find_reached
from tests.running.waiting import SOON
from tests.workflows.support.histories import compare_with_record
from tests.workflows.support.installation import ROUND, Installation, application, unit_list
from tests.workflows.support.messages import answer, envelope, post, raw, signal
from tests.workflows.support.stranger import EVIL, ask_activity, strangers_worker

ONE, TWO, FREE = application(1), application(2), application(9)
BJ = unit_list("bj")
MIB = 1 << 20
PATIENCE = timedelta(seconds=40)


@pytest.fixture
async def submitted_place(open_place: Installation) -> Installation:
    for stream in (ONE, TWO):
        await open_place.client.act(stream, f.submit(), actor=f.APPLICANT)
    await open_place.client.act(BJ, Recommend(application="0001", revision=1), actor=f.RECOMMENDER)
    return open_place


@asynccontextmanager
async def nothing_recorded(place: Installation, *going_on: str) -> AsyncIterator[None]:
    """Assert that no log grows in the block, and that these streams take acts after it."""
    before = await place.ledger.reading.logs()
    yield
    assert await place.ledger.reading.logs() == before
    for number, stream in enumerate(going_on):
        staff = 60 + number
        receipt = await place.client.act(stream, f.submit(staff=staff), actor=f.APPLICANT, patience=PATIENCE)
        assert receipt.stream == stream
        await compare_with_record(place, stream)


def hand_made(stream: str, version: int) -> dict[str, Any]:
    """A leaf as an earlier engine's activity would have taken it."""
    now = datetime.now(UTC).isoformat()
    data = {"outcome": "listed", "command_id": "made-by-hand"}
    leaf = {"type": "application.listed.v1", "stream": stream, "version": version, "at": now, "data": data}
    return {"log": f.ROUND, "stream": stream, "leaves": [{**leaf, "actor": SYSTEM.model_dump(mode="json")}]}


def test_no_activity_takes_a_leaf() -> None:
    taken = [model for signature in activities().values() for model in signature.given]
    assert Leaf not in find_reached(taken)
    assert {"decide", "tell", "carry_out", "draw", "keep_histories"} <= {*activities()}


async def test_hand_made_leaves_find_nobody_who_takes_them(submitted_place: Installation) -> None:
    async with strangers_worker(submitted_place) as temporal, nothing_recorded(submitted_place, ONE):
        for name in ("record", "append", "append_entries", "read_facts"):
            assert await ask_activity(temporal, submitted_place, name, hand_made(ONE, 2)) == "NotFoundError"


def request(stream: str, **changes: Any) -> dict[str, Any]:
    return {"stream": stream, "at": datetime.now(UTC).isoformat(), **changes}


NAMED = {"stream": BJ, "version": 1}
FOREIGN: dict[str, tuple[str, dict[str, Any]]] = {
    "decide": ("decide", request(ONE)),
    "decide on what another decided": ("decide", request(ONE, carry=NAMED)),
    "tell": ("tell", {"workflow_id": ONE, "decision": NAMED}),
    "carry a batch out": ("carry_out", {"stream": ROUND, "batch": "cancel-with-round", "begun": 1}),
    "draw": ("draw", {"stream": ROUND, "batch": "draw/main", "begun": 1}),
    "keep histories": (
        "keep_histories",
        request(f"archive/{f.ROUND}", command_id="archive/x", cause="schedule"),
    ),
    "count": ("count_open", request(f"archive/{f.ROUND}", command_id="archive/x", cause="schedule")),
}


@pytest.mark.parametrize("name", FOREIGN)
async def test_a_strangers_workflow_asks_in_vain_for_a_stream_that_is_not_its_own(
    submitted_place: Installation, name: str
) -> None:
    activity, argument = FOREIGN[name]
    async with strangers_worker(submitted_place) as temporal, nothing_recorded(submitted_place, ONE):
        assert await ask_activity(temporal, submitted_place, activity, argument) == "not-the-owner"


async def test_one_that_poses_as_a_streams_owner_can_do_no_more_than_send_messages(
    submitted_place: Installation,
) -> None:
    place = submitted_place
    by_engine = envelope(FREE, c.CancelWithRound(reason=f.ref()), SYSTEM, "engine-1")
    tries = [
        request(FREE, carry=NAMED),
        request(FREE, carry={"stream": ROUND, "version": 1}),
        request(FREE, body=_base64(by_engine)),
        request(FREE, body=_base64(envelope(FREE, f.submit(), f.actor("nobody-1", "applicant"), "x"))),
        request(FREE, body=_base64(envelope(ONE, f.submit(staff=9), f.APPLICANT, "x"))),
        # Not even with an act that is in order can a time be claimed that has not come.
        request(
            FREE,
            at=(datetime.now(UTC) + timedelta(days=1)).isoformat(),
            body=_base64(envelope(FREE, f.submit(), f.APPLICANT, "early-1")),
        ),
    ]
    async with strangers_worker(place) as temporal, nothing_recorded(place, ONE):
        for argument in tries:
            told = await ask_activity(temporal, place, "decide", argument, posing_as=FREE)
            assert "hashes" not in told, told
        assert await ask_activity(temporal, place, "decide", request(ONE), posing_as=FREE) == "not-the-owner"
        for odd in ("application", "application/installation/0001"):
            body = _base64(envelope(odd, f.submit(), f.APPLICANT, f"odd-{len(odd)}"))
            told = await ask_activity(temporal, place, "decide", request(odd, body=body), posing_as=odd)
            assert "hashes" not in told, told


@pytest.mark.parametrize(
    ("posing_as", "kind", "stream"),
    [
        # Under a child's id, of another type; of a child's type, under another id; a child's name as a stream.
        (review_workflow(ONE), "Application", ONE),
        (f"{review_workflow(ONE)}/more", REVIEW_REQUEST, ONE),
        (FREE, REVIEW_REQUEST, FREE),
        (review_workflow(FREE), REVIEW_REQUEST, ONE),
        (review_workflow(ONE), REVIEW_REQUEST, review_workflow(ONE)),
        (review_workflow(ONE), "Application", review_workflow(ONE)),
        (review_workflow(BJ), REVIEW_REQUEST, BJ),
    ],
)
async def test_one_that_poses_as_a_child_is_admitted_by_its_exact_id_and_type(
    submitted_place: Installation, posing_as: str, kind: str, stream: str
) -> None:
    place = submitted_place
    body = _base64(envelope(stream, f.submit(staff=41), f.APPLICANT, "posing"))
    async with strangers_worker(place) as temporal, nothing_recorded(place, ONE):
        told = await ask_activity(
            temporal, place, "decide", request(stream, body=body), posing_as=posing_as, kind=kind
        )
        assert told == "not-the-owner"


async def test_a_loss_made_up_by_one_who_poses_as_an_owner_is_undone_by_a_person(
    submitted_place: Installation,
) -> None:
    """Who claims to have seen more than the record holds has the log halted: nobody can tell it from a restore."""
    place = submitted_place
    async with strangers_worker(place) as temporal, nothing_recorded(place, ONE):
        told = await ask_activity(temporal, place, "decide", request(FREE, knows=1000), posing_as=FREE)
        assert "record-behind" in told
        with pytest.raises(Refused, match="record-behind"):
            await place.client.act(ONE, f.submit(staff=40), actor=f.APPLICANT)
        assert list(await place.ledger.halts.list_all()) == [f.ROUND]
        assert await place.recorder.halts.lift(f.ROUND)


def _base64(body: dict[str, Any]) -> str:
    return str(Waiting(body=json.dumps(body).encode()).model_dump(mode="json")["body"])


WRONG_DECISIONS: dict[str, Any] = {
    "none": b"",
    "garbage": b"[[[",
    "of nothing": {"stream": "application/x/1", "version": 1},
    "of a kind that does not exist": {"stream": f"nothing/{f.ROUND}/1", "version": 1},
    "of no entry": {"stream": BJ, "version": 77},
    "of an entry that asks for nothing": {"stream": ROUND, "version": 1},
    "of the stream itself": {"stream": TWO, "version": 1},
    "for another": {"stream": BJ, "version": 1},
    "before the first": {"stream": ROUND, "version": -1},
    "of any size": f'{{"stream": "{ROUND}", "version": {"9" * 4000}}}'.encode(),
    "of a number too large": {"stream": BJ, "version": 2**63},
    "of a long name": {"stream": f"round/{'x' * 40_000}", "version": 1},
    "with a NUL": {"stream": f"round/{f.ROUND}\0", "version": 1},
}


@pytest.mark.parametrize("name", WRONG_DECISIONS)
async def test_no_decision_is_carried_out_that_the_record_does_not_hold(
    submitted_place: Installation, name: str
) -> None:
    body = WRONG_DECISIONS[name]
    async with nothing_recorded(submitted_place, TWO):
        with pytest.raises(WorkflowUpdateFailedError):
            await submitted_place.handle(TWO).execute_update("carry", raw(body))
        await signal(submitted_place, TWO, body, name="carry")
        await submitted_place.until_idle(TWO)


async def test_the_engines_role_and_others_ids_are_nobodys_to_take(submitted_place: Installation) -> None:
    place = submitted_place
    done = await place.client.act(ONE, f.submit(staff=31), actor=f.APPLICANT, command_id="mine")
    body = envelope(ONE, f.submit(staff=31), f.APPLICANT, "mine")
    async with nothing_recorded(place, ONE, TWO):
        for command in (f.take(), c.CancelWithRound(reason=f.ref())):
            claimed = envelope(ONE, command, SYSTEM, "engine-1")
            assert (await answer(await post(place, ONE, claimed)))[0][0] == "not-entitled"
        # The same message again is the same act; on another stream it is none; with another command it is refused.
        assert (await answer(await post(place, ONE, body)))[1] == done
        assert (await answer(await post(place, TWO, body)))[0][0] == "other-stream"
        moved = {**body, "stream": TWO}
        assert (await answer(await post(place, TWO, moved)))[0][0] == "command-reused"
    # Another person's id is another id: it tells nothing of what was done under it, and takes nothing from it.
    other = envelope(ONE, c.Withdraw(), f.actor("applicant-3"), "mine")
    assert (await answer(await post(place, ONE, other)))[0][0] == "not-entitled"
    assert await place.client.act(ONE, f.submit(staff=31), actor=f.APPLICANT, command_id="mine") == done


async def test_an_authority_that_is_claimed_is_not_believed(submitted_place: Installation) -> None:
    body = envelope(TWO, c.Withdraw(), f.APPLICANT, "claimed-1")
    body["actor"]["authority"] = "delegation"
    assert (await answer(await post(submitted_place, TWO, body)))[0] == ("", {})
    [_, entry] = await submitted_place.ledger.reading.stream_entries(TWO)
    assert entry.leaf.actor.authority == "local"


@pytest.mark.parametrize("size", [MIB, 3 * MIB])
async def test_messages_of_megabytes_stop_no_stream(submitted_place: Installation, size: int) -> None:
    body = b'{"x": "' + b"x" * size + b'"}'
    async with nothing_recorded(submitted_place, ONE):
        with suppress(RPCError):
            await signal(submitted_place, ONE, body)
        with suppress(RPCError, TimeoutError, WorkflowUpdateFailedError, TimedOut):
            async with asyncio.timeout(5):
                await submitted_place.handle(ONE).execute_update("act", raw(body))


async def test_messages_that_a_start_made_up_are_taken_like_any_others(submitted_place: Installation) -> None:
    place = submitted_place
    claimed = json.dumps(envelope(FREE, f.take(), SYSTEM, "engine-1")).encode()
    stranger = json.dumps(envelope(FREE, f.submit(), f.actor("nobody-1", "applicant"), "x")).encode()
    decided = Waiting(carry=Decision(stream=BJ, version=1))
    made_up = StreamStart(
        waiting=(Waiting(body=b"[[["), Waiting(body=claimed), Waiting(body=stranger), decided)
    )
    await start(place, "Application", FREE, made_up)
    async with nothing_recorded(place, FREE):
        await place.until_idle(FREE)


UNREADABLE: dict[str, RawValue] = {
    "garbage": raw(b"[[["),
    "another shape": raw({"state": "{}", "version": 7}),
    "an invented past": raw({"waiting": [], "standing": {"version": 99}}),
}


@pytest.mark.parametrize("name", UNREADABLE)
async def test_a_start_that_cannot_be_read_decides_nothing_until_an_operator_ends_it(
    submitted_place: Installation, name: str
) -> None:
    await start(submitted_place, "Application", FREE, UNREADABLE[name])
    await keep_out_until_ended(submitted_place)


async def test_a_start_on_a_queue_that_nobody_polls_is_ended_by_an_operator(
    submitted_place: Installation,
) -> None:
    await submitted_place.temporal.start_workflow("Application", StreamStart(), id=FREE, task_queue=EVIL)
    await keep_out_until_ended(submitted_place)


async def keep_out_until_ended(place: Installation) -> None:
    """Assert that an act is not said to be done while a stranger's run stands in its way, and is done after it."""
    async with nothing_recorded(place):
        with pytest.raises((Pending, ActMissing)):
            await place.client.act(
                FREE, f.submit(), actor=f.APPLICANT, command_id="first-1", patience=timedelta(seconds=5)
            )
    await place.handle(FREE).terminate("a stranger's")
    receipt = await place.client.act(FREE, f.submit(), actor=f.APPLICANT, command_id="first-1")
    assert receipt.version == 1


async def test_a_start_of_the_wrong_kind_ends_and_keeps_nobody_out(submitted_place: Installation) -> None:
    place = submitted_place
    for kind, stream in (("Round", FREE), ("Recommender", application(8)), ("Application", "elsewhere")):
        await start(place, kind, stream, StreamStart())
    async with nothing_recorded(place, FREE, application(8)):
        async with asyncio.timeout(SOON.total_seconds()):
            with pytest.raises(Exception, match="Workflow execution failed"):
                await place.handle("elsewhere").result()


async def start(place: Installation, kind: str, stream: str, given: RawValue | StreamStart) -> None:
    await place.temporal.start_workflow(kind, given, id=stream, task_queue=place.ends.task_queue)
