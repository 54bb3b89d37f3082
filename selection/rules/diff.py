"""What changed between two versions of a round's rules, for people to approve."""

from collections.abc import Iterator
from typing import NamedTuple, TypeGuard

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from selection.kernel.model import Frozen
from selection.rules.model import RoundRules


class RuleChange(NamedTuple):
    """One changed place: its path, and the JSON value before and after; None where it did not exist."""

    path: str
    old: object
    new: object


def diff_rules(a: RoundRules, b: RoundRules) -> list[RuleChange]:
    """Return every place where the two differ, in the order of the rules; none exactly if the hashes agree.

    Items of lists are matched by their code, `fields[ice-snow].zh`, so a line put in the middle is one
    change.
    """
    return list(_changes("", _whole(a), _whole(b)))


def diff_in_full(a: RoundRules, b: RoundRules) -> list[RuleChange]:
    """Return the same with all that a value of the rules holds, also what is left out of sealed bytes."""
    return list(_changes("", _spell_out(a), _spell_out(b)))


def _spell_out(value: object) -> object:
    match value:
        case BaseModel():
            return {name: _spell_out(getattr(value, name)) for name in type(value).model_fields}
        case dict():
            return {str(key): _spell_out(inner) for key, inner in value.items()}
        case tuple() | list():
            return [_spell_out(item) for item in value]
    return to_jsonable_python(value)


def _whole(rules: RoundRules) -> dict[str, object]:
    """Return the rules with the fields that their sealed bytes leave out while they are the default."""
    plain = rules.model_dump(mode="json")
    left_out: dict[str, tuple[Frozen, tuple[str, ...]]] = {
        "clock": (rules.clock, ("zone", "offset", "shifts")),
        "days": (rules.days, ("outage", "paper")),
        "check": (rules.check, ("grounds",)),
        "panel": (rules.panel, ("corrections_max",)),
    }
    whole = {
        section: {
            **plain[section],
            **{name: to_jsonable_python(getattr(section_of_rules, name)) for name in names},
        }
        for section, (section_of_rules, names) in left_out.items()
    }
    return {**plain, "languages": list(rules.languages), **whole}


def _changes(path: str, old: object, new: object) -> Iterator[RuleChange]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            place = f"{path}.{key}" if path else key
            yield from _changes(place, old.get(key), new.get(key))
    elif _are_coded(old) and _are_coded(new):
        yield from _changes_by_code(path, old, new)
    elif old != new:
        yield RuleChange(path, old, new)


def _changes_by_code(
    path: str, old: list[dict[str, object]], new: list[dict[str, object]]
) -> Iterator[RuleChange]:
    before, after = ({item["code"]: item for item in items} for items in (old, new))
    for code in [*before, *(code for code in after if code not in before)]:
        yield from _changes(f"{path}[{code}]", before.get(code), after.get(code))
    kept, moved = ([code for code in items if code in before and code in after] for items in (before, after))
    if kept != moved:
        yield RuleChange(path, kept, moved)


def _are_coded(value: object) -> TypeGuard[list[dict[str, object]]]:
    return isinstance(value, list) and all(isinstance(item, dict) and "code" in item for item in value)
