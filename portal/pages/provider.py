"""Signing in by the installation's provider: there, and back."""

import hmac

import structlog
from starlette.responses import RedirectResponse, Response

from portal.faults import Fault
from portal.pages.sign_in import HOME, ask_again, let_in
from portal.provider import attempt as kept
from portal.provider.client import BACK, ProviderClient
from portal.provider.errors import ProviderFailed
from portal.routing import refuse_parts_of_pages, show
from portal.visit import SEE_OTHER, Visit, own_path
from selection.refusals.refused import Refused

CODE_AT_MOST = 2_000
STATUS = {"away": 503, "failed": 403, "cancelled": 403, "unknown": 403}
log = structlog.get_logger(__name__)


async def go_there(visit: Visit) -> Response:
    """Send the visitor to the provider; who is signed in already goes on."""
    provider = _provider(visit)
    refuse_parts_of_pages(visit)
    if visit.who is not None:
        return visit.lead(visit.request.query_params.get("next", HOME))
    await _begin(visit)
    begun = kept.begin(own_path(visit.request.query_params.get("next", HOME)))
    try:
        response = RedirectResponse(await provider.lead(begun), status_code=SEE_OTHER)
    except ProviderFailed as failed:
        return await _tell(visit, begun.back, failed)
    kept.keep(response, begun)
    await visit.reach.attempts.give_back(visit.address)
    return response


async def come_back(visit: Visit) -> Response:
    """Let in whom the provider names, if this browser began it; and lead to where they were going."""
    provider = _provider(visit)
    refuse_parts_of_pages(visit)
    begun, given = kept.find(visit.request), visit.request.query_params
    state, code = given.get("state", ""), given.get("code", "")
    if begun is None or not hmac.compare_digest(begun.state.encode(), state.encode()):
        # Nobody tries anything by it, and another window may still come back to what it began.
        return await _tell(
            visit, HOME, ProviderFailed("failed", "another sign-in than this browser began"), drop=False
        )
    await _begin(visit)
    if "error" in given or not 0 < len(code) <= CODE_AT_MOST:
        return await _tell(visit, begun.back, ProviderFailed("cancelled", "no code"))
    try:
        person = await provider.find_person(begun, code)
        token = await visit.reach.sessions.begin_vouched(person, visit.agent)
    except ProviderFailed as failed:
        return await _tell(visit, begun.back, failed)
    except Refused:
        return await _tell(visit, begun.back, ProviderFailed("unknown", "who signed in is not registered"))
    await visit.reach.attempts.give_back(visit.address)
    response = await let_in(visit, token, begun.back)
    kept.drop(response)
    return response


async def _begin(visit: Visit) -> None:
    """Count what asks the provider something. Raises Fault too-many."""
    if not await visit.reach.attempts.begin(visit.address):
        raise Fault("too-many", 429)


async def _tell(visit: Visit, back: str, failed: ProviderFailed, *, drop: bool = True) -> Response:
    log.warning("nobody signed in by the provider", code=failed.code, why=failed.why)
    error = f"sign-in.provider-{failed.code}"
    response = await ask_again(visit, back, error=error, status=STATUS[failed.code])
    if drop:
        kept.drop(response)
    return response


def _provider(visit: Visit) -> ProviderClient:
    if visit.portal.provider is None:
        raise Fault("no-page", 404)
    return visit.portal.provider


ROUTES = (show("/sign-in/provider", go_there, public=True), show(BACK, come_back, public=True))
