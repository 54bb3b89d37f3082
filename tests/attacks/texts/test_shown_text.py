"""Whoever writes a text cannot steer the terminal or run a formula on the machine of who reads it."""

import csv
import json
import sys
import unicodedata
from io import StringIO

import pytest

from audit.report.page import escape
from papers.text import replace_unprintable
from selection.kernel.hidden_characters import mark_hidden
from selection.rules.faults import RulesFaults
from selection.sealing import load_rules
from starter.cli.output import Output
from tables.child import parse_table
from tables.layout import Column
from tables.writing import export_xlsx, write_csv
from tests.rules_data import RULES_DATA

STEERING = (
    *(chr(code) for code in (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0))),
    *"\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    *(chr(code) for code in (0xAD, 0x200B, 0xFEFF, 0xE0001, *range(0xE0020, 0xE0080))),
)
"""Every C0 and C1 control but tab and line feed, both line separators, every bidi control of Unicode 15, and tags."""

FORMULAS = (
    *("=1+1", "+1", "-1", "@SUM(1)", "＝1+1", "＋1", "－1", "＠SUM(1)", "﹦1", "﹢1", "﹣1", "﹫1", "−1"),
    *(
        " =1",
        "\t=1",
        "\r=1",
        "\n=1",
        "\r\n=1",
        "\xa0=1",
        "\u3000＝1",
        "\u200b=1",
        "\ufeff=1",
        "\x00=1",
        "\u202e=1",
    ),
    *("\t1", "\r1", "\n1"),
)
SPLITTING = ("a;=1+1", "a; ＝1", "a\t=1+1", "a\n=1+1", "a\r\n@x", 'a";=1', "a\u2028=1")
"""What becomes a cell of its own where a spreadsheet parts cells by semicolons or tabs, as European ones do."""


def write_table(text: str) -> str:
    target = StringIO()
    write_csv(target, (Column("number", ("", ""), ("", "")),), [{"number": text}])
    return target.getvalue()


def starts_a_formula(cell: str) -> bool:
    shown = cell.lstrip("".join(chr(code) for code in range(0x21)) + "\x7f\xa0\u3000\u200b\ufeff\u202e")
    return cell[:1] in ("\t", "\r", "\n") or unicodedata.normalize("NFKC", shown)[:1] in (
        "=",
        "+",
        "-",
        "@",
        "−",
    )


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_starts_a_formula(text: str) -> None:
    _, (cell,) = csv.reader(StringIO(write_table(text), newline=""))
    assert not starts_a_formula(cell)


@pytest.mark.parametrize("text", SPLITTING)
@pytest.mark.parametrize("parted_by", [";", "\t"])
def test_no_cell_starts_a_formula_where_cells_are_parted_otherwise(text: str, parted_by: str) -> None:
    for line in write_table(text).splitlines():
        assert [cell for cell in line.split(parted_by) if starts_a_formula(cell.lstrip('"'))] == []


def test_a_cell_that_is_no_formula_is_written_as_it_is() -> None:
    for text in ("a=b", "0001", "A-1", "智能光影 (1+1)", "a@example.invalid"):
        assert write_table(text) == f"number\n{text}\n"


def test_a_cell_is_marked_as_on_the_terminal() -> None:
    assert write_table("a\x1b[2K\u202eb") == "number\na[U+001B][2K[U+202E]b\n"


@pytest.mark.parametrize("as_json", [False, True])
def test_no_answer_holds_a_character_that_steers(
    capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    forged = "".join(STEERING)
    out = Output("en", as_json=as_json)
    out.rows("events", ("why",), [{"why": forged}])
    out.fields("event", {"why": forged, forged: "why"})
    out.text("body", forged)
    out.finish()
    assert set(STEERING) & set(capsys.readouterr().out) == set()


def test_programs_get_back_exactly_what_was_written(capsys: pytest.CaptureFixture[str]) -> None:
    forged = "".join(STEERING) + "\\u202e\t\n�\U000e0041智"
    out = Output("en", as_json=True)
    out.text("body", forged)
    out.finish()
    said = capsys.readouterr().out
    assert json.loads(said) == {"body": forged}
    assert "智" in said


def test_a_file_does_not_steer_the_terminal_that_it_is_shown_on(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    forged = b"a\x1b[2Kb\xff"
    out = Output("en")
    out.pass_on("content", forged)
    sys.stdout.flush()
    assert capfdbinary.readouterr().out == forged
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    out.pass_on("content", forged)
    sys.stdout.flush()
    assert capfdbinary.readouterr().out.decode() == "a[U+001B][2Kb�\n"


@pytest.mark.parametrize("character", STEERING)
def test_cells_pages_and_papers_mark_a_character_in_the_same_way(character: str) -> None:
    marked = f"a[U+{ord(character):04X}]b"
    text = f"a{character}b"
    assert mark_hidden(text) == marked
    assert write_table(text) == f"number\n{marked}\n"
    columns = (Column("number", ("Number", "编号"), ("x", "x")),)
    assert parse_table(export_xlsx("x", columns, [{"number": text}], 0)).rows[1] == (marked,)
    assert escape(text) == marked
    if character != "\r":
        # A paper takes it for the end of a line.
        assert replace_unprintable(text, range(0x110000))[0] == marked


@pytest.mark.parametrize("sign", "\n\t\r\x1b\u202e\ufeff")
def test_a_title_of_the_rules_is_one_line_in_which_nothing_hides(sign: str) -> None:
    data = json.loads(json.dumps(RULES_DATA, default=str))
    data["title"]["en"] = f"a{sign}b"
    with pytest.raises(RulesFaults) as refused:
        load_rules(json.dumps(data))
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [("title.en", "hidden_character")]
