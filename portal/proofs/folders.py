"""Folders of copies, each held by the process that made it: what a killed one left is deleted by the next."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PREFIX = "selection-proof-"
BEGUN = "selection-proof~"
"""How a folder is called that is not held yet, which no other process may take for one that was left."""
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


@dataclass(frozen=True)
class LockedFolder:
    """A folder of this process; the system lets go of it however the process ends."""

    path: Path
    _handle: int

    def remove(self) -> None:
        """Delete it with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._handle)


def hold_folder() -> LockedFolder:
    """Make an empty folder, for this user alone."""
    begun = Path(tempfile.mkdtemp(prefix=BEGUN))
    handle = os.open(begun, _FOLDER)
    fcntl.flock(handle, fcntl.LOCK_EX)
    return LockedFolder(begun.rename(begun.with_name(begun.name.replace(BEGUN, PREFIX))), handle)


@dataclass(frozen=True)
class FoundFolder:
    """A folder that another process of this user holds."""

    path: Path

    def remove(self) -> None:
        """Delete it with all that is in it; who holds it finds that out."""
        shutil.rmtree(self.path, ignore_errors=True)


def list_live() -> list[Path]:
    """Return this user's folders that a process holds, this one or another."""
    return [path for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*") if _has_holder(path)]


@contextmanager
def try_hold_file(path: Path) -> Iterator[bool]:
    """Hold a file of that name for the block, unless another process does; tell whether it is held here.

    Raises FileNotFoundError once its folder was deleted.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        yield _try_flock(handle, fcntl.LOCK_EX)
    finally:
        os.close(handle)


def clear_left() -> None:
    """Delete each folder of this user's that no process holds any more."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with _try_lock(path) as left:
            if left:
                shutil.rmtree(path, ignore_errors=True)


def _has_holder(path: Path) -> bool:
    """Tell whether a folder is this user's, and a process holds it. A link is no folder."""
    try:
        handle = os.open(path, _FOLDER)
    except OSError:
        return False
    try:
        return os.fstat(handle).st_uid == os.geteuid() and not _try_flock(handle, fcntl.LOCK_SH)
    finally:
        os.close(handle)


def _try_flock(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _try_lock(path: Path) -> Iterator[bool]:
    """Hold a folder in passing; tell whether it is this user's, and nobody else holds it. A link is no folder."""
    try:
        handle = os.open(path, _FOLDER)
    except OSError:
        yield False
        return
    try:
        yield _try_flock(handle, fcntl.LOCK_EX) and os.fstat(handle).st_uid == os.geteuid()
    finally:
        os.close(handle)
