"""All operations, and the routes and the description that are made of them."""

from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal.api import acts, contents, public, reads, sign_in
from portal.api.document import describe
from portal.api.operations import ROOT, list_routes

OPERATIONS = (
    *sign_in.OPERATIONS,
    *acts.OPERATIONS,
    *contents.OPERATIONS,
    *reads.OPERATIONS,
    *public.OPERATIONS,
)


@cache
def describe_all() -> dict[str, Any]:
    """Return the description of every operation."""
    return describe(OPERATIONS)


async def show_description(_: Request) -> Response:
    """Show the description of the API; it asks nothing of the record."""
    return JSONResponse(describe_all())


ROUTES = (Route(f"{ROOT}/openapi.json", show_description), *list_routes(OPERATIONS))
