import base64
import secrets
from collections.abc import Mapping, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

from runtime.errors import StackError

ENCODING = b"binary/encrypted"
NONCE_BYTES = 12
KEY_BYTES = 32


class AesGcmCodec(PayloadCodec):
    """Encrypts what Temporal stores with AES-256-GCM; the server never sees the text.

    The first key of the ring encrypts, all decrypt, so a key is replaced by putting the new one in front.
    The key's id is authenticated. A payload stored before encryption was switched on is passed as it is.
    """

    def __init__(self, ring: Mapping[str, bytes]) -> None:
        """Take keys of 32 bytes by id, the one to encrypt with first."""
        self._current = next(iter(ring))
        self._ring = {name: AESGCM(key) for name, key in ring.items()}

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Encrypt each payload with the first key, under a nonce of its own."""
        return [self._encrypt(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Decrypt each payload. Raises ValueError if a key is missing or the text was altered."""
        return [self._decrypt(payload) for payload in payloads]

    def _encrypt(self, payload: Payload) -> Payload:
        nonce = secrets.token_bytes(NONCE_BYTES)
        name = self._current.encode()
        sealed = self._ring[self._current].encrypt(nonce, payload.SerializeToString(), name)
        return Payload(metadata={"encoding": ENCODING, "key-id": name}, data=nonce + sealed)

    def _decrypt(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            return payload
        name = payload.metadata["key-id"]
        cipher = self._ring.get(name.decode(errors="replace"))
        if cipher is None:
            raise ValueError("the key that a payload was encrypted with is not in SELECTION_PAYLOAD_KEYS")
        nonce, sealed = payload.data[:NONCE_BYTES], payload.data[NONCE_BYTES:]
        try:
            return Payload.FromString(cipher.decrypt(nonce, sealed, name))
        except InvalidTag:
            raise ValueError("a payload was altered or its key is not the one of that id") from None


def parse_keys(text: str) -> dict[str, bytes]:
    """Read a key ring: `id:base64,id:base64`, each key 32 bytes. Raises StackError settings-wrong."""
    ring: dict[str, bytes] = {}
    for entry in text.split(","):
        name, _, encoded = entry.strip().partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except ValueError:
            key = b""
        if not name or len(key) != KEY_BYTES:
            raise StackError(
                "settings-wrong",
                f"SELECTION_PAYLOAD_KEYS is a list of id:key, each key {KEY_BYTES} bytes in base64. "
                "Make one with: openssl rand -base64 32",
            )
        ring[name] = key
    return ring
