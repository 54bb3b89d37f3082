"""Whether a signature is of a key, by the two schemes of docs/format.md, "Proof"."""

import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from encoding import Json, Wrong, require, sha256, unbase64


def cbor(data: bytes) -> dict[Any, Any]:
    """Read a map of small values, which is all that a COSE key is."""

    def head(at: int) -> tuple[int, int, int]:
        kind, more = data[at] >> 5, data[at] & 31
        if more < 24:
            return kind, more, at + 1
        size = 1 << (more - 24)
        return kind, int.from_bytes(data[at + 1 : at + 1 + size], "big"), at + 1 + size

    def item(at: int) -> tuple[Any, int]:
        kind, number, at = head(at)
        if kind == 0:
            return number, at
        if kind == 1:
            return -1 - number, at
        require(kind in (2, 3), "not a COSE key")
        return data[at : at + number], at + number

    kind, count, at = head(0)
    require(kind == 5, "not a COSE key")
    found = {}
    for _ in range(count):
        name, at = item(at)
        found[name], at = item(at)
    return found


def verify_cose(public: bytes, signature: bytes, signed: bytes) -> None:
    """Verify by a COSE key; raises InvalidSignature."""
    key = cbor(public)
    if key[3] == -8:
        ed25519.Ed25519PublicKey.from_public_bytes(key[-2]).verify(signature, signed)
    elif key[3] == -7:
        numbers = ec.EllipticCurvePublicNumbers(
            int.from_bytes(key[-2], "big"), int.from_bytes(key[-3], "big"), ec.SECP256R1()
        )
        numbers.public_key().verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    else:
        require(key[3] == -257, "an algorithm that is not allowed")
        of_rsa = rsa.RSAPublicNumbers(int.from_bytes(key[-2], "big"), int.from_bytes(key[-1], "big"))
        of_rsa.public_key().verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())


def check_signature(signature: Json, key: Json, challenge: bytes, portals: list[str]) -> None:
    """Check a signature of a challenge by its scheme; a browser's is of a page of these portals, if there are any."""
    require(signature["scheme"] == key["scheme"], "another scheme than the key's")
    public, value = unbase64(key["public"]), unbase64(signature["signature"])
    try:
        if key["scheme"] == "ed25519":
            ed25519.Ed25519PublicKey.from_public_bytes(public).verify(value, challenge)
            return
        client_data, data = unbase64(signature["client_data"]), unbase64(signature["authenticator_data"])
        said, site = json.loads(client_data), key["site"]
        scheme, _, host = said["origin"].partition("://")
        host = host.partition(":")[0]
        require(said["type"] == "webauthn.get" and not said.get("crossOrigin"), "another ceremony")
        require(unbase64(said["challenge"]) == challenge, "another challenge")
        if portals:
            require(said["origin"] in portals and host == site, "a page that is none of the portals")
        else:
            require(site and (host == site or host.endswith("." + site)), "another site's page")
            require(scheme == "https" or (scheme, site) == ("http", "localhost"), "an open page")
        require(data[:32] == sha256(site.encode()) and data[32] & 5 == 5, "nobody was verified")
        verify_cose(public, value, data + sha256(client_data))
    except InvalidSignature:
        raise Wrong("a signature that does not hold") from None


def check_code(known: str, token: str, said: bytes) -> None:
    """Check that a one-time code, of which the record holds the public key, signed what is said; both in hex."""
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(known)).verify(bytes.fromhex(token), said)
    except InvalidSignature:
        raise Wrong("a first key without its code") from None
