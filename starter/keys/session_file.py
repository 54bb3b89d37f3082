"""The key of a session, kept for its owner only until it runs out."""

from datetime import datetime
from pathlib import Path
from typing import Literal, Self

from pydantic import ValidationError

from selection.kernel.model import Frozen, Instant
from selection.kernel.proof import Assurance, Base64
from selection.signing.base64 import decode, encode
from selection.signing.software_key import SoftwareKey
from starter.keys.faults import KeyFault
from starter.keys.private_files import read_private, write_over


class SessionFile(Frozen):
    """Whose session it is, on which installation, until when, and its seed."""

    version: Literal[1] = 1
    installation: str
    person: str
    expires: Instant
    seed: Base64

    @classmethod
    def of(cls, installation: str, person: str, key: SoftwareKey) -> Self:
        """Return a session's key as it is kept."""
        assert key.expires is not None
        return cls(installation=installation, person=person, expires=key.expires, seed=encode(key.seed))

    @property
    def key(self) -> SoftwareKey:
        """The session's key."""
        return SoftwareKey(seed=decode(self.seed), level=Assurance.SESSION, expires=self.expires)


def session_path(state: Path, installation: str) -> Path:
    """Return where the session of an installation is kept."""
    return state / f"session-{installation}.json"


def find_session(state: Path, installation: str, now: datetime) -> SessionFile | None:
    """Return the session on an installation; None without one that holds yet. One that ran out is removed."""
    path = session_path(state, installation)
    if not path.exists():
        return None
    try:
        found = SessionFile.model_validate_json(read_private(path))
    except ValidationError:
        raise KeyFault("session-unreadable", text=str(path)) from None
    if found.installation != installation or found.expires <= now:
        path.unlink(missing_ok=True)
        return None
    return found


def keep_session(state: Path, session: SessionFile) -> Path:
    """Keep a session in place of a former one on the same installation, and return its file."""
    path = session_path(state, session.installation)
    write_over(path, session.model_dump_json(indent=2) + "\n")
    return path


def forget_session(state: Path, installation: str) -> bool:
    """Remove the session on an installation; tell whether there was one."""
    path = session_path(state, installation)
    found = path.exists()
    path.unlink(missing_ok=True)
    return found
