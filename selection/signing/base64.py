"""Bytes as text in the web's base64 alphabet without padding (RFC 4648, section 5)."""

import base64
from binascii import a2b_base64, b2a_base64

PLAIN = str.maketrans("-_", "+/")
OTHERS = frozenset("+/=")
"""What the common alphabet has, and this one does not."""


def encode(data: bytes) -> str:
    """Return the text of bytes."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Return the bytes of a text. Raises ValueError for one that is not the text of any bytes."""
    padded = text.translate(PLAIN) + "=" * (-len(text) % 4)
    data = a2b_base64(padded)
    if b2a_base64(data, newline=False) != padded.encode() or not OTHERS.isdisjoint(text):
        raise ValueError("stray bits or characters")
    return data
