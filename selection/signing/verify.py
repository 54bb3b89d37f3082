"""Whether a signature holds for a message and a key, by its scheme. Needs no network and no clock."""

from collections.abc import Sequence
from functools import lru_cache
from typing import assert_never

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.webauthn import AuthenticatorData, CollectedClientData

from selection.kernel.proof import Ed25519Signature, Signature, WebAuthnSignature
from selection.signing.base64 import decode
from selection.signing.ceremony import ALGORITHMS, is_ours
from selection.signing.key import Key
from selection.signing.statement import challenge_of

KEYS_KNOWN = 1_000
"""How many keys are kept as they were read last: most people sign many acts."""

UNFIT = (InvalidSignature, ValueError, LookupError, TypeError, AttributeError, RuntimeError)
"""What the libraries raise for bytes that are no key, no assertion, no JSON or too deep, or of an unknown algorithm."""


def holds(signature: Signature, key: Key, message: bytes, portals: Sequence[str]) -> bool:
    """Tell whether the key signed the message, in a browser on a page of one of the installation's `portals`.

    A key in a file signs without a browser, and says of no page. Whatever cannot be read does not hold.
    """
    if signature.key != key.key or signature.scheme != key.scheme:
        return False
    try:
        match signature:
            case Ed25519Signature():
                _check_ed25519(signature, key, message)
            case WebAuthnSignature():
                _check_assertion(signature, key, message, portals)
            case _:
                assert_never(signature)
    except UNFIT:
        return False
    return True


def _check_ed25519(signature: Ed25519Signature, key: Key, message: bytes) -> None:
    _read_ed25519(key.public).verify(decode(signature.signature), challenge_of(message))


def _check_assertion(signature: WebAuthnSignature, key: Key, message: bytes, portals: Sequence[str]) -> None:
    """Check an assertion: its kind, challenge, site and origin, that the person was verified, and the signature."""
    client_data = CollectedClientData(decode(signature.client_data))
    data = AuthenticatorData(decode(signature.authenticator_data))
    kind, challenge = CollectedClientData.TYPE.GET, challenge_of(message)
    if not is_ours(client_data, data, kind, challenge, key.site, portals):
        raise InvalidSignature
    public = _read_cose(key.public)
    if public.ALGORITHM not in ALGORITHMS:
        raise InvalidSignature
    public.verify(data + client_data.hash, decode(signature.signature))


@lru_cache(KEYS_KNOWN)
def _read_ed25519(public: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(decode(public))


@lru_cache(KEYS_KNOWN)
def _read_cose(public: str) -> CoseKey:
    found = cbor.decode(decode(public))
    if not isinstance(found, dict):
        raise ValueError("not a COSE key")
    return CoseKey.parse(found)
