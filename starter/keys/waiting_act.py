"""An act that one person signed and another must sign too, as a file that is handed over."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from selection.decision.envelope import Envelope
from selection.kernel.model import Frozen
from starter.keys.faults import KeyFault
from starter.keys.private_files import write_new


class WaitingAct(Frozen):
    """The act with the first person's signature. `version` is that of the file's form."""

    version: Literal[1] = 1
    act: Envelope

    @classmethod
    def read(cls, path: Path) -> "WaitingAct":
        """Read a file that was handed over. Raises KeyFault `second-unreadable`."""
        try:
            found = cls.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            raise KeyFault("second-unreadable", text=path.name) from None
        if found.act.proof is None or found.act.second is not None:
            raise KeyFault("second-unreadable", text=path.name)
        return found

    @classmethod
    def find(cls, path: Path, asked: Envelope, now: datetime) -> "WaitingAct | None":
        """Return what a file keeps of this very act, its signature still in time; None where there is no such file.

        Raises KeyFault `key-exists` where the file holds anything else: nothing is overwritten.
        """
        if not path.exists():
            return None
        with suppress(KeyFault):
            found = cls.read(path)
            act = found.act
            same = (act.command_id, act.digest) == (asked.command_id, asked.digest)
            if same and act.proof is not None and now < act.proof.expires:
                return found
        raise KeyFault("key-exists", text=f"{path}: stands there already; nothing is overwritten")

    def write(self, path: Path) -> None:
        """Write the file, mode 0600: it may hold what is confidential. Raises KeyFault `key-exists`."""
        write_new(path, self.model_dump_json(indent=2) + "\n")
