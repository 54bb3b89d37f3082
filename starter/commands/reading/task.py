"""`selection task`: what waits for a person."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from ledger.log.reading import TaskRow
from selection.projections.open_tasks import OpenTask
from selection.refusals.refused import Refused
from selection.streams import log_of
from selection.visibility.reading import visible_tasks
from selection.visibility.viewer import Viewer, relation
from starter.cli.command_table import example, group
from starter.cli.session import Session, reading
from starter.cli.visible import get_sealed_rules

app = group("Your open tasks: since when, until when.")

UNDELIVERED = "undelivered"
COLUMNS = ("kind", "application", "role", "since", "until", "overdue")


@app.command(
    "list",
    epilog=example(
        "selection --as expert-07 task list",
        "selection --as officer-1 task list --round 2025-second --everybody",
    ),
)
def list_tasks(
    ctx: typer.Context,
    round_id: Annotated[str | None, typer.Option("--round", help="Only those of this round.")] = None,
    everybody: Annotated[bool, typer.Option(help="For staff: also list the tasks of others.")] = False,
) -> None:
    """List the open tasks of you or your unit, most urgent first."""

    async def work(session: Session) -> None:
        fact = await session.fact()
        tasks = await session.ledger.reading.open_tasks(round_=round_id)
        now, rows = datetime.now(UTC), []
        viewers: dict[str, Viewer] = {}
        for task in tasks:
            viewer = viewers.get(task.log)
            if viewer is None:
                viewer = viewers[task.log] = await _viewer(session, task.log, fact)
            if shows(task, viewer, everybody=everybody):
                rows.append(_row(task, now))
        columns = (*COLUMNS, "person") if everybody else COLUMNS
        session.out.rows("tasks", columns, rows, more=("key",))
        if any(row["kind"] == UNDELIVERED for row in rows):
            session.out.say(
                "`selection mail undelivered` shows the letters.",
                "无法投递的邮件见 `selection mail undelivered`。",
            )
        if not rows:
            session.out.say("Nothing waits for you.", "没有待办事项。")

    reading(ctx, work)


def shows(task: TaskRow, viewer: Viewer, *, everybody: bool) -> bool:
    """Tell whether a task is listed: what is awaited of the person; with `everybody` all that staff may see."""
    opened = OpenTask(**task.model_dump(exclude={"log", "stream"}))
    if not visible_tasks([opened], viewer):
        return False
    awaited = task.person == viewer.person or (
        task.person is None and (task.unit in viewer.units or task.role.value in viewer.standings)
    )
    return awaited or everybody


async def _viewer(session: Session, log: str, fact: Any) -> Viewer:
    try:
        state = await session.round(log)
    except Refused:
        return Viewer(person=session.person)
    return relation(state, session.person, fact, await get_sealed_rules(session, log))


def _row(task: TaskRow, now: datetime) -> dict[str, Any]:
    return {
        "key": task.key,
        "kind": task.kind,
        "application": task.stream.partition("/")[2] or log_of(task.stream),
        "role": task.role,
        "person": task.person,
        "since": task.since,
        "until": task.until,
        "overdue": bool(task.until and task.until < now),
    }
