"""A beacon of public randomness whose every value is signed: drand's quicknet, of the League of Entropy.

Each round's signature (BLS12-381, on G1, RFC 9380) is one that nobody can choose or know beforehand, and that anybody
can check offline. The randomness of a round is the SHA-256 of its signature. The chain's values were published at its
start: https://drand.love, chain 52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971.
"""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import Literal

from selection.kernel.day_clock import AnyClock
from selection.kernel.named import Named

GENESIS = datetime(2023, 8, 23, 15, 9, 27, tzinfo=UTC)
"""When the first round was public."""
PERIOD = timedelta(seconds=3)
PUBLIC_KEY = bytes.fromhex(
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
DOMAIN = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
_ROUND = re.compile(r"^[1-9][0-9]{0,10}$", re.ASCII)
_SIGNATURE = re.compile(r"^[0-9a-f]{96}$", re.ASCII)


class Beacon(Named):
    """A beacon whose signatures are checked by the values above: no rules can name a key of their own."""

    kind: Literal["beacon"]
    chain: Literal["quicknet"] = "quicknet"

    def find_instant(self, clock: AnyClock, issue: str) -> datetime | None:
        """Return the instant from which a round of the beacon is public: real time, on every clock."""
        return GENESIS + (int(issue) - 1) * PERIOD if _ROUND.match(issue) else None

    def next_issue(self, clock: AnyClock, after: datetime) -> str | None:
        """Return the first round that is public at `after` or later."""
        return str(max(1, -((GENESIS - after) // PERIOD) + 1))

    def read(self, issue: str, published: str) -> str | None:
        """Return the randomness of a round by its signature (hex); None where that is not the beacon's."""
        signature = published.strip().lower()
        if not _SIGNATURE.match(signature) or not is_signed(int(issue), bytes.fromhex(signature)):
            return None
        return hashlib.sha256(bytes.fromhex(signature)).hexdigest()


def is_signed(number: int, signature: bytes) -> bool:
    """Tell whether a signature is the beacon's of a round; takes a quarter of a second."""
    # Imported here, as few decisions need it.
    from selection.kernel import curve

    try:
        given = curve.decompress_G1(int.from_bytes(signature))
    except ValueError:
        return False
    # One spelling: a point has a single compressed form, and what is another is nobody's signature.
    if curve.is_inf(given) or int(curve.compress_G1(given)).to_bytes(48) != signature:
        return False
    if not curve.subgroup_check(given):
        return False
    key = curve.decompress_G2((int.from_bytes(PUBLIC_KEY[:48]), int.from_bytes(PUBLIC_KEY[48:])))
    message = curve.hash_to_G1(hashlib.sha256(number.to_bytes(8)).digest(), DOMAIN, hashlib.sha256)
    by_base = curve.pairing(curve.G2, given, final_exponentiate=False)
    by_key = curve.pairing(key, curve.neg(message), final_exponentiate=False)
    return bool(curve.final_exponentiate(by_base * by_key) == curve.FQ12.one())
