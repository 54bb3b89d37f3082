"""Histories that are kept at somebody's request: of each round once at a time, whoever looks or leaves.

The work itself is Temporal's and goes on without this process; what is kept here, in a folder for every process of the
machine, says how far it is, and what came of it. After a restart whoever asks again has it done after what is still
going on.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field

from portal.proofs.beside import (
    STATE,
    Facts,
    Teller,
    WorkElsewhere,
    list_facts,
    name_installation,
    read_beside,
    write_beside,
)
from portal.proofs.folders import LockedFolder, hold_folder
from portal.proofs.work import Work
from runtime.logins import Login
from runtime.settings import Settings
from selection.kernel.model import Frozen
from selection.refusals.refused import Refused
from starter.archive.archive import ArchiveResult

Tell = Callable[[int], None]
Keep = Callable[[Tell], Awaitable[ArchiveResult]]
RESULT = "result.json"


class ArchivingFacts(Facts):
    """What was asked for a round: by whom, as which act, and when."""

    FILE = "archiving.json"
    round: str
    person: str
    command_id: str
    at: datetime


class Result(Frozen):
    """What was found, or why the record refused it."""

    found: ArchiveResult | None = None
    refused: str = ""
    params: dict[str, str] = Field(default_factory=dict)


class Archiving:
    """What was asked for a round: by whom and when, how far it is, and what was found."""

    def __init__(self, person: str, command_id: str) -> None:
        self.person = person
        self.command_id = command_id
        self.at = datetime.now(UTC)
        self.work = Work()
        self.folder: Path | None = None

    @classmethod
    def of(cls, folder: Path, facts: ArchivingFacts) -> "Archiving":
        """Return what another process does."""
        one = cls(facts.person, facts.command_id)
        one.at, one.folder, one.work = facts.at, folder, WorkElsewhere(folder / facts.FILE)
        return one

    @property
    def found(self) -> ArchiveResult | None:
        """What was found, once it is done."""
        return self._result.found

    @property
    def refused(self) -> Refused | None:
        """Why the record refused it, if it did."""
        result = self._result
        return Refused(result.refused, **result.params) if result.refused else None

    @property
    def _result(self) -> Result:
        return (self.folder and read_beside(self.folder / RESULT, Result)) or Result()

    def begin(self, folder: Path, facts: ArchivingFacts, streams: int, keep: Keep) -> None:
        """Have it done by itself; of so many streams each is looked at."""
        self.folder = folder
        write_beside(folder / facts.FILE, facts)
        tell = Teller(folder / STATE, self.work)

        async def archive() -> None:
            try:
                found = await keep(lambda looked: tell("histories", looked, max(streams, looked)))
                result = Result(found=found)
            except Refused as refused:
                result = Result(refused=refused.code, params=refused.params)
            write_beside(folder / RESULT, result)

        self.work.begin(archive, tell.end)


class Archivings:
    """The latest of each round."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._of: dict[str, tuple[Archiving, LockedFolder]] = {}

    def find(self, round_id: str) -> Archiving | None:
        """Return what was asked last for a round, of any process of this machine that goes on since."""
        own = [self._of[round_id][0]] if round_id in self._of else []
        of = name_installation(self._settings, Login.PORTAL)
        others = [
            Archiving.of(path, facts)
            for path, facts in list_facts(of, ArchivingFacts)
            if facts.round == round_id and all(path != one.folder for one in own)
        ]
        return max((*own, *others), key=lambda one: one.at, default=None)

    def begin(self, round_id: str, asked: Archiving, streams: int, keep: Keep) -> None:
        """Begin it, unless the same round's is going on: then that is what there is to wait for."""
        going_on = self.find(round_id)
        if going_on is not None and going_on.work.running:
            return
        facts = ArchivingFacts(
            of=name_installation(self._settings, Login.PORTAL),
            round=round_id,
            person=asked.person,
            command_id=asked.command_id,
            at=asked.at,
        )
        earlier, place = self._of.get(round_id), hold_folder()
        self._of[round_id] = (asked, place)
        asked.begin(place.path, facts, streams, keep)
        if earlier is not None:
            earlier[1].remove()

    async def close(self) -> None:
        """Wait for none of them any more."""
        for one, place in self._of.values():
            await one.work.stop()
            place.remove()
