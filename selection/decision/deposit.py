"""What a decision asks and is told of the secret of a draw, which lies in the record's contents until it is opened."""

import hashlib
import re

from selection.kernel.model import Frozen, Ref

_SECRET = re.compile(r"([0-9a-f]{2}){16,64}", re.ASCII)


class DepositAsked(Frozen):
    """Where the secret is said to lie, and the hash that it is committed to by."""

    ref: Ref
    commitment: str


class Deposit(Frozen):
    """The answer: the SHA-256 of the secret's bytes, and the secret in hex; both empty where none lies there."""

    digest: str = ""
    secret: str = ""

    @classmethod
    def of(cls, text: str) -> "Deposit":
        """Return the deposit that a text is: 16 to 64 bytes in hex, or none."""
        if not _SECRET.fullmatch(text):
            return cls()
        return cls(digest=hashlib.sha256(bytes.fromhex(text)).hexdigest(), secret=text)
