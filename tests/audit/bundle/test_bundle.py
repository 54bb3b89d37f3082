"""A bundle is written the same every time, and a spoilt one is told by where it is spoilt."""

import zipfile
from pathlib import Path

import pytest

from audit.bundle.file_claims import file_claims
from audit.bundle.layout import checkpoints_of, content_of, entries_of, history_of
from audit.bundle.reader import Bundle, BundleUnreadable
from audit.bundle.writer import BundleWriter
from audit.claims import Difference, Verdict
from selection.kernel.leaf import LEAF_LIMIT
from tests.audit.support import bundles as b


def write_bundle(path: Path, entries: bytes = b'{"a":1}\n{"a":2}\n') -> Path:
    with BundleWriter(path, engine="0", round_id="r/1", redacted=False) as bundle:
        bundle.add(entries_of("r/1"), [entries[:3], entries[3:]])
        bundle.add(checkpoints_of("r/1"), [b'{"size":2,"note":"text"}\n'])
        bundle.add(history_of("application/r/1", "run"), [b"history"])
        bundle.add(content_of("a/b"), [b'{"id":"a/b"}'])
        bundle.note_log("r/1", 2)
    return path


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    assert write_bundle(tmp_path / "a.zip").read_bytes() == write_bundle(tmp_path / "b.zip").read_bytes()


def test_what_was_written_is_read(tmp_path: Path) -> None:
    with Bundle(write_bundle(tmp_path / "a.zip")) as bundle:
        assert list(bundle.entries("r/1")) == [b'{"a":1}', b'{"a":2}']
        assert [kept.size for kept in bundle.checkpoints("r/1")] == [2]
        assert bundle.runs() == [("application/r/1", "run")]
        assert bundle.history("application/r/1", "run") == b"history"
        assert bundle.manifest.logs["r/1"].size == 2
        for name, stated in bundle.manifest.files.items():
            assert bundle.digest(name) == (stated.sha256, stated.bytes)


def test_what_can_not_be_read_is_a_difference_at_its_place(tmp_path: Path) -> None:
    with Bundle(write_bundle(tmp_path / "a.zip", b"{}")) as bundle:
        for read, finding in (
            (lambda: list(bundle.entries("r/1")), "line-unfinished"),
            (lambda: list(bundle.entries("r/2")), "file-missing"),
            (lambda: bundle.content("a/b"), "file-unreadable"),
        ):
            with pytest.raises(Difference) as found:
                read()
            assert found.value.finding == finding
    with Bundle(write_bundle(tmp_path / "b.zip", b"x" * (LEAF_LIMIT + 1) + b"\n")) as bundle:
        with pytest.raises(Difference) as found:
            list(bundle.entries("r/1"))
        assert (found.value.point, found.value.finding) == ("r/1#0", "leaf-too-large")


def test_a_damaged_file_is_a_difference(tmp_path: Path) -> None:
    path = write_bundle(tmp_path / "a.zip", b'{"word":"' + b"x" * 5000 + b'"}\n')
    raw = bytearray(path.read_bytes())
    raw[80] ^= 0xFF
    path.write_bytes(bytes(raw))
    with Bundle(path) as bundle, pytest.raises(Difference, match="file-damaged"):
        list(bundle.entries("r/1"))


def test_what_is_no_bundle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("manifest.json", "{}")
    for name in ("text", "other.zip"):
        with pytest.raises(BundleUnreadable):
            Bundle(tmp_path / name)


def test_an_unfinished_bundle_is_not_left_behind(tmp_path: Path) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        BundleWriter(tmp_path / "a.zip", engine="0", round_id="r", redacted=False) as bundle,
    ):
        bundle.add("x", (bytes([1 // number]) for number in (1, 0)))
    assert list(tmp_path.iterdir()) == []


def test_a_manifest_of_more_bytes_than_another_file_may_have_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = b.write(tmp_path / "a.zip", b.bodies())
    monkeypatch.setattr("audit.bundle.reader.FILE_LIMIT", 500)
    with Bundle(path) as bundle:
        with pytest.raises(Difference, match="file-too-large"):
            bundle.read(entries_of(b.ROUND))
        (claim,) = file_claims(bundle, None)
        assert (claim.verdict, claim.counted) == (Verdict.PROVEN, len(bundle.manifest.files))
