"""Decide on opening the round."""

from datetime import datetime

from pydantic import ValidationError

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command, least_assurance
from selection.decision.facts import Facts, FactsRequest
from selection.kernel.actor import Actor, Role
from selection.kernel.day_clock import is_rehearsal
from selection.kernel.named import SEALING
from selection.process.room import Decider, Needs
from selection.refusals.refused import Refused
from selection.refusals.unreadable import FieldNames, refuse_unreadable
from selection.round import commands as c
from selection.round.calling.decide import find_opening
from selection.round.course_events import RoundOpened
from selection.round.posts import list_staff, refuse_unregistered
from selection.round.state import RoundState
from selection.rules.assurance import level_faults
from selection.rules.checks import find_sealing_faults
from selection.rules.model import RoundRules, rules_hash
from selection.rules.terms import get_sealed_deadlines

# Rules may name anything; only the names of sections and fields are told.
_RULE_NAMES = FieldNames(RoundRules)


def open_round(state: RoundState, command: c.OpenRound, context: Context) -> tuple[Event, ...]:
    """Seal the rules: their hash enters the record. The call opens with it, or before its day later, by `open-call`."""
    try:
        rules = RoundRules.model_validate(command.rules, context=SEALING)
    except ValidationError as fault:
        places = refuse_unreadable(fault, _RULE_NAMES).params["places"]
        raise Refused("rules-faulty", faults=places) from None
    _refuse_levels(rules)
    for foreseeable in find_sealing_faults(rules.draws):
        raise Refused("lottery-foreseeable", place=foreseeable.path, **foreseeable.params)
    if rules_hash(rules) != command.rules_hash:
        raise Refused("rules-unsealed")
    founded = context.facts.founded
    if founded is None or rules.local is not founded.local:
        raise Refused("rules-unsigned" if rules.local else "rules-local")
    if not rules.accepts_round_id(state.round):
        raise Refused("unknown-value", place="round id")
    person = context.actor.person
    if context.actor.role is Role.ADMIN and len(rules.staff.admins) < 2 and not founded.local:
        # Nobody else could sign it.
        raise Refused("opened-by-officers")
    if person not in (*rules.staff.officers, *rules.staff.admins):
        raise Refused("not-entitled", roles="officer or admin in the rules")
    refuse_unregistered(rules, context)
    return (
        RoundOpened(
            rules_hash=command.rules_hash,
            rules=rules.model_dump(mode="json"),
            rehearsal=is_rehearsal(rules.clock),
            deadlines=get_sealed_deadlines(rules),
            awaits_call=find_opening(rules, context.at),
        ),
    )


def _refuse_levels(rules: RoundRules) -> None:
    """Raise Refused unless the rules say of each act, and of nothing else, how it is signed, and ask for enough.

    What is no act may be anything that somebody typed, and is not told.
    """
    found: dict[str, list[str]] = {}
    for kind, fault in level_faults(rules.assurance, least_assurance()):
        found.setdefault(fault.code, []).append(kind)
    if "unknown_act" in found:
        raise Refused("levels-unknown", count=str(len(found["unknown_act"])))
    if "missing" in found:
        raise Refused("levels-missing", acts=", ".join(found["missing"]))
    if found:
        raise Refused("levels-below", acts=", ".join(found["below_least"]))


def ask_staff(
    state: RoundState, actor: Actor, command: c.OpenRound, at: datetime, facts: Facts
) -> FactsRequest:
    """Return what the register says of the actor and of everybody whom the rules give a post."""
    return FactsRequest(people=(actor.person, *list_staff(command)))


DECIDES: dict[type[Command], Decider[RoundState]] = {c.OpenRound: open_round}

NEEDS: dict[type[Command], Needs[RoundState]] = {c.OpenRound: ask_staff}
