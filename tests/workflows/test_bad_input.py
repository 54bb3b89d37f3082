"""Bad input at a workflow: a code and a sentence, a refusal on the record, no echo, and life goes on."""

import itertools
import json
import logging
from dataclasses import asdict
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from runtime.endpoints import Endpoints
from selection.application import commands as c
from selection.application.decide import APPLICATION
from selection.messages import ENVELOPE_LIMIT
from selection.model import Ref
from selection.refusals import Refused, sentence
from tests import factories as f
from tests.workflows.histories import compare_with_record, histories_of, is_running
from tests.workflows.installation import Installation, application, installation, rules, unit_list
from tests.workflows.messages import envelope, raw, signal

CANARY = "Canary-Wang"
STREAM = application(1)
NUMBERS = itertools.count(1)


def spoiled(command: dict[str, Any], command_id: str = "") -> dict[str, Any]:
    return {
        "command_id": command_id or f"c-{next(NUMBERS)}",
        "actor": f.APPLICANT.model_dump(mode="json"),
        "command": command,
    }


UNREADABLE: dict[str, bytes | dict[str, Any]] = {
    "no bytes": b"",
    "not JSON": f"\xff{CANARY}".encode("latin-1"),
    "cut off": f'{{"command_id": "c", "name": "{CANARY}'.encode(),
    "deeply nested": b"[" * 40_000,
    "a list": json.dumps([CANARY]).encode(),
    "a number of any size": b"1" * 5_000,
    "NUL": json.dumps({"command_id": "nul", "x": f"{CANARY}\0"}).encode(),
    "no command": {"command_id": "none", "actor": f.APPLICANT.model_dump(mode="json")},
    "a person that is a name": {
        **spoiled({"kind": "withdraw"}),
        "actor": {"person": f"{CANARY} 王", "role": "applicant"},
    },
    "an unknown role": {**spoiled({"kind": "withdraw"}), "actor": {"person": "a-1", "role": CANARY}},
    "a key that is a name": {**spoiled({"kind": "withdraw"}), CANARY: 1},
    "a command id with a name": spoiled({"kind": "withdraw"}, f"{CANARY} 王"),
    "wrong types": spoiled({"kind": "submit", "submission": CANARY}),
    "a key in a command": spoiled({"kind": "withdraw", CANARY: CANARY}),
    "a key of scores": spoiled(
        {"kind": "submit-review", "scores": {CANARY: CANARY}, "text": asdict(f.ref())}
    ),
    "an engine's command id": spoiled({"kind": "withdraw"}, "application/x/1"),
}
OTHERS: dict[str, tuple[str, bytes | dict[str, Any]]] = {
    "an unknown command": ("unknown-command", spoiled({"kind": CANARY, "to": CANARY})),
    "a kind that is no text": ("unknown-command", spoiled({"kind": {CANARY: 1}})),
    "too large": ("message-too-large", spoiled({"kind": "withdraw", "x": CANARY * ENVELOPE_LIMIT})),
    "the wrong role": ("not-entitled", envelope(c.Withdraw(), f.actor("applicant-2"), "role")),
    "a role only claimed": ("wrong-stage", envelope(f.review(), f.actor("expert-1"), "claim")),
    "an unknown person": ("not-entitled", envelope(c.Withdraw(), f.actor("nobody-1", "applicant"), "who")),
    "the engine's name": ("not-entitled", envelope(f.take(), f.actor("system", "system"), "engine")),
    "the wrong stage": ("wrong-stage", envelope(c.PassCheck(revision=1), f.OFFICER, "stage")),
    "a second time": ("already-done", envelope(f.submit(), f.APPLICANT, "again")),
}
ALL = [*(("unreadable", body) for body in UNREADABLE.values()), *OTHERS.values()]


@pytest.fixture
async def submitted(open_place: Installation) -> Installation:
    await open_place.client.act(STREAM, f.submit(), actor=f.APPLICANT, command_id="submit-1")
    return open_place


async def refused(place: Installation, body: bytes | dict[str, Any], name: str = "act") -> ApplicationError:
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await place.handle(STREAM).execute_update(name, raw(body))
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
async def test_each_is_refused_recorded_and_not_echoed(
    submitted: Installation, by: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    codes = []
    for version, (code, body) in enumerate(ALL, start=2):
        if by == "update":
            cause = await refused(submitted, body)
            assert cause.type == code, (body, cause)
            assert cause.message == sentence(code, dict(cause.details[0]))
            assert CANARY not in f"{cause.message}{cause.details}"
        else:
            await signal(submitted, STREAM, body)
            await submitted.until_version(STREAM, version)
        codes.append(code)
    entries = await submitted.ledger.reading.stream_entries(STREAM, 1)
    assert [entry.leaf.data["code"] for entry in entries] == codes
    assert {entry.leaf.type for entry in entries} == {"act.refused.v1"}
    assert CANARY not in await everything_kept(submitted, STREAM)
    assert CANARY not in caplog.text
    assert await is_running(submitted, STREAM)
    await submitted.client.act(STREAM, f.submit(priority="frontier"), actor=f.APPLICANT)
    await compare_with_record(submitted, STREAM)


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
