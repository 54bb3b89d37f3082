"""Signed bundles of small rounds, as chance leads them: three applications at most, each round another."""

from pathlib import Path

from audit.bundle.layout import KEYS, checkpoints_of
from selection.kernel.canonical import canonical_bytes
from tests.bundling import write_bundle
from tests.chance.rounds import RandomRound
from tests.desk import pause_counting
from tests.signatures import Signatures
from tests.tamper.hands import KEY, OURS
from tests.tamper.parts import Parts
from tests.whole_round import WholeRound

EVERY = 12
"""Entries between two checkpoints."""
RICH = ((0, 1), (9, 3), (17, 3), (20, 1))
"""Seeds and sizes of rounds with draws, reviews, scores, objections and lists, in as few entries as there are."""


def sign_round(path: Path, seed: int, applications: int) -> Parts:
    """Run a round and sign what it recorded."""
    with pause_counting():
        made = RandomRound(seed, applications, Signatures()).run()
    assert made.round.state.ended
    return sign_bundle(path, made)


def sign_bundle(path: Path, made: WholeRound) -> Parts:
    """Write a round's bundle, with checkpoints that the installation signed on the way."""
    parts = Parts.of(write_bundle(path, made))
    parts = parts.with_file(KEYS, canonical_bytes({"name": KEY.name, "vkey": KEY.vkey}))
    for log in parts.logs:
        size = len(parts.entries(log))
        sizes = sorted({*range(EVERY, size, EVERY), size})
        parts = parts.with_file(checkpoints_of(log), b"").with_checkpoints([{"size": n} for n in sizes], log)
    return parts.sign(OURS).fit()


def rich_rounds(folder: Path) -> list[Parts]:
    """The rounds to be tampered with."""
    return [sign_round(folder / "round.zip", seed, applications) for seed, applications in RICH]
