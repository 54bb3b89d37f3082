"""How the parts of the installation do, in words, for administrators: what the portal itself can tell."""

from starlette.responses import Response

from portal.faults import Fault
from portal.routing import show
from portal.visit import Visit
from runtime.logins import Login
from selection.kernel.actor import Role

PATH = "/parts"


async def show_parts(visit: Visit) -> Response:
    """Show each part with what was found, and what mends it where it is off. Raises Fault."""
    if not visit.holds(Role.ADMIN):
        raise Fault("hidden", 404)
    # What looks at the parts loads what no other page needs.
    from starter.doctor.by_login import examine_by

    backend = visit.portal.backend
    async with backend.examine_as(visit.subject.person):
        found = await examine_by(backend.settings, Login.PORTAL)
    lang = int(visit.language == "zh")
    rows = [
        (item.part, item.fine, item.found[lang], "" if item.fine else item.cure[lang].replace("`", ""))
        for item in found
    ]
    return visit.render(
        "installation/parts.html", {"rows": rows, "off": sum(not item.fine for item in found)}
    )


ROUTES = (show(PATH, show_parts),)
