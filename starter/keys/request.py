"""A key that is to be enrolled for the first time, as a file that its person hands to whoever confirms it."""

from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from selection.kernel.model import Frozen
from selection.signing.one_time_code import Token
from selection.signing.possession import Enrolment
from starter.keys.faults import KeyFault
from starter.keys.private_files import write_new


class KeyRequest(Frozen):
    """The key with its own signature, and by the code that its person was sent: for another key it shows nothing."""

    version: Literal[1] = 1
    enrolment: Enrolment
    token: Token = ""

    @classmethod
    def read(cls, path: Path) -> "KeyRequest":
        """Read a file that was handed over. Raises KeyFault `request-unreadable`."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            raise KeyFault("request-unreadable", text=path.name) from None

    def write(self, path: Path) -> None:
        """Write the file, mode 0600. Raises KeyFault `key-exists`."""
        write_new(path, self.model_dump_json(indent=2) + "\n")
