"""Files of an application: told apart by their content, kept in pieces, and each person's own."""

import io
import tracemalloc
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from portal.uploads.receiving import clean_name
from portal.uploads.sniffing import PIECE, sniff
from selection.decision.aggregate import leaf_of
from selection.kernel.actor import Role
from selection.streams import aggregate, round_stream
from tests.portal.applying.test_applying import SECTIONS, app, backend, page
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import expert
from tests.portal.support.applying import (
    APPLICANT,
    APPLY,
    PDF,
    PNG,
    ROUND,
    read_hidden,
    save_section,
    send,
    upload,
)
from tests.portal.support.browsing import OWN, Browser
from tests.registering import register
from tests.selection import round_stories, story

__all__ = ["app", "backend", "page"]
PLEDGE = f"{APPLY}/annexes/a.pledge"
EVIDENCE = f"{APPLY}/annexes/a.evidence.0.file"
DOCX = b"PK\x03\x04....[Content_Types].xml...." + b"\0" * PIECE + b"word/document.xml"
TWENTY = 20 * 10**6


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 9, "image/jpeg"),
        (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (DOCX.replace(b"[Content_Types].xml", b"x" * 19), "application/zip"),
        ("证明材料\n".encode() * 40_000, "text/plain"),
        (b"MZ\x90\0", "application/octet-stream"),
        (b"bare \x00 bytes", "application/octet-stream"),
        ("证".encode()[:2], "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_a_file_is_what_stands_in_it(body: bytes, kind: str) -> None:
    assert sniff(io.BytesIO(body)) == kind


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\扫描 件.pdf", "扫描 件.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("n" * 300, "n" * 100),
        ("..", ".."),
        ("/", ""),
    ],
)
def test_of_a_name_the_end_of_its_path_is_shown(name: str, shown: str) -> None:
    assert clean_name(name) == shown


async def test_what_is_sent_counts_by_its_content_and_shows_and_goes(page: Browser, recorder: Ledger) -> None:
    await save_section(page, SECTIONS["annexes"])
    await page.open(EVIDENCE)
    assert "PDF, JPG, PNG, TXT; at most 20 MB" in page.text
    for body, name in ((b"MZ\x90\0", "scan.pdf"), (DOCX, "scan.pdf"), (b"", "scan.pdf")):
        assert (await upload(page, EVIDENCE, body, name)).status_code == 422
        assert "There is a problem" in page.text
    await upload(page, EVIDENCE, PNG, "../../证明.pdf", "text/html")
    assert "证明.pdf PNG, 48 B" in page.text
    assert "../" not in page.text
    fetched = await page.client.get(f"{EVIDENCE}/1")
    assert (fetched.content, fetched.headers["content-type"]) == (PNG, "image/png")
    assert fetched.headers["content-disposition"] == 'attachment; filename="open-1-file-1.png"'
    assert fetched.headers["content-security-policy"].startswith("sandbox")
    # Replaced by another, then removed; the same bytes are not taken twice.
    await upload(page, EVIDENCE, PDF, "new.pdf")
    assert "证明.pdf" not in page.text
    assert (await upload(page, f"{APPLY}/annexes/a.evidence.1.file", PDF)).status_code == 422
    await page.open(EVIDENCE)
    await send(page, EVIDENCE, {"do": "remove:1"})
    assert "new.pdf" not in page.text
    assert (await page.client.get(f"{EVIDENCE}/1")).status_code == 404


async def test_a_program_is_no_pledge_and_no_page_with_seals(page: Browser) -> None:
    await save_section(page, SECTIONS["annexes"])
    for field in ("seals", "pledge"):
        place = f"{APPLY}/annexes/a.{field}"
        assert (await upload(page, place, b"MZ\x90\0", "pledge.exe")).status_code == 422
        assert (await upload(page, place, PDF + field.encode(), "pledge.pdf")).status_code == 200


async def test_twenty_megabytes_are_held_in_pieces_and_more_are_not_taken(
    page: Browser, recorder: Ledger
) -> None:
    await page.open(PLEDGE)
    fields = "".join(
        f'--limit\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {**read_hidden(page), "do": "send"}.items()
    )
    head = (
        f'{fields}--limit\r\nContent-Disposition: form-data; name="file"; filename="x.pdf"\r\n\r\n'.encode()
    )
    tail = b"\r\n--limit--\r\n"

    async def send_bytes(size: int) -> int:
        async def body() -> AsyncIterator[bytes]:
            yield head + PDF
            left = size - len(PDF)
            while left:
                yield (piece := bytes(min(left, 2**16)))
                left -= len(piece)
            yield tail

        length = str(len(head) + size + len(tail))
        told = {**OWN, "content-type": "multipart/form-data; boundary=limit", "content-length": length}
        return (await page.client.post(PLEDGE, content=body(), headers=told)).status_code

    tracemalloc.start()
    try:
        assert await send_bytes(TWENTY) == 303
        assert tracemalloc.get_traced_memory()[1] < 8 * 10**6
    finally:
        tracemalloc.stop()
    await page.open(PLEDGE)
    assert "x.pdf PDF, 20.0 MB" in page.text
    assert await send_bytes(TWENTY + 1) == 422
    assert await send_bytes(40 * 10**6) == 413


async def test_what_another_fills_in_is_hidden(page: Browser, app: Starlette, recorder: Ledger) -> None:
    await save_section(page, SECTIONS["centre"])
    await upload(page, PLEDGE, PDF)
    (mine,) = await recorder.contents.list_stored_by(APPLICANT)
    other = expert("applicant-8")
    await register(recorder, [other.with_(roles={Role.APPLICANT: ()})], command_id="other")
    async with browse(app) as theirs:
        await theirs.speak("en")
        await sign_in(theirs, recorder, "applicant-8")
        assert (await theirs.open(f"{PLEDGE}/1")).status_code == 404
        await theirs.open(f"{APPLY}/centre")
        assert "stage" not in theirs.page.lower().partition("<main")[2].partition("</main")[0]
        # Cited in a form, by whatever name, a file of another's is none.
        await theirs.open(f"{APPLY}/annexes")
        cited = {"a.pledge": mine, "a.evidence.0.file": mine, "a.evidence.0.shows": "x", "do": "save"}
        await send(theirs, f"{APPLY}/annexes", cited)
        await theirs.open(f"{APPLY}/annexes?check=1")
        assert "Integrity pledge not there yet" in theirs.text
        assert mine not in theirs.page
    async with browse(app) as stranger:
        await sign_in(stranger, recorder, "stranger-1")
        for path in (APPLY, f"{APPLY}/centre", PLEDGE):
            assert (await stranger.open(path)).status_code == 403
    for path in (
        "no-such",
        "centre/a.name_zh",
        "annexes/a.evidence.file",
        "centre/a.pledge",
        "annexes/a.evidence.999.file",
    ):
        assert (await page.open(f"{APPLY}/{path}")).status_code == 404


async def test_two_windows_save_two_sections_and_none_saves_over_the_other(
    page: Browser, recorder: Ledger
) -> None:
    await page.open(f"{APPLY}/centre")
    first = page.page
    await save_section(page, SECTIONS["units"])
    page.page = first
    left = await send(page, f"{APPLY}/centre", {"a.summary": "from the first", "do": "leave"})
    assert left.status_code == 200
    mark = str(left.json()["version"])
    page.page = first
    behind = await send(page, f"{APPLY}/centre", {"a.summary": "from the second", "do": "save"})
    assert behind.status_code == 409
    assert "another window" in page.text
    assert "from the second" in page.page
    await page.open(f"{APPLY}/centre")
    assert ("from the first" in page.page, read_hidden(page)["version"]) == (True, mark)
    await page.open(f"{APPLY}/units")
    assert "99SYNTH" in page.page
    # A file is not put into a section that changed since its page was opened.
    await page.open(PLEDGE)
    before = page.page
    await save_section(page, SECTIONS["annexes"])
    page.page = before
    refused = await page.client.post(
        PLEDGE, data={**read_hidden(page), "do": "send"}, files={"file": PDF}, headers=OWN
    )
    assert refused.status_code == 409
    # What is not taken is not stored.
    assert await recorder.contents.list_stored_by(APPLICANT) == frozenset()


async def test_what_was_sent_is_there_after_the_form_was_amended(page: Browser, recorder: Ledger) -> None:
    await upload(page, PLEDGE, PDF, "pledge.pdf")
    stream = round_stream(ROUND)
    snapshot = await recorder.reading.snapshot(stream)
    assert snapshot is not None
    state = aggregate(stream).load(snapshot.state)
    told = round_stories.form_amended()
    leaf = leaf_of(told, state=state, offset=1, actor=story.OFFICER, at=datetime.now(UTC), command_id="anew")
    await recorder.record.append(ROUND, stream, [leaf])
    await page.open(f"{APPLY}/annexes")
    assert "pledge.pdf" in page.text
    await save_section(page, SECTIONS["annexes"])
    await page.open(f"{APPLY}/annexes")
    assert "pledge.pdf" in page.text
