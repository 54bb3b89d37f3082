"""How the parts of the installation do, in words, for administrators: what the portal itself can tell."""

import asyncio

from starlette.responses import Response

from portal.faults import Fault
from portal.routing import show
from portal.visit import Visit
from runtime.logins import Login
from selection.kernel.actor import Role

PATH = "/parts"
WITHIN_S = 20.0
"""Seconds within which all parts have to answer [D]."""


async def show_parts(visit: Visit) -> Response:
    """Show each part with what was found, and what mends it where it is off. Raises Fault."""
    if not visit.holds(Role.ADMIN):
        raise Fault("hidden", 404)
    # What looks at the parts loads what no other page needs.
    from starter.doctor.by_login import examine_by

    backend = visit.portal.backend
    async with backend.examine_as(visit.subject.person):
        try:
            async with asyncio.timeout(WITHIN_S):
                found = await examine_by(backend.settings, Login.PORTAL)
        except TimeoutError:
            raise Fault("away", 503) from None
    lang = int(visit.language == "zh")
    rows = [(item.part, item.fine, item.found[lang], "" if item.fine else item.cure[lang]) for item in found]
    return visit.render(
        "installation/parts.html", {"rows": rows, "off": sum(not item.fine for item in found)}
    )


ROUTES = (show(PATH, show_parts),)
