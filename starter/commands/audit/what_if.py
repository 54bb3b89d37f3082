"""`selection audit what-if`: a round run again from its bundle, offline, under other rules. It decides nothing."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from audit.bundle.reader import BundleUnreadable
from audit.claims import Difference, refute
from audit.report.sentences import say_finding
from audit.what_if.assuming import AssumptionRequest, Unfit
from audit.what_if.charts import charts
from audit.what_if.drawing import stack_drawings
from audit.what_if.page import page
from audit.what_if.reading import NothingToSimulate
from audit.what_if.report import WhatIf
from audit.what_if.running import what_if
from audit.what_if.sentences import SWEEPS
from audit.what_if.stability import Draws, Tell
from selection.rules.loading import RulesFaults
from starter.cli.command_table import example, single
from starter.cli.failures import BROKEN, REFUSED, CommandFailed
from starter.cli.files_in import pairs
from starter.cli.files_out import write_text
from starter.cli.options import Options, options_of
from starter.cli.output import Output
from starter.cli.progress import progress_bars
from starter.commands.register.rules import load_file
from starter.replay.what_if_tables import show

app = single()
PLACED = ("trim.drop", "trim.from_valid", "panel.min_valid", "places", "shortlist.factor")
"""Where in the rules the options belong that stand for one value each, in their order."""


Weights = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CONTENT=WEIGHT",
        help="A different weight; may be repeated. The other weights share the rest of 100.",
    ),
]
Trimmed = Annotated[int | None, typer.Option(help="Number of totals dropped at each end.")]
TrimmedFrom = Annotated[
    int | None, typer.Option(help="Number of valid scores from which totals are dropped.")
]
Valid = Annotated[int | None, typer.Option(help="Number of valid scores that an application needs.")]
Places = Annotated[int | None, typer.Option(help="Number of places.")]
Factor = Annotated[
    str | None, typer.Option(metavar="NUMBER", help="Size of the shortlist, as a multiple of the places.")
]
Without = Annotated[
    list[str] | None,
    typer.Option(metavar="PERSON", help="Leave out all reviews of this person; may be repeated."),
]
Rules = Annotated[
    Path | None,
    typer.Option(metavar="FILE.yaml", help="Take weights, trimming, thresholds and places from these rules."),
]
Runs = Annotated[
    int, typer.Option(min=0, max=100_000, help="Number of random sets of weights to try; 0: none.")
]
Spread = Annotated[int, typer.Option(min=1, max=99, help="Largest variation of each weight, in percent.")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same sets of weights.")]
Page = Annotated[Path | None, typer.Option(help="Also write a web page to read and print.")]
Plot = Annotated[Path | None, typer.Option("--plot", "-o", metavar="FILE.svg", help="Also write the charts.")]


@app.command(
    "what-if",
    epilog=example(
        "selection audit what-if round.zip --weight technical=40 --html what-if.html",
        "selection audit what-if round.zip --without expert-7 --trim 0 -o what-if.svg",
    ),
)
def simulate(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The bundle (zip).")],
    weight: Weights = None,
    trim: Trimmed = None,
    trim_from: TrimmedFrom = None,
    at_least: Valid = None,
    places: Places = None,
    factor: Factor = None,
    without: Without = None,
    rules: Rules = None,
    runs: Runs = 200,
    spread: Spread = 20,
    seed: Seed = 1,
    html: Page = None,
    plot: Plot = None,
) -> None:
    """Simulate a round under different rules: who gains, who loses, how stable the list is. It decides nothing.

    Needs neither network nor database. Without any assumption it shows how stable the recorded list is. Whether the
    bundle itself is genuine is proven by `selection audit verify`.
    """
    options = options_of(ctx)
    out = Output(options.lang, as_json=options.json)
    asked = AssumptionRequest(
        rules=load_file(out, rules) if rules else None,
        weights=pairs(weight, "--weight CONTENT=WEIGHT"),
        values=_values(trim, trim_from, at_least, places, factor),
        without=tuple(dict.fromkeys(without or ())),
    )
    with progress_bars(options) as bars:
        report = _run_simulation(file, asked, Draws(runs, spread, seed), _name_sweeps(bars, options), options)
    if html:
        write_text(html, page(report, datetime.now(UTC)))
    if plot:
        write_text(plot, stack_drawings(charts(report)))
    show(out, report)
    out.finish()


def _values(*given: int | str | None) -> dict[str, Any]:
    return {place: value for place, value in zip(PLACED, given, strict=True) if value is not None}


def _name_sweeps(bars: Tell, options: Options) -> Tell:
    chinese = options.lang == "zh"
    return lambda name, done, total: bars(SWEEPS[name][chinese], done, total)


def _run_simulation(
    file: Path, asked: AssumptionRequest, draws: Draws, tell: Tell, options: Options
) -> WhatIf:
    try:
        return what_if(file, asked, draws, tell)
    except BundleUnreadable as fault:
        raise CommandFailed(fault.code, exits=BROKEN, text=file.name) from None
    except OSError as fault:
        raise CommandFailed("file-missing", text=f"{file.name}: {fault.strerror}") from None
    except Difference as difference:
        text = say_finding(refute("record", file.name, difference), options.lang)
        raise CommandFailed("not-reproduced", exits=BROKEN, point=difference.point, text=text) from None
    except NothingToSimulate:
        raise CommandFailed("nothing-to-simulate", text=file.name) from None
    except RulesFaults as faults:
        text = "; ".join(f"{path} {sentence}" for path, sentence in faults.list_faults(options.lang))
        raise CommandFailed("assumption-unfit", text=text) from None
    except Unfit as unfit:
        raise CommandFailed(unfit.code, exits=REFUSED, **unfit.params) from None
