"""What `selection doctor` says of streams: whether each has its workflow, what it knows, which logs are halted."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from temporalio.client import Client

from ledger.record import Ledger
from runtime.endpoints import Servers
from selection.kernel.counting import number_of
from selection.streams import stream_of
from starter.doctor.finding import Finding, Words, list_names
from starter.reconcile.open_streams import Standings, ask_versions, standings

AT_MOST = 200
"""How many workflows are asked for their version; each costs one query of a worker."""
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
    if not halts:
        return Finding("halted-logs", ("none", "无"), True)
    rows = [(log, halt.found, f"{halt.since:%Y-%m-%dT%H:%M:%SZ}") for log, halt in halts.items()]
    en = "; ".join(f"{log}: {found}, since {since}" for log, found, since in rows)
    zh = "；".join(f"{log}：{found}，始于 {since}" for log, found, since in rows)
    return Finding("halted-logs", (en, zh), False, CHOOSE)


def _workflows(found: Standings, task_queue: str) -> Finding:
    missing, misfits = found.missing, found.misfits(task_queue)
    recorded, running = len(found.recorded), len(found.running)
    said = (
        f"{number_of(recorded, 'open stream', 'open streams')}, "
        f"{number_of(running, 'open workflow', 'open workflows')}",
        f"未结束的流 {recorded} 个，运行中的流程 {running} 个",
    )
    said = _add(said, ("without one", "缺少流程"), missing)
    said = _add(said, ("of another type or task queue", "类型或任务队列不符"), misfits)
    return Finding("workflows", said, not (missing or misfits), RESUME)


async def _versions(client: Client, ledger: Ledger, found: Standings, task_queue: str) -> list[Finding]:
    """Ask some of the workflows for their version; an act may come between, so what differs is asked again."""
    asked = sorted(set(found.running) - set(found.misfits(task_queue)))[:AT_MOST]
    differing = await _find_differing(client, ledger, asked)
    if differing:
        await asyncio.sleep(AGAIN_AFTER.total_seconds())
        differing = await _find_differing(client, ledger, list(differing))
    ahead = [name for name, (answered, recorded) in differing.items() if (answered or 0) > recorded]
    silent = [name for name, (answered, _) in differing.items() if answered is None]
    behind = [name for name in differing if name not in (*ahead, *silent)]
    running = len(found.running)
    said = (
        f"{len(asked)} of {number_of(running, 'open workflow', 'open workflows')} asked",
        f"已询问 {len(asked)} 个，运行中共 {running} 个",
    )
    said = _add(said, ("ahead of the record", "超前于记录"), ahead)
    said = _add(said, ("behind the record", "落后于记录"), behind)
    said = _add(said, ("without an answer", "未答复"), silent)
    return [Finding("versions", said, not differing, CHOOSE if ahead else RESUME)]


def _add(said: Words, what: Words, names: Sequence[str]) -> Words:
    """Return what was said with these names behind it, if there are any."""
    if not names:
        return said
    en, zh = list_names(names)
    return f"{said[0]}; {what[0]}: {en}", f"{said[1]}；{what[1]}：{zh}"


async def _find_differing(
    client: Client, ledger: Ledger, workflow_ids: Sequence[str]
) -> dict[str, tuple[int | None, int]]:
    versions = await ask_versions(client, workflow_ids)
    found = {}
    for workflow_id, version in versions.items():
        snapshot = await ledger.reading.snapshot(stream_of(workflow_id))
        recorded = snapshot.version if snapshot else 0
        if version != recorded:
            found[workflow_id] = (version, recorded)
    return found
