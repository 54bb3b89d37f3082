"""A whole simulation over one bundle: read, reproduced, assumed, run, compared, and shaken."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

from audit.bundle.reader import Bundle
from audit.what_if.assuming import AssumptionRequest, assume, changes, list_not_simulated
from audit.what_if.reading import read_record
from audit.what_if.report import ApplicationMove, Change, Spread, Stability, Standing, SweepRun, WhatIf
from audit.what_if.round_record import RoundRecord
from audit.what_if.simulating import Assumptions, Outcome, advice, shortlist, simulate
from audit.what_if.stability import (
    Draws,
    Sweep,
    Tell,
    likeness,
    margins,
    with_other_weights,
    without_each_reviewer,
)
from selection.round.approving.standing import number_of
from selection.rules.model import RoundRules

ALIKE_PLACES = 3


def ignore_progress(name: str, done: int, total: int) -> None:
    """Ignore the progress."""


@dataclass(frozen=True)
class Lists:
    """An outcome with the two lists that follow from it when what people decided is carried over."""

    outcome: Outcome
    shortlist: frozenset[str]
    advised: frozenset[str]


def what_if(path: Path, asked: AssumptionRequest, draws: Draws, tell: Tell = ignore_progress) -> WhatIf:
    """Simulate a round. Opens no connection and writes nothing.

    Raises BundleUnreadable or OSError for a file that is no bundle, Difference for a record that does not
    reproduce, NothingToSimulate, and what `assume` raises for what can't be assumed.
    """
    with Bundle(path) as bundle:
        tell("record", 0, 1)
        recorded, before = read_record(bundle)
        tell("record", 1, 1)
        assumed = assume(recorded, asked)
        after = simulate(recorded, assumed)
        stability = [_stability("reviewers", without_each_reviewer(recorded, assumed, after, tell))]
        if draws.runs:
            stability.append(_stability("weights", with_other_weights(recorded, assumed, after, draws, tell)))
        sealed = recorded.rules
        return WhatIf(
            round=bundle.round,
            title={"en": sealed.title.en, "zh": sealed.title.zh},
            rehearsal=recorded.rehearsal,
            engine=bundle.manifest.engine,
            file=path.name,
            sha256=_digest(path),
            reproduced_at=recorded.point,
            voided_later=recorded.voided_later,
            changes=tuple(_change(item.path, item.old, item.new) for item in changes(recorded, assumed)),
            not_simulated=list_not_simulated(recorded, asked.rules),
            criteria={item.code: {"en": item.en, "zh": item.zh} for item in sealed.criteria},
            cut=(len(before.within), len(after.within)),
            places=(sealed.places, assumed.rules.places),
            likeness=_alike(likeness(before.order, after.order)),
            spread=draws.spread,
            seed=draws.seed,
            applications=tuple(_compare_ranks(recorded, before, after, assumed)),
            stability=tuple(stability),
            issued=bool(recorded.places),
        )


def _lists(recorded: RoundRecord, before: Outcome, outcome: Outcome, rules: RoundRules) -> Lists:
    listed = shortlist(recorded, outcome, before.within)
    return Lists(outcome, listed, frozenset(advice(recorded, outcome, listed, rules)[: rules.places]))


def _compare_ranks(
    recorded: RoundRecord, before: Outcome, after: Outcome, assumed: Assumptions
) -> list[ApplicationMove]:
    then = _lists(recorded, before, before, recorded.rules)
    now = _lists(recorded, before, after, assumed.rules)
    to_cut, to_places = margins(after, after.within), margins(after, after.placed)
    return [
        ApplicationMove(
            application=number,
            recorded=_make_standing(recorded, number, then, frozenset()),
            simulated=_make_standing(recorded, number, now, assumed.without),
            moved=before.ranks[number] - after.ranks[number] if number in after.ranks else None,
            decided=_find_decision(recorded, before, number),
            proposed=number in recorded.proposed,
            place=recorded.places.get(number),
            margin=_points(to_cut, number),
            margin_to_places=_points(to_places, number),
        )
        for number in before.order
    ]


def _make_standing(recorded: RoundRecord, number: str, lists: Lists, without: frozenset[str]) -> Standing:
    outcome = lists.outcome
    score = outcome.scores.get(number)
    reviews = recorded.applications[number].valid_reviews
    known = number in {number_of(item) for item in recorded.candidates} and number in lists.shortlist
    return Standing(
        rank=outcome.ranks.get(number),
        mean=score.mean if score else "",
        score=score.shown if score else None,
        valid=sum(review.expert not in without for review in reviews),
        shortlisted=number in lists.shortlist,
        placed=number in outcome.placed,
        advised=number in lists.advised if known else None,
    )


def _find_decision(recorded: RoundRecord, before: Outcome, number: str) -> Literal["", "added", "removed"]:
    if number not in recorded.decisions:
        return ""
    return "removed" if number in before.within else "added"


def _stability(kind: Literal["reviewers", "weights"], sweep: Sweep) -> Stability:
    alike = sorted(run.likeness for run in sweep.runs if run.likeness is not None)
    return Stability(
        kind=kind,
        runs=len(sweep.runs),
        unchanged=sum(not run.came and not run.left for run in sweep.runs),
        likeness_least=_alike(alike[0] if alike else None),
        likeness_middle=_alike(alike[len(alike) // 2] if alike else None),
        spreads=tuple(
            Spread(
                application=number,
                best=item.best,
                worst=item.worst,
                within=item.within,
                placed=item.placed,
                unscored=item.unscored,
            )
            for number, item in sweep.intervals.items()
        ),
        each=tuple(
            SweepRun(
                name=run.name,
                reviewed=run.reviewed,
                likeness=_alike(run.likeness),
                came=run.came,
                left=run.left,
                unscored=run.unscored,
            )
            for run in sweep.runs
        ),
    )


def _change(path: str, before: object, after: object) -> Change:
    texts = ["" if value is None else str(value) for value in (before, after)]
    return Change(path=path, before=texts[0], after=texts[1])


def _alike(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    return Decimal(round(value * 10**ALIKE_PLACES)).scaleb(-ALIKE_PLACES)


def _points(margin: Mapping[str, Fraction], number: str) -> Decimal | None:
    return Decimal(round(margin[number] * 100)).scaleb(-2) if number in margin else None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
