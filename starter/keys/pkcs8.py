"""A private key behind a passphrase as a PEM that other programs read too (RFC 5958, RFC 8018)."""

import base64
import hashlib
import secrets
import textwrap

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

ROUNDS = 600_000
"""Of PBKDF2 with HMAC-SHA-256: a guess at the passphrase costs a fifth of a second. `cryptography` would write 2048."""
SEQUENCE, INTEGER, OCTETS, NULL = 0x30, 0x02, 0x04, b"\x05\x00"
PBES2 = bytes.fromhex("06092a864886f70d01050d")
PBKDF2 = bytes.fromhex("06092a864886f70d01050c")
HMAC_SHA256 = bytes.fromhex("06082a864886f70d0209")
AES256_CBC = bytes.fromhex("060960864801650304012a")
BEGIN, END = "-----BEGIN ENCRYPTED PRIVATE KEY-----", "-----END ENCRYPTED PRIVATE KEY-----"


def seal(seed: bytes, passphrase: str) -> str:
    """Return the PEM of an Ed25519 seed, encrypted."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    salt, vector = secrets.token_bytes(16), secrets.token_bytes(16)
    secret = hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, ROUNDS)
    padder, cipher = PKCS7(128).padder(), Cipher(algorithms.AES256(secret), modes.CBC(vector)).encryptor()
    sealed = cipher.update(padder.update(plain) + padder.finalize()) + cipher.finalize()
    rounds = ROUNDS.to_bytes((ROUNDS.bit_length() + 8) // 8, "big")
    derive = _der(SEQUENCE, _der(OCTETS, salt), _der(INTEGER, rounds), _der(SEQUENCE, HMAC_SHA256, NULL))
    how = _der(SEQUENCE, _der(SEQUENCE, PBKDF2, derive), _der(SEQUENCE, AES256_CBC, _der(OCTETS, vector)))
    body = _der(SEQUENCE, _der(SEQUENCE, PBES2, how), _der(OCTETS, sealed))
    lines = textwrap.wrap(base64.b64encode(body).decode(), 64)
    return "\n".join((BEGIN, *lines, END)) + "\n"


def unseal(pem: str, passphrase: str) -> bytes:
    """Return the seed in a PEM. Raises ValueError for another passphrase or what is no such PEM."""
    try:
        key = load_pem_private_key(pem.encode(), passphrase.encode())
    except TypeError:
        raise ValueError("no encrypted key") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("no Ed25519 key")
    return key.private_bytes_raw()


def _der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    width = (size.bit_length() + 7) // 8
    return bytes([tag, 128 + width]) + size.to_bytes(width, "big") + body
