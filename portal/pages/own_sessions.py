"""The visitor's own sessions: where they are signed in, and ending that."""

from starlette.datastructures import FormData
from starlette.responses import Response

from portal.routing import show, take, text_of
from portal.shown.browsers import name_browser
from portal.visit import Visit

PATH = "/sessions"


async def list_sessions(visit: Visit) -> Response:
    """Show where the visitor is signed in."""
    found = await visit.reach.sessions.list_own(visit.subject)
    named = {one.name: name_browser(one.agent, visit.language) for one in found}
    return visit.render("own_sessions/list.html", {"sessions": found, "browsers": named})


async def end_session(visit: Visit, form: FormData) -> Response:
    """End one of the visitor's sessions, this one too."""
    await visit.reach.sessions.end_named(visit.subject, text_of(form, "name", 100))
    return visit.lead(PATH)


ROUTES = (show(PATH, list_sessions), take(PATH, end_session))
