"""`selection status`: how far a round is, once or live."""

from datetime import timedelta
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from reading.models import RoundProgress, ShownRound
from starter.cli.command_table import example, single
from starter.cli.printable import printable_json
from starter.cli.session import Session, run_reading

app = single()

EVERY = timedelta(seconds=1)
"""Between two looks with --watch."""


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
            rows = await session.reads.rounds.list_rounds(await session.subject())
            session.out.rows("rounds", tuple(ShownRound.model_fields), [row.dump() for row in rows])
            return
        await session.show_as(round_id)
        if watch:
            await _follow(session, round_id)
        else:
            found = _fields(await session.reads.rounds.get_progress(await session.subject(), round_id))
            if session.options.json:
                session.out.document.update(found)
            else:
                session.out.console.print(render_round(session, found))

    run_reading(ctx, work)


async def _follow(session: Session, round_id: str) -> None:
    """Show the round until it has its end; in JSON one line per look."""
    looks = session.reads.rounds.watch(await session.subject(), round_id, EVERY)
    if session.options.json:
        async for found in looks:
            print(printable_json(_fields(found)), flush=True)
        session.out.as_json = False
        return
    with Live(console=session.out.console, refresh_per_second=4) as live:
        async for found in looks:
            live.update(render_round(session, _fields(found)))


def _fields(found: RoundProgress) -> dict[str, Any]:
    """Return what programs are told."""
    deadlines = {item.deadline: item.until.isoformat() for item in found.deadlines}
    work = {} if found.work is None else found.work.model_dump()
    return {"round": found.row.dump(), "deadlines": deadlines, **work}


def render_round(session: Session, found: dict[str, Any]) -> RenderableType:
    """Return the round as heading, bars per stage, and deadlines."""
    out, head = session.out, found["round"]
    words = [str(head["round"]), out.cell("stage", head["stage"])]
    shown = [key for key in ("batch", "held", "left_over") if head.get(key)]
    words += [f"{out.name_column(key)}: {out.cell(key, head[key])}" for key in shown]
    words += [f"{out.name_column(key)}: {found[key]}" for key in ("entries", "tasks") if key in found]
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
