"""A form that was sent after its session had ended: shown to whose it is, to be put into its form, or thrown away."""

from starlette.datastructures import FormData
from starlette.responses import Response

from portal.faults import Fault
from portal.leaving import PATH, PLACE, name_form, read_left
from portal.routing import show, take
from portal.visit import Visit


async def show_left(visit: Visit) -> Response:
    """Show what was typed, with the way into its form. Raises Fault for another's, and for what there is not."""
    kept = await visit.reach.work.read_draft(visit.signed_in, _place(visit))
    if kept is None or (left := read_left(kept.body)) is None:
        raise Fault("hidden", 404)
    called, beside = name_form(visit, left.path)
    context = {
        "given": left.give_back(visit),
        "path": left.path,
        "called": called,
        "beside": beside,
        "since": kept.changed,
    }
    return visit.render("own_sessions/left.html", context)


async def drop_left(visit: Visit, _: FormData) -> Response:
    """Throw it away."""
    kept = await visit.reach.work.read_draft(visit.signed_in, _place(visit))
    if kept is not None:
        await visit.reach.work.drop_draft(visit.signed_in, _place(visit), kept.version)
    return visit.lead("/receipts")


def _place(visit: Visit) -> str:
    return f"{PLACE}{visit.request.path_params['id']}"


ROUTES = (show(PATH, show_left), take(PATH, drop_left))
