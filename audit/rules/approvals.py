"""Approvals level by level, objections settled, and the list that follows from both."""

from collections.abc import Callable

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, RoundStep
from audit.rules.rule_runner import EachEvent, Rule, checks_of
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.day_clock import after_days
from selection.kernel.stages import Stage
from selection.round import events as r
from selection.round.state import RoundState


def approval_rules() -> tuple[Rule, ...]:
    """Return the rules about approvals, objections and the list."""
    chain: dict[type[Event], Callable[[RoundStep], None]] = {
        r.PublicNoticeOpened: _check_noticed,
        r.IntegrityChecked: _check_checked,
        r.IntegrityHitRuled: _check_ruled,
        r.LevelApproved: _check_approved,
        r.ProposalSentBack: _check_sent_back,
        r.ListIssued: _check_issued,
    }
    objections: dict[type[Event], Callable[[ApplicationStep], None]] = {
        a.ObjectionRaised: _check_objected,
        a.ObjectionWithdrawn: _check_withdrawn,
        a.ExaminersAppointed: _check_examined,
        a.ObjectionSettled: _check_settled,
        a.ItemRemoved: _check_removed,
        a.NoticePassed: _check_passed,
        a.ItemHeld: _check_held,
    }
    return (
        EachEvent("approvals-in-order", checks_of(RoundState, chain)),
        EachEvent("objections-settled", checks_of(ApplicationState, objections)),
    )


def _present(step: RoundStep, stated: int) -> RoundState:
    """Return the round before the entry, of whose present proposal the event must be."""
    before = step.before
    step.require(stated == before.proposal, "other-proposal", proposal=str(stated))
    return before


def standing_numbers(before: RoundState) -> list[str]:
    """Return the proposed applications that no objection removed and no integrity ruling stopped, by rank."""
    stopped = {number for number, cleared in before.hits.items() if cleared is False}
    items = sorted(before.items, key=lambda item: item.rank)
    return [item.application for item in items if item.application not in stopped.union(before.removed)]


def _check_noticed(step: RoundStep) -> None:
    assert isinstance(step.event, r.PublicNoticeOpened)
    before = _present(step, step.event.proposal)
    step.require(before.proposed, "not-proposed")
    step.require(not before.batch and not before.left_over, "decision-under-way")


def _check_checked(step: RoundStep) -> None:
    event = step.event
    assert isinstance(event, r.IntegrityChecked)
    before = _present(step, event.proposal)
    step.require(not before.integrity, "checked-twice")
    for number in event.hits:
        step.require(number in standing_numbers(before), "not-a-candidate", application=number)


def _check_ruled(step: RoundStep) -> None:
    event, before = step.event, step.before
    assert isinstance(event, r.IntegrityHitRuled)
    waiting = event.application in before.hits and before.hits[event.application] is None
    step.require(waiting, "no-open-hit", application=event.application)


def _level(step: RoundStep, code: str, proposal: int) -> None:
    before = _present(step, proposal)
    checked = before.integrity and all(ruling is not None for ruling in before.hits.values())
    step.require(checked, "integrity-open")
    waiting = [level for level in step.rules.approval if level.code not in before.passed]
    step.require(bool(waiting) and waiting[0].code == code, "level-out-of-order", level=code)
    entitled = (step.leaf.actor.behalf or step.leaf.actor.person) in step.record.posts.holders(
        f"approvers/{code}"
    )
    step.require(entitled, "not-of-this-level", level=code, person=step.leaf.actor.person)


def _check_approved(step: RoundStep) -> None:
    event = step.event
    assert isinstance(event, r.LevelApproved)
    _level(step, event.level, event.proposal)
    given = step.before.approvals.get(event.level, ())
    giver = step.leaf.actor.behalf or step.leaf.actor.person
    step.require(giver not in given, "approved-twice", level=event.level)
    needed = next(level.needed for level in step.rules.approval if level.code == event.level)
    told = {"level": event.level, "count": str(len(given) + 1), "needed": str(needed)}
    step.require(event.passed is (len(given) + 1 >= needed), "level-differs", **told)


def _check_sent_back(step: RoundStep) -> None:
    event = step.event
    assert isinstance(event, r.ProposalSentBack)
    _level(step, event.level, event.proposal)
    items = standing_numbers(step.before)
    step.require(bool(event.items) or not items, "not-a-candidate", application="-")
    for number in event.items:
        step.require(number in items, "not-a-candidate", application=number)


def _check_issued(step: RoundStep) -> None:
    event = step.event
    assert isinstance(event, r.ListIssued)
    before = _present(step, event.proposal)
    step.require(not before.batch, "decision-under-way")
    for level in step.rules.approval:
        given = set(before.approvals.get(level.code, ()))
        agreed = len(given & set(step.record.posts.ever(f"approvers/{level.code}")))
        told = {"level": level.code, "count": str(agreed), "needed": str(level.needed)}
        step.require(agreed >= level.needed and level.code in before.passed, "level-not-passed", **told)
    # A list of items that objections held goes on after the last place given.
    first = len(before.places) + 1
    places = {number: place for place, number in enumerate(standing_numbers(before), start=first)}
    told = {"stated": ", ".join(event.places), "found": ", ".join(places)}
    step.require(event.places == places, "places-differ", **told)
    for number in places:
        item = step.record.applications[number]
        step.require(item.stage is Stage.CLEARED, "notice-not-passed", application=number)


def _check_objected(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.ObjectionRaised)
    told = {"objection": event.objection}
    step.require(event.objection not in step.before.objections, "objection-raised-twice", **told)
    step.require(event.objector == step.leaf.actor.person, "not-the-objector", **told)
    step.require(len(event.evidence) > 0, "objection-without-evidence", **told)


def _check_withdrawn(step: ApplicationStep) -> None:
    event = step.event
    assert isinstance(event, a.ObjectionWithdrawn)
    told = {"objection": event.objection}
    found = step.before.open_objections.get(event.objection)
    step.require(found is not None, "no-open-objection", **told)
    step.require(found is not None and found.objector == step.leaf.actor.person, "not-the-objector", **told)


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


def _check_removed(step: ApplicationStep) -> None:
    event, before = step.event, step.before
    assert isinstance(event, a.ItemRemoved)
    found = before.objections.get(event.objection)
    step.require(found is not None and found.outcome == "upheld", "not-upheld", objection=event.objection)


def _check_held(step: ApplicationStep) -> None:
    step.require(bool(step.before.open_objections), "held-without-objection")


def _check_passed(step: ApplicationStep) -> None:
    before = step.before
    for key in before.open_objections:
        raise step.differs("objection-open", objection=key)
    for key, item in before.objections.items():
        step.require(item.outcome != "upheld", "upheld-yet-passed", objection=key)


CLAIMS: Sentences = {
    "approvals-in-order": (
        "Every list was checked first, then approved level by level by enough people, and is what they "
        "approved.",
        "每份名单均先经核查，再由足够人数逐级审批，内容与审批一致。",
    ),
    "objections-settled": (
        "Every objection was settled by its examiners before its item went on.",
        "每项异议均由核查人员办结后，所涉事项方继续进行。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "approved-twice": ("One person approved twice at level {level}.", "同一人在 {level} 级重复审批。"),
    "checked-twice": (
        "The integrity check was recorded twice for one proposal.",
        "同一版拟建名单重复记录廉洁核查。",
    ),
    "held-without-objection": (
        "The item was held without an open objection.",
        "没有未办结的异议，事项却被搁置。",
    ),
    "integrity-open": (
        "A level decided before the integrity check was done.",
        "廉洁核查完成前即进行了审批。",
    ),
    "level-differs": (
        "Level {level} had {count} of {needed:approval|approvals}; the entry says otherwise.",
        "{level} 级已有 {count}/{needed} 人同意，条目所载不符。",
    ),
    "level-not-passed": (
        "The list was issued with {count} of {needed:approval|approvals} at level {level}.",
        "{level} 级仅 {count}/{needed} 人同意，名单即公布。",
    ),
    "level-out-of-order": ("Level {level} decided out of order.", "{level} 级未按次序审批。"),
    "no-open-hit": (
        "No hit of application {application} waits for a ruling.",
        "申报 {application} 没有待裁定的核查问题。",
    ),
    "no-open-objection": ("The objection {objection} is not open.", "异议 {objection} 并非未办结。"),
    "nobody-examined": (
        "The objection {objection} was not settled by an examiner of its own.",
        "异议 {objection} 并非由其核查人员办结。",
    ),
    "not-of-this-level": (
        "{person} is not an approver of level {level}.",
        "{person} 不是 {level} 级审批人。",
    ),
    "not-proposed": ("The notice was opened without a proposal.", "没有拟建名单即开始公示。"),
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
    "notice-not-passed": (
        "Application {application} was listed before its notice passed.",
        "申报 {application} 公示未通过即列入名单。",
    ),
    "objection-open": (
        "The notice passed while the objection {objection} was open.",
        "异议 {objection} 未办结，公示即通过。",
    ),
    "objection-raised-twice": (
        "The objection {objection} was raised before.",
        "异议 {objection} 此前已提出。",
    ),
    "places-differ": (
        "The list gives {stated}; the approved proposal gives {found}.",
        "名单为 {stated}，而经审批的拟建名单为 {found}。",
    ),
    "upheld-yet-passed": (
        "The notice passed though the objection {objection} was upheld.",
        "异议 {objection} 已成立，公示却通过。",
    ),
}
"""What can be found instead."""
