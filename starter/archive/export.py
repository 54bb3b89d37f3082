"""Write a round's bundle from the record: only reads, and holds one page, history or content at a time."""

import base64
import json
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from audit.bundle.layout import (
    KEYS,
    RULES,
    KeptCheckpoint,
    KeptContent,
    TimeStamp,
    checkpoints_of,
    content_of,
    entries_of,
    history_of,
)
from audit.bundle.writer import BundleWriter
from ledger.log.checkpoints import StoredCheckpoint
from ledger.record import Ledger
from selection.archive.events import ArchivedRun, HistoriesArchived
from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Frozen
from selection.register.state import INSTALLATION
from selection.round.events import DrawCommitted, PanelsDrawn, RoundOpened
from selection.streams import archive_stream
from selection.transparency.note import Verifier
from starter.cli.failures import CommandFailed

Tell = Callable[[str, int, int], None]
"""Called with a part's name, how much of it is done, and how much there is."""

IMPERSONAL = {DrawCommitted.TYPE: "inputs", PanelsDrawn.TYPE: "result"}
"""The contents that a redacted bundle holds as well, by event and field: a draw is proven by them."""


class Exported(Frozen):
    """What a bundle holds."""

    round: str
    redacted: bool
    logs: dict[str, int]
    histories: int
    contents: int


class Mentioned:
    """What the entries of a round's log name: kept runs, contents, and the sealed rules."""

    def __init__(self, round_id: str) -> None:
        self._archive = archive_stream(round_id)
        self.runs: dict[tuple[str, str], ArchivedRun] = {}
        self.contents: set[str] = set()
        self.impersonal: set[str] = set()
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
        drawn = data.get(IMPERSONAL.get(leaf["type"], ""))
        self.impersonal.update(_references(drawn))
        self.contents.update(_references(data))


class RoundExport:
    """One export. `ledger` may be in the auditor's role; `key` is named in the bundle for information."""

    def __init__(
        self, ledger: Ledger, round_id: str, *, redacted: bool, key: Verifier | None, tell: Tell
    ) -> None:
        self._ledger = ledger
        self._round = round_id
        self._redacted = redacted
        self._key = key
        self._tell = tell
        self._mentioned = Mentioned(round_id)

    async def write(self, path: Path) -> Exported:
        """Write the bundle, each log up to its latest checkpoint, and return what it holds.

        Raises CommandFailed `no-checkpoint`, `not-archived` or `history-gone`, and OSError; then there is no file.
        """
        sizes = {log: await self._size(log) for log in (INSTALLATION, self._round)}
        await self._refuse_unarchived(sizes[self._round])
        engine = version("center-selection")
        with BundleWriter(path, engine=engine, round_id=self._round, redacted=self._redacted) as bundle:
            for log, size in sizes.items():
                await self._write_log(bundle, log, size)
            for number, run in enumerate(self._runs(), start=1):
                await self._write_history(bundle, run)
                self._tell("histories", number, len(self._mentioned.runs))
            contents = await self._write_contents(bundle)
            bundle.add(RULES, [canonical_bytes(self._mentioned.rules)])
            if self._key is not None:
                named = {"name": self._key.name, "vkey": self._key.vkey}
                bundle.add(KEYS, [canonical_bytes(named)])
        return Exported(
            round=self._round,
            redacted=self._redacted,
            logs=sizes,
            histories=len(self._mentioned.runs),
            contents=contents,
        )

    async def _size(self, log: str) -> int:
        latest = await self._ledger.checkpoints.find_latest(log)
        if latest is None:
            raise CommandFailed("no-checkpoint", log=log)
        return latest.size

    async def _refuse_unarchived(self, size: int) -> None:
        """Raise CommandFailed unless the signed part of the log tells of a whole act of archiving."""
        entries = await self._ledger.reading.stream_entries(archive_stream(self._round))
        whole = [entry for entry in entries if entry.leaf.data.get("complete")]
        if not whole:
            raise CommandFailed("not-archived", round=self._round)
        if whole[0].seq >= size:
            raise CommandFailed("no-checkpoint", log=self._round)

    def _runs(self) -> list[ArchivedRun]:
        return [run for _, run in sorted(self._mentioned.runs.items())]

    async def _write_log(self, bundle: BundleWriter, log: str, size: int) -> None:
        done = 0
        with bundle.member(entries_of(log)) as entries:
            async for body in self._ledger.reading.bodies(log, size):
                entries.write(body + b"\n")
                if log == self._round:
                    self._mentioned.see(body)
                done += 1
                self._tell(f"log {log}", done, size)
        with bundle.member(checkpoints_of(log)) as checkpoints:
            for stored in await self._ledger.checkpoints.list_stored(log, to_size=size):
                checkpoints.write(canonical_bytes(await self._checkpoint(stored)) + b"\n")
        bundle.note_log(log, size)

    async def _checkpoint(self, stored: StoredCheckpoint) -> KeptCheckpoint:
        stamps = (
            await self._ledger.checkpoints.read_stamps(stored.log, stored.size) if stored.services else []
        )
        kept = (TimeStamp(service=stamp.service, token=_base64(stamp.token)) for stamp in stamps)
        return KeptCheckpoint(size=stored.size, note=stored.cosigned.encoded, timestamps=tuple(kept))

    async def _write_history(self, bundle: BundleWriter, run: ArchivedRun) -> None:
        body = await self._ledger.histories.body(self._round, run)
        if body is None:
            raise CommandFailed("history-gone", workflow=run.workflow_id, round=self._round)
        bundle.add(history_of(run.workflow_id, run.run_id), [body])

    async def _write_contents(self, bundle: BundleWriter) -> int:
        """Write the contents that the bundle may hold; one that was erased is not there any more."""
        wanted = self._mentioned.impersonal if self._redacted else self._mentioned.contents
        written = 0
        for number, content_id in enumerate(sorted(wanted), start=1):
            found = await self._ledger.contents.get_salted(content_id)
            if found is not None:
                card, salt, body = found
                kept = KeptContent(
                    id=content_id,
                    sha256=card.sha256,
                    salt=_base64(salt),
                    media_type=card.media_type,
                    content=_base64(body),
                )
                bundle.add(content_of(content_id), [canonical_bytes(kept)])
                written += 1
            self._tell("contents", number, len(wanted))
        return written


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


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
