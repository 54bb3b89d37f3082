"""The demo's officer draws for empty seats once the stage of drawing is over: one before belongs to it."""

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from ledger.log.tasks import TaskRow
from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage, Stage
from selection.round.state import RoundState
from starter.client.client import SelectionClient
from starter.demo.acts import panels
from starter.demo.desk import Desk
from starter.demo.example import load_example
from tests import paths

TASK = TaskRow(
    log="r",
    stream="application/r/0001",
    key="supplement-panel",
    kind="supplement-panel",
    role=Role.OFFICER,
    person=None,
    unit=None,
    since=datetime(2026, 1, 1, tzinfo=UTC),
    until=None,
)


class Standing(Desk):
    """A desk whose round stands in a stage; it tells whether a draw was begun."""

    def __init__(self, stage: RoundStage) -> None:
        super().__init__(cast("SelectionClient", cast("Any", None)), load_example(), "r", 7, lambda _: None)
        self._round: RoundState = paths.round_in(stage).state
        self.drawn: list[str] = []

    async def round_state(self) -> RoundState:
        return self._round.with_(batch="")

    async def tasks(self) -> list[TaskRow]:
        return [TASK]

    async def application(self, stream: str) -> ApplicationState:
        state: ApplicationState = paths.application_in(Stage.REVIEW).state
        return state.with_(seats=())


@pytest.mark.parametrize(("stage", "drawn"), [(RoundStage.DRAWING, False), (RoundStage.REVIEW, True)])
async def test_no_draw_is_committed_for_empty_seats_before_the_stage_of_drawing_has_ended(
    stage: RoundStage, drawn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen on a busy machine: the officer met the draw that waited, and committed to the first one again."""

    async def note(desk: Standing, name: str) -> None:
        desk.drawn.append(name)

    monkeypatch.setattr(panels, "_draw", note)
    desk = Standing(stage)
    assert await panels.supplement(desk, TASK) is drawn
    assert bool(desk.drawn) is drawn
