"""What others try at the API: tokens and keys that are not theirs, browsers of other sites, bodies made to break it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import psycopg
import pytest
from starlette.applications import Starlette

from portal.api import bodies
from portal.api.bodies import LARGEST_JSON
from portal.api.contents import LARGEST_FILE, RECEIVED_AT_ONCE
from portal.guard.attempts import OF_PERSON
from selection.kernel.actor import Role
from selection.register.key_commands import RevokeKey
from tests import factories as f
from tests.attacks.test_enrolment_codes import Place
from tests.portal.support.acting import EXPERT, PLACE, DecidingBackend, DecidingClient
from tests.portal.support.browsing import ORIGIN
from tests.portal.support.programs import API, Program, run
from tests.portal.support.signing import OTHER, OWN, app, backend, client, founded_place, url
from tests.running.waiting import STUCK_AFTER
from tests.selection import story
from tests.selection.signing.keys import software

__all__ = ["app", "backend", "client", "founded_place", "url"]
ACT = f"/acts/application/{PLACE}"
DECLINE = {"role": "expert", "command": {"kind": "decline-invitation"}}
NAMED = {"Idempotency-Key": "attack-1"}


@pytest.fixture
async def exit_stack(app: Starlette) -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def program(app: Starlette, exit_stack: AsyncExitStack) -> Program:
    return await (await exit_stack.enter_async_context(run(app, EXPERT, OWN.seed))).sign_in()


async def test_nobody_is_let_in_by_anything_but_an_answer_of_their_own_and_all_failures_are_alike(
    app: Starlette, exit_stack: AsyncExitStack
) -> None:
    own = await exit_stack.enter_async_context(run(app, EXPERT, OWN.seed))
    thief = await exit_stack.enter_async_context(run(app, EXPERT, software(66).seed))
    other = await exit_stack.enter_async_context(run(app, "expert-2", OTHER.seed))
    good = await own.answer_question()
    spent = await own.answer_question()
    assert (await own.post("/sessions", spent)).status_code == 201
    someone = {**await other.answer_question(), "person": EXPERT}
    nobody = {**await thief.answer_question(), "person": "nobody-7"}
    tried = (
        spent,
        await thief.answer_question(),
        someone,
        nobody,
        {**good, "question": {**good["question"], "challenge": "0" * 64}},
        {**good, "question": {**good["question"], "expires": "2099-01-01T00:00:00Z"}},
    )
    guessed = {"person": EXPERT, "link": "guessed"}
    answers = [await thief.post("/sessions", claim) for claim in tried]
    answers.append(await thief.post("/sessions/by-link", guessed))
    assert {answer.status_code for answer in answers} == {403}
    assert len({answer.content for answer in answers}) == 1
    guesses = [(await thief.post("/sessions/by-link", guessed)).status_code for _ in range(OF_PERSON)]
    assert guesses[-1] == 429
    # Whoever shows their key is let in, whatever others tried in their name.
    assert (await own.post("/sessions", good)).status_code == 201


async def test_a_session_opens_nothing_once_its_key_is_revoked_or_it_has_run_out(
    program: Program, app: Starlette, exit_stack: AsyncExitStack, founded_place: Place, url: str
) -> None:
    other = await (await exit_stack.enter_async_context(run(app, "expert-2", OTHER.seed))).sign_in()
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as superuser:
        await superuser.execute(
            b"UPDATE selection.portal_sessions SET seen = now() - interval '31 minutes' WHERE person = 'expert-2'"
        )
    revoked = RevokeKey(key=OWN.key.key)
    expert = f.actor(EXPERT, Role.EXPERT)
    assert await founded_place.act(revoked, expert, OWN) == ""
    for ended in (program, other):
        for answer in (await ended.get("/tasks"), await ended.post(ACT, DECLINE, **NAMED)):
            assert (answer.status_code, answer.json()["code"]) == (401, "token-needed")


async def test_no_other_header_is_a_token(program: Program) -> None:
    token = program.headers.pop("Authorization").partition(" ")[2]
    for odd in (
        "",
        token,
        f"Basic {token}",
        f"Bearer {token}x",
        f"Bearer {token[4:]}",
        "Bearer api.",
        "Bearer",
    ):
        assert (await program.get("/tasks", Authorization=odd)).status_code == 401
    twice = [("Authorization", f"Bearer {token}"), ("Authorization", f"Bearer {token}")]
    assert (await program.client.get(f"{API}/tasks", headers=twice)).status_code == 401
    assert (await program.get(f"/tasks?access_token={token}")).status_code == 401
    assert (await program.get("/tasks", Authorization=f"bearer {token}")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": f"{ORIGIN}:8700"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": ORIGIN},
    ],
)
async def test_a_browser_of_another_site_is_refused_with_the_token_too(
    program: Program, client: DecidingClient, headers: dict[str, str]
) -> None:
    for answer in (
        await program.post(ACT, DECLINE, **NAMED, **headers),
        await program.get("/tasks", **headers),
        await program.client.delete(f"{API}/session", headers={**program.headers, **headers}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "cross-site")
        assert "access-control-allow-origin" not in answer.headers
    preflight = await program.client.options(f"{API}/tasks", headers={"Origin": "https://elsewhere.example"})
    assert preflight.status_code == 403
    assert client.sent == []


async def test_every_answer_that_is_none_is_a_problem(program: Program) -> None:
    for method, path, status in (
        ("GET", "/nowhere", 404),
        ("GET", "", 404),
        ("PUT", "/tasks", 405),
        ("TRACE", "/tasks", 405),
        ("DELETE", "/questions", 405),
        ("POST", "/tasks", 405),
        ("GET", "/rounds/a%0d%0ab", 404),
        ("GET", "/rounds/%2e%2e%2fapplications", 404),
        ("GET", f"/applications/{story.ROUND}/0001%00", 404),
        ("GET", "/receipts/%00", 404),
        ("GET", "/contents/%ff", 404),
        ("GET", "/public/rounds/%22%3E%3Cscript%3E", 404),
    ):
        answer = await program.client.request(
            method, API + path, headers={**program.headers, "Content-Length": "0"}
        )
        assert answer.status_code == status, (method, path, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status
        assert "Traceback" not in answer.text
        assert "script" not in answer.text
        if status == 405:
            assert answer.headers["allow"]
    head = await program.client.head(f"{API}/tasks", headers=program.headers)
    assert head.status_code == 200
    other = await program.client.get(f"{API}/tasks", headers={**program.headers, "Host": "rebound.example"})
    assert (other.status_code, other.json()["code"]) == (421, "host-unknown")


def act_of(command: Any) -> bytes:
    return json.dumps({"role": "expert", "command": command}).encode()


DEEP = b'{"role":"expert","command":' + b'{"kind":' * 5_000 + b"1" + b"}" * 5_000 + b"}"
PLEDGE = {"id": "x", "sha256": "y"}
BODIES = (
    b"",
    b"null",
    b"[]",
    b"{",
    b"\xff\xfe",
    b'{"role":"expert","command":NaN}',
    b'{"role":"expert","command":{"kind":"decline-invitation"},"role":"\\ud800"}',
    DEEP,
    b"[" * 60_000,
    act_of({"kind": "accept-invitation", "pledge": [PLEDGE] * 10_000})[:LARGEST_JSON],
    act_of({"kind": "accept-invitation", "pledge": [1] * 10_000}),
    b'{"role":"expert","looked_at":' + b"9" * 5_000 + b',"command":{"kind":"decline-invitation"}}',
    b'{"role":"expert","looked_at":1e400,"command":{"kind":"decline-invitation"}}',
    act_of({"kind": "seat-panel"}),
    act_of({"kind": "typed-by-somebody"}),
    act_of({"kind": "decline-invitation", "typed-by-somebody": 1}),
    act_of({"kind": "submit-review", "scores": {"a": "9" * 5_000}, "form": {}}),
    b'{"role":"system","command":{"kind":"decline-invitation"},"authority":"engine"}',
)


async def test_bodies_made_to_break_it_are_told_their_places_and_nothing_is_sent(
    program: Program, client: DecidingClient
) -> None:
    headers = {**program.headers, **NAMED, "Content-Type": "application/json; charset=utf-8"}
    for body in BODIES:
        answer = await program.client.post(API + ACT, content=body, headers=headers)
        assert answer.status_code == 422, (body[:80], answer.text)
        assert answer.json()["code"] == "body-unfit"
        assert "typed" not in answer.text
        assert len(answer.content) < 1_000
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        headers["Content-Type"] = content_type
        answer = await program.client.post(API + ACT, content=act_of(DECLINE["command"]), headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (415, "media-unfit")
    large = await program.post(ACT, {**DECLINE, "typed": "x" * LARGEST_JSON}, **NAMED)
    assert large.status_code == 413
    nul = {**DECLINE, "reason": {"id": "\0", "sha256": ""}}
    assert (await program.post(ACT, nul, **NAMED)).json()["code"] == "body-unfit"
    crowded = {"role": "officer", "command": {"kind": "propose", "items": ["1"] * 10_000}}
    assert (await program.post(f"/acts/round/{story.ROUND}", crowded, **NAMED)).status_code in (413, 422)
    for odd in ("", "a/b", "é", "a b", "x" * 101, "a\x0bb"):
        named = [*program.headers.items(), ("Idempotency-Key", odd)]
        raw = [(name.encode(), value.encode()) for name, value in named]
        answer = await program.client.post(API + ACT, json=DECLINE, headers=raw)
        assert (answer.status_code, answer.json()["code"]) == (400, "key-needed")
    assert client.sent == []


async def store(sender: Program, body: Any, kind: str, length: str = "", log: str = story.ROUND) -> Any:
    """Send a content, of a length that may be another than it says."""
    headers = {**sender.headers, "Content-Type": kind, **({"Content-Length": length} if length else {})}
    return await sender.client.post(f"{API}/contents?round={log}", content=body, headers=headers)


async def test_a_content_is_bytes_to_keep_and_no_larger_than_it_may_be(program: Program) -> None:
    page = await store(program, b"<script>alert(1)</script>", "text/html")
    assert (page.status_code, page.json()["media_type"]) == (201, "application/octet-stream")
    again = await store(program, b"<script>alert(1)</script>", "text/html")
    assert again.json() == page.json()
    fetched = await program.get(f"/contents/{page.json()['id']}")
    assert fetched.headers["content-disposition"].startswith("attachment; ")
    assert fetched.headers["content-security-policy"].startswith("sandbox; ")
    for body, kind, status in (
        (b"", "application/pdf", 422),
        (b" \n", "text/plain", 422),
        (b"\xff", "text/plain", 422),
        (b"a\0b", "text/plain", 422),
        (b"x", "image/png\\r\\nSet-Cookie: evil=1", 201),
    ):
        assert (await store(program, body, kind)).status_code == status, (body, kind)
    for length, size in ((str(LARGEST_FILE + 1), 1), ("1", LARGEST_FILE + 1)):
        large = await store(program, b"x" * size, "application/pdf", length)
        assert (large.status_code, large.json()["params"]) == (413, {"limit": str(LARGEST_FILE)})
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while taken < 100:
            taken += 1
            yield b"x" * 1024 * 1024

    assert (await store(program, endless(), "application/pdf", "1")).status_code == 413
    assert taken <= 22
    assert (await store(program, b"x", "text/plain", log="nowhere")).status_code == 404


async def test_bodies_that_stall_keep_nobody_out(
    program: Program,
    app: Starlette,
    exit_stack: AsyncExitStack,
    backend: DecidingBackend,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, held = asyncio.Event(), asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        begun.set()
        yield b"x"
        await held.wait()

    async def send_meanwhile(code: str, sender: Program) -> None:
        busy = await store(sender, b"x", "text/plain")
        assert (busy.status_code, busy.json()["code"]) == (429, code)
        assert busy.headers["retry-after"]

    other = await (await exit_stack.enter_async_context(run(app, "expert-2", OTHER.seed))).sign_in()
    sending = asyncio.create_task(store(program, slow(), "application/pdf", "2"))
    reading = asyncio.create_task(begun.wait())
    await asyncio.wait({sending, reading}, return_when=asyncio.FIRST_COMPLETED)
    assert begun.is_set(), "answered before it was read"
    await send_meanwhile("storing", program)
    backend.storing_for.update(f"somebody-{count}" for count in range(RECEIVED_AT_ONCE - 1))
    await send_meanwhile("receiving", other)
    held.set()
    assert (await sending).status_code == 201

    held.clear()
    monkeypatch.setattr(bodies, "WITHIN", 0.01)
    async with asyncio.timeout(STUCK_AFTER):
        stalled = await store(program, slow(), "application/pdf", "2")
    assert (stalled.status_code, stalled.json()["code"]) == (408, "stalled")
    assert EXPERT not in backend.storing_for
