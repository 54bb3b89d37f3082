"""The validator of answers: JSON Schema 2020-12, which passes over what plainly fits.

Nearly all answers fit. For each value that it looks at the validator of `jsonschema` builds a validator of its own,
which takes most of the time of a check. Here an answer is compared first; whatever does not plainly fit, or has a
keyword that is not known here, goes to `jsonschema`, so that every fault is still its own.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

from selection.kernel.model import JsonObject

SAID = frozenset(
    {"title", "description", "format", "x-zh", "x-help-zh", "x-personal", "x-kept"}
    | {"x-first", "x-last", "x-schemes"}
    | {"x-lines", "x-words", "x-least-words", "x-measure", "x-measure-zh", "x-least", "x-most"}
    | {"x-types", "x-megabytes"}
)
"""What a schema says to people and to programs that lay out a form; it asks for nothing."""
_OF_TEXTS = frozenset({"type", "enum", "minLength", "maxLength", "pattern"}) | SAID
_OF_NUMBERS = frozenset({"type", "minimum", "maximum"}) | SAID
_OF_OBJECTS = frozenset({"type", "properties", "required", "additionalProperties", "minProperties"}) | SAID
_OF_LISTS = frozenset({"type", "items", "minItems", "maxItems", "uniqueItems"}) | SAID
Schema = JsonObject


def plainly_fits(value: object, schema: Schema) -> bool:
    """Tell whether a value fits a schema; False also where only the whole validator can tell."""
    match schema.get("type"):
        case "string":
            return isinstance(value, str) and schema.keys() <= _OF_TEXTS and _text_fits(value, schema)
        case "integer":
            return (
                isinstance(value, int)
                and not isinstance(value, bool)
                and schema.keys() <= _OF_NUMBERS
                and ("minimum" not in schema or schema["minimum"] <= value)
                and ("maximum" not in schema or value <= schema["maximum"])
            )
        case "object":
            return isinstance(value, dict) and schema.keys() <= _OF_OBJECTS and _object_fits(value, schema)
        case "array":
            return isinstance(value, list) and schema.keys() <= _OF_LISTS and _list_fits(value, schema)
    return False


def _text_fits(text: str, schema: Schema) -> bool:
    return (
        schema.get("minLength", 0) <= len(text)
        and ("maxLength" not in schema or len(text) <= schema["maxLength"])
        and ("enum" not in schema or text in schema["enum"])
        and ("pattern" not in schema or re.search(schema["pattern"], text) is not None)
    )


def _object_fits(value: JsonObject, schema: Schema) -> bool:
    """Objects with other properties than those that are named are for the validator to judge."""
    properties = schema.get("properties", {})
    return (
        len(value) >= schema.get("minProperties", 0)
        and all(name in value for name in schema.get("required", ()))
        and all(name in properties and plainly_fits(inner, properties[name]) for name, inner in value.items())
    )


def _list_fits(items: list[object], schema: Schema) -> bool:
    return (
        schema.get("minItems", 0) <= len(items)
        and ("maxItems" not in schema or len(items) <= schema["maxItems"])
        and (not schema.get("uniqueItems") or _are_different_texts(items))
        and all(plainly_fits(item, schema["items"]) for item in items)
    )


def _are_different_texts(items: list[object]) -> bool:
    return all(isinstance(item, str) for item in items) and len(set(items)) == len(items)


def _check_properties(
    validator: "Draft202012Validator", properties: Schema, answers: object, schema: Schema
) -> "Iterator[ValidationError]":
    if not isinstance(answers, dict):
        return
    for name, asked in properties.items():
        if name in answers and not plainly_fits(answers[name], asked):
            yield from validator.descend(answers[name], asked, path=name, schema_path=name)


@cache
def validator_of_answers() -> "type[Draft202012Validator]":
    """Return the validator that finds the same errors as Draft202012Validator, in the same order.

    What it is made of is loaded when a form is first checked: it takes a seventh of the time in which a command starts.
    """
    from jsonschema import Draft202012Validator, validators

    extend: Any = validators.extend
    made: type[Draft202012Validator] = extend(Draft202012Validator, {"properties": _check_properties})
    return made
