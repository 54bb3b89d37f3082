"""The public pages: rounds with their calls, public notices, issued lists and their centres. Nobody has to sign in."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from portal.acts.moments import tell_moments
from portal.faults import Fault
from portal.pages.tasks import PATH as TASKS
from portal.routing import show
from portal.sheets.files import MEGABYTES
from portal.shown.answers import lay_out
from portal.shown.listing import Columns, cut
from portal.visit import Visit
from reading.public import NoticedApplication, PublicRound
from selection.kernel.actor import Role
from selection.kernel.named import Named
from selection.streams import application_stream
from selection.visibility.viewer import OVERSEEING

NOTICED: Columns[NoticedApplication] = Columns(
    sorts={"number": lambda row: row.number, "centre": lambda row: (row.name_en or row.name_zh, row.number)},
    filters={"field": lambda row: row.field, "region": lambda row: row.region},
    words=lambda row: (row.number, row.name_en, row.name_zh, row.host_en, row.host_zh),
)
ISSUED: Columns[NoticedApplication] = Columns(
    sorts={**NOTICED.sorts, "place": lambda row: row.place}, filters=NOTICED.filters, words=NOTICED.words
)


async def start(visit: Visit) -> Response:
    """Lead who is signed in to what waits for them, in the language that they ask for; others are shown the rounds."""
    if visit.who is None:
        return await list_rounds(visit)
    asked = visit.request.url.query
    return visit.lead(f"{TASKS}?{asked}" if asked else TASKS)


async def list_rounds(visit: Visit) -> Response:
    """Show the rounds whose rules were published."""
    overseen = () if visit.who is None else await visit.reads.desks.list_overseen(visit.subject)
    context = {
        "rounds": await visit.reads.public.list_rounds(),
        "overseen": overseen,
        "opener": visit.holds(Role.OFFICER, Role.ADMIN),
    }
    return visit.render("start/rounds.html", context)


async def show_round(visit: Visit) -> Response:
    """Show a round's call: what is asked, until when, who may apply."""
    found, noticed = await _find(visit)
    entries = await visit.reads.public.list_moves(found.round)
    moves = tell_moments(entries, visit.language, found.names, {})
    return await _render(visit, "start/round.html", found, noticed, more={"moves": moves})


async def show_notice(visit: Visit) -> Response:
    """Show what stands, or stood, in a round's public notice, and until when one may object."""
    found, noticed = await _find(visit)
    if not noticed or found.call.notice_days is None:
        raise Fault("not-yet-public", 404)
    return await _render(visit, "start/notice.html", found, noticed, NOTICED)


async def show_issued_list(visit: Visit) -> Response:
    """Show a round's list as it was issued."""
    found, noticed = await _find(visit)
    if not _list_issued(noticed):
        raise Fault("not-yet-public", 404)
    return await _render(visit, "start/issued.html", found, noticed, ISSUED)


async def show_objecting(visit: Visit) -> Response:
    """Show who may object to an application in the notice, how, until when, and what comes of it."""
    found, noticed = await _find(visit)
    row = _find_noticed(visit, noticed)
    if found.call.notice_days is None or found.objections_until is None:
        raise Fault("not-yet-public", 404)
    more = {
        "row": row,
        "objecting": await visit.reads.public.get_objecting(found.round),
        "objector": visit.holds(Role.OBJECTOR),
        "megabytes": MEGABYTES,
        "sheet": f"/do/raise-objection/{found.round}/{row.number}",
    }
    return await _render(visit, "start/object.html", found, noticed, more=more)


async def show_centre(visit: Visit) -> Response:
    """Show what is public of one application: its names, and the answers that the form makes public."""
    found, noticed = await _find(visit)
    row = _find_noticed(visit, noticed)
    published = await visit.reads.public.get_published(application_stream(found.round, row.number))
    sections = () if published.answers is None else lay_out(published.answers, ()).sections
    more = {"row": row, "sections": sections, "co_builders": published.co_builders}
    return await _render(visit, "start/centre.html", found, noticed, more=more)


async def _find(visit: Visit) -> tuple[PublicRound, tuple[NoticedApplication, ...]]:
    found = await visit.reads.public.get_round(visit.request.path_params["round"])
    return found, await visit.reads.public.list_noticed(found.round)


def _find_noticed(visit: Visit, noticed: tuple[NoticedApplication, ...]) -> NoticedApplication:
    """Return the application that the address names. Raises Fault for one that is not public."""
    number = visit.request.path_params["number"]
    row = next((row for row in noticed if row.number == number), None)
    if row is None:
        raise Fault("not-yet-public", 404)
    return row


def _list_issued(noticed: tuple[NoticedApplication, ...]) -> list[NoticedApplication]:
    issued = [(row.place, row) for row in noticed if row.place is not None]
    return [row for _, row in sorted(issued, key=lambda item: item[0])]


async def _render(
    visit: Visit,
    template: str,
    found: PublicRound,
    noticed: tuple[NoticedApplication, ...],
    columns: Columns[NoticedApplication] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:
    issued = _list_issued(noticed)
    count = 0 if found.call.notice_days is None else len(noticed)
    context: dict[str, Any] = {
        "round": found,
        "noticed": count,
        "issued": len(issued),
        "units": _list_units(visit, found),
        "oversees": await _oversees(visit, found.round),
        "applicant": visit.holds(Role.APPLICANT),
        **(more or {}),
    }
    if columns is not None:
        rows = issued if columns is ISSUED else noticed
        context["listing"] = cut(visit.request.url.path, visit.request.query_params, rows, columns)
    return visit.render(template, context, zone=found.names.words.zone)


def _list_units(visit: Visit, found: PublicRound) -> list[Named]:
    """Return the units of the round that the visitor recommends for."""
    own = visit.subject.get_units(Role.RECOMMENDER) if visit.who is not None else ()
    return [unit for unit in found.names.recommenders if unit.code in own]


async def _oversees(visit: Visit, round_id: str) -> bool:
    """Tell whether the visitor has a desk in the round."""
    if visit.who is None:
        return False
    return not OVERSEEING.isdisjoint(await visit.reads.rounds.get_standings(visit.subject, round_id))


ROUTES = (
    show("/", start, public=True),
    show("/rounds", list_rounds, public=True),
    show("/rounds/{round}", show_round, public=True),
    show("/rounds/{round}/notice", show_notice, public=True),
    show("/rounds/{round}/list", show_issued_list, public=True),
    show("/rounds/{round}/centres/{number}", show_centre, public=True),
    show("/rounds/{round}/object/{number}", show_objecting, public=True),
)
