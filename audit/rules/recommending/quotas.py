"""Quotas: at no point of the log do more recommendations of a unit stand than its route has places."""

from audit.claims import Difference, Sentences
from audit.rules.causes import UNHEARD, UNSETTLED
from audit.rules.fold import ApplicationStep, ListStep, Record, Step
from audit.rules.rule_runner import Rule
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.recommendation import events as r
from selection.recommendation.state import ListState


class QuotasKept:
    """The claim about quotas, routes and regions; the rules in force are asked, never what an event says."""

    code = "quotas-kept"

    def __init__(self) -> None:
        self._accepted_at: dict[str, str] = {}

    @property
    def looks_at(self) -> frozenset[type[Event]] | None:
        """Whatever puts an application onto a list or tells it so."""
        return frozenset({r.ApplicationRecommended, r.RecommendationsRanked, a.RecommendationTaken})

    def see(self, step: Step) -> int:
        """Count the unit's standing recommendations, and compare the application's word with the list."""
        match step.event:
            case r.ApplicationRecommended():
                _check_recommended(step.of(ListState), step.event)
            case r.RecommendationsRanked():
                before = step.of(ListState).before
                listed = sorted(item.application for item in before.listed)
                step.require(sorted(step.event.order) == listed, "ranking-differs", unit=before.unit)
            case a.RecommendationTaken():
                own = step.of(ApplicationState)
                _check_acceptance(own, step.event)
                self._accepted_at[own.after.number] = step.point
            case _:
                raise TypeError(step.leaf.type)
        return 1

    def close(self, record: Record) -> int:
        """See that every application that passed the check stands on its unit's list, unless all apply directly.

        Until then a withdrawal may still be on its way to it; one that failed or was cancelled no longer hears of it.
        """
        if record.round.sealed is not None and not record.round.sealed.stages.recommendation:
            return 0
        for number, item in record.applications.items():
            if item.stage in UNSETTLED or item.outcome in UNHEARD:
                continue
            entry = record.lists[item.unit].entry(number) if item.unit in record.lists else None
            if entry is None:
                point = self._accepted_at.get(number, f"{record.round_id}#0")
                raise Difference(point, "not-on-the-list", unit=item.unit or "-", application=number)
        return 0


def _check_recommended(step: ListStep, event: r.ApplicationRecommended) -> None:
    after = step.after
    quota = step.rules.quota_of(after.unit)
    place = {"unit": after.unit, "quota": str(quota)}
    step.require(event.unit == after.unit, "quota-differs", stated=str(event.quota), **place)
    step.require(event.quota == quota, "quota-differs", stated=str(event.quota), **place)
    step.require(len(after.listed) <= quota, "quota-exceeded", count=str(len(after.listed)), **place)
    numbers = [item.application for item in after.listed]
    step.require(len(set(numbers)) == len(numbers), "listed-twice", application=event.application, **place)


def _check_acceptance(step: ApplicationStep, event: a.RecommendationTaken) -> None:
    before, number = step.before, step.after.number
    place = {"unit": event.unit, "application": number}
    unit = step.rules.recommender(event.unit)
    found = step.record.lists.get(event.unit)
    entry = found.entry(number) if found else None
    listed = entry is not None and (entry.revision, entry.agent) == (event.revision, event.agent)
    step.require(listed, "not-on-the-list", **place)
    step.require(before.unit in ("", event.unit), "two-routes", **place)
    step.require(event.revision == before.revision, "other-version", **place)
    region = unit.region if unit else None
    assert before.submission is not None
    step.require(region in (None, before.submission.region), "other-region", **place)


def quota_rules() -> tuple[Rule, ...]:
    """Return the rule about quotas."""
    return (QuotasKept(),)


CLAIMS: Sentences = {
    "quotas-kept": (
        "No unit ever had more standing recommendations than the rules gave it, on one route and in its region.",
        "各推荐单位有效推荐数始终未超过规则所定的名额，且一项申报只走一个渠道、不跨地区。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "listed-twice": ("{unit} lists application {application} twice.", "{unit} 重复推荐申报 {application}。"),
    "not-on-the-list": (
        "Application {application} counts as recommended by {unit}, whose list does not hold it.",
        "申报 {application} 被计为由 {unit} 推荐，但其推荐名单中没有该项。",
    ),
    "other-region": (
        "{unit} may not recommend application {application}: it is of another region.",
        "{unit} 不得推荐其他地区的申报 {application}。",
    ),
    "other-version": (
        "{unit} recommended another version of application {application}.",
        "{unit} 推荐的并非申报 {application} 的当前版本。",
    ),
    "quota-differs": (
        "The entry states a quota of {stated} for {unit}; the rules give {quota}.",
        "条目载明 {unit} 名额为 {stated}，而规则为 {quota}。",
    ),
    "quota-exceeded": (
        "{unit} has {count:standing recommendation|standing recommendations}; its quota is {quota}.",
        "{unit} 有效推荐 {count} 项，名额为 {quota}。",
    ),
    "ranking-differs": (
        "The ranking of {unit} is not one of what it lists.",
        "{unit} 的排序与其推荐名单不符。",
    ),
    "two-routes": (
        "Application {application} was recommended by another unit before {unit}.",
        "申报 {application} 在 {unit} 之前已由其他单位推荐。",
    ),
}
"""What can be found instead."""
