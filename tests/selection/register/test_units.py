"""Which units are registered, on what, and what is refused."""

from typing import Any

import pytest
from pydantic import ValidationError

from selection.decision.register_views import UnitFact, UnitsToRegister
from selection.kernel.actor import Actor, Role
from selection.register.decide import needs
from selection.register.one_message import AT_ONCE, BYTES_AT_ONCE
from selection.register.unit_commands import RegisterUnits, UnitEntry, split_units
from selection.register.unit_decide import find_circle
from selection.register.unit_events import UnitRegistered
from tests.desk import Desk
from tests.selection.register.test_decide import ADMIN, OFFICER, register_admin

A, B, C = "99SYNTHA", "99SYNTHB", "99SYNTHC"


def unit(code: str = A, *parents: str, **changes: Any) -> UnitEntry:
    return UnitEntry.model_validate({"code": code, "name_en": code, "parents": parents, **changes})


def fact(code: str, version: int, *parents: str) -> UnitFact:
    return UnitFact(code=code, name_en=code, parents=parents, version=version)


def desk(*known: UnitFact) -> Desk:
    return register_admin(units={item.code: item for item in known})


def test_units_are_registered_each_by_an_entry() -> None:
    made = desk()
    told = made.act(RegisterUnits(units=(unit(B, A), unit(A, name_zh="甲", kind="university"))), ADMIN)
    assert [event.TYPE for event in told] == ["unit.registered.v1"] * 2
    assert isinstance(told[0], UnitRegistered)
    assert (told[0].code, told[0].parents, told[0].active, told[0].replaces) == (B, (A,), True, 0)


def test_what_stands_and_all_above_it_is_asked_for() -> None:
    asked = needs(desk().state, ADMIN, RegisterUnits(units=(unit(B, A),)), desk().now, desk().known)
    assert asked.registry == UnitsToRegister(units=(A, B))


@pytest.mark.parametrize("actor", [OFFICER, Actor(person="expert-1", role=Role.ADMIN)])
def test_nobody_else_registers_units(actor: Actor) -> None:
    assert desk().refuse(RegisterUnits(units=(unit(),)), actor) == "not-entitled"


@pytest.mark.parametrize(
    ("known", "units", "code"),
    [
        # Twice in one act; registered before, or anew meanwhile; said to be, and not.
        ((), (unit(), unit(name_en="other")), "unreadable"),
        ((fact(A, 4),), (unit(),), "unit-moved"),
        ((fact(A, 5),), (unit(replaces=4),), "unit-moved"),
        ((), (unit(replaces=4),), "unit-moved"),
        # Of a unit that there is not, and around in a circle: within the act, over what stands, of itself.
        ((), (unit(B, A),), "unit-parent-unknown"),
        ((), (unit(A, B), unit(B, A)), "unit-circle"),
        ((fact(A, 4, B), fact(B, 5, C), fact(C, 6)), (unit(C, A, replaces=6),), "unit-circle"),
        ((fact(A, 4, B), fact(B, 5)), (unit(B, C, replaces=5), unit(C, A)), "unit-circle"),
    ],
)
def test_what_is_not_registered(known: tuple[UnitFact, ...], units: tuple[UnitEntry, ...], code: str) -> None:
    assert desk(*known).refuse(RegisterUnits(units=units), ADMIN) == code


def test_a_unit_moves_under_another_and_what_was_above_it_below() -> None:
    """A belonged to B; now B belongs to A, in one act."""
    made = desk(fact(A, 4, B), fact(B, 5))
    assert made.act(RegisterUnits(units=(unit(A, replaces=4), unit(B, A, replaces=5))), ADMIN)


@pytest.mark.parametrize(
    "changes",
    [
        *({"code": code} for code in ("", " ", "99SYNTHA ", "99syntha", "９９SYNTHA", "synthetic:99SYNTHA")),
        *({"code": code} for code in ("91110000MA01ABCD6F", "lei:1", "foreign:de-1", "other:1", "91-host")),
        *({"parents": parents} for parents in ((A,), (B, B), ("99synthb",), ("",), ("x",) * 11)),
        *({"name_en": name} for name in ("", " ", "A ", "=1+1", "a\u202eb", "a\nb", "x" * 201)),
        *({"kind": kind} for kind in ("a b", "大学", "-x")),
        *({"replaces": number} for number in (-1, 2**53, "1", True)),
        {"active": "no"},
    ],
)
def test_what_is_no_entry_of_a_unit(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        unit(**changes)


@pytest.mark.parametrize(
    "code", ["91110000100000000C"[:-1] + "0", "lei:5493001KJTIIGC8Y1R12", "foreign:DE-HRB1234", A]
)
def test_every_scheme_has_its_codes(code: str) -> None:
    from selection.forms.credit_codes import check_digit

    code = code[:-1] + check_digit(code[:-1]) if code.startswith("9111") else code
    assert unit(code).code == code


def test_more_than_one_message_holds_take_several() -> None:
    units = [unit(f"99SYNTH{number}") for number in range(2 * AT_ONCE + 1)]
    parts = list(split_units(units))
    assert [len(part.units) for part in parts] == [AT_ONCE, AT_ONCE, 1]
    assert [item for part in parts for item in part.units] == units
    wide = [unit(f"99SYNTH{number}", name_zh="名" * 200) for number in range(AT_ONCE)]
    sizes = [len(part.model_dump_json().encode()) for part in split_units(wide)]
    assert len(sizes) > 1
    assert max(sizes) < BYTES_AT_ONCE + 1000


def test_a_circle_is_told_from_a_diamond() -> None:
    assert find_circle({A: (B, C), B: (C,), C: ()}, A) == ()
    assert set(find_circle({A: (B,), B: (C,), C: (A,)}, A)) == {A, B, C}
    assert find_circle({A: (B,), B: (C,), C: (B,)}, A) == ()
