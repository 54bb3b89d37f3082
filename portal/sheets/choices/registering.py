"""People and units to register, from the tables that the command line takes."""

from collections.abc import Callable
from typing import Any

from portal.acts.prepared import Line
from portal.sheets.importing import ImportedTable, refuse_rows, refuse_size, refuse_table
from portal.sheets.setting import Setting
from selection.register.commands import split_registrations
from selection.register.one_message import AT_ONCE
from selection.register.unit_commands import split_units
from selection.wording.code_names import ROLES, name_of
from starter.imports import people, units
from starter.imports.filled_table import FilledTable, find_repeated, read_filled
from tables.grid import TableRefused
from tables.layout import FilledRow, Layout


async def import_people(setting: Setting, body: bytes) -> ImportedTable:
    """Return the people of a table, whose identities are stored once no row has a fault.

    The act and its lines hold their hashes alone. What does not fit into one act is left to the command line.
    """
    read = await _read(setting, "people", body, people.LAYOUT, people.make_person)
    if isinstance(read, ImportedTable):
        return read
    found = [item for _, item in read.items]
    faults = [*read.faults, *find_repeated([(row, item.person) for row, item in read.items], 1)]
    if faults:
        return refuse_rows("people", faults)
    if len(found) > AT_ONCE:
        return refuse_size("people", 2)
    client = await setting.visit.portal.backend.client()
    known = await client.ledger.people.store_identities(found, setting.visit.subject.person, setting.new_id)
    commands = list(split_registrations(known))
    if len(commands) != 1:
        return refuse_size("people", len(commands))
    lines = (
        Line(
            en=item.person,
            zh=item.person,
            value_en=_join(", ".join(name_of(ROLES, role, "en") for role in item.roles), item.employer),
            value_zh=_join("、".join(name_of(ROLES, role, "zh") for role in item.roles), item.employer),
            identity=item.identity,
        )
        for item in known
    )
    return ImportedTable(value=commands[0].people, lines=tuple(lines))


async def import_units(setting: Setting, body: bytes) -> ImportedTable:
    """Return what a table changes of the register of units, judged against it as it stands."""
    read = await _read(setting, "units", body, units.LAYOUT, units.make_typed)
    if isinstance(read, ImportedTable):
        return read
    visit = setting.visit
    known = {item.code: item for item in await visit.reads.units.list_units(visit.subject)}
    faults = units.find_faults(read, known, int(visit.language == "zh"))
    if faults:
        return refuse_rows("units", faults)
    commands = list(split_units(units.plan_entries([item for _, item in read.items], known)))
    if len(commands) != 1:
        return refuse_size("units", len(commands))
    lines = (
        Line.of_text(
            item.code, item.code, _join(item.name_zh, item.name_en, item.kind, " ".join(item.parents))
        )
        for item in commands[0].units
    )
    return ImportedTable(value=commands[0].units, lines=tuple(lines))


async def _read(
    setting: Setting, name: str, body: bytes, layout: Layout, make: Callable[[FilledRow], Any]
) -> FilledTable[Any] | ImportedTable:
    visit = setting.visit
    try:
        async with visit.portal.backend.tables.turn(visit.subject.person):
            return await read_filled(body, layout, make)
    except TableRefused as refused:
        return refuse_table(name, refused)


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


TEMPLATES = {
    "register-people": people.LAYOUT,
    "register-staff": people.LAYOUT,
    "register-agents": people.LAYOUT,
    "register-units": units.LAYOUT,
}
"""By act, the empty table that can be fetched to be filled in."""
