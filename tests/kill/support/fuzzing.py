"""One short round of a fuzz: lived through while blows fall, then compared with its record, answers and replays."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import psycopg
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory
from temporalio.service import RPCError

from audit.histories.replayer import ReplayFailed, Replaying, ReplayStuck
from ledger.errors import LedgerError
from ledger.log.tasks import TaskRow
from selection.application import commands as c
from selection.forms.built_in import form_of
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen
from selection.round.commands import OpenRound
from selection.round.state import RoundState
from selection.rules.loading import rules_hash
from starter.client.client import SelectionClient
from starter.demo.acts import choices, panels
from starter.demo.acts.answers import fill_form
from starter.demo.desk import Desk
from starter.demo.example import Example
from starter.demo.summary import Result
from starter.people.handing_in import store_form
from tests.databases import superuser
from tests.kill.support import people
from tests.kill.support.evidence import Entry, collect
from tests.kill.support.living import CHOICES, live_through
from tests.kill.support.patience import UNANSWERED
from tests.kill.support.people import small_example
from tests.kill.support.storm import Blow, Storm

T = TypeVar("T")
CODES = ("a02", "a10", "a17", "a36")
"""One is ruled out, one edited, one sent back to mend; three reach the panels, of three, and two the list."""
ACTS = 60
"""About how many acts people do in such a round."""
LOOK_EVERY = 0.3
SHORTLY, ENDS_WITHIN = 240.0, 900.0
"""Seconds for which one act may be without an answer, and a round without an end."""


@dataclass
class FuzzDesk(Desk):
    """People who send each act until it is answered, and some of them twice at the same time."""

    chance: random.Random = field(default_factory=random.Random)
    receipts: list[Receipt] = field(default_factory=list)
    drawing: asyncio.Lock = field(default_factory=asyncio.Lock)
    done: int = 0

    async def _send(self, stream: str, command: Frozen, person: str, role: Role) -> Receipt:
        about = f"{self.round}:{self.codes.get(stream, self.about(stream))}:{getattr(command, 'kind')}"  # noqa: B009
        self._ids[f"{about}:{person}"] += 1
        command_id = f"{about}:{self._ids[f'{about}:{person}']}"
        twice = self.chance.random() < 0.2
        self.done += 1
        async with self._slots, asyncio.timeout(SHORTLY):
            sends = [self._until_answered(stream, command, Actor(person=person, role=role), command_id)]
            if twice:
                sends.append(
                    self._until_answered(stream, command, Actor(person=person, role=role), command_id)
                )
            first, *others = await asyncio.gather(*sends)
        assert all(other == first for other in others), (first, others)
        self.receipts.append(first)
        return first

    async def _until_answered(self, stream: str, command: Frozen, actor: Actor, command_id: str) -> Receipt:
        while True:
            with suppress(*UNANSWERED, LedgerError):
                return await self.client.act(stream, command, actor=actor, command_id=command_id)
            await asyncio.sleep(0.2)


async def review(desk: Desk, task: TaskRow) -> bool:
    """Hand in the application's own worth: who is drawn follows from the round's name, and must not decide."""
    code, person = desk.codes[task.stream], task.person or ""
    weights = {item.code: item.weight for item in desk.example.rules.criteria}
    form = form_of(desk.example.rules.forms, "review")
    answers = fill_form(form, desk.example.rules, code, desk.seed, code, person)
    command = c.SubmitReview(
        scores=choices.scores(desk.seed, code, "anybody", weights),
        form=await store_form(form, answers, partial(desk.text, person=person)),
    )
    await desk.act(task.stream, command, person, Role.EXPERT)
    return True


async def supplement(desk: Desk, task: TaskRow) -> bool:
    """Draw for the empty seats, one officer at a time: an act may take long, and another must not draw meanwhile."""
    assert isinstance(desk, FuzzDesk)
    async with desk.drawing:
        return await panels.supplement(desk, task)


HANDLERS = {**people.HANDLERS, "review": review, "supplement-panel": supplement}


@dataclass(frozen=True)
class Ending:
    """How a round ended: its list without the panels, what was found wrong, and how many entries it has."""

    ended: tuple[Result, ...]
    faults: list[str]
    entries: int
    histories: int


async def live(
    client: SelectionClient,
    storm: Storm,
    round_id: str,
    seed: int,
    seconds: float,
    plan: list[tuple[int, Blow]],
) -> Ending:
    """Run one round; each blow of the plan falls when so many acts have been sent. Then compare."""
    example = small_example(seconds, codes=CODES, seats=3, places=2)
    chance = random.Random(seed)
    desk = FuzzDesk(client, example, round_id, CHOICES, lambda _: None, chance=chance)
    async with asyncio.timeout(ENDS_WITHIN), asyncio.TaskGroup() as group:
        striking = group.create_task(_strike(storm, desk, plan, random.Random(seed)))
        ended = await _to_the_end(desk, example)
        striking.cancel()
    return await compare(storm, desk, ended)


async def _strike(storm: Storm, desk: FuzzDesk, plan: list[tuple[int, Blow]], chance: random.Random) -> None:
    for acts, blow in plan:
        while desk.done < acts:
            await asyncio.sleep(0.1)
        await storm.strike(blow, chance, desk.round)


async def _to_the_end(desk: FuzzDesk, example: Example) -> tuple[Result, ...]:
    officer = example.rules.staff.officers[0]
    opened = OpenRound(rules=example.rules.model_dump(mode="json"), rules_hash=rules_hash(example.rules))
    await desk.act(desk.round_stream, opened, officer, Role.OFFICER)

    async def watch(state: RoundState) -> None:
        desk.acts["look"] += 1  # nobody is stuck: after a blow nothing may move for long
        await asyncio.sleep(LOOK_EVERY)

    ended = await live_through(desk, HANDLERS, watch)
    return tuple(item.model_copy(update={"panel": (), "former": ()}) for item in ended)


async def compare(storm: Storm, desk: FuzzDesk, ended: tuple[Result, ...]) -> Ending:
    """Hold record, answers and histories of a round against each other; letters are compared at the end of all."""
    url = superuser(storm.stack.endpoints.databases)
    histories = await _while_parts_go(lambda: _histories(storm, desk))
    evidence = await _while_parts_go(lambda: collect(url, None, desk.receipts, desk.round))
    faults = [fault for fault in evidence.faults() if not fault.startswith("letter")]
    entries = [entry for entry in evidence.entries if entry.log == desk.round]
    replaying = Replaying()
    try:
        for history in histories:
            faults += await _faults_of(replaying, history, entries)
    finally:
        await replaying.close()
    return Ending(ended, faults, len(entries), len(histories))


async def _while_parts_go(read: Callable[[], Awaitable[T]]) -> T:
    """Read what blows at other rounds may interrupt."""
    while True:
        with suppress(RPCError, psycopg.OperationalError):
            return await read()
        await asyncio.sleep(0.5)


async def _histories(storm: Storm, desk: FuzzDesk) -> list[WorkflowHistory]:
    """Every run that Temporal holds of the round's streams."""
    found = []
    for stream in await desk.client.ledger.reading.streams(desk.round):
        async for run in storm.client.list_workflows(f"WorkflowId = '{stream}'"):
            handle = storm.client.get_workflow_handle(stream, run_id=run.run_id)
            found.append(await handle.fetch_history())
    return found


async def _faults_of(replaying: Replaying, history: WorkflowHistory, entries: list[Entry]) -> list[str]:
    """Replay one run, and find every entry that the record told it of in the record."""
    where = f"{history.workflow_id} run {history.run_id}"
    done = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    if not any(event.event_type == done for event in history.events):
        return []
    faults = []
    try:
        await replaying.commands_of(history)
    except (ReplayFailed, ReplayStuck) as failed:
        faults.append(f"replay: {where}: {failed}"[:400] + f"; its events: {_tell_events(history)}")
    held = {(entry.stream, entry.version): entry.leaf_hash for entry in entries}
    for version, digest in _list_answers(history):
        if held.get((history.workflow_id, version)) != digest:
            faults.append(f"differs: {where} was told of version {version}, which is not in the record")
    return faults


def _tell_events(history: WorkflowHistory) -> str:
    """Return what happened in a run, event by event: its history is gone once the stack is."""
    names = (EventType.Name(event.event_type).removeprefix("EVENT_TYPE_") for event in history.events)
    return ", ".join(f"{number} {name.lower()}" for number, name in enumerate(names, 1))


def _list_answers(history: WorkflowHistory) -> Iterator[tuple[int, str]]:
    """Every version and leaf hash that a history tells of: what the record answered, and what people were told."""
    for event in history.events:
        marker = event.marker_recorded_event_attributes.details
        payloads = [*marker["result"].payloads] if "result" in marker else []
        payloads += event.activity_task_completed_event_attributes.result.payloads
        payloads += event.workflow_execution_update_completed_event_attributes.outcome.success.payloads
        for payload in payloads:
            told = json.loads(payload.data or b"null")
            if not isinstance(told, dict):
                continue
            for offset, digest in enumerate(told.get("hashes", ())):
                yield told["first"] + offset, digest
            receipt = told if "leaf_hash" in told else told.get("receipt")
            if receipt:
                yield receipt["version"], receipt["leaf_hash"]
