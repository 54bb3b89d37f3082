"""The register: units for everyone who signed in, people for administrators, keys for who vouches for people."""

from starlette.responses import Response

from portal.faults import Fault
from portal.routing import show
from portal.sheets.open_acts import list_open
from portal.sheets.setting import find_spot
from portal.shown.listing import Columns, cut
from portal.visit import Visit
from reading.register import KeyRow, RegisteredPerson
from selection.decision.register_views import UnitFact
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.register.commands import DeclareTie

HOLDABLE = tuple(role for role in Role if role is not Role.SYSTEM)
"""Roles that a person can hold."""
UNITS: Columns[UnitFact] = Columns(
    sorts={"name": lambda row: row.name_en or row.name_zh},
    filters={"kind": lambda row: row.kind},
    words=lambda row: (row.code, row.name_en, row.name_zh),
)
PEOPLE: Columns[RegisteredPerson] = Columns(
    sorts={"employer": lambda row: row.employer},
    filters={"state": lambda row: row.state},
    words=lambda row: (row.person, row.employer),
)
KEYS: Columns[KeyRow] = Columns(
    sorts={"since": lambda row: row.since, "person": lambda row: row.person},
    filters={"scheme": lambda row: row.key.scheme},
    words=lambda row: (row.person, row.key.key, row.by),
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
    """Show who is registered, without names and addresses; `?role=` takes those who hold one. Raises Fault."""
    asked = visit.request.query_params.get("role", "")
    role = Role(asked) if asked in set(HOLDABLE) else None
    try:
        found = await visit.reads.register.list_people(visit.subject, role)
    except Refused:
        raise Fault("hidden", 404) from None
    listing = cut("/people", visit.request.query_params, found, PEOPLE)
    return visit.render("register/people.html", {"listing": listing, "roles": HOLDABLE, "role": role})


async def list_keys(visit: Visit) -> Response:
    """Show everyone's keys, revoked ones with them. Raises Fault."""
    try:
        found = await visit.reads.register.list_keys(visit.subject)
    except Refused:
        raise Fault("hidden", 404) from None
    listing = cut("/keys/everyone", visit.request.query_params, found, KEYS)
    return visit.render("register/keys.html", {"listing": listing})


async def list_ties(visit: Visit) -> Response:
    """Show the visitor's own ties: what they declared, and what their registration tells."""
    acts = {sheet.kind for sheet in list_open(await find_spot(visit, "register", ()))}
    context = {
        "ties": await visit.reads.register.list_own_ties(visit.subject),
        # Somebody without any role in the register has no part in which they could act.
        "declares": DeclareTie.ACT.kind in acts,
    }
    return visit.render("register/ties.html", context)


ROUTES = (
    show("/ties", list_ties),
    show("/units", list_units),
    show("/units/{code:path}", show_unit),
    show("/people", list_people),
    show("/keys/everyone", list_keys),
)
