"""`selection task`: what waits for a person."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from reading.models import ShownTask
from selection.kernel.zone import Zone
from selection.streams import log_of
from starter.cli.command_table import example, group
from starter.cli.names import NAMES, as_people_read, names_of
from starter.cli.output import Local, Row
from starter.cli.session import Session, run_reading

app = group("Your open tasks: since when, until when.")

UNDELIVERED = "undelivered"
COLUMNS = ("kind", "application", *NAMES, "role", "since", "until", "overdue")


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
        tasks = await session.reads.tasks.list_open(
            await session.subject(), round_id=round_id, everybody=everybody
        )
        now = datetime.now(UTC)
        rounds = {log_of(task.stream) for task in tasks}
        zones = {name: (await session.show_as(name)).zone for name in sorted(rounds)}
        rows = [_row(task, now, zones[log_of(task.stream)]) for task in tasks]
        columns = (*COLUMNS, "person") if everybody else COLUMNS
        session.out.rows("tasks", columns, rows, more=("key",), people=_choose_columns(columns, rows))
        if any(row["kind"] == UNDELIVERED for row in rows):
            session.out.say(
                "`selection mail undelivered` shows the letters.",
                "无法投递的邮件见 `selection mail undelivered`。",
            )
        if not rows:
            session.out.say("Nothing waits for you.", "没有待办事项。")

    run_reading(ctx, work)


def _choose_columns(columns: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the columns in which these tasks differ, or that say anything: the names need the room."""
    optional = {
        "role": len({row["role"] for row in rows}) > 1,
        "until": any(row["until"] for row in rows),
        "overdue": any(row["overdue"] for row in rows),
    }
    return tuple(column for column in as_people_read(columns) if optional.get(column, True))


def _row(task: ShownTask, now: datetime, zone: Zone) -> dict[str, Any]:
    return {
        "key": task.key,
        "kind": task.kind,
        "application": task.stream.partition("/")[2] or log_of(task.stream),
        **names_of(task.model_dump()),
        "role": task.role,
        "person": task.person,
        "since": Local(task.since, zone),
        "until": task.until and Local(task.until, zone),
        "overdue": bool(task.until and task.until < now),
    }
