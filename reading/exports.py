"""A round's record as a whole: who may take it away, and what a bundle of it holds, one piece at a time."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

from ledger.log.checkpoints import Stamp, StoredCheckpoint
from ledger.people.contents import ContentCard
from ledger.record import Ledger
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.subject import Subject
from reading.errors import Hidden, ReadFailed
from selection.application.events import ApplicationListed, NoticeOpened
from selection.archive.events import ArchivedRun, HistoriesArchived
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.register.events import PapersRecorded, PersonErased
from selection.register.state import INSTALLATION
from selection.round.events import DrawCommitted, PanelsDrawn, RoundOpened
from selection.streams import archive_stream, round_stream
from selection.visibility.viewer import Standing

IMPERSONAL = {
    DrawCommitted.TYPE: "inputs",
    PanelsDrawn.TYPE: "result",
    NoticeOpened.TYPE: "public",
    ApplicationListed.TYPE: "public",
}
"""The contents that a redacted bundle holds as well, by event and field: draws are proven by them, or all read them."""

PAPERS, ERASED = PapersRecorded.TYPE, PersonErased.TYPE


class SaltedContent(Frozen):
    """A content with the salt that its hash in the log was made with."""

    card: ContentCard
    salt: bytes
    body: bytes


class Mentions:
    """What the entries of a round's log name: kept runs, contents, and the sealed rules."""

    def __init__(self, round_id: str) -> None:
        self._round = round_id
        self._archive = archive_stream(round_id)
        self.runs: dict[tuple[str, str], ArchivedRun] = {}
        self.contents: set[str] = set()
        self.impersonal: set[str] = set()
        self.erased: set[str] = set()
        self.rules: Any = None

    def see(self, body: bytes) -> None:
        """Take in one entry."""
        leaf = json.loads(body)
        data = leaf["data"]
        if leaf["stream"] == self._archive and leaf["type"] == HistoriesArchived.TYPE:
            for item in data["runs"]:
                run = ArchivedRun.model_validate(item)
                self.runs[run.workflow_id, run.run_id] = run
        if leaf["type"] == RoundOpened.TYPE:
            self.rules = data["rules"]
        shown = data.get(IMPERSONAL.get(leaf["type"], ""))
        self.impersonal.update(_references(shown))
        # The reason of an act stands beside its actor, and often nowhere else.
        self.contents.update(_references([data, leaf["actor"]]))

    def see_elsewhere(self, body: bytes) -> None:
        """Take in an entry of the installation's log: this round's papers that left, and what was erased."""
        if PAPERS.encode() in body or ERASED.encode() in body:
            leaf = json.loads(body)
            data = leaf["data"]
            if leaf["type"] == PAPERS and data["round"] == self._round:
                self.contents.update(_references(data))
            elif leaf["type"] == ERASED:
                self.erased.update(data["contents"])


class RoundRecord:
    """What one export reads. A redacted one gives out no contents but published ones, and those that prove draws."""

    def __init__(self, ledger: Ledger, round_id: str, *, redacted: bool) -> None:
        self._ledger = ledger
        self._mentioned = Mentions(round_id)
        self.round = round_id
        self.redacted = redacted

    async def measure_logs(self) -> dict[str, int]:
        """Return the size of each log at its latest checkpoint.

        Raises ReadFailed `no-checkpoint`, or `not-archived` unless the signed part of the round's log tells of a
        whole act of archiving.
        """
        sizes = {log: await self._measure(log) for log in (INSTALLATION, self.round)}
        entries = await self._ledger.reading.stream_entries(archive_stream(self.round))
        whole = [entry for entry in entries if entry.leaf.data.get("complete")]
        if not whole:
            raise ReadFailed("not-archived", round=self.round)
        if whole[0].seq >= sizes[self.round]:
            raise ReadFailed("no-checkpoint", log=self.round)
        return sizes

    async def _measure(self, log: str) -> int:
        latest = await self._ledger.checkpoints.find_latest(log)
        if latest is None:
            raise ReadFailed("no-checkpoint", log=log)
        return latest.size

    async def read_entries(self, log: str, size: int) -> AsyncIterator[bytes]:
        """Yield the bytes of a log's first entries. They name the histories and contents that go with the round."""
        async for body in self._ledger.reading.bodies(log, size):
            if log == self.round:
                self._mentioned.see(body)
            else:
                self._mentioned.see_elsewhere(body)
            yield body

    async def read_checkpoints(
        self, log: str, size: int
    ) -> AsyncIterator[tuple[StoredCheckpoint, list[Stamp]]]:
        """Yield a log's checkpoints up to a size, each with its time stamps."""
        for stored in await self._ledger.checkpoints.list_stored(log, to_size=size):
            yield (
                stored,
                await self._ledger.checkpoints.read_stamps(log, stored.size) if stored.services else [],
            )

    def get_rules(self) -> Any:
        """Return the sealed rules, which an entry of the round holds."""
        return self._mentioned.rules

    def list_runs(self) -> list[ArchivedRun]:
        """Return the runs whose histories the round's entries name."""
        return [run for _, run in sorted(self._mentioned.runs.items())]

    async def read_history(self, run: ArchivedRun) -> bytes:
        """Return a kept history. Raises ReadFailed history-gone."""
        body = await self._ledger.histories.body(self.round, run)
        if body is None:
            raise ReadFailed("history-gone", workflow=run.workflow_id, round=self.round)
        return body

    def list_contents(self) -> list[str]:
        """Return the ids of the contents that go with the round's entries."""
        return sorted(self._mentioned.impersonal if self.redacted else self._mentioned.contents)

    async def read_content(self, content: str) -> SaltedContent | None:
        """Return one of these contents, or None if it was erased. Raises Hidden for another.

        Raises ReadFailed `no-checkpoint` for one whose erasure is not signed yet: its absence would look like a gap.
        """
        if content not in self.list_contents():
            raise Hidden
        found = await self._ledger.contents.get_salted(content)
        if found is None:
            card = (await self._ledger.contents.cards([content])).get(content)
            if card is not None and card.erased_at is not None and content not in self._mentioned.erased:
                raise ReadFailed("no-checkpoint", log=INSTALLATION)
            return None
        card, salt, body = found
        return SaltedContent(card=card, salt=salt, body=body)


class Archiving(Frozen):
    """In which role somebody may have a round's histories kept, and how many streams the round has."""

    role: Role
    streams: int


class ExportReads(Part):
    """What is read of a round as a whole."""

    async def open(self, subject: Subject, round_id: str, *, redacted: bool) -> RoundRecord:
        """Return the round's record, to its auditors; a redacted one to its administrators too. Raises Hidden."""
        standings = (await self._source.look_at_round(subject, round_id)).viewer.standings
        if not (Standing.AUDITOR in standings or (redacted and Standing.ADMIN in standings)):
            raise Hidden
        what = ReadKind.REDACTED_BUNDLE if redacted else ReadKind.BUNDLE
        await self._source.note(subject, what, round_stream(round_id))
        return RoundRecord(self._source.ledger, round_id, redacted=redacted)

    async def prepare_archiving(self, subject: Subject, round_id: str) -> Archiving:
        """Return how the subject may have the round's histories kept. Raises Hidden."""
        standings = (await self._source.look_at_round(subject, round_id)).viewer.standings
        if standings.isdisjoint({Standing.AUDITOR, Standing.ADMIN}):
            raise Hidden
        await self._source.note(subject, ReadKind.PROGRESS, round_stream(round_id))
        role = Role.AUDITOR if Standing.AUDITOR in standings else Role.ADMIN
        return Archiving(role=role, streams=len(await self._source.ledger.reading.streams(round_id)))


def _references(value: Any) -> Iterator[str]:
    """Yield the ids of the stored contents that a value names."""
    if isinstance(value, dict):
        if value.keys() == {"id", "sha256"}:
            yield value["id"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
