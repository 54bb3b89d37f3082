"""Decide on requests for review (docs/process-sources.md, stage 12): on the procedure, never on the merit."""

from collections import Counter
from datetime import datetime

from selection.application.preconditions import refuse_clash, refuse_strangers, require_terms
from selection.application.requests.commands import (
    AppointDeciders,
    RecordRemedy,
    RequestReview,
    RuleOnRequest,
)
from selection.application.requests.events import (
    DecidersAppointed,
    FindingEntered,
    FreshPanelOrdered,
    FreshPanelReviewed,
    RemedyRecorded,
    RequestDecided,
    ReviewRequested,
)
from selection.application.requests.tasks import list_able, list_waiting
from selection.application.review_request import (
    DISMISSED,
    FRESH_PANEL,
    REVIEWABLE,
    STANDS,
    UPHELD,
    ReviewRequest,
)
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.decision.views import HandsElsewhere
from selection.kernel.actor import Actor
from selection.process.registrars import refuse_registrars
from selection.process.room import Decider, Follow, Needs
from selection.refusals.refused import Refused
from selection.rules.sections import Requests
from selection.rules.terms import Terms


def request_review(state: ApplicationState, command: RequestReview, context: Context) -> tuple[Event, ...]:
    """Record a request within the rules' days after the application's end, once on each ground."""
    rules = require_terms(context).requests
    if state.outcome not in REVIEWABLE:
        raise Refused("not-reviewable")
    assert state.since is not None
    until = require_terms(context).after(state.since, rules.days)
    if context.at >= until:
        raise Refused("request-late", until=until.isoformat())
    if command.ground not in {ground.code for ground in rules.grounds}:
        raise Refused("ground-not-procedural")
    if command.ground in state.requests:
        raise Refused("ground-used")
    return (
        ReviewRequested(
            ground=command.ground,
            text=command.text,
            evidence=command.evidence,
            until=require_terms(context).after(context.at, rules.decide_days),
        ),
    )


def appoint_deciders(
    state: ApplicationState, command: AppointDeciders, context: Context
) -> tuple[Event, ...]:
    """Appoint people who had no part in the application or the round; later ones only where these do not decide."""
    request = _get_open(state, command.ground)
    _refuse_during_panel(request, context)
    least = require_terms(context).requests.min_deciders
    added = tuple(sorted(set(command.deciders)))
    able = list_able(state, request)
    # Whoever could add others while some are still to enter could choose a majority.
    if list_waiting(state, request) and len(able) >= least and context.at < request.until:
        raise Refused("deciders-at-work", until=request.until.isoformat())
    refuse_strangers(state, added, context)
    # Nor does who registered that somebody is stopped choose who decides in their stead.
    refuse_registrars((*added, *_list_stopped(state, request)), context)
    refuse_clash(state, context, "examiner", *added)
    _refuse_involved(state, added, context)
    if len(able) + len(added) < least:
        raise Refused("two-deciders", limit=str(least))
    return (DecidersAppointed(ground=command.ground, deciders=added),)


def _list_stopped(state: ApplicationState, request: ReviewRequest | None) -> tuple[str, ...]:
    """Return those who were to decide, entered nothing and may not act any more."""
    named = request.waiting if request is not None else ()
    return tuple(person for person in named if person in state.inactive)


def _refuse_involved(state: ApplicationState, people: tuple[str, ...], context: Context) -> None:
    """Raise Refused for who had any part in the application before, or in another of the round."""
    involved = {*state.former, *state.alternates, *(name for names in state.hands.values() for name in names)}
    for person in people:
        if person in involved:
            raise Refused("involved-before", person=person)
        _refuse_part_elsewhere(state, person, context)


def _refuse_part_elsewhere(state: ApplicationState, person: str, context: Context) -> None:
    if set(context.facts.elsewhere.get(person, ())) - {state.number}:
        raise Refused("involved-before", person=person)


def rule_on_request(state: ApplicationState, command: RuleOnRequest, context: Context) -> tuple[Event, ...]:
    """Enter what one finds; where most of those appointed find the same, the request is decided by it."""
    request, person = _get_open(state, command.ground), context.actor.person
    if person not in request.deciders:
        raise Refused("not-entitled", roles="who decides on this request")
    # A part that came since the appointment counts as one before it.
    _refuse_part_elsewhere(state, person, context)
    _refuse_during_panel(request, context)
    rules = require_terms(context).requests
    _refuse_unfit_remedy(state, command, request, rules)
    return (
        FindingEntered(
            ground=command.ground, upheld=command.upheld, remedy=command.remedy, text=command.text
        ),
    )


def decide_request(state: ApplicationState, context: Context, terms: Terms) -> tuple[Event, ...]:
    """Return the decision on a request once more than half of those who decide, two at least, found the same.

    Whose conflict data showed and a supervisor confirmed is none of them, and their finding does not count; while a
    report on one of them waits for its ruling, nothing is decided.
    """
    reported = {item.expert for item in state.holding_reports.values()}
    for ground, request in state.requests.items():
        if request.outcome or not reported.isdisjoint(request.deciders):
            continue
        able = list_able(state, request)
        findings = {name: request.findings[name] for name in sorted(able) if name in request.findings}
        found = Counter(item.verdict for item in findings.values()).most_common(1)
        if not found or found[0][1] < max(terms.requests.min_deciders, len(able) // 2 + 1):
            continue
        verdict = upheld, remedy = found[0][0]
        otherwise = STANDS if request.panel else DISMISSED
        reasons = tuple(item.text for item in findings.values() if item.verdict == verdict)
        outcome = UPHELD if upheld else otherwise
        return (RequestDecided(ground=ground, outcome=outcome, remedy=remedy, reasons=reasons),)
    return ()


def _refuse_during_panel(request: ReviewRequest, context: Context) -> None:
    """Raise Refused while a fresh panel has time to score: what follows from it is decided on afterwards."""
    if request.has_panel and context.at < request.until:
        raise Refused("panel-at-work", until=request.until.isoformat())


def _refuse_unfit_remedy(
    state: ApplicationState, command: RuleOnRequest, request: ReviewRequest, rules: Requests
) -> None:
    """Raise Refused for a remedy that is none, or a fresh panel where none reviewed or one is under way."""
    listed = rules.after_panel if request.panel else rules.remedies
    if command.remedy not in ({remedy.code for remedy in listed} if command.upheld else {""}):
        raise Refused("unknown-value", place="remedy")
    if command.remedy != FRESH_PANEL or request.panel:
        return
    if state.fresh_panel:
        raise Refused("panel-under-way")
    if not state.seats:
        raise Refused("no-panel-to-replace")


def order_panel(state: ApplicationState, context: Context, terms: Terms) -> tuple[Event, ...]:
    """Return the order of a fresh panel once it was decided on: the engine carries this remedy out itself."""
    for ground, request in state.requests.items():
        if request.outcome == UPHELD and request.remedy == FRESH_PANEL and not request.panel:
            sitting = [seat.expert for seat in state.seats if seat.status != "empty"]
            aside = tuple(sorted({*state.former, *sitting}))
            until = terms.after(context.at, terms.requests.decide_days)
            return (FreshPanelOrdered(ground=ground, aside=aside, until=until),)
    return ()


def tell_panel_score(state: ApplicationState, context: Context, terms: Terms) -> tuple[Event, ...]:
    """Return that the fresh panel has scored, so that people decide what follows."""
    ground = state.fresh_panel
    if not ground or state.score is None:
        return ()
    before = state.earlier[-1].score
    return (
        FreshPanelReviewed(
            ground=ground,
            earlier=str(before.shown) if before is not None else "",
            fresh=state.score.shown,
            until=terms.after(context.at, terms.requests.decide_days),
        ),
    )


def record_remedy(state: ApplicationState, command: RecordRemedy, context: Context) -> tuple[Event, ...]:
    """Record how the remedy was carried out, once it was decided on."""
    request = state.requests.get(command.ground)
    if request is None or request.outcome != UPHELD or request.remedied:
        raise Refused("no-remedy-awaited")
    return (RemedyRecorded(ground=command.ground, text=command.text),)


def _get_open(state: ApplicationState, ground: str) -> ReviewRequest:
    """Return the request on a ground. Raises Refused where there is none that waits for a decision."""
    request = state.requests.get(ground)
    if request is None or request.outcome:
        raise Refused("no-open-request")
    return request


def ask_about_deciders(
    state: ApplicationState,
    actor: Actor,
    command: AppointDeciders | RuleOnRequest,
    at: datetime,
    facts: Facts,
) -> FactsRequest:
    """Ask what the register says of the deciders, and where else in the round they had a part."""
    people = command.deciders if isinstance(command, AppointDeciders) else (actor.person,)
    # Before the end the answer would change with whatever is recorded here, and it is refused anyway.
    view = HandsElsewhere(people=people) if state.ended else None
    stopped = _list_stopped(state, state.requests.get(command.ground))
    named = (*people, *stopped) if isinstance(command, AppointDeciders) else ()
    return FactsRequest(people=people, registered=named, view=view)


DECIDES: dict[type[Command], Decider[ApplicationState]] = {
    RequestReview: request_review,
    AppointDeciders: appoint_deciders,
    RuleOnRequest: rule_on_request,
    RecordRemedy: record_remedy,
}

NEEDS: dict[type[Command], Needs[ApplicationState]] = {
    AppointDeciders: ask_about_deciders,
    RuleOnRequest: ask_about_deciders,
}

FOLLOWS: tuple[Follow[ApplicationState], ...] = (decide_request, order_panel, tell_panel_score)
