"""The desk at which the demo's people act: through the same client as real ones, twenty at a time."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from ledger.log.tasks import TaskRow
from selection.application.state import ApplicationState
from selection.decision.command import kind_of
from selection.decision.facts import Facts
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen, Ref
from selection.kernel.stages import Stage
from selection.refusals.refused import Refused
from selection.round.state import RoundState
from selection.streams import aggregate, recommender_stream, round_stream
from selection.wording.refusals import render_refusal, sentence
from starter.client.client import SelectionClient
from starter.client.errors import ActMissing, Pending
from starter.demo import DemoFailed
from starter.demo.chance import draw_secret
from starter.demo.example import Example

SLOW = (
    " The machine was too slow for this pace; choose a longer day with --pace.",
    "本机过慢，跟不上此节奏；请用 --pace 延长一天的时长。",
)

IN_FLIGHT = 20
"""Acts at once over all workflows; one workflow takes ten, by the default of its server."""
LOOK_EVERY = 0.15
"""Seconds between two looks at the record."""
ATTEMPTS = 6
"""How often an act is repeated under its command id while its receipt is pending, ten seconds each."""


@dataclass(frozen=True)
class Refusal:
    """An act that was refused, as planned."""

    person: str
    about: str
    kind: str
    refused: Refused


@dataclass
class Desk:
    """Sends acts, counts them, and fails the demo on an answer that the story does not hold."""

    client: SelectionClient
    example: Example
    round: str
    seed: int
    tell_refusal: Callable[[Refusal], None]
    streams: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    acts: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    noted: set[str] = field(default_factory=set)
    hurried: int = 0
    on_the_way: timedelta = timedelta()
    """How long an act is on its way where that is not at once, as in pages that are filled in."""
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(IN_FLIGHT))
    _texts: dict[tuple[str, str], Ref] = field(default_factory=dict)
    _ids: Counter[str] = field(default_factory=Counter)
    _loaded: dict[str, tuple[int, Any]] = field(default_factory=dict)
    """By stream the version that was looked at last, with its state: most looks find that nothing has moved."""

    @property
    def round_stream(self) -> str:
        """Return the round's stream."""
        return round_stream(self.round)

    def list_stream(self, unit: str) -> str:
        """Return the stream of a unit's recommendation list."""
        return recommender_stream(self.round, unit)

    async def number(self, code: str, person: str) -> None:
        """Give an application of the example, which this person will submit, its number in the record."""
        stream = await self.client.new_application(self.round, person, f"demo:{self.round}:number:{code}")
        self.streams[code] = stream
        self.codes[stream] = code

    async def act(self, stream: str, command: Frozen, person: str, role: Role) -> Receipt:
        """Do one act that must be taken; raises DemoFailed when it is refused."""
        try:
            receipt = await self._send(stream, command, person, role)
        except Refused as refused:
            slow, late = SLOW if self.hurried else ("", "")
            raise DemoFailed(
                f"{person} ({self.about(stream)}): {kind_of(command)} was refused as {refused.code}, though it "
                f"was in time and in order: {sentence(refused.code, refused.params)}{slow}",
                f"{person}（{self.about(stream)}）：{kind_of(command)} 及时且符合要求，却被拒绝（{refused.code}）："
                f"{render_refusal(refused.code, refused.params, 'zh')}{late}",
            ) from refused
        self.acts[kind_of(command)] += 1
        return receipt

    async def expect(self, stream: str, command: Frozen, person: str, role: Role, code: str) -> None:
        """Do one act that must be refused with this code; raises DemoFailed on any other answer."""
        try:
            await self._send(stream, command, person, role)
        except Refused as refused:
            if refused.code != code:
                raise DemoFailed(
                    f"{person} ({self.about(stream)}): {kind_of(command)} should be refused as {code}, "
                    f"but was refused as {refused.code}: {sentence(refused.code, refused.params)}",
                    f"{person}（{self.about(stream)}）：{kind_of(command)} 应以 {code} 拒绝，"
                    f"实际以 {refused.code} 拒绝：{render_refusal(refused.code, refused.params, 'zh')}",
                ) from refused
            refusal = Refusal(person, self.about(stream), kind_of(command), refused)
            self.refusals.append(refusal)
            self.tell_refusal(refusal)
            return
        raise DemoFailed(
            f"{person} ({self.about(stream)}): {kind_of(command)} should be refused as {code}, but was taken.",
            f"{person}（{self.about(stream)}）：{kind_of(command)} 应以 {code} 拒绝，却被受理。",
        )

    def keep_time(self, opened: datetime, closes: datetime) -> None:
        """Count an act in time that is sent in the second half of its window: this machine is slow."""
        self.hurried += datetime.now(UTC) > opened + (closes - opened) / 2

    async def text(self, text: str, person: str) -> Ref:
        """Store a text of the person in the round's log, once however often it is used."""
        if (person, text) not in self._texts:
            self._texts[person, text] = await self.client.store_text(text, person=person, log=self.round)
        return self._texts[person, text]

    async def deposit(self, secret: str, person: str) -> Ref:
        """Store a secret as the text that a draw is committed with: nothing but the secret."""
        return await self.client.store_text(secret, person=person, log=self.round)

    async def choose_secret(self, draw: str) -> bytes:
        """Return the secret that a draw is committed to."""
        return draw_secret(self.seed, draw)

    async def file(self, data: bytes, media_type: str, person: str) -> Ref:
        """Store a file of the person in the round's log."""
        return await self.client.store_file(data, media_type, person=person, log=self.round)

    async def application(self, stream: str) -> ApplicationState:
        """Return an application as the record has it."""
        state = await self._state(stream)
        assert isinstance(state, ApplicationState)
        return state

    async def until_stage(self, stream: str, stage: Stage) -> None:
        """Wait until an application has reached a stage."""
        while (await self.application(stream)).stage is not stage:  # noqa: ASYNC110  the record is another's
            await asyncio.sleep(LOOK_EVERY)

    async def until_closed(self, stream: str) -> None:
        """Wait until a unit's list is closed."""
        while not (await self._state(stream)).ended:  # noqa: ASYNC110  the record is another's
            await asyncio.sleep(LOOK_EVERY)

    async def round_state(self) -> RoundState:
        """Return the round as the record has it."""
        state = await self._state(self.round_stream)
        assert isinstance(state, RoundState)
        return state

    async def tasks(self) -> list[TaskRow]:
        """Return what waits for somebody now."""
        return await self.client.ledger.reading.open_tasks(round_=self.round)

    async def find_due(self, after: datetime) -> datetime | None:
        """Return the first moment after an instant for which a stream of the round waits, as the record has it."""
        state = await self.round_state()
        if state.sealed is None:
            return None
        facts = Facts(terms=state.make_terms(), deadlines=state.deadlines)
        moments = [draw.public for draw in state.draws.values() if draw.waiting]
        for stream in await self.client.ledger.reading.streams(self.round):
            due = aggregate(stream).due(await self._state(stream), facts)
            moments += [due.at] if due else []
        return min((moment for moment in moments if moment > after), default=None)

    def about(self, stream: str) -> str:
        """Return how the demo speaks of a stream: an application's number, a unit's code, or the round."""
        parts = stream.split("/")
        return self.round if parts[0] == "round" else parts[-1]

    async def _state(self, stream: str) -> Any:
        snapshot = await self.client.ledger.reading.snapshot(stream)
        if snapshot is None:
            raise DemoFailed(
                f"The record holds nothing of {stream}, though it was acted on.",
                f"已对 {stream} 进行操作，但记录中没有其内容。",
            )
        version, state = self._loaded.get(stream, (0, None))
        if version != snapshot.version:
            state = aggregate(stream).load(snapshot.state)
            self._loaded[stream] = snapshot.version, state
        return state

    def _second_to(self, person: str, role: Role) -> str:
        """Return who signs with somebody of their role what two must sign; nobody for roles that sign nothing so."""
        staff = self.example.rules.staff
        beside = {
            Role.OFFICER: staff.officers,
            Role.SUPERVISOR: staff.supervisors,
            Role.EXAMINER: self.example.list_people("examiner-")[:2],
        }
        return next((name for name in beside.get(role, ()) if name != person), "")

    async def _send(self, stream: str, command: Frozen, person: str, role: Role) -> Receipt:
        about = f"{self.codes.get(stream, self.about(stream))}:{kind_of(command)}:{person}"
        self._ids[about] += 1
        command_id = f"demo:{about}:{self._ids[about]}"
        async with self._slots:
            for _ in range(ATTEMPTS):
                try:
                    actor = Actor(person=person, role=role)
                    second = self._second_to(person, role)
                    return await self.client.act(
                        stream, command, actor=actor, command_id=command_id, second=second
                    )
                except (Pending, ActMissing):
                    continue
        raise DemoFailed(
            f"{person}: {kind_of(command)} on {self.about(stream)} got no receipt within a minute.",
            f"{person}：对 {self.about(stream)} 的 {kind_of(command)} 一分钟内未得到回执。",
        )
