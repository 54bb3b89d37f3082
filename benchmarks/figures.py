"""Figures beside their targets, as a table for people and as JSON for programs."""

import json
import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from statistics import median
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

NO_CAUSE = "No machine is too slow for this: it is counted, not timed, and a miss is a defect of the engine."

Say = Callable[[str], None]
"""Tells whoever waits how far a measurement has come."""


@dataclass(frozen=True)
class Figure:
    """One measured figure. `target` is None for what is only told; `cause` says why a target is missed.

    What is counted and not timed has no cause: a miss is a defect.
    """

    part: str
    name: str
    value: float
    unit: str = ""
    target: float | None = None
    at_least: bool = True
    spread: tuple[float, float] | None = None
    cause: str = ""

    @property
    def is_met(self) -> bool | None:
        """Tell whether the target is met, None where there is none."""
        if self.target is None:
            return None
        return self.value >= self.target if self.at_least else self.value <= self.target


@dataclass
class Report:
    """What one run of the benchmarks measured, in order."""

    figures: list[Figure] = field(default_factory=list)

    def add(self, *figures: Figure) -> None:
        """Add figures."""
        self.figures += figures

    @property
    def misses(self) -> tuple[Figure, ...]:
        """The figures that miss their target."""
        return tuple(item for item in self.figures if item.is_met is False)

    def to_json(self) -> str:
        """Return everything as JSON, with the machine that it was measured on."""
        return json.dumps({"machine": machine(), "figures": [_plain(f) for f in self.figures]}, indent=1)

    def print(self, console: Console) -> None:
        """Print the figures as one table."""
        facts = machine()
        table = Table(
            title=f"{facts['cores']} cores, {facts['memory']}, Python {facts['python']}", title_justify="left"
        )
        table.add_column("figure", min_width=34, overflow="fold")
        for column in ("measured", "spread", "target"):
            table.add_column(column, justify="right", no_wrap=True)
        table.add_column("")
        for part, figures in groupby(self.figures, key=lambda item: item.part):
            table.add_section()
            table.add_row(f"[bold]{part}[/]")
            for item in figures:
                table.add_row(*_row(item))
        console.print(table)
        for item in self.misses:
            console.print(f"[yellow]{item.name}[/]: {item.cause or NO_CAUSE}")


def of_repeats(part: str, name: str, values: Sequence[float], unit: str = "", **more: Any) -> Figure:
    """Return the median of repeats as a figure with its spread."""
    return Figure(part, name, median(values), unit, spread=(min(values), max(values)), **more)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def machine() -> dict[str, Any]:
    """Return what the figures depend on: cores, memory, Python, system."""
    memory = psutil.virtual_memory().total / 2**30
    return {
        "cores": psutil.cpu_count(),
        "memory": f"{memory:.0f} GiB",
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def number(value: float) -> str:
    """Return a number with as many places as it deserves."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _row(item: Figure) -> tuple[str, ...]:
    unit = f" {item.unit}" if item.unit else ""
    spread = f"{number(item.spread[0])} to {number(item.spread[1])}" if item.spread else ""
    target, verdict = "", ""
    if item.target is not None:
        target = f"{'at least' if item.at_least else 'at most'} {number(item.target)}{unit}"
        verdict = "[green]met[/]" if item.is_met else "[red]missed[/]"
    return item.name, f"{number(item.value)}{unit}", spread, target, verdict


def _plain(item: Figure) -> dict[str, Any]:
    return {**asdict(item), "met": item.is_met}
