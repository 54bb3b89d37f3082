"""Decide on the public notice and its objections (docs/process-sources.md, stage 9)."""

from datetime import datetime

from selection.application.notice.commands import (
    AppointExaminers,
    OpenNotice,
    RaiseObjection,
    ReopenObjection,
    SettleObjection,
    UpholdObjection,
    WithdrawObjection,
)
from selection.application.notice.events import (
    ExaminersAppointed,
    ItemHeld,
    ItemRemoved,
    NoticeLeftOut,
    NoticeOpened,
    NoticePassed,
    ObjectionRaised,
    ObjectionReopened,
    ObjectionSettled,
    ObjectionWithdrawn,
)
from selection.application.preconditions import (
    ask_about_answers,
    list_replaced,
    refuse_clash,
    refuse_strangers,
    require_terms,
)
from selection.application.recusal import disclose_rivals
from selection.application.state import ApplicationState
from selection.decision.aggregate import Context, Due, DueName, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest, end_in_force
from selection.decision.fitting import refuse_unanswered
from selection.kernel.actor import Actor
from selection.kernel.stages import Stage
from selection.process.decisions import OBJECTION, name_decision
from selection.process.registrars import refuse_registrars
from selection.process.room import Decider, Follow, Needs, Settle, Wait
from selection.refusals.refused import Refused
from selection.rules.terms import Terms


def open_notice(state: ApplicationState, command: OpenNotice, context: Context) -> tuple[Event, ...]:
    """Open the notice of the item until the end of the round's; if that has passed, for the rules' days."""
    if command.proposal != state.proposal:
        raise Refused("proposal-changed", current=str(state.proposal))
    terms = require_terms(context)
    until, guessed = command.until, tuple[int, ...]()
    if until is None or until <= context.at:
        until, guessed = terms.end("notice", context.at), terms.list_unknown_years("notice", at=context.at)
    until = end_in_force("notice", until, context.facts.deadlines)
    opened = NoticeOpened(proposal=command.proposal, until=until, public=state.public, guessed=guessed)
    return (opened,)


def raise_objection(state: ApplicationState, command: RaiseObjection, context: Context) -> tuple[Event, ...]:
    """Record a real-name objection raised within the notice."""
    if command.objection in state.objections:
        raise Refused("objection-exists")
    if not command.evidence:
        raise Refused("missing", place="evidence")
    refuse_unanswered("objection", command.form, context)
    return (
        ObjectionRaised(
            objection=command.objection,
            objector=context.actor.person,
            text=command.text,
            evidence=command.evidence,
            form=command.form,
        ),
    )


def withdraw_objection(
    state: ApplicationState, command: WithdrawObjection, context: Context
) -> tuple[Event, ...]:
    """Take an open objection back, for who raised it."""
    objection = state.open_objections.get(command.objection)
    if objection is None:
        raise Refused("no-open-objection")
    if objection.objector != context.actor.person:
        raise Refused("not-entitled", roles="who raised this objection")
    return (ObjectionWithdrawn(objection=command.objection, reason=command.reason),)


def appoint_examiners(
    state: ApplicationState, command: AppointExaminers, context: Context
) -> tuple[Event, ...]:
    """Appoint registered people who were not involved before, so many that they could uphold it.

    Whoever is appointed later has until the day that the first had.
    """
    terms, objection = require_terms(context), state.open_objections.get(command.objection)
    if objection is None:
        raise Refused("no-open-objection")
    examiners = tuple(sorted(set(command.examiners)))
    refuse_strangers(state, examiners, context)
    refuse_registrars(examiners, context)
    refuse_clash(state, context, "examiner", *examiners)
    if not set(examiners).isdisjoint(objection.former):
        raise Refused("examined-before")
    if len(examiners) < terms.objections.min_examiners:
        raise Refused("two-examiners", limit=str(terms.objections.min_examiners))
    until = objection.until or terms.after(context.at, terms.objections.days)
    left = list_replaced(objection.examiners, examiners, command.reason)
    return (
        ExaminersAppointed(
            objection=command.objection,
            examiners=examiners,
            until=until,
            left=left,
            reason=command.reason,
            disclosed=disclose_rivals(state, examiners, context),
        ),
    )


def settle_objection(
    state: ApplicationState, command: SettleObjection, context: Context
) -> tuple[Event, ...]:
    """Record what two of its examiners find of an objection; the item stays."""
    _refuse_examiner(state, command.objection, context.actor.person)
    return (ObjectionSettled(objection=command.objection, outcome=command.outcome, text=command.text),)


def uphold_objection(
    state: ApplicationState, command: UpholdObjection, context: Context
) -> tuple[Event, ...]:
    """Record that an objection's examiners uphold it, and remove the item."""
    _refuse_examiner(state, command.objection, context.actor.person)
    settled = ObjectionSettled(objection=command.objection, outcome="upheld", text=command.text)
    return (settled, ItemRemoved(objection=command.objection))


def reopen_objection(
    state: ApplicationState, command: ReopenObjection, context: Context
) -> tuple[Event, ...]:
    """Reverse a ruling while the item is in the notice or held: nothing else rests on it by then.

    One that upheld the objection ended the application: two posts reverse it (0070). One that was withdrawn was not
    ruled on.
    """
    found = state.objections.get(command.objection)
    if found is None or found.outcome in ("", "withdrawn"):
        raise Refused("no-settled-objection")
    at_most, name = require_terms(context).reversals.at_most, name_decision(OBJECTION, command.objection)
    if state.decisions.is_spent(name, context.actor.people, at_most):
        raise Refused("reversed-before", limit=str(at_most))
    return (
        ObjectionReopened(
            objection=command.objection, was=found.outcome, examiners=found.examiners, text=command.text
        ),
    )


def _refuse_examiner(state: ApplicationState, name: str, person: str) -> None:
    """Raise Refused unless the objection is open and the person one of its examiners."""
    objection = state.open_objections.get(name)
    if objection is None:
        raise Refused("no-open-objection")
    if not objection.examiners:
        raise Refused("examiners-missing")
    if person not in objection.examiners:
        raise Refused("not-entitled", roles="examiner of this objection")


def notice_end(state: ApplicationState, context: Context, terms: Terms) -> tuple[Event, ...]:
    """Return what the end of the notice brings: the item passes, or is held while an objection is open."""
    if state.until is None:
        return ()
    # What is held has had its notice, which ended when it was held.
    noticed = state.stage is Stage.NOTICE
    until = end_in_force("notice", state.until, context.facts.deadlines) if noticed else state.until
    if context.at < until:
        return ()
    if noticed and state.open_objections:
        return (ItemHeld(deadline=until),)
    if state.stage in (Stage.NOTICE, Stage.HELD) and not state.open_objections:
        return (NoticePassed(deadline=until),)
    return ()


def examiners_needs(
    state: ApplicationState, actor: Actor, command: AppointExaminers, at: datetime, facts: Facts
) -> FactsRequest:
    """Return what the register says of the examiners, and through whose hands they came into it."""
    return FactsRequest(people=command.examiners, registered=command.examiners)


def wait_for_end(state: ApplicationState, terms: Terms, facts: Facts) -> Due | None:
    """Return the end of the notice, or to which notices were moved since."""
    if state.until is None:
        return None
    until = end_in_force("notice", state.until, facts.deadlines)
    return Due("notice", until, until, movable=True)


def settle_notice(state: ApplicationState, passed: Due, context: Context, terms: Terms) -> tuple[Event, ...]:
    """Return nothing of its own: what the end of a notice brings follows from any act."""
    return ()


def leave_out_notice(state: ApplicationState, context: Context, terms: Terms) -> tuple[Event, ...]:
    """Return the way past the notice where the rules have none."""
    return (NoticeLeftOut(),) if state.stage is Stage.PROPOSED and not terms.stages.notice else ()


DECIDES: dict[type[Command], Decider[ApplicationState]] = {
    OpenNotice: open_notice,
    RaiseObjection: raise_objection,
    WithdrawObjection: withdraw_objection,
    AppointExaminers: appoint_examiners,
    SettleObjection: settle_objection,
    UpholdObjection: uphold_objection,
    ReopenObjection: reopen_objection,
}

NEEDS: dict[type[Command], Needs[ApplicationState]] = {
    RaiseObjection: ask_about_answers("objection"),
    AppointExaminers: examiners_needs,
}

FOLLOWS: tuple[Follow[ApplicationState], ...] = (notice_end, leave_out_notice)

WAITS: dict[str, Wait[ApplicationState]] = {Stage.NOTICE: wait_for_end}

SETTLES: dict[DueName, Settle[ApplicationState]] = {"notice": settle_notice}
