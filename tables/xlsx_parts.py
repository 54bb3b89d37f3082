"""The parts of an XLSX file, counted before anything is made of them: bytes once unpacked, and what their XML holds.

Each part is looked at, whatever it is called: a file says by itself which of them are read. What is no XML is read as
none, and the reader stops where this does.
"""

import io
import zipfile
import zlib
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from tables.grid import FILLED_LIMIT, TableRefused

PARTS_LIMIT = 1_000
UNPACKED_LIMIT = 60_000_000
"""Bytes of all parts of the file together, unpacked."""
ELEMENTS_LIMIT = 2_500_000
"""XML elements of all parts together: what `FILLED_LIMIT` cells with texts of their own take, and a quarter."""
DEPTH_LIMIT = 100
"""How deep XML may be nested; spreadsheet programs stay below 20."""
TOKEN_LIMIT = 1_000_000
"""Bytes of one tag, with all its attributes: until its end has come, it is looked at again with each piece."""
PIECE = 64 * 1024
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError, LookupError)
"""What is raised for parts that cannot be unpacked, or say that they are written as nobody knows."""


def count_parts(body: bytes) -> bool:
    """Look through every part once; tell whether a cell has a formula.

    Raises TableRefused: `table-malformed`, `table-doctype`, `table-too-deep`, `table-unpacks-too-large`,
    `table-too-many-cells`.
    """
    count = _Count()
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            if len(parts.infolist()) > PARTS_LIMIT:
                raise _refuse_unpacked()
            for part in parts.infolist():
                # Opened by what the directory says of it: two may have one name.
                with parts.open(part) as unpacked:
                    count.look_through(unpacked)
    except DAMAGE:
        raise TableRefused("table-malformed", row="1") from None
    return count.has_formulas


def _refuse_unpacked() -> TableRefused:
    return TableRefused("table-unpacks-too-large", megabytes=str(UNPACKED_LIMIT // 1_000_000))


class _Count:
    """What may still come of a file, all its parts together."""

    def __init__(self) -> None:
        self.has_formulas = False
        self._bytes = UNPACKED_LIMIT
        self._elements = ELEMENTS_LIMIT
        self._depth = 0

    def look_through(self, part: IO[bytes]) -> None:
        """Count one part. What it says of its size may be wrong, so that it counts what comes."""
        parser = ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        self._depth = 0
        is_xml, fed = True, 0
        while piece := part.read(min(self._bytes + 1, PIECE)):
            self._bytes -= len(piece)
            if self._bytes < 0:
                raise _refuse_unpacked()
            if is_xml:
                fed += len(piece)
                is_xml = _feed(parser, piece)
                if is_xml and fed - parser.CurrentByteIndex > TOKEN_LIMIT:
                    raise TableRefused("table-malformed", row="1")

    def _refuse_doctype(self, *_: object) -> None:
        raise TableRefused("table-doctype")

    def _begin(self, name: str, _: object) -> None:
        self._elements -= 1
        self._depth += 1
        if self._elements < 0:
            raise TableRefused("table-too-many-cells", cells=str(FILLED_LIMIT))
        if self._depth > DEPTH_LIMIT:
            raise TableRefused("table-too-deep")
        self.has_formulas = self.has_formulas or name.endswith(" f") or name == "f"

    def _end(self, _: str) -> None:
        self._depth -= 1


def _feed(parser: XMLParserType, piece: bytes) -> bool:
    try:
        parser.Parse(piece)
    except ExpatError:
        return False
    return True
