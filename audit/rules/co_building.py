"""Co-builders' confirmations: by whom the unit employs, of the version in force, in time, and who was asked for them.

Written down a second time, apart from the core: what a confirmation is for, and when it ends (docs/rules.md, A9).
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from audit.bundle.register import Register
from audit.bundle.unit_spelling import spell, spell_units
from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, Step
from audit.rules.rule_runner import EntryRule, Rule, require_register
from audit.rules.times import refuse_late
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.stages import Stage

WRITTEN_TO = 5
"""How many people of one unit are asked."""
MISSING = "co-builder-unconfirmed"


class CoBuildersConfirmed(EntryRule):
    """The claim that each co-builder's confirmation is its own, and that none counts for what it was not given for.

    What each unit confirmed is kept here, not read off the folded state.
    """

    code = "co-builders-confirmed"
    looks_at: frozenset[type[Event]] | None = frozenset(
        {a.ApplicationSubmitted, a.ApplicationMended, a.SentBack, a.CoBuildingConfirmed, a.CheckPassed}
    )

    def __init__(self) -> None:
        self._given: dict[str, dict[str, str]] = {}
        self._until: dict[str, datetime] = {}

    def see(self, step: Step) -> int:
        """Look at one entry of an application."""
        found = step.of(ApplicationState)
        if isinstance(step.event, a.ApplicationSubmitted | a.ApplicationMended):
            self._check_team(found, step.event)
        match step.event:
            case a.ApplicationSubmitted():
                return self._renew(found, step.in_force("submission"), fresh=asks_anew(found))
            case a.ApplicationMended():
                until = step.end_in_force("mend", found.before.until)
                return self._renew(found, until, fresh=asks_anew(found))
            case a.SentBack():
                return self._ask(found, self._list_missing(found), step.event.until)
            case a.CoBuildingConfirmed():
                return self._confirm(found)
            case a.CheckPassed():
                ruled = MISSING in step.event.rulings or not self._list_missing(found)
                step.require(ruled, "unconfirmed-passed", application=found.before.number)
        return 0

    def _check_team(self, step: ApplicationStep, event: a.ApplicationSubmitted | a.ApplicationMended) -> None:
        """Compare whom of the team a unit of the version employs with the register."""
        if not event.submission.team:
            step.require(not event.team_units, "team-differs", application=step.after.number)
            return
        register, size = (
            require_register(step.record.register, step.leaf, step.point),
            step.leaf.register_size,
        )
        known = {person: register.person(person, size) for person in event.submission.team}
        employed = {person: spell(fact.employer) for person, fact in known.items() if fact is not None}
        units = spell_units(event.submission)
        right = {person: unit for person, unit in employed.items() if unit in units}
        step.require(event.team_units == right, "team-differs", application=step.after.number)

    def _renew(self, step: ApplicationStep, until: datetime, *, fresh: bool) -> int:
        if fresh:
            self._given[step.after.number] = {}
        return self._ask(step, _partners(step.after) if fresh else (), until)

    def _ask(self, step: ApplicationStep, units: tuple[str, ...], until: datetime) -> int:
        """Compare who was asked with the register, and until when with the deadline."""
        assert isinstance(step.event, a.ApplicationSubmitted | a.ApplicationMended | a.SentBack)
        asked = step.event.asked
        if not units:
            step.require(asked is None, "asked-differs", application=step.after.number)
            return 0
        self._until[step.after.number] = until
        register = require_register(step.record.register, step.leaf, step.point)
        known = list_employed_applicants(register, units, step.leaf.register_size)
        hosts = step.after.agent
        people = {
            unit: tuple(name for name in known.get(unit, ()) if name != hosts)[:WRITTEN_TO] for unit in units
        }
        right = asked is not None and asked.people == people and asked.until == until
        step.require(right, "asked-differs", application=step.after.number)
        return len(units)

    def _confirm(self, step: ApplicationStep) -> int:
        event, before, person = step.event, step.before, step.leaf.actor.person
        assert isinstance(event, a.CoBuildingConfirmed)
        given = self._given.setdefault(before.number, {})
        params = {"unit": event.co_builder, "person": person, "application": before.number}
        step.require(event.co_builder in _partners(before), "no-co-builder", **params)
        step.require(person != before.agent and person not in given.values(), "confirms-for-two", **params)
        step.require(
            event.co_builder not in given and event.revision == before.revision,
            "version-not-confirmed",
            **params,
        )
        if before.sent_back:
            refuse_late(step, "mend", step.end_in_force("mend", self._until[before.number]))
        else:
            refuse_late(step, "submission", step.in_force("submission"))
        given[event.co_builder] = person
        register = require_register(step.record.register, step.leaf, step.point)
        fact = register.person(person, step.leaf.register_size)
        own = (
            fact is not None
            and fact.holds(Role.APPLICANT)
            and spell(fact.employer) == spell(event.co_builder) != ""
        )
        step.require(own, "not-its-own", **params)
        return 1

    def _list_missing(self, step: ApplicationStep) -> tuple[str, ...]:
        given = self._given.get(step.before.number, {})
        return tuple(unit for unit in _partners(step.before) if unit not in given)


def list_employed_applicants(
    register: Register, employers: Iterable[str], size: int
) -> dict[str, tuple[str, ...]]:
    """Return by employer those who could act for it as applicants after the register's first `size` entries."""
    wanted = sorted(set(employers))
    known = [
        (spell(fact.employer), fact.person) for fact in register.everyone(size) if fact.holds(Role.APPLICANT)
    ]
    found = {unit: tuple(sorted(person for at, person in known if at == spell(unit))) for unit in wanted}
    return {unit: people for unit, people in found.items() if people}


def _partners(state: ApplicationState) -> tuple[str, ...]:
    submission = state.submission
    return tuple(sorted(unit.code for unit in submission.co_builders)) if submission else ()


def asks_anew(step: ApplicationStep) -> bool:
    """Tell whether a version asks for new confirmations: other units or agreement, or the first since a withdrawal."""
    before, after = step.before.submission, step.after.submission
    assert after is not None
    if before is None or step.before.stage is Stage.WITHDRAWN:
        return True
    same: tuple[Callable[[a.Submission], object], ...] = (
        lambda version: version.host,
        lambda version: sorted(version.co_builders, key=lambda unit: unit.code),
        lambda version: version.agreement,
    )
    return any(of(before) != of(after) for of in same)


def co_building_rules() -> tuple[Rule, ...]:
    """Return the rule about co-builders."""
    return (CoBuildersConfirmed(),)


CLAIMS: Sentences = {
    "co-builders-confirmed": (
        "Every confirmation of a co-builder came in time, from somebody whom it employs, for the units and agreement"
        " in force; where one was missing, an officer ruled on it.",
        "共建单位的确认均由本单位人员按期作出，且针对当时有效的申报单位和共建协议；缺少确认的，均由经办人员裁定。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "asked-differs": (
        "Those who were asked to confirm application {application}, or until when, are not those whom the register"
        " and the deadlines give.",
        "申报 {application} 被请求确认的人员或期限与登记及有效期限不符。",
    ),
    "confirms-for-two": (
        "{person} confirmed for {unit} in application {application}, and acts for another unit of it.",
        "{person} 在申报 {application} 中代 {unit} 确认，同时又代表该申报的其他单位。",
    ),
    "no-co-builder": (
        "{unit} is no co-builder of application {application}.",
        "{unit} 不是申报 {application} 的共建单位。",
    ),
    "not-its-own": (
        "{person} confirmed for {unit} in application {application}, and was not registered as its applicant.",
        "{person} 在申报 {application} 中代 {unit} 确认，但登记中并非该单位的申报经办人。",
    ),
    "team-differs": (
        "Those of the team of application {application} whom a unit of it employs are not those of the register.",
        "申报 {application} 的团队中由申报单位雇用的人员与登记不符。",
    ),
    "unconfirmed-passed": (
        "Application {application} passed the check without a co-builder's confirmation and without a ruling on it.",
        "申报 {application} 缺少共建单位确认，且未经裁定即通过审查。",
    ),
    "version-not-confirmed": (
        "The confirmation by {unit} in application {application} is not of the version in force, or a second one.",
        "{unit} 对申报 {application} 的确认并非针对有效版本，或为重复确认。",
    ),
}
"""What can be found instead."""
