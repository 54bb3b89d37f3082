"""The checks that span several values of the rules.

Each names the sections it reads, so that a file with a fault in one section still hears of those in the
others.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from selection.forms.definition import find_definition_faults
from selection.forms.form import Forms
from selection.kernel.named import Named
from selection.rules.faults import RulesFault
from selection.rules.ladder import UNDATED, Ladder
from selection.rules.public_numbers import Draws, Lottery
from selection.rules.sections import (
    ApprovalLevel,
    Calendar,
    Check,
    Criterion,
    Days,
    Panel,
    Recommender,
    Requests,
    Reversals,
    Route,
    Staff,
    Stages,
    Trim,
)

CODED_LISTS = (
    "fields",
    "regions",
    "excluded",
    "held_directions",
    "priorities",
    "routes",
    "recommenders",
    "criteria",
    "approval",
)


LEAST_OUTCOMES = 1_000_000
"""[D] In how many ways a lottery must be able to come out: of few, whoever seals the rules knows the numbers."""


def find_dated_kinds(ladder: Ladder | None) -> Iterator[RulesFault]:
    """Yield the kinds of tasks that the ladder gives days of their own though a date ends them: the days say nothing.

    A file that names one is faulty. Sealed rules are read, and decided on again, as ever: a kind may get a date later.
    """
    for kind in ladder.kinds if ladder is not None else ():
        if kind not in UNDATED:
            yield RulesFault(f"ladder.kinds.{kind}", "dated_kind")


def find_sealing_faults(draws: Draws) -> Iterator[RulesFault]:
    """Yield what keeps sound rules from being sealed; those that were sealed before are read as ever."""
    for index, source in enumerate(draws.sources):
        if isinstance(source, Lottery) and source.outcomes < LEAST_OUTCOMES:
            params = {"count": str(source.outcomes), "limit": str(LEAST_OUTCOMES)}
            yield RulesFault(f"draws.sources[{index}].balls", "too_few_outcomes", params)


def cross_faults(sections: Mapping[str, object]) -> tuple[RulesFault, ...]:
    """Return the faults between the valid sections given; a check that needs another section is left out."""
    found: list[RulesFault] = []
    for names, check in _CHECKS:
        if all(name in sections for name in names):
            found.extend(check(*(sections[name] for name in names)))
    return tuple(found)


def _duplicates(values: Iterable[str]) -> Iterator[int]:
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield index
        seen.add(value)


def _unique_codes(section: str) -> Callable[[tuple[Named, ...]], Iterator[RulesFault]]:
    def check(items: tuple[Named, ...]) -> Iterator[RulesFault]:
        for index in _duplicates(item.code for item in items):
            yield RulesFault(f"{section}[{index}].code", "duplicate_code")

    return check


def _dates_in_order(calendar: Calendar) -> Iterator[RulesFault]:
    names = [name for name in Calendar.model_fields if getattr(calendar, name) is not None]
    for earlier, later in pairwise(names):
        before, after = getattr(calendar, earlier), getattr(calendar, later)
        may_meet = later == "review_last"
        if after < before or (after == before and not may_meet):
            relation = ("on or after", "不早于") if may_meet else ("after", "晚于")
            params = {"relation": relation[0], "relation_zh": relation[1], "other": f"calendar.{earlier}"}
            yield RulesFault(f"calendar.{later}", "dates_out_of_order", params)


def _dates_of_stages(calendar: Calendar, stages: Stages) -> Iterator[RulesFault]:
    for name in ("recommendation", "survey", "appraisal"):
        dated, there = getattr(calendar, name) is not None, getattr(stages, name)
        if dated is not there:
            yield RulesFault(f"calendar.{name}", "missing" if there else "left_out")


def _require_recommenders(
    stages: Stages, routes: tuple[Route, ...], recommenders: tuple[Recommender, ...]
) -> Iterator[RulesFault]:
    for name, items in (("routes", routes), ("recommenders", recommenders)):
        if stages.recommendation and not items:
            yield RulesFault(name, "too_short", {"limit": "1"})
        elif items and not stages.recommendation:
            yield RulesFault(name, "left_out")


def _reminders_descend(days: Days) -> Iterator[RulesFault]:
    if list(days.reminders) != sorted(set(days.reminders), reverse=True):
        yield RulesFault("days.reminders", "not_descending")


def _ladder_climbs(ladder: Ladder | None) -> Iterator[RulesFault]:
    if ladder is None:
        return
    if list(ladder.after) != sorted(set(ladder.after)):
        yield RulesFault("ladder.after", "not_ascending")
    if ladder.supervisor < ladder.officer:
        yield RulesFault("ladder.supervisor", "before_the_officer")


def _check_recommenders(
    recommenders: tuple[Recommender, ...], routes: tuple[Route, ...], regions: tuple[Named, ...]
) -> Iterator[RulesFault]:
    by_code = {route.code: route for route in routes}
    known = {region.code for region in regions}
    for index, unit in enumerate(recommenders):
        route = by_code.get(unit.route)
        path = f"recommenders[{index}]"
        if route is None:
            yield RulesFault(f"{path}.route", "unknown_code", {"other": "routes"})
        elif route.regional and unit.region is None:
            yield RulesFault(f"{path}.region", "no_region")
        elif not route.regional and unit.region is not None:
            yield RulesFault(f"{path}.region", "region_on_unregional")
        if unit.region is not None and unit.region not in known:
            yield RulesFault(f"{path}.region", "unknown_code", {"other": "regions"})


def _weights_sum(criteria: tuple[Criterion, ...], full_marks: Decimal) -> Iterator[RulesFault]:
    if sum((criterion.weight for criterion in criteria), Decimal(0)) != full_marks:
        yield RulesFault("criteria", "weights_off", {"full": f"{full_marks.normalize():f}"})


def _steps_divide(criteria: tuple[Criterion, ...], score_step: Decimal) -> Iterator[RulesFault]:
    for index, criterion in enumerate(criteria):
        if criterion.top % score_step:
            name = "weight" if criterion.scale is None else "scale"
            yield RulesFault(f"criteria[{index}].{name}", "step_does_not_divide")


def _check_tie_break(criteria: tuple[Criterion, ...], tie_break: str) -> Iterator[RulesFault]:
    if tie_break not in {criterion.code for criterion in criteria}:
        yield RulesFault("tie_break", "unknown_code", {"other": "criteria"})


def _valid_within_seats(panel: Panel) -> Iterator[RulesFault]:
    if panel.min_valid > panel.seats:
        yield RulesFault("panel.min_valid", "valid_above_seats")


def _trim_leaves_some(trim: Trim) -> Iterator[RulesFault]:
    if trim.from_valid <= 2 * trim.drop:
        yield RulesFault("trim.drop", "trim_leaves_nothing")


def _languages_once(languages: tuple[str, ...]) -> Iterator[RulesFault]:
    for index in _duplicates(languages):
        yield RulesFault(f"languages[{index}]", "duplicate_language")


def _grounds_named_once(check: Check) -> Iterator[RulesFault]:
    for index in _duplicates(ground.code for ground in check.grounds):
        yield RulesFault(f"check.grounds[{index}].code", "duplicate_code")


def _requests_named_once(requests: Requests) -> Iterator[RulesFault]:
    lists = {"grounds": requests.grounds, "remedies": requests.remedies, "after_panel": requests.after_panel}
    for section, items in lists.items():
        for index in _duplicates(item.code for item in items):
            yield RulesFault(f"requests.{section}[{index}].code", "duplicate_code")


def _check_reversals(reversals: Reversals) -> Iterator[RulesFault]:
    for index in _duplicates(reversals.agree):
        yield RulesFault(f"reversals.agree[{index}]", "duplicate_code")


def _levels_can_agree(approval: tuple[ApprovalLevel, ...]) -> Iterator[RulesFault]:
    for index, level in enumerate(approval):
        if level.needed > len(level.approvers):
            yield RulesFault(f"approval[{index}].needed", "needed_above_approvers")
        for place in _duplicates(level.approvers):
            yield RulesFault(f"approval[{index}].approvers[{place}]", "duplicate_person")


def _staff_named_once(staff: Staff) -> Iterator[RulesFault]:
    for role in Staff.model_fields:
        for place in _duplicates(getattr(staff, role)):
            yield RulesFault(f"staff.{role}[{place}]", "duplicate_person")


def _roles_apart(staff: Staff, approval: tuple[ApprovalLevel, ...]) -> Iterator[RulesFault]:
    """Officers, supervisors, auditors and the approvers of each level are different people.

    Never two that meet in one application (docs/rules.md, A2): all of these meet in every
    application of the round. Administrators only register people, so they clash with auditors alone, who
    change nothing.
    """
    posts = [(f"staff.{role}", getattr(staff, role)) for role in ("officers", "supervisors", "auditors")]
    posts += [(f"approval[{index}].approvers", level.approvers) for index, level in enumerate(approval)]
    holders = Counter(person for _, people in posts for person in set(people))
    for path, people in posts:
        for place, person in enumerate(people):
            if holders[person] > 1:
                yield RulesFault(f"{path}[{place}]", "clashing_roles")
    for place, person in enumerate(staff.admins):
        if person in staff.auditors:
            yield RulesFault(f"staff.admins[{place}]", "clashing_roles")


class _Lists(NamedTuple):
    fields: tuple[Named, ...]
    regions: tuple[Named, ...]
    priorities: tuple[Named, ...]


def _forms_sound(
    forms: Forms, fields: tuple[Named, ...], regions: tuple[Named, ...], priorities: tuple[Named, ...]
) -> Iterator[RulesFault]:
    for fault in find_definition_faults(forms, _Lists(fields, regions, priorities)):
        yield RulesFault(f"forms.{fault.path}", fault.code, fault.params)


_CHECKS: tuple[tuple[tuple[str, ...], Callable[..., Iterator[RulesFault]]], ...] = (
    *(((name,), _unique_codes(name)) for name in CODED_LISTS),
    (("calendar",), _dates_in_order),
    (("calendar", "stages"), _dates_of_stages),
    (("stages", "routes", "recommenders"), _require_recommenders),
    (("days",), _reminders_descend),
    (("ladder",), _ladder_climbs),
    (("recommenders", "routes", "regions"), _check_recommenders),
    (("criteria", "full_marks"), _weights_sum),
    (("criteria", "score_step"), _steps_divide),
    (("criteria", "tie_break"), _check_tie_break),
    (("panel",), _valid_within_seats),
    (("trim",), _trim_leaves_some),
    (("languages",), _languages_once),
    (("check",), _grounds_named_once),
    (("requests",), _requests_named_once),
    (("reversals",), _check_reversals),
    (("approval",), _levels_can_agree),
    (("staff",), _staff_named_once),
    (("staff", "approval"), _roles_apart),
    (("forms", "fields", "regions", "priorities"), _forms_sound),
)
