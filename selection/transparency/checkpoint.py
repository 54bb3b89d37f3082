"""Checkpoints: what a log was at a size, signed (C2SP tlog-checkpoint)."""

import base64
from binascii import Error

from selection.kernel.model import Frozen
from selection.transparency.note import Note, NoteInvalid, NoteSigner, Verifier


class Checkpoint(Frozen):
    """Origin, number of leaves, and root of a log."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The note's text; this project writes no extension lines."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read a note's text; raise NoteInvalid. Extension lines are refused: nobody could audit them."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0] or not lines[1].isascii() or not lines[1].isdigit():
            raise NoteInvalid("not a checkpoint: origin, size and root hash on three lines")
        try:
            found = cls(origin=lines[0], size=int(lines[1]), root=base64.b64decode(lines[2], validate=True))
        except (Error, ValueError):
            raise NoteInvalid("a checkpoint's root is not base64") from None
        if found.text != text or len(found.root) != 32:
            raise NoteInvalid("a checkpoint's size or root is not written as it must be")
        return found


def origin_of(name: str, log: str) -> str:
    """Return the origin of an installation's log, which is also the name of the key that signs it."""
    return f"{name}/{log}"


def signer_of(name: str, seed: bytes, log: str) -> NoteSigner:
    """Return the signer of one log: one private key, a key name per log."""
    return NoteSigner(origin_of(name, log), seed)


def verifier_of(installation: Verifier, log: str) -> Verifier:
    """Return the verifier of one log, from the installation's public key."""
    return installation.model_copy(update={"name": origin_of(installation.name, log)})


def open_checkpoint(encoded: str, verifier: Verifier) -> tuple[Checkpoint, Note]:
    """Return what a checkpoint says, checked against a log's key. Raises NoteInvalid."""
    note = Note.parse(encoded)
    if verifier not in note.find_signers([verifier]):
        raise NoteInvalid(f"not signed by {verifier.name}")
    checkpoint = Checkpoint.parse(note.text)
    if checkpoint.origin != verifier.name:
        raise NoteInvalid(f"a checkpoint of {checkpoint.origin}, not of {verifier.name}")
    return checkpoint, note
