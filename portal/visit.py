"""One request: who asks, in which language, and how an answer is made. Pages work with this alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.backend import Backend, Reach
from portal.guard.cookies import LANGUAGE, TEXT_SIZE, find_session, form_token, mark_person
from portal.provider.client import ProviderClient
from portal.shown.rendering import render
from portal.wording.catalogue import say
from reading.access.sessions import EndedSession, SignedIn
from reading.access.subject import Subject
from reading.service import ReadService
from selection.kernel.actor import Role
from selection.kernel.zone import Zone
from selection.signing.key import host_of

LANGUAGES = ("zh", "en")
TEXT_SIZES = ("usual", "large", "largest")
PATH_AT_MOST = 1_000
SEE_OTHER = 303


@dataclass(frozen=True)
class Portal:
    """What one process of the portal has."""

    backend: Backend
    origin: str
    provider: ProviderClient | None = None
    """Who else than their passkeys lets people in."""

    @property
    def site(self) -> str:
        """The host name that passkeys belong to."""
        return host_of(self.origin)


class Visit:
    """A request with what is behind it. `who` is None where nobody is signed in, which public pages allow.

    `ended` is the session of the browser where that ended by time alone: it opens nothing.
    """

    def __init__(self, request: Request, portal: Portal, reach: Reach | None, who: SignedIn | None) -> None:
        self.request = request
        self.portal = portal
        self.who = who
        self.ended: EndedSession | None = None
        self._reach = reach

    @property
    def reach(self) -> Reach:
        """The record with sessions."""
        assert self._reach is not None
        return self._reach

    @property
    def reads(self) -> ReadService:
        """The read service."""
        return self.reach.reads

    @property
    def subject(self) -> Subject:
        """Who reads, on a page behind the sign-in."""
        return self.signed_in.subject

    @property
    def signed_in(self) -> SignedIn:
        """The session, on a page behind the sign-in."""
        assert self.who is not None
        return self.who

    @property
    def token(self) -> str:
        """The token of the session in the browser's cookie."""
        return find_session(self.request)

    @property
    def may_be_signed_in(self) -> bool:
        """Whether nothing tells who asks: on a link from elsewhere, as in a mail, a browser sends no cookie along."""
        site = self.request.headers.get("sec-fetch-site")
        return self.request.method == "GET" and not self.token and site in ("cross-site", "same-site")

    @property
    def address(self) -> str:
        """The network address that asks, for limits alone."""
        return self.request.client.host if self.request.client else ""

    @property
    def agent(self) -> str:
        """What the browser calls itself."""
        return "".join(
            letter for letter in self.request.headers.get("user-agent", "") if letter.isprintable()
        )

    @cached_property
    def language(self) -> str:
        """`zh` or `en`: as the address says, else as was chosen, else as the browser asks."""
        asked = (self.request.query_params.get("lang"), self.request.cookies.get(LANGUAGE))
        chosen = next((language for language in asked if language in LANGUAGES), None)
        if chosen:
            return chosen
        accepted = self.request.headers.get("accept-language", "zh").lower()
        return "en" if accepted.startswith("en") else "zh"

    @cached_property
    def text_size(self) -> str:
        """How large the text is, as was chosen."""
        chosen = self.request.cookies.get(TEXT_SIZE, "")
        return chosen if chosen in TEXT_SIZES else TEXT_SIZES[0]

    @cached_property
    def here(self) -> str:
        """Path and question of this page, for a way back to it; the language chosen in it is left out."""
        url = self.request.url
        url = url.remove_query_params("lang") if url.query else url
        return f"{url.path}?{url.query}" if url.query else url.path

    def say(self, key: str, **params: Any) -> str:
        """Return a sentence of portal/wording in the visitor's language."""
        return say(key, self.language, params)

    def holds(self, *roles: Role) -> bool:
        """Tell whether the visitor is registered with one of these roles; what they may do, the record decides."""
        return self.who is not None and any(self.who.subject.holds(role) for role in roles)

    @property
    def audits(self) -> bool:
        """Whether links to the auditor's pages are offered; each of them sees for itself who may have it."""
        return self.holds(Role.AUDITOR, Role.ADMIN)

    def render(
        self,
        template: str,
        context: Mapping[str, Any] | None = None,
        *,
        status: int = 200,
        zone: Zone | None = None,
    ) -> Response:
        """Return a page: a template of portal/templates with its context; `zone` shows instants."""
        form = form_token(self.token) if self.who is not None else ""
        whose = mark_person(self.token, self.subject.person) if self.who is not None else ""
        around = {"visit": self, "form_token": form, "whose": whose}
        return Response(
            render(template, {**around, **(context or {})}, self.language, zone),
            status_code=status,
            media_type="text/html; charset=utf-8",
        )

    def lead(self, path: str) -> Response:
        """Return the way to another page of this site, taken with GET."""
        return RedirectResponse(own_path(path), status_code=SEE_OTHER)

    def lead_to_sign_in(self) -> Response:
        """Return the way to sign in, and from there back to this page."""
        back = self.here if self.request.method == "GET" else "/"
        return self.lead(f"/sign-in?next={quote(back, safe='')}")


def own_path(path: str) -> str:
    """Return a path of this site; what leads elsewhere, or is none, becomes the start page."""
    fits = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if fits and "\\" not in path and len(path) <= PATH_AT_MOST else "/"
