"""Decide on the overall appraisal (docs/process-sources.md, stage 7)."""

from selection.application.appraisal.commands import RecordAppraisal
from selection.application.appraisal.events import AppraisalLeftOut, AppraisalRecorded
from selection.application.preconditions import ask_about_answers, require_terms
from selection.application.recusal import list_recused
from selection.application.settling.shortage import count_quorum
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.fitting import refuse_unanswered
from selection.kernel.stages import Stage
from selection.process.room import Decider, Follow, Needs
from selection.refusals.refused import Refused
from selection.rules.terms import Terms


def record_appraisal(
    state: ApplicationState, command: RecordAppraisal, context: Context
) -> tuple[Event, ...]:
    """Record the panel's meeting; present are panel members, votes those who did not stand aside.

    As many must be present as reviews must be valid, or as two people agreed on where fewer are left.
    """
    terms = require_terms(context)
    panel = {seat.expert for seat in state.seats if seat.status == "submitted"}
    recused = list_recused(state, panel, context, terms)
    present, aside = set(command.present), set(command.aside)
    if not present <= panel or not aside <= present:
        raise Refused("no-such-seat")
    if voting := sorted((present - aside) & recused):
        raise Refused("must-stand-aside", people=", ".join(voting))
    quorum = count_quorum(state, terms, len(panel - recused))
    if len(present - aside) < quorum:
        raise Refused("too-few", place="present", limit=str(quorum))
    if command.score > terms.full_marks:
        raise Refused("score-outside", criterion="score", scale=str(terms.full_marks), step="0.01")
    voters = len(present - aside)
    if command.votes_for + command.votes_against + command.abstained != voters:
        raise Refused("votes-unclear", voters=str(voters))
    if not {item.expert for item in command.dissents} <= present - aside:
        raise Refused("no-such-seat")
    refuse_unanswered("appraisal", command.form, context)
    return (
        AppraisalRecorded(
            present=tuple(sorted(present)),
            aside=tuple(sorted(aside)),
            score=command.score,
            votes_for=command.votes_for,
            votes_against=command.votes_against,
            abstained=command.abstained,
            dissents=command.dissents,
            text=command.text,
            form=command.form,
        ),
    )


def leave_out_appraisal(state: ApplicationState, context: Context, terms: Terms) -> tuple[Event, ...]:
    """Return the way past the appraisal where the rules have none."""
    return (AppraisalLeftOut(),) if state.stage is Stage.APPRAISAL and not terms.stages.appraisal else ()


DECIDES: dict[type[Command], Decider[ApplicationState]] = {
    RecordAppraisal: record_appraisal,
}

NEEDS: dict[type[Command], Needs[ApplicationState]] = {RecordAppraisal: ask_about_answers("appraisal")}

FOLLOWS: tuple[Follow[ApplicationState], ...] = (leave_out_appraisal,)
