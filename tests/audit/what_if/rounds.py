"""The told round with reviews changed so that other weights move somebody, and its record still follows."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from audit.what_if.assuming import AssumptionRequest
from audit.what_if.report import ApplicationMove, WhatIf
from audit.what_if.running import what_if
from audit.what_if.stability import Draws
from selection.scoring.panel_score import panel_score
from tests import factories as f
from tests.audit.support.tampering import Log, place, with_data
from tests.bundling import write_bundle
from tests.round_story import tell_round

TECHNICAL = {"0003": "8", "0004": "9.5"}
"""What leaves as many points as there were, when the other contents get full marks."""
NO_DRAWS = Draws(0, 20, 1)


def make_lopsided_log(number: str = "0003") -> Log:
    """The log in which one has its points elsewhere: the same mean and rank, until weights change."""
    log = tell_round().log
    marks = {**dict.fromkeys(f.CRITERIA, "25"), "technical": TECHNICAL[number]}
    given = {code: Decimal(mark) for code, mark in marks.items()}
    for seat in range(5):
        at = place(log, "review.submitted.v1", number, nth=seat)
        log = with_data(log, at, scores=marks, total=str(sum(given.values())))
    for at, leaf in enumerate(log):
        if leaf.type == "review.corrected.v1" and leaf.stream.endswith(f"/{number}"):
            total = str(sum(given.values()))
            log = with_data(log, at, scores=marks, total=total, former_total=total)
    rules = tell_round().rules
    score = panel_score([given] * 5, rules.trim, rules.tie_break)
    return with_data(log, place(log, "application.scored.v1", number), **score.model_dump(mode="json"))


def bundle_of(folder: Path, log: Log | None = None) -> Path:
    """A bundle of the lopsided round, or of a log."""
    return write_bundle(folder / "round.zip", tell_round(), make_lopsided_log() if log is None else log)


def simulate(folder: Path, asked: AssumptionRequest | None = None, draws: Draws = NO_DRAWS) -> WhatIf:
    """What comes of the lopsided round."""
    return what_if(bundle_of(folder), asked or AssumptionRequest(), draws)


def by_number(report: WhatIf) -> dict[str, ApplicationMove]:
    """The applications by number."""
    return {item.application: item for item in report.applications}


Change = Callable[[Log], Log]
