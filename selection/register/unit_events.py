"""What can happen to a unit of the register: who may see it, and what it changes.

The database derives the units in force from these entries: ledger/sql, `project_unit`.
"""

from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.process.room import Fold
from selection.register.state import RegisterState

EVERYONE = "participant admin"
"""A unit is no secret to anybody who is registered; who registered it shows as everywhere."""


class UnitRegistered(Event):
    """A unit was registered, or registered anew in place of the entry of version `replaces`: the latest is in force.

    `code` is in its one spelling, as are `parents`, the units that it belongs to. What a unit was called before stands
    in the entries before.
    """

    TYPE = "unit.registered.v1"
    ORIGIN = "register"
    code: str
    name_zh: str
    name_en: str
    kind: str
    parents: tuple[str, ...]
    active: bool
    replaces: int
    AUDIENCE = {
        "*": EVERYONE,
        "code": EVERYONE,
        "name_zh": EVERYONE,
        "name_en": EVERYONE,
        "kind": EVERYONE,
        "parents": EVERYONE,
        "active": EVERYONE,
        "replaces": EVERYONE,
    }


def _change_nothing(state: RegisterState, event: UnitRegistered, leaf: Leaf) -> dict[str, object]:
    return {}


FOLDS: dict[type[Event], Fold[RegisterState]] = {UnitRegistered: _change_nothing}
