"""Writes a bundle: a zip whose bytes depend on what goes in alone, one file after the other, never all in memory."""

import hashlib
import zipfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from audit.layout import FORMAT, MANIFEST, FileDigest, LogSize, Manifest
from selection.canonical import canonical_bytes

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold; the bundle holds no other."""


class BundleWriter:
    """A bundle that is being written; a context manager. Beside the target until it is whole, then in its place."""

    def __init__(self, path: Path, *, engine: str, round_id: str, redacted: bool) -> None:
        self._path = path
        self._unfinished = path.with_name(f".{path.name}.unfinished")
        self._head = {"engine": engine, "round": round_id, "redacted": redacted}
        self._logs: dict[str, LogSize] = {}
        self._files: dict[str, FileDigest] = {}
        self._zip = zipfile.ZipFile(self._unfinished, "w")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._add(MANIFEST, [canonical_bytes(self._manifest())])
        self._zip.close()
        if error is None:
            self._unfinished.replace(self._path)
        else:
            self._unfinished.unlink(missing_ok=True)

    def add(self, name: str, parts: Iterable[bytes]) -> FileDigest:
        """Add a file from its parts, in order, and return its digest. A name is used once."""
        if name in self._files or name == MANIFEST:
            raise ValueError(f"{name} is in the bundle already")
        self._files[name] = self._add(name, parts)
        return self._files[name]

    def note_log(self, log: str, size: int) -> None:
        """Say how many entries of a log the bundle holds."""
        self._logs[log] = LogSize(size=size)

    def _add(self, name: str, parts: Iterable[bytes]) -> FileDigest:
        member = zipfile.ZipInfo(name, EPOCH)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.create_system = 3
        member.external_attr = 0o644 << 16
        digest, size = hashlib.sha256(), 0
        with self._zip.open(member, "w", force_zip64=True) as file:
            for part in parts:
                file.write(part)
                digest.update(part)
                size += len(part)
        return FileDigest(sha256=digest.hexdigest(), bytes=size)

    def _manifest(self) -> Manifest:
        return Manifest.model_validate(
            {"format": FORMAT, "logs": self._logs, "files": self._files, **self._head}
        )
