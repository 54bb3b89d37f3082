"""Decide on the overall appraisal (docs/process-sources.md, stage 7)."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from selection.application.appraisal.commands import CastVote, OpenAppraisal, RecordAppraisal
from selection.application.appraisal.events import (
    AppraisalLeftOut,
    AppraisalOpened,
    AppraisalRecorded,
    Dissent,
    VoteCast,
)
from selection.application.meeting import Meeting
from selection.application.preconditions import ask_about_answers, require_terms
from selection.application.recusal import list_recused
from selection.application.settling.shortage import count_quorum
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.fitting import refuse_unanswered
from selection.kernel.stages import Stage
from selection.process.decisions import CONFLICT, name_decision
from selection.process.room import Decider, Follow, Needs
from selection.refusals.refused import Refused
from selection.rules.terms import Terms


def open_appraisal(state: ApplicationState, command: OpenAppraisal, context: Context) -> tuple[Event, ...]:
    """Open the vote, for the members who are present and do not stand aside.

    As many must be present as reviews must be valid, or as two people agreed on where fewer are left. Once votes were
    cast it is opened anew for a reason, and always with everybody who was asked to vote, also before a reversal.
    """
    terms = require_terms(context)
    _refuse_unruled(state)
    present, aside = set(command.present), set(command.aside)
    _refuse_unfit_panel(state, present, aside, context, terms)
    _refuse_unheard(state, present - aside, command.reason is not None, context.at, terms)
    return (
        AppraisalOpened(
            meeting=(state.meeting.number if state.meeting else state.decisions.meetings) + 1,
            present=tuple(sorted(present)),
            aside=tuple(sorted(aside)),
            reason=command.reason,
        ),
    )


def is_far(state: ApplicationState, score: Decimal, terms: Terms) -> bool:
    """Tell whether an agreed score is further from the reviews' mean than the rules let be without a reason."""
    if state.score is None:
        return False
    allowed = Fraction(terms.appraisal.reason_beyond_percent) * Fraction(terms.full_marks) / 100
    return abs(Fraction(score) - Fraction(state.score.mean)) > allowed


def cast_vote(state: ApplicationState, command: CastVote, context: Context) -> tuple[Event, ...]:
    """Record the vote of who casts it: present at the meeting that is open, not standing aside, once.

    Who votes for or against says which score they find right; the agreed one is made of these alone.
    """
    person, terms = context.actor.person, require_terms(context)
    meeting = _require_meeting(state, command.meeting)
    if person not in meeting.voters:
        raise Refused("no-vote")
    if person in meeting.votes:
        raise Refused("already-done", version=str(state.version), stream=state.stream)
    if (command.score is None) != (command.vote == "abstained"):
        raise Refused("score-with-vote")
    if command.score is not None and command.score > terms.full_marks:
        raise Refused("score-outside", criterion="score", scale=str(terms.full_marks), step="0.01")
    return (
        VoteCast(
            meeting=meeting.number,
            expert=person,
            vote=command.vote,
            score=command.score,
            dissent=command.dissent,
        ),
    )


def record_appraisal(
    state: ApplicationState, command: RecordAppraisal, context: Context
) -> tuple[Event, ...]:
    """Record the panel's meeting as its members voted, once each of them has.

    The agreed score is what the members' own come to; where all abstained it is the reviews' mean.
    """
    terms = require_terms(context)
    meeting = _require_meeting(state, command.meeting)
    _refuse_unruled(state)
    _refuse_unfit_panel(state, set(meeting.present), set(meeting.aside), context, terms)
    if meeting.awaited:
        raise Refused("votes-awaited", people=", ".join(meeting.awaited))
    refuse_unanswered("appraisal", command.form, context)
    score = meeting.agree(terms.appraisal.agreed)
    if score is None:
        score = state.score.shown if state.score is not None else Decimal(0)
    if command.reason is None and is_far(state, score, terms):
        assert state.score is not None
        limit = str(terms.appraisal.reason_beyond_percent)
        raise Refused("far-from-mean", score=str(score), mean=str(state.score.shown), limit=limit)
    return (
        AppraisalRecorded(
            present=meeting.present,
            aside=meeting.aside,
            score=score,
            votes_for=meeting.count("for"),
            votes_against=meeting.count("against"),
            abstained=meeting.count("abstained"),
            dissents=tuple(
                Dissent(expert=person, text=meeting.votes[person].dissent)
                for person in meeting.voters
                if meeting.votes[person].dissent is not None
            ),
            text=command.text,
            reason=command.reason,
            form=command.form,
        ),
    )


def _refuse_unruled(state: ApplicationState) -> None:
    """Raise Refused while a report waits on whose ruling it rests who votes, or from which mean a score may be far.

    That is one whose ruling was reversed, and any while the score waits for it.
    """
    waiting = [
        report
        for report in state.holding_reports
        if state.score is None or state.decisions.count_reversed(name_decision(CONFLICT, report))
    ]
    if waiting:
        raise Refused("still-open", count=str(len(waiting)), stage="report")


def _refuse_unfit_panel(
    state: ApplicationState, present: set[str], aside: set[str], context: Context, terms: Terms
) -> None:
    """Raise Refused unless those present are of the panel, nobody bound by data votes, and enough can vote."""
    panel = {seat.expert for seat in state.seats if seat.status == "submitted"}
    recused = list_recused(state, panel, context, terms)
    if not present <= panel or not aside <= present:
        raise Refused("no-such-seat")
    if voting := sorted((present - aside) & recused):
        raise Refused("must-stand-aside", people=", ".join(voting))
    quorum = count_quorum(state, terms, len(panel - recused))
    if len(present - aside) < quorum:
        raise Refused("too-few", place="present", limit=str(quorum))


def _refuse_unheard(
    state: ApplicationState, voting: set[str], reasoned: bool, at: datetime, terms: Terms
) -> None:
    """Raise Refused where votes are to be cast anew without a reason, or without somebody who was asked to vote.

    Whose vote does not please, or will not, would else be left out the next time; also after two reversed what was
    recorded, which is reason enough. Who left the panel, and who did not vote within the days of an invitation, is
    asked no more. Whom data binds by now leaves the panel by a supervisor's ruling: a tie is registered by one person.
    """
    if state.meeting is not None and state.meeting.votes and not reasoned:
        raise Refused("anew-without-reason")
    last = state.meeting or state.void_meeting
    if last is None:
        return
    panel = {seat.expert for seat in state.seats if seat.status == "submitted"}
    asked = (set(last.voters) & panel) - voting
    if at >= terms.end("invitation", last.at):
        asked -= set(last.awaited)
    if asked:
        raise Refused("voter-left-out", people=", ".join(sorted(asked)))


def _require_meeting(state: ApplicationState, number: int) -> Meeting:
    """Return the meeting that is open. Raises Refused where there is none, or another than is meant."""
    if state.meeting is None:
        raise Refused("no-meeting")
    if state.meeting.number != number:
        raise Refused("meeting-changed", current=str(state.meeting.number))
    return state.meeting


def leave_out_appraisal(state: ApplicationState, context: Context, terms: Terms) -> tuple[Event, ...]:
    """Return the way past the appraisal where the rules have none."""
    return (AppraisalLeftOut(),) if state.stage is Stage.APPRAISAL and not terms.stages.appraisal else ()


DECIDES: dict[type[Command], Decider[ApplicationState]] = {
    OpenAppraisal: open_appraisal,
    CastVote: cast_vote,
    RecordAppraisal: record_appraisal,
}

NEEDS: dict[type[Command], Needs[ApplicationState]] = {RecordAppraisal: ask_about_answers("appraisal")}

FOLLOWS: tuple[Follow[ApplicationState], ...] = (leave_out_appraisal,)
