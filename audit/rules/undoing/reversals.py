"""Decisions that were reversed: by whom the rules name, of what fell with them, and made again by others.

Whose each decision is, who entered what, and how often is kept here off the entries alone.
"""

from collections.abc import Callable, Mapping

from audit.rules.causes import BEFORE_PROPOSAL
from audit.rules.fold import ApplicationStep, Step
from audit.rules.rule_runner import EntryRule, Rule
from audit.rules.undoing.falling import list_falling
from audit.rules.undoing.turns import ReversalNotes, check_left, check_own, check_turns
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage, Stage
from selection.round import events as r

DRAWING = (RoundStage.CHECKING, RoundStage.DRAWING, RoundStage.REVIEW, RoundStage.SHORTLISTING)
"""Until the shortlist a panel can be drawn for an application that comes back from its end."""


class DecisionsReversed(EntryRule):
    """The claim that reversals were agreed on, that what fell was named before, and that others decided again."""

    code = "decisions-reversed"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._kept: dict[str, ReversalNotes] = {}

    def see(self, step: Step) -> int:
        """Judge an entry by what was kept so far, then keep what it adds."""
        if step.is_refusal:
            return 0
        if isinstance(step.event, r.PublicNoticeOpened | r.ListIssued | r.ProposalReturned):
            self._check_round(step)
            return 1
        look = CHECKS.get(type(step.event))
        if look is None or not isinstance(step.before, ApplicationState):
            return 0
        kept = self._kept.setdefault(step.before.number, ReversalNotes())
        look(step.of(ApplicationState), kept)
        return 1

    def _check_round(self, step: Step) -> None:
        """Raise Difference where a list or a proposal passes over that something is decided again, or was not."""
        known = step.record.applications
        waiting = {number for number, item in known.items() if item.stage in BEFORE_PROPOSAL}
        numbers = ", ".join(sorted(waiting))
        if isinstance(step.event, r.PublicNoticeOpened):
            step.require(not waiting, "noticed-undecided", application=numbers)
            return
        if isinstance(step.event, r.ListIssued):
            step.require(not waiting, "issued-undecided", application=numbers)
            return
        assert isinstance(step.event, r.ProposalReturned)
        step.require(
            any(self._kept[number].counts for number in waiting if number in self._kept), "none-reversed"
        )
        before = step.record.round
        named = {item.application for item in (*before.items, *before.held)}
        found = named & waiting
        step.require(set(step.event.items) <= waiting, "returned-otherwise", items=", ".join(sorted(found)))


def _make(step: ApplicationStep, kept: ReversalNotes, name: str, was: str, people: frozenset[str]) -> None:
    """See that nobody decides again whose decision was reversed, and keep whose this one is."""
    again = people & kept.former.get(name, set())
    step.require(not again, "decided-again", person=", ".join(sorted(again)), decision=name)
    kept.made[name] = (was, people)
    kept.drop_entered(name)


def _check_made(step: ApplicationStep, kept: ReversalNotes) -> None:
    named: dict[type[Event], str] = {
        a.CheckPassed: "passed",
        a.CheckFailed: "failed",
        a.SentBack: "sent-back",
    }
    was = named[type(step.event)]
    if isinstance(step.event, a.SentBack):
        step.require(not step.before.seats, "mended-under-review")
    _make(step, kept, "check", was, frozenset(step.leaf.actor.people))


def _note_listed(step: ApplicationStep, kept: ReversalNotes) -> None:
    """Keep whether it goes on to the survey: of one that ended a fresh panel's review leads nowhere in the round."""
    kept.listed = isinstance(step.event, a.PlacedOnShortlist)
    event = step.event
    if isinstance(event, a.PlacedOnShortlist | a.LeftOffShortlist):
        if step.leaf.actor.role is not Role.SYSTEM:
            placed = "added" if kept.listed else "left-off"
            step.require(kept.placed not in ("", placed), "not-decided-again", decision="shortlist")
        kept.placed = ""
        if event.reason is not None:
            kept.made["shortlist"] = ("added" if kept.listed else "left-off", frozenset())


def _note_team(step: ApplicationStep, kept: ReversalNotes) -> None:
    assert isinstance(step.event, a.SurveyTeamAppointed)
    kept.team = frozenset(step.event.members)
    again = kept.team & kept.former.get("survey", set())
    step.require(not again, "decided-again", person=", ".join(sorted(again)), decision="survey")


def _note_surveyed(step: ApplicationStep, kept: ReversalNotes) -> None:
    _make(step, kept, "survey", "reported", kept.team | set(step.leaf.actor.people))


def _note_met(step: ApplicationStep, kept: ReversalNotes) -> None:
    kept.met = isinstance(step.event, a.AppraisalOpened)


def _note_appraised(step: ApplicationStep, kept: ReversalNotes) -> None:
    kept.made["appraisal"] = ("recorded", frozenset(step.leaf.actor.people))


def _note_ruled(step: ApplicationStep, kept: ReversalNotes) -> None:
    assert isinstance(step.event, a.ConflictRuled)
    was = "upheld" if step.event.upheld else "dismissed"
    _make(step, kept, f"conflict/{step.event.report}", was, frozenset(step.leaf.actor.people))


def _note_examined(step: ApplicationStep, kept: ReversalNotes) -> None:
    assert isinstance(step.event, a.ObjectionSettled)
    examined = step.before.objections[step.event.objection].examiners
    kept.made[f"objection/{step.event.objection}"] = (step.event.outcome, frozenset(examined))


def _check_objection(step: ApplicationStep, kept: ReversalNotes) -> None:
    """See that a ruling is reversed by all whom the rules name once the notice has passed by it, and waits again."""
    event = step.event
    assert isinstance(event, a.ObjectionReopened)
    name = f"objection/{event.objection}"
    if step.before.stage is not Stage.CLEARED and not step.before.ended:
        check_turns(step, kept, name)
        kept.by.update((name, person) for person in step.leaf.actor.people)
        kept.made.pop(name, None)
        kept.drop_entered(name)
        return
    _check_agreed(step, kept, name, event.was, event.void)
    waits = event.objection in step.after.open_objections and step.after.stage is Stage.HELD
    step.require(waits, "not-decided-again", decision=name)


def _check_entered(step: ApplicationStep, kept: ReversalNotes) -> None:
    event, actor, rules = step.event, step.leaf.actor, step.rules.reversals
    assert isinstance(event, a.ReversalEntered)
    of = event.report or event.objection
    name = f"{event.decision}/{of}" if of else event.decision
    was, people = kept.made.get(name, ("", frozenset[str]()))
    step.require(bool(was) and was == event.was, "none-to-reverse", decision=name)
    step.require(actor.role.value in rules.agree, "reversed-by-other", person=actor.person)
    check_own(step, kept, name, people)
    _check_resting(step, kept, event)
    check_turns(step, kept, name)
    check_left(step, kept, event, name)
    falling = list_falling(step, name, was, met=kept.met, made=kept.made)
    params = {"stated": ", ".join(event.void) or "-", "found": ", ".join(falling) or "-"}
    step.require(
        event.void == falling and event.stage == step.before.stage.value, "falls-otherwise", **params
    )
    kept.entered[name, actor.role.value] = (actor.people, (name, was, event.stage, event.void))


def _check_declined(step: ApplicationStep, kept: ReversalNotes) -> None:
    """See that another post had entered it, whose people are named, and that it is not declined by whose it was."""
    event, actor = step.event, step.leaf.actor
    assert isinstance(event, a.ReversalDeclined)
    of = event.report or event.objection
    name = f"{event.decision}/{of}" if of else event.decision
    others = {
        who: entry_made
        for (at, who), entry_made in kept.entered.items()
        if at == name and who != actor.role.value
    }
    entered = {people[0] for people, _ in others.values()}
    named = bool(entered) and entered == set(event.people) and actor.role.value in step.rules.reversals.agree
    step.require(named, "declined-otherwise", decision=name)
    check_own(step, kept, name, kept.made.get(name, ("", frozenset[str]()))[1])
    kept.drop_entered(name)


def _check_resting(step: ApplicationStep, kept: ReversalNotes, event: a.ReversalEntered) -> None:
    """Raise Difference where others are at work on what rests on the decision, or it is issued; or by a party."""
    before, around = step.before, step.record.round
    aside = {item.application for item in around.held} if event.decision == "conflict" else set()
    resting = around.stage is RoundStage.CANCELLED
    resting = resting or (around.stage is RoundStage.ISSUED and before.number not in aside)
    step.require(not resting, "reversed-too-late")
    if event.decision == "objection":
        removed = before.ended and before.outcome == "removed"
        stands = removed if event.was == "upheld" else before.stage is Stage.CLEARED
        step.require(around.stage is RoundStage.APPROVAL and stands, "reversed-beside-notice")
        if removed:
            known = {item.application for item in (*around.items, *around.held, *around.gone)}
            step.require(before.number in known and not around.issued, "reversed-beside-notice")
            return
    if event.was == "failed":
        open_ = kept.listed or (around.stage in DRAWING and not around.shortlist)
        step.require(before.ended and before.outcome == "ineligible" and open_, "reversed-after-panels")
        waits = any(
            not item.outcome or (item.remedy and not item.remedied) for item in before.requests.values()
        )
        step.require(not waits, "reversed-under-request")
    if event.decision == "conflict":
        report = before.reports[event.report]
        parties = {report.expert, report.reporter, report.behalf}
        party = parties.intersection(step.leaf.actor.people)
        step.require(not party, "reversed-by-party", person=step.leaf.actor.person)
        return
    step.require(not before.open_objections, "reversed-under-objection")
    working = event.decision == "check" and any(
        seat.status in ("invited", "accepted") for seat in before.seats
    )
    step.require(not working, "reversed-under-review")


def _check_agreed(
    step: ApplicationStep, kept: ReversalNotes, name: str, was: str, void: tuple[str, ...]
) -> None:
    """Raise Difference unless each post entered just this, by people of its own, and named whose decision it was."""
    entry = (name, was, step.before.stage.value, void)
    found = [kept.entered.get((name, role), ((), entry)) for role in step.rules.reversals.agree]
    each = [people for people, entry_made in found if people and entry_made == entry]
    agreed = {person for people in each for person in people}
    by_all = len(each) == len(set(step.rules.reversals.agree)) and len(agreed) == sum(map(len, each))
    step.require(by_all, "reversed-by-one", decision=name)
    event = step.event
    assert isinstance(event, a.DecisionReversed | a.ConflictReopened | a.ObjectionReopened)
    people = event.examiners if isinstance(event, a.ObjectionReopened) else event.people
    owned = set(people) == kept.made[name][1]
    step.require(owned, "not-whose-it-was", decision=name)
    kept.former.setdefault(name, set()).update(people)
    kept.counts[name] += 1
    kept.by.update((name, person) for person in agreed)
    kept.made.pop(name)
    kept.entered = {}


def _check_reversed(step: ApplicationStep, kept: ReversalNotes) -> None:
    event, before, after = step.event, step.before, step.after
    assert isinstance(event, a.DecisionReversed)
    _check_agreed(step, kept, event.decision, event.was, event.void)
    score_before = (before.score, before.reviews, before.seats, before.objections)
    step.require(score_before == (after.score, after.reviews, after.seats, after.objections), "score-lost")
    leads = {"shortlist": Stage.SCORED, "survey": Stage.SURVEY, "appraisal": Stage.APPRAISAL}.get(
        event.decision, Stage.CHECKING
    )
    step.require(after.stage is leads, "not-decided-again", decision=event.decision)
    if event.decision == "shortlist":
        kept.placed = event.was
        kept.made.pop("survey", None)
    if event.decision in ("shortlist", "survey", "appraisal"):
        kept.met = False
        kept.made.pop("appraisal", None)


def _check_reopened(step: ApplicationStep, kept: ReversalNotes) -> None:
    event = step.event
    assert isinstance(event, a.ConflictReopened)
    _check_agreed(step, kept, f"conflict/{event.report}", event.was, event.void)
    waits = event.report in step.after.open_reports
    step.require(waits, "not-decided-again", decision=f"conflict/{event.report}")


CHECKS: Mapping[type[Event], Callable[[ApplicationStep, ReversalNotes], None]] = {
    a.CheckPassed: _check_made,
    a.CheckFailed: _check_made,
    a.SentBack: _check_made,
    a.PlacedOnShortlist: _note_listed,
    a.LeftOffShortlist: _note_listed,
    a.FreshPanelOrdered: _note_listed,
    a.SurveyTeamAppointed: _note_team,
    a.SurveyReported: _note_surveyed,
    a.AppraisalOpened: _note_met,
    a.AppraisalRecorded: _note_appraised,
    a.ConflictRuled: _note_ruled,
    a.ReversalEntered: _check_entered,
    a.ReversalDeclined: _check_declined,
    a.DecisionReversed: _check_reversed,
    a.ConflictReopened: _check_reopened,
    a.ObjectionSettled: _note_examined,
    a.ObjectionReopened: _check_objection,
}


def reversal_rules() -> tuple[Rule, ...]:
    """Return the rule about decisions that were reversed."""
    return (DecisionsReversed(),)
