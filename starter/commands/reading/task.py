"""`selection task`: what waits for a person."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from reading.models import ShownTask
from selection.streams import log_of
from starter.cli.command_table import example, group
from starter.cli.names import NAMES, names_of
from starter.cli.session import Session, reading

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
        rows = [_row(task, now) for task in tasks]
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


def _row(task: ShownTask, now: datetime) -> dict[str, Any]:
    return {
        "key": task.key,
        "kind": task.kind,
        "application": task.stream.partition("/")[2] or log_of(task.stream),
        **names_of(task.model_dump()),
        "role": task.role,
        "person": task.person,
        "since": task.since,
        "until": task.until,
        "overdue": bool(task.until and task.until < now),
    }
