"""Decide on public notice, objections, issue and cancellation (docs/process-sources.md, stages 9 and 11)."""

from selection.application import commands as c
from selection.application import events as e
from selection.application.preconditions import needed_terms, refuse_clash
from selection.application.shortlist_to_proposal import refuse_strangers
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Event
from selection.process.stages import Stage
from selection.refusals.refused import Refused


def open_notice(state: ApplicationState, command: c.OpenNotice, context: Context) -> tuple[Event, ...]:
    """Open the notice of the item for the rules' natural days."""
    if command.proposal != state.proposal:
        raise Refused("proposal-changed", current=str(state.proposal))
    terms = needed_terms(context)
    return (e.NoticeOpened(proposal=command.proposal, until=terms.after(context.at, terms.days.notice)),)


def raise_objection(
    state: ApplicationState, command: c.RaiseObjection, context: Context
) -> tuple[Event, ...]:
    """Record a real-name objection raised within the notice."""
    if command.objection in state.objections:
        raise Refused("objection-exists")
    return (
        e.ObjectionRaised(
            objection=command.objection,
            objector=context.actor.person,
            text=command.text,
            evidence=command.evidence,
        ),
    )


def appoint_examiners(
    state: ApplicationState, command: c.AppointExaminers, context: Context
) -> tuple[Event, ...]:
    """Appoint registered people who were not involved before."""
    if command.objection not in state.open_objections:
        raise Refused("no-open-objection")
    examiners = tuple(sorted(set(command.examiners)))
    refuse_strangers(state, examiners, context)
    refuse_clash(state, "examiner", *examiners)
    return (e.ExaminersAppointed(objection=command.objection, examiners=examiners),)


def settle_objection(
    state: ApplicationState, command: c.SettleObjection, context: Context
) -> tuple[Event, ...]:
    """Record the end of an objection by one of its examiners."""
    objection = state.open_objections.get(command.objection)
    if objection is None:
        raise Refused("no-open-objection")
    if not objection.examiners:
        raise Refused("examiners-missing")
    if context.actor.person not in objection.examiners:
        raise Refused("not-entitled", roles="examiner of this objection")
    settled = e.ObjectionSettled(objection=command.objection, outcome=command.outcome, text=command.text)
    if command.outcome == "upheld":
        return (settled, e.ItemRemoved(objection=command.objection))
    return (settled,)


def notice_end(state: ApplicationState, context: Context) -> tuple[Event, ...]:
    """Return what the end of the notice brings: the item passes, or is held while an objection is open."""
    if state.until is None or context.at < state.until:
        return ()
    if state.stage is Stage.NOTICE and state.open_objections:
        return (e.ItemHeld(deadline=state.until),)
    if state.stage in (Stage.NOTICE, Stage.HELD) and not state.open_objections:
        return (e.NoticePassed(deadline=state.until),)
    return ()


def issue(state: ApplicationState, command: c.Issue, context: Context) -> tuple[Event, ...]:
    """Carry out the issued list for this application, once no reported conflict waits for a ruling."""
    if state.open_reports:
        raise Refused("still-open", count=str(len(state.open_reports)), stage="report")
    if command.place > 0:
        if state.stage is not Stage.CLEARED:
            raise Refused("wrong-stage", wanted=Stage.CLEARED.value, stage=state.stage.value)
        return (e.ApplicationListed(place=command.place, proposal=command.proposal),)
    return (e.ApplicationNotSelected(proposal=command.proposal),)


def cancel(state: ApplicationState, command: c.CancelWithRound, context: Context) -> tuple[Event, ...]:
    """End the application with its round."""
    return (e.ApplicationCancelled(reason=command.reason),)
