"""Signed notes (C2SP signed-note): a text, and who signed it with Ed25519.

A log's signature has type 0x01; a witness's cosignature has type 0x04 and holds the time of signing in POSIX
seconds (C2SP tlog-cosignature). Key names hold neither spaces nor plus signs.
"""

import base64
import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from selection.kernel.model import Frozen

PLAIN = 1
COSIGNATURE = 4
DASH = "\N{EM DASH} "
NOTE_LIMIT = 100_000
"""Characters of a note; longer ones are not read."""


class NoteInvalid(ValueError):
    """A note, a key or a signature can't be read, or a known key's signature does not hold."""


class Verifier(Frozen):
    """A public key from outside that a note's signatures are held against."""

    name: str
    public: bytes
    kind: int = PLAIN

    @property
    def key_id(self) -> bytes:
        """The four bytes that signatures name the key by."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The verifier key as one word: name, key id and public key."""
        encoded = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    @classmethod
    def parse(cls, vkey: str) -> "Verifier":
        """Read a verifier key; raise NoteInvalid."""
        name, _, rest = vkey.strip().partition("+")
        stated, _, encoded = rest.partition("+")
        decoded = _decode(encoded)
        if len(decoded) != 33 or decoded[0] not in (PLAIN, COSIGNATURE):
            raise NoteInvalid("not an Ed25519 verifier key")
        found = cls(name=check_name(name), public=decoded[1:], kind=decoded[0])
        if found.key_id.hex() != stated:
            raise NoteInvalid("the verifier key's id does not belong to its name and key")
        return found

    def check(self, text: str, signature: bytes) -> int | None:
        """Check a signature (without key id) of a note's text and return its time, if it states one.

        Raises NoteInvalid.
        """
        signed, when = text.encode(), None
        if self.kind == COSIGNATURE:
            when, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            signed = _encode_cosigned(text, when)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, signed)
        except InvalidSignature:
            raise NoteInvalid(f"the signature of {self.name} does not hold") from None
        return when


class Signature(NamedTuple):
    """One signature line: the key's name and id, and the signature's bytes."""

    name: str
    key_id: bytes
    signature: bytes


class Note(Frozen):
    """A note as it was read: its text with the final newline, and its signature lines."""

    text: str
    lines: tuple[str, ...]

    @property
    def encoded(self) -> str:
        """The note as it is kept."""
        return f"{self.text}\n{''.join(self.lines)}"

    @property
    def signatures(self) -> tuple[Signature, ...]:
        """What the signature lines hold; raises NoteInvalid."""
        return tuple(_signature(line) for line in self.lines)

    @classmethod
    def parse(cls, encoded: str) -> "Note":
        """Read a note; raise NoteInvalid. No signature is checked."""
        text, blank, signed = encoded.rpartition("\n\n")
        lines = tuple(signed.splitlines(keepends=True))
        controls = any(character < " " and character != "\n" for character in encoded)
        if len(encoded) > NOTE_LIMIT or not blank or not text or not lines or controls:
            raise NoteInvalid("not a signed note")
        note = cls(text=text + "\n", lines=lines)
        if note.encoded != encoded or not encoded.endswith("\n") or not note.signatures:
            raise NoteInvalid("not a signed note")
        return note

    def find_signers(self, verifiers: Iterable[Verifier]) -> dict[Verifier, int | None]:
        """Return which of the known keys signed, with the time that a cosignature states.

        Signatures of unknown keys are passed over. Raises NoteInvalid when one of a known key does not hold.
        """
        known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
        found: dict[Verifier, int | None] = {}
        for name, key_id, signature in self.signatures:
            if (name, key_id) in known:
                found[known[name, key_id]] = known[name, key_id].check(self.text, signature)
        return found

    def with_line(self, line: str) -> "Note":
        """Return the note with one more signature line; the same line twice changes nothing."""
        return self if line in self.lines else Note(text=self.text, lines=(*self.lines, line))


class NoteSigner:
    """A name and an Ed25519 private key (32 bytes)."""

    def __init__(self, name: str, seed: bytes, kind: int = PLAIN) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = Verifier(
            name=check_name(name), public=self._key.public_key().public_bytes_raw(), kind=kind
        )

    def line(self, text: str, at: int = 0) -> str:
        """Return the signature line for a note's text; `at` is a cosignature's time in POSIX seconds."""
        if self.verifier.kind == COSIGNATURE:
            signature = at.to_bytes(8, "big") + self._key.sign(_encode_cosigned(text, at))
        else:
            signature = self._key.sign(text.encode())
        encoded = base64.b64encode(self.verifier.key_id + signature).decode()
        return f"{DASH}{self.verifier.name} {encoded}\n"

    def sign(self, text: str) -> Note:
        """Return the signed note; the text ends with a newline."""
        return Note(text=text, lines=(self.line(text),))


def check_name(name: str) -> str:
    """Return a key name; raise NoteInvalid for one that is empty or holds a space, a plus or a control."""
    if not name or "+" in name or any(part.isspace() or part < " " for part in name):
        raise NoteInvalid("a key name holds neither spaces nor plus signs")
    return name


def _encode_cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(DASH).removesuffix("\n").partition(" ")
    decoded = _decode(encoded)
    if not line.startswith(DASH) or not line.endswith("\n") or len(decoded) <= 4:
        raise NoteInvalid("not a signature line")
    return Signature(check_name(name), decoded[:4], decoded[4:])


def _decode(encoded: str) -> bytes:
    try:
        decoded = base64.b64decode(encoded, validate=True)
    except ValueError:
        raise NoteInvalid("not base64") from None
    if base64.b64encode(decoded).decode() != encoded:
        raise NoteInvalid("base64 with stray bits")
    return decoded
