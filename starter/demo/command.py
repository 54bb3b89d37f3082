"""`selection demo`: the main job in one command."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from starter.cli.command_table import example, single
from starter.cli.options import options_of
from starter.cli.output import WIDTH
from starter.cli.printable import printable_json
from starter.demo import DemoFailed
from starter.demo.example import Scheme
from starter.demo.run import DemoOptions, run_demo
from starter.demo.summary import Summary

app = single()


@app.command(
    epilog=example(
        "selection demo", "selection demo --seed 7 --keep", "selection demo --example grant --lang zh"
    )
)
def demo(
    ctx: typer.Context,
    scheme: Annotated[
        Scheme,
        typer.Option(
            "--example",
            help="Whose rules and people: the ministry's second batch, or a young researchers' grant.",
        ),
    ] = "second-batch",
    seed: Annotated[int, typer.Option(help="The same seed gives the same list.")] = 2024,
    pace: Annotated[
        str | None, typer.Option(metavar="SECONDS", help="Length of one rehearsed day; default 0.25.")
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the stack running afterwards, until Ctrl-C.")
    ] = False,
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Folder for the bundle, its public key and the papers.")
    ] = Path("demo-out"),
) -> None:
    """Run a complete round with synthetic data on a fresh stack, from the sealed call to the issued list.

    36 applications, 16 recommending units and 60 experts, all synthetic, go through the stages of the second batch
    on a rehearsal clock; the grant has 12 applications, 20 reviewers and fewer stages. If anything happens that the
    script does not provide for, the demo says so and ends with exit code 1.
    """
    given, days = options_of(ctx), None if pace is None else _seconds(pace)
    options = DemoOptions(
        example=scheme, seed=seed, pace=days, language=given.lang, data=given.data, keep=keep, out=out
    )
    # In JSON the story goes to standard error, so that standard output is one document.
    stream = sys.stderr if given.json else sys.stdout
    console = Console(file=stream, width=None if stream.isatty() else max(WIDTH, 140), highlight=False)
    _run(options, console, as_json=given.json)


def _run(options: DemoOptions, console: Console, *, as_json: bool) -> None:
    summaries: list[Summary] = []

    def report(summary: Summary) -> None:
        summaries.append(summary)
        if as_json:
            print(printable_json(summary.model_dump(mode="json"), indent=1), flush=True)

    try:
        asyncio.run(_run_until_stopped(run_demo(options, console, report)))
    except DemoFailed as failed:
        print(f"demo-failed: {failed.tell(options.language)}", file=sys.stderr)
        raise typer.Exit(1) from None
    except asyncio.CancelledError:
        # Ctrl-C is how a demo that was kept ends; before its end it is an interruption.
        if not (options.keep and summaries):
            raise


async def _run_until_stopped(demo: Coroutine[None, None, None]) -> None:
    task = asyncio.ensure_future(demo)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    await task


def _seconds(text: str) -> Decimal:
    try:
        pace = Decimal(text)
    except InvalidOperation:
        pace = Decimal(0)
    if not Decimal("0.01") <= pace <= 86_400:
        raise typer.BadParameter("--pace must be a number of seconds from 0.01 to 86400")
    return pace
