"""Windows are held open for those who wait for their turn, and for nobody else."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from ledger.log.tasks import TaskRow
from selection.kernel.actor import Role
from selection.kernel.model import Ref
from selection.kernel.stages import RoundStage
from selection.round.commands import ExtendDeadline
from selection.round.state import RoundState
from starter.demo.desk import Desk
from starter.demo.example import load_example
from tests import factories as f, paths
from tests.browser.round.windows import INTAKE, Windows
from tests.browser.support.hands import Languages

NEAR, SOON, LATER = timedelta(hours=20), timedelta(hours=10), timedelta(hours=30)
"""So far apart that no machine is slow enough to matter."""


class Standing(Desk):
    """A desk whose round stands still: what ends in it, so long from now, and until when who was invited may answer."""

    def __init__(self, stage: RoundStage, answers: Sequence[timedelta] = (), **until: timedelta) -> None:
        super().__init__(cast("Any", None), load_example(), "r", 7, lambda _: None)
        now, state = datetime.now(UTC), paths.round_in(stage).state
        self._answers = [now + left for left in answers]
        moved = {name: now + left for name, left in until.items() if name != "notice"}
        notice = now + until["notice"] if "notice" in until else None
        self._still = state.with_(deadlines={**state.deadlines, **moved}, closed=(), notice_until=notice)

    async def round_state(self) -> RoundState:
        return cast("RoundState", self._still)

    async def tasks(self) -> list[TaskRow]:
        return [
            TaskRow(
                log="r",
                stream="application/r/0001",
                key=f"answer/{until}",
                kind="answer-invitation",
                role=Role.EXPERT,
                person=None,
                unit=None,
                since=datetime.now(UTC),
                until=until,
            )
            for until in self._answers
        ]

    async def text(self, text: str, person: str) -> Ref:
        return f.ref()


async def list_moved(desk: Desk, windows: Windows) -> list[str]:
    moved: list[str] = []

    async def send(command: ExtendDeadline) -> None:
        moved.append(command.name)

    await windows.extend(desk, send)
    assert desk.acts["extend-deadline"] == len(moved)
    return moved


@pytest.mark.parametrize(
    ("kind", "stage", "ends", "moved"),
    [
        ("submit", RoundStage.CALL, {"submission": SOON, "recommendation": LATER}, [*INTAKE]),
        ("submit", RoundStage.CALL, {"submission": LATER, "recommendation": LATER}, []),
        ("recommend", RoundStage.CALL, {"submission": SOON, "recommendation": LATER}, []),
        ("recommend", RoundStage.CALL, {"submission": SOON, "recommendation": SOON}, [*INTAKE]),
        ("accept-invitation", RoundStage.REVIEW, {"answers": [LATER, SOON]}, ["invitation"]),
        ("accept-invitation", RoundStage.REVIEW, {"answers": [LATER]}, []),
        ("submit-review", RoundStage.REVIEW, {"answers": [SOON]}, []),
        ("raise-objection", RoundStage.NOTICE, {"notice": SOON}, ["notice"]),
        ("raise-objection", RoundStage.NOTICE, {"notice": LATER}, []),
    ],
)
async def test_what_is_near_is_moved_for_who_waits_to_act_in_it(
    kind: str, stage: RoundStage, ends: dict[str, Any], moved: list[str]
) -> None:
    desk, windows = Standing(stage, **ends), Windows(NEAR)
    with windows.wait_for(kind):
        assert await list_moved(desk, windows) == moved
    desk.acts.clear()
    assert await list_moved(desk, windows) == []


async def test_those_of_a_role_speak_by_turns_whoever_of_others_acts_between() -> None:
    languages = Languages()
    spoken = [languages.take_turn(role) for role in (Role.OFFICER, Role.EXPERT, Role.OFFICER, Role.EXPERT)]
    assert set(spoken[::2]) == set(spoken[1::2]) == {"zh", "en"}
