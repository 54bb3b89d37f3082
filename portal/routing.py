"""How pages are put under addresses: what every page has in common is done here, so that none can forget it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext

import structlog
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ledger.errors import RecordUnavailable
from portal.backend import Reach
from portal.faults import Fault, fault_of
from portal.giving_back import give_back
from portal.guard.bodies import trust_sender
from portal.guard.cookies import drop_session, find_session, is_form_token
from portal.guard.places import can_be
from portal.leaving import leave_form, take_room
from portal.text_parts import GIVEN_BACK, read_texts, size_of
from portal.visit import Portal, Visit
from reading.access.sessions import SignedIn
from runtime.error_places import describe_error
from runtime.errors import StackError

Show = Callable[[Visit], Awaitable[Response]]
Take = Callable[[Visit, FormData], Awaitable[Response]]

LARGEST_FORM = 64 * 1024
"""Bytes of a form that says no limit of its own [D]."""
FIELDS = 500
"""Fields of a form that says no limit of its own, at most [D]."""
WITHIN, WITHIN_WITH_FILES = 120.0, 600.0
"""Seconds within which a form is here, without files and with them [D]; strangers have fewer (guard/bodies.py)."""
CROWDED, AGAIN_AFTER = "crowded", "5"
"""What is told where there is no room just now, and the seconds after which a visitor may try again [D]."""
TOKEN = "form_token"  # noqa: S105 # the name of a field
TOKEN_HEADER = "form-token"  # noqa: S105 # the name of a header
log = structlog.get_logger(__name__)


def show(path: str, page: Show, *, public: bool = False) -> Route:
    """Return a route that shows a page: to who is signed in, others are led to sign in and back; or to everyone."""

    async def answer(request: Request) -> Response:
        return await _answer(request, page, public=public, again=True)

    return Route(path, answer, methods=["GET"])


def take(
    path: str,
    page: Take,
    *,
    public: bool = False,
    largest: int = LARGEST_FORM,
    fields: int = FIELDS,
    files: int = 0,
    draft: bool = False,
    ended: Show | None = None,
) -> Route:
    """Return a route that takes a form, made for the session that sends it, of so many bytes, fields and files at most.

    Files wait on disk, not in memory; beside them texts are as short as in any form.
    A public form has no session: that a page of this site sent it is all that is known. Of a session that ended by time
    one that has a `draft`, and is too long to be given back, is laid by for its person; `ended` answers in its place.
    """

    async def read_and_take(visit: Visit) -> Response:
        async with _read_form(visit, largest, fields, files) as form:
            given = form.get(TOKEN, "")
            if not public and not (isinstance(given, str) and is_form_token(visit.token, given)):
                return give_back(visit, form)
            return await page(visit, form)

    async def answer_late(visit: Visit) -> Response:
        if ended is not None and visit.ended is not None:
            return await ended(visit)
        _see_that_it_fits(visit, largest)
        with take_room(visit) if draft else nullcontext(GIVEN_BACK) as longest:
            async with _within(files):
                form = await read_texts(visit.request, fields + files, longest)
            if longest > GIVEN_BACK and size_of(form) > GIVEN_BACK:
                return await leave_form(visit, form)
        return give_back(visit, form)

    async def answer(request: Request) -> Response:
        return await _answer(request, read_and_take, public=public, again=False, ended=answer_late)

    return Route(path, answer, methods=["POST"])


@asynccontextmanager
async def _read_form(visit: Visit, largest: int, fields: int, files: int) -> AsyncIterator[FormData]:
    """Read what was sent, and close its files in the end. Raises Fault for too much, or what comes too slowly."""
    _see_that_it_fits(visit, largest)
    longest = min(largest, LARGEST_FORM) if files else largest
    async with _within(files):
        form = await visit.request.form(max_files=files, max_fields=fields, max_part_size=longest)
    try:
        yield form
    finally:
        await form.close()


def _see_that_it_fits(visit: Visit, largest: int) -> None:
    if int(visit.request.headers["content-length"]) > largest:
        raise Fault("too-large", 413)


@asynccontextmanager
async def _within(files: int) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(WITHIN_WITH_FILES if files else WITHIN):
            yield
    except TimeoutError:
        raise Fault("stalled", 408) from None


def serve(path: str, answer_script: Show, *methods: str) -> Route:
    """Return a route for a script of ours: what it sends is no form, so that a header has the form's token."""

    async def check_and_answer(visit: Visit) -> Response:
        given = visit.request.headers.get(TOKEN_HEADER, "")
        if visit.request.method != "HEAD" and not is_form_token(visit.token, given):
            raise Fault("form-outdated", 403)
        return await answer_script(visit)

    async def answer(request: Request) -> Response:
        return await _answer(request, check_and_answer, public=False, again=False)

    return Route(path, answer, methods=list(methods))


def text_of(form: FormData, name: str, most: int = 2_000) -> str:
    """Return a field of a form as text without spaces around it, empty if it is not there. Raises Fault."""
    value = form.get(name, "")
    if not isinstance(value, str) or len(value) > most:
        raise Fault("form-unfit")
    return value.strip()


def version_of(form: FormData) -> int:
    """Return the version of a draft that a page showed, 0 for none. Raises Fault."""
    given = text_of(form, "version", 18)
    if not (given.isascii() and given.isdigit()):
        raise Fault("form-unfit")
    return int(given)


async def tell_fault(request: Request, fault: Fault) -> Response:
    """Return the page that tells a fault, to whoever was found to be signed in; it asks nothing of the record."""
    visit = Visit(request, request.scope["app"].state.portal, None, getattr(request.state, "who", None))
    response = visit.render("fault.html", {"fault": fault, "given": None}, status=fault.status)
    if fault.code == CROWDED:
        response.headers["Retry-After"] = AGAIN_AFTER
    return response


async def tell_lost(request: Request, fault: Fault) -> Response:
    """Return the page that tells a fault at an address that can name nothing, to whom its session says."""
    try:
        reach = await request.app.state.portal.backend.reach()
        request.state.who = await _find_session(reach, find_session(request))
    except Exception as error:  # noqa: BLE001 # the fault is told all the same, as to a stranger
        log.warning("session not found", **_describe(error))
    return await tell_fault(request, fault)


async def _answer(
    request: Request, page: Show, *, public: bool, again: bool, ended: Show | None = None
) -> Response:
    if not can_be(request.path_params):
        return await tell_lost(request, Fault("hidden", 404))
    try:
        try:
            return await _open_and_show(request, page, public=public, ended=ended)
        except RecordUnavailable:
            await request.app.state.portal.backend.look_again()
            # A restart broke the connections; to show a page twice does no harm.
            if not again:
                raise
            return await _open_and_show(request, page, public=public)
    except Exception as error:  # noqa: BLE001 # whatever it is, the visitor is told it by a code
        fault = fault_of(error)
        if fault.code in ("broken", "away"):
            log.warning("page not shown", code=fault.code, page=page.__name__, **_describe(error))
        return await tell_fault(request, fault)


def _describe(error: Exception) -> dict[str, str]:
    return {"error": error.code if isinstance(error, StackError) else describe_error(error)}


async def _open_and_show(
    request: Request, page: Show, *, public: bool, ended: Show | None = None
) -> Response:
    portal: Portal = request.app.state.portal
    reach = await portal.backend.reach()
    token = find_session(request)
    who = request.state.who = await _find_session(reach, token)
    if who is not None:
        trust_sender(request, who.subject.person)
    if request.method == "GET":
        reach = reach.narrow(who)
    visit = Visit(request, portal, reach, who)
    if who is not None or public:
        try:
            return await page(visit)
        finally:
            # Also where a page is refused after it read: why it is refused tells of what was read.
            await reach.settle()
    if visit.may_be_signed_in:
        # The browser sends its cookie when the page asks again.
        return visit.render("again.html", {"address": visit.here})
    visit.ended = await reach.sessions.find_ended(token) if token else None
    response = await ended(visit) if ended and _is_seen(request) else visit.lead_to_sign_in()
    if token and visit.ended is None:
        drop_session(response)
    return response


async def _find_session(reach: Reach, token: str) -> SignedIn | None:
    return await reach.sessions.resume(token) if token else None


def _is_seen(request: Request) -> bool:
    """Tell whether a person sees the answer to a form: what a script sends without a session is not read."""
    return request.headers.get("sec-fetch-dest", "document") == "document"


def refuse_parts_of_pages(visit: Visit) -> None:
    """See that a window goes here, and no picture or frame in a page of somebody else's: it would use up attempts.

    Raises Fault.
    """
    asks = visit.request.headers.get
    window = (
        asks("sec-fetch-mode", "navigate") == "navigate" and asks("sec-fetch-dest", "document") == "document"
    )
    if not window and asks("sec-fetch-site") != "same-origin":
        raise Fault("no-page", 404)
