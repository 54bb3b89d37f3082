"""How pages look: language and text size, kept in the browser alone."""

from starlette.responses import Response

from portal.faults import Fault
from portal.guard.cookies import LANGUAGE, TEXT_SIZE, keep_choice
from portal.routing import show
from portal.visit import LANGUAGES, TEXT_SIZES, Visit


async def choose_language(visit: Visit) -> Response:
    """Show every page in a language from here on, and go back."""
    return _choose(visit, LANGUAGE, visit.request.path_params["choice"], LANGUAGES)


async def choose_text_size(visit: Visit) -> Response:
    """Show text in a size from here on, and go back."""
    return _choose(visit, TEXT_SIZE, visit.request.path_params["choice"], TEXT_SIZES)


def _choose(visit: Visit, name: str, choice: str, known: tuple[str, ...]) -> Response:
    if choice not in known:
        raise Fault("no-page", 404)
    response = visit.lead(visit.request.query_params.get("back", "/"))
    keep_choice(response, name, choice)
    return response


ROUTES = (
    show("/language/{choice}", choose_language, public=True),
    show("/text-size/{choice}", choose_text_size, public=True),
)
