"""Files that people hand in as tables: read as they were typed, or refused with a code."""

import io
import json
import zipfile
from datetime import date, datetime
from threading import get_ident
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st
from openpyxl import Workbook

from starter.imports.filled_table import read_filled
from tables import child, reading
from tables.child import parse_table
from tables.grid import COLUMN_LIMIT, ROW_LIMIT, Grid, TableRefused, column_letters
from tables.layout import Column, FilledRow, Layout
from tables.sentences import REFUSALS
from tables.xlsx_parts import UNPACKED_LIMIT

pytestmark = pytest.mark.long

TYPED = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), max_size=20)
CELLS = TYPED.map(str.strip).filter(lambda text: not text.startswith(("'", "#", "=")))
TABLES = st.lists(st.lists(CELLS, min_size=2, max_size=4).map(tuple), min_size=1, max_size=5)


def book(*rows: tuple[Any, ...], title: str = "people") -> bytes:
    made = Workbook()
    page = made.worksheets[0]
    page.title = title
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = page.cell(number, column)
            cell.value = value
            if isinstance(value, str) and not value.startswith("=!"):
                cell.data_type = "s"
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def test_what_was_typed_is_read_whatever_its_kind() -> None:
    row = ("91110000600037341L", 34, 21000000.0, 0.1, date(2026, 7, 1), datetime(2026, 7, 1, 9, 30), True)
    grid = parse_table(book(("a", "b"), row))
    assert grid.rows[1] == (
        *("91110000600037341L", "34", "21000000", "0.1", "2026-07-01", "2026-07-01T09:30:00", "true"),
    )
    assert grid.sheet == "people"
    assert not grid.lossy


def test_digits_that_a_spreadsheet_dropped_are_not_taken_for_a_code() -> None:
    grid = parse_table(book(("code",), (911100006000373412.0,), ("#REF!",)))
    assert grid.lossy == {(2, 1), (3, 1)}


def test_a_sheet_is_found_by_name() -> None:
    body = book(("a",), title="one")
    assert parse_table(body, "one").rows == (("a",),)
    with pytest.raises(TableRefused) as refused:
        parse_table(body, "two")
    assert (refused.value.code, refused.value.params) == ("table-no-sheet", {"sheets": "one"})


def test_a_sheet_that_nobody_sees_is_read_by_its_name_alone() -> None:
    made = Workbook()
    hidden, seen = made.worksheets[0], made.create_sheet("seen")
    for page, text in ((hidden, "nobody sees this"), (seen, "a")):
        page.cell(1, 1).value = text
    hidden.title, hidden.sheet_state = "hidden", "veryHidden"
    target = io.BytesIO()
    made.save(target)
    assert parse_table(target.getvalue()).rows == (("a",),)
    assert parse_table(target.getvalue(), "hidden").rows == (("nobody sees this",),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("parted_by", [",", ";", "\t"])
def test_csv_is_read_as_spreadsheets_write_it(encoding: str, parted_by: str) -> None:
    text = parted_by.join(("编号", "姓名")) + "\r\n" + parted_by.join(("p-1", '"王, ""小""; 明\t"')) + "\r\n"
    assert parse_table(text.encode(encoding)).rows == (("编号", "姓名"), ("p-1", '王, "小"; 明'))


@given(TABLES)
def test_both_formats_give_the_same_rows(rows: list[tuple[str, ...]]) -> None:
    import csv

    # What parts the cells is told by the headings, which hold none of these.
    assume(not any(mark in cell for cell in rows[0] for mark in ";\t"))
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    from_csv = parse_table(target.getvalue().encode("utf-8-sig")).rows
    padded = [tuple(cell for cell in row) for row in rows]
    assert [tuple(row) for row in from_csv] == padded
    width = max(len(row) for row in rows)
    from_xlsx = parse_table(book(*(row + ("",) * (width - len(row)) for row in rows))).rows
    expected = [tuple(row) + ("",) * (width - len(row)) for row in rows]
    while expected and not any(expected[-1]):
        expected.pop()
    assert [row + ("",) * (width - len(row)) for row in from_xlsx] == expected


def squeeze(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out,
        zipfile.ZipFile(io.BytesIO(book(("a",)))) as of,
    ):
        for part in of.namelist():
            out.writestr(
                part, parts.get("sheet", b"") if part.endswith("sheet1.xml") and parts else of.read(part)
            )
        for name, body in parts.items():
            if name != "sheet":
                out.writestr(name, body)
    return target.getvalue()


def sheet(rows: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()


LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
    + b"]><x>&a8;</x>"
)
"""Two hundred bytes that unfold to a billion."""
HOSTILE = {
    "nothing": (b"PK", "table-malformed"),
    "a program": (b"\x7fELF" + bytes(range(256)), "table-not-text"),
    "no workbook": (b"PK\x03\x04" + b"\0" * 30, "table-malformed"),
    "an open quote": (b'a,b\n"x,y\n', "table-malformed"),
    "broken sheet": (squeeze(sheet=b"<worksheet><row>"), "table-malformed"),
    "entities": (squeeze(sheet=LAUGHS), "table-doctype"),
    "an encoding that nobody knows": (
        squeeze(sheet=b'<?xml version="1.0" encoding="rot13"?>' + sheet("")),
        "table-malformed",
    ),
    "a bomb": (squeeze(bomb=b"\0" * (UNPACKED_LIMIT + 1)), "table-unpacks-too-large"),
    "a million parts": (squeeze(**{f"p{n}": b"" for n in range(1_100)}), "table-unpacks-too-large"),
    "a cell far to the right": (
        squeeze(sheet=sheet('<row r="1"><c r="XFD1" t="str"><v>x</v></c></row>')),
        "table-too-many-columns",
    ),
    "too many rows": (b"a\n" * (ROW_LIMIT + 1), "table-too-many-rows"),
    "too many columns": (b"," * COLUMN_LIMIT, "table-too-many-columns"),
    "a huge cell": (b"a,b\n" + b"x" * 40_000 + b",y\n", "table-cell-too-long"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_code(name: str) -> None:
    body, code = HOSTILE[name]
    with pytest.raises(TableRefused) as refused:
        parse_table(body)
    assert refused.value.code == code
    assert code in REFUSALS


def test_a_cell_far_below_ends_nothing_and_costs_nothing() -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="1048576"><c r="A1048576" t="str"><v>z</v></c></row>'
    assert parse_table(squeeze(sheet=sheet(rows))).rows == (("a",),)


def test_columns_have_their_letters() -> None:
    assert [column_letters(number) for number in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


@pytest.mark.parametrize("grids", [
    (Grid("a", (("x" * 32_000,) * 3, ("y",), *[("z" * 30,) * 200] * 30), frozenset({(1, 1), (2, 1), (33, 200)})),),
    (Grid("one", ()), Grid("two", (("a",),)), Grid("three", ((), ("b",)), frozenset({(2, 1)}))),
    (),
])  # fmt: skip
def test_what_is_read_comes_back_whole_in_pieces_that_are_small(
    grids: tuple[Grid, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "parse_sheets", lambda _: grids)
    pieces = list(child.answer("all", None, b""))
    assert reading._join(b"".join(json.dumps(piece).encode() + b"\n" for piece in pieces)) == grids
    for piece in pieces:
        cells = [text for row in piece["rows"] for text in row]
        assert len(piece["rows"]) <= 1 or len(cells) + sum(map(len, cells)) <= 20_000


async def test_neither_an_answer_nor_its_rows_are_gone_through_where_pages_are_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads: dict[str, int] = {}
    join = reading._join

    def join_noting(answer: bytes) -> tuple[Grid, ...]:
        threads["join"] = get_ident()
        return join(answer)

    def make(row: FilledRow) -> str:
        threads["make"] = get_ident()
        return row.values["code"]

    monkeypatch.setattr(reading, "_join", join_noting)
    layout = Layout("t", ("T", "表"), (Column("code", ("Code", "编号"), ("", ""), True),), ("x",))
    read = await read_filled(b"Code\nabc\n", layout, make)
    assert [item for _, item in read.items] == ["abc"]
    assert threads.keys() == {"join", "make"}
    assert get_ident() not in threads.values()
