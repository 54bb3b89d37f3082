"""A bundle is made by anyone: what would fill memory or the day when it is unpacked is refused before that."""

import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from audit.bundle.layout import MANIFEST, content_of, entries_of
from audit.bundle.packing import FILES_LIMIT
from audit.bundle.reader import Bundle, BundleOverpacked, BundleUnreadable
from audit.claims import Difference
from tests.audit.support import bundles as b
from tests.starter.support.commands import Cli

pytestmark = pytest.mark.long

MEGABYTE = 1024 * 1024
Lie = Callable[[bytearray], None]


@contextmanager
def takes_at_most(limit: int) -> Iterator[None]:
    """Fail if Python's objects take more memory than this at any time within."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < limit, f"{peak} bytes of memory"


def pack(path: Path, name: str, body: bytes, *, times: int = 1, packing: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write a zip of the honest bundle's manifest and one more file, whose body is repeated."""
    with zipfile.ZipFile(path, "w", packing) as bomb:
        if name != MANIFEST:
            bomb.writestr(MANIFEST, manifest(path))
        with bomb.open(name, "w") as file:
            for _ in range(times):
                file.write(body)
    return path


def manifest(beside: Path) -> bytes:
    honest = b.write(beside.with_name("honest.zip"), b.bodies())
    with zipfile.ZipFile(honest) as opened:
        return opened.read(MANIFEST)


def test_a_manifest_that_grows_is_not_unpacked(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", MANIFEST, b" " * MEGABYTE, times=150)
    with takes_at_most(32 * MEGABYTE), pytest.raises(BundleOverpacked):
        Bundle(path)


def test_a_manifest_that_lists_what_is_not_there_is_not_read(tmp_path: Path) -> None:
    line = b'"%064x":{"bytes":1,"sha256":"%064x"},'
    body = b"".join(line % (number, number**9 % 2**256) for number in range(150_000))
    path = pack(tmp_path / "a.zip", MANIFEST, b'{"files":{' + body)
    with takes_at_most(16 * MEGABYTE), pytest.raises(BundleUnreadable):
        Bundle(path)


def test_a_log_of_nothing_but_blanks_is_not_unpacked(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", entries_of(b.ROUND), b" " * MEGABYTE, times=50)
    with pytest.raises(BundleOverpacked):
        Bundle(path)


def test_small_files_that_grow_together_are_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(MANIFEST, manifest(path))
        for number in range(60):
            bomb.writestr(content_of(str(number)), b" " * (MEGABYTE - 1))
    with pytest.raises(BundleOverpacked):
        Bundle(path)


def test_more_files_than_a_round_has_are_not_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as bomb:
        bomb.writestr("x", b"")
    one = path.read_bytes()
    local, record = one[:31], one[31:78]
    many = FILES_LIMIT + 1
    start, size = len(local) * many, len(record) * many
    with path.open("wb") as file:
        for _ in range(many):
            file.write(local)
        for _ in range(many):
            file.write(record)
        ends = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, many, many, size, start)
        file.write(ends + struct.pack("<4sLQL", b"PK\x06\x07", 0, start + size, 1))
        file.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0))
    with takes_at_most(MEGABYTE), pytest.raises(BundleOverpacked):
        Bundle(path)


def test_files_that_share_their_packed_bytes_are_not_unpacked(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", "x", bytes(range(256)) * 4 * 500)
    with zipfile.ZipFile(path, "a") as bomb:
        shared = bomb.getinfo("x")
        for _ in range(5_000):
            bomb.filelist.append(shared)
        # So that the directory is written anew, with the file listed many times.
        bomb.comment = b""
    with takes_at_most(MEGABYTE), pytest.raises(BundleOverpacked):
        Bundle(path)


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_file_that_is_packed_otherwise_is_not_unpacked(tmp_path: Path, packing: int) -> None:
    path = pack(tmp_path / "a.zip", MANIFEST, manifest(tmp_path / "a.zip"), packing=packing)
    with pytest.raises(BundleOverpacked):
        Bundle(path)


@pytest.mark.parametrize(
    "name",
    [
        "x" * 5_000,
        "a/b/c/d",
        "../x",
        "a/../x",
        "a/..",
        "/x",
        "a//b",
        "a\\b",
        "a\n",
        "C:x",
        "a b",
        "列",
        "x/",
        ".",
    ],
)
def test_a_name_that_no_file_of_a_bundle_has_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as bomb:
        bomb.writestr(MANIFEST, manifest(path))
        bomb.writestr(zipfile.ZipInfo(name), b"x")
    with pytest.raises(BundleOverpacked):
        Bundle(path)


def test_a_name_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as bomb:
        bomb.writestr(MANIFEST, manifest(path))
        with pytest.warns(UserWarning, match="Duplicate name"):
            bomb.writestr(MANIFEST, manifest(path))
    with pytest.raises(BundleUnreadable):
        Bundle(path)


def claim_size(size: int) -> Lie:
    """Say of the file in the directory that it has this many bytes once unpacked."""

    def lie(raw: bytearray) -> None:
        record = raw.rfind(b"PK\x01\x02")
        raw[record + 24 : record + 28] = struct.pack("<L", size)

    return lie


@pytest.mark.parametrize("said", [0, 1, 4096])
def test_no_more_is_unpacked_than_the_directory_says(tmp_path: Path, said: int) -> None:
    path = pack(tmp_path / "a.zip", "x", b" " * MEGABYTE, times=40)
    raw = bytearray(path.read_bytes())
    claim_size(said)(raw)
    path.write_bytes(raw)
    with Bundle(path) as bundle, takes_at_most(4 * MEGABYTE), pytest.raises(Difference, match="file-damaged"):
        bundle.digest("x")


def fewer(raw: bytearray) -> None:
    raw[-14:-10] = struct.pack("<2H", 1, 1)


def behind(raw: bytearray) -> None:
    raw += b"more"


def comment(raw: bytearray) -> None:
    raw[-2:] = struct.pack("<H", 4)
    raw += b"more"


def before(raw: bytearray) -> None:
    raw[:0] = b"more"


def shorter(raw: bytearray) -> None:
    raw[-10:-6] = struct.pack("<L", struct.unpack("<L", raw[-10:-6])[0] - 1)


def mark_encrypted(raw: bytearray) -> None:
    raw[raw.rfind(b"PK\x01\x02") + 8] |= 1


@pytest.mark.parametrize("lie", [claim_size(2**31), fewer, behind, comment, before, shorter, mark_encrypted])
def test_a_directory_that_lies_is_refused(tmp_path: Path, lie: Lie) -> None:
    path = b.write(tmp_path / "a.zip", b.bodies())
    raw = bytearray(path.read_bytes())
    lie(raw)
    path.write_bytes(raw)
    with pytest.raises(BundleUnreadable):
        Bundle(path)


def test_nobody_can_make_an_honest_bundle_unreadable_by_a_text_that_packs_well(tmp_path: Path) -> None:
    kept = [b.content(f"text-{number}", b"salt", b"a" * 2 * MEGABYTE) for number in range(3)]
    kept += [b.content(f"small-{number}", b"salt", b"a" * 12 * 1024) for number in range(300)]
    with Bundle(b.write(tmp_path / "a.zip", b.bodies(), contents=kept)) as bundle:
        for item in kept:
            assert bundle.content(item.id) == item


@pytest.mark.parametrize("command", [["verify"], ["replay"], ["what-if"]])
def test_who_opens_a_bomb_is_told_what_it_is(cli: Cli, tmp_path: Path, command: list[str]) -> None:
    path = pack(tmp_path / "a.zip", MANIFEST, b" " * MEGABYTE, times=150)
    answer = cli("audit", *command, str(path), *(["0001"] if command == ["replay"] else []))
    assert (answer.code, answer.err.partition(":")[0]) == (1, "bundle-overpacked")
    assert answer.out == ""


def test_a_file_without_a_size_is_not_read_without_end(cli: Cli, tmp_path: Path) -> None:
    path = b.write(tmp_path / "a.zip", b.bodies())
    answer = cli("audit", "verify", str(path), "--key", "/dev/zero")
    assert (answer.code, answer.err.partition(":")[0]) == (2, "message-too-large")
