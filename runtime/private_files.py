"""Files that only their owner may read: everything that holds personal or confidential data, whatever the umask."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PRIVATE = 0o600
PRIVATE_FOLDER = 0o700
UNFINISHED = ".unfinished-"
"""How the name of a file begins that is being written, or was when its program was killed."""


@contextmanager
def open_private(path: Path) -> Iterator[IO[bytes]]:
    """Write a file beside its place, and put it there when it is whole and on the disk; else nothing changes.

    What stood there is replaced, a link too, so that nobody has us write somewhere else. A device or a pipe, such as
    /dev/stdout, is written to. Raises OSError.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    descriptor, name = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def write_private(path: Path, body: bytes) -> None:
    """Write bytes in place of what stood there, whole or not at all. Raises OSError."""
    with open_private(path) as file:
        file.write(body)


def create_file(path: Path, body: bytes, mode: int = PRIVATE) -> None:
    """Write a file that was not there, with no more rights than `mode`. Raises FileExistsError or another OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def append_private(path: Path) -> IO[bytes]:
    """Open a lock or a log for its owner alone, made if it is not there, and closed to others if it was not."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE)
    file = os.fdopen(descriptor, "ab")
    # One that belongs to somebody else stays as it is.
    with contextlib.suppress(PermissionError):
        os.fchmod(descriptor, PRIVATE)
    return file


def make_private_folder(path: Path, mode: int = PRIVATE_FOLDER) -> None:
    """Make a folder, and those above it that are not there, for their owner alone. Raises OSError."""
    for folder in (*reversed(path.parents), path):
        if not folder.exists():
            folder.mkdir(mode=mode, exist_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
