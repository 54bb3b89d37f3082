"""Write a round's bundle from the record: only reads, and holds one page, history or content at a time."""

import base64
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

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
from reading.exports import RoundRecord
from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Frozen
from selection.transparency.note import Verifier

Tell = Callable[[str, int, int], None]
"""Called with a part's name, how much of it is done, and how much there is."""


class ExportCounts(Frozen):
    """What a bundle holds."""

    round: str
    redacted: bool
    logs: dict[str, int]
    histories: int
    contents: int


class RoundExport:
    """One export. `key` is named in the bundle for information."""

    def __init__(self, record: RoundRecord, *, key: Verifier | None, tell: Tell) -> None:
        self._record = record
        self._key = key
        self._tell = tell

    async def write(self, path: Path) -> ExportCounts:
        """Write the bundle, each log up to its latest checkpoint, and return what it holds.

        Raises what the record raises, and OSError; then there is no file.
        """
        record = self._record
        sizes = await record.measure_logs()
        engine = version("center-selection")
        with BundleWriter(path, engine=engine, round_id=record.round, redacted=record.redacted) as bundle:
            for log, size in sizes.items():
                await self._write_log(bundle, log, size)
            runs = record.list_runs()
            for number, run in enumerate(runs, start=1):
                bundle.add(history_of(run.workflow_id, run.run_id), [await record.read_history(run)])
                self._tell("histories", number, len(runs))
            contents = await self._write_contents(bundle)
            bundle.add(RULES, [canonical_bytes(record.get_rules())])
            if self._key is not None:
                named = {"name": self._key.name, "vkey": self._key.vkey}
                bundle.add(KEYS, [canonical_bytes(named)])
        return ExportCounts(
            round=record.round, redacted=record.redacted, logs=sizes, histories=len(runs), contents=contents
        )

    async def _write_log(self, bundle: BundleWriter, log: str, size: int) -> None:
        done = 0
        with bundle.member(entries_of(log)) as entries:
            async for body in self._record.read_entries(log, size):
                entries.write(body + b"\n")
                done += 1
                self._tell(f"log {log}", done, size)
        with bundle.member(checkpoints_of(log)) as checkpoints:
            async for stored, stamps in self._record.read_checkpoints(log, size):
                stamped = tuple(TimeStamp(service=item.service, token=_base64(item.token)) for item in stamps)
                kept = KeptCheckpoint(size=stored.size, note=stored.cosigned_note.encoded, timestamps=stamped)
                checkpoints.write(canonical_bytes(kept) + b"\n")
        bundle.note_log(log, size)

    async def _write_contents(self, bundle: BundleWriter) -> int:
        """Write the contents that the bundle may hold; one that was erased is not there any more."""
        wanted, written = self._record.list_contents(), 0
        for number, content in enumerate(wanted, start=1):
            found = await self._record.read_content(content)
            if found is not None:
                kept = KeptContent(
                    id=content,
                    sha256=found.card.sha256,
                    salt=_base64(found.salt),
                    media_type=found.card.media_type,
                    content=_base64(found.body),
                )
                bundle.add(content_of(content), [canonical_bytes(kept)])
                written += 1
            self._tell("contents", number, len(wanted))
        return written


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
