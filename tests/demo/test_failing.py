"""How a demo fails: not while the record shows what is awaited, nor beside another stack; and in its language."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from ledger.log.tasks import TaskRow
from runtime.databases import Databases
from runtime.embedded.plan import ANY, USUAL, StackPlan
from runtime.embedded.ports import LOOPBACK, free_port
from runtime.embedded.stack import PORTAL
from runtime.errors import StackBroken, StackError
from runtime.settings import Settings
from selection.decision.stream_state import StreamState
from selection.kernel.stages import RoundStage, Stage
from selection.round.state import RoundState
from starter.cli.failures import failure_of
from starter.client.client import SelectionClient
from starter.commands.operator.up import plan_stack, with_portal
from starter.demo import DemoFailed
from starter.demo.attending import Attendance
from starter.demo.desk import Desk
from starter.demo.example import load_example
from starter.demo.run import DemoOptions, _folder
from starter.demo.watching import run_with_portal
from tests import paths

LONG_AGO = timedelta(days=-1)


class Streams:
    """The client of a round whose record names these streams."""

    def __init__(self, *streams: str) -> None:
        self.ledger = self.reading = self
        self._streams = list(streams)

    async def streams(self, round_: str) -> list[str]:
        return self._streams


class StandingStill(Desk):
    """A desk in whose round nobody has anything to do; its deadlines and draws lie behind, but what is given."""

    def __init__(self, stage: Stage | None = None, **until: timedelta) -> None:
        self.now = datetime.now(UTC)
        application = paths.application_in(stage).state if stage else None
        streams = Streams("round/r", *(["application/r/0001"] if stage else []))
        super().__init__(
            cast("SelectionClient", cast("Any", streams)), load_example(), "r", 7, lambda _: None
        )
        state = paths.round_in(RoundStage.CALL).state
        moments = {name: self.now + until.get(name, LONG_AGO) for name in state.deadlines}
        self._still = {"round/r": state.with_(deadlines=moments), "application/r/0001": application}

    async def _state(self, stream: str) -> Any:
        return cast("StreamState", self._still[stream])

    async def tasks(self) -> list[TaskRow]:
        return []


async def _only_look(_: RoundState) -> None:
    pass


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("starter.demo.attending.STUCK_AFTER", 0.05)
    monkeypatch.setattr("starter.demo.attending.LOOK_EVERY", 0.01)


async def wait_until(desk: StandingStill, moment: datetime) -> RoundState:
    """Attend to the round, which is over as soon as a moment has passed."""
    return await Attendance(desk, {}, _only_look).until(lambda _: datetime.now(UTC) >= moment)


@pytest.mark.usefixtures("hasty")
async def test_a_deadline_that_lies_ahead_is_waited_for_however_long_a_day_is() -> None:
    """A window of fifty days in which everybody has acted lasts for longer than the watchdog waits."""
    desk = StandingStill(submission=timedelta(seconds=1))
    assert await wait_until(desk, desk.now + timedelta(seconds=1)) is desk._still["round/r"]


@pytest.mark.usefixtures("hasty")
async def test_a_round_for_which_nothing_lies_ahead_is_given_up_in_both_languages() -> None:
    desk = StandingStill()
    with pytest.raises(DemoFailed) as failed:
        await wait_until(desk, desk.now + timedelta(days=1))
    assert failed.value.tell("en").startswith("Nothing has moved for 0 seconds in stage call ")
    assert failed.value.tell("zh").startswith("申报与推荐阶段已有 0 秒没有进展，也没有尚未到来的期限")


async def test_what_lies_ahead_is_of_the_round_or_of_an_application() -> None:
    by_round = StandingStill(submission=timedelta(hours=1), recommendation=timedelta(hours=2))
    assert await by_round.find_due(by_round.now) == by_round.now + timedelta(hours=1)
    assert await by_round.find_due(by_round.now + timedelta(hours=1)) is None
    window = StandingStill(Stage.MENDING)
    due = await window.find_due(datetime.min.replace(tzinfo=UTC))
    # The application's, long before those of the round.
    assert due is not None
    assert due < window.now + 2 * LONG_AGO


def test_a_part_that_ended_is_named_with_its_log_in_both_languages(tmp_path: Path) -> None:
    log = tmp_path / "portal.log"
    log.write_text("the end\n", encoding="utf-8")
    broken = StackBroken(PORTAL, ("ended with exit code 1", "已退出，退出码 1"), log)
    for language, part in (("en", "portal ended with exit code 1"), ("zh", "门户已退出，退出码 1")):
        said = failure_of(broken, language).sentence
        assert part in said
        assert str(log) in said
        assert "the end" in said


def test_the_logs_of_a_demo_that_failed_stay_and_nothing_else_of_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for why, left in ((DemoFailed("It ended.", "已结束。"), ["logs/worker.log"]), (KeyboardInterrupt(), [])):
        with suppress(DemoFailed, KeyboardInterrupt), _folder(DemoOptions()) as folder:
            for name in ("logs", "postgres/base"):
                (folder / name).mkdir(parents=True)
            for name in ("logs/worker.log", "postgres/base/1", "stack.json"):
                (folder / name).write_text("x", encoding="utf-8")
            raise why
        files = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
        assert (files, folder.exists()) == (left, bool(left))


@contextmanager
def listen_somewhere() -> Iterator[int]:
    """Give a port that another program listens on."""
    with socket.create_server((LOOPBACK, port := free_port())):
        yield port


def plan_on(folder: Path, port: int) -> StackPlan:
    plan = plan_stack(Settings(data=folder), ANY, workers=0, local=True)
    return replace(plan, synced=False, preferred=replace(USUAL, portal=port))


def test_a_throw_away_stack_takes_another_port_and_one_that_people_return_to_is_refused(
    tmp_path: Path,
) -> None:
    with listen_somewhere() as port:
        plan = plan_on(tmp_path, port)
        assert with_portal(plan, None, moves=True).settings.portal_port not in (None, port)
        for given, moves in ((None, False), (port, False), (port, True)):
            with pytest.raises(StackError) as refused:
                with_portal(plan, given, moves=moves)
            for language in ("en", "zh"):
                failure = failure_of(refused.value, language)
                assert failure.code == "port-taken"
                for said in (
                    str(port),
                    "pid ",
                    "SELECTION_PORTAL_PORT",
                    {"en": "portal", "zh": "门户"}[language],
                ):
                    assert said in failure.sentence


@pytest.mark.stack
async def test_a_portal_whose_port_another_stack_takes_first_has_another(tmp_path: Path) -> None:
    """The port is chosen before the servers start: a stack that started a moment earlier takes it meanwhile."""
    usual, holders = free_port(), list[socket.socket]()
    plan = plan_on(tmp_path / "data", usual)
    prepare = plan.prepare

    async def take_port(databases: Databases) -> None:
        if not holders:
            holders.append(socket.create_server((LOOPBACK, usual)))
        assert prepare is not None
        await prepare(databases)

    try:
        async with run_with_portal(replace(plan, prepare=take_port), None) as stack:
            port = stack.plan.settings.portal_port
            assert port not in (None, usual)
            _, writer = await asyncio.open_connection(LOOPBACK, port)
            writer.close()
    finally:
        for opened in holders:
            opened.close()


@pytest.mark.stack
async def test_a_port_that_was_asked_for_and_is_lost_ends_the_stack_with_its_log(tmp_path: Path) -> None:
    holders, wanted = list[socket.socket](), free_port()
    plan = plan_on(tmp_path / "data", free_port())
    prepare = plan.prepare

    async def take_port(databases: Databases) -> None:
        holders.append(socket.create_server((LOOPBACK, wanted)))
        assert prepare is not None
        await prepare(databases)

    with pytest.raises(StackBroken) as broken:
        async with run_with_portal(replace(plan, prepare=take_port), wanted):
            pass
    holders[0].close()
    said = failure_of(broken.value, "zh").sentence
    assert said.startswith("门户已退出")
    assert str(tmp_path / "data" / "logs" / "portal.log") in said
