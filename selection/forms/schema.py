"""The JSON Schema (2020-12) of a form's answers: what is checked here, and what other systems may check before.

What no schema can say is written beside it as `x-` annotations: words, hidden characters, check digits of codes.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from selection.forms.choices import Choices, option_codes
from selection.forms.fields import (
    Asked,
    ChoiceField,
    CreditCodeField,
    DateField,
    FileField,
    NumberField,
    PeopleField,
    PersonField,
    TableField,
    TextField,
    UnitField,
)
from selection.forms.form import Form, FormName
from selection.kernel.model import JsonObject

DIALECT = "https://json-schema.org/draft/2020-12/schema"
END = r"$(?!\n)"
"""The end of a text; `$` alone lets a last line break pass in some readers of schemas, Python's among them."""
DATE = f"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{END}"
MONTH = f"^[0-9]{{4}}-(0[1-9]|1[0-2]){END}"
PERSON = f"^[A-Za-z0-9][A-Za-z0-9._-]{{0,63}}{END}"
HASH = f"^[0-9a-f]{{64}}{END}"
NAME = 200
Schema = JsonObject


def schema_of(name: FormName, form: Form, choices: Choices) -> Schema:
    """Return the schema of a form's answers; `choices` are the rules' own lists that its fields may take from."""
    conditions = list(_conditions(form))
    return {
        "$schema": DIALECT,
        "$id": f"urn:center-selection:form:{name}:{form.version}",
        "title": form.en,
        "x-zh": form.zh,
        "x-version": form.version,
        **_object(form.fields(), choices, [field.code for field in form.fields() if _always(field)]),
        **({"allOf": conditions} if conditions else {}),
    }


def _always(field: Asked) -> bool:
    return field.required and field.shown is None


def _conditions(form: Form) -> Iterator[Schema]:
    """Yield, for each field that is not always asked, when it is: and then whether it must be answered."""
    for field in form.fields():
        if field.shown is None:
            continue
        on = form.by_code[field.shown.field]
        wanted = {"enum": list(field.shown.one_of)}
        chosen = {"contains": wanted} if isinstance(on, ChoiceField) and on.many else wanted
        yield {
            "if": {"properties": {on.code: chosen}, "required": [on.code]},
            **({"then": {"required": [field.code]}} if field.required else {}),
            "else": {"not": {"required": [field.code]}},
        }


def _object(fields: Iterator[Asked] | Sequence[Asked], choices: Choices, required: list[str]) -> Schema:
    properties = {field.code: {**_labels(field), **_value(field, choices)} for field in fields}
    return {
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _labels(field: Asked) -> Schema:
    helped = {"description": field.help.en, "x-help-zh": field.help.zh} if field.help else {}
    apart = {"x-personal": True} if field.personal or isinstance(field, PersonField) else {}
    stays = {"x-kept": True} if field.kept else {}
    return {"title": field.en, "x-zh": field.zh, **helped, **apart, **stays}


def _value(field: Asked, choices: Choices) -> Schema:
    match field:
        case TextField():
            return _text(field)
        case NumberField():
            return _number(field)
        case DateField():
            limits = {"x-first": field.first, "x-last": field.last}
            days = {key: day.isoformat() for key, day in limits.items() if day is not None}
            return {"type": "string", "format": "date", "pattern": DATE, **days}
        case ChoiceField():
            option = {"type": "string", "enum": list(option_codes(field, choices))}
            return _several(option, field.most or len(option["enum"])) if field.many else option
        case FileField():
            return _several(_file(field), field.most) if field.many else _file(field)
        case UnitField():
            return _several(_unit(field), field.most) if field.many else _unit(field)
        case CreditCodeField():
            return {"type": "string", "minLength": 1, "maxLength": 100, "x-schemes": list(field.schemes)}
        case PersonField():
            return _person(field)
        case PeopleField():
            return _several({"type": "string", "pattern": PERSON}, field.most)
        case TableField():
            required = [column.code for column in field.columns if column.required]
            row = {**_object(field.columns, choices, required), "minProperties": 1}
            least = max(field.least, 1) if field.required else field.least
            return {"type": "array", "items": row, "minItems": least, "maxItems": field.rows}
    raise TypeError(type(field).__name__)


def _several(item: Schema, most: int) -> Schema:
    return {"type": "array", "items": item, "minItems": 1, "maxItems": most, "uniqueItems": True}


def _text(field: TextField) -> Schema:
    counts = {"x-words": field.words, "x-least-words": field.least_words}
    said = {key: count for key, count in counts.items() if count is not None}
    return {"type": "string", "minLength": 1, "maxLength": field.characters, "x-lines": field.lines, **said}


def _number(field: NumberField) -> Schema:
    measure = {"x-measure": field.measure.en, "x-measure-zh": field.measure.zh} if field.measure else {}
    if field.places:
        limits = {"x-least": field.least, "x-most": field.most}
        said = {key: str(limit) for key, limit in limits.items() if limit is not None}
        pattern = rf"^-?(0|[1-9][0-9]{{0,14}})(\.[0-9]{{1,{field.places}}})?{END}"
        return {"type": "string", "pattern": pattern, **said, **measure}
    bounds = {"minimum": field.least, "maximum": field.most}
    whole = {key: _whole(limit) for key, limit in bounds.items() if limit is not None}
    return {"type": "integer", **whole, **measure}


def _whole(limit: Decimal) -> int:
    """Return a limit of whole numbers, which a fault of the form's definition says is whole."""
    return int(limit)


def _file(field: FileField) -> Schema:
    return {
        "type": "object",
        "properties": {
            "id": {"type": "string", "minLength": 1, "maxLength": 100},
            "sha256": {"type": "string", "pattern": HASH},
        },
        "required": ["id", "sha256"],
        "additionalProperties": False,
        "x-types": list(field.types),
        "x-megabytes": field.megabytes,
    }


def _unit(field: UnitField) -> Schema:
    name = {"type": "string", "minLength": 1, "maxLength": NAME}
    kind = (
        {"enum": [kind.code for kind in field.kinds]} if field.kinds else {"minLength": 1, "maxLength": 100}
    )
    return {
        "type": "object",
        "properties": {
            "code": {"type": "string", "minLength": 1, "maxLength": 100},
            "kind": {"type": "string", **kind},
            "region": {"type": "string", "minLength": 1, "maxLength": 100},
            "name_en": name,
            "name_zh": name,
        },
        "required": ["code", "kind", "region"],
        "additionalProperties": False,
        "x-schemes": list(field.schemes),
        **({"x-registered": True} if field.registered else {}),
    }


def _person(field: PersonField) -> Schema:
    text = {"type": "string", "minLength": 1, "maxLength": NAME}
    details: Schema = dict.fromkeys(field.asks, text)
    if "born" in details:
        details["born"] = {"type": "string", "pattern": MONTH}
    return {
        "type": "object",
        "properties": {"name": text, "person": {"type": "string", "pattern": PERSON}, **details},
        "required": ["name", *field.asks],
        "additionalProperties": False,
    }
