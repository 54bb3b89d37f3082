"""The register: units for everyone who signed in, people for administrators, keys for who vouches for people."""

from collections.abc import Callable, Iterable

from starlette.responses import Response

from portal.faults import Fault
from portal.people import call_people
from portal.routing import show
from portal.sheets.open_acts import list_open
from portal.sheets.setting import find_spot
from portal.shown.listing import Columns, cut
from portal.shown.names import name_unit
from portal.visit import Visit
from reading.register import KeyRow, RegisteredPerson
from selection.decision.register_views import UnitFact
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.register.commands import DeclareTie
from selection.register.state import INSTALLATION

HOLDABLE = tuple(role for role in Role if role is not Role.SYSTEM)
"""Roles that a person can hold."""
UNITS: Columns[UnitFact] = Columns(
    sorts={"name": lambda row: row.name_en or row.name_zh},
    filters={"kind": lambda row: row.kind},
    words=lambda row: (row.code, row.name_en, row.name_zh),
)


async def list_units(visit: Visit) -> Response:
    """Show the registered units."""
    found = await visit.reads.units.list_units(visit.subject)
    return visit.render(
        "register/units.html", {"listing": cut("/units", visit.request.query_params, found, UNITS)}
    )


async def show_unit(visit: Visit) -> Response:
    """Show a unit with those around it, and what was registered of it before."""
    found = await visit.reads.units.get(visit.subject, visit.request.path_params["code"])
    return visit.render("register/unit.html", {"story": found, "unit": found.unit})


async def list_people(visit: Visit) -> Response:
    """Show who is registered, without addresses; `?role=` takes those who hold one. Raises Fault."""
    asked = visit.request.query_params.get("role", "")
    role = Role(asked) if asked in set(HOLDABLE) else None
    try:
        found = await visit.reads.register.list_people(visit.subject, role)
    except Refused:
        raise Fault("hidden", 404) from None
    called = await call_people(visit, INSTALLATION, (item.person for item in found), apart=False)
    columns: Columns[RegisteredPerson] = Columns(
        sorts={"name": lambda row: called[row.person], "employer": lambda row: row.employer},
        filters={"state": lambda row: row.state},
        words=lambda row: (row.person, called[row.person], row.employer),
    )
    listing = cut("/people", visit.request.query_params, found, columns)
    units = {code for row in listing.rows for codes in row.roles.values() for code in codes}
    context = {
        "listing": listing,
        "roles": HOLDABLE,
        "role": role,
        "called": called,
        "unit": await _name_units(visit, units | {row.employer for row in listing.rows}),
    }
    return visit.render("register/people.html", context)


async def list_keys(visit: Visit) -> Response:
    """Show everyone's keys, revoked ones with them. Raises Fault."""
    try:
        found = await visit.reads.register.list_keys(visit.subject)
    except Refused:
        raise Fault("hidden", 404) from None
    people = (person for row in found for person in (row.person, row.by, row.revoked_by))
    called = await call_people(visit, INSTALLATION, people, apart=False)
    columns: Columns[KeyRow] = Columns(
        sorts={"since": lambda row: row.since, "person": lambda row: called[row.person]},
        filters={"scheme": lambda row: row.key.scheme},
        words=lambda row: (row.person, called[row.person], row.key.key, called[row.by]),
    )
    listing = cut("/keys/everyone", visit.request.query_params, found, columns)
    return visit.render("register/keys.html", {"listing": listing, "called": called})


async def list_ties(visit: Visit) -> Response:
    """Show the visitor's own ties: what they declared, and what their registration tells."""
    acts = {sheet.kind for sheet in list_open(await find_spot(visit, "register", ()))}
    ties = await visit.reads.register.list_own_ties(visit.subject)
    context = {
        "ties": ties,
        "unit": await _name_units(visit, (row.tie.unit for row in ties)),
        # Somebody without any role in the register has no part in which they could act.
        "declares": DeclareTie.ACT.kind in acts,
    }
    return visit.render("register/ties.html", context)


async def _name_units(visit: Visit, codes: Iterable[str]) -> Callable[[str], str]:
    """Return what names units as they are registered, others by their codes."""
    wanted = sorted({code for code in codes if code})
    registered = await visit.reads.units.find(visit.subject, wanted) if wanted else {}
    return lambda code: name_unit(code, registered, visit.language)


ROUTES = (
    show("/ties", list_ties),
    show("/units", list_units),
    show("/units/{code:path}", show_unit),
    show("/people", list_people),
    show("/keys/everyone", list_keys),
)
