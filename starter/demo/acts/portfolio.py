"""How the demo's officer composes the proposal: best, most important, most needed, and every reason named.

Scores advise: the best of each field comes first, then the standing decides, but a field or a region that has
its share makes room for others. What deviates from the standing is given its reason.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from selection.decision.facts import Candidate
from selection.kernel.model import Frozen
from selection.round.approving.standing import find_deviating, number_of, order_candidates
from selection.rules.loading import RoundRules
from starter.demo.example import Reason

PER_FIELD = 2
PER_REGION = 2


class Portfolio(Frozen):
    """The chosen applications, best first, each with its reason, and the reasons of all deviations."""

    chosen: tuple[str, ...]
    reasons: dict[str, Reason]
    deviations: dict[str, Reason]


def compose(candidates: Iterable[Candidate], rules: RoundRules, places: int) -> Portfolio:
    """Return the proposal for the places."""
    ranking = order_candidates(tuple(candidates), rules)
    return justify(choose(ranking, places), ranking, rules)


def choose(ranking: Sequence[Candidate], places: int) -> list[str]:
    """Return the numbers that are proposed, in the order of the standing."""
    best_of_field: dict[str, Candidate] = {}
    for item in ranking:
        best_of_field.setdefault(item.field, item)
    chosen = list(best_of_field.values())[:places]
    fields = Counter(item.field for item in chosen)
    regions = Counter(item.region for item in chosen)
    for strict in (True, False):
        for item in ranking:
            crowded = fields[item.field] >= PER_FIELD or regions[item.region] >= PER_REGION
            if item in chosen or len(chosen) >= places or (strict and crowded):
                continue
            chosen.append(item)
            fields[item.field] += 1
            regions[item.region] += 1
    return [number_of(item) for item in ranking if item in chosen]


def justify(chosen: list[str], ranking: Sequence[Candidate], rules: RoundRules) -> Portfolio:
    """Return the proposal of these numbers with all reasons."""
    known = {number_of(item): item for item in ranking}
    places = {number: place for place, number in enumerate(known, start=1)}
    off_standing = find_deviating(chosen, tuple(ranking), rules)
    return Portfolio(
        chosen=tuple(chosen),
        reasons={number: _reason(known[number], places[number], chosen, known, rules) for number in chosen},
        deviations={
            number: _deviation(known[number], number in chosen, chosen, known, rules)
            for number in off_standing
        },
    )


def _reason(
    item: Candidate, place: int, chosen: list[str], known: dict[str, Candidate], rules: RoundRules
) -> Reason:
    english, chinese = _say_standing(item, place, len(known), rules)
    others = [known[number] for number in chosen if known[number] is not item]
    field = next(named for named in rules.fields if named.code == item.field)
    region = next(named for named in rules.regions if named.code == item.region)
    priority = next((named for named in rules.priorities if named.code == item.priority), None)
    if item.field not in {other.field for other in others}:
        english.append(f"the only one in {field.en}")
        chinese.append(f"{field.zh}领域唯一一项")
    if item.region not in {other.region for other in others}:
        english.append(f"the only one in {region.en}")
        chinese.append(f"{region.zh}唯一一项")
    if priority:
        english.append(f"target: {priority.en}")
        chinese.append(f"符合“{priority.zh}”")
    return Reason(en="; ".join(english), zh="；".join(chinese))


def _say_standing(item: Candidate, place: int, among: int, rules: RoundRules) -> tuple[list[str], list[str]]:
    if rules.stages.appraisal:
        return (
            [f"standing {place} of {among}, agreed score {item.agreed}"],
            [f"综合论证第 {place} 位（共 {among} 项），议定分 {item.agreed}"],
        )
    return (
        [f"standing {place} of {among}, score {item.score}"],
        [f"评审第 {place} 位（共 {among} 项），得分 {item.score}"],
    )


def _deviation(
    item: Candidate, is_chosen: bool, chosen: list[str], known: dict[str, Candidate], rules: RoundRules
) -> Reason:
    if is_chosen:
        return Reason(en="within the limits after weighing the need", zh="权衡布局需要后列入")
    same_field = sum(known[number].field == item.field for number in chosen)
    if same_field >= PER_FIELD:
        field = next(named for named in rules.fields if named.code == item.field)
        return Reason(
            en=f"{field.en} stands in the proposal {same_field} times; other fields are needed more",
            zh=f"{field.zh}领域已列入 {same_field} 项，其他领域更为急需",
        )
    region = next(named for named in rules.regions if named.code == item.region)
    return Reason(
        en=f"{region.en} has its share in the proposal; other regions are needed more",
        zh=f"{region.zh}布局已足，其他地区更为急需",
    )
