"""Bring every open stream of the record back to life in Temporal: start, replace, poke."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.revive import replace, revive
from ledger.record import Ledger
from selection.streams import log_of, stream_of
from starter.reconcile.open_streams import AT_ONCE, ask_versions, list_running, standings

LOOK, RESUME = "look", "resume"
"""The signals: ask the record again; forget first what it told before a person chose to go on from what it holds."""


@dataclass(frozen=True)
class RepairCounts:
    """What was done: which workflows were started, replaced, or told to look, each by its stream's or its own id."""

    started: tuple[str, ...]
    replaced: tuple[str, ...]
    poked: tuple[str, ...]


async def resume(
    client: Client, ledger: Ledger, task_queue: str, round_id: str | None = None
) -> RepairCounts:
    """Have every open stream, of a round or of all, go on from the record; repeated it does no harm.

    A child is started by the application's own workflow, which looks for it when it starts and when it is told to look.
    """
    found = await standings(client, ledger, round_id)
    missing = set(found.missing)
    misfits = [name for name in found.misfits(task_queue) if stream_of(name) in found.recorded]
    children = [name for name in misfits if stream_of(name) != name]
    others = sorted(set(found.running) - set(misfits))

    async def start(stream: str) -> None:
        await revive(client, ledger, task_queue, stream)

    async def put_in_place(stream: str) -> None:
        await replace(client, task_queue, stream)

    await _each(children, partial(_end, client))
    # Rounds first: what a deadline brings waits for its round, and tasks are taken in the order in which they came.
    await _each(sorted(missing, key=lambda stream: (not stream.startswith("round/"), stream)), start)
    await _each(sorted(set(misfits) - set(children)), put_in_place)
    recorded = {name: found.recorded.get(stream_of(name), 0) for name in others}
    stale = await _find_stale(client, ledger, recorded)
    await signal_all(client, stale, RESUME)
    await signal_all(client, sorted(set(others) - stale), LOOK)
    return RepairCounts(tuple(sorted(missing)), tuple(misfits), tuple(others))


async def forget(client: Client, logs: Iterable[str]) -> None:
    """Have every open workflow of these logs forget what the record told before it lost entries."""
    for log in logs:
        await signal_all(client, [item.workflow_id async for item in list_running(client, log)], RESUME)


async def poke(client: Client, logs: Iterable[str]) -> None:
    """Have every open workflow of these logs ask the record."""
    for log in logs:
        await signal_all(client, [item.workflow_id async for item in list_running(client, log)], LOOK)


async def signal_all(client: Client, workflow_ids: Iterable[str], name: str) -> None:
    """Send a signal to each workflow; one that has closed meanwhile needs none."""

    async def one(workflow_id: str) -> None:
        await _unless_closed(client.get_workflow_handle(workflow_id).signal(name))

    await _each(workflow_ids, one)


async def _end(client: Client, workflow_id: str) -> None:
    await _unless_closed(
        client.get_workflow_handle(workflow_id).terminate("not what is to run under this id")
    )


async def _unless_closed(asked: Awaitable[None]) -> None:
    try:
        await asked
    except RPCError as exc:
        if exc.status is not RPCStatusCode.NOT_FOUND:
            raise


async def _find_stale(client: Client, ledger: Ledger, recorded: dict[str, int]) -> set[str]:
    """Return the workflows that know more than their log holds since a person chose to go on from it."""
    settled = await ledger.halts.list_settled()
    asked = [name for name in recorded if log_of(name) in settled]
    versions = await ask_versions(client, asked)
    return {name for name, version in versions.items() if (version or 0) > recorded[name]}


async def _each(names: Iterable[str], act: Callable[[str], Awaitable[None]]) -> None:
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(name: str) -> None:
        async with turn:
            await act(name)

    await asyncio.gather(*(one(name) for name in names))
