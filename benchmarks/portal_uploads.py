"""Ten people send a file of 20 MB each at once, with the form and in pieces: the memory of the portal's process."""

import asyncio
import base64
import os
import random
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import httpx
import psutil

from benchmarks.bench_stack import prepare
from benchmarks.figures import NO_CAUSE, Figure, Say
from benchmarks.rounds import ADMIN, RecordedRound, register_people
from ledger.database.store import RECORDER_ROLE
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from portal.backend import ROLE, Reach
from portal.guard.cookies import SESSION, form_token
from reading.access.authentication import LocalAssertion
from runtime.databases import Databases
from runtime.embedded.plan import StackPlan
from runtime.embedded.ports import free_port
from runtime.embedded.stack import EmbeddedStack
from runtime.logins import Login
from runtime.settings import Settings
from selection.decision.envelope import envelope_of
from selection.decision.machine import Act
from selection.kernel.actor import Role
from selection.register.commands import split_registrations
from selection.register.state import INSTALLATION
from selection.sealing import load_rules

PEOPLE = tuple(f"uploader-{number}" for number in range(10))
ROUND = "uploads"
FIELD = f"/rounds/{ROUND}/apply/annexes/a.pledge"
BODY = b"%PDF-1.7\n" + random.Random(20).randbytes(20 * 10**6 - 9)  # bytes that nothing packs
SENT_AT_ONCE = 1024 * 1024
CHUNK = 64 * 1024
LOOKS_EACH = 0.02
"""Seconds between two looks at the memory."""
MIB = 1024 * 1024
ANSWERS_WITHIN = 300.0
LIMIT = 200 * 10**6 / MIB


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in at the portal."""

    client: httpx.AsyncClient
    token: str

    @property
    def headers(self) -> dict[str, str]:
        """What their browser says of itself."""
        return {"cookie": f"{SESSION}={self.token}", "sec-fetch-site": "same-origin"}

    async def read_marks(self) -> dict[str, str]:
        """Return what the page of the field hides in its form."""
        page = await self.client.get(FIELD, headers=self.headers)
        assert page.status_code == 200, page.text
        return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page.text))

    async def send_form(self) -> None:
        """Send the file with the form."""
        named = {**await self.read_marks(), "do": "send"}
        head = "".join(
            f'--limit\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in named.items()
        )
        head += '--limit\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        tail = "\r\n--limit--\r\n"
        length = len(head) + len(BODY) + len(tail)

        async def body() -> AsyncIterator[bytes]:
            yield head.encode()
            for start in range(0, len(BODY), CHUNK):
                yield BODY[start : start + CHUNK]
            yield tail.encode()

        form_headers = {"content-type": "multipart/form-data; boundary=limit", "content-length": str(length)}
        answer = await self.client.post(FIELD, content=body(), headers={**self.headers, **form_headers})
        assert answer.status_code == 303, answer.text

    async def send_pieces(self) -> None:
        """Send the file in pieces, as the script of the page does."""
        headers = {**self.headers, "tus-resumable": "1.0.0", "form-token": form_token(self.token)}
        name = base64.b64encode(b"a.pdf").decode()
        size = {"upload-length": str(len(BODY)), "upload-metadata": f"filename {name}"}
        begun = await self.client.post(f"{FIELD}/uploads", headers={**headers, **size})
        at = begun.headers["location"]
        for start in range(0, len(BODY), SENT_AT_ONCE):
            offset = {"upload-offset": str(start), "content-type": "application/offset+octet-stream"}
            sent = await self.client.patch(
                at, content=BODY[start : start + SENT_AT_ONCE], headers={**headers, **offset}
            )
            assert sent.status_code == 204, sent.text
        use = {**await self.read_marks(), "do": f"use:{at.rpartition('/')[2]}"}
        answer = await self.client.post(FIELD, data=use, headers=self.headers)
        assert answer.status_code == 303, answer.text


async def measure(say: Say) -> list[Figure]:
    """Return the portal's resident memory before and at the most, first with files in pieces, then with forms."""
    with tempfile.TemporaryDirectory(prefix="center-selection-bench-") as folder:
        plan = StackPlan(Settings(data=Path(folder)), synced=False, ui=False, prepare=prepare)
        async with EmbeddedStack(plan) as stack:
            await _open_round(stack.endpoints.databases)
            return [
                *await _measure(stack, "in pieces", Person.send_pieces, say),
                *await _measure(stack, "with the form", Person.send_form, say),
            ]


async def _open_round(databases: Databases) -> None:
    """Open a round that takes applications with files, from ten people."""
    recorder = await Ledger.connect(databases.url(Login.WORKER), role=RECORDER_ROLE, size=2)
    await register_people(recorder, databases.url(Login.MIGRATOR))
    await _register(recorder)
    opened = RecordedRound(recorder, ROUND, 0, timedelta(hours=6))
    example = load_rules(files("examples").joinpath("second_batch/rules.yaml").read_text(encoding="utf-8"))
    opened.rules = opened.rules.model_copy(update={"forms": example.forms})
    await opened.open()
    await recorder.close()


async def _measure(
    stack: EmbeddedStack, name: str, way: Callable[[Person], Awaitable[None]], say: Say
) -> list[Figure]:
    async with _serve(stack) as (people, portal):
        say(f"{len(people)} files of {len(BODY):,} bytes at once, {name}")
        before, most = await _watch(portal, people, way)
    said = f"ten uploads of 20 MB at once, {name}: resident memory"
    return [
        Figure("uploads", f"{said} before", before, "MiB"),
        Figure("uploads", f"{said} at most", most, "MiB", LIMIT, at_least=False, cause=NO_CAUSE),
        Figure("uploads", f"{said}, growth", most - before, "MiB"),
    ]


async def _watch(
    portal: psutil.Process, people: list[Person], way: Callable[[Person], Awaitable[None]]
) -> tuple[float, float]:
    """Have all of them send at once; return the portal's resident MiB once it was asked for a page, and at the most."""
    await people[0].read_marks()
    before = most = portal.memory_info().rss
    sending = asyncio.gather(*(way(person) for person in people))
    while not sending.done():
        most = max(most, portal.memory_info().rss)
        await asyncio.wait([sending], timeout=LOOKS_EACH)
    await sending
    return before / MIB, most / MIB


async def _register(recorder: Ledger) -> None:
    people = [
        NewPerson(
            person=person,
            roles={Role.APPLICANT: ()},
            employer="H-0001",
            identity=Identity(name=person, mail=f"{person}@example.org"),
        )
        for person in PEOPLE
    ]
    known = await recorder.people.store_identities(people, ADMIN.person, "benchmark-uploaders")
    for number, command in enumerate(split_registrations(known)):
        act = envelope_of(INSTALLATION, command, ADMIN, f"benchmark-uploaders.{number}")
        decided = await recorder.deciding.decide(INSTALLATION, Act(act))
        assert decided.refused is None, decided.refused


@asynccontextmanager
async def _serve(stack: EmbeddedStack) -> AsyncIterator[tuple[list[Person], psutil.Process]]:
    """Start a portal's process, sign everybody in at it, and end it with the block."""
    port, data = free_port(), Path(stack.plan.settings.data)
    with (data / "logs" / "bench-uploads.log").open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "portal", str(port)),
            env={
                **os.environ,
                "SELECTION_DATA": str(data),
                **stack.endpoints.environment(Login.PORTAL),
            },
            stdout=output,
            stderr=output,
        )
    ledger = await Ledger.connect(stack.endpoints.databases.url(Login.PORTAL), role=ROLE, size=2)
    limits = httpx.Limits(max_connections=None)
    origin = f"http://localhost:{port}"
    try:
        async with httpx.AsyncClient(base_url=origin, timeout=ANSWERS_WITHIN, limits=limits) as client:
            await _wait(client, process)
            sessions = Reach.over(ledger).sessions
            claims = [LocalAssertion(person=person, session=f"bench-{person}") for person in PEOPLE]
            people = [Person(client, await sessions.begin(claim, "benchmark")) for claim in claims]
            yield people, psutil.Process(process.pid)
    finally:
        await ledger.close()
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _wait(client: httpx.AsyncClient, process: asyncio.subprocess.Process) -> None:
    """Wait until the portal answers."""
    async with asyncio.timeout(ANSWERS_WITHIN):
        while True:
            assert process.returncode is None, "the portal ended"
            try:
                if (await client.get("/health")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.1)
