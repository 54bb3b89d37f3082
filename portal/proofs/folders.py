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


def clear_left() -> None:
    """Delete each folder of this user's that no process holds any more."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with _try_lock(path) as left:
            if left:
                shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _try_lock(path: Path) -> Iterator[bool]:
    """Hold a folder in passing; tell whether it is this user's, and nobody else holds it. A link is no folder."""
    try:
        handle = os.open(path, _FOLDER)
    except OSError:
        yield False
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield os.fstat(handle).st_uid == os.geteuid()
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)
