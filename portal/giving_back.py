"""What was typed into a form that is not taken, as its session has ended: shown to who typed it, kept nowhere."""

import re

from starlette.datastructures import FormData
from starlette.responses import Response
from starlette.routing import Match

from portal.faults import Fault
from portal.visit import Visit

CODE = re.compile(r"[\w.:/-]{0,200}", re.ASCII)
"""What a page put into a form by itself, or somebody ticked: nothing of it is lost."""


def give_back(visit: Visit, form: FormData) -> Response:
    """Show again what somebody typed, to be copied into the page once it is opened anew."""
    texts = [value for value in form.values() if isinstance(value, str) and not CODE.fullmatch(value)]
    fault = Fault("form-outdated", 403)
    context = {"fault": fault, "typed": tuple(texts), "page": visit.here if _has_page(visit) else "/"}
    return visit.render("fault.html", context, status=fault.status)


def _has_page(visit: Visit) -> bool:
    """Tell whether the address of the form can be opened too."""
    scope = {**visit.request.scope, "method": "GET"}
    return any(route.matches(scope)[0] is Match.FULL for route in visit.request.app.routes)
