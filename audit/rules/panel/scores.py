"""Reviews and appraisals: who reviewed, what a score was fixed on, and whose votes count."""

from collections.abc import Callable

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep
from audit.rules.panel.holding import list_holding
from audit.rules.panel.settling import ACT
from audit.rules.rule_runner import EachEvent, Rule, checks_of
from selection.application import events as e
from selection.application.state import ApplicationState, Seat
from selection.decision.aggregate import Event


def score_rules() -> tuple[Rule, ...]:
    """Return the rules about reviews, scores and appraisals."""
    locked: dict[type[Event], Callable[[ApplicationStep], None]] = {
        e.InvitationAccepted: _check_accepted,
        e.ReviewSubmitted: _check_reviewed,
        e.ReviewVoided: _check_voided,
        e.SeatVacated: _check_vacated,
    }
    appraised: dict[type[Event], Callable[[ApplicationStep], None]] = {
        e.AppraisalRecorded: _check_appraised,
        e.ChairAppointed: _chair,
    }
    return (
        EachEvent("reviews-locked", checks_of(ApplicationState, locked)),
        EachEvent("scores-founded", checks_of(ApplicationState, {e.ApplicationScored: _check_scored})),
        EachEvent("appraisals-add-up", checks_of(ApplicationState, appraised)),
    )


def _seat(step: ApplicationStep, number: int, expert: str) -> Seat:
    """Return the seat of the number as it was before the entry, held by the expert whom the event names."""
    seat = next(
        (item for item in step.before.seats if item.number == number and item.status != "empty"), None
    )
    if seat is None or seat.expert != expert:
        raise step.differs("not-in-the-seat", seat=str(number))
    return seat


def _check_accepted(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, e.InvitationAccepted)
    step.require(
        _seat(step, event.seat, event.expert).status == "invited", "not-invited", seat=str(event.seat)
    )
    step.require(step.leaf.actor.person == event.expert, "not-in-person", seat=str(event.seat))


def _check_reviewed(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, e.ReviewSubmitted)
    place = {"seat": str(event.seat)}
    seat = _seat(step, event.seat, event.expert)
    step.require(seat.status != "submitted", "review-changed", **place)
    step.require(seat.status == "accepted", "not-accepted", **place)
    step.require(step.leaf.actor.person == event.expert, "not-in-person", **place)


def _check_voided(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, e.ReviewVoided)
    before = step.before
    _seat(step, event.seat, event.expert)
    counted = any(item.expert == event.expert and not item.void for item in before.reviews)
    step.require(counted, "nothing-to-void", seat=str(event.seat))
    if event.report == "declared":
        step.require(step.leaf.actor.person == event.expert, "not-in-person", seat=str(event.seat))
        return
    report = before.reports.get(event.report)
    upheld = report is not None and report.upheld is True and report.expert == event.expert
    step.require(upheld, "voided-without-ruling", seat=str(event.seat))


def _check_vacated(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, e.SeatVacated)
    seat = _seat(step, event.seat, event.expert)
    standing = any(
        item.seat == seat.number and item.expert == seat.expert and not item.void
        for item in step.before.reviews
    )
    step.require(not standing, "review-outlives-seat", seat=str(event.seat))


def _check_scored(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, e.ApplicationScored)
    before = step.before
    reviews = [item for item in before.reviews if not item.void]
    step.require(len(reviews) >= _count_wanted(step), "too-few-reviews", count=str(len(reviews)))
    step.require(not list_holding(before), "report-open")
    step.require(not any(seat.open for seat in before.seats), "seat-open")
    sitting = {(seat.number, seat.expert) for seat in before.seats if seat.status == "submitted"}
    step.require({(item.seat, item.expert) for item in reviews} == sitting, "not-in-the-seat", seat="-")


def _count_wanted(step: ApplicationStep) -> int:
    """Return how many scores are enough: fewer than by the rules where two people agreed (settling.py)."""
    least = step.terms.panel.min_valid
    return min(least, step.before.fewer) if step.before.fewer else least


def _chair(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, e.ChairAppointed)
    sitting = any(
        seat.expert == event.chair and seat.status in ("accepted", "submitted") for seat in step.before.seats
    )
    step.require(sitting, "not-in-the-seat", seat="-")


def _check_appraised(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, e.AppraisalRecorded)
    panel = {seat.expert for seat in step.before.seats if seat.status == "submitted"}
    present, aside = set(event.present), set(event.aside)
    step.require(present <= panel and aside <= present, "not-in-the-seat", seat="-")
    voters = len(present - aside)
    # In rounds whose rules do not know the act, all who were left were enough.
    quorum = _count_wanted(step) if ACT in step.rules.assurance else min(_count_wanted(step), len(panel))
    step.require(voters >= quorum, "too-few-present", count=str(voters))
    votes = event.votes_for + event.votes_against + event.abstained
    step.require(votes == voters, "votes-differ", votes=str(votes), voters=str(voters))
    step.require({item.expert for item in event.dissents} <= present - aside, "not-in-the-seat", seat="-")


CLAIMS: Sentences = {
    "reviews-locked": (
        "Every review is by the expert in the seat; nothing but its own correction changed it, and voided ones had a "
        "ruling.",
        "每份评审均由席位上的专家作出，除本人更正外未改；作废的均有裁定。",
    ),
    "scores-founded": (
        "Every panel score was fixed on enough valid reviews, with nobody awaited and no report open that held it.",
        "每个专家组得分均在有效评审足数、无待交评审且无相关待裁定报告时确定。",
    ),
    "appraisals-add-up": (
        "Every overall appraisal was held by enough of the panel, and its votes add up.",
        "每次综合论证出席人数足够，票数相符。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "not-accepted": (
        "The expert in seat {seat} had not accepted the invitation.",
        "席位 {seat} 的专家尚未接受邀请。",
    ),
    "not-in-person": (
        "Someone else acted for the expert in seat {seat}.",
        "席位 {seat} 的专家并非本人办理。",
    ),
    "not-invited": ("Nobody in seat {seat} was waiting for an answer.", "席位 {seat} 并无待答复的邀请。"),
    "nothing-to-void": ("There is no valid review in seat {seat}.", "席位 {seat} 没有有效评审可作废。"),
    "review-changed": (
        "The review in seat {seat} was submitted before; it is locked.",
        "席位 {seat} 的评审已提交并锁定，不得更改。",
    ),
    "review-outlives-seat": (
        "Seat {seat} became vacant, but its review still counts.",
        "席位 {seat} 已空缺，其评审却仍计入。",
    ),
    "seat-open": ("The score was fixed while a reviewer was still awaited.", "仍有评审未完成即确定得分。"),
    "too-few-present": ("Only {count} of the panel could vote.", "有表决权的出席专家仅 {count} 人。"),
    "too-few-reviews": (
        "The score was fixed on {count:valid review|valid reviews}, fewer than the rules ask for.",
        "仅有 {count} 份有效评审即确定得分，少于规则要求。",
    ),
    "voided-without-ruling": (
        "The review in seat {seat} was voided without a ruling.",
        "席位 {seat} 的评审未经裁定即被作废。",
    ),
    "votes-differ": (
        "{votes:vote was|votes were} counted of {voters} who could vote.",
        "有表决权者 {voters} 人，计得 {votes} 票。",
    ),
}
"""What can be found instead."""
