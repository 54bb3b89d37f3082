"""What `selection doctor` says of streams: whether each has its workflow, what it knows, which logs are halted."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from temporalio.client import Client

from ledger.record import Ledger
from runtime.endpoints import Servers
from selection.kernel.counting import number_of
from starter.doctor.finding import Finding
from starter.reconcile.open_streams import Standings, ask_versions, standings

AT_MOST = 200
"""How many workflows are asked for their version; each costs one query of a worker."""
NAMED = 10
AGAIN_AFTER = timedelta(seconds=1)
RESUME = (
    "Run `selection resume`: every open stream goes on from the record.",
    "请运行 `selection resume`：各流程将按记录继续。",
)
CHOOSE = (
    "Run `selection reconcile`: it tells what was lost and what you can choose.",
    "请运行 `selection reconcile`：其说明缺失的内容与可选的处理。",
)


async def look_at_streams(client: Client, ends: Servers) -> list[Finding]:
    """Return whether any log is halted, whether every open stream has its workflow, and what those know."""
    ledger = await Ledger.connect(ends.database_url, size=2)
    try:
        found = await standings(client, ledger)
        return [
            await _halts(ledger),
            _workflows(found, ends.task_queue),
            *await _versions(client, ledger, found, ends.task_queue),
        ]
    finally:
        await ledger.close()


async def _halts(ledger: Ledger) -> Finding:
    halts = await ledger.halts.list_all()
    said = "; ".join(
        f"{log}: {halt.found}, since {halt.since:%Y-%m-%dT%H:%M:%SZ}" for log, halt in halts.items()
    )
    return Finding("halted-logs", said or "none", not halts, CHOOSE)


def _workflows(found: Standings, task_queue: str) -> Finding:
    missing, misfits = found.missing, found.misfits(task_queue)
    said = (
        f"{number_of(len(found.recorded), 'open stream', 'open streams')}, "
        f"{number_of(len(found.running), 'open workflow', 'open workflows')}"
    )
    if missing:
        said += f"; without one: {_join_names(missing)}"
    if misfits:
        said += f"; of another type or task queue: {_join_names(misfits)}"
    return Finding("workflows", said, not (missing or misfits), RESUME)


async def _versions(client: Client, ledger: Ledger, found: Standings, task_queue: str) -> list[Finding]:
    """Ask some of the workflows for their version; an act may come between, so what differs is asked again."""
    asked = sorted(set(found.running) - set(found.misfits(task_queue)))[:AT_MOST]
    differing = await _find_differing(client, ledger, asked)
    if differing:
        await asyncio.sleep(AGAIN_AFTER.total_seconds())
        differing = await _find_differing(client, ledger, list(differing))
    groups = {
        "ahead of the record": [
            name
            for name, (answered, recorded) in differing.items()
            if answered is not None and answered > recorded
        ],
        "behind the record": [
            name
            for name, (answered, recorded) in differing.items()
            if answered is not None and answered < recorded
        ],
        "without an answer": [name for name, (answered, _) in differing.items() if answered is None],
    }
    said = f"{len(asked)} of {number_of(len(found.running), 'open workflow', 'open workflows')} asked"
    said += "".join(f"; {what}: {_join_names(names)}" for what, names in groups.items() if names)
    cure = CHOOSE if groups["ahead of the record"] else RESUME
    return [Finding("versions", said, not differing, cure)]


async def _find_differing(
    client: Client, ledger: Ledger, streams: Sequence[str]
) -> dict[str, tuple[int | None, int]]:
    versions = await ask_versions(client, streams)
    found = {}
    for stream, version in versions.items():
        snapshot = await ledger.reading.snapshot(stream)
        recorded = snapshot.version if snapshot else 0
        if version != recorded:
            found[stream] = (version, recorded)
    return found


def _join_names(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
