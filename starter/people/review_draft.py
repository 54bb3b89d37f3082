"""A reviewer's draft: a file of one's own in the data folder, and nowhere else (docs/decisions/0038)."""

import contextlib
import hashlib
from pathlib import Path

from runtime.private_files import PRIVATE_FOLDER, make_private_folder, write_private
from selection.refusals.refused import Refused
from starter.cli.failures import CommandFailed
from starter.cli.files_in import WHOLE_FILE, read_text, read_typed

FOLDER = "drafts"
"""The folder of all drafts, beside the data of the installation."""


class DraftFile:
    """The place of one person's draft of one application's review: the filled-in file, as far as it is.

    Its name is a hash, so that the folder tells nobody who reviews what, and no name leads out of it.
    """

    def __init__(self, data: Path, person: str, stream: str) -> None:
        name = hashlib.sha256(f"{person}\n{stream}".encode()).hexdigest()
        self.path = data / FOLDER / f"{name}.yaml"

    def save(self, file: Path) -> None:
        """Keep a file in place of the former draft, complete or not. Raises Refused unreadable or CommandFailed."""
        if not isinstance(read_typed(file), dict):
            raise Refused("unreadable", places=WHOLE_FILE)
        body = read_text(file).encode()
        try:
            make_private_folder(self.path.parent)
            self.path.parent.chmod(PRIVATE_FOLDER)
            write_private(self.path, body)
        except OSError as fault:
            raise CommandFailed("file-unwritable", text=f"{self.path.parent}: {fault.strerror}") from None

    def read(self) -> str:
        """Return the draft as it was written. Raises CommandFailed no-draft."""
        return read_text(self.require())

    def require(self) -> Path:
        """Return the draft's file. Raises CommandFailed no-draft."""
        if not self.path.is_file():
            raise CommandFailed("no-draft")
        return self.path

    def drop(self) -> bool:
        """Remove the draft; tell whether there was one."""
        there = self.path.is_file()
        with contextlib.suppress(FileNotFoundError):
            self.path.unlink()
        return there
