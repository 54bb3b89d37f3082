"""Seeded tampering with a whole round's bundle: all of it is found, and nothing is found in what is whole.

`TAMPERINGS` says how many per kind; `make tamper` asks for more.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from audit.claims import Verdict
from audit.layout import checkpoints_of
from audit.log_claims import Outside
from audit.outside import OutsideCheckpoint
from audit.report import Report
from audit.verify import Effort, verify
from selection.transparency.note import NoteSigner
from tests.round_story import told
from tests.tamper.kinds import LOG_KINDS, UNSIGNABLE, signed_by
from tests.tamper.parts import Keys, Parts
from tests.whole_round import bundled

pytestmark = pytest.mark.bulk

TAMPERINGS = int(os.environ.get("TAMPERINGS", "12"))
OURS = Keys("selection.example", bytes(range(32)))
THEIRS = Keys("selection.example", bytes(32))
KEY = NoteSigner(OURS.name, OURS.seed).verifier
EVERY = 60
GENUINE = "tail cut to a checkpoint"
"""An earlier state as it truly was: nothing but the latest checkpoint, held outside, tells that it is old."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The bundle of a whole round, signed every 60 entries and at its end."""
    parts = Parts.of(bundled(tmp_path_factory.mktemp("whole") / "round.zip", told()))
    for log in parts.logs:
        size = len(parts.entries(log))
        sizes = sorted({*range(EVERY, size, EVERY), size})
        parts = parts.with_file(checkpoints_of(log), b"")
        parts = parts.with_checkpoints([{"size": size} for size in sizes], log)
    return parts.signed(OURS).fitted()


@pytest.fixture(scope="module")
def latest(whole: Parts) -> OutsideCheckpoint:
    """The round's latest checkpoint, as somebody outside keeps it."""
    return OutsideCheckpoint(whole.checkpoints()[-1]["note"])


def judged(parts: Parts, folder: Path, latest: OutsideCheckpoint | None) -> Report:
    outside = Outside(key=KEY, checkpoints=[latest] if latest else [])
    return verify(parts.write(folder / "bundle.zip"), outside, Effort(histories=False))


def alarms(report: Report) -> list[tuple[str, str, str]]:
    """What a report finds wrong: claim, finding and point."""
    return [
        (claim.code, claim.finding, claim.point)
        for claim in report.claims
        if claim.verdict is Verdict.REFUTED
    ]


def spoilt(whole: Parts, kind: str, keys: Keys | None) -> Iterator[Parts]:
    make = LOG_KINDS[kind] if keys is None else signed_by(keys, LOG_KINDS[kind])
    for number in range(TAMPERINGS):
        parts = make(whole, Random(f"{kind} {number}"))
        if parts is not None and parts.files != whole.files:
            yield parts


def test_nothing_is_found_in_what_is_whole(whole: Parts, latest: OutsideCheckpoint, tmp_path: Path) -> None:
    assert alarms(judged(whole, tmp_path, latest)) == []
    assert alarms(judged(whole, tmp_path, None)) == []


@pytest.mark.parametrize("kind", sorted(set(LOG_KINDS) - {GENUINE}))
def test_without_the_signing_key_all_is_found(whole: Parts, kind: str, tmp_path: Path) -> None:
    for parts in spoilt(whole, kind, None):
        found = alarms(judged(parts, tmp_path, None))
        assert found, kind
        assert all(point for _, _, point in found)


@pytest.mark.parametrize("kind", sorted(set(LOG_KINDS) - set(UNSIGNABLE)))
def test_signed_by_another_key_all_is_found(whole: Parts, kind: str, tmp_path: Path) -> None:
    for parts in spoilt(whole, kind, THEIRS):
        assert judged(parts, tmp_path, None).verdict is Verdict.REFUTED


@pytest.mark.parametrize("kind", sorted(set(LOG_KINDS) - set(UNSIGNABLE)))
def test_signed_by_the_true_key_the_latest_checkpoint_outside_finds_all(
    whole: Parts, latest: OutsideCheckpoint, kind: str, tmp_path: Path
) -> None:
    for parts in spoilt(whole, kind, OURS):
        report = judged(parts, tmp_path, latest)
        held = next(claim for claim in report.claims if claim.code == "holds-outside-checkpoint")
        # A shorter log can't show what stood at the checkpoint; a changed content leaves the log as it was.
        assert alarms(report) or held.verdict is Verdict.NOT_PROVABLE
        assert (parts.entries() == whole.entries()) == (held.verdict is Verdict.PROVEN)


def test_a_genuine_earlier_state_is_not_provable_beyond_its_checkpoint(
    whole: Parts, latest: OutsideCheckpoint, tmp_path: Path
) -> None:
    for parts in spoilt(whole, GENUINE, None):
        claims = {claim.code: claim for claim in judged(parts, tmp_path, latest).claims}
        assert claims["holds-outside-checkpoint"].verdict is Verdict.NOT_PROVABLE
