"""What must hold in every round, read by hand off the entries of its log: neither the core nor the audit is asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field as made
from typing import Any

from selection.kernel.leaf import Leaf
from selection.rules.model import RoundRules
from tests.rounds.register import Register, TieKey
from tests.whole_round import WholeRound

JUDGING = frozenset(
    [
        "application.sent-back.v1",
        "application.check-passed.v1",
        "application.check-failed.v1",
        "panel.invitation-accepted.v1",
        "review.submitted.v1",
        "review.corrected.v1",
        "conflict.ruled.v1",
        "panel.chair-appointed.v1",
        "panel.chair-replaced.v1",
        "survey.team-appointed.v1",
        "survey.reported.v1",
        "appraisal.opened.v1",
        "appraisal.voted.v1",
        "appraisal.recorded.v1",
        "panel.settlement-entered.v1",
        "objection.examiners-appointed.v1",
        "objection.settled.v1",
        "objection.reopened.v1",
        "fraud.reported.v1",
        "fraud.ruled.v1",
    ]
)
"""What somebody decides on an application by, or finds out what is decided on."""
NAMED = ("seats", "alternates", "expert", "chair", "members", "examiners", "present")
NAMING = frozenset(
    [
        "panel.seated.v1",
        "panel.seat-filled.v1",
        "panel.chair-appointed.v1",
        "panel.chair-replaced.v1",
        "survey.team-appointed.v1",
        "objection.examiners-appointed.v1",
        "appraisal.opened.v1",
        "appraisal.recorded.v1",
    ]
)
"""What names people who are to judge, in these fields."""
BY_THE_ROUND = {
    "application.not-shortlisted.v1": "round.shortlist-fixed.v1",
    "application.not-selected.v1": "round.list-issued.v1",
    "application.listed.v1": "round.list-issued.v1",
    "application.cancelled.v1": "round.cancelled.v1",
}
"""Outcomes of many at once, and which act brings them."""
BROUGHT_BACK = {
    ("decision.reversed.v1", "failed"): "application.check-failed.v1",
    ("objection.reopened.v1", "upheld"): "application.removed.v1",
}
"""What brings an application back from its end, and from which."""
BY_ONE = {
    "application.check-failed.v1": ("application.check-failed.v1", "officer"),
    "application.not-reviewed.v1": ("panel.settlement-entered.v1", "officer supervisor"),
    "application.removed.v1": ("objection.settled.v1", "examiner"),
    "application.given-up.v1": ("application.given-up.v1", "applicant"),
    "application.ruled-out.v1": ("fraud.ruled.v1", "supervisor"),
}
"""Outcomes of one, which act brings them, and in which roles."""
OUT = (["application.lapsed.v1"], ["application.check-failed.v1"])
"""The ends of bids that compete with no other from then on."""
LAPSED = {"withdrawn": "application.withdrawn.v1", "never-submitted": "act.refused.v1", "not-recommended": ""}


@dataclass
class Case:
    """One application, as its entries told."""

    field: str = ""
    units: frozenset[str] = frozenset()
    applying: set[str] = made(default_factory=set)
    team: dict[str, str] = made(default_factory=dict)
    version: object = None
    held: bool = False
    found: dict[str, tuple[str, frozenset[TieKey]]] = made(default_factory=dict)
    dismissed: dict[str, tuple[str, frozenset[TieKey]]] = made(default_factory=dict)
    reasons: dict[str, tuple[str, ...]] = made(default_factory=dict)
    avoid: frozenset[str] = frozenset()
    bidding: bool = False
    conflicted: set[str] = made(default_factory=set)
    reports: dict[str, str] = made(default_factory=dict)
    reviews: dict[str, bool] = made(default_factory=dict)
    entered: dict[str, tuple[str, Any]] = made(default_factory=dict)
    fewer: int = 0
    acts: list[tuple[str, str]] = made(default_factory=list)
    ends: list[str] = made(default_factory=list)


class Watch:
    """Walks through a round's log once and tells of everything that must not be."""

    def __init__(self, made: WholeRound) -> None:
        self._log = made.log
        self._rules: RoundRules = made.rules
        self._registered = Register(made.installation)
        routes = {route.code: route.quota for route in self._rules.routes}
        self._quotas = {unit.code: routes[unit.route] for unit in self._rules.recommenders}
        self._listed: dict[str, int] = dict.fromkeys(self._quotas, 0)
        self._cases: dict[str, Case] = {}
        self._of_round: list[tuple[str, str]] = []
        self._proposed: tuple[str, ...] = ()

    def faults(self) -> Iterator[str]:
        """Yield a sentence of each fault."""
        for seq, leaf in enumerate(self._log):
            for fault in self._see(leaf):
                yield f"{fault} (entry {seq}, {leaf.type}, {leaf.stream})"
        if not {"round.list-issued.v1", "round.cancelled.v1"} & {name for name, _ in self._of_round}:
            yield "the round has no end"
        for number, case in self._cases.items():
            if case.acts and len(case.ends) != 1:
                yield f"application {number} ended {len(case.ends)} times"

    def _see(self, leaf: Leaf) -> Iterator[str]:
        actor, person = leaf.actor, leaf.actor.person
        if leaf.type != "act.refused.v1" and actor.role != "system":
            for one in actor.people:
                if not self._registered.is_active(one, leaf.register_size):
                    yield f"inactive: {one} acted"
        kind, _, rest = leaf.stream.partition("/")
        if kind == "round":
            self._of_round.append((leaf.type, actor.role.value))
            yield from self._see_choice(leaf)
        elif kind == "recommender":
            yield from self._see_list(leaf, rest.rpartition("/")[2])
        else:
            case = self._cases.setdefault(leaf.stream.rpartition("/")[2], Case())
            yield from self._see_application(leaf, case)
            if leaf.type != "act.refused.v1" or not case.units:
                case.acts.append((leaf.type, actor.role.value))
        assert person

    def _see_list(self, leaf: Leaf, unit: str) -> Iterator[str]:
        change = {"list.recommended.v1": 1, "list.withdrawn.v1": -1, "list.freed.v1": -1}.get(leaf.type, 0)
        if change:
            self._listed[unit] += change
        if unit in self._quotas and self._listed[unit] > self._quotas[unit]:
            yield f"quota: {unit} recommends {self._listed[unit]}"

    def _see_application(self, leaf: Leaf, case: Case) -> Iterator[str]:
        told = leaf.data
        if leaf.type in ("application.submitted.v1", "application.mended.v1"):
            self._note_bid(case, told, leaf)
        elif leaf.type == "application.co-building-confirmed.v1":
            case.applying.add(leaf.actor.person)
            case.units |= {told["co_builder"].upper()}
        elif leaf.type == "application.agent-replaced.v1":
            case.applying.add(told["agent"])
        elif leaf.type == "application.withdrawn.v1":
            case.bidding = False
        elif leaf.type in ("notice.held.v1", "notice.passed.v1"):
            case.held = leaf.type == "notice.held.v1"
        yield from self._see_people(leaf, case)
        yield from self._see_panel(leaf, case)
        yield from self._see_end(leaf, case)
        _note_conflict(leaf, case)

    def _note_bid(self, case: Case, data: Any, leaf: Leaf) -> None:
        told = data["submission"]
        partners = sorted(str(sorted(unit.items())) for unit in told.get("co_builders", ()))
        version = (told["host"], partners, told.get("agreement"))
        if version != case.version or not case.bidding:
            case.units, case.version = frozenset({told["host"]["code"].upper()}), version
        case.field, case.bidding = told["field"], True
        case.avoid, case.team = frozenset(told.get("avoid", ())), data.get("team_units", {})
        case.applying.add(leaf.actor.person)

    # --- recusal --------------------------------------------------------------------------------------------

    def _see_people(self, leaf: Leaf, case: Case) -> Iterator[str]:
        people = {*leaf.actor.people} if leaf.type in JUDGING else set()
        if leaf.type in NAMING:
            people |= _names(leaf.data) - set(leaf.data.get("aside", ()))
        if leaf.type in ("panel.seated.v1", "panel.seat-filled.v1"):
            yield from (f"recusal: {one} was to be avoided" for one in sorted(people & case.avoid))
        for person in sorted(people - {"system"}):
            if person in case.conflicted:
                yield f"recusal: {person} was found in conflict"
            yield from (f"recusal: {person} {why}" for why in self._find_ties(person, leaf, case))

    def _find_ties(self, person: str, leaf: Leaf, case: Case) -> Iterator[str]:
        register, size = self._registered, leaf.register_size
        years = self._rules.recusal.years
        rivals = [other for other in self._cases.values() if other is not case and other.bidding]
        competing = [other for other in rivals if other.field == case.field and other.ends not in OUT]
        for unit, now in register.employers(person, size, leaf.at, years):
            if unit in case.units:
                yield f"works for {unit}"
            if unit in self._rules.recusal.house and _is_let(person, leaf, case):
                continue
            if case.units & register.above(unit, size) or any(
                unit in register.above(host, size) for host in case.units
            ):
                yield f"belongs to {unit}"
            if now and any(unit in other.units for other in competing):
                yield f"bids too, at {unit}"
        if any(person in other.applying for other in competing):
            yield "hands in a rival bid"
        yield from self._find_declared(person, leaf, case)

    def _find_declared(self, person: str, leaf: Leaf, case: Case) -> Iterator[str]:
        """Tell of ties to a unit that applies or to who is behind it, but for what a supervisor dismissed."""
        let = {tie for who, ties in case.dismissed.values() if who == person for tie in ties}
        behind = case.applying | {name for name, unit in case.team.items() if unit in case.units}
        years = self._rules.recusal.years
        for tie in self._registered.ties(person, leaf.register_size, leaf.at, years) - let:
            if tie[1] in case.units or tie[2] in behind:
                yield f"is tied to {tie[1] or tie[2]} ({tie[0]})"

    def _see_choice(self, leaf: Leaf) -> Iterator[str]:
        """See that nobody chose among, or agreed to, applications to which they are tied."""
        told = leaf.data
        match leaf.type:
            case "round.shortlist-fixed.v1":
                chosen = (*told["listed"], *told["reasons"])
            case "round.proposed.v1" | "round.places-filled.v1":
                chosen = tuple(told["ranking"])
                items = tuple(item["application"] for item in told["items"])
                self._proposed = items if leaf.type == "round.proposed.v1" else (*self._proposed, *items)
            case "approval.given.v1" | "integrity.checked.v1":
                # What an objection removed meanwhile, or is left aside, is decided on no more.
                chosen = tuple(
                    one for one in self._proposed if not (self._cases[one].ends or self._cases[one].held)
                )
            case _:
                return
        for number in sorted({*chosen} & {*self._cases}):
            for person in leaf.actor.people:
                yield from (
                    f"recusal: {person} {why}"
                    for why in self._find_declared(person, leaf, self._cases[number])
                )

    # --- panels -----------------------------------------------------------------------------------------------

    def _see_panel(self, leaf: Leaf, case: Case) -> Iterator[str]:
        told = leaf.data
        least = self._rules.panel.min_valid
        wanted = min(least, case.fewer) if case.fewer else least
        match leaf.type:
            case "review.submitted.v1":
                case.reviews[told["expert"]] = True
            case "review.voided.v1":
                case.reviews[told["expert"]] = False
            case "application.scored.v1":
                if sum(case.reviews.values()) < wanted:
                    yield f"panel: scored by {sum(case.reviews.values())} of {wanted}"
            case "appraisal.recorded.v1":
                met = set(told["present"]) - set(told["aside"])
                if len(met) < wanted:
                    yield f"panel: {len(met)} met of {wanted}"
            case "panel.settlement-entered.v1":
                basis = (told["way"], told["scores"], told["basis"])
                case.entered[leaf.actor.role.value] = (leaf.actor.person, basis)
            case "panel.lowered.v1":
                yield from _check_agreement(case, "fewer")
                case.fewer, case.entered = told["scores"], {}
            case "application.not-reviewed.v1":
                yield from _check_agreement(case, "end")

    # --- outcomes ---------------------------------------------------------------------------------------------

    def _see_end(self, leaf: Leaf, case: Case) -> Iterator[str]:
        type_ = leaf.type
        if type_ in BY_THE_ROUND:
            roles = {role for name, role in self._of_round if name == BY_THE_ROUND[type_]}
            if not roles & {"officer", "admin"}:
                yield "outcome: nobody decided it for the round"
        elif type_ in BY_ONE:
            act, wanted = BY_ONE[type_]
            acts = [*case.acts, (type_, leaf.actor.role.value)]
            if not {role for name, role in acts if name == act} >= set(wanted.split()):
                yield "outcome: nobody decided it"
        elif type_ == "application.lapsed.v1":
            yield from self._see_lapse(leaf, case)
        elif (type_, leaf.data.get("was", "")) in BROUGHT_BACK:
            if case.ends != [BROUGHT_BACK[type_, leaf.data["was"]]]:
                yield "outcome: what came back had not ended so"
            case.ends = []
            return
        else:
            return
        case.ends.append(type_)

    def _see_lapse(self, leaf: Leaf, case: Case) -> Iterator[str]:
        """See that what lapses was left by whoever had to act: its applicant, or every recommender."""
        outcome = leaf.data["outcome"]
        if outcome not in LAPSED:
            yield f"outcome: {outcome} lapsed"
        if outcome == "withdrawn" and case.acts[-1][0] != "application.withdrawn.v1" and case.bidding:
            yield "outcome: nobody withdrew it"
        if outcome == "not-recommended" and not case.units:
            yield "outcome: nobody handed it in"


def _note_conflict(leaf: Leaf, case: Case) -> None:
    """Note what is declared, reported or found of somebody, and what becomes of it."""
    told = leaf.data
    if leaf.type == "conflict.declared.v1":
        case.conflicted.add(told["expert"])
    elif leaf.type == "conflict.reported.v1":
        case.reports[told["report"]] = told["expert"]
    elif leaf.type == "conflict.found.v1":
        case.reports[told["report"]] = told["expert"]
        shown = frozenset((item["kind"], *_part(to, case)) for item in told["bound_by"] for to in item["to"])
        case.found[told["report"]] = told["expert"], shown
        if "text" in told:
            case.reasons[told["report"]] = (told["expert"], *leaf.actor.people)
    elif leaf.type == "conflict.ruled.v1" and told["upheld"]:
        case.conflicted.add(case.reports[told["report"]])
    elif leaf.type == "conflict.ruled.v1" and told["report"] in case.found:
        case.dismissed[told["report"]] = case.found[told["report"]]
    elif leaf.type == "conflict.reopened.v1":
        case.dismissed.pop(told["report"], None)
        expert = case.reports[told["report"]]
        case.conflicted.discard(expert)
        if "vacancy" in told["void"]:
            case.reviews[expert] = True


def _is_let(person: str, leaf: Leaf, case: Case) -> bool:
    """Tell whether somebody of the house may act: that was dismissed, or they rule where others said why."""
    dismissed = any(who == person for who, _ in case.dismissed.values())
    apart = case.reasons.get(leaf.data.get("report", ""), (person,))
    return dismissed or (leaf.type == "conflict.ruled.v1" and person not in apart)


def _part(to: str, case: Case) -> tuple[str, str]:
    """Return what evidence is about as a tie has it: a unit, or somebody."""
    return (to, "") if to in case.units else ("", to)


def _names(told: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    for name in NAMED:
        value = told.get(name, ())
        found |= (
            {value} if isinstance(value, str) else set(value.values() if isinstance(value, dict) else value)
        )
    return found


def _check_agreement(case: Case, way: str) -> Iterator[str]:
    officer, supervisor = case.entered.get("officer"), case.entered.get("supervisor")
    if officer is None or supervisor is None or officer[0] == supervisor[0] or officer[1] != supervisor[1]:
        yield "panel: two people did not agree"
    elif officer[1][0] != way:
        yield "panel: two people agreed on something else"


def find_faults(made: WholeRound) -> list[str]:
    """Return a sentence of each fault of a round that is over."""
    return list(Watch(made).faults())
