"""The demo's officer leaves people time: what is near is moved while they act, and nothing on a quick machine."""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from selection.kernel.actor import Actor
from selection.kernel.leaf import Receipt
from selection.kernel.model import Ref
from selection.kernel.stages import RoundStage
from selection.round.commands import ExtendDeadline
from selection.round.state import RoundState
from starter.client.client import SelectionClient
from starter.client.errors import Pending
from starter.client.send import Sending
from starter.demo.acts.extending import hold_open
from starter.demo.desk import Desk
from starter.demo.example import load_example
from tests import factories as f, paths
from tests.running.waiting import STUCK_AFTER

HOUR = timedelta(hours=1)


class Officer:
    """The client of an officer; the first act is under way for ever."""

    def __init__(self) -> None:
        self.sent: list[ExtendDeadline] = []
        self.extended = asyncio.Event()

    async def act(self, stream: str, command: ExtendDeadline, *, actor: Actor, second: str) -> None:
        assert second not in ("", actor.person), "two officers sign an extension"
        self.sent.append(command)
        if len(self.sent) == 1:
            raise Pending("c", stream)
        self.extended.set()


class Waiting(Desk):
    """A desk whose round stands still, with deadlines so far from now."""

    def __init__(self, officer: Officer, *closed: str, **until: timedelta) -> None:
        super().__init__(
            cast("SelectionClient", cast("Any", officer)), load_example(), "r", 7, lambda _: None
        )
        now, state = datetime.now(UTC), paths.round_in(RoundStage.CALL).state
        moved = {name: now + left for name, left in until.items()}
        self._still = state.with_(deadlines={**state.deadlines, **moved}, closed=closed)

    async def round_state(self) -> RoundState:
        return cast("RoundState", self._still)

    async def text(self, text: str, person: str) -> Ref:
        return f.ref()


async def hold(desk: Desk, acts: Awaitable[None]) -> None:
    """Hold a window of four hours open, of which two are to be left."""
    now = datetime.now(UTC)
    await hold_open(desk, now - 2 * HOUR, now + 2 * HOUR, acts)


async def test_what_is_near_is_moved_while_people_act_though_an_act_is_not_answered() -> None:
    officer = Officer()
    desk = Waiting(officer, submission=HOUR, recommendation=9 * HOUR)
    async with asyncio.timeout(STUCK_AFTER):
        await hold(desk, cast("Awaitable[None]", officer.extended.wait()))
    assert [command.name for command in officer.sent[:2]] == ["recommendation", "recommendation"]
    so_far = len(officer.sent)
    await asyncio.sleep(0)
    assert len(officer.sent) == so_far


async def test_what_is_near_already_is_moved_before_anybody_acts() -> None:
    officer, moved = Officer(), list[str]()

    async def act() -> None:
        moved.extend(command.name for command in officer.sent)

    await hold(Waiting(officer, "submission", submission=-HOUR, recommendation=HOUR), act())
    assert moved == ["recommendation"]


async def test_nothing_is_moved_that_is_far_or_over() -> None:
    for desk, officer in (
        (Waiting(one := Officer(), submission=9 * HOUR, recommendation=9 * HOUR), one),
        (Waiting(two := Officer(), "submission", submission=-HOUR, recommendation=9 * HOUR), two),
    ):
        looks = asyncio.Event()

        async def look(desk: Waiting = desk, looks: asyncio.Event = looks) -> RoundState:
            looks.set()
            return await Waiting.round_state(desk)

        desk.round_state = look  # type: ignore[method-assign]
        await hold(desk, cast("Awaitable[None]", looks.wait()))
        assert officer.sent == []


class Stubborn(Sending):
    """An act that is answered at once, while it is being left as a signal, which takes until it is let go."""

    def __init__(self) -> None:
        self.leaving, self.let_go = asyncio.Event(), asyncio.Event()

    async def _wait_for_answer(self) -> Receipt:
        await self.leaving.wait()
        return cast("Receipt", None)

    async def _leave_unless_accepted(self) -> None:
        self.leaving.set()
        try:
            await self.let_go.wait()
        except asyncio.CancelledError:
            await self.let_go.wait()


async def test_an_act_that_is_cancelled_as_its_answer_comes_is_cancelled() -> None:
    act = Stubborn()
    sending = asyncio.create_task(act.answer())
    await act.leaving.wait()
    for _ in range(5):
        await asyncio.sleep(0)
    sending.cancel()
    act.let_go.set()
    with pytest.raises(asyncio.CancelledError):
        await sending


async def test_what_fails_among_the_acts_is_told() -> None:
    async def fail() -> None:
        raise LookupError("nobody acts")

    with pytest.raises(LookupError, match="nobody acts"):
        await hold(Waiting(Officer(), submission=9 * HOUR, recommendation=9 * HOUR), fail())
