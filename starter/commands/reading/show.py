"""`selection show`: one application."""

from typing import Annotated, Any

import typer

from selection.application.state import ApplicationState
from selection.projections.open_tasks import tasks_of
from selection.visibility.reading import visible_tasks
from starter.cli.command_table import example, single
from starter.cli.session import Session, application, reading
from starter.cli.visible import ViewedStream, view_stream

app = single()


@app.command(
    epilog=example(
        "selection --as officer-1 show 2025-second/0007",
        "selection --as agent-01 --lang zh show 2025-second/0007",
    )
)
def show(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="APPLICATION", help="ROUND/NUMBER.")],
) -> None:
    """Show an application as far as you may see it, with references to its contents and what it is waiting for."""

    async def work(session: Session) -> None:
        view = await view_stream(session, application(number))
        session.out.fields("application", view.row(), title=view.state.stream)
        session.out.rows("contents", ("content", "id"), await _contents(view), more=("sha256",))
        if view.viewer.is_staff:
            session.out.rows("seats", ("seat", "expert", "state", "until"), _seats(view.state))
        tasks = visible_tasks(tasks_of(view.state), view.viewer)
        session.out.rows(
            "tasks", ("kind", "role", "person", "since", "until"), [t.model_dump() for t in tasks]
        )

    reading(ctx, work)


async def _contents(view: ViewedStream) -> list[dict[str, Any]]:
    """Return the references that entries show to the viewer, named by where they stand; the last one counts."""
    found: dict[str, dict[str, Any]] = {}
    for _, event in await view.events():
        for place, ref in _references(event["data"], ""):
            found[ref["id"]] = {"content": place, **ref}
    return list(found.values())


def _references(value: Any, place: str) -> list[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        if set(value) == {"id", "sha256"}:
            return [(place, value)]
        return [
            item for key, inner in value.items() for item in _references(inner, f"{place}.{key}".strip("."))
        ]
    if isinstance(value, list):
        return [item for inner in value for item in _references(inner, place)]
    return []


def _seats(state: ApplicationState) -> list[dict[str, Any]]:
    return [
        {
            "seat": seat.number,
            "expert": seat.expert,
            "state": seat.status,
            "until": seat.respond_by if seat.status == "invited" else seat.review_by,
        }
        for seat in state.seats
    ]
