"""The difference between two rules in words: which field, its value before and after, in English and Chinese."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from selection.rooms import LABELS
from selection.rules.diff import RuleChange, diff_in_full
from selection.rules.model import RoundRules
from selection.wording.bound_by import TIES
from selection.wording.code_names import ASSURANCES, FORMS, TASKS
from selection.wording.rules_words import (
    FORM,
    ITEM,
    LISTS,
    NO,
    NOTHING,
    ORDER,
    OTHERWISE,
    PART,
    PARTS,
    PLACES,
    REHEARSAL,
    SIGNED,
    VALUES,
    VERSION,
    YES,
)

Pair = tuple[str, str]
WHOLE = re.compile(r"^(clock|working_days|forms\.\w+|draws\.sources\[[^\]]+\])")
"""What is told as one: what is in it is read in the file."""
CODED = re.compile(r"^(?P<list>[\w.]+?)\[(?P<code>[^\]]+)\](?:\.(?P<part>\w+))?")
PEOPLE = re.compile(r"^(staff\.\w+|approval\[[^\]]+\]\.approvers)$")
CODES: Mapping[str, str] = {"tie_break": "criteria", "route": "routes", "region": "regions"}
"""Fields whose value is the code of an item -> the list that it stands in."""


class RuleValue(NamedTuple):
    """A value in words, in English and Chinese; of people it is their ids, and `people` are these."""

    words: Pair
    people: tuple[str, ...] = ()


class RuleDifference(NamedTuple):
    """One changed field of the rules, in words."""

    field: Pair
    before: RuleValue
    after: RuleValue


class _Rules:
    """Rules with the names of what has a code in them."""

    def __init__(self, rules: RoundRules) -> None:
        self.rules = rules

    @cached_property
    def names(self) -> Mapping[tuple[str, str], Pair]:
        found: dict[tuple[str, str], Pair] = {}
        for place in LISTS:
            value: Any = self.rules
            for part in place.split("."):
                value = getattr(value, part)
            found |= {(place, item.code): (item.en, item.zh) for item in value}
        return found

    def tell_whole(self, place: str) -> RuleValue:
        """Return what is said of a section that is told as one."""
        if place == "clock":
            clock = self.rules.clock
            kind = REHEARSAL if self.rules.is_rehearsal else ("", "")
            return RuleValue(_both(lambda at: " ".join(filter(None, (clock.zone, kind[at])))))
        if place == "working_days":
            found = self.rules.working_days
            return RuleValue(_join(VALUES[item] for item in found.windows) if found else NOTHING)
        if place.startswith("draws."):
            code = place.partition("[")[2].removesuffix("]")
            return RuleValue(self.names.get(("draws.sources", code), NOTHING))
        form = getattr(self.rules.forms, place.removeprefix("forms."))
        return RuleValue(_fill(VERSION, (form.version,) * 2) if form is not None else NOTHING)


def compare_rules(old: RoundRules, new: RoundRules) -> tuple[RuleDifference, ...]:
    """Return every field in which two rules differ, in the order of the rules, each once."""
    before, after = _Rules(old), _Rules(new)
    sentences = (_tell(change, before, after) for change in diff_in_full(old, new))
    return tuple(dict.fromkeys(sentences))


def _tell(change: RuleChange, before: _Rules, after: _Rules) -> RuleDifference:
    names = {**before.names, **after.names}
    whole = WHOLE.match(change.path)
    if whole:
        place = whole[0]
        old, new = before.tell_whole(place), after.tell_whole(place)
        return RuleDifference(name_field(place, names), old, RuleValue(OTHERWISE) if old == new else new)
    old, new = (_tell_value(change.path, value, names) for value in (change.old, change.new))
    return RuleDifference(name_field(change.path, names), old, new)


def name_field(path: str, names: Mapping[tuple[str, str], Pair]) -> Pair:
    """Return what a field is called; `names` are those of items, by list and code."""
    section, _, rest = path.partition(".")
    if section == "forms":
        return _fill(FORM, FORMS[rest])
    if section == "assurance":
        return _fill(SIGNED, LABELS.get(rest, (rest, rest)))
    coded = CODED.match(path)
    if coded:
        item = names.get((coded["list"], coded["code"]), (coded["code"],) * 2)
        called = _fill(ITEM, LISTS[coded["list"]], item)
        return _fill(PART, called, PARTS[coded["part"]]) if coded["part"] in PARTS else called
    if path in LISTS:
        return _fill(ORDER, LISTS[path])
    while path not in PLACES and "." in path:
        path = path.rpartition(".")[0]
    return PLACES[path]


def _tell_value(path: str, value: object, names: Mapping[tuple[str, str], Pair]) -> RuleValue:
    if isinstance(value, list | tuple):
        items = [str(item) for item in value]
        if PEOPLE.match(path):
            return RuleValue((", ".join(items), "、".join(items)), tuple(items))
        return RuleValue(_join(_name(path, item, names) for item in value) if items else NOTHING)
    return RuleValue(_name(path, value, names))


def _name(path: str, value: object, names: Mapping[tuple[str, str], Pair]) -> Pair:
    """Return what a single value is called."""
    last = path.rpartition(".")[2]
    match value:
        case None:
            return NOTHING
        case bool():
            return YES if value else NO
        case {"en": str(english), "zh": str(chinese)}:
            return english, chinese
        case dict():
            return _join(_tell_entry(path, key, inner, names) for key, inner in value.items())
    text = str(value)
    if path.startswith("assurance."):
        return ASSURANCES.get(text, (text, text))
    if path in LISTS or last in CODES:
        return names.get((CODES.get(last, path), text), (text, text))
    if path == "recusal.dismissible":
        return TIES.get(text, (text, text))
    return VALUES.get(text, (text, text))


def _tell_entry(path: str, key: str, value: object, names: Mapping[tuple[str, str], Pair]) -> Pair:
    called = TASKS.get(key) or PLACES.get(f"{path}.{key}") or PARTS.get(key) or (key, key)
    return _fill(PART, called, _tell_value(f"{path}.{key}", value, names).words)


def _join(pairs: Iterable[Pair]) -> Pair:
    listed = list(pairs)
    return ", ".join(pair[0] for pair in listed), "、".join(pair[1] for pair in listed)


def _fill(text: Pair, *parts: Pair) -> Pair:
    return _both(lambda at: text[at].format(*(part[at] for part in parts)))


def _both(write: Callable[[int], str]) -> Pair:
    return write(0), write(1)
