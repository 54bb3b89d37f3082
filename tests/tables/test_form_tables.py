"""Many applications in one table: what fits a form comes through it as it was, what does not is told at its cell."""

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from openpyxl import load_workbook

from benchmarks.in_memory.form_book import write_book
from reading.models import RoundForm
from selection.forms.form import Form
from selection.forms.one_text import ONE_TEXT, application_form
from selection.forms.raw_answers import read_raw
from starter.demo.example import load_example
from starter.imports.form_layouts import KEY, sheets_of
from starter.imports.form_rows import FormTable, match_form_table
from starter.people.filled_file import fill_beside
from starter.people.importing import check_rows
from tables.child import parse_sheets
from tables.grid import TableRefused
from tables.marking import mark_sheets
from tables.template import template_csv, template_xlsx
from tests.factories import RULES
from tests.selection.forms.strategies import forms_with_answers

pytestmark = pytest.mark.long

EXAMPLE = load_example().rules
CENTRE = application_form(EXAMPLE.forms)
SOUND = {
    "field": "equipment",
    "region": "CN-BJ",
    "priority": "frontier",
    "host": {"code": "A", "kind": "k", "region": "CN-BJ"},
    "form": "All of it",
    "pledge": {"file": "pledge.txt"},
}


def as_typed(answer: Any) -> Any:
    """Answers as a table names their files: by paths that hold an id and a hash."""
    if isinstance(answer, dict) and set(answer) == {"id", "sha256"}:
        return {"file": f"{answer['id']}/{answer['sha256']}"}
    if isinstance(answer, dict):
        return {code: as_typed(part) for code, part in answer.items()}
    return [as_typed(item) for item in answer] if isinstance(answer, list) else answer


def put(path: str, written: Any) -> Any:
    name, digest = written["file"].split("/")
    return {"id": name, "sha256": digest}


@given(forms_with_answers())
def test_what_fits_a_form_comes_through_its_table_as_it_was(filled: tuple[Form, dict[str, Any]]) -> None:
    form, answers = filled
    for lang in (0, 1):
        body = write_book(form, RULES, {"a": as_typed(answers), "b": {}}, lang)
        table = match_form_table(parse_sheets(body), form, sheets_of(form, RULES), lang)
        assert not any(table.faults)
        first, second = table.applications
        plain = read_raw(form, as_typed(answers), put)
        assert read_raw(form, dict(first.typed), put) == plain
        assert read_raw(form, dict(second.typed), put) == {}


@pytest.mark.parametrize("lang", [0, 1])
@pytest.mark.parametrize("form", [ONE_TEXT, CENTRE], ids=["one text", "a centre"])
def test_a_template_of_a_form_imports_as_it_is_and_holds_nobody(form: Form, lang: int) -> None:
    rules = RULES if form is ONE_TEXT else EXAMPLE
    sheets = sheets_of(form, rules)
    body = template_xlsx(sheets.main, lang, tuple(sheets.further.values()))
    for made in (body, template_csv(sheets.main, lang)):
        table = match_form_table(parse_sheets(made), form, sheets, lang)
        assert table.applications == []
        assert [fault.code for faults in table.faults for fault in faults] == ["table-empty"]


def one_text(tmp_path: Path, **rows: dict[str, Any]) -> tuple[FormTable, RoundForm]:
    (tmp_path / "pledge.txt").write_text("We pledge", encoding="utf-8")
    form = RoundForm(form=ONE_TEXT, fields=RULES.fields, regions=RULES.regions, priorities=RULES.priorities)
    body = write_book(ONE_TEXT, RULES, {key.replace("_", "-"): row for key, row in rows.items()})
    return match_form_table(parse_sheets(body), ONE_TEXT, sheets_of(ONE_TEXT, RULES), 0), form


async def list_faults(folder: Path, **rows: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return sheet, cell and code of every fault."""
    table, form = one_text(folder, **rows)
    await check_rows(table, fill_beside(form, folder))
    return [(grid.sheet, fault.cell, fault.code) for grid, faults in table.sheets for fault in faults]


async def test_sound_rows_have_no_fault(tmp_path: Path) -> None:
    table, form = one_text(tmp_path, a=SOUND, b=SOUND)
    assert [row.item.key for row in await check_rows(table, fill_beside(form, tmp_path))] == ["a", "b"]


async def test_every_fault_of_every_sheet_is_told_at_its_cell(tmp_path: Path) -> None:
    builder = {"code": "B", "kind": "k", "region": "CN-BJ"}
    rows: dict[str, dict[str, Any]] = {
        "a": {**SOUND, "field": "none", "staff": "30 or so", "form": ""},
        "b": {**SOUND, "host": {"code": "A"}, "co_builders": [builder, {"code": "C", "kind": "=k"}]},
    }
    assert await list_faults(tmp_path, **rows) == [
        ("Applications", "D2", "not-a-choice"),
        ("Applications", "L2", "wrong-type"),
        ("Applications", "N2", "missing"),
        ("Applications", "H3", "missing"),
        ("Applications", "I3", "missing"),
        ("Co-builders", "C3", "formula"),
        ("Co-builders", "D3", "missing"),
    ]


OUTSIDE = (
    *("../secret.txt", "/etc/hostname", "inner/../../secret.txt", "link.txt", "linked/secret.txt"),
    *("..\\secret.txt", "inner/../inner/proof.txt"),
)
UNREAD = ("inner", "none.txt")


@pytest.mark.parametrize("path", [*OUTSIDE, *UNREAD])
async def test_no_path_leads_out_of_the_folder_of_the_table(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "handed-in"
    (folder / "inner").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("of whoever imports", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "linked").symlink_to(tmp_path)
    (folder / "inner" / "proof.txt").write_text("ours", encoding="utf-8")
    (folder / "within.txt").symlink_to(folder / "inner" / "proof.txt")
    sound = {**SOUND, "evidence": [{"file": "inner\\proof.txt"}]}
    assert await list_faults(folder, a=sound, b={**SOUND, "seals": {"file": "within.txt"}}) == []
    found = await list_faults(folder, a={**SOUND, "evidence": [{"file": path}]})
    assert found == [("Applications", "O2", "file-unread" if path in UNREAD else "file-outside")]


def change_cells(body: bytes, *cells: tuple[str, str, str]) -> bytes:
    """Return the file with other texts at some places."""
    book = load_workbook(io.BytesIO(body))
    for sheet, cell, text in cells:
        page = book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet)
        page[cell] = text
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


BODY = write_book(ONE_TEXT, RULES, {"a": SOUND, "b": SOUND})
TITLES = [column.title[0] for column in sheets_of(ONE_TEXT, RULES).main.columns]


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ([("Applications", "A3", "a")], [("A3", "cell-repeated")]),
        ([("Applications", "A3", "")], [("A3", "cell-missing")]),
        ([("Applications", "A3", "b" * 41)], [("A3", "row-id-unfit")]),
        ([("Applications", "A3", "b\u202ec")], [("A3", "row-id-unfit")]),
        ([("Applications", "B1", "Phone")], [("B1", "column-unknown")]),
        ([("Applications", "D1", "")], [("D1", "column-unknown"), ("1", "column-missing")]),
        ([("Co-builders", "A2", "c"), ("Co-builders", "B2", "X")], [("A2", "row-unknown")]),
        ([("Co-builders", "B2", "X")], [("A2", "cell-missing")]),
        ([("Cobuilders", "A1", "Row id")], [("", "sheet-unknown")]),
        ([("co_builders", "A1", "Row id")], [("", "sheet-unknown")]),
        ([("# notes", "A1", "ours"), ("填写说明", "A1", "help")], []),
    ],
)
def test_what_belongs_nowhere_is_told(
    cells: list[tuple[str, str, str]], faults: list[tuple[str, str]]
) -> None:
    table = match_form_table(
        parse_sheets(change_cells(BODY, *cells)), ONE_TEXT, sheets_of(ONE_TEXT, RULES), 0
    )
    assert [(fault.cell, fault.code) for found in table.faults for fault in found] == faults


def test_a_formula_a_huge_number_and_a_day_of_1900_are_told_or_taken_for_what_they_show() -> None:
    cells = [("Applications", "J2", "=1+1"), ("Applications", "K2", "=cmd|' /c calc'!A0")]
    book = load_workbook(io.BytesIO(change_cells(BODY, *cells)))
    page = book["Applications"]
    page["L2"], page["M2"] = 10**18, 1.5
    page["M2"].number_format = "yyyy-mm-dd"
    target = io.BytesIO()
    book.save(target)
    table = match_form_table(parse_sheets(target.getvalue()), ONE_TEXT, sheets_of(ONE_TEXT, RULES), 0)
    lossy = [fault.cell for fault in table.faults[0] if fault.code == "cell-lossy"]
    assert lossy == ["J2", "K2", "L2"]
    assert table.applications[0].typed["fund_yuan"].startswith("1900-01-01")


async def test_what_turns_a_text_around_is_told(tmp_path: Path) -> None:
    (tmp_path / "pledge.txt").write_text("We pledge", encoding="utf-8")
    _, form = one_text(tmp_path, a=SOUND)
    body = change_cells(BODY, ("Applications", "N3", "a\u202eb"))
    table = match_form_table(parse_sheets(body), ONE_TEXT, sheets_of(ONE_TEXT, RULES), 0)
    await check_rows(table, fill_beside(form, tmp_path))
    assert [(fault.cell, fault.code) for fault in table.faults[0]] == [("N3", "hidden-character")]


async def test_a_marked_copy_holds_every_sheet_and_imports_once_mended(tmp_path: Path) -> None:
    faulty = {**SOUND, "co_builders": [{"code": "B", "kind": "k"}]}
    table, form = one_text(tmp_path, a=faulty)
    await check_rows(table, fill_beside(form, tmp_path))
    marked = mark_sheets(table.sheets, 0)
    page = load_workbook(io.BytesIO(marked))["Co-builders"]
    assert page["D2"].comment is not None
    assert page["D2"].comment.text == "“Co-builders” not answered yet: fill it in."
    mended = change_cells(marked, ("Co-builders", "D2", "CN-BJ"))
    again = match_form_table(parse_sheets(mended), ONE_TEXT, sheets_of(ONE_TEXT, RULES), 0)
    assert await check_rows(again, fill_beside(form, tmp_path)) != []
    assert not any(again.faults)


def test_all_sheets_of_a_file_together_are_limited() -> None:
    with pytest.raises(TableRefused) as refused:
        parse_sheets(change_cells(BODY, *((f"# {number}", "A1", "x") for number in range(100))))
    assert refused.value.code == "table-too-many-sheets"


def test_titles_that_could_be_taken_for_each_other_are_told_by_code() -> None:
    field = {"kind": "text", "en": "Row id", "zh": "名称"}
    fields = [{**field, "code": "one"}, {**field, "code": "two", "en": "*# "}]
    section = {"code": "s", "en": "S", "zh": "S", "fields": fields}
    form = Form.model_validate({"version": "v", "en": "F", "zh": "F", "sections": [section]})
    titles = [column.title for column in sheets_of(form, RULES).main.columns]
    assert titles == [(KEY, KEY), ("one", "one"), ("two", "two")]
