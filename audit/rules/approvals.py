"""Approvals level by level, objections settled, and the list that follows from both."""

from audit.rules.fold import Step
from audit.rules.rule_runner import Check, EachEvent, Rule
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.stages import Stage
from selection.round import events as r
from selection.round.state import RoundState


def approval_rules() -> tuple[Rule, ...]:
    """Return the rules about approvals, objections and the list."""
    chain: dict[type[Event], Check] = {
        r.PublicNoticeOpened: _noticed,
        r.IntegrityChecked: _checked,
        r.IntegrityHitRuled: _ruled,
        r.LevelApproved: _approved,
        r.ProposalSentBack: _sent_back,
        r.ListIssued: _issued,
    }
    objections: dict[type[Event], Check] = {
        a.ObjectionRaised: _objected,
        a.ExaminersAppointed: _examined,
        a.ObjectionSettled: _settled,
        a.ItemRemoved: _removed,
        a.NoticePassed: _passed,
        a.ItemHeld: _held,
    }
    return EachEvent("approvals-in-order", chain), EachEvent("objections-settled", objections)


def _present(step: Step) -> RoundState:
    """Return the round before the entry, of whose present proposal the event must be."""
    before: RoundState = step.before
    stated = getattr(step.event, "proposal", before.proposal)
    step.require(stated == before.proposal, "other-proposal", proposal=str(stated))
    return before


def _standing(before: RoundState) -> list[str]:
    """Return the proposed applications that no objection removed and no integrity ruling stopped, by rank."""
    stopped = {number for number, cleared in before.hits.items() if cleared is False}
    items = sorted(before.items, key=lambda item: item.rank)
    return [item.application for item in items if item.application not in stopped.union(before.removed)]


def _noticed(step: Step) -> None:
    before = _present(step)
    step.require(before.proposed, "not-proposed")
    step.require(not before.batch and not before.left_over, "decision-under-way")


def _checked(step: Step) -> None:
    event, before = step.event, _present(step)
    assert isinstance(event, r.IntegrityChecked)
    step.require(not before.integrity, "checked-twice")
    for number in event.hits:
        step.require(number in _standing(before), "not-a-candidate", application=number)


def _ruled(step: Step) -> None:
    event, before = step.event, _present(step)
    assert isinstance(event, r.IntegrityHitRuled)
    waiting = event.application in before.hits and before.hits[event.application] is None
    step.require(waiting, "no-open-hit", application=event.application)


def _level(step: Step, code: str) -> None:
    before = _present(step)
    checked = before.integrity and all(ruling is not None for ruling in before.hits.values())
    step.require(checked, "integrity-open")
    waiting = [level for level in step.rules.approval if level.code not in before.passed]
    step.require(bool(waiting) and waiting[0].code == code, "level-out-of-order", level=code)
    entitled = step.leaf.actor.person in waiting[0].approvers
    step.require(entitled, "not-of-this-level", level=code, person=step.leaf.actor.person)


def _approved(step: Step) -> None:
    event = step.event
    assert isinstance(event, r.LevelApproved)
    _level(step, event.level)
    given = step.before.approvals.get(event.level, ())
    step.require(step.leaf.actor.person not in given, "approved-twice", level=event.level)
    needed = next(level.needed for level in step.rules.approval if level.code == event.level)
    told = {"level": event.level, "count": str(len(given) + 1), "needed": str(needed)}
    step.require(event.passed is (len(given) + 1 >= needed), "level-differs", **told)


def _sent_back(step: Step) -> None:
    event = step.event
    assert isinstance(event, r.ProposalSentBack)
    _level(step, event.level)
    for number in event.items:
        step.require(number in _standing(step.before), "not-a-candidate", application=number)


def _issued(step: Step) -> None:
    event, before = step.event, _present(step)
    assert isinstance(event, r.ListIssued)
    step.require(not before.batch, "decision-under-way")
    for level in step.rules.approval:
        given = set(before.approvals.get(level.code, ()))
        agreed = len(given & set(level.approvers))
        told = {"level": level.code, "count": str(agreed), "needed": str(level.needed)}
        step.require(agreed >= level.needed and level.code in before.passed, "level-not-passed", **told)
    # A list of items that objections held goes on after the last place given.
    first = len(before.places) + 1
    places = {number: place for place, number in enumerate(_standing(before), start=first)}
    told = {"stated": ", ".join(event.places), "found": ", ".join(places)}
    step.require(event.places == places, "places-differ", **told)
    for number in places:
        item = step.record.applications[number]
        step.require(item.stage is Stage.CLEARED, "notice-not-passed", application=number)


def _objected(step: Step) -> None:
    event = step.event
    assert isinstance(event, a.ObjectionRaised)
    told = {"objection": event.objection}
    step.require(event.objection not in step.before.objections, "objection-raised-twice", **told)
    step.require(event.objector == step.leaf.actor.person, "not-the-objector", **told)


def _examined(step: Step) -> None:
    event = step.event
    assert isinstance(event, a.ExaminersAppointed)
    step.require(
        event.objection in step.before.open_objections, "no-open-objection", objection=event.objection
    )
    step.require(bool(event.examiners), "nobody-examined", objection=event.objection)


def _settled(step: Step) -> None:
    event = step.event
    assert isinstance(event, a.ObjectionSettled)
    found = step.before.open_objections.get(event.objection)
    step.require(found is not None, "no-open-objection", objection=event.objection)
    examiners = found.examiners if found else ()
    step.require(step.leaf.actor.person in examiners, "nobody-examined", objection=event.objection)


def _removed(step: Step) -> None:
    event, before = step.event, step.before
    assert isinstance(event, a.ItemRemoved)
    found = before.objections.get(event.objection)
    step.require(found is not None and found.outcome == "upheld", "not-upheld", objection=event.objection)


def _held(step: Step) -> None:
    step.require(bool(step.before.open_objections), "held-without-objection")


def _passed(step: Step) -> None:
    before: ApplicationState = step.before
    for key in before.open_objections:
        raise step.differs("objection-open", objection=key)
    for key, item in before.objections.items():
        step.require(item.outcome != "upheld", "upheld-yet-passed", objection=key)
