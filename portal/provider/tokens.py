"""What an ID token must hold before it lets anybody in (OpenID Connect Core 1.0, section 3.1.3.7)."""

from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from portal.provider.errors import ProviderFailed
from runtime.settings import SignInProvider

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures by the provider's own keys; none by a secret that we hold as well, and never none at all."""
SHORTEST = 2048
"""Bits of an RSA key at least (RFC 7518, section 3.3); a shorter one counts as if it were not there."""
LAST_SECOND = 253_402_300_799
"""The end of the year 9999: no clock shows a later time, so that nothing ever runs out then."""
LEEWAY = 60
"""Seconds [D] by which the provider's clock may be off."""


def find_person(token: str, keys: Any, wanted: SignInProvider, nonce: str) -> str:
    """Return whom a token of the provider names. Raises ProviderFailed `failed`."""
    known = jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": wanted.issuer},
        sub={"essential": True},
        aud={"essential": True, "value": wanted.client},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        claims = jwt.decode(token, _list_strong(keys), algorithms=list(ALGORITHMS)).claims
        known.validate(claims)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as failed:
        raise ProviderFailed("failed", f"token: {type(failed).__name__}") from None
    if (
        claims["aud"] not in (wanted.client, [wanted.client])
        or claims.get("azp", wanted.client) != wanted.client
    ):
        raise ProviderFailed("failed", "token: made for others too")
    if claims["nonce"] != nonce:
        # The library takes a list that ours stands in.
        raise ProviderFailed("failed", "token: another nonce, or several")
    if not all(_is_time(claims[name]) for name in ("exp", "iat")):
        raise ProviderFailed("failed", "token: times outside the calendar")
    person = claims.get(wanted.claim)
    if not isinstance(person, str) or not person:
        raise ProviderFailed("failed", "token: without the claim that names a person")
    return person


def _list_strong(keys: Any) -> KeySet:
    """Return the keys of a provider that are long enough."""
    found = KeySet.import_key_set(keys).keys
    return KeySet(
        [key for key in found if not (isinstance(key, RSAKey) and key.raw_value.key_size < SHORTEST)]
    )


def _is_time(found: object) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool) and 0 <= found <= LAST_SECOND
