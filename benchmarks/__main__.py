"""`python -m benchmarks`, which is `make bench`: measure, and print every figure beside its target."""

import argparse
import asyncio
import os
import sys
from collections.abc import Awaitable, Callable

from rich.console import Console

from benchmarks import (
    batch,
    deciding,
    demo,
    latency,
    lifecycle,
    portal_uploads,
    record,
    round_history,
    rush,
    signatures,
    verification,
)
from benchmarks.bench_stack import BenchStack, bench_stack
from benchmarks.figures import Figure, Report, Say
from benchmarks.in_memory import drawing, importing
from benchmarks.portal import pages
from runtime.logging import configure_logging

WIDTH = 110
PARTS = (
    "lifecycle",
    "decide",
    "sign",
    "latency",
    "memory",
    "rush",
    "record",
    "draw",
    "up",
    "demo",
    "import",
    "round",
    "batch",
    "verify",
    "uploads",
    "portal",
)


def main(words: list[str]) -> int:
    """Run the chosen parts and print what they measured.

    A missed target is said, and with `--strict` the exit code is 1 then.
    """
    options = _parser().parse_args(words)
    configure_logging(json=False, level="WARNING")
    console = Console(stderr=options.json, width=None if sys.stdout.isatty() else WIDTH)
    report = asyncio.run(_measure(options, console))
    if options.json:
        print(report.to_json())
    report.print(console)
    return 1 if options.strict and report.misses else 0


async def _measure(options: argparse.Namespace, console: Console) -> Report:
    report, chosen, say = Report(), options.part or PARTS, console.log
    if "up" in chosen:
        report.add(*await record.measure_up(say))
    if "demo" in chosen:
        report.add(*await demo.measure(say))
    if "import" in chosen:
        report.add(*await importing.measure(options.imported, say))
    if "draw" in chosen:
        report.add(*record.measure_draw(say), *drawing.measure_draw_from_data(say))
    if "verify" in chosen:
        report.add(*await verification.measure_log(options.logged, say))
        report.add(*await verification.measure_signed(options.logged, say))
    if "uploads" in chosen:
        report.add(*await portal_uploads.measure(say))
    if "round" in chosen:
        async with bench_stack(round_history.SUGGEST_AFTER) as bench:
            report.add(*await round_history.measure(bench, options.synthetic, say))
    on_stack = {name: part for name, part in _on_stack(options, say).items() if name in chosen}
    if on_stack:
        async with bench_stack() as bench:
            for part in on_stack.values():
                report.add(*await part(bench))
    return report


def _on_stack(
    options: argparse.Namespace, say: Say
) -> dict[str, Callable[[BenchStack], Awaitable[list[Figure]]]]:
    """Return the parts that share one stack, in their order."""
    return {
        "lifecycle": lambda bench: lifecycle.measure(bench, options.applications, options.repeats, say),
        "decide": lambda bench: deciding.measure(bench, options.decided, say),
        "sign": lambda bench: signatures.measure(bench, options.signing, options.repeats, say),
        "latency": lambda bench: latency.measure(bench, options.sampled, say),
        "memory": lambda bench: latency.measure_memory(bench, say),
        "rush": lambda bench: rush.measure(bench, options.rushing, say),
        "verify": lambda bench: verification.measure_round(bench, options.verified, say),
        "batch": lambda bench: batch.measure(bench, options.batch, say),
        "portal": lambda bench: pages.measure(
            bench,
            options.shown,
            options.tasks,
            options.turns,
            options.signed_at_once,
            options.processes,
            say,
        ),
        "record": lambda bench: record.measure(bench, options.entries, say),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--part", action="append", choices=PARTS, help="what to measure; all by default")
    parser.add_argument("--applications", type=int, default=200, help="applications of one lifecycle run")
    parser.add_argument("--repeats", type=int, default=3, help="interleaved repeats of each shape")
    parser.add_argument("--decided", type=int, default=60, help="applications decided at the record alone")
    parser.add_argument("--signing", type=int, default=40, help="applications of which half are signed")
    parser.add_argument("--rushing", type=int, default=2_000, help="submissions of the last seconds")
    parser.add_argument("--sampled", type=int, default=60, help="applications of the latency of one act")
    parser.add_argument(
        "--entries", type=int, default=100_000, help="entries to rebuild the projections from"
    )
    parser.add_argument("--synthetic", type=int, default=10_000, help="applications of the round's history")
    parser.add_argument(
        "--batch", type=int, default=10_000, help="real workflows of a batch; about a minute per thousand"
    )
    parser.add_argument("--imported", type=int, default=1_000, help="applications of one XLSX")
    parser.add_argument("--logged", type=int, default=100_000, help="entries of the log that is verified")
    parser.add_argument("--verified", type=int, default=1_000, help="applications of the round verified")
    parser.add_argument(
        "--shown", type=int, default=10_000, help="applications of the record that pages show"
    )
    parser.add_argument("--tasks", type=int, default=2_000, help="open tasks of these")
    parser.add_argument(
        "--turns", type=int, default=3, help="times that each of twenty people asks for all pages"
    )
    parser.add_argument("--signed-at-once", type=int, default=300, help="experts who sign within a minute")
    parser.add_argument(
        "--processes",
        type=int,
        default=os.cpu_count() or 1,
        help="processes of the portal; one for each core",
    )
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a target is missed")
    parser.add_argument("--json", action="store_true", help="print JSON; the table goes to standard error")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
