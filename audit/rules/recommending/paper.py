"""What was recommended on paper: sent in time by an agent of the unit, entered with evidence while it was awaited.

It recommends what was there, and never against a later word of the unit. No panel is drawn before units had their say.
"""

from datetime import date, datetime, timedelta

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, ListStep, RoundStep, Step
from audit.rules.rule_runner import EntryRule, Rule, require_register
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.day_clock import day_of, end_of_day
from selection.recommendation import events as n
from selection.recommendation.state import ListState
from selection.round import events as r
from selection.round.state import RoundState


class PaperInTime(EntryRule):
    """The claim about what came on paper. It keeps when versions came in, and what units took off their lists."""

    code = "paper-in-time"

    def __init__(self) -> None:
        self._came_in: dict[str, datetime] = {}
        self._sent: dict[tuple[str, str], date | None] = {}
        self._withdrawn: dict[tuple[str, str], datetime] = {}

    @property
    def looks_at(self) -> frozenset[type[Event]] | None:
        """What lists record, and what applications and draws do with it."""
        entries = (n.ApplicationRecommended, n.RecommendationWithdrawn)
        return frozenset({*entries, a.ApplicationSubmitted, a.RecommendationTaken, r.DrawCommitted})

    def see(self, step: Step) -> int:
        """Note what came in and what was taken off; judge what was recommended, and what is drawn."""
        match step.event:
            case a.ApplicationSubmitted():
                self._came_in[step.of(ApplicationState).after.number] = step.leaf.at
            case n.RecommendationWithdrawn(application=number):
                self._withdrawn[step.of(ListState).after.unit, number] = step.leaf.at
            case n.ApplicationRecommended():
                self._check_recommended(step.of(ListState), step.event)
                return 1
            case a.RecommendationTaken():
                self._check_acceptance(step.of(ApplicationState), step.event)
            case r.DrawCommitted():
                _check_drawn(step.of(RoundState))
            case _:
                raise TypeError(step.leaf.type)
        return 0

    def _check_recommended(self, step: ListStep, event: n.ApplicationRecommended) -> None:
        by_officer = step.leaf.actor.role is Role.OFFICER
        step.require(by_officer == (event.sent is not None), "paper-unmarked", application=event.application)
        key = step.after.unit, event.application
        self._sent[key] = event.sent
        if event.sent is None:
            return
        _check_paper(step, event)
        if (at := self._withdrawn.get(key)) is not None:
            later = event.sent > day_of(step.rules.clock, at)
            params = {"application": event.application, "unit": key[0], "sent": event.sent.isoformat()}
            step.require(later, "paper-withdrawn", day=day_of(step.rules.clock, at).isoformat(), **params)

    def _check_acceptance(self, step: ApplicationStep, event: a.RecommendationTaken) -> None:
        number = step.after.number
        sent, came_in = self._sent.get((event.unit, number)), self._came_in.get(number)
        if sent is not None and came_in is not None:
            day = day_of(step.rules.clock, came_in)
            params = {"application": number, "unit": event.unit, "sent": sent.isoformat()}
            step.require(sent >= day, "paper-before-version", day=day.isoformat(), **params)


def paper_rules() -> tuple[Rule, ...]:
    """Return the rule about what came on paper."""
    return (PaperInTime(),)


def _check_drawn(step: RoundStep) -> None:
    if step.rules.days.paper and step.rules.stages.recommendation:
        last = day_of(step.rules.clock, step.in_force("recommendation")) - timedelta(days=1)
        until = end_of_day(step.rules.clock, last + timedelta(days=step.rules.days.paper))
        step.require(step.leaf.at >= until, "draw-before-paper", until=until.isoformat())


def _check_paper(step: ListStep, event: n.ApplicationRecommended) -> None:
    assert event.sent is not None
    params = {"application": event.application, "unit": step.after.unit, "sent": event.sent.isoformat()}
    clock, deadline, days = step.rules.clock, step.in_force("recommendation"), step.rules.days.paper
    last = day_of(clock, deadline) - timedelta(days=1)
    step.require(event.sent <= last and event.sent <= day_of(clock, step.leaf.at), "sent-late", **params)
    in_time = days > 0 and step.leaf.at < end_of_day(clock, last + timedelta(days=days))
    step.require(in_time, "paper-not-awaited", **params)
    step.require(event.evidence != (), "paper-unproven", **params)
    register = require_register(step.record.register, step.leaf, step.point)
    fact = register.person(event.agent, step.leaf.register_size)
    agent = fact is not None and fact.holds(Role.RECOMMENDER, step.after.unit)
    step.require(agent, "paper-of-a-stranger", person=event.agent, **params)


def is_on_paper(step: Step) -> bool:
    """Tell whether an entry is of what came on paper, and so may come after the deadline."""
    return isinstance(step.event, n.ApplicationRecommended) and step.event.sent is not None


CLAIMS: Sentences = {
    "paper-in-time": (
        "What counts as recommended on paper was signed by an agent of the unit, sent by the deadline's last day and "
        "after all that the unit took back and the version itself, and entered with its evidence by officers while "
        "the sealed rules waited for it; no panel was drawn before.",
        "凡计为纸质推荐的，均由推荐单位经办人签署，在截止日当日或之前、且在该版本提交和单位撤回推荐之后寄出，"
        "并在所封存规则的等候期内由经办人员附凭证录入；此前未抽取专家。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "draw-before-paper": (
        "A draw was committed before {until}, while lists were open for paper.",
        "在 {until} 之前、名单仍等候纸质推荐时，已固定抽取。",
    ),
    "paper-before-version": (
        "{unit} recommended application {application} on paper sent on {sent}, but that version came in on {day}.",
        "{unit} 于 {sent} 寄出对申报 {application} 的纸质推荐，而该版本于 {day} 才提交。",
    ),
    "paper-not-awaited": (
        "The recommendation of application {application} by {unit}, sent on {sent}, was entered when the rules no "
        "longer waited for paper, or never did.",
        "{unit} 对申报 {application} 的推荐（{sent} 寄出）录入时，规则已不再或从未等候纸质推荐。",
    ),
    "paper-of-a-stranger": (
        "{person}, said to have recommended application {application} on paper on {sent}, was no agent of {unit}.",
        "据称于 {sent} 纸质推荐申报 {application} 的 {person} 并非 {unit} 的经办人。",
    ),
    "paper-unmarked": (
        "An officer put application {application} on a list without saying that it came on paper, or a unit's "
        "agent did, saying so.",
        "经办人员将申报 {application} 列入名单而未注明纸质推荐，或推荐单位经办人自行注明。",
    ),
    "paper-unproven": (
        "The recommendation of application {application} by {unit}, sent on {sent}, has no evidence.",
        "{unit} 对申报 {application} 的推荐（{sent} 寄出）没有凭证。",
    ),
    "paper-withdrawn": (
        "The recommendation of application {application} by {unit} on paper, sent on {sent}, counted though the unit "
        "took it back on {day}.",
        "{unit} 对申报 {application} 的纸质推荐（{sent} 寄出）被计入，而该单位已于 {day} 撤回。",
    ),
    "sent-late": (
        "The recommendation of application {application} by {unit} was sent on {sent}: after the deadline, or after it "
        "was entered.",
        "{unit} 对申报 {application} 的推荐于 {sent} 寄出，晚于期限或晚于录入之日。",
    ),
}
"""What can be found instead."""
