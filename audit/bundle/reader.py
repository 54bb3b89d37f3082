"""Reads a bundle. Nothing in it is believed: a file that can't be read is a Difference at its name.

Held in memory is what a bundle says of its files, about 1.5 kB for each, and one file or line at a time.
"""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypeVar

from pydantic import ValidationError

from audit.bundle.layout import (
    KEYS,
    MANIFEST,
    RULES,
    KeptCheckpoint,
    KeptContent,
    Manifest,
    checkpoints_of,
    content_of,
    entries_of,
    history_of,
    run_of,
)
from audit.bundle.packing import UnfitPacking, check_packing
from audit.claims import Difference
from selection.kernel.leaf import LEAF_LIMIT
from selection.kernel.model import Frozen

M = TypeVar("M", bound=Frozen)

LINE_LIMIT = 1024 * 1024
FILE_LIMIT = 64 * 1024 * 1024
"""Bytes of a line and of a file that is read whole; a bundle's own never come near."""
HEAD_LIMIT = 1024 * 1024
"""Bytes of the rules and of the named key, and of a manifest that lists nothing."""
LISTED = 4
"""How many times as long as a file's record in the directory its line of the manifest may be."""
CHUNK = 1024 * 1024
PIECE = 64 * 1024
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What zipfile raises for damaged files: RuntimeError stands for one that says it is encrypted or packed otherwise."""


class BundleUnreadable(Exception):
    """The file is no bundle of this format."""

    code = "not-a-bundle"


class BundleOverpacked(BundleUnreadable):
    """The file is packed as no bundle is, and would fill memory or keep the reader busy; none of it was unpacked."""

    code = "bundle-overpacked"


class Bundle:
    """An opened bundle; a context manager. Each process opens its own."""

    def __init__(self, path: Path) -> None:
        """Open a bundle. Raises BundleUnreadable, or OSError when the file can't be opened."""
        self.path = path
        self._file = path.open("rb")
        try:
            directory = check_packing(self._file, path.stat().st_size)
            self._limits = {
                MANIFEST: HEAD_LIMIT + LISTED * directory.size,
                RULES: HEAD_LIMIT,
                KEYS: HEAD_LIMIT,
            }
            self._zip = zipfile.ZipFile(self._file)
            names = [member.filename for member in self._zip.infolist()]
            self.names = frozenset(names)
            self.manifest = Manifest.model_validate_json(self.read(MANIFEST))
            if len(names) != len(self.names):
                raise Difference(MANIFEST, "file-not-listed")
        except UnfitPacking as fault:
            self._file.close()
            raise BundleOverpacked(f"{path.name} holds {fault}") from fault
        except (*_DAMAGE, Difference, ValidationError) as fault:
            self._file.close()
            raise BundleUnreadable(f"{path.name} is not a bundle that this version reads") from fault

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
        self._file.close()

    @property
    def round(self) -> str:
        """The round, which is also the name of its log."""
        return self.manifest.round

    def entries(self, log: str) -> Iterator[bytes]:
        """Give a log's leaves as bytes, in order. Raises Difference."""
        name = entries_of(log)
        for seq, line in enumerate(self._lines(name)):
            if len(line) > LEAF_LIMIT:
                raise Difference(f"{log}#{seq}", "leaf-too-large")
            yield line

    def checkpoints(self, log: str) -> Iterator[KeptCheckpoint]:
        """Give a log's checkpoints as they stand in the bundle. Raises Difference."""
        name = checkpoints_of(log)
        for line in self._lines(name):
            yield self._model(name, line, KeptCheckpoint)

    def runs(self) -> list[tuple[str, str]]:
        """Return workflow id and run id of every history, sorted."""
        return sorted(found for name in self.names if (found := run_of(name)) is not None)

    def history(self, workflow_id: str, run_id: str) -> bytes:
        """Return a run's serialized history. Raises Difference."""
        return self.read(history_of(workflow_id, run_id))

    def content(self, content_id: str) -> KeptContent | None:
        """Return a content, None when the bundle does not hold it. Raises Difference."""
        name = content_of(content_id)
        return self._model(name, self.read(name), KeptContent) if name in self.names else None

    def rules(self) -> bytes:
        """Return the bytes of the rules as they were sealed. Raises Difference."""
        return self.read(RULES)

    def digest(self, name: str) -> tuple[str, int]:
        """Return SHA-256 (hex) and length of a file, read in pieces. Raises Difference."""
        digest, size = hashlib.sha256(), 0
        with self._open(name) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
        return digest.hexdigest(), size

    def read(self, name: str) -> bytes:
        """Return a file whole. Raises Difference, also for one of more bytes than the limit."""
        limit = self._limits.get(name, FILE_LIMIT)
        with self._open(name) as file:
            found = file.read(limit + 1)
        if len(found) > limit:
            raise Difference(name, "file-too-large")
        return found

    def _lines(self, name: str) -> Iterator[bytes]:
        # In pieces: reading line by line out of a zip takes as long as all that is done with the lines.
        rest = b""
        with self._open(name) as file:
            while piece := file.read(PIECE):
                *lines, rest = (rest + piece).split(b"\n")
                yield from lines
                if len(rest) > LINE_LIMIT:
                    break
        if rest:
            raise Difference(name, "line-unfinished")

    @contextmanager
    def _open(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._zip.open(name) as file:
                yield file
        except KeyError:
            raise Difference(name, "file-missing") from None
        except _DAMAGE:
            raise Difference(name, "file-damaged") from None

    def _model(self, name: str, text: bytes, model: type[M]) -> M:
        try:
            return model.model_validate_json(text)
        except ValidationError:
            raise Difference(name, "file-unreadable") from None
