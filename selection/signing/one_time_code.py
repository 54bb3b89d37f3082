"""One-time codes: each is a key that signs one enrolment, so that who sees it used can't use it for another.

The record holds the public part alone, of the founding's code in its first entry: whoever has every server's key and
not the code can't enrol another key by it, now or in a log that they write anew.
"""

import hashlib
from typing import Annotated

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import Field

from selection.kernel.canonical import canonical_bytes
from selection.kernel.proof import Hash
from selection.signing.key import Key
from selection.signing.possession import Enrolment

Token = Annotated[str, Field(pattern=r"^([0-9a-f]{128})?$")]
"""What an act shows of a code: an Ed25519 signature in hex; empty where no code is asked for."""
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


def fingerprint_code(code: str, installation: str, person: str = "") -> Hash:
    """Return what the record holds to know a code by: the public key that is made of it, in hex.

    A code is one person's on one installation; the one that founds it is nobody's yet. How it was typed does not
    matter.
    """
    return _key_of(code, installation, person).public_key().public_bytes_raw().hex()


def token_of(code: str, enrolment: Enrolment, installation: str, person: str = "") -> Token:
    """Return what an act shows of a code: its signature of the one enrolment that it is used for."""
    return _key_of(code, installation, person).sign(_message_of(enrolment, installation)).hex()


def shows(token: Token, known: str, enrolment: Enrolment, installation: str) -> bool:
    """Tell whether an act shows the code that is known so, for this very enrolment."""
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(known))
        public.verify(bytes.fromhex(token), _message_of(enrolment, installation))
    except (InvalidSignature, ValueError):
        return False
    return True


def code_message(installation: str, person: str, key: Key) -> bytes:
    """Return what a code signs: the one key of the one person that it is used for."""
    fields = {"version": VERSION, "by_code": key.model_dump(mode="json"), "person": person}
    return canonical_bytes({**fields, "installation": installation})


def _key_of(code: str, installation: str, person: str) -> Ed25519PrivateKey:
    signs = "".join(sign for sign in code.upper().translate(ALIKE) if sign in LETTERS)
    fields = {"version": VERSION, "installation": installation, "person": person, "code": signs}
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(canonical_bytes(fields)).digest())


def _message_of(enrolment: Enrolment, installation: str) -> bytes:
    return code_message(installation, enrolment.person, enrolment.key)
