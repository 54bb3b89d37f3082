"""YAML or JSON that people wrote, as plain data, checked against a model; no value of it is echoed."""

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from selection.kernel.yaml_events import events_of
from selection.refusals.refused import Refused
from selection.refusals.unreadable import field_names, refuse_unreadable

WHOLE_FILE = "(file)"
"""Stands for the file in a refusal: its name may be somebody's, and refusals are recorded."""

DEPTH_LIMIT = 100
"""How deep lists and mappings of a file may stand in each other; the longest form needs eight."""

KEY = "[key]"
"""What pydantic calls a key that does not fit, beside those that hold a value which does not."""

M = TypeVar("M", bound=BaseModel)


class _Facts(yaml.CSafeLoader):
    """YAML without dates or binary floats: a number with a point stays the text that was written."""


_Facts.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":float"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _TypedText(_Facts):
    """What people typed, as they typed it: texts, and nothing where they left it blank. A key stands once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if len(set(keys)) != len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key twice", node.start_mark)
        return super().construct_mapping(node, deep)


_TypedText.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":merge"))]
    for first, resolvers in _Facts.yaml_implicit_resolvers.items()
}


def parse_facts(text: str) -> Any:
    """Return the data of YAML or JSON. Raises Refused unreadable with the line."""
    return _parse(text, _Facts)


def parse_typed(text: str) -> Any:
    """Return what people typed into YAML or JSON, all of it as texts. Raises Refused unreadable with the line.

    So that a number with a leading 0, or a word that YAML takes for yes or no, is what was typed.
    """
    return _parse(text, _TypedText)


def _parse(text: str, loader: type[_Facts]) -> Any:
    try:
        _refuse_unsafe(text)
        return yaml.load(text, Loader=loader)  # noqa: S506  a SafeLoader that allows even less
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise Refused("unreadable", places=f"{WHOLE_FILE} line {line}") from None
    except (yaml.YAMLError, ValueError):
        raise Refused("unreadable", places=WHOLE_FILE) from None


def _refuse_unsafe(text: str) -> None:
    """Refuse aliases, which blow a small text up, and nesting that exhausts the stack. Raises YAMLError, ValueError."""
    for event, depth in events_of(text):
        if isinstance(event, yaml.AliasEvent) or depth > DEPTH_LIMIT:
            raise yaml.YAMLError("an alias, or too deep")


def check_data(model: type[M], data: Any) -> M:
    """Return data as a model; raises Refused unreadable with every faulty place.

    A key that the model does not know is told as unknown: it goes into the record, and may be somebody's name.
    """
    try:
        return model.model_validate(data)
    except ValidationError as fault:
        raise refuse_unreadable(fault, _names(model)) from None


@cache
def _names(model: type[BaseModel]) -> frozenset[str]:
    return field_names(model) | {KEY}
