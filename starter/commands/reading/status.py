"""`selection status`: how far a round is, once or live."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from selection.kernel.stages import RoundStage, Stage
from starter.cli.command_table import example, single
from starter.cli.printable import printable_json
from starter.cli.session import Session, reading
from starter.cli.visible import round_columns, view_round, visible_rounds

app = single()

ORDER: Sequence[str] = tuple(stage.value for stage in Stage)
EVERY = 1.0
"""Seconds between two looks with --watch."""


@app.command(
    epilog=example(
        "selection --as officer-1 status",
        "selection --as officer-1 status 2025-second --watch",
        "selection --as officer-1 --json status 2025-second",
    )
)
def status(
    ctx: typer.Context,
    round_id: Annotated[
        str | None, typer.Argument(metavar="ROUND", help="A round; default: list all.")
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Refresh every second, until the round ends.")
    ] = False,
) -> None:
    """Show how many applications are in each stage, the next deadlines, and what is being carried out."""

    async def work(session: Session) -> None:
        if round_id is None:
            session.out.rows("rounds", round_columns(), await visible_rounds(session))
        elif watch:
            await _follow(session, round_id)
        else:
            found = await _look(session, round_id)
            if session.options.json:
                session.out.document.update(found)
            else:
                session.out.console.print(render_round(session, found))

    reading(ctx, work)


async def _follow(session: Session, round_id: str) -> None:
    """Show the round until it has its end; in JSON one line per look."""
    if session.options.json:
        async for found in _looks(session, round_id):
            print(printable_json(found), flush=True)
        session.out.as_json = False
        return
    with Live(console=session.out.console, refresh_per_second=4) as live:
        async for found in _looks(session, round_id):
            live.update(render_round(session, found))


async def _looks(session: Session, round_id: str) -> AsyncIterator[dict[str, Any]]:
    while True:
        found = await _look(session, round_id)
        yield found
        head = found["round"]
        under_way = any(head.get(key) for key in ("batch", "held", "left_over"))
        if head["stage"] in (RoundStage.ISSUED, RoundStage.CANCELLED) and not under_way:
            return
        await asyncio.sleep(EVERY)


async def _look(session: Session, round_id: str) -> dict[str, Any]:
    view = await view_round(session, round_id)
    deadlines = {str(row["deadline"]): row["until"].isoformat() for row in await view.deadlines()}
    found: dict[str, Any] = {"round": view.head(), "deadlines": deadlines}
    if view.oversees:
        counts = await session.ledger.reading.counts(round_id)
        found["stages"] = {stage: counts[stage] for stage in ORDER if stage in counts}
        found["entries"] = await session.ledger.reading.head(round_id)
        found["tasks"] = len(await session.ledger.reading.open_tasks(round_=round_id))
    return found


def render_round(session: Session, found: dict[str, Any]) -> RenderableType:
    """Return the round as heading, bars per stage, and deadlines."""
    out, head = session.out, found["round"]
    words = [str(head["round"]), out.cell("stage", head["stage"])]
    shown = [key for key in ("batch", "held", "left_over") if head.get(key)]
    words += [f"{out.heading(key)}: {out.cell(key, head[key])}" for key in shown]
    words += [f"{out.heading(key)}: {found[key]}" for key in ("entries", "tasks") if key in found]
    parts: list[RenderableType] = [Text(" · ".join(words), style="bold")]
    stages: dict[str, int] = found.get("stages", {})
    if stages:
        total = sum(stages.values())
        bars = Table(box=None, show_header=False, pad_edge=False)
        bars.add_column(no_wrap=True)
        bars.add_column(justify="right")
        bars.add_column()
        for stage, count in stages.items():
            bar = ProgressBar(total=total, completed=count, width=40)
            bars.add_row(out.cell("stage", stage), str(count), bar)
        parts.append(bars)
    times = Table(box=None, show_header=False, pad_edge=False)
    for name, until in found["deadlines"].items():
        times.add_row(out.cell("deadline", name), out.instant(until))
    parts.append(times)
    return Group(*parts)
