"""`selection show`: one application."""

import typer

from reading.errors import Hidden
from selection.streams import log_of
from starter.cli.arguments import Application
from starter.cli.command_table import example, single
from starter.cli.names import with_names
from starter.cli.session import Session, application, run_reading
from starter.papers.answers import list_answers

app = single()


@app.command(
    epilog=example(
        "selection --as officer-1 show 2025-second/0007",
        "selection --as agent-01 --lang zh show 2025-second/0007",
    )
)
def show(
    ctx: typer.Context,
    number: Application,
) -> None:
    """Show an application as far as you may see it, with references to its contents and what it is waiting for."""

    async def work(session: Session) -> None:
        found = await session.reads.applications.get(await session.subject(), application(number))
        await session.show_as(log_of(found.stream))
        out = session.out
        shown = found.row.dump()
        out.fields("application", shown if out.as_json else with_names(shown), title=found.stream)
        out.rows(
            "contents", ("content", "id"), [item.model_dump() for item in found.contents], more=("sha256",)
        )
        if found.seats is not None:
            out.rows("seats", ("seat", "expert", "state", "until"), [s.model_dump() for s in found.seats])
        await _show_public(session, found.stream)
        columns = ("kind", "role", "person", "since", "until")
        out.rows("tasks", columns, [task.model_dump() for task in found.tasks])

    run_reading(ctx, work)


async def _show_public(session: Session, stream: str) -> None:
    """Show the answers that are published, to whomever; nothing before they are."""
    try:
        filled = (await session.reads.public.get_published(stream)).answers
    except Hidden:
        return
    if filled is None:
        return
    if session.out.as_json:
        session.out.fields("public", filled.answers)
    else:
        rows = [{"asked": item.asked, "public": item.said.words} for item in list_answers(filled)]
        session.out.rows("public", ("asked", "public"), rows)
