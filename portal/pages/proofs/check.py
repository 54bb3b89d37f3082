"""Checking a receipt: the page, whose script reckons in the visitor's browser and sends nothing."""

from starlette.responses import Response

from portal.routing import show
from portal.visit import Visit
from portal.wording.check import VERDICTS

PATH = "/check"


async def show_check(visit: Visit) -> Response:
    """Show the page that checks receipts."""
    return visit.render("check/receipt.html", {"codes": tuple(VERDICTS)})


ROUTES = (show(PATH, show_check, public=True),)
