"""Units as a table: every fault at its cell with its cure, what changes and in which order, nothing twice."""

import csv
import io

import pytest

from selection.decision.register_views import UnitFact
from selection.register.unit_commands import UnitEntry
from starter.imports.filled_table import fill_rows
from starter.imports.units import LAYOUT, find_faults, make_typed, plan_entries
from tables.child import parse_table
from tables.grid import TableFault
from tables.layout import match_layout
from tables.marking import mark_sheets
from tables.sentences import describe_fault
from tables.template import template_csv, template_xlsx
from tables.writing import export_table

A, B, C, D = "99SYNTHA", "99SYNTHB", "99SYNTHC", "99SYNTHD"
HEADING = ("code", "name_zh", "name_en", "kind", "parents", "state")
Known = dict[str, UnitFact]


def body(*rows: tuple[str, ...], heading: tuple[str, ...] = HEADING) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows([heading, *rows])
    return target.getvalue().encode()


def fact(code: str, version: int, *parents: str, name: str = "") -> UnitFact:
    return UnitFact(code=code, name_en=name or code, parents=parents, version=version)


def make_known(*facts: UnitFact) -> Known:
    return {item.code: item for item in facts}


def faults_of(given: bytes, register: Known | None = None, lang: int = 0) -> list[TableFault]:
    return find_faults(fill_rows(parse_table(given), LAYOUT, make_typed), register or {}, lang)


def plan(given: bytes, register: Known | None = None) -> list[UnitEntry]:
    read = fill_rows(parse_table(given), LAYOUT, make_typed)
    assert find_faults(read, register or {}, 0) == []
    return plan_entries([item for _, item in read.items], register or {})


def register_after(entries: list[UnitEntry], before: Known) -> Known:
    """The register as the acts would leave it, each parent there before what belongs to it."""
    found = dict(before)
    for item in entries:
        assert item.replaces == (found[item.code].version if item.code in found else 0)
        assert all(parent in found for parent in item.parents)
        told = item.model_dump(exclude={"replaces"})
        found[item.code] = UnitFact(**told, version=len(found) + 100)
    return found


@pytest.mark.parametrize("lang", [0, 1])
@pytest.mark.parametrize("make", [template_xlsx, template_csv])
def test_a_template_imports_as_it_is_and_holds_nothing(lang: int, make: object) -> None:
    assert callable(make)
    matched = match_layout(parse_table(make(LAYOUT, lang)), LAYOUT, lang)
    assert (matched.rows, matched.faults) == ((), ())


FAULTY = body(
    (A, "甲", "", "", "", ""),
    (" 99syntha\u3000", "again", "", "", "", ""),
    ("９９SYNTHA", "and again", "", "", "", ""),
    ("91110000MA01ABCD6F", "mistyped", "", "", "", ""),
    (B, "", "", "no kind", "99SYNTHX", "gone"),
    (C, "=1+1", "a\u202eb", "", f"{D} {D}", ""),
    (D, "丁", "", "", C, ""),
    ("", "no code", "", "", "lei:1", ""),
)
FOUND = [
    *(("A3", "cell-repeated"), ("A4", "cell-repeated"), ("A5", "code-check-digit")),
    ("F6", "cell-choice"),
    *(("B7", "formula"), ("C7", "hidden-character"), ("E7", "repeated"), ("E7", "unit-circle")),
    *(("E8", "unit-circle"), ("A9", "cell-missing")),
]


@pytest.mark.parametrize("lang", [0, 1])
def test_every_fault_is_told_at_once_with_its_cell_and_what_to_do(lang: int) -> None:
    found = faults_of(FAULTY, lang=lang)
    assert {(fault.cell, fault.code) for fault in found} >= set(FOUND)
    sentences = [describe_fault(fault, lang) for fault in found]
    assert all(len(text) > 5 and "{" not in text for text in sentences)
    assert all(
        ("。" in text or "请" in text) if lang else text[0].isupper() or text[0] == "9" for text in sentences
    )


@pytest.mark.parametrize(
    ("row", "cell", "code"),
    [
        ((A, "", "", "", "", ""), "B2", "missing"),
        ((A, "甲", "", "x y", "", ""), "D2", "cell-unfit"),
        ((A, "甲", "", "", A, ""), "E2", "unit-circle"),
        ((A, "甲", "", "", B, ""), "E2", "unit-parent-unknown"),
        ((A, "甲", "", "", "nothing", ""), "E2", "code-length"),
        ((A, "甲", "", "", " ".join(f"99SYNTH{n}" for n in range(11)), ""), "E2", "cell-unfit"),
        ((A, "甲" * 201, "", "", "", ""), "B2", "too-long"),
        (("\u200b", "甲", "", "", "", ""), "A2", "code-length"),
        (("foreign:de", "甲", "", "", "", ""), "A2", "code-form"),
        (("other:1", "甲", "", "", "", ""), "A2", "scheme-not-allowed"),
    ],
)
def test_what_is_a_fault(row: tuple[str, ...], cell: str, code: str) -> None:
    assert (cell, code) in [(fault.cell, fault.code) for fault in faults_of(body(row))]


def test_a_circle_over_what_is_registered_is_a_fault() -> None:
    register = make_known(fact(A, 4, B), fact(B, 5))
    found = faults_of(body((B, "", "b", "", A, "")), register)
    assert [(fault.cell, fault.code) for fault in found] == [("E2", "unit-circle")]


def test_a_marked_copy_is_a_table_with_the_same_faults() -> None:
    marked = mark_sheets([(parse_table(FAULTY), faults_of(FAULTY))], 0)
    again = {(fault.cell, fault.code) for fault in faults_of(marked)}
    # What nobody would see is not written into the copy.
    assert again >= {*FOUND} - {("C7", "hidden-character")}


def test_parents_come_before_what_belongs_to_them_in_whatever_order_they_stand() -> None:
    given = body(
        (C, "丙", "", "", B, ""), (B, "乙", "", "", A, ""), (D, "丁", "", "", f"{B} {C}", ""), (A, "甲")
    )
    entries = plan(given)
    assert [item.code for item in entries].index(A) == 0
    register_after(entries, {})


def test_what_turns_around_over_the_register_never_makes_a_circle_on_the_way() -> None:
    """C belonged to B and B to A; A comes under C, and C under nothing."""
    before = make_known(fact(A, 4), fact(B, 5, A), fact(C, 6, B))
    entries = plan(body((A, "", A, "", C, ""), (C, "", C, "", "", "")), before)
    assert [item.code for item in entries] == [C, A]
    register_after(entries, before)


def test_the_same_table_twice_registers_nothing_twice() -> None:
    given = body((B, "乙", "b", "institute", A.lower(), "ended"), (A, "甲", "", "", "", ""))
    register = register_after(plan(given), {})
    assert plan(given, register) == []
    assert (register[B].active, register[B].parents) == (False, (A,))


def test_only_what_changed_is_registered_anew_in_place_of_what_stands() -> None:
    before = make_known(fact(A, 4), fact(B, 5))
    [entry] = plan(body((A, "", A, "", "", ""), (B, "乙", B, "", "", "")), before)
    assert (entry.code, entry.name_zh, entry.replaces) == (B, "乙", 5)


def test_what_the_table_has_no_column_for_stays() -> None:
    before = make_known(fact(A, 4), fact(B, 5, A, name="kept").with_(kind="institute", active=False))
    [entry] = plan(body((B, "乙"), heading=("单位代码", "中文名称")), before)
    assert (entry.name_en, entry.kind, entry.parents, entry.active) == ("kept", "institute", (A,), False)


def test_the_register_as_it_is_exported_imports_and_changes_nothing() -> None:
    before = make_known(fact(A, 4).with_(kind="university"), fact(B, 5, A))
    rows = [{**item.model_dump(), "state": "active"} for item in before.values()]
    for suffix in (".xlsx", ".csv"):
        assert plan(export_table(suffix, "Units", LAYOUT.columns, rows, 1), before) == []
