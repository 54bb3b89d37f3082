"""Reads a bundle for a simulation, and lets none begin on a record that does not reproduce."""

from dataclasses import replace

from audit.bundle.reader import Bundle
from audit.bundle.register import Register
from audit.rules.fold import UNFIT, Record, Step, fold
from audit.what_if.round_record import RoundRecord
from audit.what_if.simulating import Outcome, advice, assume_sealed_rules, shortlist, simulate
from selection.application.state import ApplicationState
from selection.decision.facts import Candidate
from selection.kernel.stages import Stage
from selection.round import events as r


class NothingToSimulate(Exception):
    """The bundle holds no shortlist, so no ranks that could have been others."""


def read_record(bundle: Bundle) -> tuple[RoundRecord, Outcome]:
    """Return what the record holds, and what it comes to when it is computed again under its own rules.

    Raises Difference at the first entry that can't be folded or does not follow from the reviews before it, and
    NothingToSimulate. Whether the record is genuine is another question: that is what verifying is for.
    """
    found: tuple[RoundRecord, Outcome] | None = None
    proposed: frozenset[str] = frozenset()
    record: Record | None = None
    for step in fold(bundle, Register(known=False)):
        record = step.record
        match step.event:
            case r.ShortlistFixed() if found is None:
                found = _recompute_shortlist(step, step.event)
            case r.ProposalMade():
                if found is not None and not proposed:
                    found = (_recompute_proposal(step, step.event, *found), found[1])
                proposed |= {item.application for item in step.event.items}
            case r.PlacesFilled():
                proposed |= {item.application for item in step.event.items}
    if found is None or record is None:
        raise NothingToSimulate
    return _add_outcomes(found[0], record, proposed), found[1]


def _recompute_shortlist(step: Step, event: r.ShortlistFixed) -> tuple[RoundRecord, Outcome]:
    """Compute the shortlist again from the applications as they stood at its entry."""
    applications = step.record.applications
    recorded = RoundRecord(
        point=step.point,
        rules=step.rules,
        rehearsal=step.rules.is_rehearsal,
        applications={number: item for number, item in applications.items() if item.stage is Stage.SCORED},
        listed=event.listed,
        decisions=frozenset(),
    )
    try:
        outcome = simulate(recorded, assume_sealed_rules(recorded))
    except UNFIT:
        raise step.differs("state-unfit") from None
    for number, item in recorded.applications.items():
        _compare_score(step, item, outcome.scores.get(number))
    for number, rank in event.listed.items():
        params = {"what": number, "stated": str(rank), "found": str(outcome.ranks.get(number, "-"))}
        step.require(outcome.ranks.get(number) == rank, "figure-differs", **params)
    decisions = outcome.within.symmetric_difference(event.listed)
    for number in sorted(decisions):
        step.require(number in event.reasons, "outcome-reason-missing", application=number)
    return replace(recorded, decisions=decisions), outcome


def _compare_score(step: Step, item: ApplicationState, found: object) -> None:
    stated = item.score.model_dump(exclude={"lot"}) if item.score else {}
    params = {"what": item.number, "stated": stated.get("mean", "-"), "found": getattr(found, "mean", "-")}
    same = found is not None and all(getattr(found, name) == value for name, value in stated.items())
    step.require(bool(stated) and same, "figure-differs", **params)


def _recompute_proposal(
    step: Step, event: r.ProposalMade, recorded: RoundRecord, outcome: Outcome
) -> RoundRecord:
    """Add whom the first proposal chose among; they must stand as the entry says."""
    known = step.record.applications
    try:
        candidates = tuple(_make_candidate(known[number]) for number in event.ranking)
        complete = replace(recorded, candidates=candidates)
        listed = shortlist(complete, outcome, outcome.within)
        numbers = advice(complete, outcome, listed, complete.rules)
    except UNFIT:
        raise step.differs("state-unfit") from None
    params = {"what": "standing", "stated": ", ".join(event.ranking), "found": ", ".join(numbers)}
    step.require(numbers == event.ranking, "figure-differs", **params)
    return complete


def _make_candidate(item: ApplicationState) -> Candidate:
    """Return what a proposal reads of an application."""
    assert item.submission is not None
    return Candidate(
        stream=item.stream,
        revision=item.revision,
        stage=item.stage,
        field=item.submission.field,
        region=item.submission.region,
        rank=item.rank,
        agreed=str(item.appraisal.score) if item.appraisal else "",
        votes=item.appraisal.votes if item.appraisal else "",
        verdict=item.verdict,
    )


def _add_outcomes(recorded: RoundRecord, record: Record, proposed: frozenset[str]) -> RoundRecord:
    voided = sum(
        later.void and not earlier.void
        for number, item in recorded.applications.items()
        for earlier, later in zip(item.reviews, record.applications[number].reviews, strict=False)
    )
    return replace(recorded, proposed=proposed, places=record.round.places, voided_later=voided)
