"""Whether answers fit a form: by its JSON Schema, and by what no schema can say. Every fault is found."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from selection.forms.choices import Choices
from selection.forms.cutting import cut_lists
from selection.forms.faults import TYPES, AnswerFault, path_of
from selection.forms.fields import Asked, CreditCodeField, DateField, FileField, NumberField, TableField
from selection.forms.form import Form
from selection.forms.json_text import Json
from selection.forms.schema import schema_of
from selection.forms.validation.beside_schema import faults_beside
from selection.forms.validation.validating import validator_of_answers

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError


class AnswerChecker:
    """Checks answers against one form; made once for a form, as its schema is compiled."""

    def __init__(self, form: Form, choices: Choices) -> None:
        self.form = form
        self._choices = choices
        self._schema = validator_of_answers()(schema_of("application", form, choices))
        self._order = {code: number for number, code in enumerate(form.by_code)}

    def check(self, answers: Json) -> tuple[AnswerFault, ...]:
        """Return every fault, in the order of the form; none where the answers fit it."""
        answers = cut_lists(self.form, self._choices, answers)
        found: dict[tuple[str, str], AnswerFault] = {}
        for error in self._schema.iter_errors(answers):
            for fault in _faults_of(self.form, error):
                found.setdefault((fault.path, fault.code), fault)
        faulty = {path for path, _ in found}
        if isinstance(answers, dict):
            for fault in faults_beside(self.form, answers):
                if fault.path not in faulty:
                    found.setdefault((fault.path, fault.code), fault)
        return tuple(sorted(found.values(), key=self._place))

    def _place(self, fault: AnswerFault) -> int:
        return self._order.get(fault.path.partition(".")[0].partition("[")[0], -1)


def _faults_of(form: Form, error: "ValidationError") -> Iterator[AnswerFault]:
    """Yield what an error of the schema means; a key that somebody made up is not repeated."""
    place = tuple(error.absolute_path)
    path = path_of(place)
    keyword, wanted, found = _parts_of(error)
    match keyword:
        case "required":
            for name in wanted:
                if name not in found:
                    asked = _field_at(form, (*place, name))
                    said = {"said_as": "missing-file"} if isinstance(asked, FileField) else {}
                    yield AnswerFault(path_of((*place, name)), "missing", said)
        case "additionalProperties":
            yield AnswerFault(path_of((*place, "?")), "unknown-field")
        case "not":
            # What another answer says is not asked.
            [name] = wanted["required"]
            field = form.by_code[name]
            assert field.shown is not None
            yield AnswerFault(name, "not-asked", {"field": field.shown.field})
        case _:
            yield _FAULTS[keyword](path, wanted, _field_at(form, place))


def _parts_of(error: "ValidationError") -> tuple[str, Any, Any]:
    """Return the keyword that found an error, what it wants, and what stands there instead."""
    return str(error.validator), error.validator_value, error.instance


def _field_at(form: Form, place: tuple[str | int, ...]) -> Asked | None:
    """Return the field or the column that a place is within."""
    field = form.by_code.get(str(place[0])) if place else None
    if isinstance(field, TableField) and len(place) > 2:
        return next((column for column in field.columns if column.code == place[2]), None)
    return field


Finding = Callable[[str, object, Asked | None], AnswerFault]
"""From a path, what the keyword wants, and the field there."""


def _wrong_type(path: str, wanted: object, field: Asked | None) -> AnswerFault:
    english, chinese = TYPES[str(wanted)]
    params = {"wanted": english, "wanted_zh": chinese}
    if wanted == "integer" and isinstance(field, NumberField):
        params["said_as"] = "not-whole"
    return AnswerFault(path, "wrong-type", params)


def _out_of_range(relation: tuple[str, str]) -> Finding:
    def fault(path: str, limit: object, field: Asked | None) -> AnswerFault:
        params = {"relation": relation[0], "relation_zh": relation[1], "limit": str(limit)}
        return AnswerFault(path, "out-of-range", params)

    return fault


def _limit(code: str) -> Finding:
    return lambda path, limit, field: AnswerFault(path, code, {"limit": str(limit)})


def _plain(code: str) -> Finding:
    return lambda path, wanted, field: AnswerFault(path, code)


def _not_matched(path: str, wanted: object, field: Asked | None) -> AnswerFault:
    match field:
        case NumberField():
            return AnswerFault(path, "not-a-number", {"places": str(field.places)})
        case DateField():
            return AnswerFault(path, "not-a-date")
        case CreditCodeField():
            return AnswerFault(path, "code-form")
    return AnswerFault(path, "malformed")


_FAULTS: Mapping[str, Finding] = {
    "type": _wrong_type,
    "enum": _plain("not-a-choice"),
    "minLength": _plain("empty"),
    "minProperties": _plain("empty"),
    "maxLength": _limit("too-long"),
    "pattern": _not_matched,
    "minimum": _out_of_range(("at least", "不小于")),
    "maximum": _out_of_range(("at most", "不大于")),
    "minItems": _limit("too-few"),
    "maxItems": _limit("too-many"),
    "uniqueItems": _plain("repeated"),
}
"""What a keyword of the schema finds."""
