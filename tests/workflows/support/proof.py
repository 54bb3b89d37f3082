"""A small bundle of a real round, with its histories: what tests take apart and put together again, signed anew."""

import json
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from temporalio.api.history.v1 import History

from audit.bundle.layout import KEYS, RULES, checkpoints_of, entries_of, history_of
from audit.bundle.writer import BundleWriter
from audit.histories.run import ENDS, run_id_of
from selection.kernel.canonical import canonical_bytes, sha256_hex
from tests import factories as f
from tests.audit.support import bundles as b
from tests.workflows.support.histories import histories_of, streams_of
from tests.workflows.support.installation import Installation

Named = tuple[str, str]
"""Workflow id and run id."""


@dataclass
class Material:
    """A round's entries and histories. A test changes them; `write` lists, hashes and signs what is there then."""

    rules: bytes
    entries: list[bytes]
    people: list[bytes]
    histories: dict[Named, History]
    closed: dict[Named, bool]

    @classmethod
    async def take(cls, place: Installation) -> "Material":
        """Take everything from an installation that is idle."""
        histories: dict[Named, History] = {}
        for stream in await streams_of(place):
            await place.until_idle(stream)
            for found in await histories_of(place, stream):
                histories[found.workflow_id, run_id_of(found.events)] = History(events=found.events)
        reading = place.ledger.reading
        logs = {
            log: [entry.body async for entry in reading.all_entries(log)] for log in (f.ROUND, b.INSTALLATION)
        }
        closed = {name: kept.events[-1].event_type in ENDS for name, kept in histories.items()}
        return cls(canonical_bytes(place.rules), logs[f.ROUND], logs[b.INSTALLATION], histories, closed)

    def copy(self) -> "Material":
        """A copy to be changed."""
        return deepcopy(self)

    def history(self, stream: str, run: int = 0) -> History:
        """A run of the stream's workflow, the first one if not said otherwise."""
        return [kept for (workflow_id, _), kept in self.histories.items() if workflow_id == stream][run]

    def entry(self, stream: str, version: int) -> int:
        """The place of an entry in the log."""
        told = [json.loads(body) for body in self.entries]
        return next(
            seq for seq, leaf in enumerate(told) if (leaf["stream"], leaf["version"]) == (stream, version)
        )

    def make_archive_entry(self, bodies: dict[Named, bytes]) -> bytes:
        """The entry that lists the histories."""
        runs = [
            {
                "workflow_id": name[0],
                "run_id": name[1],
                "events": len(self.histories[name].events),
                "closed": self.closed[name],
                "sha256": sha256_hex(body),
            }
            for name, body in bodies.items()
        ]
        data = {"cause": "request", "runs": runs, "complete": True, "command_id": "archive-1"}
        leaf = json.loads(self.entries[-1])
        return canonical_bytes(
            {
                **leaf,
                "type": "histories.archived.v1",
                "stream": f"archive/{f.ROUND}",
                "version": 1,
                "data": data,
            }
        )

    def write(self, path: Path, *, kept: dict[Named, bytes] | None = None) -> Path:
        """Write the bundle; `kept` replaces bytes of histories after they were listed."""
        bodies = {name: item.SerializeToString(deterministic=True) for name, item in self.histories.items()}
        entries = [*self.entries, self.make_archive_entry(bodies)]
        with BundleWriter(path, engine="0", round_id=f.ROUND, redacted=True) as bundle:
            for log, lines in ((f.ROUND, entries), (b.INSTALLATION, self.people)):
                bundle.add(entries_of(log), [body + b"\n" for body in lines])
                bundle.add(checkpoints_of(log), b.checkpoints(log, lines, [1, len(lines)]))
                bundle.note_log(log, len(lines))
            for name, body in {**bodies, **(kept or {})}.items():
                bundle.add(history_of(*name), [body])
            bundle.add(RULES, [self.rules])
            bundle.add(KEYS, [canonical_bytes({"name": b.NAME, "vkey": b.KEY.vkey})])
        return path
