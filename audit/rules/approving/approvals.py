"""Objections settled before their items go on, and what of a proposal stands."""

from collections.abc import Callable

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, RoundStep
from audit.rules.rule_runner import EachEvent, Rule, checks_of
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.day_clock import after_days
from selection.round.state import RoundState


def approval_rules() -> tuple[Rule, ...]:
    """Return the rule about objections."""
    objections: dict[type[Event], Callable[[ApplicationStep], None]] = {
        a.ObjectionRaised: _check_objected,
        a.ObjectionWithdrawn: _check_withdrawn,
        a.ExaminersAppointed: _check_examined,
        a.ObjectionSettled: _check_settled,
        a.ItemRemoved: _check_removed,
        a.NoticePassed: _check_passed,
        a.ItemHeld: _check_hold,
    }
    return (EachEvent("objections-settled", checks_of(ApplicationState, objections)),)


def present(step: RoundStep, stated: int) -> RoundState:
    """Return the round before the entry, of whose present proposal the event must be."""
    before = step.before
    step.require(stated == before.proposal, "other-proposal", proposal=str(stated))
    return before


def list_standing_numbers(before: RoundState) -> list[str]:
    """Return the proposed applications that no objection removed and no integrity hit stands or is open against."""
    stopped = {number for number, cleared in before.hits.items() if cleared is not True}
    items = sorted(before.items, key=lambda item: item.rank)
    return [item.application for item in items if item.application not in stopped.union(before.removed)]


def _check_objected(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.ObjectionRaised)
    params = {"objection": event.objection}
    step.require(event.objection not in step.before.objections, "objection-raised-twice", **params)
    step.require(event.objector == step.leaf.actor.person, "not-the-objector", **params)
    step.require(len(event.evidence) > 0, "objection-without-evidence", **params)


def _check_withdrawn(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.ObjectionWithdrawn)
    params = {"objection": event.objection}
    found = step.before.open_objections.get(event.objection)
    step.require(found is not None, "no-open-objection", **params)
    step.require(found is not None and found.objector == step.leaf.actor.person, "not-the-objector", **params)


def _check_examined(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.ExaminersAppointed)
    step.require(
        event.objection in step.before.open_objections, "no-open-objection", objection=event.objection
    )
    # Fewer could not uphold it, whatever they found.
    enough = len(set(event.examiners)) >= max(2, step.terms.objections.min_examiners)
    step.require(enough, "one-examiner", objection=event.objection)
    due = step.before.objections[event.objection].until
    until = due or after_days(step.terms.clock, step.leaf.at, step.terms.objections.days)
    step.require(event.until == until, "due-day-differs", stated=str(event.until), found=until.isoformat())


def _check_settled(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.ObjectionSettled)
    found = step.before.open_objections.get(event.objection)
    step.require(found is not None, "no-open-objection", objection=event.objection)
    examiners = found.examiners if found else ()
    step.require(step.leaf.actor.person in examiners, "nobody-examined", objection=event.objection)
    signed = step.leaf.signed
    if signed is None:
        # Where nobody signs, on a local installation, one act is all that there is.
        return
    second = signed.second.person if signed.second else ""
    two = second in examiners and second != step.leaf.actor.person
    step.require(two, "settled-alone", objection=event.objection)


def _check_removed(step: ApplicationStep) -> None:
    event, before = step.event, step.before
    assert isinstance(event, a.ItemRemoved)
    found = before.objections.get(event.objection)
    step.require(found is not None and found.outcome == "upheld", "not-upheld", objection=event.objection)


def _check_hold(step: ApplicationStep) -> None:
    step.require(bool(step.before.open_objections), "held-without-objection")


def _check_passed(step: ApplicationStep) -> None:
    before = step.before
    for key in before.open_objections:
        raise step.differs("objection-open", objection=key)
    for key, item in before.objections.items():
        step.require(item.outcome != "upheld", "upheld-yet-passed", objection=key)


CLAIMS: Sentences = {
    "objections-settled": (
        "Every objection was settled by two of its examiners before its item went on, where acts are signed.",
        "凡操作须签名的，每项异议均由其两名核查人员办结后，所涉事项方继续进行。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "held-without-objection": (
        "The item was held without an open objection.",
        "没有未办结的异议，事项却被搁置。",
    ),
    "no-open-objection": (
        "The objection {objection} is not open.",
        "异议 {objection} 并非未办结。",
    ),
    "nobody-examined": (
        "The objection {objection} was not settled by an examiner of its own.",
        "异议 {objection} 并非由其核查人员办结。",
    ),
    "not-the-objector": (
        "The objection {objection} names a person who did not raise it.",
        "异议 {objection} 所载异议人与提出人不符。",
    ),
    "objection-without-evidence": (
        "Objection {objection} came without any evidence.",
        "异议 {objection} 未附证据。",
    ),
    "due-day-differs": (
        "The examiners' due day is stated as {stated}; the rules give {found}.",
        "核查期限载明为 {stated}，按规则应为 {found}。",
    ),
    "one-examiner": (
        "Fewer people than the rules ask for, or than two, were to examine the objection {objection}.",
        "异议 {objection} 的核查人员不足两名，或少于规则要求。",
    ),
    "not-upheld": (
        "The item was removed though the objection {objection} was not upheld.",
        "异议 {objection} 未成立，事项却被移除。",
    ),
    "objection-open": (
        "The notice passed while the objection {objection} was open.",
        "异议 {objection} 未办结，公示即通过。",
    ),
    "objection-raised-twice": (
        "The objection {objection} was raised before.",
        "异议 {objection} 此前已提出。",
    ),
    "settled-alone": (
        "The objection {objection} was settled by one of its examiners alone.",
        "异议 {objection} 仅由一名核查人员办结。",
    ),
    "upheld-yet-passed": (
        "The notice passed though the objection {objection} was upheld.",
        "异议 {objection} 已成立，公示却通过。",
    ),
}
"""What can be found instead."""
