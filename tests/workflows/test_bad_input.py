"""Bad input at a workflow: a code and a sentence, a refusal on the record, no echo, and life goes on."""

import json
import logging
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from runtime.endpoints import Endpoints
from selection.application import commands as c
from selection.application.decide import APPLICATION
from selection.model import Ref
from selection.refusals import Refused, sentence
from tests import factories as f
from tests.workflows.bad_bodies import CANARY, KINDS, Body, Kind, refused_bodies, spoiled
from tests.workflows.histories import compare_with_record, histories_of, is_running
from tests.workflows.installation import Installation, application, installation, rules, unit_list
from tests.workflows.messages import envelope, raw, signal

STREAM = application(1)


@pytest.fixture
async def submitted(open_place: Installation) -> Installation:
    await open_place.client.act(STREAM, f.submit(), actor=f.APPLICANT, command_id="submit-1")
    return open_place


async def refused(
    place: Installation, body: Body, name: str = "act", stream: str = STREAM
) -> ApplicationError:
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await place.handle(stream).execute_update(name, raw(body))
    assert isinstance(failed.value.cause, ApplicationError)
    return failed.value.cause


async def everything_kept(place: Installation, stream: str) -> str:
    """Histories, entries, projections and letters as one text."""
    texts = [history.to_json() for history in await histories_of(place, stream)]
    # What the sender put into Temporal stands there as its own message; what we say of it must not.
    texts = [_without_inputs(json.loads(text)) for text in texts]
    texts += [entry.body.decode() for entry in await place.ledger.reading.stream_entries(stream)]
    found = await place.ledger.reading.snapshot(stream)
    return "\n".join([*texts, found.state if found else ""])


def _without_inputs(history: dict[str, Any]) -> str:
    ours = []
    for event in history["events"]:
        event.pop("workflowExecutionSignaledEventAttributes", None)
        event.get("workflowExecutionUpdateAcceptedEventAttributes", {}).pop("acceptedRequest", None)
        ours.append(event)
    return json.dumps(ours)


@pytest.mark.parametrize("by", ["update", "signal"])
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
async def test_each_is_refused_recorded_and_not_echoed(
    open_place: Installation, kind: Kind, by: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await kind.begin(open_place)
    bodies = refused_bodies(kind)
    for code, body in bodies:
        if by == "update":
            cause = await refused(open_place, body, stream=kind.stream)
            assert cause.type == code, (body, cause)
            assert cause.message == sentence(code, dict(cause.details[0]))
            assert CANARY not in f"{cause.message}{cause.details}"
        else:
            await signal(open_place, kind.stream, body)
    await open_place.until_version(kind.stream, 1 + len(bodies))
    entries = await open_place.ledger.reading.stream_entries(kind.stream, 1)
    assert [entry.leaf.data["code"] for entry in entries] == [code for code, _ in bodies]
    assert {entry.leaf.type for entry in entries} == {"act.refused.v1"}
    assert CANARY not in await everything_kept(open_place, kind.stream)
    assert CANARY not in caplog.text
    assert await is_running(open_place, kind.stream)
    await open_place.client.act(kind.stream, kind.closing, actor=kind.actor)
    await compare_with_record(open_place, kind.stream)


async def test_unknown_names_are_refused_on_the_record(submitted: Installation) -> None:
    body = envelope(c.Withdraw(), f.APPLICANT, "named-1")
    assert (await refused(submitted, body, "withdraw")).type == "unknown-command"
    await signal(submitted, STREAM, {CANARY: CANARY}, name=CANARY)
    await submitted.until_version(STREAM, 3)
    await submitted.handle(STREAM).signal("of-no-argument")
    await submitted.until_version(STREAM, 4)
    entries = await submitted.ledger.reading.stream_entries(STREAM, 1)
    assert [entry.leaf.data["code"] for entry in entries] == ["unknown-command", "unreadable", "unreadable"]
    assert CANARY not in "".join(entry.body.decode() for entry in entries)
    assert await is_running(submitted, STREAM)


async def test_an_id_of_the_engines_is_not_taken_by_a_refusal(submitted: Installation) -> None:
    taken = f"{STREAM}/2"
    assert (await refused(submitted, spoiled({"kind": "withdraw"}, taken))).type == "unreadable"
    claimed = envelope(f.take(), f.actor("system", "system"), f"{unit_list('bj')}/1")
    assert (await refused(submitted, claimed)).type == "not-entitled"
    entries = await submitted.ledger.reading.stream_entries(STREAM, 1)
    ids = [str(entry.leaf.data["command_id"]) for entry in entries]
    assert [name[:4] for name in ids] == ["raw-"] * 2
    await compare_with_record(submitted, STREAM)


async def test_a_second_time_under_a_new_id_names_the_earlier_version(submitted: Installation) -> None:
    cause = await refused(submitted, envelope(f.submit(), f.APPLICANT, "again"))
    assert (cause.type, cause.details[0]) == ("already-done", {"version": "1", "stream": STREAM})


async def test_the_largest_submission_that_the_core_takes_fits_the_record(submitted: Installation) -> None:
    texts = tuple(Ref(id=f"text-{n:03d}-{'x' * 91}", sha256="a" * 64) for n in range(100))
    largest = f.submit(evidence=texts)
    assert (await submitted.client.act(STREAM, largest, actor=f.APPLICANT)).version == 2
    await compare_with_record(submitted, STREAM)


def many(role: str) -> list[str]:
    return [f"{role}-1", *(f"{role}-{'x' * 50}{number:03d}" for number in range(335))]


async def test_an_act_whose_event_outgrows_the_record_is_refused_and_the_next_is_taken(
    servers: Endpoints,
) -> None:
    """The first version repeats the round's staff: with the longest lists and texts it is larger than a leaf."""
    staff = {"officers": many("officer"), "supervisors": many("supervisor")}
    async with installation(servers, rules(staff=staff)) as place, place.worker():
        await place.open_round()
        await place.client.act(STREAM, f.submit(), actor=f.APPLICANT)
        texts = [Ref(id=f"text-{n:03d}-{'x' * 91}", sha256="a" * 64) for n in range(100)]
        partners = tuple(f.unit(f"91-{n:02d}-{'x' * 94}", kind="university") for n in range(20))
        largest = f.submit(co_builders=partners, agreement=texts[0], evidence=tuple(texts))
        with pytest.raises(Refused, match=r"message-too-large: .* larger than 65535 bytes"):
            await place.client.act(STREAM, largest, actor=f.APPLICANT)
        assert (await place.client.act(STREAM, f.submit(staff=31), actor=f.APPLICANT)).version == 3
        assert await place.types(STREAM) == ["application.submitted", "act.refused", "application.submitted"]
        await compare_with_record(place, STREAM)


async def test_an_application_whose_first_act_is_refused_ends_as_never_submitted(
    open_place: Installation,
) -> None:
    with pytest.raises(Exception, match="not-entitled"):
        await open_place.client.act(
            STREAM, f.submit(), actor=f.actor("nobody-1", "applicant"), command_id="first-1"
        )
    assert await open_place.handle(STREAM).result() == "never-submitted"
    assert await open_place.types(STREAM) == ["application.lapsed", "act.refused"]
    found = await open_place.ledger.reading.snapshot(STREAM)
    assert found is not None
    assert APPLICATION.load(found.state).seen["first-1"].code == "not-entitled"
    await compare_with_record(open_place, STREAM)
