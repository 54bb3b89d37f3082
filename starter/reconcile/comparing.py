"""Compare what the record once answered, by the histories, with what it holds."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from temporalio.client import Client

from activities.messages import Answer
from ledger.record import Ledger
from selection.decision.machine import Act, Task
from selection.register.events import LogRestored
from selection.register.state import INSTALLATION
from selection.streams import KINDS, log_of, stream_of
from starter.reconcile.past_runs import read_runs

AT_ONCE = 8
Advance = Callable[[], None]
State = Literal["lost", "changed"]


@dataclass(frozen=True)
class Finding:
    """Entries that the record told of and does not hold: gone (`lost`), or others in their place (`changed`).

    `tasks` are what may bring them back; none where the histories do not hold it.
    """

    stream: str
    state: State
    answer: Answer
    tasks: tuple[Task, ...] = ()

    @property
    def log(self) -> str:
        """The log that they stood in."""
        return log_of(self.stream)


@dataclass(frozen=True)
class Comparison:
    """What a comparison brought: how many streams were looked at, what is off, and where the logs stand.

    `register` is how many entries of the installation's log decisions had seen that it no longer holds; `contents`
    are by log what lost entries refer to and the database no longer has.
    """

    streams: int
    findings: tuple[Finding, ...]
    halted: dict[str, str]
    register: int
    contents: dict[str, tuple[str, ...]]

    @property
    def logs(self) -> list[str]:
        """The logs about which a person has to choose."""
        return sorted({item.log for item in self.findings if item.state == "lost"} | set(self.halted))

    def of(self, log: str) -> list[Finding]:
        """Return what is off in one log, in the order in which it was recorded."""
        return sorted((item for item in self.findings if item.log == log), key=lambda item: item.answer.seq)


async def streams_of(client: Client, ledger: Ledger, round_id: str | None) -> list[str]:
    """Return every stream of a round, or of all, that the record or Temporal knows."""
    known = set(await ledger.reading.streams(round_id))
    async for item in client.list_workflows(None):
        if item.id.partition("/")[0] in KINDS and round_id in (None, log_of(item.id)):
            known.add(stream_of(item.id))
    return sorted(known)


async def compare(
    client: Client, ledger: Ledger, round_id: str | None, streams: Sequence[str], advance: Advance
) -> Comparison:
    """Return what the record once told of and does not hold, unless a person has chosen to go on without it."""
    chosen = [
        (said, leaf.at) for said, leaf in await ledger.restorations.list_all() if said.choice == "go-on"
    ]
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(stream: str) -> tuple[list[Finding], int]:
        async with turn:
            found = await _look_at(client, ledger, stream, chosen)
        advance()
        return found

    found = await asyncio.gather(*(one(stream) for stream in streams))
    halted = {
        log: halt.found for log, halt in (await ledger.halts.list_all()).items() if round_id in (None, log)
    }
    seen = max((size for _, size in found), default=0)
    findings = tuple(item for items, _ in found for item in items)
    return Comparison(
        streams=len(streams),
        findings=findings,
        halted=halted,
        register=max(0, seen - await ledger.reading.head(INSTALLATION)),
        contents=await _find_lost_contents(ledger, findings),
    )


async def _find_lost_contents(ledger: Ledger, findings: Iterable[Finding]) -> dict[str, tuple[str, ...]]:
    """Return by log which contents the acts that were lost refer to, and are not stored under that very hash."""
    lost: dict[str, set[str]] = {}
    for item in findings:
        refs: dict[str, str] = {}
        for task in item.tasks:
            if isinstance(task, Act):
                refs |= dict(_refs(task.envelope.command)) | dict(
                    _refs(task.envelope.actor.model_dump(mode="json"))
                )
        cards = await ledger.contents.cards(list(refs)) if refs else {}
        missing = {name for name, digest in refs.items() if name not in cards or cards[name].sha256 != digest}
        lost.setdefault(item.log, set()).update(missing)
    return {log: tuple(sorted(names)) for log, names in lost.items() if names}


def _refs(part: Any) -> Iterator[tuple[str, str]]:
    """Yield every reference to a content in a command, at any depth."""
    if isinstance(part, dict):
        if part.keys() == {"id", "sha256"}:
            yield str(part["id"]), str(part["sha256"])
        for item in part.values():
            yield from _refs(item)
    elif isinstance(part, list):
        for item in part:
            yield from _refs(item)


async def _look_at(
    client: Client, ledger: Ledger, stream: str, chosen: Iterable[tuple[LogRestored, datetime]]
) -> tuple[list[Finding], int]:
    """Compare one stream; also return how much of the register its decisions had seen."""
    # Histories first: what is recorded meanwhile makes nothing look lost.
    seen = await read_runs(client, stream)
    hashes = await ledger.reading.hashes(stream)
    found, register = [], 0
    for answer in seen.answers:
        register = max(register, answer.register_size)
        there = hashes[answer.first - 1 : answer.first - 1 + len(answer.hashes)]
        if there == list(answer.hashes) or _is_settled(log_of(stream), answer, chosen):
            continue
        state: State = "changed" if there else "lost"
        found.append(Finding(stream, state, answer, tuple(seen.tasks(answer))))
    return found, register


def _is_settled(log: str, answer: Answer, chosen: Iterable[tuple[LogRestored, datetime]]) -> bool:
    """Tell whether a person chose to go on without these entries, after they were lost."""
    return any(
        said.target == log
        and answer.seq >= said.size
        and answer.recorded is not None
        and answer.recorded <= at
        for said, at in chosen
    )
