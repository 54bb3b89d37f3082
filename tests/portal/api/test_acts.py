"""Acts of programs where they must be signed: once under their key, by their person's own key."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from starlette.applications import Starlette

from ledger.errors import RecordUnavailable
from starter.client.errors import ActMissing, Pending
from tests.attacks.test_enrolment_codes import ADMIN, KEYS, SECOND, Place, vouch
from tests.portal.support.acting import (
    EXPERT,
    PLACE,
    STREAM,
    DecidingClient,
    tell_panel,
)
from tests.portal.support.programs import Program, run
from tests.portal.support.signing import OTHER, OWN, app, backend, client, founded_place, url
from tests.selection import story

__all__ = ["app", "backend", "client", "founded_place", "url"]
ACCEPT = f"application/{PLACE}"


@pytest.fixture
async def programs() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as opened:
        yield opened


@pytest.fixture
async def program(app: Starlette, programs: AsyncExitStack) -> Program:
    """The expert's program, signed in."""
    return await (await programs.enter_async_context(run(app, EXPERT, OWN.seed))).sign_in()


async def accepting(program: Program) -> dict[str, Any]:
    pledge = await program.store("I know of no conflict of interest.", story.ROUND)
    return {"role": "expert", "command": {"kind": "accept-invitation", "pledge": pledge}}


async def test_an_act_is_signed_by_its_persons_key_and_done_once(
    program: Program, founded_place: Place, client: DecidingClient
) -> None:
    (task,) = [
        item for item in (await program.get("/tasks")).json()["items"] if item["kind"] == "answer-invitation"
    ]
    assert task["stream"] == STREAM
    body = await accepting(program)
    asked = await program.post(f"/acts/{ACCEPT}", body, **{"Idempotency-Key": "accept-1"})
    assert (asked.status_code, asked.json()["code"]) == (428, "unsigned")
    assert asked.headers["content-type"] == "application/problem+json"
    (wanted,) = asked.json()["to_sign"]
    said = json.loads(wanted["statement"])
    assert (said["stream"], said["command_id"], said["person"]) == (STREAM, "accept-1", EXPERT)
    assert asked.json()["act"]["command"] == {**body["command"], "no_conflict": True}
    assert client.sent == []

    signed = {**body, "proof": program.prove(wanted)}
    done = await program.post(f"/acts/{ACCEPT}", signed, **{"Idempotency-Key": "accept-1"})
    assert done.status_code == 201, done.text
    assert done.headers["location"] == "/api/v1/receipts/accept-1"
    (*_, entry) = await founded_place.ledger.reading.stream_entries(STREAM)
    assert (entry.leaf.type, entry.leaf.actor.authority) == ("panel.invitation-accepted.v1", "key")
    assert done.json()["leaf_hash"] == entry.leaf_hash.hex()

    # Sent again, signed or not, it is answered as it was; what is asked for otherwise is another act.
    for again in (signed, body):
        repeated = await program.post(f"/acts/{ACCEPT}", again, **{"Idempotency-Key": "accept-1"})
        assert (repeated.status_code, repeated.json()) == (201, done.json())
    assert len(client.sent) == 1
    await tell_panel(founded_place.ledger, "0043")
    other = {"role": "expert", "command": {"kind": "decline-invitation"}}
    for path, asked_for in ((ACCEPT, other), (f"application/{story.ROUND}/0043", body)):
        reused = await program.act(path, asked_for, "accept-1")
        assert (reused.status_code, reused.json()["code"]) == (409, "command-reused")
    assert len(client.sent) == 1

    shown = (await program.get("/receipts/accept-1")).json()
    assert shown["receipt"] == done.json()
    assert (await program.get("/receipts/accept-1/proof")).json()["code"] == "not-yet-signed"


async def test_a_refusal_has_a_code_and_a_sentence_in_the_language_asked_for(program: Program) -> None:
    body = await accepting(program)
    pretended = await program.act(ACCEPT, {**body, "role": "system"}, "as-the-engine")
    assert (pretended.status_code, pretended.json()["code"]) == (409, "not-entitled")
    assert (await program.act(ACCEPT, body, "first")).status_code == 201
    for number, language in enumerate(("en", "zh-CN,en;q=0.5")):
        program.headers["Accept-Language"] = language
        refused = await program.act(ACCEPT, body, f"again-{number}")
        assert refused.status_code == 409, refused.text
        assert refused.json()["detail"].isascii() is (language == "en")
        recorded = (await program.get(f"/receipts/again-{number}")).json()
        assert recorded["refused"]["code"] == refused.json()["code"]
        assert recorded["sentence"] == refused.json()["detail"]
        assert "`" not in recorded["sentence"]
        assert refused.headers["content-language"] == language[:2]


async def test_what_is_not_answered_yet_is_pending_and_what_was_not_taken_is_said(
    program: Program, client: DecidingClient
) -> None:
    body = await accepting(program)
    client.after = Pending("accept-1", STREAM)
    pending = await program.act(ACCEPT, body, 'accept-"1"%')
    assert (pending.status_code, pending.json()["code"]) == (202, "pending")
    assert pending.headers["location"] == "/api/v1/receipts/accept-%221%22%25"
    found = await program.client.get(pending.headers["location"], headers=program.headers)
    assert found.json()["kind"] == "panel.invitation-accepted.v1"
    for fault, code in ((ActMissing("x"), "not-taken"), (RecordUnavailable(), "away")):
        client.before = fault
        answer = await program.act(
            ACCEPT, {"role": "expert", "command": {"kind": "decline-invitation"}}, code
        )
        assert (answer.status_code, answer.json()["code"]) == (503, code)
        assert answer.headers["retry-after"]


async def test_an_act_of_two_wants_both_signatures(
    app: Starlette, programs: AsyncExitStack, founded_place: Place
) -> None:
    await founded_place.register(SECOND)
    await vouch(founded_place, "admin-2", ADMIN)
    admin = await (await programs.enter_async_context(run(app, "admin-1", KEYS["admin-1"].seed))).sign_in()
    beside = await programs.enter_async_context(run(app, "admin-2", KEYS["admin-2"].seed))
    command = {"kind": "revoke-lost-key", "person": EXPERT, "key": OWN.key.key}
    body = {"role": "admin", "command": command}
    named = {"Idempotency-Key": "lost-1"}

    (first,) = (await admin.post("/acts/installation", body, **named)).json()["to_sign"]
    one = {**body, "proof": admin.prove(first)}
    alone = await admin.post("/acts/installation", one, **named)
    assert (alone.status_code, alone.json()["code"], alone.json()["to_sign"]) == (428, "second-missing", [])
    asked = {**one, "second": {"person": "admin-2"}}
    (second,) = (await admin.post("/acts/installation", asked, **named)).json()["to_sign"]
    both = {**one, "second": {"person": "admin-2", "proof": beside.prove(second)}}
    # One person is not two, and what the second signed is no first signature.
    for false in ({"person": "admin-1", "proof": one["proof"]}, {"person": "admin-2", "proof": one["proof"]}):
        answer = await admin.post("/acts/installation", {**one, "second": false}, **named)
        assert answer.status_code == 403
    # Which keys the other has, nobody finds out by trying.
    signed = beside.prove(second)
    tried = [{**signed, "signature": {**signed["signature"], "key": key}} for key in (admin.key, "A" * 22)]
    tried += [{**signed, "signature": {**signed["signature"], "signature": "A" * 86}}]
    tried += [{**signed, "expires": "2020-01-01T00:00:00Z"}]
    answers = [
        await admin.post(
            "/acts/installation", {**one, "second": {"person": "admin-2", "proof": proof}}, **named
        )
        for proof in tried
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(403, "second-wrong")}
    done = await admin.post("/acts/installation", both, **named)
    assert done.status_code == 201, done.text


async def test_what_was_signed_for_one_act_counts_for_no_other(
    program: Program, app: Starlette, programs: AsyncExitStack, founded_place: Place, client: DecidingClient
) -> None:
    await tell_panel(founded_place.ledger, "0043")
    other = await (await programs.enter_async_context(run(app, "expert-2", OTHER.seed))).sign_in()
    body = await accepting(program)
    (wanted,) = (await program.post(f"/acts/{ACCEPT}", body, **{"Idempotency-Key": "one"})).json()["to_sign"]
    signed = {**body, "proof": program.prove(wanted)}
    (wanted,) = (await other.post(f"/acts/{ACCEPT}", body, **{"Idempotency-Key": "one"})).json()["to_sign"]
    forged = {**body, "proof": {**wanted["proof"], "signature": program.sign(wanted["statement"])}}
    later = {**signed["proof"], "expires": "2099-01-01T00:00:00Z"}
    for sender, path, sent, command_id in (
        (program, f"application/{story.ROUND}/0043", signed, "one"),
        (program, ACCEPT, signed, "two"),
        (program, ACCEPT, {**signed, "reason": body["command"]["pledge"]}, "one"),
        (program, ACCEPT, {**signed, "role": "chair"}, "one"),
        (program, ACCEPT, {**signed, "command": {"kind": "decline-invitation"}}, "one"),
        (program, ACCEPT, {**signed, "proof": later}, "one"),
        (other, ACCEPT, signed, "one"),
        (other, ACCEPT, forged, "one"),
    ):
        answer = await sender.post(f"/acts/{path}", sent, **{"Idempotency-Key": command_id})
        assert (answer.status_code, answer.json()["code"][:9]) == (403, "signature"), answer.text
    assert client.sent == []
    assert (await program.post(f"/acts/{ACCEPT}", signed, **{"Idempotency-Key": "one"})).status_code == 201


async def test_another_persons_text_is_not_to_be_cited(
    program: Program, app: Starlette, programs: AsyncExitStack
) -> None:
    other = await (await programs.enter_async_context(run(app, "expert-2", OTHER.seed))).sign_in()
    stolen = await accepting(other)
    refused = await program.act(ACCEPT, stolen, "stolen")
    assert (refused.status_code, refused.json()["code"]) == (409, "unknown-content")
    content = stolen["command"]["pledge"]["id"]
    for path in (f"/contents/{content}", f"/applications/{PLACE}/contents/{content}"):
        assert (await program.get(path)).status_code == 404
    assert (await other.get(f"/contents/{content}")).text == "I know of no conflict of interest."


async def test_what_does_not_show_is_not_told_by_what_is_to_be_signed(
    program: Program, founded_place: Place
) -> None:
    await tell_panel(founded_place.ledger, "0043")
    told = []
    for number in ("0043", "9999"):
        body = {"role": "officer", "command": {"kind": "pass-check", "revision": 1, "rulings": []}}
        path = f"/acts/application/{story.ROUND}/{number}"
        asked = await program.post(path, body, **{"Idempotency-Key": "look"})
        assert asked.status_code == 428, asked.text
        (wanted,) = asked.json()["to_sign"]
        told.append((wanted["proof"]["looked_at"], wanted["proof"]["rules"]))
    assert told[0] == told[1]
    assert told[0][0] == 0
