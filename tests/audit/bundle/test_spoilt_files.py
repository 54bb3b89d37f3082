"""Whatever a file holds, verification ends with a report or says that the file is no bundle."""

import random
import zipfile
from pathlib import Path

import pytest

from audit.bundle.layout import entries_of
from audit.bundle.reader import Bundle, BundleUnreadable
from audit.claims import Difference, Verdict
from audit.log.verification import Outside
from tests.audit.bundle.test_log_claims import verify
from tests.audit.support import bundles as b


def contents_of(path: Path) -> dict[str, bytes] | None:
    try:
        with Bundle(path) as bundle:
            return {name: bundle.read(name) for name in bundle.names}
    except (BundleUnreadable, Difference):
        return None


@pytest.mark.bulk
def test_flipped_bytes_are_found_unless_they_change_no_file(tmp_path: Path) -> None:
    path = b.write(tmp_path / "a.zip", b.bodies())
    whole, genuine = contents_of(path), path.read_bytes()
    chance = random.Random(7)
    unread = 0
    for _ in range(150):
        raw = bytearray(genuine)
        for _ in range(chance.choice((1, 1, 3))):
            raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(raw))
        try:
            report = verify(path, Outside(b.KEY))
        except BundleUnreadable:
            unread += 1
            continue
        assert report.verdict is not Verdict.PROVEN or contents_of(path) == whole
        assert [claim for claim in report.claims if claim.finding == "verifier-failed"] == []
    assert unread


@pytest.mark.parametrize("cut", [0, 1, 100, -1, -22, -100])
def test_a_file_cut_short_is_no_bundle(tmp_path: Path, cut: int) -> None:
    path = b.write(tmp_path / "a.zip", b.bodies())
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(BundleUnreadable):
        verify(path)


def test_files_that_the_manifest_does_not_list_or_lists_otherwise_are_refuted(tmp_path: Path) -> None:
    path = b.write(tmp_path / "a.zip", b.bodies())
    whole = contents_of(path)
    assert whole is not None
    for change, finding in (
        ({"more.txt": b"x"}, "file-not-listed"),
        ({"rules.json": None}, "file-missing"),
        ({entries_of(b.INSTALLATION): None}, "file-missing"),
        ({"keys.json": whole["keys.json"] + b" "}, "file-differs"),
        ({"manifest.json": whole["manifest.json"] + b" "}, "file-not-canonical"),
    ):
        with zipfile.ZipFile(path, "w") as other:
            for name, body in {**whole, **change}.items():
                if body is not None:
                    other.writestr(name, body)
        report = verify(path, Outside(b.KEY))
        assert [claim.finding for claim in report.claims if claim.code == "files-whole"] == [finding]
