"""drand's quicknet, checked by the audit itself: its own copy of the chain, and the equation as two pairings."""

import hashlib
from datetime import UTC, datetime, timedelta

_FIRST = datetime.fromtimestamp(1692803367, UTC)
_EVERY = timedelta(seconds=3)
_KEY_HIGH = int(
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451", 16
)
_KEY_LOW = int(
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a", 16
)
_TAG = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
_SIGNED = 48
"""Bytes of a signature."""


def public_from(issue: str) -> datetime | None:
    """Return the instant of a round, None where it is no number of one."""
    number = _number(issue)
    return None if number is None else _FIRST + _EVERY * (number - 1)


def is_own(issue: str, signature: str, randomness: str) -> bool:
    """Tell whether a signature is the chain's for a round, and the randomness its hash."""
    number = _number(issue)
    try:
        given = bytes.fromhex(signature)
    except ValueError:
        return False
    if number is None or len(given) != _SIGNED or given.hex() != signature:
        return False
    return hashlib.sha256(given).hexdigest() == randomness and _holds(number, given)


def _number(issue: str) -> int | None:
    plain = issue.isascii() and issue.isdigit() and not issue.startswith("0") and len(issue) <= 11
    return int(issue) if plain else None


def _holds(number: int, given: bytes) -> bool:
    # Imported here, as few rounds need it.
    from selection.kernel import curve

    try:
        point = curve.decompress_G1(int.from_bytes(given))
    except ValueError:
        return False
    if (
        curve.is_inf(point)
        or curve.compress_G1(point) != int.from_bytes(given)
        or not curve.subgroup_check(point)
    ):
        return False
    point_of_number = curve.hash_to_G1(hashlib.sha256(number.to_bytes(8)).digest(), _TAG, hashlib.sha256)
    return bool(
        curve.pairing(curve.G2, point)
        == curve.pairing(curve.decompress_G2((_KEY_HIGH, _KEY_LOW)), point_of_number)
    )
