"""A reviewer's draft: a file of one's own in the data folder, and nowhere else (docs/decisions/0038)."""

import contextlib
import hashlib
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field

from runtime.private_files import PRIVATE_FOLDER, make_private_folder, write_private
from selection.kernel.model import Frozen
from starter.cli.failures import CommandFailed
from starter.cli.files_in import check_data, read_facts, read_text

FOLDER = "drafts"
"""The folder of all drafts, beside the data of the installation."""


class ReviewDraft(Frozen):
    """What stands in a draft so far, scores by criterion and the text; if they fit is asked when it is handed in."""

    scores: Annotated[dict[str, Decimal], Field(default_factory=dict, max_length=100)]
    text: Annotated[str, Field(max_length=1_000_000)] = ""


class DraftFile:
    """The place of one person's draft of one application's review.

    Its name is a hash, so that the folder tells nobody who reviews what, and no name leads out of it.
    """

    def __init__(self, data: Path, person: str, stream: str) -> None:
        name = hashlib.sha256(f"{person}\n{stream}".encode()).hexdigest()
        self.path = data / FOLDER / f"{name}.yaml"

    def save(self, file: Path) -> None:
        """Keep what a file holds in place of the former draft. Raises Refused unreadable or CommandFailed."""
        check_data(ReviewDraft, read_facts(file))
        body = read_text(file).encode()
        try:
            make_private_folder(self.path.parent)
            self.path.parent.chmod(PRIVATE_FOLDER)
            write_private(self.path, body)
        except OSError as fault:
            raise CommandFailed("file-unwritable", text=f"{self.path.parent}: {fault.strerror}") from None

    def read(self) -> str:
        """Return the draft as it was written. Raises CommandFailed no-draft."""
        if not self.path.is_file():
            raise CommandFailed("no-draft")
        return read_text(self.path)

    def load(self) -> ReviewDraft:
        """Return what stands in the draft. Raises CommandFailed no-draft, or Refused unreadable."""
        self.read()
        return check_data(ReviewDraft, read_facts(self.path))

    def drop(self) -> bool:
        """Remove the draft; tell whether there was one."""
        there = self.path.is_file()
        with contextlib.suppress(FileNotFoundError):
            self.path.unlink()
        return there
