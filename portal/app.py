"""The portal put together: pages, the API, files, guards."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from portal.api import routes as api
from portal.api.problems import language_of, problem_of, tell_problem
from portal.backend import Backend
from portal.faults import Fault
from portal.guard.bodies import Bodies
from portal.guard.headers import SafeHeaders
from portal.guard.requests import Guard, is_for_programs
from portal.pages import (
    acts,
    applications,
    applying,
    changes,
    doing,
    everywhere,
    health,
    invitations,
    left_forms,
    look,
    own_sessions,
    papers,
    provider,
    receipts,
    register,
    reviews,
    seconds,
    sign_in,
    start,
    tasks,
)
from portal.pages.audit import archiving, copies, replay, watching, what_if
from portal.pages.files import offline_review, opinions, resuming, uploads
from portal.pages.health import Watch
from portal.pages.installation import parts
from portal.pages.keys import confirming, first as first_keys, founder, own as own_keys
from portal.pages.many import applications as many_applications
from portal.pages.proofs import check, checkpoints, paper_checks
from portal.pages.rounds import (
    amending,
    approval,
    by_table,
    checking,
    checks,
    desk,
    draw,
    opening,
    proposal,
    sent_papers,
    shortlist,
    together,
    unit_list,
)
from portal.provider.client import ProviderClient
from portal.routing import tell_fault, tell_lost
from portal.visit import Portal

PAGES: tuple[BaseRoute, ...] = (
    # What is asked for most is found first.
    *tasks.ROUTES,
    *start.ROUTES,
    *health.ROUTES,
    *parts.ROUTES,
    *desk.ROUTES,
    *proposal.ROUTES,
    *approval.ROUTES,
    *draw.ROUTES,
    *opening.ROUTES,
    *sent_papers.ROUTES,
    *amending.ROUTES,
    *shortlist.ROUTES,
    *checks.ROUTES,
    *checking.ROUTES,
    *by_table.ROUTES,
    *together.ROUTES,
    *unit_list.ROUTES,
    *copies.ROUTES,
    *archiving.ROUTES,
    *replay.ROUTES,
    *what_if.ROUTES,
    *watching.ROUTES,
    *check.ROUTES,
    *checkpoints.ROUTES,
    *paper_checks.ROUTES,
    *changes.ROUTES,
    *register.ROUTES,
    *sign_in.ROUTES,
    *provider.ROUTES,
    *look.ROUTES,
    *own_sessions.ROUTES,
    *left_forms.ROUTES,
    *own_keys.ROUTES,
    *first_keys.ROUTES,
    *founder.ROUTES,
    *confirming.ROUTES,
    *applications.ROUTES,
    *opinions.ROUTES,
    *many_applications.ROUTES,
    *applying.ROUTES,
    *uploads.ROUTES,
    *resuming.ROUTES,
    *acts.ROUTES,
    *everywhere.ROUTES,
    *doing.ROUTES,
    *seconds.ROUTES,
    *invitations.ROUTES,
    *reviews.ROUTES,
    *offline_review.ROUTES,
    *receipts.ROUTES,
    *papers.ROUTES,
)
STATIC = Path(__file__).parent / "static"
CODES = {404: "no-page", 405: "method-unknown"}


def create_app(backend: Backend, origin: str) -> Starlette:
    """Return the portal over a backend, as people reach it at `origin`."""

    @asynccontextmanager
    async def live(_: Starlette) -> AsyncIterator[None]:
        async with backend.open():
            yield

    app = Starlette(
        routes=[*PAGES, *api.ROUTES, Mount("/static", _Files(directory=STATIC))],
        lifespan=live,
        middleware=[
            Middleware(SafeHeaders, secure=origin.startswith("https:")),
            Middleware(Guard, origin=origin, tell=_tell),
            Middleware(Bodies, limits=backend.settings.portal_limits, tell=_tell),
        ],
        exception_handlers={HTTPException: _tell_http},
    )
    app.router.redirect_slashes = False
    wanted = backend.settings.oidc
    signing_in = ProviderClient(wanted, origin) if wanted else None
    app.state.portal = Portal(backend, origin, signing_in)
    app.state.watch = Watch(backend)
    return app


class _Files(StaticFiles):
    """Our own files, which a browser asks for anew each time and is told when nothing changed."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


async def _tell(request: Request, fault: Fault) -> Response:
    return await (tell_problem if is_for_programs(request.url.path) else tell_fault)(request, fault)


async def _tell_http(request: Request, error: Exception) -> Response:
    if is_for_programs(request.url.path):
        return problem_of(error).respond(language_of(request))
    status = error.status_code if isinstance(error, HTTPException) else 500
    return await tell_lost(request, Fault(CODES.get(status, "broken"), status))
