"""Conflicts found from data: each was there as it is told, and none was dismissed that nobody may dismiss.

And people whom an application itself named: few, by who hands it in, before there was a panel.
"""

from audit.claims import Difference, Sentences
from audit.rules.fold import ApplicationStep, Record, Step
from audit.rules.people.house import HouseMatters
from audit.rules.people.ties import Dismissals, Tie, Ties, name_tie, read_tie
from audit.rules.rule_runner import EntryRule, Rule, require_register
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.decision.reference import Decision
from selection.kernel.actor import Role
from selection.kernel.stages import Stage

OF_REGISTER = "installation"
BEFORE_PANELS = (Stage.CHECKING, Stage.MENDING, Stage.ELIGIBLE)
MOST_NAMED = 10


class FoundConflictsHold(EntryRule):
    """The claim about what the engine put before a supervisor, and what a supervisor dismissed of it."""

    code = "found-conflicts-hold"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._ties = Ties()
        self._dismissals = Dismissals()
        self._house = HouseMatters()
        self._named: dict[str, list[str]] = {}
        self._undisclosed: dict[str, tuple[str, tuple[str, ...]]] = {}

    def see(self, step: Step) -> int:
        """Compare what an entry tells of a conflict with the register and the bids."""
        if step.is_refusal or not isinstance(step.before, ApplicationState):
            return 0
        self._ties.note(step)
        openly = self._see_house(step, step.before.number)
        counted = 0
        if isinstance(step.event, a.ActivityChanged | a.SeatVacated):
            counted = self._see_activity(step, step.before.number, step.event)
        elif isinstance(step.event, a.ConflictFound):
            counted = self._see_found(step, step.before.number, step.event)
        elif isinstance(step.event, a.ConflictRuled) and not step.event.upheld:
            counted = self._see_dismissed(step, step.before.number, step.event)
        elif isinstance(step.event, a.ConflictReported):
            counted = self._see_named(step.of(ApplicationState), step.event)
        self._dismissals.note(step)
        self._house.note(step)
        return counted + openly

    def close(self, record: Record) -> int:
        """See that no dismissal of what the house binds stands at the end of the log without what tells everybody."""
        for number, (person, _) in self._undisclosed.items():
            point = f"{record.round_id}#{record.size - 1}"
            raise Difference(point, "house-undisclosed", person=person, application=number)
        return 0

    def _see_house(self, step: Step, number: str) -> int:
        """See that after each dismissal of what the house binds everybody is told so, and of nothing else."""
        due = self._undisclosed.pop(number, None)
        event = step.event
        stated = (event.person, event.units) if isinstance(event, a.HouseTieDismissed) else None
        person = (due or stated or ("",))[0]
        step.require(stated == due, "house-undisclosed", person=person, application=number)
        if isinstance(event, a.ConflictRuled) and not event.upheld:
            matter = self._house.find(step, number, event.report)
            if matter is not None:
                self._undisclosed[number] = (matter.person, tuple(sorted({tie.unit for tie in matter.ties})))
        return due is not None

    def _see_found(self, step: Step, number: str, event: a.ConflictFound) -> int:
        params = {"person": event.expert, "application": number}
        bound = set(self._ties.find(step, number, event.expert))
        shown = bool(event.bound_by) and {read_tie(item) for item in event.bound_by} <= bound
        step.require(shown, "conflict-not-shown", **params)
        if step.leaf.actor.role is Role.SYSTEM:
            _require_change(step, **params)
        return len(event.bound_by)

    def _see_activity(self, step: Step, number: str, event: a.ActivityChanged | a.SeatVacated) -> int:
        """See that who is told to be stopped by the register, or no longer, is just that."""
        if isinstance(event, a.ActivityChanged):
            person, active = event.person, event.standing == "active"
        elif event.why == "inactive":
            person, active = event.expert, False
        else:
            return 0
        params = {"person": person, "application": number}
        fact = require_register(step.record.register, step.leaf, step.point).person(
            person, step.leaf.register_size
        )
        step.require(fact is not None and fact.active is active, "standing-not-shown", **params)
        _require_change(step, **params)
        return 1

    def _see_named(self, step: ApplicationStep, event: a.ConflictReported) -> int:
        """See that whom an application names is told as that, and that a report of a panel's member is not."""
        before, actor = step.before, step.leaf.actor
        params = {"person": event.expert, "application": before.number}
        # A check that is made again has its panel already.
        early = before.stage in BEFORE_PANELS and not before.seats
        step.require(event.tie == ("project" if early else ""), "named-otherwise", **params)
        if not early:
            return 0
        named = self._named.setdefault(before.number, [])
        own = actor.role is Role.APPLICANT and actor.person == before.agent
        step.require(
            own and event.expert not in named and len(named) < MOST_NAMED, "named-otherwise", **params
        )
        named.append(event.expert)
        return 1

    def _see_dismissed(self, step: Step, number: str, event: a.ConflictRuled) -> int:
        person, ties = self._dismissals.found.get((number, event.report), ("", frozenset[Tie]()))
        if not ties:
            return 0
        may = step.terms.recusal.dismissible
        for tie in ties.intersection(self._ties.find(step, number, person)):
            step.require(name_tie(tie) in may, "dismissed-what-stands", person=person, application=number)
        return len(ties)


def _require_change(step: Step, **params: str) -> None:
    """Raise Difference unless the engine acted on an entry of the register that it had seen."""
    cause = Decision.parse(str(step.leaf.data["command_id"]))
    known = cause is not None and cause.stream == OF_REGISTER
    seen = cause is not None and cause.version <= step.leaf.register_size
    changed = cause is not None and step.record.register.change(cause.version) is not None
    step.require(known and seen and changed, "no-change-behind", **params)


def found_conflict_rules() -> tuple[Rule, ...]:
    """Return the rule about conflicts found from data."""
    return (FoundConflictsHold(),)


CLAIMS: Sentences = {
    "found-conflicts-hold": (
        "Every conflict found from data was there as it is told; none was dismissed that the rules let nobody dismiss;"
        " where one was by the organiser's own house, everybody may read so; whom an application named by a shared"
        " project, it named itself, before a panel and few of them. Whoever was told to act no more, or again, did so"
        " by the register.",
        "由数据发现的利益冲突均与当时数据相符；规则不得裁定不成立的，均未被裁定不成立；涉及组织单位本系统的均已公开；"
        "因合作项目申明的人员均由申报单位在组建专家组之前申明，且人数有限；所载停用或恢复均与登记相符。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "standing-not-shown": (
        "The register does not say of {person} what stands in application {application}: that they act no more, or"
        " again.",
        "申报 {application} 所载 {person} 停用或恢复的情况与登记不符。",
    ),
    "conflict-not-shown": (
        "Register and bids do not show of {person} what is told to bind them to application {application}.",
        "登记与申报信息并未显示 {person} 与申报 {application} 存在所载的利益关系。",
    ),
    "dismissed-what-stands": (
        "What binds {person} to application {application} was dismissed, which nobody may do while it holds.",
        "{person} 与申报 {application} 的利益关系依然存在且不得裁定不成立，却被裁定不成立。",
    ),
    "house-undisclosed": (
        "What binds {person} to application {application} by the organiser's own house was dismissed where nobody may "
        "read so, or the other way round.",
        "{person} 因组织单位本系统与申报 {application} 的关联被裁定不成立而未公开，或公开内容与裁定不符。",
    ),
    "named-otherwise": (
        "{person} was named in application {application} by others, too late, more than once or beyond the limit.",
        "就申报 {application} 申明 {person} 的，并非申报单位，或已逾期、重复或超出人数。",
    ),
    "no-change-behind": (
        "The engine told of {person} in application {application} what follows from no change of the register.",
        "系统就申报 {application} 载明 {person} 的利益冲突或停用情况，却无登记变更为据。",
    ),
}
"""What can be found instead."""
