"""A rules text as plain data with the line of each value: YAML, kept to what needs no trust in its writer."""

import re
from collections.abc import Hashable
from datetime import date, datetime

import yaml

from selection.kernel.yaml_events import events_of
from selection.rules.faults import RulesFault, RulesFaults

LIMIT = 1_000_000
"""Bytes a rules file may have; the largest real one is a hundredth of this."""

Place = tuple[str | int, ...]

_DEPTH = 20
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}")
_DATE_TAG = "tag:yaml.org,2002:timestamp"


class RulesText:
    """The data of a rules text, the line of each place in it, and the faults of the text itself.

    Raises RulesFaults at once when the text is too large or is no YAML; a duplicate key, an impossible date
    and the like are kept in `faults` while the rest is still read.
    """

    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self.faults: list[RulesFault] = []
        _refuse_size(text)
        try:
            _refuse_unsafe(text)
            self._loader = yaml.CSafeLoader(text)
            node = self._loader.get_single_node()
            self.data = None if node is None else self._read(node, ())
        except yaml.MarkedYAMLError as fault:
            line = fault.problem_mark.line + 1 if fault.problem_mark else None
            raise RulesFaults((RulesFault("(file)", "syntax", line=line),)) from None
        except (yaml.YAMLError, UnicodeEncodeError):
            raise RulesFaults((RulesFault("(file)", "syntax"),)) from None

    def line_of(self, place: Place) -> int | None:
        """Return the line of the place, or of the nearest one around it that the text has."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)

    def _read(self, node: yaml.Node, place: Place) -> object:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._read_mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._read(item, (*place, index)) for index, item in enumerate(node.value)]
        return self._read_scalar(node, place)

    def _read_mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, object]:
        data: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            line = key_node.start_mark.line + 1
            if key in data:
                self.faults.append(RulesFault(path_text((*place, key)), "duplicate_key", line=line))
                continue
            self.lines[(*place, key)] = line
            data[key] = self._read(value_node, (*place, key))
        return data

    def _read_scalar(self, node: yaml.Node, place: Place) -> Hashable:
        try:
            value: Hashable = self._loader.construct_object(node)
        except ValueError:
            # An impossible date such as 2024-02-30, or a number of thousands of digits.
            code = "not_a_date" if node.tag == _DATE_TAG else "not_a_number"
            self.faults.append(RulesFault(path_text(place), code, line=node.start_mark.line + 1))
            return None
        return value if isinstance(value, str | int | float | date | datetime | None) else "?"


def path_text(place: Place) -> str:
    """Return a place as people write it, `approval[0].needed`; a key that is no plain word shows as `?`."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += ("." if text else "") + (part if _PLAIN_KEY.fullmatch(part) else "?")
    return text or "(file)"


def _refuse_size(text: str) -> None:
    if len(text.encode("utf-8", "surrogatepass")) > LIMIT:
        raise RulesFaults((RulesFault("(file)", "too_large", {"limit": str(LIMIT)}),))


def _refuse_unsafe(text: str) -> None:
    """Refuse what is unsafe in the flat stream of events, before anything is built of it. Raises RulesFaults.

    Aliases can blow a small text up without bound, tags can name types, and deep nesting exhausts the stack.
    """
    for event, depth in events_of(text):
        line = event.start_mark.line + 1 if event.start_mark else None
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise RulesFaults((RulesFault("(file)", "yaml_alias", line=line),))
        if depth > _DEPTH:
            raise RulesFaults((RulesFault("(file)", "syntax", line=line),))
