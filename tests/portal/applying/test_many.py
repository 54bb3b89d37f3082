"""Many applications of one applicant from one table: told by cell, tried, signed once, known again when repeated."""

import asyncio
import re
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from portal.applying.draft import LIMIT
from portal.applying.many import ManyDraft
from portal.applying.many_rows import FilesOfTable, RowAnswers, SentFile, name_of
from portal.applying.many_sending import FILES_AT_MOST
from portal.shown.downloads import TYPES
from portal.uploads.receiving import NAME
from reading.models import RoundForm
from selection.application.state import ApplicationState
from selection.forms.checking import AnswerChecker
from starter.demo.example import load_example
from starter.imports.form_layouts import sheets_of
from starter.imports.form_rows import match_form_table
from starter.people.filled_file import fill_beside
from starter.people.importing import check_rows
from tables.child import parse_sheets
from tables.reading import BOUNDS
from tables.sentences import describe_refusal
from tests.attacks.machine.test_tables import pack, styles
from tests.portal.applying.test_applying import app, backend, page
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import DecidingClient
from tests.portal.support.applying import APPLICANT, APPLY, PDF, ROUND, read_hidden, state_of
from tests.portal.support.browsing import Browser
from tests.portal.support.fixtures import client
from tests.portal.support.many import MANY, files_of, press, send_table, sound_rows, table_of
from tests.running.servers import run_statement
from tests.selection.forms.test_checking import FORM

__all__ = ["app", "backend", "client", "page"]
RULES = load_example().rules
TOO_MUCH = (
    ("table-too-much-memory", {"megabytes": str(BOUNDS.memory // 1_048_576)}),
    ("table-too-slow", {"seconds": str(BOUNDS.computing)}),
)
"""What a workbook of countless styles takes first depends on the machine."""


async def sign_all(page: Browser) -> None:
    """Sign what is shown together, and stay where it is answered."""
    [path] = set(re.findall(r'action="(/together/[^"]+)"', page.page))
    await page.send(path, {})


async def find_stored(recorder: Ledger, body: bytes) -> str:
    """The id under which the applicant stored a file."""
    for content in await recorder.contents.list_stored_by(APPLICANT):
        if (await recorder.contents.get(content))[1] == body:
            return content
    raise LookupError


async def names_of(recorder: Ledger, *numbers: str) -> list[tuple[str, int]]:
    """The English names of applications, and how many versions they have."""
    states: list[ApplicationState] = [await state_of(recorder, number) for number in numbers]
    return [(state.submission.name_en, state.revision) for state in states if state.submission]


async def test_a_table_is_sent_with_its_files_signed_once_and_known_again(
    page: Browser, recorder: Ledger, client: DecidingClient
) -> None:
    await page.open(f"/rounds/{ROUND}")
    assert MANY in page.links
    await page.open(APPLY)
    assert MANY in page.links
    rows = sound_rows("a", "b")
    assert (await send_table(page, table_of(rows), files_of(rows))).status_code == 200, page.text
    assert "2 rows: 2 new, 0 with other answers than were handed in, 0 handed in before." in page.text
    await page.open(f"{MANY}/2")
    assert "Centre b" in page.text
    assert "pledge.pdf (PDF, " in page.text
    await page.open(MANY)
    assert client.sent == []
    assert (await press(page, "check", seen="x")).status_code == 422
    assert "is not what this page showed" in page.text
    assert (await press(page, "check")).status_code == 200
    for shown in ("Centre a", "Centre b", "Row: a", "What it is: new application", "0001"):
        assert shown in page.text, page.text
    await sign_all(page)
    assert "2 recorded, 0 refused" in page.text, page.text
    first = next(link for link in page.links if link.startswith("/acts/row."))
    assert await names_of(recorder, "0001", "0002") == [("Centre a", 1), ("Centre b", 1)]
    assert (await page.open(first)).status_code == 200
    # Once all are answered the draft is gone.
    await page.open(MANY)
    assert "files are here" not in page.text


async def test_a_row_that_changed_is_a_new_version_where_that_is_asked_for(
    page: Browser, recorder: Ledger
) -> None:
    rows = sound_rows("a", "b")
    await send_table(page, table_of(rows), files_of(rows))
    await press(page, "check")
    await sign_all(page)
    more = {**rows, **sound_rows("c")}
    more["b"]["name_en"] = "Renamed"
    await send_table(page, table_of(more), files_of(more))
    assert "3 rows: 1 new, 1 with other answers than were handed in, 1 handed in before." in page.text
    assert "Handed in as 0002 with other answers" in page.text
    await press(page, "try", **{"new-versions": "yes"})
    assert "To be handed in, and signed next: 2." in page.text, page.text
    await press(page, "check", **{"new-versions": "yes"})
    await sign_all(page)
    assert "2 recorded, 0 refused" in page.text, page.text
    assert await names_of(recorder, "0001", "0002", "0003") == [
        ("Centre a", 1),
        ("Renamed", 2),
        ("Centre c", 1),
    ]
    await send_table(page, table_of(more), files_of(more))
    assert "3 handed in before. No row waits" in page.text


async def test_every_fault_is_told_by_its_cell_and_no_row_is_read(
    page: Browser, client: DecidingClient
) -> None:
    rows = sound_rows("a", "b")
    rows["b"]["staff"] = "30 or so"
    assert (await send_table(page, table_of(rows))).status_code == 422
    for told in (
        "4 files that the table names are not here: agreement.pdf, evidence-0-file.pdf, pledge.pdf, seals.pdf",
        "Applications AK2: No file of this name was sent",
        "Applications AB3: “Full-time staff” must be",
    ):
        assert told in page.text, page.text
    assert "What the table would do" not in page.text
    assert (await send_table(page, b"")).status_code == 422
    assert "Choose the table, or files that it names" in page.text
    assert (await send_table(page, b"\xff\xfe\x00no table")).status_code == 422
    assert "neither XLSX nor text" in page.text
    await page.open(MANY)
    assert "What the table would do" not in page.text
    assert client.sent == []


async def test_files_come_in_several_goes_and_may_be_thrown_away(page: Browser) -> None:
    rows = sound_rows("a")
    (first, body), *others = files_of(rows).items()
    await send_table(page, b"", {first: body, "unused.pdf": PDF})
    assert "2 files are here. Now send the table that names them." in page.text, page.text
    assert (await send_table(page, b"", {"empty.pdf": b""})).status_code == 422
    assert "The file empty.pdf is empty" in page.text
    assert (await send_table(page, table_of(rows), dict(others))).status_code == 200, page.text
    assert "1 row: 1 new" in page.text, page.text
    assert "1 file is named by no row." in page.text
    # A page that is behind changes nothing.
    behind = page.page
    await press(page, "try")
    page.page = behind
    assert (await press(page, "discard")).status_code == 409
    await page.open(MANY)
    await press(page, "discard")
    assert "What the table would do" not in page.text
    assert "here" not in page.text.partition("once: ")[2].partition("Send")[0]
    assert read_hidden(page)["version"] == "0"


async def test_of_more_rows_than_are_signed_at_once_the_others_wait(
    page: Browser, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.applying.many_trying.AT_MOST", 2)
    rows = sound_rows("a", "b", "c")
    await send_table(page, table_of(rows), files_of(rows))
    assert "2 of the 3 that would be handed in are signed next." in page.text, page.text
    await press(page, "check")
    assert "Centre c" not in page.text
    await sign_all(page)
    await page.open(MANY)
    assert "To be handed in, and signed next: 1." in page.text, page.text
    await press(page, "check")
    await sign_all(page)
    assert [name for name, _ in await names_of(recorder, "0001", "0002", "0003")] == [
        "Centre a",
        "Centre b",
        "Centre c",
    ]


async def test_what_was_stored_before_is_named_by_its_id(page: Browser, recorder: Ledger) -> None:
    rows = sound_rows("a")
    await send_table(page, b"", files_of(rows))
    pledge = await find_stored(recorder, files_of(rows)["pledge.pdf"])
    rows["a"]["pledge"] = {"ref": "file-of-another"}
    assert (await send_table(page, table_of(rows))).status_code == 422
    assert "No file of this name was sent" in page.text
    rows["a"]["pledge"] = {"ref": pledge}
    assert (await send_table(page, table_of(rows))).status_code == 200, page.text
    assert "1 file is named by no row." in page.text
    await press(page, "check")
    await sign_all(page)
    submission = (await state_of(recorder)).submission
    assert submission is not None
    assert submission.pledge.id == pledge


async def test_rows_that_are_gone_are_asked_for_again(page: Browser, recorder: Ledger, url: str) -> None:
    rows = sound_rows("a")
    await send_table(page, table_of(rows), files_of(rows))
    await run_statement(url, "DELETE FROM selection.portal_uploads")
    await page.open(MANY)
    assert "are not kept any more" in page.text
    assert (await press(page, "check")).status_code == 422
    assert "No row would be handed in" in page.text
    await send_table(page, table_of(rows))
    assert "1 row: 1 new" in page.text


async def test_what_the_record_would_refuse_is_left_out(page: Browser) -> None:
    rows = sound_rows("a", "b")
    rows["b"]["host"]["code"] = "99SYNTH0000000099"
    await send_table(page, table_of(rows), files_of(rows))
    assert "would be refused" in page.text, page.text
    assert "To be handed in, and signed next: 1." in page.text
    await press(page, "check")
    assert "Centre b" not in page.text


async def test_who_may_not_apply_has_no_page(app: object, page: Browser, recorder: Ledger) -> None:
    rows = sound_rows("a")
    await send_table(page, table_of(rows), files_of(rows))
    async with browse(app) as other:  # type: ignore[arg-type]
        await other.speak("en")
        await sign_in(other, recorder, "officer-1")
        for path in (MANY, f"{MANY}/template.xlsx", f"{MANY}/1"):
            assert (await other.open(path)).status_code == 403
        await other.open(f"/rounds/{ROUND}")
        assert MANY not in other.links
    assert (await page.open(f"{MANY}/2")).status_code == 404


async def test_the_template_is_that_of_the_form(page: Browser) -> None:
    body = (await page.client.get(f"{MANY}/template.xlsx")).content
    sheets = sheets_of(FORM, RULES)
    table = match_form_table(parse_sheets(body), FORM, sheets, 0)
    assert [fault.code for faults in table.faults for fault in faults] == ["table-empty"]


async def test_a_row_is_the_same_row_as_for_the_command_line(tmp_path: Path) -> None:
    rows = sound_rows("a")
    files = files_of(rows)
    (tmp_path / "files").mkdir()
    for name, body in files.items():
        (tmp_path / "files" / name).write_bytes(body)
    form = RoundForm(form=FORM, fields=RULES.fields, regions=RULES.regions, priorities=RULES.priorities)
    table = match_form_table(parse_sheets(table_of(rows)), FORM, sheets_of(FORM, RULES), 0)
    [by_hand] = await check_rows(table, fill_beside(form, tmp_path))
    sent = {name: make_file(body) for name, body in files.items()}
    found = FilesOfTable(FORM, sent, [item.typed for item in table.applications])
    checker = AnswerChecker(FORM, form)
    [in_page] = await check_rows(table, lambda typed: RowAnswers(checker, typed, found))
    assert in_page.filled.answers == by_hand.filled.answers
    assert found.named == set(files)


async def test_numbers_are_taken_for_so_many_that_are_not_signed(
    page: Browser, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.applying.numbers.UNUSED_AT_MOST", 3)
    for keys, status in (("ab", 200), ("ab", 200), ("cd", 409), ("c", 200), ("d", 409)):
        rows = sound_rows(*keys)
        await send_table(page, table_of(rows), files_of(rows))
        assert (await press(page, "check")).status_code == status, (keys, page.text)
    assert "each took a number" in page.text


def test_a_name_that_means_two_files_means_none() -> None:
    typed = [{"pledge": {"file": "a/x.pdf"}}, {"pledge": {"file": "b/x.pdf"}}, {"pledge": {"file": "y.pdf"}}]
    found = FilesOfTable(FORM, {"y.pdf": make_file(PDF)}, typed)
    assert found.find("a/x.pdf") == "file-unclear"
    assert found.find("none.pdf") == "file-unsent"
    assert found.find("./y.pdf") == make_file(PDF)
    again = FilesOfTable(FORM, {}, [{"pledge": {"file": "a//x.pdf"}}, {"pledge": {"file": "a\\x.pdf"}}])
    assert again.find("a/x.pdf") == "file-unsent", "it is one place"
    assert name_of("n" * 99 + "1.pdf") != name_of("n" * 99 + "2.pdf"), "they begin alike"
    assert len(name_of("n" * 300)) == NAME
    assert name_of("de\u0301p\u00f4t/re\u0301sume\u0301.pdf") == "r\u00e9sum\u00e9.pdf"


def test_a_draft_holds_as_many_files_as_are_taken_whatever_they_are_called() -> None:
    longest = make_file(PDF).with_(media_type=max(TYPES, key=len), size=20 * 10**6)
    files = {f"{'文' * (NAME - 4)}{number:04}": longest for number in range(FILES_AT_MOST)}
    assert len(ManyDraft(files=files).model_dump_json().encode()) < LIMIT


def make_file(body: bytes) -> SentFile:
    digest = sha256(body).hexdigest()
    return SentFile(
        id=f"file-{digest[:32]}",
        sha256="1" * 64,
        digest=digest,
        media_type="application/pdf",
        size=len(body),
    )


async def test_a_table_that_takes_too_much_is_refused_and_others_are_answered_meanwhile(
    page: Browser, app: Starlette, recorder: Ledger
) -> None:
    bomb = pack(styles=styles("<xf/>" * 2_400_000))
    async with browse(app, "10.0.0.2") as other:
        await sign_in(other, recorder, "officer-1")
        sending = asyncio.create_task(send_table(page, bomb))
        answered = 0
        while not sending.done():
            # What reads the table computes for seconds; a portal that did so itself would answer nothing until its end.
            answered += (await other.open("/tasks")).status_code == 200 and not sending.done()
    sentences = [describe_refusal(code, params, 0) for code, params in TOO_MUCH]
    assert any(text in unescape(page.page) for text in sentences), (await sending).status_code
    assert answered >= 2
