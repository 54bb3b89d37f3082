"""How a bundle may be packed. What is out of proportion is refused before any of it is unpacked or kept in memory.

The directory of a zip says how large each file is once unpacked, and reading stops there, whatever the packed bytes
hold. So it is enough to walk over the directory, one record at a time, and to refuse what is out of proportion there.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

FILES_LIMIT = 1_000_000
"""Files of a bundle. Each takes about 1.5 kB of memory; a round of 10,000 applications has about 700,000."""
NAME_LIMIT = 1024
"""Bytes of a file's name."""
RATIO_LIMIT = 200
"""How many times larger a file may become by unpacking it, and the whole bundle. Deflate comes to 1,032."""
SMALL = 1024 * 1024
"""Bytes up to which a file's own proportion does not matter."""
PACK_FROM = 16 * 1024
PACK_RATIO = 100
"""A writer stores a file of more bytes than this as it is where packing it would make it so many times smaller."""

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_RECORD = struct.Struct("<4s4B4HL2L5H2L")
_LOCAL = 30
_IN_64 = 0xFFFFFFFF
_NAME = re.compile(rb"(?!\.{1,2}(/|\Z))[\w.~%-]+(/(?!\.{1,2}(/|\Z))[\w.~%-]+){0,2}", re.ASCII)
_FLAGS = 0x080E
"""Flags that change nothing here: how hard was packed, sizes behind the data, a name in UTF-8. No encryption."""
_SIZES_64 = 1


class UnfitPacking(Exception):
    """The zip is out of all proportion, or packed in a way in which no bundle is."""


class Directory(NamedTuple):
    """Where a zip's directory stands, and what it lists, all in bytes but `files`."""

    start: int
    size: int
    files: int


class _PackedFile(NamedTuple):
    name: bytes
    packed: int
    unpacked: int


def check_packing(file: IO[bytes], size: int) -> Directory:
    """Walk over the directory of a zip of `size` bytes and return what it comes to, in constant memory.

    Raises Overpacked, or BadZipFile for what is no zip, or holds more than a zip before or behind it.
    """
    found = _find_directory(file, size)
    if found.files > FILES_LIMIT:
        raise UnfitPacking("more files than any bundle")
    unpacked = files = 0
    room = size - found.size
    for item in _records(file, found):
        files += 1
        unpacked += item.unpacked
        # Files that share their packed bytes would not find room side by side.
        room -= _LOCAL + len(item.name) + item.packed
        if files > found.files or room < 0:
            raise UnfitPacking("more files than there is room for")
        if item.unpacked > max(SMALL, RATIO_LIMIT * item.packed):
            raise UnfitPacking("a file that is packed too densely")
    if unpacked > SMALL + RATIO_LIMIT * size:
        raise UnfitPacking("files that are packed too densely together")
    if files != found.files:
        raise zipfile.BadZipFile("the directory holds another number of files than it says")
    return found


def choose_packing(body: bytes) -> int:
    """Return how a file is packed: stored as it is where a reader would refuse it for its proportion."""
    dense = len(body) > PACK_FROM and len(zlib.compress(body)) * PACK_RATIO < len(body)
    return zipfile.ZIP_STORED if dense else zipfile.ZIP_DEFLATED


def _find_directory(file: IO[bytes], size: int) -> Directory:
    """Return where the directory is. It ends where the end records begin, and they end where the file does."""
    end = size - _END.size
    mark, disk, first, here, files, length, start, comment = _read(file, end, _END)
    if mark != b"PK\x05\x06" or comment:
        raise zipfile.BadZipFile("no zip, or one with more behind it")
    if end >= _LOCATOR.size and _read(file, end - _LOCATOR.size, _LOCATOR)[0] == b"PK\x06\x07":
        _, disk, end_64, disks = _read(file, end - _LOCATOR.size, _LOCATOR)
        end -= _LOCATOR.size + _END_64.size
        mark, _, _, _, disk, first, here, files, length, start = _read(file, end, _END_64)
        if mark != b"PK\x06\x06" or end_64 != end or disks != 1:
            raise zipfile.BadZipFile("end records that do not follow each other")
    if disk or first or here != files or start + length != end:
        raise zipfile.BadZipFile("a directory that is not where it should be")
    return Directory(start, length, files)


def _records(file: IO[bytes], directory: Directory) -> Iterator[_PackedFile]:
    file.seek(directory.start)
    left = directory.size
    while left:
        record = _take(file, _RECORD)
        mark, flags, method = record[0], record[5], record[6]
        packed, unpacked, name_size, extra_size, comment_size = record[10:15]
        left -= _RECORD.size + name_size + extra_size + comment_size
        if mark != b"PK\x01\x02" or left < 0 or comment_size:
            raise zipfile.BadZipFile("a directory that is not one")
        if flags & ~_FLAGS or method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnfitPacking("a file that is packed otherwise than deflated")
        name, extra = file.read(name_size), file.read(extra_size)
        if name_size > NAME_LIMIT or not _NAME.fullmatch(name):
            raise UnfitPacking("a file whose name is none of a bundle")
        yield _PackedFile(name, *_sizes(packed, unpacked, extra))


def _sizes(packed: int, unpacked: int, extra: bytes) -> tuple[int, int]:
    """Return both sizes, which stand in the extra field where they do not fit into the record."""
    beyond = [size for size in (unpacked, packed) if size == _IN_64]
    if not extra and not beyond:
        return packed, unpacked
    # An offset that does not fit stands behind the sizes; it is checked when the file is opened.
    kind, length = struct.unpack_from("<2H", extra) if len(extra) >= 4 else (0, 0)
    if kind != _SIZES_64 or length != len(extra) - 4 or length not in (8 * len(beyond), 8 * len(beyond) + 8):
        raise zipfile.BadZipFile("an extra field that no bundle has")
    large = list(struct.unpack_from(f"<{len(beyond)}Q", extra, 4))
    unpacked = large.pop(0) if unpacked == _IN_64 else unpacked
    packed = large.pop(0) if packed == _IN_64 else packed
    return packed, unpacked


def _read(file: IO[bytes], at: int, form: struct.Struct) -> tuple[Any, ...]:
    if at < 0:
        raise zipfile.BadZipFile("too short for a zip")
    file.seek(at)
    return _take(file, form)


def _take(file: IO[bytes], form: struct.Struct) -> tuple[Any, ...]:
    found = file.read(form.size)
    if len(found) < form.size:
        raise zipfile.BadZipFile("the zip ends too early")
    return form.unpack(found)
