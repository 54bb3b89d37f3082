"""What a file is, by what stands in it; what it is called, or said to be, counts for nothing."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from portal.shown.downloads import BYTES

PIECE = 256 * 1024
"""Bytes of a file that are held at a time [D]."""
MARKS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
ZIP = b"PK\x03\x04"
PACKED = (
    (b"word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
"""By a name that stands in an archive, the document that it is; names are not packed."""
ALL_PACKED = b"[Content_Types].xml"
"""What every such document holds."""
TEXT_CONTROLS = frozenset("\t\n\r\f")


def sniff(file: BinaryIO) -> str:
    """Return the media type of a file, `application/octet-stream` where it is none that is known."""
    file.seek(0)
    head = file.read(16)
    if head.startswith(ZIP):
        return _look_into(file)
    marked = next((kind for mark, kind in MARKS if head.startswith(mark)), None)
    if marked is not None:
        return marked
    return "text/plain" if head and _is_text(file) else BYTES


def read_pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file from its beginning, a piece at a time."""
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def _look_into(file: BinaryIO) -> str:
    wanted = {ALL_PACKED, *(name for name, _ in PACKED)}
    found: set[bytes] = set()
    before = b""
    for piece in read_pieces(file):
        # A name may lie across two pieces.
        window = before + piece
        found |= {name for name in wanted if name in window}
        before = piece[-40:]
    if ALL_PACKED not in found:
        return "application/zip"
    return next((kind for name, kind in PACKED if name in found), "application/zip")


def _is_text(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in read_pieces(file):
            if not _is_plain(decoder.decode(piece)):
                return False
        return _is_plain(decoder.decode(b"", final=True))
    except UnicodeDecodeError:
        return False


def _is_plain(text: str) -> bool:
    return all(letter >= " " or letter in TEXT_CONTROLS for letter in set(text))
