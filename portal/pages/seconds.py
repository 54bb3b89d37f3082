"""Acts that wait for a second signature: what waits for the visitor, and what they may take back."""

from starlette.datastructures import FormData
from starlette.responses import Response

from portal.acts.names import with_names
from portal.acts.seconds import find_waiting, prepare_second
from portal.acts.zones import find_zone
from portal.faults import Fault
from portal.routing import show, take
from portal.shown.downloads import attach
from portal.shown.listing import Columns, cut
from portal.visit import Visit
from portal.wording.act_names import WORDS as ACTS
from reading.access.seconds import AwaitedAct
from reading.errors import Hidden
from selection.streams import log_of

PATH = "/seconds"
ONE = "/seconds/{id}"
COLUMNS: Columns[AwaitedAct] = Columns(
    sorts={
        "until": lambda act: act.until,
        "act": lambda act: act.head.act.kind,
        "first": lambda act: act.first or act.head.act.actor.person,
    },
    filters={"whose": lambda act: "own" if act.own else "theirs", "act": lambda act: act.head.act.kind},
    words=lambda act: (
        act.head.title_en,
        act.head.title_zh,
        act.head.act.stream,
        act.head.act.actor.person,
        act.first,
        *ACTS.get(act.head.act.kind, ()),
    ),
)


async def list_seconds(visit: Visit) -> Response:
    """Show what waits for the visitor's signature, and after it what waits for another's after theirs."""
    waiting = await visit.reach.seconds.list_waiting(visit.subject)
    listing = cut(PATH, visit.request.query_params, waiting, COLUMNS)
    context = {"listing": listing, "any": bool(waiting), "asked": any(not act.own for act in waiting)}
    return visit.render("seconds/list.html", context)


async def show_second(visit: Visit) -> Response:
    """Show one act that waits: all that was signed, by whom, and until when that counts."""
    waiting = await find_waiting(visit, visit.request.path_params["id"])
    prepared = await with_names(visit, waiting.prepared)
    zone = await find_zone(visit, log_of(prepared.act.stream))
    context = {"waiting": waiting.awaited, "prepared": prepared, "files": waiting.files}
    return visit.render("seconds/one.html", context, zone=zone)


async def fetch_file(visit: Visit) -> Response:
    """Send a file that an act cites to whoever may sign it second. Raises Fault for another, and for one's own act."""
    asked = visit.request.path_params
    waiting = await find_waiting(visit, asked["id"])
    number = int(asked["count"]) if asked["count"] in map(str, range(1, len(waiting.files) + 1)) else 0
    try:
        card, body = await visit.reach.seconds.read_file(visit.subject, waiting.prepared.act, number)
    except Hidden:
        raise Fault("hidden", 404) from None
    return attach(body, f"{waiting.prepared.act.kind}-{number}", card.media_type)


async def take_second(visit: Visit, _: FormData) -> Response:
    """Lead to the page on which the act is signed."""
    return await prepare_second(visit, await find_waiting(visit, visit.request.path_params["id"]))


async def withdraw(visit: Visit, _: FormData) -> Response:
    """Take back what the visitor signed first. Raises Fault for another's, and for what was sent meanwhile."""
    if not await visit.reach.work.withdraw_second(visit.signed_in, visit.request.path_params["id"]):
        raise Fault("hidden", 404)
    return visit.lead(PATH)


ROUTES = (
    show(PATH, list_seconds),
    show(ONE, show_second),
    show(ONE + "/files/{count}", fetch_file),
    take(ONE, take_second),
    take(ONE + "/withdraw", withdraw),
)
