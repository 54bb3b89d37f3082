"""What a browser and an authenticator say of where, for what and with whom a key was made or used."""

import hashlib

from fido2.webauthn import AuthenticatorData, CollectedClientData

ALGORITHMS = (-7, -8, -257)
"""What an authenticator may sign with: ES256, EdDSA, RS256 (RFC 9053)."""


def is_ours(
    client_data: CollectedClientData, data: AuthenticatorData, kind: str, challenge: bytes, site: str
) -> bool:
    """Tell whether this is the ceremony that was asked for, on the site's own page, with the person verified.

    Members of the client data that are not asked for here may be there, and say nothing.
    """
    verified = data.flags & AuthenticatorData.FLAG.UP and data.flags & AuthenticatorData.FLAG.UV
    return bool(
        verified
        and client_data.type == kind
        and client_data.challenge == challenge
        and client_data.cross_origin is False
        and is_origin_of(client_data.origin, site)
        and data.rp_id_hash == hashlib.sha256(site.encode()).digest()
    )


def is_origin_of(origin: str, site: str) -> bool:
    """Tell whether a page's origin belongs to a site: by TLS, or on this very machine as `localhost`."""
    scheme, _, rest = origin.partition("://")
    host = rest.partition(":")[0]
    own = bool(site) and (host == site or host.endswith(f".{site}"))
    return own and (scheme == "https" or (scheme == "http" and site == "localhost"))
