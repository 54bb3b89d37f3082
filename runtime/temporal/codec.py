import base64
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.converter import (
    ActivitySerializationContext,
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
    WorkflowSerializationContext,
)

from runtime.errors import StackError

ENCODING = b"binary/encrypted"
NONCE_BYTES = 12
KEY_BYTES = 32


class AesGcmCodec(PayloadCodec, WithSerializationContext):
    """Encrypts what Temporal stores with AES-256-GCM; the server never sees the text.

    The first key of the ring encrypts, all decrypt, so a key is replaced by putting the new one in front. A payload is
    bound to the key's id and to the namespace and id of its workflow: in another's history it is not readable. One
    that is not authentic, or not encrypted after `plain_until`, is left as it is: whoever gets it finds no form that
    is known there, and refuses it as it does any other message that cannot be read.
    """

    def __init__(self, ring: Mapping[str, bytes], plain_until: datetime | None = None) -> None:
        """Take keys of 32 bytes by id, the one to encrypt with first."""
        self._current = next(iter(ring))
        self._ring = {name: AESGCM(key) for name, key in ring.items()}
        self._plain_until = plain_until
        self._place = ("", "")

    def with_context(self, context: SerializationContext) -> "AesGcmCodec":
        """Return the codec for the payloads of one workflow, whether they are its own or its activities'."""
        if not isinstance(context, WorkflowSerializationContext | ActivitySerializationContext):
            return self
        bound = object.__new__(AesGcmCodec)
        bound.__dict__ = {**self.__dict__, "_place": (context.namespace, context.workflow_id or "")}
        return bound

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Encrypt each payload with the first key, under a nonce of its own."""
        return [self._encrypt(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Decrypt each payload. Raises ValueError if a key is missing: another worker may have it."""
        return [self._decrypt(payload) for payload in payloads]

    def _encrypt(self, payload: Payload) -> Payload:
        nonce = secrets.token_bytes(NONCE_BYTES)
        name = self._current.encode()
        sealed = self._ring[self._current].encrypt(nonce, payload.SerializeToString(), self._bind(name))
        return Payload(metadata={"encoding": ENCODING, "key-id": name}, data=nonce + sealed)

    def _decrypt(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            refused = self._plain_until is not None and datetime.now(UTC) >= self._plain_until
            return _mark_unreadable(payload) if refused else payload
        name = payload.metadata["key-id"]
        cipher = self._ring.get(name.decode(errors="replace"))
        if cipher is None:
            raise ValueError("the key that a payload was encrypted with is not in SELECTION_PAYLOAD_KEYS")
        nonce, sealed = payload.data[:NONCE_BYTES], payload.data[NONCE_BYTES:]
        try:
            return Payload.FromString(cipher.decrypt(nonce, sealed, self._bind(name)))
        except (InvalidTag, ValueError):
            return payload

    def _bind(self, name: bytes) -> bytes:
        namespace, workflow_id = self._place
        return b"\0".join((name, namespace.encode(), workflow_id.encode()))


def _mark_unreadable(payload: Payload) -> Payload:
    return Payload(metadata={"encoding": b"binary/not-encrypted"}, data=payload.data)


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
                "Make a file with one by `selection keys payload FILE`, and name it by @FILE.",
            )
        ring[name] = key
    return ring


def new_key_ring() -> str:
    """Return a ring with one new key, as SELECTION_PAYLOAD_KEYS has it."""
    key = secrets.token_bytes(KEY_BYTES)
    return f"{secrets.token_hex(4)}:{base64.b64encode(key).decode()}"
