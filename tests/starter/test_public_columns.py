"""What is public of applications, as columns of an export: for people in words, for programs as it was given."""

import json
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from reading.forms import publish_form
from reading.models import FilledForm, PublishedApplication, ShownApplication
from selection.forms.built_in import form_of
from starter.demo.example import load_example
from starter.imports.application_table import list_public
from starter.imports.applications import list_shown_columns
from tables.writing import export_json, export_xlsx

RULES = load_example().rules
FORM = publish_form(RULES, form_of(RULES.forms, "application"))
ANSWERS = {"direction": "=HYPERLINK", "bid": "joint"}


def make_published(number: str, answers: dict[str, Any] | None, *missing: str) -> PublishedApplication:
    filled = None if answers is None else FilledForm(round_form=FORM, answers=answers, missing=missing)
    return PublishedApplication(
        stream=f"application/r/{number}",
        row=ShownApplication(round="r", number=number),
        answers=filled,
    )


def test_answers_are_words_for_people_and_codes_for_programs() -> None:
    item = make_published("0001", ANSWERS)
    assert list_public(item, "zh")["public.bid"] == "联合申报"
    assert list_public(item, "en")["public.bid"] == "jointly with the co-builders"
    assert list_public(item, None) == {"public.direction": "=HYPERLINK", "public.bid": "joint"}
    assert list_public(make_published("0001", None), "en") == {}
    assert list_public(make_published("0001", {}, "summary"), "en") == {"public.summary": "erased since"}


def test_each_public_field_with_an_answer_is_a_column_after_the_others() -> None:
    items = (make_published("0001", None), make_published("0002", ANSWERS))
    rows = [{"number": item.row.number, **list_public(item, "en")} for item in items]
    columns = list_shown_columns(rows, items)
    assert [column.code for column in columns] == ["number", "public.direction", "public.bid"]
    [page, meaning] = load_workbook(BytesIO(export_xlsx("r", columns, rows, 1))).worksheets
    assert [cell.value for cell in page[1]] == ["编号", "研究方向", "申报方式"]
    # A spreadsheet runs nothing.
    assert page["B3"].data_type != "f"
    assert meaning.max_row == 4
    kept = json.loads(export_json(columns, rows))["rows"]
    assert [row.get("public.bid") for row in kept] == [None, "jointly with the co-builders"]
    assert list_shown_columns(rows[:1], items[:1]) == columns[:1]
