"""The public pages: rounds with their calls and notices. Nobody has to sign in."""

from starlette.responses import PlainTextResponse, Response

from portal.routing import show
from portal.shown.listing import Columns, cut
from portal.visit import Visit
from reading.public import NoticedApplication

COLUMNS: Columns[NoticedApplication] = Columns(
    sorts={"number": lambda row: row.number, "centre": lambda row: row.name_en or row.name_zh},
    filters={"field": lambda row: row.field},
    words=lambda row: (row.number, row.name_en, row.name_zh, row.host_en, row.host_zh),
)


async def list_rounds(visit: Visit) -> Response:
    """Show the rounds whose rules were published."""
    return visit.render("start/rounds.html", {"rounds": await visit.reads.public.list_rounds()})


async def show_round(visit: Visit) -> Response:
    """Show a round's call and, from its notice on, what stands in it."""
    found = await visit.reads.public.get_round(visit.request.path_params["round"])
    noticed = await visit.reads.public.list_noticed(found.round)
    listing = cut(visit.request.url.path, visit.request.query_params, noticed, COLUMNS)
    context = {"round": found, "listing": listing, "any": bool(noticed)}
    return visit.render("start/round.html", context, zone=found.names.words.zone)


async def tell_health(visit: Visit) -> Response:
    """Say that the portal and the record answer, for whoever watches."""
    await visit.reads.public.list_rounds()
    return PlainTextResponse("ok\n")


ROUTES = (
    show("/", list_rounds, public=True),
    show("/rounds/{round}", show_round, public=True),
    show("/health", tell_health, public=True),
)
