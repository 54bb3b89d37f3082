"""The log of reads, for those who watch over the readers."""

from datetime import datetime

from ledger.read_log import NotedRead as NotedRead
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.source import Look
from reading.access.subject import Subject
from reading.errors import Hidden
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.register.state import INSTALLATION
from selection.streams import round_stream
from selection.visibility.viewer import Standing, relation

WATCHING = frozenset({Standing.AUDITOR, Standing.ADMIN})


class FoundReads(Frozen):
    """Reads, newest first; `earlier` is the id to look before for those that did not fit, None where all did."""

    reads: tuple[NotedRead, ...]
    earlier: int | None = None


class NotedReads(Part):
    """What can be read of the log of reads, which is itself a read that is noted.

    Who read an application may be on its panel. So administrators, to whom no panel shows, see the reads of those
    whom the sealed rules name to oversee the round, and auditors of the round see all. Whoever is a party to an
    application sees nothing of who read it.
    """

    async def list_of_round(
        self,
        subject: Subject,
        round_id: str,
        *,
        person: str | None = None,
        stream: str | None = None,
        what: str | None = None,
        since: datetime | None = None,
        before: int | None = None,
        limit: int = 1000,
    ) -> FoundReads:
        """Return the latest reads of a round's streams: of so many that fit what is asked, those that show.

        Raises Hidden.
        """
        around = await self._source.look_at_round(subject, round_id)
        if around.viewer.standings.isdisjoint(WATCHING):
            raise Hidden
        log = self._source.ledger.read_log
        found = await log.find(
            round_id, person=person, target=stream, what=what, since=since, before=before, limit=limit
        )
        looks = {target: await self._source.look(subject, target) for target in {r.target for r in found}}
        shown = tuple(read for read in found if _shows(read, looks[read.target], around))
        await self._source.note(subject, ReadKind.READS, round_stream(round_id))
        return FoundReads(reads=shown, earlier=found[-1].id if len(found) == limit else None)

    async def list_of_installation(
        self,
        subject: Subject,
        *,
        person: str | None = None,
        since: datetime | None = None,
        limit: int = 1000,
    ) -> tuple[NotedRead, ...]:
        """Return the latest reads that were of no round alone, to who is registered as auditor or administrator.

        Those are of the register, and of lists over all rounds. Raises Hidden.
        """
        if not (subject.holds(Role.AUDITOR) or subject.holds(Role.ADMIN)):
            raise Hidden
        found = await self._source.ledger.read_log.find(INSTALLATION, person=person, since=since, limit=limit)
        await self._source.note(subject, ReadKind.READS)
        return tuple(found)


def _shows(read: NotedRead, look: Look, around: Look) -> bool:
    """Tell whether a read shows to somebody who watches over the round that it was of."""
    if look.viewer.standings.isdisjoint(WATCHING):
        return False
    if Standing.AUDITOR in look.viewer.standings or read.person == look.viewer.person:
        return True
    return relation(around.state, read.person, rules=around.rules).standings != frozenset()
