"""What a program is told when a request comes to nothing: a stable code and a sentence, as RFC 9457 writes them."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from portal.acts.telling import tell_code
from portal.faults import Fault, fault_of
from portal.wording.api.refusals import REFUSED
from portal.wording.api.requests import OTHERWISE, WORDS
from selection.kernel.zone import BEIJING, Zone
from selection.refusals.refused import Refused

MEDIA = "application/problem+json"
SENTENCES = {**REFUSED, **WORDS}
AGAIN_AFTER = "5"
"""Seconds after which what passes is to be asked for again [D]."""
PASSING = ("receiving", "storing")
NOT_LET_IN = ("login-needed", "signature-key", "unknown-person")
CODES = {404: "no-page", 405: "method-unknown"}


class Problem(Exception):
    """A request comes to nothing; `code` is stable, `params` fill its sentence, `more` stands beside them."""

    def __init__(
        self,
        status: int,
        code: str,
        params: Mapping[str, str] | None = None,
        *,
        zone: Zone = BEIJING,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = int(status)
        self.code = code
        self.params = dict(params or {})
        self.zone = zone
        self.headers = dict(headers or {})
        self.more = dict(more or {})

    def sentence(self, language: str) -> str:
        """Return what to do, in `zh`, else in English."""
        return tell(self.code, self.params, language, self.zone)

    def respond(self, language: str) -> Response:
        """Return the answer. Nothing of what was sent stands in it."""
        status = HTTPStatus(self.status)
        fields = {
            "type": "about:blank",
            "title": status.phrase,
            "status": self.status,
            "code": self.code,
            "detail": self.sentence(language),
            **({"params": self.params} if self.params else {}),
            **self.more,
        }
        headers = {"Content-Language": language, **self.headers}
        if status is HTTPStatus.SERVICE_UNAVAILABLE or self.code in PASSING:
            headers["Retry-After"] = AGAIN_AFTER
        if status is HTTPStatus.UNAUTHORIZED:
            headers["WWW-Authenticate"] = "Bearer"
        body = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
        return Response(body, self.status, headers, MEDIA)


def tell(code: str, params: Mapping[str, str], language: str, zone: Zone = BEIJING) -> str:
    """Return the sentence of a code for a program; no command of a terminal stands in it."""
    return tell_code(SENTENCES, OTHERWISE, language, code, params, zone)


def problem_of(error: Exception) -> Problem:
    """Return what is told of an error; of one that nobody foresaw, that something broke."""
    match error:
        case Problem():
            return error
        case Refused() if error.code in NOT_LET_IN:
            return Problem(HTTPStatus.UNAUTHORIZED, "token-needed")
        case HTTPException():
            code = CODES.get(error.status_code, "body-unfit")
            return Problem(error.status_code, code, headers=error.headers)
    fault = fault_of(error)
    code = "hidden" if fault.code == "form-unfit" else fault.code
    status = HTTPStatus.NOT_FOUND if code == "hidden" else fault.status
    params = error.params if isinstance(error, Refused) else {}
    return Problem(status, code, params)


def language_of(request: Request) -> str:
    """Return `zh` where a request prefers Chinese to English, else `en`."""
    preferred = {"en": 0.001, "zh": 0.0}
    for part in request.headers.get("accept-language", "")[:200].lower().split(","):
        name, _, weight = part.strip().partition(";")
        tongue = name.partition("-")[0].strip()
        if tongue in preferred:
            preferred[tongue] = max(preferred[tongue], _weight_of(weight))
    return max(preferred, key=lambda tongue: preferred[tongue])


def _weight_of(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text.strip().removeprefix("q=")))) if text.strip() else 1.0
    except ValueError:
        return 0.0


async def tell_problem(request: Request, fault: Fault) -> Response:
    """Return what the guard, or a missing address, tells a program."""
    params = {"limit": "33554432"} if fault.code == "too-large" else {}
    return Problem(fault.status, fault.code, params).respond(language_of(request))
