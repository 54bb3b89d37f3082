"""Uploads that go on where they broke off: each person's own, piece by piece, and the same file in the end."""

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import httpx
import psycopg
import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect

from ledger.record import Ledger
from portal.guard.cookies import SESSION, form_token
from portal.pages.files import resuming
from reading.access.uploads import PIECE
from selection.kernel.actor import Role
from tests.portal.applying.test_applying import SECTIONS, app, backend, page
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import expert
from tests.portal.support.applying import APPLICANT, APPLY, PDF, PNG, save_section, send, upload
from tests.portal.support.browsing import OWN, Browser
from tests.registering import register
from tests.running.waiting import STUCK_AFTER

__all__ = ["app", "backend", "page"]
PLEDGE = f"{APPLY}/annexes/a.pledge"
EVIDENCE = f"{APPLY}/annexes/a.evidence.0.file"
FILE = PDF + b"x" * (2 * PIECE + 1000)
LARGEST = 20 * 10**6
Body = bytes | AsyncIterator[bytes]
OFFSET = {"content-type": "application/offset+octet-stream"}


@dataclass
class Sender:
    """What the script of a field's page asks for, in the session of a browser."""

    page: Browser

    async def ask(
        self, method: str, path: str, headers: Mapping[str, object] | None = None, body: Body = b""
    ) -> httpx.Response:
        session = self.page.client.cookies.get(SESSION) or ""
        told = {**OWN, "tus-resumable": "1.0.0", "form-token": form_token(session), **(headers or {})}
        written = [
            (name.encode(), value if isinstance(value, bytes) else str(value).encode())
            for name, value in told.items()
        ]
        return await self.page.client.request(method, path, content=body, headers=written)

    async def begin(self, size: int, name: str = "承诺书.pdf", at: str = PLEDGE) -> str:
        answer = await self.try_begin(size, name, at)
        assert answer.status_code == 201, answer.text
        return answer.headers["location"]

    async def try_begin(self, size: object, name: str = "x", at: str = PLEDGE) -> httpx.Response:
        named = f"filename {base64.b64encode(name.encode()).decode()}"
        return await self.ask("POST", f"{at}/uploads", {"upload-length": size, "upload-metadata": named})

    async def put(self, at: str, offset: int, body: Body, **headers: object) -> httpx.Response:
        return await self.ask("PATCH", at, {**OFFSET, "upload-offset": offset, **headers}, body)

    async def offset(self, at: str) -> int:
        answer = await self.ask("HEAD", at)
        assert answer.status_code == 200
        return int(answer.headers["upload-offset"])

    async def use(self, at: str, do: str = "use", field: str = PLEDGE) -> httpx.Response:
        await self.page.open(field)
        return await send(self.page, field, {"do": f"{do}:{at.rpartition('/')[2]}"})


@pytest.fixture
def sender(page: Browser) -> Sender:
    return Sender(page)


async def test_what_broke_off_goes_on_in_another_session_and_is_the_same_file(
    sender: Sender, page: Browser, app: Starlette, recorder: Ledger
) -> None:
    await save_section(page, SECTIONS["annexes"])
    at = await sender.begin(len(FILE), "../../承诺书.pdf")

    async def break_off() -> AsyncIterator[bytes]:
        yield FILE[: PIECE - 5]
        yield FILE[PIECE - 5 : PIECE + 700]
        raise ClientDisconnect

    await sender.put(at, 0, break_off(), **{"content-length": len(FILE)})
    # Whole pieces are kept, what came of the next is not.
    told = await sender.ask("HEAD", at)
    assert (told.headers["upload-offset"], told.headers["upload-length"]) == (str(PIECE), str(len(FILE)))
    seen = hashlib.sha256(hashlib.sha256(FILE[:PIECE]).digest()).hexdigest()
    assert (told.headers["upload-seen"], told.headers["cache-control"]) == (seen, "no-store")
    async with browse(app) as later:
        await later.speak("en")
        await sign_in(later, recorder, APPLICANT)
        resumed = Sender(later)
        await later.open(PLEDGE)
        assert "The upload of 承诺书.pdf broke off: 262 kB of 525 kB are here" in later.text
        early = await resumed.use(at)
        assert (early.status_code, "is not there any more" in later.text) == (409, True)
        assert (await resumed.put(at, PIECE, FILE[PIECE:])).headers["upload-offset"] == str(len(FILE))
        await later.open(PLEDGE)
        assert "has come completely" in later.text
        assert (await resumed.use(at)).status_code == 200
        assert "承诺书.pdf PDF, 525 kB" in later.text
        assert (await later.client.get(f"{PLEDGE}/1")).content == FILE
        assert (await resumed.ask("HEAD", at)).status_code == 404
        (stored,) = await recorder.contents.list_stored_by(APPLICANT)
        # Sent at once it is the very same content, and what was begun in its place goes.
        again = await resumed.begin(9)
        await upload(later, PLEDGE, FILE)
        assert await recorder.contents.list_stored_by(APPLICANT) == {stored}
        assert (await resumed.ask("HEAD", again)).status_code == 404


async def test_no_piece_goes_where_it_does_not_belong(sender: Sender, page: Browser) -> None:
    at = await sender.begin(len(FILE))
    for offset in (1, PIECE, len(FILE), 10**11):
        refused = await sender.put(at, offset, FILE[:PIECE])
        assert (refused.status_code, refused.headers["upload-offset"]) == (409, "0")
    assert (await sender.put(at, 0, FILE + b"1")).status_code == 413
    for unfit in ("", "-1", "1.5", "²".encode("latin-1"), "1" * 13):
        assert (await sender.put(at, 0, b"", **{"upload-offset": unfit})).status_code == 400
    assert (await sender.put(at, 0, FILE, **{"content-type": "text/plain"})).status_code == 415
    other = await sender.put(at, 0, FILE, **{"tus-resumable": "0.2.2"})
    assert (other.status_code, other.headers["tus-version"]) == (412, "1.0.0")
    assert (await sender.put(at, 0, FILE, **{"form-token": "0" * 64})).status_code == 403
    assert (await sender.put(at, 0, FILE, **{"sec-fetch-site": "cross-site"})).status_code == 403
    assert (await sender.ask("DELETE", at, {"origin": "https://elsewhere.example"})).status_code == 403
    assert (await sender.ask("DELETE", at, {"form-token": ""})).status_code == 403
    assert await sender.offset(at) == 0
    # Of two windows that send at once, the pieces of one are behind those of the other, and none is there twice.
    both = await asyncio.gather(*(sender.put(at, 0, FILE) for _ in range(2)))
    assert {answer.status_code for answer in both} <= {204, 409}
    while (offset := await sender.offset(at)) < len(FILE):
        await sender.put(at, offset, FILE[offset:])
    await sender.use(at)
    assert (await page.client.get(f"{PLEDGE}/1")).content == FILE


async def test_who_sends_too_slowly_is_given_up_and_what_came_is_kept(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resuming, "WITHIN_WITH_FILES", 2)
    at = await sender.begin(len(FILE))

    async def stall() -> AsyncIterator[bytes]:
        yield FILE[:PIECE]
        await asyncio.Event().wait()

    async with asyncio.timeout(STUCK_AFTER):
        late = await sender.put(at, 0, stall(), **{"content-length": len(FILE)})
    assert (late.status_code, late.headers["upload-offset"]) == (408, str(PIECE))
    assert await sender.offset(at) == PIECE


async def test_more_than_a_file_may_have_is_not_begun_and_what_it_is_counts_at_the_end(
    sender: Sender, page: Browser, recorder: Ledger
) -> None:
    await save_section(page, SECTIONS["annexes"])
    large = await sender.try_begin(LARGEST + 1)
    assert (large.status_code, "larger than 20 MB" in large.json()["sentence"]) == (413, True)
    assert (await sender.try_begin(0)).status_code == 422
    assert (await sender.try_begin("x")).status_code == 400
    unnamed = {"upload-length": 9, "upload-metadata": "filename %%%"}
    assert (await sender.ask("POST", f"{PLEDGE}/uploads", unnamed)).status_code == 400
    assert (await sender.try_begin(9, at=f"{APPLY}/annexes/a.no-such")).status_code == 404
    await sender.begin(LARGEST)
    at = await sender.begin(9, "scan.pdf", at=EVIDENCE)
    await sender.put(at, 0, b"MZ\x90\0\0\0\0\0\0")
    refused = await sender.use(at, field=EVIDENCE)
    assert (refused.status_code, "of another type" in page.text) == (422, True)
    assert (await sender.ask("HEAD", at)).status_code == 404
    assert await recorder.contents.list_stored_by(APPLICANT) == frozenset()
    # Into a section that changed meanwhile it is not taken, but kept, and taken once that was looked at.
    at = await sender.begin(len(PNG), at=EVIDENCE)
    await sender.put(at, 0, PNG)
    await page.open(EVIDENCE)
    before = page.page
    await save_section(page, SECTIONS["annexes"])
    page.page = before
    late = await send(page, EVIDENCE, {"do": f"use:{at.rpartition('/')[2]}"})
    assert (late.status_code, "It is kept" in page.text) == (409, True)
    assert (await send(page, EVIDENCE, {"do": f"use:{at.rpartition('/')[2]}"})).status_code == 200
    assert (await page.client.get(f"{EVIDENCE}/1")).content == PNG


async def test_an_upload_is_its_persons_alone(
    sender: Sender, page: Browser, app: Starlette, recorder: Ledger
) -> None:
    at = await sender.begin(len(FILE))
    await sender.put(at, 0, FILE)
    other = expert("applicant-8")
    await register(recorder, [other.with_(roles={Role.APPLICANT: ()})], command_id="other")
    async with browse(app) as theirs:
        await theirs.speak("en")
        await sign_in(theirs, recorder, "applicant-8")
        thief = Sender(theirs)
        for path in (at, "/uploads/00000000-0000-4000-8000-000000000000", "/uploads/x"):
            answers = [
                await thief.ask("HEAD", path),
                await thief.put(path, 0, FILE),
                await thief.put(path, len(FILE), b""),
                await thief.ask("DELETE", path),
            ]
            assert [answer.status_code for answer in answers] == [404] * 4, path
            assert len({answer.text for answer in answers[1:]}) == 1
            assert not any("upload-offset" in answer.headers for answer in answers)
        for do in ("use", "discard"):
            assert (await thief.use(at, do)).status_code == 409
        assert "承诺书" not in theirs.page
    async with browse(app) as nobody:
        for method in ("HEAD", "PATCH", "DELETE"):
            assert (await Sender(nobody).ask(method, at)).headers["location"].startswith("/sign-in")
    # Neither is it used for another field than the one that it was begun for.
    assert (await sender.use(at, field=EVIDENCE)).status_code == 409
    assert await sender.offset(at) == len(FILE)
    assert (await sender.use(at, "discard")).status_code == 200
    assert (await sender.ask("HEAD", at)).status_code == 404


async def test_few_uploads_of_a_person_wait_and_none_for_long_or_of_who_is_erased(
    sender: Sender, recorder: Ledger, url: str
) -> None:
    fields = [f"{APPLY}/annexes/a.evidence.{number}.file" for number in range(12)]
    begun = await asyncio.gather(*(sender.begin(9, at=field) for field in fields))
    kept = [at for at in begun if (await sender.ask("HEAD", at)).status_code == 200]
    assert len(kept) == 5
    await sender.put(kept[0], 0, b"123456789")
    again = await asyncio.gather(*(sender.begin(9, at=fields[0]) for _ in range(5)))
    assert sum([(await sender.ask("HEAD", at)).status_code == 200 for at in again]) == 1
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as superuser:

        async def count(table: str) -> int:
            row = await (
                await superuser.execute(f"SELECT count(*) FROM selection.{table}".encode())
            ).fetchone()
            assert row is not None
            return int(row[0])

        assert await count("portal_uploads") == 5
        # Five of each are too much for the disk where many begin: together there is a limit as well.
        many = """INSERT INTO selection.portal_uploads (person, place, name, size)
            SELECT 'person-' || n, '/x', 'x', 20000000 FROM generate_series(1, 500) n"""
        await superuser.execute(many.encode())
        full = await sender.try_begin(9)
        assert (full.status_code, "Too many files" in full.json()["sentence"]) == (429, True)
        await superuser.execute(b"DELETE FROM selection.portal_uploads WHERE place = '/x'")
        # Those of others who are gone make no difference to this person's, and go with the next that is begun.
        old = "UPDATE selection.portal_uploads SET begun = begun - selection.portal_upload_counts()"
        await superuser.execute(old.encode())
        assert (await sender.ask("HEAD", again[-1])).status_code == 404
        last = await sender.begin(9)
        await sender.put(last, 0, b"123456789")
        assert (await count("portal_uploads"), await count("portal_upload_pieces")) == (1, 1)
        erased = "UPDATE selection.people SET erased = true WHERE person = %s"
        await superuser.execute(erased.encode(), (APPLICANT,))
        assert (await count("portal_uploads"), await count("portal_upload_pieces")) == (0, 0)
