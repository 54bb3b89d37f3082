"""What the signer signed last, kept beside the key: a database that was put back does not take it back too."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from runtime.private_files import append_private, write_private
from selection.kernel.model import Frozen
from selection.transparency.continuity import SignedRoot


class StateFault(Exception):
    """The state file is held by another signer, or is not one."""


class _SignedRoot(Frozen):
    size: int
    root: str


class _State(Frozen):
    key: str
    logs: dict[str, _SignedRoot] = {}


class SignerState:
    """The last size and root of each log that one key signed or was about to sign."""

    def __init__(self, path: Path, key: str) -> None:
        self._path = path
        self._state = _State(key=key)

    @classmethod
    @contextmanager
    def hold(cls, key_file: Path, key: str) -> Iterator["SignerState"]:
        """Read the state beside a key file and hold it alone. `key` is the public key that it belongs to.

        Raises StateFault.
        """
        path = key_file.with_suffix(".state.json")
        with append_private(key_file.with_suffix(".lock")) as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise StateFault("another signer works with this key file") from None
            state = cls(path, key)
            state._read()
            yield state

    @property
    def names(self) -> tuple[str, ...]:
        """The logs that were signed."""
        return tuple(self._state.logs)

    def last(self, log: str) -> SignedRoot | None:
        """Return what was signed last of a log."""
        kept = self._state.logs.get(log)
        return None if kept is None else SignedRoot(size=kept.size, root=bytes.fromhex(kept.root))

    def remember(self, log: str, signed: SignedRoot) -> None:
        """Keep what is about to be signed. It is on the disk when this returns, whatever happens then."""
        kept = {**self._state.logs, log: _SignedRoot(size=signed.size, root=signed.root.hex())}
        self._state = _State(key=self._state.key, logs=kept)
        write_private(self._path, self._state.model_dump_json(indent=1).encode() + b"\n")

    def _read(self) -> None:
        try:
            found = _State.model_validate_json(self._path.read_bytes())
        except FileNotFoundError:
            return
        except (OSError, ValidationError):
            raise StateFault(f"{self._path} cannot be read; put it back from a copy") from None
        if found.key != self._state.key:
            raise StateFault(f"{self._path} belongs to another key; move it to where that key is kept")
        self._state = found
