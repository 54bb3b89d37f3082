"""Decide on the paper review: seats, invitations, scores, conflicts (docs/process-sources.md, stage 5)."""

from selection.application.duties import clashes
from selection.application.preconditions import (
    ask_about_answers,
    refuse_former,
    refuse_late,
    require_terms,
)
from selection.application.recusal import disclose_rivals, find_bound, is_matter_of_house, list_recused
from selection.application.review.asking import ask_about_bound
from selection.application.review.chairs import appoint_chair, ask_about_chair, replace_chair
from selection.application.review.commands import (
    AcceptInvitation,
    AppointChair,
    DeclareConflict,
    DeclineInvitation,
    ReplaceChair,
    ReportConflict,
    RuleOnConflict,
    SeatPanel,
    SubmitReview,
)
from selection.application.review.events import (
    InvitationAccepted,
    PanelSeated,
    SeatVacated,
)
from selection.application.review.score_events import (
    DECLARED,
    ConflictDeclared,
    ConflictReported,
    ConflictRuled,
    HouseTieDismissed,
    ReviewSubmitted,
    ReviewVoided,
)
from selection.application.review.seats import (
    WINDOWS,
    fix_score,
    list_open_seats,
    next_seat,
    replacement,
    seat_deadlines,
    seat_due,
    vacate_seats,
)
from selection.application.state import ApplicationState, Report, Seat
from selection.decision.aggregate import Context, DueName, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, in_force
from selection.decision.fitting import refuse_unfit
from selection.forms.handed_in import get_form_of_act
from selection.kernel.numbers import plain
from selection.kernel.stages import Stage
from selection.kernel.unit_codes import canonical_code
from selection.process.decisions import CONFLICT, name_decision
from selection.process.registrars import refuse_registrars, refuse_unit_registrars
from selection.process.room import Decider, Follow, Needs, Settle, Wait
from selection.recusal.conflicts import list_relating_units, name_tie
from selection.refusals.refused import Refused
from selection.scoring.panel_score import review_total, weigh_scores


def seat_panel(state: ApplicationState, command: SeatPanel, context: Context) -> tuple[Event, ...]:
    """Seat the experts of a draw in its order; whoever may not sit any more is passed over.

    Nobody is drawn anew for that: who knows a panel could else have one of it bound, and get another draw. Seats for
    which nobody of the draw is left stay vacant, and a supplement fills these alone.
    """
    terms = require_terms(context)
    if command.draw in state.draws:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    wanted = list_open_seats(state, terms)
    if not wanted:
        raise Refused("no-seat-empty")
    drawn = tuple(dict.fromkeys((*command.experts, *command.alternates)))
    unfit = list_unfit(state, drawn, command.employers, context)
    fit = [person for person in drawn if person not in unfit]
    stated = Facts(deadlines={**context.facts.deadlines, **command.deadlines})
    fresh = state.fresh_panel != ""
    if not fresh:
        refuse_late("review_last", in_force("review_last", terms, stated), context)
    respond_by, review_by = seat_deadlines(context, terms, command.deadlines, fresh=fresh)
    return (
        PanelSeated(
            draw=command.draw,
            revision=state.revision,
            seats={str(number): expert for number, expert in zip(wanted, fit, strict=False)},
            alternates=tuple(fit[len(wanted) :]),
            passed_over=tuple(person for person in drawn if person in unfit),
            vacant=wanted[len(fit) :],
            disclosed=disclose_rivals(state, fit, context),
            employers=command.employers,
            lot=command.lot,
            respond_by=respond_by,
            review_by=review_by,
            remind_answer=terms.reminders(context.at, respond_by),
            remind_review=terms.reminders(context.at, review_by),
            guessed=terms.list_unknown_years(*WINDOWS, at=context.at),
        ),
    )


def list_unfit(
    state: ApplicationState, people: tuple[str, ...], employers: dict[str, str], context: Context
) -> frozenset[str]:
    """Return who may not sit: of a unit that applies, avoided, bound, with another duty here, or here before."""
    terms, submission = require_terms(context), state.submission
    assert submission is not None
    out = {*submission.avoid, *state.former, *state.people_in_conflict}
    out.update(seat.expert for seat in state.seats if seat.status != "empty")
    out.update(list_recused(state, people, context, terms))
    return frozenset(
        person
        for person in people
        if person in out
        or (canonical_code(employers.get(person, "")) or None) in submission.employers
        or clashes(state, terms, "reviewer", person)
    )


def accept_invitation(
    state: ApplicationState, command: AcceptInvitation, context: Context
) -> tuple[Event, ...]:
    """Accept the seat; from here on the expert may read the application."""
    seat = own_seat(state, context)
    if seat.status != "invited":
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    refuse_late("invitation", seat_due(seat, require_terms(context), context.facts), context)
    return (InvitationAccepted(seat=seat.number, expert=seat.expert, pledge=command.pledge),)


def decline_invitation(
    state: ApplicationState, command: DeclineInvitation, context: Context
) -> tuple[Event, ...]:
    """Decline the seat, or give it back before the review is submitted."""
    seat = own_seat(state, context)
    if seat.status == "submitted":
        raise Refused("score-locked")
    return (SeatVacated(seat=seat.number, expert=seat.expert, why="declined"),)


def declare_conflict(
    state: ApplicationState, command: DeclareConflict, context: Context
) -> tuple[Event, ...]:
    """Give up the seat for a conflict of one's own; a submitted review no longer counts."""
    seat = own_seat(state, context)
    events: list[Event] = [ConflictDeclared(expert=seat.expert, text=command.text)]
    if seat.status == "submitted":
        events.append(ReviewVoided(seat=seat.number, expert=seat.expert, report=DECLARED))
    events.append(SeatVacated(seat=seat.number, expert=seat.expert, why="conflict"))
    return tuple(events)


def submit_review(state: ApplicationState, command: SubmitReview, context: Context) -> tuple[Event, ...]:
    """Lock a reviewer's scores, with answers that fit the review form."""
    terms = require_terms(context)
    seat = own_seat(state, context)
    if seat.status == "submitted":
        raise Refused("score-locked")
    if seat.status != "accepted":
        raise Refused("not-accepted")
    filled = get_form_of_act("review", command.form)
    brought = (*filled.contents, *filled.files)
    stored = refuse_late("review", seat_due(seat, terms, context.facts), context, brought)
    if set(command.scores) != set(terms.weights):
        raise Refused("missing", place="scores: " + ", ".join(sorted(terms.weights)))
    for criterion, score in command.scores.items():
        scale = terms.scales[criterion]
        if not (score.is_finite() and 0 <= score <= scale and score % terms.score_step == 0):
            raise Refused("score-outside", criterion=criterion, scale=str(scale), step=str(terms.score_step))
    refuse_unfit(filled, context, "form")
    return (
        ReviewSubmitted(
            seat=seat.number,
            expert=seat.expert,
            scores={name: plain(score) for name, score in sorted(command.scores.items())},
            total=plain(review_total(weigh_scores(command.scores, terms.weights, terms.scales))),
            form=command.form,
            stored_before=stored,
        ),
    )


def report_conflict(state: ApplicationState, command: ReportConflict, context: Context) -> tuple[Event, ...]:
    """Record a reported conflict; a supervisor rules.

    Until then the score is not fixed, nor a list carried out, where the person has a part in the application. Anyone
    may be named: an answer that told the two apart would tell who reviews.
    """
    if command.report in state.reports:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    if not set(require_terms(context).supervisors) - {*context.actor.people, command.expert}:
        raise Refused("not-entitled", roles="somebody other than the only supervisor")
    limit = require_terms(context).recusal.open_reports
    if count_open(state, context.actor.people) >= limit:
        raise Refused("reports-open", limit=str(limit))
    return (ConflictReported(report=command.report, expert=command.expert, text=command.text),)


def count_open(state: ApplicationState, people: tuple[str, ...]) -> int:
    """Return how many reports of these people are open, beside what data shows and whom the application named."""
    written = (item for item in state.open_reports.values() if not (item.bound_by or item.tie))
    return sum(not set(people).isdisjoint(item.reporters) for item in written)


def rule_on_conflict(state: ApplicationState, command: RuleOnConflict, context: Context) -> tuple[Event, ...]:
    """Rule on a report; upheld voids the score and empties the seat.

    The seat is redrawn until the shortlist; after it the panel goes on without (docs/decisions/0010). Of what data
    showed, dismissed counts that very evidence no more, and nothing else.
    """
    report = state.open_reports.get(command.report)
    if report is None:
        raise Refused("no-open-report")
    if not {*report.reporters, report.expert}.isdisjoint(context.actor.people):
        raise Refused("same-hands", duty="party to the report")
    refuse_former(state, name_decision(CONFLICT, command.report), *context.actor.people)
    refuse_registrars(report.bound, context)
    if context.facts.relations is not None:
        refuse_unit_registrars(list_relating_units(report.bound_by, context.facts.relations), context)
    if not command.upheld:
        _refuse_standing(state, report, context)
    events: list[Event] = [ConflictRuled(report=command.report, upheld=command.upheld, text=command.text)]
    within = is_matter_of_house(report.expert, report.bound_by, require_terms(context))
    if within and not command.upheld:
        units = sorted({conflict.unit for conflict in report.bound_by})
        events.append(HouseTieDismissed(person=report.expert, units=tuple(units)))
    seat = state.seat_of(report.expert)
    if command.upheld and seat is not None:
        if seat.status == "submitted":
            events.append(ReviewVoided(seat=seat.number, expert=seat.expert, report=command.report))
        events.append(SeatVacated(seat=seat.number, expert=seat.expert, why="report-upheld"))
    return tuple(events)


def _refuse_standing(state: ApplicationState, report: Report, context: Context) -> None:
    """Raise Refused where evidence still holds that the rules let nobody dismiss."""
    holds = find_bound(state, report.expert, context) if report.bound_by else ()
    dismissible = require_terms(context).recusal.dismissible
    for conflict in holds:
        tie = name_tie(conflict)
        if conflict in report.bound_by and tie not in dismissible:
            raise Refused("conflict-stands", person=report.expert, tie=tie)


def own_seat(state: ApplicationState, context: Context) -> Seat:
    """Return the actor's seat, or refuse: it was given to someone else or never held."""
    seat = state.seat_of(context.actor.person)
    if seat is not None:
        return seat
    raise Refused("seat-closed" if context.actor.person in state.former else "no-such-seat")


DECIDES: dict[type[Command], Decider[ApplicationState]] = {
    SeatPanel: seat_panel,
    AcceptInvitation: accept_invitation,
    DeclineInvitation: decline_invitation,
    DeclareConflict: declare_conflict,
    SubmitReview: submit_review,
    ReportConflict: report_conflict,
    RuleOnConflict: rule_on_conflict,
    AppointChair: appoint_chair,
    ReplaceChair: replace_chair,
}


NEEDS: dict[type[Command], Needs[ApplicationState]] = {
    SubmitReview: ask_about_answers("review"),
    RuleOnConflict: ask_about_bound,
    AppointChair: ask_about_chair,
    ReplaceChair: ask_about_chair,
}

FOLLOWS: tuple[Follow[ApplicationState], ...] = (replacement, fix_score)

WAITS: dict[str, Wait[ApplicationState]] = {Stage.REVIEW: next_seat}

SETTLES: dict[DueName, Settle[ApplicationState]] = {"invitation": vacate_seats, "review": vacate_seats}
