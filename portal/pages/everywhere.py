"""What the visitor can do that belongs to no application, and the empty tables for it."""

from urllib.parse import quote

from starlette.responses import Response

from portal.faults import Fault
from portal.routing import show
from portal.sheets.choices.registering import TEMPLATES
from portal.sheets.open_acts import list_open
from portal.sheets.setting import find_spot
from portal.sheets.tables.table import SHEETS
from portal.shown.downloads import XLSX, attach_as
from portal.visit import Visit
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage
from selection.register.key_decide import VOUCHERS
from tables.template import template_xlsx


async def list_everywhere(visit: Visit) -> Response:
    """Show what the visitor can do that belongs to no application: on the register, and on their units' lists."""
    spot = await find_spot(visit, "register", ())
    rounds = await visit.reads.rounds.list_rounds(visit.subject) if visit.holds(Role.RECOMMENDER) else ()
    lists = [
        (kind, f"{row.round}/{unit}")
        for row in rounds
        if row.stage == RoundStage.CALL
        for unit in visit.subject.get_units(Role.RECOMMENDER)
        for kind, sheet in SHEETS.items()
        if sheet.where == "list" and Role.RECOMMENDER in sheet.command.ACT.roles
    ]
    boards = [
        f"{quote(row.round, safe='')}/list/{quote(unit, safe='')}"
        for row in rounds
        if row.stage == RoundStage.CALL
        for unit in visit.subject.get_units(Role.RECOMMENDER)
    ]
    acts = [sheet.kind for sheet in list_open(spot)]
    context = {
        "acts": acts,
        "lists": lists,
        "boards": boards,
        "lists_people": visit.holds(Role.ADMIN),
        "lists_keys": visit.holds(*VOUCHERS),
    }
    return visit.render("do/everywhere.html", context)


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
