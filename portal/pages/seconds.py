"""Acts that wait for a second signature: what waits for the visitor, and what they may take back."""

from starlette.datastructures import FormData
from starlette.responses import Response

from portal.acts.seconds import find_waiting, list_waiting, prepare_second
from portal.acts.zones import find_zone
from portal.faults import Fault
from portal.routing import show, take
from portal.visit import Visit
from selection.streams import log_of

PATH = "/seconds"
ONE = "/seconds/{id}"


async def list_seconds(visit: Visit) -> Response:
    """Show what waits for the visitor's signature, and for another's after theirs."""
    waiting = await list_waiting(visit)
    context = {
        "theirs": [act for act in waiting if not act.own],
        "own": [act for act in waiting if act.own],
    }
    return visit.render("seconds/list.html", context)


async def show_second(visit: Visit) -> Response:
    """Show one act that waits: all that was signed, by whom, and until when that counts."""
    waiting = await find_waiting(visit, visit.request.path_params["id"])
    zone = await find_zone(visit, log_of(waiting.prepared.act.stream))
    return visit.render("seconds/one.html", {"waiting": waiting, "prepared": waiting.prepared}, zone=zone)


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
    take(ONE, take_second),
    take(ONE + "/withdraw", withdraw),
)
