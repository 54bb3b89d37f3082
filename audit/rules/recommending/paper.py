"""What was recommended on paper: sent in time by an agent of the unit, entered with evidence while it was awaited."""

from datetime import timedelta

from audit.claims import Sentences
from audit.rules.fold import ListStep, Step
from audit.rules.rule_runner import Checks, EachEvent, Rule, checks_of, require_register
from selection.kernel.actor import Role
from selection.kernel.day_clock import day_of, end_of_day
from selection.recommendation import events as n
from selection.recommendation.state import ListState


def paper_rules() -> tuple[Rule, ...]:
    """Return the rule about what came on paper."""
    return (EachEvent("paper-in-time", CHECKS),)


def _check_recommended(step: ListStep) -> None:
    event = step.event
    assert isinstance(event, n.ApplicationRecommended)
    by_officer = step.leaf.actor.role is Role.OFFICER
    step.require(by_officer == (event.sent is not None), "paper-unmarked", application=event.application)
    if event.sent is not None:
        _check_paper(step, event)


def _check_paper(step: ListStep, event: n.ApplicationRecommended) -> None:
    assert event.sent is not None
    told = {"application": event.application, "unit": step.after.unit, "sent": event.sent.isoformat()}
    clock, deadline, days = step.rules.clock, step.in_force("recommendation"), step.rules.days.paper
    last = day_of(clock, deadline) - timedelta(days=1)
    step.require(event.sent <= last and event.sent <= day_of(clock, step.leaf.at), "sent-late", **told)
    in_time = days > 0 and step.leaf.at < end_of_day(clock, last + timedelta(days=days))
    step.require(in_time, "paper-not-awaited", **told)
    step.require(event.evidence != (), "paper-unproven", **told)
    register = require_register(step.record.register, step.leaf, step.point)
    fact = register.person(event.agent, step.leaf.register_size)
    agent = fact is not None and fact.holds(Role.RECOMMENDER, step.after.unit)
    step.require(agent, "paper-of-a-stranger", person=event.agent, **told)


def is_on_paper(step: Step) -> bool:
    """Tell whether an entry is of what came on paper, and so may come after the deadline."""
    return isinstance(step.event, n.ApplicationRecommended) and step.event.sent is not None


CHECKS: Checks = checks_of(ListState, {n.ApplicationRecommended: _check_recommended})

CLAIMS: Sentences = {
    "paper-in-time": (
        "What counts as recommended on paper was signed by an agent of the unit, sent by the deadline's last day, and "
        "entered with its evidence by officers while the sealed rules waited for it.",
        "凡计为纸质推荐的，均由推荐单位经办人签署、在截止日当日或之前寄出，并在所封存规则的等候期内由经办人员附凭证录入。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
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
    "sent-late": (
        "The recommendation of application {application} by {unit} was sent on {sent}: after the deadline, or after it "
        "was entered.",
        "{unit} 对申报 {application} 的推荐于 {sent} 寄出，晚于期限或晚于录入之日。",
    ),
}
"""What can be found instead."""
