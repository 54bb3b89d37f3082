"""Decide on who holds the posts of a running round (docs/decisions/0061)."""

from datetime import datetime

from pydantic import ValidationError

from selection.decision.aggregate import Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts, FactsRequest
from selection.decision.relations import RelationsAsked
from selection.kernel.actor import Actor, Role
from selection.process.duties import CLASHES, DUTY_OF_POST
from selection.process.registrars import refuse_registrars
from selection.process.room import Decider, Needs
from selection.refusals.refused import Refused
from selection.round.people.commands import AgreeOnPost, ChangePost
from selection.round.people.events import PostChanged
from selection.round.state import RoundState
from selection.rules.holders import STAFF, find_holders, key_of_post, with_holders
from selection.rules.model import RoundRules

Change = ChangePost | AgreeOnPost

LEAST = {"officers": 2, "supervisors": 2}
"""How many keep a post, unless fewer had it before: so many sign what two of them must sign."""


def appoints(role: Role, post: str) -> bool:
    """Tell whether people of a role change a post: supervisors every one but their own, which officers change."""
    return role is (Role.OFFICER if post == "supervisors" else Role.SUPERVISOR)


def change_post(state: RoundState, command: ChangePost, context: Context) -> tuple[Event, ...]:
    """Change who holds a post. Raises Refused where whoever signs would appoint themselves, or it would not hold."""
    holders = find_post(state, command)
    if not appoints(context.actor.role, command.post):
        raise Refused("post-not-yours", post=command.post)
    return (check_change(state, command, context, holders),)


def find_post(state: RoundState, command: Change) -> tuple[str, ...]:
    """Return who holds the post that is to change. Raises Refused for one that the round has not."""
    holders = find_holders(state.current, key_of_post(command.post, command.level))
    if holders is None:
        raise Refused("unknown-value", place="level")
    return holders


def check_change(
    state: RoundState, command: Change, context: Context, holders: tuple[str, ...]
) -> PostChanged:
    """Return the change of a post that `holders` hold. Raises Refused for what stands against it, whoever signs it."""
    added, removed = tuple(dict.fromkeys(command.add)), tuple(dict.fromkeys(command.remove))
    if not (added or removed):
        raise Refused("post-unchanged")
    if context.actor.person in (*added, *removed):
        raise Refused("own-post")
    if context.actor.behalf:
        raise Refused("no-onward-delegation")
    if added:
        _refuse_registrar(added, context)
    for person in added:
        if any(item.substitute == person for item in state.delegations):
            raise Refused("substitute-taken", person=person)
        refuse_party(state, person, command.post, context)
        if person in holders:
            raise Refused("post-held", person=person)
    for person in removed:
        if person not in holders:
            raise Refused("post-not-held", person=person)
    refuse_unregistered(added, command.post, context)
    after = (*(person for person in holders if person not in removed), *added)
    _refuse_unfit(state.current, key_of_post(command.post, command.level), len(holders), after)
    return PostChanged(
        post=command.post, level=command.level, added=added, removed=removed, reason=command.reason
    )


def _refuse_registrar(added: tuple[str, ...], context: Context) -> None:
    """Raise Refused for an administrator: who registers a person for a post does not put them into it as well.

    Nor does whoever did so before, though they are no administrator any more.
    """
    fact = context.facts.people.get(context.actor.person)
    if fact is not None and fact.holds(Role.ADMIN):
        raise Refused("registrar-appoints")
    refuse_registrars(added, context)


def refuse_party(state: RoundState, person: str, post: str, context: Context) -> None:
    """Raise Refused for who applies in the round, or held another post: what they did in it stands, beside this one.

    What somebody did in an application otherwise keeps them from acting on it.
    """
    bids = context.facts.relations.bids if context.facts.relations else ()
    if any(person in bid.applicants for bid in bids):
        raise Refused("post-of-applicant", person=person)
    for other in sorted(CLASHES[DUTY_OF_POST[post]]):
        if person in state.former.get(other, ()):
            raise Refused("post-held-before", person=person, duty=other)


def refuse_unregistered(people: tuple[str, ...], post: str, context: Context) -> None:
    """Raise Refused unless the register gives each the role that the post takes, which two administrators signed."""
    role = STAFF.get(post, Role.APPROVER)
    known = context.facts.people
    missing = [person for person in people if person not in known or not known[person].holds(role)]
    if missing:
        raise Refused("staff-unregistered", people=", ".join(f"{name} ({role.value})" for name in missing))


def _refuse_unfit(rules: RoundRules, key: str, before: int, after: tuple[str, ...]) -> None:
    """Raise Refused where too few would be left, or somebody would have two posts that must not meet."""
    post, _, code = key.partition("/")
    needed = next((level.needed for level in rules.approval if level.code == code), LEAST.get(post, 0))
    if len(after) < min(needed, before):
        raise Refused("post-too-few", post=post, least=str(min(needed, before)))
    changed = with_holders(rules, {key: after})
    # What did not change is as it was read: only the posts are read anew, and all held together.
    posts = changed.model_dump(include={"staff", "approval"})
    try:
        RoundRules.model_validate({**dict(changed), **posts})
    except ValidationError:
        raise Refused("post-clash", post=post) from None


def ask_added(
    state: RoundState, actor: Actor, command: ChangePost, at: datetime, facts: Facts
) -> FactsRequest:
    """Return what the register says of the actor and of whoever is to hold the post, and who registered these."""
    return FactsRequest(
        people=(actor.person, *command.add),
        registered=(*command.add,),
        relations=RelationsAsked(people=command.add) if command.add else None,
    )


DECIDES: dict[type[Command], Decider[RoundState]] = {ChangePost: change_post}

NEEDS: dict[type[Command], Needs[RoundState]] = {ChangePost: ask_added}
