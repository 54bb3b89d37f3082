"""The provider, asked over HTTP: where it signs people in, and whom a code stands for."""

import json
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx

from portal.provider.attempt import SignInAttempt
from portal.provider.errors import ProviderFailed
from portal.provider.tokens import find_person
from runtime.settings import SignInProvider

BACK = "/sign-in/provider/back"
WITHIN = 5.0
"""Seconds [D] for one answer of the provider."""
LARGEST = 256 * 1024
"""Bytes of one answer [D]."""
LONGEST = 2_000
"""Characters of an address that the provider names [D]."""
HERE = ("localhost", "127.0.0.1")


class ProviderClient:
    """One installation's provider. Nothing of it is kept: sign-ins are few, and keys change."""

    def __init__(self, wanted: SignInProvider, origin: str) -> None:
        self._wanted = wanted
        self._back = origin + BACK

    @property
    def name(self) -> str:
        """How people call it."""
        return self._wanted.name

    async def lead(self, begun: SignInAttempt) -> str:
        """Return the address at which a sign-in goes on. Raises ProviderFailed `away`."""
        async with _http() as http:
            found = await self._discover(http)
        asked = {
            "response_type": "code",
            "scope": "openid profile",
            "client_id": self._wanted.client,
            "redirect_uri": self._back,
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": begun.challenge,
            "code_challenge_method": "S256",
        }
        address = _safe(found.get("authorization_endpoint"))
        return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"

    async def find_person(self, begun: SignInAttempt, code: str) -> str:
        """Return who signed in, by the code that the browser brought back. Raises ProviderFailed `away` or `failed`."""
        wanted = self._wanted
        async with _http() as http:
            found = await self._discover(http)
            given = {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self._back,
                "code_verifier": begun.verifier,
            }
            # RFC 6749, 2.3.1: both are form-encoded before they are joined.
            known = httpx.BasicAuth(quote_plus(wanted.client), quote_plus(wanted.secret))
            tokens = await _ask(http, "POST", found.get("token_endpoint"), "failed", data=given, auth=known)
            keys = await _ask(http, "GET", found.get("jwks_uri"), "away")
        token = tokens.get("id_token")
        if not isinstance(token, str):
            raise ProviderFailed("failed", "no token")
        return find_person(token, keys, wanted, begun.nonce)

    async def _discover(self, http: httpx.AsyncClient) -> dict[str, Any]:
        issuer = self._wanted.issuer
        found = await _ask(http, "GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration", "away")
        if found.get("issuer") != issuer:
            raise ProviderFailed(
                "away", "the provider calls itself by another name than SELECTION_OIDC_ISSUER"
            )
        return found


def _http() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=WITHIN, follow_redirects=False, trust_env=False)


async def _ask(
    http: httpx.AsyncClient, method: str, address: object, refused: str, **given: Any
) -> dict[str, Any]:
    try:
        async with http.stream(method, _safe(address), **given) as answer:
            body = b""
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > LARGEST:
                    raise ProviderFailed("away", "an answer of the provider is too large")
            if answer.status_code != httpx.codes.OK:
                code = refused if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR else "away"
                raise ProviderFailed(code, f"the provider answered {answer.status_code}")
            found = json.loads(body)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as failed:
        raise ProviderFailed("away", f"the provider: {type(failed).__name__}") from None
    if not isinstance(found, dict):
        raise ProviderFailed("away", "the provider did not answer as one")
    return found


def _safe(address: object) -> str:
    """Return an address that may be asked: over TLS, or on this machine. Raises ProviderFailed `away`."""
    try:
        parts = urlsplit(address) if isinstance(address, str) else None
    except ValueError:
        parts = None
    safe = parts is not None and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)
    )
    if not safe or len(str(address)) > LONGEST:
        raise ProviderFailed("away", "the provider names an address that is not safe")
    return str(address)
