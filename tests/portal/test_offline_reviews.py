"""A review taken along as a table, filled in elsewhere, and put back into the draft."""

import io
from collections.abc import Mapping

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from starlette.applications import Starlette

from ledger.record import Ledger
from portal.forms.offline import list_questions, merge, read_sheet, write_sheet
from portal.forms.typed import Typed
from reading.models import RoundForm
from selection.forms.fields import ChoiceField, FileField, TableField, TextField
from selection.forms.form import Form, Section
from selection.kernel.named import Named
from tables.child import parse_table
from tests.portal.acts.test_acts import REVIEW, app, backend, begin_review, client, page
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import EXPERT, PLACE
from tests.portal.support.browsing import OWN, Browser
from tests.portal.support.reviewing import CRITERIA, SOUND

__all__ = ["app", "backend", "client", "page"]
OFFLINE = f"{REVIEW}/offline"
SHEET = f"{OFFLINE}/sheet.xlsx"


def fill_in(body: bytes, answers: Mapping[str, str], column: int = 3) -> bytes:
    """Type into the sheet, as a program of spreadsheets does."""
    book = load_workbook(io.BytesIO(body))
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    for row in sheet.iter_rows(min_row=2):
        if row[3].value in answers:
            sheet.cell(row[0].row or 0, column).value = answers[str(row[3].value)]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def hand_back(page: Browser, body: bytes, **fields: str) -> int:
    await page.open("/sessions")
    answer = await page.client.post(
        OFFLINE,
        data={**page.hidden, **fields},
        files={"sheet": ("review.xlsx", body)} if body else {"sheet": ("", b"")},
        headers=OWN,
        follow_redirects=True,
    )
    page.page = answer.text
    return answer.status_code


async def test_what_is_filled_in_offline_stands_in_the_draft_and_is_signed_as_always(page: Browser) -> None:
    await begin_review(page)
    assert OFFLINE in page.links
    await page.send(REVIEW, {"a.opinion": "Begun here", "s.positioning": "11", "version": "0", "do": "save"})
    await page.open(OFFLINE)
    assert {f"/papers/{PLACE}/application", SHEET} <= set(page.links)
    body = (await page.client.get(SHEET)).content
    assert "Begun here" in str(parse_table(body).rows)
    filled = {name: value for name, value in SOUND.items() if name[:2] in ("a.", "s.")}
    filled |= {"s.positioning": "17.5", "a.recommendation": "Support", "a.opinion": "Sound.\nTwo lines"}
    assert await hand_back(page, fill_in(body, filled)) == 200, page.text
    assert 'value="17.5"' in page.page
    assert "Sound.\nTwo lines</textarea>" in page.page
    version = page.hidden["version"]
    again = {**SOUND, "s.positioning": "17", "version": version}
    assert (await page.send(REVIEW, again)).url.path.startswith("/acts/")


async def test_a_draft_that_was_changed_since_is_overwritten_only_when_that_is_chosen(page: Browser) -> None:
    await begin_review(page)
    body = fill_in((await page.client.get(SHEET)).content, {"a.opinion": "From the train"})
    await page.send(REVIEW, {"a.opinion": "Typed since", "version": "0", "do": "save"})
    assert await hand_back(page, body) == 409
    assert "was changed after this sheet" in page.text
    await page.open(REVIEW)
    assert "Typed since" in page.page
    assert await hand_back(page, body, instead="yes") == 200
    assert "From the train" in page.page
    assert "Typed since" not in page.page


async def test_another_sheet_a_broken_one_and_none_change_nothing(page: Browser) -> None:
    await begin_review(page)
    body = (await page.client.get(SHEET)).content
    for sent, told in (
        (b"", "Choose the score sheet"),
        (b"PK\x03\x04 no table", "cannot be read as a table"),
        (b"Number,Name\n1,2\n", "“Leave as it is” is missing"),
        (fill_in(body, {"application": f"{PLACE}9"}), "not the score sheet of this application"),
        (fill_in(body, {"draft": "x"}), "not the score sheet of this application"),
        (fill_in(body, {"form": "older"}), "form was changed"),
        (fill_in(body, {"example": "18"}), "the row of the example"),
        (fill_in(body, {"a.opinion": "u.other"}, column=4), "something else"),
        (fill_in(body, {"a.opinion": f"s.{CRITERIA[0]}"}, column=4), "twice"),
    ):
        assert await hand_back(page, sent) == 422
        assert told in page.text
    await page.open(REVIEW)
    assert page.hidden["version"] == "0"


async def test_a_sheet_is_not_taken_into_a_draft_of_an_earlier_form_and_that_is_said(page: Browser) -> None:
    await begin_review(page)
    body = fill_in((await page.client.get(SHEET)).content, {"a.opinion": "From the train"})
    older = {"a.opinion": "Begun here", "version": "0", "form_version": "older", "do": "leave"}
    await page.send(REVIEW, older)
    assert await hand_back(page, body) == 409
    assert "Nothing of this sheet was taken" in page.text
    assert await hand_back(page, body, instead="yes") == 409
    await page.open(REVIEW)
    assert "Begun here" in page.page
    assert "From the train" not in page.page


async def test_nobody_else_takes_the_sheet_or_hands_one_back(
    app: Starlette, page: Browser, recorder: Ledger
) -> None:
    await begin_review(page)
    await page.send(REVIEW, {"a.opinion": "Mine alone", "version": "0", "do": "save"})
    body = (await page.client.get(SHEET)).content
    async with browse(app) as other:
        assert (await other.client.get(SHEET)).status_code == 303
        for person in ("expert-2", "officer-1", "agent-1"):
            await sign_in(other, recorder, person)
            assert (await other.client.get(SHEET)).status_code == 404
            assert (await other.client.get(OFFLINE)).status_code == 404
            assert await hand_back(other, body, instead="yes") == 404
        await sign_in(other, recorder, EXPERT)
        assert (await other.client.get(SHEET)).status_code == 200


def name_of(code: str) -> dict[str, str]:
    return {"code": code, "en": code.title(), "zh": code.title()}


def make_form() -> RoundForm:
    """A form with every kind of field that is read back in a way of its own."""
    options = (
        *(Named(code=code, en=code.title(), zh=f"选{code}") for code in ("one", "two", "three")),
        Named(code="both", en="Both; or either", zh="两者；皆可"),
    )
    fields = (
        TextField(kind="text", **name_of("text")),
        ChoiceField(kind="choice", many=True, options=options, **name_of("several")),
        FileField(kind="file", **name_of("annex")),
        TableField(
            kind="table", columns=(TextField(kind="text", **name_of("cell")),), rows=100, **name_of("rows")
        ),
    )
    sections = (Section(fields=fields, **name_of("section")),)
    form = Form(version="v1", en="Review", zh="评审", sections=sections)
    return RoundForm(form=form, fields=(), regions=(), priorities=())


def strip(typed: Typed) -> dict[str, tuple[str, ...]]:
    return {name: tuple(map(str.strip, values)) for name, values in typed.items()}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_of_field_comes_back_as_it_was_typed(language: str) -> None:
    form = make_form()
    typed = {
        "a.text": ("=1+1\n two ",),
        "a.several": ("one", "three"),
        "a.rows.0.cell": ("first",),
        "a.rows.7.cell": ("eighth",),
        "kept.a.annex": ("a file of the draft",),
    }
    names = [item.name for item in list_questions(form, typed)]
    assert "a.annex" not in names
    assert "a.rows.10.cell" in names
    grid = parse_table(write_sheet("r/0001", form, typed, 7, language))
    read = read_sheet(grid, "r/0001", form, language, {**typed, "a.text": ("older",)})
    assert not isinstance(read, list)
    assert read.draft == 7
    assert strip(merge({**typed, "a.text": ("older",)}, read.answers)) == strip(typed)


ODD = (
    "\u200eleft\u200f",
    " \u2028 blanks at both ends \x0b\n",
    "\x0b",
    "a\rb",
    "_x000B_",
    "'=1+1",
    "\t=1",
    "\ufffd",
)


@pytest.mark.parametrize("handed_back", ["en", "zh"])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("odd", ODD)
def test_what_nobody_touched_in_the_sheet_is_in_the_draft_as_it_was(
    odd: str, language: str, handed_back: str
) -> None:
    form = make_form()
    typed = {
        "a.text": (odd,),
        "a.several": ("one", "both", "no; option \u200e"),
        "a.rows.0.cell": (f"{odd} in a table",),
    }
    grid = parse_table(write_sheet("r/0001", form, typed, 7, language))
    read = read_sheet(grid, "r/0001", form, handed_back, typed)
    assert not isinstance(read, list)
    assert merge(typed, read.answers) == typed


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("One; Three", ("one", "three")),
        ("选one；three", ("one", "three")),
        ("Both; or either", ("both",)),
        ("both; OR either \nOne;Two", ("both", "one", "two")),
        ("两者；皆可\r\n选two", ("both", "two")),
        ("One; none", ("one", " none")),
    ],
)
def test_options_are_known_by_whole_lines_before_semicolons_part_them(
    written: str, read_as: tuple[str, ...]
) -> None:
    form = make_form()
    grid = parse_table(fill_in(write_sheet("r/0001", form, {}, 1, "en"), {"a.several": written}))
    read = read_sheet(grid, "r/0001", form, "en", {"a.several": ("one",)})
    assert not isinstance(read, list)
    assert read.answers["a.several"] == read_as


@pytest.mark.parametrize(("language", "called"), [("en", "Example"), ("zh", "示例")])
def test_the_example_is_in_the_language_of_the_sheet_and_passed_over(language: str, called: str) -> None:
    form = make_form()
    grid = parse_table(write_sheet("r/0001", form, {}, 1, language))
    assert grid.rows[1][0] == called
    for handed_back in ("en", "zh"):
        read = read_sheet(grid, "r/0001", form, handed_back, {})
        assert not isinstance(read, list)
        assert "example" not in read.answers


def test_an_answer_that_is_longer_than_a_cell_stays_in_the_draft() -> None:
    form, typed = make_form(), {"a.text": ("x" * 40_000,)}
    read = read_sheet(parse_table(write_sheet("r/0001", form, typed, 1, "en")), "r/0001", form, "en", typed)
    assert not isinstance(read, list)
    assert merge(typed, read.answers) == typed
