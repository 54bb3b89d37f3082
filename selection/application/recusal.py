"""Who must stand aside from an application by data: whoever judges it, and whoever is named to judge it."""

from collections.abc import Collection, Iterable, Mapping

from selection.application.state import ApplicationState, Report
from selection.decision.aggregate import Context
from selection.decision.command import Command
from selection.decision.facts import Facts
from selection.decision.relations import Bid, Conflict, RelationsAsked
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import Outcome, Stage
from selection.recusal.conflicts import (
    find_conflicts,
    find_recused,
    is_of_house,
    list_disclosed,
    refuse_conflict,
)
from selection.refusals.refused import Refused
from selection.rules.terms import Terms

JUDGES = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.EXPERT, Role.CHAIR, Role.SURVEYOR, Role.EXAMINER})
"""The roles in which people decide on an application, or find out what is decided on."""
LEAVING = frozenset({"decline-invitation", "declare-conflict", "report-conflict", "refer-conflict"})
"""What somebody in conflict does all the same: they step back, or say so."""
NO_BID = frozenset({Outcome.WITHDRAWN.value, Outcome.NEVER_SUBMITTED.value})
OUT = frozenset({Outcome.NOT_RECOMMENDED.value, Outcome.INELIGIBLE.value})
"""The outcomes of bids that never came to be judged beside others: handing one in costs nothing, so it binds nobody."""

_NAMED: dict[str, tuple[str, ...]] = {
    "appoint-chair": ("chair",),
    "replace-chair": ("chair",),
    "appoint-survey-team": ("members",),
    "appoint-examiners": ("examiners",),
    "appoint-deciders": ("deciders",),
    "take-recommendation": ("agent", "entered"),
}
"""By kind of act, the fields that name who is to judge."""
_AMONG_ALL = frozenset({"appoint-survey-team", "appoint-examiners", "appoint-deciders", "raise-objection"})
"""Acts that nobody who applies anywhere in the round does, or is named in."""
_OPEN_CALL = (Stage.NEW, Stage.SUBMITTED, Stage.WITHDRAWN, Stage.RECOMMENDED)
"""The stages of the call, in which bids come and go: who recommends is compared with units alone."""
_SEATED = (Stage.REVIEW, Stage.SCORED)
"""The stages in which a seat that falls empty is filled again; a score that was fixed is taken back for it."""
_ALSO_ASKED: dict[str, tuple[str, ...]] = {
    "open-appraisal": ("present",),
    "refer-conflict": ("expert",),
    "seat-panel": ("experts", "alternates"),
}
"""By kind of act, the fields that name others of whom its decider has to know."""


def is_bid(stage: str, outcome: str | None) -> bool:
    """Tell whether an application competes, or did until it ended: not what was taken back or never handed in."""
    return stage not in (Stage.NEW, Stage.WITHDRAWN) and (outcome or "") not in NO_BID


def bid_of(state: ApplicationState, people: Iterable[str] = ()) -> Bid | None:
    """Return an application as a bid, with those of these people who are its applicants; None for what is none."""
    if state.submission is None or not is_bid(state.stage, state.outcome):
        return None
    return Bid(
        number=state.number,
        field=state.submission.field,
        units=tuple(sorted(state.bidders)),
        out=state.outcome in OUT,
        applicants=tuple(sorted(set(people) & set(list_behind(state)))),
    )


def list_behind(state: ApplicationState) -> tuple[str, ...]:
    """Return who is behind an application: who handed it in or confirmed it, and of its team whom its units employ."""
    bidders = state.bidders
    team = (person for person, unit in state.team_units.items() if unit in bidders)
    return tuple(sorted({*state.hands.get("applicant", ()), *team}))


def find_judged_bid(state: ApplicationState) -> Bid | None:
    """Return an application as the bid that is judged: who is behind it, and what was dismissed of what binds."""
    bid = bid_of(state)
    if bid is None:
        return None
    dismissed = state.dismissed if state.reports else {}
    return bid.with_(behind=list_behind(state), dismissed=dismissed)


def ask_relations(state: ApplicationState, actor: Actor, command: Command) -> RelationsAsked | None:
    """Ask what binds those whom an act may bring in: who acts, who is named, who may take a seat that falls free."""
    kind = command.ACT.kind
    people = {*_list_people(state, actor, command), *_read_names(command, _ALSO_ASKED)}
    if kind in _AMONG_ALL or kind == "refer-conflict":
        people.update(actor.people)
    if kind == "settle-panel":
        people.update(seat.expert for seat in state.seats if seat.expert)
    if kind == "find-conflicts":
        people.update(state.judging)
    if kind == "rule-on-conflict" and (report := state.reports.get(getattr(command, "report", ""))):
        people.add(report.expert)
    if kind == "record-appraisal" and state.meeting is not None:
        people.update(state.meeting.present)
    asked = _ask(state, people)
    return asked.with_(registrars=True) if asked and kind == "rule-on-conflict" else asked


def ask_relations_of_seats(state: ApplicationState) -> RelationsAsked | None:
    """Ask what binds those to the application who may take a seat that falls free."""
    return _ask(state, set())


def refuse_recused(state: ApplicationState, command: Command, context: Context) -> None:
    """Raise Refused with the evidence where data binds who acts, or who is named, to the application."""
    people = _list_people(state, context.actor, command, context.facts.terms)
    for person in people:
        if person in state.people_in_conflict:
            raise Refused("conflict-upheld", person=person)
    terms = context.facts.terms
    if terms is None:
        return
    for person in people:
        if bound := _find_barring(state, command, person, context, terms):
            refuse_conflict(person, bound[0], terms.recusal)


def refuse_referrer(state: ApplicationState, context: Context, terms: Terms) -> None:
    """Raise Refused where somebody gives a reason for another whom the house binds, and more binds themselves."""
    for person in context.actor.people:
        if person in state.people_in_conflict:
            raise Refused("conflict-upheld", person=person)
        for conflict in find_bound(state, person, context):
            if not is_of_house(conflict, terms.recusal):
                refuse_conflict(person, conflict, terms.recusal)


def is_matter_of_house(person: str, conflicts: Collection[Conflict], terms: Terms) -> bool:
    """Tell whether it is the organiser's own house alone that binds somebody who holds a post in the round.

    Whoever could rule on it is mostly bound alike. So they may, where another than whom it is about said why
    (docs/decisions/0116).
    """
    in_post = person in (*terms.officers, *terms.supervisors, *terms.approvers)
    return in_post and bool(conflicts) and all(is_of_house(item, terms.recusal) for item in conflicts)


def _find_barring(
    state: ApplicationState, command: Command, person: str, context: Context, terms: Terms
) -> tuple[Conflict, ...]:
    """Return what keeps a person from an act: all that binds them, but of the house what its rulings leave out.

    Who rules within the house is not bound by it. Without the reason that this takes, nobody dismisses what the house
    binds others by, though the same was dismissed of themselves.
    """
    kind, name = command.ACT.kind, getattr(command, "report", "")
    report = state.open_reports.get(name) if kind == "rule-on-conflict" else None
    if report is None or not any(is_of_house(item, terms.recusal) for item in report.bound_by):
        return find_bound(state, person, context)
    if _has_reason(state, report, context, terms):
        return tuple(
            item for item in find_bound(state, person, context) if not is_of_house(item, terms.recusal)
        )
    if getattr(command, "upheld", True):
        return find_bound(state, person, context)
    whole = find_bound(state, person, context, without_dismissed=False)
    standing = set(find_bound(state, person, context))
    return tuple(item for item in whole if item in standing or is_of_house(item, terms.recusal))


def _has_reason(state: ApplicationState, report: Report, context: Context, terms: Terms) -> bool:
    """Tell whether a report is a matter of the house for which somebody else said why its person should act.

    What a change of the register put before supervisors has no reason: whoever refers anew what holds of it gives it.
    """
    if not is_matter_of_house(report.expert, report.bound_by, terms):
        return False
    holding = set(report.bound_by).intersection(find_bound(state, report.expert, context))
    apart = {*context.actor.people, report.expert}
    return any(
        item.expert == report.expert
        and item.text is not None
        and holding <= set(item.bound_by)
        and apart.isdisjoint(item.reporters)
        for item in state.reports.values()
        if item.bound_by
    )


def find_bound(
    state: ApplicationState, person: str, context: Context, *, without_dismissed: bool = True
) -> tuple[Conflict, ...]:
    """Return what data shows of a person who was asked about; what a supervisor dismissed is left out or not."""
    terms, bid, relations = context.facts.terms, find_judged_bid(state), context.facts.relations
    if terms is None or bid is None or relations is None:
        return ()
    bid = bid if without_dismissed else bid.with_(dismissed={})
    return find_conflicts(person, bid, relations, terms.recusal, terms.clock, context.at)


def list_recused(
    state: ApplicationState, people: Iterable[str], context: Context, terms: Terms
) -> frozenset[str]:
    """Return those of these people whom data binds to the application."""
    bid, relations = find_judged_bid(state), context.facts.relations
    if bid is None or relations is None:
        return frozenset()
    return find_recused(people, bid, relations, terms.recusal, terms.clock, context.at)


def disclose_rivals(
    state: ApplicationState, people: Iterable[str], context: Context
) -> dict[str, tuple[str, ...]]:
    """Return which other bids those of these people are behind, or their units, who may judge this one all the same."""
    terms, bid, relations = context.facts.terms, find_judged_bid(state), context.facts.relations
    if terms is None or bid is None or relations is None:
        return {}
    return list_disclosed(people, bid, relations, terms.recusal)


def list_rivals(state: ApplicationState, facts: Facts) -> tuple[str, ...]:
    """Return those of the people asked about who are applicants of another application of the round."""
    bids = facts.relations.bids if facts.relations else ()
    return tuple(sorted({name for bid in bids if bid.number != state.number for name in bid.applicants}))


def _list_people(
    state: ApplicationState, actor: Actor, command: Command, terms: Terms | None = None
) -> tuple[str, ...]:
    """Return who must not be bound to the application for the act to be done."""
    kind, named = command.ACT.kind, _read_names(command, _NAMED)
    if kind == "take-recommendation" and terms and getattr(command, "unit", "") not in terms.unit_regions:
        # A unit that recommends by a route of its own recommends itself (docs/process-sources.md, stage 3).
        return _read_names(command, {kind: ("entered",)})
    judges = actor.role in JUDGES and kind not in LEAVING
    return (*actor.people, *named) if judges else named


def _read_names(command: Command, table: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the people in the fields of an act that a table names."""
    found: list[str] = []
    for field in table.get(command.ACT.kind, ()):
        value = getattr(command, field)
        found += [value] if isinstance(value, str) else value
    return tuple(found)


def _ask(state: ApplicationState, people: set[str]) -> RelationsAsked | None:
    if state.submission is None:
        return None
    if state.stage in _SEATED or state.fresh_panel:
        people = {*people, *state.alternates}
    if not people:
        return None
    return RelationsAsked(
        people=tuple(sorted(people)),
        units=tuple(sorted(state.bidders)),
        bids=state.stage not in _OPEN_CALL,
    )
