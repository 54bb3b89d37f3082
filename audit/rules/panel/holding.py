"""Which reports of conflicts hold an application, and how many of them one person has open.

Who has a part in an application is read off its seats, teams and hands here, apart from the core's own words.
"""

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, Step
from audit.rules.rule_runner import EntryRule, Rule
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.stages import Stage

SITTING = ("invited", "accepted", "submitted")
IN_POSTS = ("officer", "supervisor", "surveyor", "examiner")


def list_holding(state: ApplicationState) -> list[str]:
    """Return the open reports that hold an application: of whom has a part in it."""
    waiting = state.open_reports
    people = _list_parts(state) if waiting else set[str]()
    return [name for name, report in waiting.items() if report.expert in people]


def _list_parts(state: ApplicationState) -> set[str]:
    """Return who sits on the panel, is on the team, examines, decides on a request, or acted in a post."""
    sits = not state.ended or state.fresh_panel != ""
    panel = (seat.expert for seat in state.seats if sits and seat.status in SITTING)
    examining = (
        person for item in state.objections.values() if not item.outcome for person in item.examiners
    )
    deciding = (person for item in state.requests.values() if not item.outcome for person in item.deciders)
    acted = (person for duty in IN_POSTS for person in state.hands.get(duty, ()))
    return {*panel, *state.team, *examining, *deciding, *acted}


class ReportsBounded(EntryRule):
    """The claim about reports. It keeps of each panel that is complete, but for reports, the act that left it so."""

    code = "reports-bounded"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._acts: dict[str, tuple[str, bool]] = {}

    def see(self, step: Step) -> int:
        """Count who reports, and see that no panel stands still for a report that holds nothing."""
        if not isinstance(step.after, ApplicationState) or not step.after.reports:
            return 0
        own, stream, act = step.of(ApplicationState), step.leaf.stream, str(step.leaf.data["command_id"])
        last, stands_still = self._acts.get(stream, (act, False))
        # What follows from an act stands beside it, under one id.
        step.require(last == act or not stands_still, "held-without-part", application=own.after.number)
        self._acts[stream] = act, _stands_still(own)
        if isinstance(own.event, a.ConflictReported) and not own.event.tie:
            _check_count(own)
        return int(isinstance(own.event, a.ConflictReported))


def _stands_still(step: ApplicationStep) -> bool:
    """Tell whether a panel has all that a score needs, but for reports, and none of these holds it."""
    state = step.after
    if state.stage is not Stage.REVIEW or state.score is not None or not state.open_reports:
        return False
    wanted = min(step.terms.panel.min_valid, state.fewer or step.terms.panel.min_valid)
    valid = sum(not item.void for item in state.reviews)
    awaited = any(seat.status in ("invited", "accepted") for seat in state.seats)
    return not awaited and valid >= wanted and not list_holding(state)


def _check_count(step: ApplicationStep) -> None:
    """Raise Difference where somebody, or whom they stand in for, has more reports open than the rules let."""
    actor = step.leaf.actor
    people = {actor.person, actor.behalf} - {""}
    written = (item for item in step.after.open_reports.values() if not item.bound_by and not item.tie)
    count = sum(not people.isdisjoint((item.reporter, item.behalf)) for item in written)
    limit = step.terms.recusal.open_reports
    step.require(count <= limit, "too-many-reports", person=actor.person, count=str(count))


def holding_rules() -> tuple[Rule, ...]:
    """Return the rule about what reports hold."""
    return (ReportsBounded(),)


CLAIMS: Sentences = {
    "reports-bounded": (
        "Nobody had more reports of conflicts open on an application than the rules let, and a report about somebody"
        " without a part in it held no score.",
        "任何人就同一申报待裁定的利益冲突报告均未超过规则上限；针对与该申报无关人员的报告均未延误评审得分。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "too-many-reports": (
        "{person} had {count:report|reports} open on one application, more than the rules let.",
        "{person} 就同一申报有 {count} 份待裁定报告，超过规则上限。",
    ),
    "held-without-part": (
        "Application {application} had all that a score needs, and only reports about people without a part in it"
        " were open, but no score was fixed.",
        "申报 {application} 已具备确定得分的条件，待裁定的报告均针对与其无关的人员，却未确定得分。",
    ),
}
"""What can be found instead."""
