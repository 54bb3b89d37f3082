"""Tables to fill in: templates that import as they are, every fault at its place, marked copies, exports."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from selection.refusals.refused import Refused
from starter.cli.failures import CommandFailed
from starter.cli.output import Output
from starter.commands.register.person import read_people
from starter.imports.applications import COLUMNS
from starter.imports.filled_table import ImportOptions, fill_rows, take_filled
from starter.imports.people import LAYOUT, make_person, name_import
from tables.child import parse_table
from tables.grid import Grid, TableFault
from tables.layout import Column, Layout, match_layout
from tables.marking import mark_sheets
from tables.sentences import FAULTS, describe_fault
from tables.template import template_csv, template_xlsx
from tables.writing import export_json, export_xlsx

HEADING = "person,name,mail,language,roles\n"


@pytest.mark.parametrize("lang", [0, 1])
@pytest.mark.parametrize("make", [template_xlsx, template_csv])
def test_a_template_imports_as_it_is_and_holds_nobody(lang: int, make: object) -> None:
    assert callable(make)
    matched = match_layout(parse_table(make(LAYOUT, lang)), LAYOUT, lang)
    assert (matched.rows, matched.faults) == ((), ())
    assert matched.columns == {column.code: place for place, column in enumerate(LAYOUT.columns, 1)}


def test_the_example_of_a_template_would_be_taken() -> None:
    row = dict(zip((column.code for column in LAYOUT.columns), LAYOUT.example, strict=True))
    changed = {**row, "person": "p-1"}
    target = io.StringIO()
    csv.writer(target).writerows([list(changed), list(changed.values())])
    read = fill_rows(parse_table(target.getvalue().encode()), LAYOUT, make_person)
    assert [item.person for _, item in read.items] == ["p-1"]


def test_titles_in_either_language_and_any_order_are_known() -> None:
    chinese = "姓名 *,人员编号,身份,电子邮箱\n王,p-1,expert,w@bj.example\n".encode("gb18030")
    english = b"roles,Name,MAIL,Id\nexpert,\xe7\x8e\x8b,w@bj.example,p-1\n"
    people = [
        [item for _, item in fill_rows(parse_table(body), LAYOUT, make_person).items]
        for body in (chinese, english)
    ]
    assert people[0] == people[1] != []


def test_every_fault_is_told_at_its_place() -> None:
    body = HEADING + "p-1,A,a@x.example,fr,expert\np 2,,no address,,king\np-1,C,c@x.example,,expert\n"
    read = fill_rows(parse_table(body.encode()), LAYOUT, make_person)
    assert [(fault.cell, fault.code) for fault in read.faults] == [
        ("D2", "cell-choice"),
        ("A3", "cell-unfit"),
        ("B3", "cell-missing"),
        ("C3", "cell-unfit"),
        ("E3", "cell-unfit"),
    ]
    for fault in read.faults:
        for lang in (0, 1):
            assert "{" not in describe_fault(fault, lang)


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("person,name,mail", ["column-missing"]),
        ("person,name,mail,roles,Id", ["column-twice"]),
        ("person,name,mail,roles,phone", ["column-unknown"]),
        ("", ["column-missing"] * 4),
    ],
)
def test_a_wrong_heading_is_told_before_the_rows(heading: str, codes: list[str]) -> None:
    read = fill_rows(parse_table(f"{heading}\n,,,\n".encode()), LAYOUT, make_person)
    assert [fault.code for fault in read.faults] == codes


def test_nothing_that_was_filled_in_is_passed_over_in_silence() -> None:
    """A row of formulas without results, a heading that is one, and a column that nobody named."""
    made = Workbook()
    page = made.worksheets[0]
    for row in (
        ("person", "name", "mail", "roles", '=CONCATENATE("emp","loyer")', None),
        ("p-1", "A", "a@x.example", "expert", "91", "91"),
        ("=A2", "=B2", "=C2", "=D2", None, None),
    ):
        page.append(row)
    target = io.BytesIO()
    made.save(target)
    headings = [
        (fault.cell, fault.code)
        for fault in fill_rows(parse_table(target.getvalue()), LAYOUT, make_person).faults
    ]
    assert headings == [("E1", "cell-lossy"), ("F1", "column-unknown")]
    page.delete_cols(5, 2)
    target = io.BytesIO()
    made.save(target)
    rows = [
        (fault.cell, fault.code)
        for fault in fill_rows(parse_table(target.getvalue()), LAYOUT, make_person).faults
    ]
    assert rows == [(f"{letter}3", "cell-lossy") for letter in "ABCD"]


def test_each_sheet_of_a_file_is_an_import_of_its_own() -> None:
    names = [name_import(body, sheet) for body in (b"a", b"b") for sheet in (None, "one", "two")]
    assert len({*names}) == len(names)
    assert name_import(b"a", "one") == names[1]


def test_an_empty_table_is_a_fault() -> None:
    assert fill_rows(parse_table(HEADING.encode()), LAYOUT, make_person).faults == (
        TableFault(0, 0, "table-empty"),
    )


async def test_nobody_is_taken_while_one_row_is_wrong_and_the_marked_copy_can_be_mended(
    tmp_path: Path,
) -> None:
    file, marked = tmp_path / "people.csv", tmp_path / "marked.xlsx"
    file.write_text(HEADING + "p-1,A,a@x.example,,expert\np-1,B,b@x.example,,expert\n=1+1,C,c@x,,expert\n")
    out = Output("zh", as_json=True)
    with pytest.raises(CommandFailed, match="table-faulty"):
        await read_people(out, file, None, marked)
    assert [(fault["cell"], fault["code"]) for fault in out.document["faults"]] == [
        ("A4", "cell-unfit"),
        ("A3", "cell-repeated"),
    ]
    book = load_workbook(marked)
    page = book.worksheets[0]
    assert page["A4"].comment is not None
    assert page["A4"].fill.start_color.rgb == "FFFFC7CE"
    assert page["A4"].data_type == "s"
    assert "第 2 行" in str(page["F3"].value)
    page["A3"], page["A4"] = "p-2", "p-3"
    book.save(marked)
    assert [item.person for item in await read_people(Output("en"), marked)] == ["p-1", "p-2", "p-3"]


@pytest.mark.parametrize("sheet", ["", "'", "people/2026", "[a]:b*c?d\\e", "x" * 40])
@pytest.mark.parametrize("typed", ["\ufffe", "\uffff", "\x01", "a\ufffeb"])
def test_a_marked_copy_can_be_opened_whatever_was_typed(sheet: str, typed: str) -> None:
    grid = Grid(sheet, (("person", typed), (typed, "x")))
    marked = mark_sheets([(grid, [TableFault(1, 2, "column-unknown")])], 0)
    text = "".join(sign if sign in "ab" else f"[U+{ord(sign):04X}]" for sign in typed)
    assert [row[:2] for row in parse_table(marked).rows] == [("person", text), (text, "x")]


async def test_a_file_that_is_no_table_is_told_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "people.xlsx"
    file.write_bytes(b"PK")
    for lang in ("en", "zh"):
        with pytest.raises(CommandFailed) as failed:
            await take_filled(
                Output("zh" if lang == "zh" else "en"), file, LAYOUT, make_person, ImportOptions()
            )
        assert "XLSX" in failed.value.sentence(lang)


async def test_no_more_people_than_a_register_takes_at_once(tmp_path: Path) -> None:
    file = tmp_path / "people.yaml"
    file.write_text("[" + "1," * 20_001 + "]")
    with pytest.raises((Refused, CommandFailed)):
        await read_people(Output("en"), file)


def test_columns_that_could_be_taken_for_each_other_are_refused() -> None:
    twice = tuple(Column(code, ("Name", title), ("", "")) for code, title in (("a", "甲"), ("b", "乙")))
    with pytest.raises(ValueError, match="kind"):
        Layout("kind", ("", ""), twice, ("", ""))


ROW = {"number": "0001", "host": "=cmd|' /C calc'!A0", "reviewers": ["a", "b"], "score": None}


@pytest.mark.parametrize("lang", [0, 1])
def test_an_export_says_what_its_columns_mean_and_runs_nothing(lang: int) -> None:
    columns = tuple(column for column in COLUMNS if column.code in ROW)
    book = load_workbook(io.BytesIO(export_xlsx("r", columns, [ROW], lang)))
    page, meaning = book.worksheets
    shown = [[cell.value for cell in row] for row in page.iter_rows()]
    assert shown[0] == [column.title[lang] for column in columns]
    assert shown[1] == ["0001", "=cmd|' /C calc'!A0", None, "a b"]
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}
    assert [row[0].value for row in meaning.iter_rows(min_row=2)] == [column.code for column in columns]
    document = json.loads(export_json(columns, [ROW]))
    assert document["rows"] == [ROW]
    assert [column["code"] for column in document["columns"]] == [column.code for column in columns]


def test_the_dictionary_has_every_column_of_the_list() -> None:
    from reading.models import ShownApplication

    assert [column.code for column in COLUMNS] == list(ShownApplication.model_fields)
    for column in COLUMNS:
        assert all((*column.title, *column.help))


def test_every_fault_has_its_sentences() -> None:
    for english, chinese in FAULTS.values():
        assert english[-1] in ".}"
        assert chinese[-1] in "。}"
