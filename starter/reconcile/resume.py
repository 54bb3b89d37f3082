"""Bring every open stream of the record back to life in Temporal: start, replace, poke."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.revive import replace, revive
from ledger.record import Ledger
from selection.streams import log_of
from starter.reconcile.open_streams import AT_ONCE, ask_versions, list_running, standings

LOOK, RESUME = "look", "resume"
"""The signals: ask the record again; forget first what it told before a person chose to go on from what it holds."""


@dataclass(frozen=True)
class RepairCounts:
    """What was done: streams whose workflow was started, replaced, or told to look."""

    started: tuple[str, ...]
    replaced: tuple[str, ...]
    poked: tuple[str, ...]


async def resume(
    client: Client, ledger: Ledger, task_queue: str, round_id: str | None = None
) -> RepairCounts:
    """Have every open stream, of a round or of all, go on from the record; repeated it does no harm."""
    found = await standings(client, ledger, round_id)
    missing = set(found.missing)
    misfits = [stream for stream in found.misfits(task_queue) if stream in found.recorded]
    others = sorted(set(found.running) - set(misfits))

    async def start(stream: str) -> None:
        await revive(client, ledger, task_queue, stream)

    async def put_in_place(stream: str) -> None:
        await replace(client, task_queue, stream)

    # Rounds first: what a deadline brings waits for its round, and tasks are taken in the order in which they came.
    await _each(sorted(missing, key=lambda stream: (not stream.startswith("round/"), stream)), start)
    await _each(misfits, put_in_place)
    stale = await _find_stale(client, ledger, {stream: found.recorded.get(stream, 0) for stream in others})
    await signal_all(client, stale, RESUME)
    await signal_all(client, sorted(set(others) - stale), LOOK)
    return RepairCounts(tuple(sorted(missing)), tuple(misfits), tuple(others))


async def forget(client: Client, logs: Iterable[str]) -> None:
    """Have every open workflow of these logs forget what the record told before it lost entries."""
    for log in logs:
        await signal_all(client, [item.stream async for item in list_running(client, log)], RESUME)


async def poke(client: Client, logs: Iterable[str]) -> None:
    """Have every open workflow of these logs ask the record."""
    for log in logs:
        await signal_all(client, [item.stream async for item in list_running(client, log)], LOOK)


async def signal_all(client: Client, streams: Iterable[str], name: str) -> None:
    """Send a signal to each workflow; one that has closed meanwhile needs none."""

    async def one(stream: str) -> None:
        try:
            await client.get_workflow_handle(stream).signal(name)
        except RPCError as exc:
            if exc.status is not RPCStatusCode.NOT_FOUND:
                raise

    await _each(streams, one)


async def _find_stale(client: Client, ledger: Ledger, recorded: dict[str, int]) -> set[str]:
    """Return the streams whose workflow knows more than their log holds since a person chose to go on from it."""
    settled = await ledger.halts.list_settled()
    asked = [stream for stream in recorded if log_of(stream) in settled]
    versions = await ask_versions(client, asked)
    return {stream for stream, version in versions.items() if (version or 0) > recorded[stream]}


async def _each(streams: Iterable[str], act: Callable[[str], Awaitable[None]]) -> None:
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(stream: str) -> None:
        async with turn:
            await act(stream)

    await asyncio.gather(*(one(stream) for stream in streams))
