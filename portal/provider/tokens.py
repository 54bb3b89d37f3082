"""What an ID token must hold before it lets anybody in (OpenID Connect Core 1.0, section 3.1.3.7)."""

from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from portal.provider.errors import ProviderFailed
from runtime.settings import SignInProvider

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures by the provider's own keys; none by a secret that we hold as well, and never none at all."""
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
        claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=list(ALGORITHMS)).claims
        known.validate(claims)
    except (JoseError, ValueError, TypeError, KeyError) as failed:
        raise ProviderFailed("failed", f"token: {type(failed).__name__}") from None
    if claims["aud"] not in (wanted.client, [wanted.client]):
        raise ProviderFailed("failed", "token: made for others too")
    person = claims.get(wanted.claim)
    if not isinstance(person, str) or not person:
        raise ProviderFailed("failed", "token: without the claim that names a person")
    return person
