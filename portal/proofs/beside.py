"""What lies in a folder for all processes of the portal on a machine: what one of them does there, and how far it is.

Of a copy, whose it is, how far its making and each job are, and what was asked to be verified: by that a process finds
one that it did not make, and does no job that another does.
"""

import asyncio
import hashlib
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import ClassVar, TypeVar

from pydantic import ValidationError

from portal.proofs.folders import list_live
from portal.proofs.work import STOPPED, Work
from runtime.databases import Databases
from runtime.errors import StackError
from runtime.logins import Login
from runtime.settings import Settings
from selection.kernel.model import Frozen

STATE = "state.json"
LOOK_EVERY = 0.3
"""Seconds between two looks at what another process does [D], and between two words of how far one's own is."""
Model = TypeVar("Model", bound=Frozen)


class Facts(Frozen):
    """What a folder is for, in the file FILE of it; `of` is the installation."""

    FILE: ClassVar[str]
    of: str


Some = TypeVar("Some", bound=Facts)


class CopyFacts(Facts):
    """Whose copy of which record it is, and until when it is kept."""

    FILE = "copy.json"
    person: str
    round: str
    redacted: bool
    made_at: datetime
    until: datetime


class WorkState(Frozen):
    """How far something is that a process does, and why it came to nothing once it has `ended` so."""

    part: str = "waits"
    done: int = 0
    total: int = 0
    fault: str = ""
    ended: bool = False


def name_installation(settings: Settings, login: Login) -> str:
    """Return what tells an installation apart from others of this machine: by where a login of it reads, and as whom.

    Empty where this process was not given that login: then it finds nothing of other processes.
    """
    try:
        url = Databases.find(settings).url(login)
    except StackError:
        return ""
    return hashlib.sha256(url.encode()).hexdigest()


def list_facts(of: str, kind: type[Some]) -> Iterator[tuple[Path, Some]]:
    """Return an installation's folders of a kind that a process holds, this one or another."""
    for path in list_live():
        facts = read_beside(path / kind.FILE, kind)
        if facts is not None and facts.of == of != "":
            yield path, facts


def write_beside(path: Path, what: Frozen) -> None:
    """Write a file whole or not at all, for this user alone; nothing once its folder was deleted. Raises OSError."""
    with suppress(FileNotFoundError):
        with NamedTemporaryFile("wb", dir=path.parent, prefix="~", delete=False) as file:
            file.write(what.model_dump_json().encode())
        Path(file.name).replace(path)


def read_beside(path: Path, of: type[Model]) -> Model | None:
    """Return what a file says, None if there is none."""
    try:
        return of.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


class Teller:
    """Tells other processes how far a work of this one is, not too often."""

    def __init__(self, path: Path, work: Work) -> None:
        self._path = path
        self._work = work
        self._last = 0.0

    def __call__(self, part: str, done: int, total: int) -> None:
        """Note how far it is. Raises WorkFailed as the work does."""
        self._work.tell(part, done, total)
        now = time.monotonic()
        if now - self._last >= LOOK_EVERY:
            self._last = now
            self._write(ended=False)

    def end(self) -> None:
        """Tell that it has ended."""
        self._write(ended=True)

    def _write(self, *, ended: bool) -> None:
        work = self._work
        state = WorkState(part=work.part, done=work.done, total=work.total, fault=work.fault, ended=ended)
        # That nobody else learns of it keeps no work from going on.
        with suppress(OSError):
            write_beside(self._path, state)


class WorkElsewhere(Work):
    """What another process does, looked at in its folder; it came to nothing once `facts` are not there any more."""

    def __init__(self, facts: Path) -> None:
        super().__init__()
        self._facts = facts

    @property
    def running(self) -> bool:
        """Whether it still goes on."""
        if self.fault:
            return False
        state = read_beside(self._facts.with_name(STATE), WorkState) or WorkState()
        self.part, self.done, self.total, self.fault = state.part, state.done, state.total, state.fault
        if not state.ended and not self._facts.exists():
            self.fault = STOPPED
        return not (state.ended or self.fault)

    async def wait(self, seconds: float) -> bool:
        """Wait a while for the end; tell whether it came."""
        until = time.monotonic() + seconds
        while self.running and time.monotonic() < until:  # noqa: ASYNC110 # another process tells it in a file
            await asyncio.sleep(LOOK_EVERY)
        return not self.running

    def cancel(self) -> None:
        """Look no more: it ends with its folder."""
        self.fault = self.fault or STOPPED
