"""Bad input at a workflow: a code and a sentence, no echo, and life goes on.

The refusal of a registered person's act is recorded; what is nobody's act is counted.
"""

import json
import logging
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from selection.application import commands as c
from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Ref
from selection.refusals.refused import Refused
from selection.wording.refusals import sentence
from tests import factories as f
from tests.workflows.support.bad_bodies import (
    CANARY,
    KINDS,
    Body,
    Kind,
    list_counted_bodies,
    list_refused_bodies,
    spoil,
)
from tests.workflows.support.histories import compare_with_record, histories_of, is_running
from tests.workflows.support.installation import ROUND, Installation, application
from tests.workflows.support.messages import envelope, raw, signal

STREAM = application(1)
NOBODYS = f.actor("recommender-1", "applicant")
"""Somebody who is registered, in a role that they do not have."""


@pytest.fixture
async def submitted_place(open_place: Installation) -> Installation:
    await open_place.client.act(STREAM, f.submit(), actor=f.APPLICANT, command_id="submit-1")
    return open_place


async def read_failure(
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
async def test_each_act_is_refused_recorded_and_not_echoed(
    open_place: Installation, kind: Kind, by: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await kind.begin(open_place)
    bodies = list_refused_bodies(kind)
    await send(open_place, kind.stream, bodies, by)
    await open_place.until_version(kind.stream, 1 + len(bodies))
    entries = await open_place.ledger.reading.stream_entries(kind.stream, 1)
    assert [entry.leaf.data["code"] for entry in entries] == [code for code, _ in bodies]
    assert {entry.leaf.type for entry in entries} == {"act.refused.v1"}
    await goes_on(open_place, kind, caplog)


@pytest.mark.parametrize("by", ["update", "signal"])
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
async def test_what_is_nobodys_act_is_counted_and_shown_and_leaves_no_entry(
    open_place: Installation, kind: Kind, by: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await kind.begin(open_place)
    bodies = list_counted_bodies(kind)
    await send(open_place, kind.stream, bodies, by)
    await open_place.until_idle(kind.stream)
    assert await open_place.version(kind.stream) == 1
    shown = await details(open_place, kind.stream)
    # Of a signal that is too large nothing is kept; of an update there is somebody to be told.
    dropped = sum(code == "message-too-large" for code, _ in bodies) if by == "signal" else 0
    assert f"dropped {dropped}, garbage {len(bodies) - dropped}" in shown
    await goes_on(open_place, kind, caplog)


async def send(place: Installation, stream: str, bodies: list[tuple[str, Body]], by: str) -> None:
    """Send each; an update must be refused with its code and sentence, without an echo."""
    for code, body in bodies:
        if by == "update":
            cause = await read_failure(place, body, stream=stream)
            assert cause.type == code, (body, cause)
            assert cause.message == sentence(code, dict(cause.details[0]))
            assert CANARY not in f"{cause.message}{cause.details}"
        else:
            await signal(place, stream, body)


async def goes_on(place: Installation, kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing that we keep says what was sent, and the next act is taken."""
    assert CANARY not in await everything_kept(place, kind.stream)
    assert CANARY not in caplog.text
    assert await is_running(place, kind.stream)
    await place.client.act(kind.stream, kind.closing, actor=kind.actor)
    await compare_with_record(place, kind.stream)


async def details(place: Installation, stream: str) -> str:
    """What an operator sees of a workflow in Temporal's own UI."""
    return str(await place.handle(stream).query("__temporal_workflow_metadata"))


async def test_unknown_names_are_refused(submitted_place: Installation) -> None:
    body = envelope(STREAM, c.Withdraw(), f.APPLICANT, "named-1")
    assert (await read_failure(submitted_place, body, "withdraw")).type == "unknown-command"
    await signal(submitted_place, STREAM, envelope(STREAM, c.Withdraw(), f.APPLICANT, "named-2"), name=CANARY)
    await submitted_place.until_version(STREAM, 3)
    await signal(submitted_place, STREAM, {CANARY: CANARY}, name=CANARY)
    await submitted_place.handle(STREAM).signal("of-no-argument")
    await submitted_place.until_idle(STREAM)
    entries = await submitted_place.ledger.reading.stream_entries(STREAM, 1)
    assert [entry.leaf.data["code"] for entry in entries] == ["unknown-command"] * 2
    assert CANARY not in "".join(entry.body.decode() for entry in entries)
    assert "garbage 2" in await details(submitted_place, STREAM)
    assert await is_running(submitted_place, STREAM)


@pytest.mark.parametrize("name", ["act", "carry", "look", "resume"])
@pytest.mark.parametrize("count", [0, 2])
async def test_a_message_of_another_number_of_arguments_fails_alone(
    submitted_place: Installation, name: str, count: int
) -> None:
    body = raw(envelope(STREAM, c.Withdraw(), f.APPLICANT, "many-1"))
    await submitted_place.handle(STREAM).signal(name, args=[body] * count)
    if name in ("act", "carry"):
        with pytest.raises(WorkflowUpdateFailedError):
            await submitted_place.handle(STREAM).execute_update(name, args=[body] * count)
    await submitted_place.until_idle(STREAM)
    assert (await submitted_place.client.act(STREAM, f.submit(staff=31), actor=f.APPLICANT)).version == 2


async def test_an_id_of_the_engines_is_not_taken_by_a_refusal(submitted_place: Installation) -> None:
    kind = KINDS["an application"]
    for taken in (f"{STREAM}/2", f"{ROUND}#1"):
        cause = await read_failure(submitted_place, spoil(kind, {"kind": "withdraw"}, taken))
        assert cause.type == "unreadable"
    claimed = envelope(STREAM, f.take(), f.actor("system", "system"), "claimed-1")
    assert (await read_failure(submitted_place, claimed)).type == "not-entitled"
    assert await submitted_place.version(STREAM) == 1


async def test_a_second_time_under_a_new_id_names_the_earlier_version(submitted_place: Installation) -> None:
    cause = await read_failure(submitted_place, envelope(STREAM, f.submit(), f.APPLICANT, "again"))
    assert (cause.type, cause.details[0]) == ("already-done", {"version": "1", "stream": STREAM})


async def store_texts(place: Installation) -> tuple[Ref, ...]:
    """As many texts as a submission may cite, under the longest ids."""
    names = [f"text-{number:03d}-{'x' * 91}" for number in range(100)]
    stored = [
        await place.ledger.contents.put(
            name, b"", kind="text", media_type="text/plain", stored_by="applicant-1"
        )
        for name in names
    ]
    return tuple(card.ref for card in stored)


async def test_the_largest_submission_that_the_core_takes_fits_the_record(
    submitted_place: Installation,
) -> None:
    evidence = await store_texts(submitted_place)
    answers = {"form": "All of it", "evidence": [{"id": ref.id, "sha256": ref.sha256} for ref in evidence]}
    form = await submitted_place.ledger.contents.put(
        "form-of-all", canonical_bytes(answers), kind="text", media_type="text/plain", stored_by="applicant-1"
    )
    largest = f.submit(evidence=evidence, form=form.ref)
    assert (await submitted_place.client.act(STREAM, largest, actor=f.APPLICANT)).version == 2
    await compare_with_record(submitted_place, STREAM)


async def test_an_application_whose_first_act_is_refused_ends_as_never_submitted(
    open_place: Installation,
) -> None:
    with pytest.raises(Refused, match="not-entitled"):
        await open_place.client.act(STREAM, f.submit(), actor=NOBODYS, command_id="first-1")
    assert await open_place.handle(STREAM).result() == "never-submitted"
    assert await open_place.types(STREAM) == ["application.lapsed", "act.refused"]
    with pytest.raises(Refused, match="not-entitled"):
        await open_place.client.act(STREAM, f.submit(), actor=NOBODYS, command_id="first-1")
    assert await open_place.version(STREAM) == 2
    await compare_with_record(open_place, STREAM)


async def test_a_first_act_of_nobody_who_is_registered_leaves_no_entry(open_place: Installation) -> None:
    with pytest.raises(Refused, match="unknown-person"):
        await open_place.client.act(STREAM, f.submit(), actor=f.actor("nobody-1", "applicant"))
    assert await open_place.handle(STREAM).result() == ""
    assert await open_place.version(STREAM) == 0
    assert (await open_place.client.act(STREAM, f.submit(), actor=f.APPLICANT)).version == 1
