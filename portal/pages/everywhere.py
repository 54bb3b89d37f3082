"""What the visitor can do that belongs to no application, and the empty tables for it."""

from collections import Counter
from collections.abc import AsyncIterator
from typing import NamedTuple
from urllib.parse import quote, unquote

from starlette.responses import Response

from portal.faults import Fault
from portal.routing import show
from portal.sheets.choices.registering import TEMPLATES
from portal.sheets.open_acts import list_open
from portal.sheets.setting import find_spot
from portal.sheets.tables.table import SHEETS
from portal.shown.downloads import XLSX, attach_as
from portal.shown.names import name_units
from portal.shown.rendering import pick
from portal.visit import Visit
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage
from selection.register.key_decide import VOUCHERS
from tables.template import template_xlsx


class Board(NamedTuple):
    """A unit's list in a round, as addresses name both, and what it is called."""

    round: str
    unit: str
    called: str


async def list_everywhere(visit: Visit) -> Response:
    """Show what the visitor can do that belongs to no application: on the register, and on their units' lists."""
    spot = await find_spot(visit, "register", ())
    boards = (
        tell_apart([board async for board in _list_boards(visit)]) if visit.holds(Role.RECOMMENDER) else []
    )
    kinds = [
        kind
        for kind, sheet in SHEETS.items()
        if sheet.where == "list" and Role.RECOMMENDER in sheet.command.ACT.roles
    ]
    acts = [sheet.kind for sheet in list_open(spot)]
    context = {
        "acts": acts,
        "kinds": kinds,
        "boards": boards,
        "lists_people": visit.holds(Role.ADMIN),
        "lists_keys": visit.holds(*VOUCHERS),
    }
    return visit.render("do/everywhere.html", context)


async def _list_boards(visit: Visit) -> AsyncIterator[Board]:
    """Yield the lists of the visitor's units in rounds that are called, by the names of the round and the unit."""
    for row in await visit.reads.rounds.list_rounds(visit.subject):
        if row.stage != RoundStage.CALL:
            continue
        names = await visit.reads.rounds.get_names(visit.subject, row.round)
        called = name_units(names, {}, visit.language)
        title = pick(visit.language, names.title.en, names.title.zh)
        for unit in visit.subject.get_units(Role.RECOMMENDER):
            yield Board(quote(row.round, safe=""), quote(unit, safe=""), f"{title} · {called(unit)}")


def tell_apart(boards: list[Board]) -> list[Board]:
    """Return lists of which no two are called alike: with the round's id where rounds have one title."""
    alike = Counter(board.called for board in boards)
    return [
        board._replace(called=f"{board.called} · {unquote(board.round)}")
        if alike[board.called] > 1
        else board
        for board in boards
    ]


async def fetch_template(visit: Visit) -> Response:
    """Send an empty table to fill in."""
    layout = TEMPLATES.get(visit.request.path_params["act"])
    if layout is None:
        raise Fault("no-page", 404)
    body = template_xlsx(layout, int(visit.language == "zh"))
    return attach_as(body, f"{layout.code}.xlsx", XLSX)


ROUTES = (
    show("/do", list_everywhere),
    show("/do/{act}/template.xlsx", fetch_template),
)
