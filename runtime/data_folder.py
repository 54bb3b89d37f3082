"""The one folder that an embedded stack keeps all in, and the file that says where a running one is."""

import fcntl
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from runtime.errors import StackError
from runtime.private_files import PRIVATE_FOLDER, append_private, make_private_folder, write_private

COURIER = "courier"
"""Under which name mail is handed to the mail sink."""
LEAST_FREE_BYTES = 512 * 1024 * 1024


class StackFile(BaseModel):
    """What `stack.json` says of the running stack, for other commands. It holds no password.

    `database` is HOST:PORT/NAME of the embedded one; None for a server of somebody else's, as is a pid.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    started_at: AwareDatetime
    pid: int
    pids: dict[str, int]
    database: str | None
    temporal_address: str
    temporal_namespace: str
    portal_url: str | None = None
    ui_url: str | None
    mail_host: str
    mail_port: int
    mail_folder: Path | None
    task_queue: str


@dataclass
class DataFolder:
    """The layout of a data folder. `open` makes it and takes its lock; one stack at a time has it."""

    path: Path
    _lock: IO[bytes] | None = None

    @property
    def postgres(self) -> Path:
        """PostgreSQL's cluster and its superuser's password, which no process uses."""
        return self.path / "postgres"

    @property
    def passwords(self) -> Path:
        """The passwords of the database's logins, a file each."""
        return self.path / "logins"

    @property
    def temporal(self) -> Path:
        """Temporal's SQLite file."""
        return self.path / "temporal"

    @property
    def mail(self) -> Path:
        """The Maildir of the mail sink."""
        return self.path / "mail"

    @property
    def mail_password(self) -> Path:
        """The password without which the mail sink takes nothing: only the courier has it."""
        return self.path / "mail.password"

    @property
    def refused_mail(self) -> Path:
        """The list of addresses that the mail sink refuses, one a line."""
        return self.path / "refused-mail.txt"

    @property
    def stack_file(self) -> Path:
        """What a running stack says of itself."""
        return self.path / "stack.json"

    def log(self, part: str) -> Path:
        """Where a part's output goes."""
        return self.path / "logs" / f"{part}.log"

    @classmethod
    def open(cls, path: Path) -> Self:
        """Make the folder if needed, take its lock until `close`, and check it.

        Raises StackError folder-not-writable, folder-open, folder-in-use or disk-full.
        """
        folder = cls(path.absolute())
        lock = folder._make()
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            lock.close()
            raise StackError(
                "folder-in-use",
                f"Another stack runs on {folder.path}. Use it, stop it, or give another folder with --data.",
            ) from exc
        folder._lock = lock
        free = shutil.disk_usage(folder.path).free
        if free < LEAST_FREE_BYTES:
            folder.close()
            raise StackError(
                "disk-full",
                f"{folder.path} has {free // 2**20} MiB left, the stack needs {LEAST_FREE_BYTES // 2**20}. "
                "Make room, or give another folder with --data.",
            )
        return folder

    def _make(self) -> IO[bytes]:
        """Make what is not there, and open the file of the lock. Raises StackError."""
        try:
            # As root the database runs as somebody else, who has to come through.
            make_private_folder(self.path, PRIVATE_FOLDER if os.geteuid() else 0o711)
            if self.path.stat().st_mode & stat.S_IWOTH:
                raise StackError(
                    "folder-open",
                    f"Everybody may write to the data folder {self.path}, and so put files in place of its own. "
                    "Run chmod 700 on it, or give another folder with --data.",
                )
            make_private_folder(self.path / "logs")
            return append_private(self.path / "stack.lock")
        except OSError as exc:
            raise StackError(
                "folder-not-writable",
                f"The data folder {self.path} cannot be written ({exc.strerror}). "
                "Mend its permissions, or give another folder with --data.",
            ) from exc

    def close(self) -> None:
        """Give up the lock and remove what `stack.json` said. Safe to repeat."""
        if self._lock is not None:
            self.stack_file.unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    def announce(self, stack: StackFile) -> None:
        """Write `stack.json` whole or not at all, readable by its owner only."""
        write_private(self.stack_file, stack.model_dump_json(indent=2).encode())


def find_running_stack(path: Path) -> StackFile | None:
    """Find the stack that runs on a data folder; None if there is none, also after a crash."""
    folder = DataFolder(path.absolute())
    try:
        stack = StackFile.model_validate_json(folder.stack_file.read_bytes())
    except (OSError, ValidationError):
        return None
    return stack if _is_locked(folder.path / "stack.lock") else None


def _is_locked(lock: Path) -> bool:
    try:
        descriptor = os.open(lock, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
