"""One walk along a round's entries, which works out by itself what they say of scores, ranks, choices and the list."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from audit.outcome.cases import PROPOSABLE, Case, Data
from audit.outcome.draws import derive_key, derive_lot
from audit.outcome.lists import Lists, find_quota, find_region
from audit.outcome.scores import MeetingRules, Scheme, spell_rounded, spell_total, total
from audit.outcome.standing import Contender, Standing, cut, find_reasons_due, order_standing, rank_scored

QUOTAS, SCORES, RANKS = "outcome-quotas", "outcome-scores", "outcome-ranks"
CHOICE, LIST = "outcome-choice", "outcome-list"
"""The claims, each about one step from what units recommend to the list."""


class Fault(NamedTuple):
    """What differs: a finding's code with what its sentence is filled with."""

    finding: str
    params: Mapping[str, str]


Findings = Iterator[tuple[str, Fault | None]]
"""What was judged: of which claim, and what is wrong, or None."""


class OutcomeWalk:
    """The entries so far. `see` takes in the next one and yields what it judged: the claim, and a fault or None."""

    def __init__(self, round_id: str) -> None:
        self.round = round_id
        self.rules: dict[str, Any] = {}
        self.scheme: Scheme | None = None
        self.meetings = MeetingRules({})
        self.cases: dict[str, Case] = {}
        self.lists = Lists()
        self.keys: dict[str, bytes] = {}
        self.ranks: dict[str, int] = {}
        self.proposed: dict[str, int] = {}
        self.hits: dict[str, bool] = {}
        self.waiting: set[str] = set()
        self.listed: dict[str, int] = {}

    def see(self, stream: str, kind: str, data: Data) -> Findings:
        """Take in an entry: its stream, its type and what it says.

        Raises LookupError, ValueError, TypeError or ArithmeticError where it can't be read, as one tampered with.
        """
        family, _, rest = stream.partition("/")
        if family == "application":
            case = self.cases.setdefault(rest.partition("/")[2], Case(rest.partition("/")[2]))
            judge = OF_CASES.get(kind)
            if judge is not None:
                yield from judge(self, case, data)
            case.follow(kind, data)
        elif family == "recommender":
            unit = rest.partition("/")[2]
            if kind == "list.recommended.v1":
                yield from _recommend(self, unit, data)
            self.lists.follow(unit, kind, data)
        elif family == "round" and kind in OF_ROUND:
            yield from OF_ROUND[kind](self, data)
        elif family == "round" and kind in FOLLOWED:
            FOLLOWED[kind](self, data)

    def stand(self, case: Case) -> Standing:
        """Return where an application stands by now."""
        supported = case.is_supported(self.meetings)
        return Standing(case.number, supported, case.agreed, case.rank, case.field, case.region)


def _open(walk: OutcomeWalk, data: Data) -> None:
    walk.rules = dict(data["rules"])
    walk.scheme = Scheme(walk.rules)
    walk.meetings = MeetingRules(walk.rules)


def _amend(walk: OutcomeWalk, data: Data) -> None:
    value = None if data["after"] == "none" else data["after"]
    walk.rules = _set(walk.rules, str(data["path"]).split("."), value)


def _set(within: Any, path: list[str], value: object) -> Any:
    """Return rules with the field at a path set; of a list the member with the code that the path names."""
    if not path:
        return value
    name, *rest = path
    if isinstance(within, list):
        return [_set(item, rest, value) if item["code"] == name else item for item in within]
    return {**within, name: _set(within.get(name, {}), rest, value)}


def _recommend(walk: OutcomeWalk, unit: str, data: Data) -> Findings:
    quota = find_quota(walk.rules, unit)
    yield QUOTAS, _differ("quota", str(data["quota"]), str(quota))
    if walk.lists.find(unit, data["application"]) is not None:
        yield QUOTAS, Fault("listed-twice", {"unit": unit, "application": data["application"]})
    elif (count := walk.lists.count(unit) + 1) > quota:
        yield QUOTAS, Fault("quota-exceeded", {"unit": unit, "count": str(count), "quota": str(quota)})


def _take(walk: OutcomeWalk, case: Case, data: Data) -> Findings:
    place = {"unit": data["unit"], "application": case.number}
    entry = walk.lists.find(data["unit"], case.number)
    if entry is None or (entry.revision, entry.agent) != (data["revision"], data["agent"]):
        yield QUOTAS, Fault("not-on-the-list", place)
    if case.stage != "submitted":
        yield QUOTAS, Fault("two-routes", place)
    if data["revision"] != case.revision:
        yield QUOTAS, Fault("other-version", place)
    if find_region(walk.rules, data["unit"]) not in ("", case.region):
        yield QUOTAS, Fault("other-region", place)
    yield QUOTAS, None


def _open_draw(walk: OutcomeWalk, data: Data) -> None:
    walk.keys[data["draw"]] = derive_key(bytes.fromhex(data["secret"]), data["randomness"])


def _seat(walk: OutcomeWalk, case: Case, data: Data) -> Findings:
    lot = derive_lot(walk.keys[data["draw"]], f"application/{walk.round}/{case.number}")
    case.seat(lot)
    yield SCORES, _differ("lot", data["lot"], lot)


def _review(walk: OutcomeWalk, case: Case, data: Data) -> Findings:
    assert walk.scheme is not None
    try:
        marks = walk.scheme.mark(data["scores"])
    except ValueError:
        yield SCORES, Fault("outcome-score-unfit", {"seat": str(data["seat"])})
        return
    case.reviews[data["expert"]] = marks
    result = spell_total(total(marks))
    yield SCORES, None if Fraction(data["total"]) == result else _differ("total", data["total"], str(result))


def _score(walk: OutcomeWalk, case: Case, data: Data) -> Findings:
    assert walk.scheme is not None
    figures = walk.scheme.figure(list(case.reviews.values()))
    case.fix(figures)
    faults = [_differ(name, str(data[name]), value) for name, value in figures.spell().items()]
    faults.append(_differ("lot", data["lot"], case.lot))
    yield SCORES, next((fault for fault in faults if fault is not None), None)


def _appraise(walk: OutcomeWalk, case: Case, data: Data) -> Findings:
    counts = [sum(vote == of for vote, _ in case.votes.values()) for of in ("for", "against", "abstained")]
    stated = [int(data[name]) for name in ("votes_for", "votes_against", "abstained")]
    yield SCORES, _differ("votes", _spell_counts(stated), _spell_counts(counts))
    agreed = walk.meetings.agree([Fraction(score) for _, score in case.votes.values() if score is not None])
    if agreed is None:
        agreed = spell_rounded(case.figures.mean) if case.figures is not None else "0"
    same = Fraction(data["score"]) == Fraction(agreed)
    yield SCORES, None if same else _differ("agreed score", str(data["score"]), agreed)


def _place(walk: OutcomeWalk, case: Case, data: Data) -> Findings:
    case.rank = walk.ranks.get(case.number, 0)
    yield RANKS, _differ("rank", str(data["rank"]), str(case.rank))


def _leave_off(walk: OutcomeWalk, case: Case, data: Data) -> Findings:
    # Who is beyond the cut is told no rank; who was left off against it has one to come back to.
    rank = walk.ranks.get(case.number, 0) if data.get("reason") is not None else 0
    yield RANKS, _differ("rank", str(data["rank"]), str(rank))


def _shortlist(walk: OutcomeWalk, data: Data) -> Findings:
    ranked = rank_scored(
        Contender(case.number, case.figures, case.lot)
        for case in walk.cases.values()
        if case.stage == "scored" and case.figures is not None
    )
    walk.ranks = {item.number: rank for rank, item in ranked}
    listed = {number: int(rank) for number, rank in data["listed"].items()}
    for number, rank in listed.items():
        fault = _differ("rank", f"{number}: {rank}", f"{number}: {walk.ranks.get(number, '-')}")
        if fault is not None:
            yield RANKS, fault
    within = cut(ranked, walk.rules)
    for number in sorted(within ^ listed.keys()):
        if number not in data["reasons"]:
            yield RANKS, Fault("outcome-reason-missing", {"application": number})
    for number in data["reasons"]:
        if number not in within and number not in listed:
            yield RANKS, Fault("outcome-reason-idle", {"application": number})
    yield RANKS, None


def _propose(walk: OutcomeWalk, data: Data) -> Findings:
    chosen = [item["application"] for item in data["items"]]
    # Who is held, or has ended, comes back to the place that they were proposed for.
    returning = {
        number: rank
        for number, rank in walk.proposed.items()
        if number in walk.waiting or (walk.cases[number].stage == "ended" and number not in chosen)
    }
    walk.proposed = returning | {item["application"]: int(item["rank"]) for item in data["items"]}
    standing = order_standing(
        walk.stand(case)
        for case in walk.cases.values()
        if case.stage in PROPOSABLE and case.number not in walk.waiting
    )
    numbers = [item.number for item in standing]
    yield CHOICE, _differ("standing", ", ".join(data["ranking"]), ", ".join(numbers))
    if unknown := [number for number in (*chosen, *data["deviations"]) if number not in numbers]:
        yield CHOICE, Fault("outcome-no-candidate", {"application": unknown[0]})
        return
    for number in find_reasons_due(chosen, standing, walk.rules):
        if number not in data["deviations"]:
            yield CHOICE, Fault("outcome-reason-missing", {"application": number})
    most = int(walk.rules["places"])
    count = len({*walk.listed, *chosen})
    yield CHOICE, _exceed(count, most)


def _fill(walk: OutcomeWalk, data: Data) -> Findings:
    chosen = [item["application"] for item in data["items"]]
    standing = order_standing(walk.stand(case) for case in walk.cases.values() if case.stage == "reserve")
    numbers = [item.number for item in standing]
    yield CHOICE, _differ("standing", ", ".join(data["ranking"]), ", ".join(numbers))
    if unknown := [number for number in (*chosen, *data["deviations"]) if number not in numbers]:
        yield CHOICE, Fault("outcome-no-candidate", {"application": unknown[0]})
        return
    in_order = [number for number in numbers if number in chosen]
    yield CHOICE, _differ("order", ", ".join(chosen), ", ".join(in_order))
    gone = {*data["replaced"], *walk.waiting, *(number for number, upheld in walk.hits.items() if upheld)}
    stays = [walk.cases[number] for number in walk.proposed if number not in gone]
    beside = [walk.stand(case) for case in stays if case.stage != "ended"]
    for number in find_reasons_due(chosen, standing, walk.rules, beside):
        if number not in data["deviations"]:
            yield CHOICE, Fault("outcome-reason-missing", {"application": number})
    for number in data["replaced"]:
        if walk.cases[number].stage != "ended":
            walk.proposed.pop(number, None)
    walk.proposed |= {item["application"]: int(item["rank"]) for item in data["items"]}


def _check(walk: OutcomeWalk, data: Data) -> None:
    walk.hits = dict.fromkeys(data["hits"], False) | walk.hits


def _rule(walk: OutcomeWalk, data: Data) -> None:
    walk.hits.pop(data["application"], None)
    if not data["cleared"]:
        walk.hits[data["application"]] = True


def _lift(walk: OutcomeWalk, data: Data) -> None:
    walk.hits.pop(data["application"], None)


def _reverse(walk: OutcomeWalk, data: Data) -> None:
    if data["application"]:
        walk.hits[data["application"]] = False


def _hold(walk: OutcomeWalk, data: Data) -> None:
    walk.waiting.update(data.get("held", ()))


def _release(walk: OutcomeWalk, data: Data) -> None:
    walk.waiting.difference_update(data.get("items", ()), data.get("released", ()), data.get("removed", ()))


def _issue(walk: OutcomeWalk, data: Data) -> Findings:
    cleared = [
        number
        for number, _ in sorted(walk.proposed.items(), key=lambda item: item[1])
        if walk.cases[number].stage == "cleared" and number not in walk.listed and number not in walk.waiting
    ]
    due = [number for number in cleared if number not in walk.hits]
    # What a hit suspends is decided on by itself once somebody ruled on it.
    walk.waiting.update(number for number in cleared if number in walk.hits)
    first = len(walk.listed) + 1
    places = {number: first + place for place, number in enumerate(due)}
    stated = {number: int(place) for number, place in data["places"].items()}
    walk.listed |= stated
    yield LIST, None if stated == places else _differ("list", _spell_list(stated), _spell_list(places))
    yield LIST, _exceed(len(walk.listed), int(walk.rules["places"]))
    if walk.rules.get("stages", {}).get("recommendation", True):
        unlisted = (number for number in stated if not walk.lists.hold(number))
        for number in unlisted:
            yield QUOTAS, Fault("not-on-the-list", {"unit": "-", "application": number})


OF_CASES: Mapping[str, Callable[[OutcomeWalk, Case, Data], Findings]] = {
    "application.recommended.v1": _take,
    "panel.seated.v1": _seat,
    "review.submitted.v1": _review,
    "review.corrected.v1": _review,
    "application.scored.v1": _score,
    "application.shortlisted.v1": _place,
    "application.not-shortlisted.v1": _leave_off,
    "appraisal.recorded.v1": _appraise,
}

OF_ROUND: Mapping[str, Callable[[OutcomeWalk, Data], Findings]] = {
    "round.shortlist-fixed.v1": _shortlist,
    "round.proposed.v1": _propose,
    "round.places-filled.v1": _fill,
    "round.list-issued.v1": _issue,
}

FOLLOWED: Mapping[str, Callable[[OutcomeWalk, Data], None]] = {
    "round.opened.v1": _open,
    "round.rules-amended.v1": _amend,
    "draw.opened.v1": _open_draw,
    "round.stage-finished.v1": _hold,
    "round.items-left.v1": _hold,
    "round.held-settled.v1": _release,
    "round.proposal-returned.v1": _release,
    "integrity.checked.v1": _check,
    "integrity.ruled.v1": _rule,
    "integrity.stop-lifted.v1": _lift,
    "integrity.reversed.v1": _reverse,
}
"""What is taken in of a round, and judged by other claims."""


def _differ(what: str, stated: str, result: str) -> Fault | None:
    if stated == result:
        return None
    return Fault("figure-differs", {"what": what, "stated": stated, "found": result})


def _spell_counts(counts: list[int]) -> str:
    return ":".join(map(str, counts))


def _exceed(count: int, most: int) -> Fault | None:
    return Fault("outcome-too-many", {"count": str(count), "places": str(most)}) if count > most else None


def _spell_list(places: Mapping[str, int]) -> str:
    order = sorted(places.items(), key=lambda item: (item[1], item[0]))
    return ", ".join(f"{place}. {number}" for number, place in order) or "-"
