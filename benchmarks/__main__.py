"""`python -m benchmarks`, which is `make bench`: measure, and print every figure beside its target."""

import argparse
import asyncio
import sys

from rich.console import Console

from benchmarks import lifecycle
from benchmarks.bench_stack import bench_stack
from benchmarks.figures import Report

PARTS = ("lifecycle",)


def main(words: list[str]) -> int:
    """Run the chosen parts; return 1 if a target is missed."""
    options = _parser().parse_args(words)
    console = Console(stderr=options.json)
    report = asyncio.run(_measure(options, console))
    if options.json:
        print(report.to_json())
    report.print(console)
    return 0


async def _measure(options: argparse.Namespace, console: Console) -> Report:
    report = Report()
    async with bench_stack() as bench:
        chosen = options.part or PARTS
        if "lifecycle" in chosen:
            figures = await lifecycle.measure(bench, options.applications, options.repeats, console.log)
            report.add(*figures)
    return report


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--part", action="append", choices=PARTS, help="what to measure; all by default")
    parser.add_argument("--applications", type=int, default=200, help="applications of one lifecycle run")
    parser.add_argument("--repeats", type=int, default=3, help="interleaved repeats of each shape")
    parser.add_argument("--json", action="store_true", help="print JSON; the table goes to standard error")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
