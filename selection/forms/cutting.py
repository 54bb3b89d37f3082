"""Lists of answers, cut where they have more than the form takes.

One more than it takes is kept, so that the check still finds it. What lies beyond could only cost: whether all entries
are different is found by comparing each with each.
"""

from selection.forms.choices import Choices, option_codes
from selection.forms.fields import Asked, ChoiceField, FileField, PeopleField, TableField, UnitField
from selection.forms.form import Form
from selection.forms.json_text import Json


def cut_lists(form: Form, choices: Choices, answers: Json) -> Json:
    """Return the answers with every list that is too long cut behind the first entry too many."""
    if not isinstance(answers, dict):
        return answers
    return {code: _cut(form.by_code.get(code), choices, answer) for code, answer in answers.items()}


def _cut(field: Asked | None, choices: Choices, answer: Json) -> Json:
    if field is None or not isinstance(answer, list):
        return answer
    kept = answer[: _most(field, choices) + 1]
    return [_cut_row(field, choices, row) for row in kept] if isinstance(field, TableField) else kept


def _cut_row(field: TableField, choices: Choices, row: Json) -> Json:
    if not isinstance(row, dict):
        return row
    columns: dict[str, Asked] = {column.code: column for column in field.columns}
    return {code: _cut(columns.get(code), choices, answer) for code, answer in row.items()}


def _most(field: Asked, choices: Choices) -> int:
    match field:
        case TableField():
            return field.rows
        case ChoiceField():
            return field.most or len(option_codes(field, choices))
        case FileField() | UnitField() | PeopleField():
            return field.most
    # No list at all: whatever it holds.
    return 1
