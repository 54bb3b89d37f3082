"""Writes a bundle: a zip whose bytes depend on what goes in alone, one file after the other, never all in memory."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from audit.bundle.layout import FORMAT, MANIFEST, FileDigest, LogSize, Manifest
from audit.bundle.packing import choose_packing
from runtime.private_files import open_private
from selection.kernel.canonical import canonical_bytes

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold; the bundle holds no other."""


class Member:
    """A file of a bundle that is being written, and the digest of what was written so far."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sha256 = hashlib.sha256()
        self._bytes = 0

    def write(self, part: bytes) -> None:
        """Write the next part."""
        self._file.write(part)
        self._sha256.update(part)
        self._bytes += len(part)

    @property
    def digest(self) -> FileDigest:
        """SHA-256 and length of all parts so far."""
        return FileDigest(sha256=self._sha256.hexdigest(), bytes=self._bytes)


class BundleWriter:
    """A bundle that is being written, for its owner alone; a context manager. In its place once it is whole."""

    def __init__(self, path: Path, *, engine: str, round_id: str, redacted: bool) -> None:
        self._path = path
        self._head = {"engine": engine, "round": round_id, "redacted": redacted}
        self._logs: dict[str, LogSize] = {}
        self._files: dict[str, FileDigest] = {}

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            file = opening.enter_context(open_private(self._path))
            self._zip = opening.enter_context(zipfile.ZipFile(file, "w"))
            self._opened = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._opened:
            if error is not None:
                raise error
            with self._member(MANIFEST) as member:
                member.write(canonical_bytes(self._manifest()))

    def add(self, name: str, parts: Iterable[bytes]) -> FileDigest:
        """Add a file from its parts, in order, and return its digest. A name is used once."""
        body = b"".join(parts)
        with self.member(name, choose_packing(body)) as member:
            member.write(body)
        return self._files[name]

    @contextmanager
    def member(self, name: str, packing: int = zipfile.ZIP_DEFLATED) -> Iterator["Member"]:
        """Open a file to be written part by part, for parts that are waited for. A name is used once."""
        if name in self._files or name == MANIFEST:
            raise ValueError(f"{name} is in the bundle already")
        with self._member(name, packing) as member:
            yield member
        self._files[name] = member.digest

    def note_log(self, log: str, size: int) -> None:
        """Say how many entries of a log the bundle holds."""
        self._logs[log] = LogSize(size=size)

    @contextmanager
    def _member(self, name: str, packing: int = zipfile.ZIP_DEFLATED) -> Iterator["Member"]:
        member = zipfile.ZipInfo(name, EPOCH)
        member.compress_type = packing
        member.create_system = 3
        member.external_attr = 0o600 << 16
        with self._zip.open(member, "w", force_zip64=True) as file:
            yield Member(file)

    def _manifest(self) -> Manifest:
        return Manifest.model_validate(
            {"format": FORMAT, "logs": self._logs, "files": self._files, **self._head}
        )
