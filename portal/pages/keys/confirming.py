"""First keys that wait: officers and administrators confirm that each is the person's, and sign for it."""

from starlette.datastructures import FormData
from starlette.responses import Response

from portal.acts.preparing import Draftsman, Title
from portal.faults import Fault
from portal.pages.keys.own import line_of, line_of_site
from portal.routing import show, take, text_of
from portal.shown.listing import Columns, cut
from portal.visit import Visit
from portal.wording.entering.keys import WORDS
from reading.access.first_keys import WaitingKey
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.register.key_commands import EnrolKey
from selection.register.key_decide import VOUCHERS
from selection.register.state import INSTALLATION

PATH = "/keys/confirm"
ONE = "/keys/confirm/{person:path}"
COLUMNS: Columns[WaitingKey] = Columns(
    sorts={"name": lambda one: one.name, "account": lambda one: one.person},
    filters={},
    words=lambda one: (one.name, one.person, one.first.enrolment.key.key),
)


async def list_waiting(visit: Visit) -> Response:
    """Show the first keys that wait to be confirmed."""
    try:
        waiting = await visit.reach.first_keys.list_waiting(visit.subject)
    except Refused:
        raise Fault("hidden", 404) from None
    listing = cut(PATH, visit.request.query_params, waiting, COLUMNS)
    local = await visit.reach.sessions.is_local()
    return visit.render("keys/confirm.html", {"listing": listing, "any": bool(waiting), "local": local})


async def show_waiting(visit: Visit) -> Response:
    """Show one of them, and what is to be seen to before it is confirmed."""
    return visit.render("keys/confirm_one.html", {"waiting": await _find(visit)})


async def confirm(visit: Visit, form: FormData) -> Response:
    """Lead to the page on which the key that was shown is confirmed. Raises Fault if another one waits by now."""
    waiting = await _find(visit)
    first, name = waiting.first, waiting.first.enrolment.key.key
    if text_of(form, "key", 100) != name:
        raise Fault("key-changed", 409)
    role = next(role for role in Role if role in VOUCHERS and visit.holds(role))
    return await Draftsman(visit, INSTALLATION, role).show(
        EnrolKey(keys=(first.enrolment,), token=first.token),
        (line_of("account", waiting.person), line_of("key", name), line_of_site(first.enrolment.key)),
        about=Title(*WORDS["register"]),
        back=PATH,
    )


async def _find(visit: Visit) -> WaitingKey:
    try:
        return await visit.reach.first_keys.get(visit.subject, visit.request.path_params["person"])
    except Refused:
        raise Fault("hidden", 404) from None


ROUTES = (show(PATH, list_waiting), show(ONE, show_waiting), take(ONE, confirm))
