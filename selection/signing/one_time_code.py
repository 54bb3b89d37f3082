"""One-time codes: shown to the record as a salted hash, and known there by the hash of that."""

import hashlib

from selection.kernel.canonical import canonical_bytes
from selection.kernel.proof import Hash

VERSION = 1
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Those of a code: no letter is taken for a digit (Crockford's base 32)."""
LENGTH = 26
"""Characters of a code, 130 bits: nobody finds one by trying, whatever hash of it they see."""
ALIKE = str.maketrans("OIL", "011")


def code_of(chance: bytes) -> str:
    """Return a one-time code made of at least 26 random bytes, in groups to be typed."""
    signs = "".join(LETTERS[byte % len(LETTERS)] for byte in chance[:LENGTH])
    assert len(signs) == LENGTH
    return "-".join(signs[start : start + 5] for start in range(0, LENGTH, 5))


def token_of(code: str, installation: str, person: str = "") -> Hash:
    """Return what an act shows of a code: its salted hash. How the code was typed does not matter.

    A code is one person's on one installation; the one that founds it is nobody's yet.
    """
    signs = "".join(sign for sign in code.upper().translate(ALIKE) if sign in LETTERS)
    told = {"version": VERSION, "installation": installation, "person": person, "code": signs}
    return hashlib.sha256(canonical_bytes(told)).hexdigest()


def check_of(token: Hash) -> Hash:
    """Return what the record holds to know a code by, before anybody has shown it: the hash of its token."""
    return hashlib.sha256(bytes.fromhex(token)).hexdigest()
