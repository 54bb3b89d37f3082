"""What a browser and an authenticator say of where, for what and with whom a key was made or used."""

import hashlib
from collections.abc import Sequence

from fido2.webauthn import AuthenticatorData, CollectedClientData

from selection.kernel.proof import Signed, WebAuthnSignature
from selection.signing.base64 import decode
from selection.signing.key import host_of

ALGORITHMS = (-7, -8, -257)
"""What an authenticator may sign with: ES256, EdDSA, RS256 (RFC 9053)."""


def is_ours(
    client_data: CollectedClientData,
    data: AuthenticatorData,
    kind: str,
    challenge: bytes,
    site: str,
    portals: Sequence[str],
) -> bool:
    """Tell whether this is the ceremony that was asked for, on a page of ours, with the person verified.

    Members of the client data that are not asked for here may be there, and say nothing.
    """
    verified = data.flags & AuthenticatorData.FLAG.UP and data.flags & AuthenticatorData.FLAG.UV
    return bool(
        verified
        and client_data.type == kind
        and client_data.challenge == challenge
        and client_data.cross_origin is False
        and is_origin_of(client_data.origin, site, portals)
        and data.rp_id_hash == hashlib.sha256(site.encode()).digest()
    )


def is_origin_of(origin: str, site: str, portals: Sequence[str]) -> bool:
    """Tell whether a page's origin is one of the portals, as a whole, and the site is that portal's host.

    Whoever has another port of the host, or a name below it, would else relay what people sign. Where the record names
    no portal, any page of the site counts: by TLS, or on this very machine as `localhost`.
    """
    if portals:
        return origin in portals and host_of(origin) == site
    scheme, _, rest = origin.partition("://")
    host = rest.partition(":")[0]
    own = bool(site) and (host == site or host.endswith(f".{site}"))
    return own and (scheme == "https" or (scheme == "http" and site == "localhost"))


def list_pages(signed: Signed) -> tuple[str, ...]:
    """Return the origins of the pages on which an act was signed; a key in a file signs on none."""
    proofs = (signed.proof, *((signed.second.proof,) if signed.second is not None else ()))
    signatures = [proof.signature for proof in proofs]
    return tuple(
        CollectedClientData(decode(item.client_data)).origin
        for item in signatures
        if isinstance(item, WebAuthnSignature)
    )
