"""The register of units in the database: what the log says, nothing else, decided again by the audit."""

import asyncio

import pytest

from audit.claims import Verdict
from ledger.database.store import RECORDER_ROLE
from ledger.rebuild import rebuild
from ledger.record import Ledger
from selection.decision.relations import Former, RelationsAsked
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.register.unit_commands import RegisterUnits, UnitEntry
from tests import factories as f
from tests.audit.support.register import claim_on
from tests.ledger.people.test_people import admin
from tests.ledger.support.stand_in import OFFICER
from tests.registering import act_on_register, register

A, B, C = "99SYNTHA", "99SYNTHB", "99SYNTHC"


def entry(code: str, *parents: str, replaces: int = 0, name: str = "") -> UnitEntry:
    return UnitEntry(code=code, name_en=name or code, name_zh="甲", parents=parents, replaces=replaces)


async def units(ledger: Ledger, command_id: str, *entries: UnitEntry) -> int:
    return len(await act_on_register(ledger, RegisterUnits(units=entries), f.actor("admin-1"), command_id))


async def test_units_are_what_the_log_says(ledger: Ledger, url: str) -> None:
    await register(ledger, [admin()], f.actor("admin-1"), "c-0")
    assert await units(ledger, "c-1", entry(C, B), entry(B, A), entry(A)) == 3
    assert await units(ledger, "c-1", entry(C, B), entry(B, A), entry(A)) == 0
    assert await units(ledger, "c-2", entry(A, name="new", replaces=5)) == 1
    listed = await ledger.units.list()
    assert [(item.code, item.name_en, item.parents, item.version) for item in listed] == [
        (A, "new", (), 6),
        (B, B, (A,), 4),
        (C, C, (B,), 3),
    ]
    assert await ledger.units.find([" 99synthc ", "", "99SYNTHX"]) == {C: listed[2]}
    assert set(await ledger.units.find_with_parents([C])) == {A, B, C}
    rebuilt = await rebuild(url, fold=ledger.fold, keep=False)
    assert rebuilt.before["units"] == rebuilt.after["units"]
    assert rebuilt.after["units"][1] == 3
    assert (await claim_on(ledger)).verdict is Verdict.PROVEN


async def test_what_a_unit_left_and_who_registered_it_is_told(ledger: Ledger, url: str) -> None:
    await register(ledger, [admin(), admin("admin-2")], f.actor("admin-1"), "c-0")
    await units(ledger, "c-1", entry(A), entry(B, A))
    other = f.actor("admin-2", Role.ADMIN)
    await act_on_register(ledger, RegisterUnits(units=(entry(C, B),)), other, "c-1")
    both, one = ("admin-1", "admin-2"), ("admin-1",)
    assert await read(ledger, C) == ({}, {A: one, B: one, C: both}), "whoever registered who did, too"
    change = RegisterUnits(units=(entry(B, replaces=5),))
    (left,) = await act_on_register(ledger, change, other, "c-2")
    former, registrars = await read(ledger, C)
    assert former == {B: {A: Former(until=left.at)}}
    assert registrars == {A: one, B: both, C: both}, "what is above a unit that was left is told"
    rebuilt = await rebuild(url, fold=ledger.fold, keep=False)
    assert rebuilt.before == rebuilt.after
    assert rebuilt.after["unit_parents"][1] == 2
    await units(ledger, "c-3", entry(B, A, replaces=left.version))
    assert (await read(ledger, C))[0] == {}
    assert (await claim_on(ledger)).verdict is Verdict.PROVEN


async def read(ledger: Ledger, unit: str) -> tuple[dict[str, dict[str, Former]], dict[str, tuple[str, ...]]]:
    found = await ledger.relations.read("r", RelationsAsked(people=(), units=(unit,), registrars=True))
    return found.former_parents, found.registrars


async def test_what_does_not_fit_what_stands_is_refused(ledger: Ledger) -> None:
    await register(ledger, [admin()], f.actor("admin-1"), "c-0")
    await units(ledger, "c-1", entry(B, A), entry(A))
    tries: dict[str, list[tuple[UnitEntry, ...]]] = {
        "unit-moved": [(entry(A),), (entry(A, replaces=3),), (entry(C, replaces=4),)],
        "unit-circle": [(entry(A, B, replaces=4),), (entry(C, B), entry(A, C, replaces=4))],
        "unit-parent-unknown": [(entry(A, C, replaces=4),)],
    }
    for code, acts in tries.items():
        for number, entries in enumerate(acts):
            with pytest.raises(Refused, match=code):
                await units(ledger, f"{code}-{number}", *entries)
    assert {item.code for item in await ledger.units.list()} == {A, B}
    assert (await claim_on(ledger)).verdict is Verdict.PROVEN


async def test_of_two_who_change_a_unit_at_once_one_is_told(ledger: Ledger) -> None:
    await register(ledger, [admin(), admin("admin-2")], f.actor("admin-1"), "c-0")
    await units(ledger, "c-1", entry(A))
    tries = [
        act_on_register(
            ledger, RegisterUnits(units=(entry(A, name=who, replaces=4),)), f.actor(who, Role.ADMIN), "c-2"
        )
        for who in ("admin-1", "admin-2")
    ]
    found = await asyncio.gather(*tries, return_exceptions=True)
    assert {type(item) for item in found} == {Refused, tuple}
    [standing] = await ledger.units.list()
    assert standing.version > 4


async def test_nobody_else_registers_units(ledger: Ledger, url: str) -> None:
    await register(ledger, [admin()], f.actor("admin-1"), "c-0")
    with pytest.raises(Refused, match="unknown-person"):
        await act_on_register(ledger, RegisterUnits(units=(entry(A),)), OFFICER, "c-1")
    worker = await Ledger.connect(url, role=RECORDER_ROLE, size=1)
    with pytest.raises(Exception, match="permission denied"):
        await worker.store.rows("INSERT INTO units VALUES ('x', '', '', '', '[]', true, 1)", {})
    await worker.close()
