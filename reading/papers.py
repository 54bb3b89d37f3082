"""Papers that left: whether a file is one of those, by the hash of its bytes."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from pydantic import ValidationError

from ledger.errors import LedgerError
from ledger.log.receipts import Entry
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.source import Look
from reading.access.subject import Subject
from reading.errors import Hidden
from reading.models import ShownEntry
from selection.application.ends import UNDOES, find_present, list_ends
from selection.decision.aggregate import event_of
from selection.kernel.model import Frozen, Instant
from selection.register.events import PapersRecorded
from selection.register.sent_papers import SentPaper, SentPapers
from selection.register.state import INSTALLATION
from selection.streams import application_stream, find_number, round_stream
from selection.visibility.viewer import Standing

LETTER = "letter"
PUBLIC = frozenset({"notice", "list", "certificate"})
"""The kinds of papers that are published: that one left is for everyone to know."""


class LeftPaper(Frozen):
    """A paper that left: what it is, and the entry of the installation's log in which an officer said so."""

    paper: SentPaper
    seq: int
    at: Instant


class OvertakenLetter(Frozen):
    """An application of which a letter left on an outcome that was undone since, and none on the present one.

    `decided` tells that there is a present one, of which a letter is due at once.
    """

    number: str
    decided: bool


def ends_in(entries: Iterable[ShownEntry], stream: str) -> Iterator[tuple[int, str, datetime]]:
    """Yield what tells the ends of an application among entries as they show to staff."""
    for entry in entries:
        view = entry.view
        if view["stream"] == stream:
            yield view["version"], view["type"], datetime.fromisoformat(view["recorded"])


class PaperReads(Part):
    """What can be read of papers that left."""

    async def list_overtaken(self, subject: Subject, round_id: str) -> tuple[OvertakenLetter, ...]:
        """Return, to the officers of a round, the applications of which another letter is due. Raises Hidden."""
        look = await self._source.look_at_round(subject, round_id)
        if Standing.OFFICER not in look.viewer.standings:
            raise Hidden
        await self._source.note(subject, ReadKind.APPLICATIONS, round_stream(round_id))
        reading = self._source.ledger.reading
        undone = sorted({entry.leaf.stream for entry in await reading.entries_of(round_id, sorted(UNDOES))})
        letters = await self._list_letters(round_id) if undone else {}
        found = []
        for stream in undone:
            left = letters.get(find_number(stream), ())
            entries = [
                (entry.leaf.version, entry.leaf.type, entry.leaf.recorded)
                for entry in await reading.stream_entries(stream)
            ]
            ends = list_ends(entries)
            present = ends[-1].version if ends and ends[-1].undone is None else None
            told = {ended or find_present(ends, at) for ended, at in left}
            if told and (present is None or present not in told):
                found.append(OvertakenLetter(number=find_number(stream), decided=present is not None))
        return tuple(found)

    async def _list_letters(self, round_id: str) -> dict[str, list[tuple[int, datetime]]]:
        """Return by application of which of its ends a letter left, 0 where the list names none, and when."""
        found: dict[str, list[tuple[int, datetime]]] = {}
        for entry, event in await self._list_recorded(round_id):
            for paper in await self._list(event):
                if paper.kind == LETTER:
                    found.setdefault(paper.application, []).append((paper.ended, entry.leaf.recorded))
        return found

    async def _list_recorded(self, round_id: str) -> list[tuple[Entry, PapersRecorded]]:
        """Return the entries in which officers of a round said what left."""
        entries = await self._source.ledger.reading.entries_of(INSTALLATION, (PapersRecorded.TYPE,))
        found = [(entry, event_of(entry.leaf)) for entry in entries]
        return [
            (entry, event)
            for entry, event in found
            if isinstance(event, PapersRecorded) and event.round == round_id
        ]

    async def find(self, subject: Subject, round_id: str, sha256: str) -> LeftPaper:
        """Return the paper of a round that left with these bytes, as it was recorded first.

        It is told to the round's staff, of what is published to everyone, of a letter to its applicant: anybody else
        could find out what a letter said by trying. Raises Hidden.
        """
        look = await self._source.look_at_round(subject, round_id)
        for entry, event in await self._list_recorded(round_id):
            for paper in await self._list(event):
                if paper.sha256 == sha256 and await self._shows(subject, look, paper):
                    if paper.kind not in PUBLIC and look.viewer.is_staff:
                        await self._source.note(
                            subject, ReadKind.CONTENT, round_stream(round_id), event.papers.id
                        )
                    return LeftPaper(paper=paper, seq=entry.seq, at=entry.leaf.recorded)
        raise Hidden

    async def _list(self, event: PapersRecorded) -> tuple[SentPaper, ...]:
        """Return what an entry's text lists; nothing of one that is gone or no list."""
        try:
            _, body = await self._source.ledger.contents.get(event.papers.id)
            return SentPapers.model_validate_json(body).papers
        except (LedgerError, ValidationError):
            return ()

    async def _shows(self, subject: Subject, look: Look, paper: SentPaper) -> bool:
        if paper.kind in PUBLIC or look.viewer.is_staff:
            return True
        try:
            about = await self._source.look(subject, application_stream(look.state.round, paper.application))
        except Hidden:
            return False
        return Standing.APPLICANT in about.viewer.standings
