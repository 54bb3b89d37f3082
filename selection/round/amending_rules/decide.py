"""Decide on changes of the rules of a running round: in the open, by two people (docs/decisions/0066)."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

from pydantic import ValidationError

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.decision.views import QuotaUse
from selection.kernel.actor import Actor
from selection.kernel.stages import RoundStage
from selection.process.room import Decider, Needs
from selection.refusals.refused import Refused
from selection.round.amending_rules.commands import AmendRules, RuleOnAmendment
from selection.round.amending_rules.events import (
    AmendmentAgreed,
    AmendmentDeclined,
    AmendmentEntered,
    RulesAmended,
)
from selection.round.amending_rules.table import Amendable, find_field, find_top, list_units
from selection.round.preconditions import refuse_busy
from selection.round.state import RoundState
from selection.rules.changing.amendments import NONE, EnteredAmendment, read_value, with_value
from selection.rules.checks import cross_faults
from selection.rules.model import RoundRules, rules_hash
from selection.rules.sections import ApprovalLevel

_BEFORE_THE_CUT = (RoundStage.DRAWING, RoundStage.REVIEW, RoundStage.SHORTLISTING)

Change = AmendRules | EnteredAmendment


def amend_rules(state: RoundState, command: AmendRules, context: Context) -> tuple[Event, ...]:
    """Enter a change of the rules. Raises Refused for what could not be agreed to as the round stands."""
    _require_allowed(state, command, context)
    return (
        AmendmentEntered(
            number=state.entered_amendments + 1,
            path=command.path,
            before=command.before,
            after=command.after,
            reason=command.reason,
        ),
    )


def rule_on_amendment(state: RoundState, command: RuleOnAmendment, context: Context) -> tuple[Event, ...]:
    """Agree to the change that waits, or decline it; what stood against it when it was entered is asked anew."""
    waiting = state.waiting_amendment
    if waiting is None or waiting.number != command.number:
        raise Refused("no-amendment")
    if not set(context.actor.people).isdisjoint(waiting.people):
        raise Refused("own-amendment")
    top = find_top(state)
    if top is not None:
        _refuse_below(state, top, waiting, context.actor)
    if command.ruling == "declined":
        return (AmendmentDeclined(number=waiting.number, reason=command.reason),)
    field, amended = _require_allowed(state, waiting, context)
    if top is not None and len(set(waiting.agreed) & set(top.approvers)) + 1 < top.needed:
        return (AmendmentAgreed(number=waiting.number, level=top.code, reason=command.reason),)
    return (
        RulesAmended(
            number=waiting.number,
            path=waiting.path,
            before=waiting.before,
            after=waiting.after,
            entered_by=waiting.people[0],
            approver=context.actor.person,
            reason=waiting.reason,
            consent=command.reason,
            touches=field.touches,
            again=_list_again(state, amended, waiting),
            amended_hash=rules_hash(amended),
            level="" if top is None else top.code,
        ),
    )


def _refuse_below(state: RoundState, top: ApprovalLevel, waiting: EnteredAmendment, actor: Actor) -> None:
    """Raise Refused for an approver of another level than the top one, and for who of it agreed already."""
    if actor.principal not in top.approvers:
        raise Refused("amendment-needs-top", level=top.code)
    if actor.principal in waiting.agreed:
        raise Refused("already-done", version=str(state.version), stream=state.stream)


def ask_quota_use(
    state: RoundState, actor: Actor, command: AmendRules | RuleOnAmendment, at: datetime, facts: Facts
) -> FactsRequest:
    """Return how to ask what is used of the quotas that a change makes smaller; nothing where it makes none so."""
    change = command if isinstance(command, AmendRules) else state.waiting_amendment
    if state.sealed is None or change is None:
        return FactsRequest()
    units = list_units(state.rules_in_force, change.path)
    smaller = units and not _is_more(change.before, change.after)
    return FactsRequest(view=QuotaUse(units=units) if smaller else None)


def _require_allowed(state: RoundState, change: Change, context: Context) -> tuple[Amendable, RoundRules]:
    """Return the field's row and the rules with the change. Raises Refused for the first thing in its way."""
    # What is being carried out would be decided half by the old value.
    refuse_busy(state)
    rules, field = state.rules_in_force, find_field(change.path)
    if field is None:
        raise Refused("not-amendable")
    stands = read_value(rules, change.path)
    if stands is None:
        raise Refused("unknown-value", place="path")
    if state.stage not in field.stages:
        raise Refused("amendment-too-late", path=field.path, stage=field.until.value)
    if change.before != stands:
        raise Refused("amendment-stale", path=field.path, stands=stands)
    _refuse_drawn(state, field)
    if field.way == "up" and not _is_more(change.before, change.after):
        raise Refused("amendment-takes-away", path=field.path, stands=stands)
    amended = _read(rules, change)
    _refuse_used(amended, change, context)
    return field, amended


def _read(rules: RoundRules, change: Change) -> RoundRules:
    """Return the rules with the change. Raises Refused unless it is one, and they still hold together."""
    try:
        amended = with_value(rules, change.path, change.after)
        _refuse_unsound(amended)
        amended = RoundRules.model_validate(amended.model_dump())
    except ValidationError:
        raise Refused("amendment-unsound", unsound=f"{change.path} invalid") from None
    except ValueError:
        raise Refused("amendment-unclear") from None
    if change.after == change.before or read_value(amended, change.path) != change.after:
        raise Refused("amendment-unclear")
    return amended


def _refuse_unsound(amended: RoundRules) -> None:
    """Raise Refused with what no longer holds together in these rules: each place with the code of its fault."""
    faults = cross_faults({name: getattr(amended, name) for name in RoundRules.model_fields})
    if faults:
        raise Refused("amendment-unsound", unsound="; ".join(f"{item.path} {item.code}" for item in faults))


def _refuse_drawn(state: RoundState, field: Amendable) -> None:
    """Raise Refused where a draw that stands, or waits, was made by the field."""
    drawn = any(not draw.voided for draw in state.draws.values())
    if {"undrawn": drawn, "no-draw-waiting": state.waiting_draw is not None}.get(field.needs, False):
        raise Refused("amendment-after-draw", path=field.path)
    if field.needs == "cut-closed" and drawn and state.stage in _BEFORE_THE_CUT and not state.shortlist:
        raise Refused("amendment-moves-cut", path=field.path)


def _refuse_used(amended: RoundRules, change: Change, context: Context) -> None:
    """Raise Refused where a unit would have fewer places than it has used."""
    quotas = [amended.quota_of(unit) for unit in list_units(amended, change.path)]
    used = context.facts.used
    if used and min(quotas, default=used) < used:
        raise Refused("quota-used", count=str(used))


def _list_again(state: RoundState, amended: RoundRules, change: EnteredAmendment) -> tuple[str, ...]:
    """Return the acts that are asked for again: a list that was full, a draw that found no panels."""
    rules = state.rules_in_force
    if any(amended.quota_of(unit) > rules.quota_of(unit) for unit in list_units(amended, change.path)):
        return ("recommend",)
    drawn = list(state.draws.values())[-1:]
    if change.path == "panel.max_load" and any(draw.clashing for draw in drawn):
        return ("commit-draw",)
    return ()


def _is_more(before: str, after: str) -> bool:
    """Tell whether a value is larger than another; what is left open, such as a unit's own quota, is no number."""
    if NONE in (before, after):
        return False
    try:
        return Decimal(after) > Decimal(before)
    except InvalidOperation:
        return False


DECIDES: dict[type[Command], Decider[RoundState]] = {
    AmendRules: amend_rules,
    RuleOnAmendment: rule_on_amendment,
}

NEEDS: dict[type[Command], Needs[RoundState]] = {
    AmendRules: ask_quota_use,
    RuleOnAmendment: ask_quota_use,
}
