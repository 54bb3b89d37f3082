"""A sign-in that was begun at the provider: what only the browser that began it holds, until it comes back."""

import hashlib
import json
from secrets import token_urlsafe

from pydantic import Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from selection.kernel.model import Frozen
from selection.signing.base64 import decode, encode

COOKIE = "__Host-sign-in"
LASTS = 600
"""Seconds [D] in which somebody signs in at the provider."""


class SignInAttempt(Frozen):
    """What one sign-in is known by: `state` to the browser, `nonce` in the token, `verifier` to the provider (PKCE).

    `back` is the path to which the visitor was going.
    """

    state: str = Field(min_length=43, max_length=43)
    nonce: str = Field(min_length=43, max_length=43)
    verifier: str = Field(min_length=43, max_length=43)
    back: str = Field(max_length=1_000)

    @property
    def challenge(self) -> str:
        """The hash of the verifier, which may be seen by others."""
        return encode(hashlib.sha256(self.verifier.encode()).digest())


def begin(back: str) -> SignInAttempt:
    """Return a sign-in like no other."""
    state, nonce, verifier = (token_urlsafe(32) for _ in range(3))
    return SignInAttempt(state=state, nonce=nonce, verifier=verifier, back=back)


def keep(response: Response, begun: SignInAttempt) -> None:
    """Have the browser hold it. Not strict: the browser comes back from another site."""
    value = encode(json.dumps(begun.model_dump()).encode())
    response.set_cookie(COOKIE, value, max_age=LASTS, path="/", secure=True, httponly=True, samesite="lax")


def drop(response: Response) -> None:
    """Have the browser forget it: it counts once."""
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")


def find(request: Request) -> SignInAttempt | None:
    """Return what the browser holds, None if it began nothing or too long ago."""
    try:
        return SignInAttempt.model_validate_json(decode(request.cookies.get(COOKIE, "")))
    except (ValidationError, ValueError):
        return None
