"""Rules that changed while their round ran: a field by its dotted path, its value, the rules with another one.

A path names one value, never a section: `places`, `days.mend`, `recommenders.sd.quota`. Members of a list go by code.
"""

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from selection.kernel.leaf import Instant
from selection.kernel.model import Counted, Frozen, Ref
from selection.rules.model import RoundRules

NONE = "none"
"""How a value that is left open is spelled: no limit, or no quota of a unit's own."""

_LISTED = re.compile(r"^(routes|recommenders)\.(.+)\.quota$")


class EnteredAmendment(Frozen):
    """A change of a field that was entered and waits for an approver; `people` are those who entered it.

    `agreed` are those of the top level of approval who agreed so far, where it takes several of them.
    """

    number: Counted
    path: str
    before: str
    after: str
    people: Annotated[tuple[str, ...], Field(max_length=2)]
    reason: Ref
    at: Instant
    agreed: Annotated[tuple[str, ...], Field(exclude_if=lambda people: not people)] = ()


class RulesAmendment(Frozen):
    """A change of a field that counts from its entry on; `at` is when that was."""

    number: Counted
    path: str
    before: str
    after: str
    reason: Ref
    at: Instant


def spell(value: object) -> str:
    """Return a value's one spelling."""
    return NONE if value is None else str(value)


def read_value(rules: RoundRules, path: str) -> str | None:
    """Return how the value at a path is spelled, None where these rules have no such field."""
    listed = _LISTED.match(path)
    if listed:
        members = getattr(rules, listed[1])
        return next((spell(item.quota) for item in members if item.code == listed[2]), None)
    section, _, name = path.rpartition(".")
    around = getattr(rules, section) if section in RoundRules.model_fields else None
    owner = around if section else rules
    if not isinstance(owner, Frozen) or name not in type(owner).model_fields:
        return None
    return spell(getattr(owner, name))


def with_value(rules: RoundRules, path: str, text: str) -> RoundRules:
    """Return the rules with another value at a path that they have. Raises ValueError for no value of that field."""
    value: object = None if text == NONE else int(text) if text.isdecimal() else text
    listed = _LISTED.match(path)
    if listed:
        members = getattr(rules, listed[1])
        changed = tuple(_put(item, "quota", value) if item.code == listed[2] else item for item in members)
        return rules.with_(**{listed[1]: changed})
    section, _, name = path.rpartition(".")
    if section:
        return rules.with_(**{section: _put(getattr(rules, section), name, value)})
    if not (value is None or isinstance(value, int)):
        # Every field that stands outside of a section and may change counts something.
        raise ValueError(path)
    return rules.with_(**{name: value})


def amend(rules: RoundRules, amendments: Iterable[RulesAmendment]) -> RoundRules:
    """Return the rules as they stand after these amendments, one after the other."""
    for item in amendments:
        rules = with_value(rules, item.path, item.after)
    return rules


def _put(section: Frozen, name: str, value: object) -> Frozen:
    return type(section).model_validate({**section.model_dump(), name: value})
