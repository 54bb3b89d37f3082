"""One request of a program: who asks by its token, in which language, and what is behind it."""

import re
from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from portal.api.problems import Problem, language_of
from portal.backend import Reach
from portal.guard.places import can_be
from portal.visit import Portal
from reading.access.sessions import FOR_PROGRAMS, SignedIn
from reading.access.subject import Subject
from reading.errors import Hidden
from reading.service import ReadService
from selection.kernel.zone import BEIJING, Zone
from selection.register.state import INSTALLATION

M = TypeVar("M", bound=BaseModel)
NAMED = re.compile(r"[!-.0-~]{1,100}")
"""A command id, as envelopes have it."""


class Call:
    """A request with what is behind it. `who` is None where no token is asked for."""

    def __init__(self, request: Request, portal: Portal, reach: Reach, who: SignedIn | None) -> None:
        self.request = request
        self.portal = portal
        self.reach = reach
        self.who = who
        self.language = language_of(request)

    @property
    def reads(self) -> ReadService:
        """The read service."""
        return self.reach.reads

    @property
    def subject(self) -> Subject:
        """Who reads and acts, where a token is asked for."""
        assert self.who is not None
        return self.who.subject

    @property
    def address(self) -> str:
        """The network address that asks, for limits alone."""
        return self.request.client.host if self.request.client else ""

    @property
    def agent(self) -> str:
        """What the program calls itself."""
        header = self.request.headers.get("user-agent", "")
        return "".join(letter for letter in header if letter.isprintable())

    @property
    def command_id(self) -> str:
        """The id that the program gave the act. Raises Problem."""
        found = self.request.headers.getlist("idempotency-key")
        if len(found) != 1 or not NAMED.fullmatch(found[0]):
            raise Problem(400, "key-needed")
        return found[0]

    def get_part(self, name: str) -> str:
        """Return a part of the address. Raises Hidden for what names nothing that there can be."""
        found: str = self.request.path_params[name]
        if not can_be({name: found}):
            raise Hidden
        return found

    def query(self, model: type[M]) -> M:
        """Return what the address asks for after its `?`. Raises Problem with the names that do not fit."""
        asked: Mapping[str, str] = self.request.query_params
        try:
            return model.model_validate(dict(asked), strict=False)
        except ValidationError as fault:
            known = {str(error["loc"][0]) for error in fault.errors() if error["loc"]} & set(
                model.model_fields
            )
            raise Problem(400, "query-unfit", {"places": ", ".join(sorted(known)) or "?"}) from None

    async def find_zone(self, log: str) -> Zone:
        """Return the zone of the round that a log is of; Beijing's where there is none, or it does not show."""
        if log == INSTALLATION:
            return BEIJING
        try:
            return (await self.reads.rounds.get_words(self.subject, log)).zone
        except Hidden:
            return BEIJING


def find_token(request: Request) -> str:
    """Return the token that a request shows, empty without one. Cookies say nothing here."""
    found = request.headers.getlist("authorization")
    scheme, _, token = found[0].partition(" ") if len(found) == 1 else ("", "", "")
    token = token.strip()
    return token if scheme.lower() == "bearer" and token.startswith(FOR_PROGRAMS) else ""
