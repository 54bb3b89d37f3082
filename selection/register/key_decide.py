"""Who may found an installation, invite signers, enrol and revoke keys."""

from collections import Counter
from datetime import datetime, timedelta

from selection.decision.aggregate import ActRefused, Context, Event
from selection.decision.command import Command
from selection.decision.facts import Facts
from selection.decision.register_views import RegisterFacts, SignerFact, SignersToChange
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.proof import Assurance
from selection.process.room import Decider
from selection.refusals.refused import Refused
from selection.register import key_events as e
from selection.register.addresses import refuse_confirming, refuse_inviting
from selection.register.by_two import ADMINS_FOR_TWO
from selection.register.key_commands import (
    EndSession,
    EnrolKey,
    FoundInstallation,
    InviteSigner,
    NamePortals,
    RenewCode,
    RevokeKey,
    RevokeLostKey,
)
from selection.register.state import RegisterState
from selection.signing.ceremony import list_pages
from selection.signing.key import Key, as_browsers_write
from selection.signing.one_time_code import shows
from selection.signing.possession import Enrolment

VOUCHERS = frozenset({Role.ADMIN, Role.OFFICER})
"""Who confirms another person's first key."""
CODE_LASTS = timedelta(days=14)
"""[D] So long a one-time code counts from its invitation, or from the founding."""
MISSES = 5
"""[D] So many wrong codes end an invitation: the person is sent a new one."""
SESSION_LASTS = timedelta(hours=12)
"""[D] The longest that a session's key holds."""
SKEW = timedelta(minutes=2)
KEYS_AT_MOST = 20
"""[D] Keys in force of one person, sessions among them."""


def view_of(state: RegisterState, actor: Actor, command: Frozen) -> SignersToChange | None:
    """Return whose keys a command is about, None for one that is about no keys."""
    match command:
        case InviteSigner():
            return SignersToChange(people=command.people, codes=state.version + 1, hands=True)
        case EnrolKey():
            names = tuple(item.key.key for item in command.keys)
            people = tuple(item.person for item in command.keys)
            return SignersToChange(
                people=people, keys=names, hands=any(who != actor.person for who in people)
            )
        case RevokeKey() | EndSession():
            return SignersToChange(people=(actor.person,))
        case RevokeLostKey():
            return SignersToChange(people=(command.person,))
        case NamePortals():
            return SignersToChange(people=tuple(dict.fromkeys((actor.person, *state.admins))))
    return None


def first_keys(state: RegisterState, command: EnrolKey, person: str, at: datetime) -> tuple[Key, ...]:
    """Return the key that signs its own enrolment: the very first one, for whoever has the code of the founding.

    On a local installation nobody is asked for a code. No other key counts before it is enrolled. Raises Refused
    first-code-expired to who has the code, and to nobody else.
    """
    founded, (enrolment, *others) = state.founded, command.keys
    if founded is None or state.first or others or enrolment.person != person:
        return ()
    known = founded.local or shows(command.token, state.code, enrolment, founded.installation)
    if not known:
        return ()
    if not founded.local and _is_over(state.until, at):
        raise Refused("first-code-expired")
    return (enrolment.key,)


def _found_installation(
    state: RegisterState, command: FoundInstallation, context: Context
) -> tuple[Event, ...]:
    if state.version or context.actor.person != SYSTEM.person:
        raise Refused("already-founded")
    until = context.at + CODE_LASTS if command.code else None
    fields = command.model_dump(exclude={"kind"})
    return (e.InstallationFounded.model_validate({**fields, "until": until}),)


def _renew(state: RegisterState, command: RenewCode, context: Context) -> tuple[Event, ...]:
    founded = state.founded
    awaited = founded is not None and not founded.local and not state.first
    moved = founded is not None and command.portals not in ((), founded.portals)
    over = moved or _is_over(state.until, context.at)
    if context.actor.person != SYSTEM.person or not awaited or not over:
        raise Refused("code-holds")
    until = context.at + CODE_LASTS
    return (e.CodeRenewed(code=command.code, until=until, portals=command.portals),)


def _name_portals(state: RegisterState, command: NamePortals, context: Context) -> tuple[Event, ...]:
    """Say where people reach the installation.

    Never so that two administrators have no key left that counts, nor without the page on which it is signed: nobody
    could put that right.
    """
    founded = state.founded
    assert founded is not None
    for portal in command.portals:
        if (usual := as_browsers_write(portal)) != portal:
            raise Refused("portal-unusual", portal=portal, usual=usual)
    if command.portals == founded.portals or len(set(command.portals)) < len(command.portals):
        raise Refused("portals-same")
    if not founded.local:
        after, signers = founded.with_(portals=command.portals), _facts(context).signers
        able = [
            person
            for person in state.admins
            if any(key.is_of(after) for key in signers[person].own_keys(context.at))
        ]
        if len(able) < ADMINS_FOR_TWO:
            raise Refused("portals-too-early", portals=", ".join(command.portals))
    for page in list_pages(context.signed) if context.signed is not None else ():
        if page not in command.portals:
            raise Refused("portals-without-this-page", portal=page)
    return (e.PortalsNamed(portals=command.portals),)


def _is_over(until: datetime | None, at: datetime) -> bool:
    return until is None or at >= until


def _invite(state: RegisterState, command: InviteSigner, context: Context) -> tuple[Event, ...]:
    found = _facts(context)
    events, until = [], context.at + CODE_LASTS
    for person in command.people:
        _require_registered(context, person)
        if _has_key(found.signers[person], state, context.at):
            raise Refused("signer-has-key", person=person)
        refuse_inviting(person, context.actor.person, found, state.founded, context.at)
        code = found.codes[person]
        events.append(e.SignerInvited(person=person, known=code.known, code=code.ref, until=until))
    if len(set(command.people)) < len(command.people):
        raise Refused("unreadable", places="people (twice)")
    return tuple(events)


def _enrol(state: RegisterState, command: EnrolKey, context: Context) -> tuple[Event, ...]:
    names = Counter(item.key.key for item in command.keys)
    people = Counter(item.person for item in command.keys)
    if max(names.values()) > 1 or max(people.values()) > 1:
        raise Refused("unreadable", places="keys (twice)")
    for item in command.keys:
        _check_enrolment(state, item, command, context)
    by = context.actor.person
    return tuple(e.KeyEnrolled(person=item.person, key=item.key, by=by) for item in command.keys)


def _check_enrolment(state: RegisterState, item: Enrolment, command: EnrolKey, context: Context) -> None:
    """Raise Refused for a key that may not be enrolled by who asks for it."""
    founded = state.founded
    assert founded is not None
    if not item.key.is_of(founded):
        portals = ", ".join(founded.portals)
        raise Refused("key-elsewhere", site=item.key.site, portals=portals)
    if not item.holds_on(founded):
        raise Refused("key-unproven")
    if item.key.key in _facts(context).taken:
        raise Refused("key-known")
    _check_level(item, context)
    if not state.first and item.person == context.actor.person:
        # Nobody could be registered before: whoever founds the installation registers the others.
        return
    _require_registered(context, item.person)
    signer = _facts(context).signers[item.person]
    if sum(key.holds_at(context.at) for key in signer.keys) >= KEYS_AT_MOST:
        raise Refused("too-many", place="keys", limit=str(KEYS_AT_MOST))
    if item.person == context.actor.person:
        return
    if context.actor.role not in VOUCHERS:
        raise Refused("not-entitled", roles=", ".join(sorted(VOUCHERS)))
    if _has_key(signer, state, context.at):
        raise Refused("signer-has-key", person=item.person)
    if not founded.local:
        _check_code(signer, item, command, founded.installation, context.at)
        refuse_confirming(item.person, context.actor.person, _facts(context))


def _has_key(signer: SignerFact, state: RegisterState, at: datetime) -> bool:
    """Tell whether somebody has a key of their own with which they sign where people now go."""
    founded = state.founded
    return founded is not None and any(key.is_used_at(founded) for key in signer.own_keys(at))


def _check_level(item: Enrolment, context: Context) -> None:
    """Raise Refused for a key that ends too late for a session's, or ends at all and is none."""
    expires, session = item.key.expires, item.key.level is Assurance.SESSION
    if session and item.person != context.actor.person:
        raise Refused("session-of-another")
    if session != (expires is not None):
        raise Refused("session-too-long", hours=str(SESSION_LASTS // timedelta(hours=1)))
    if expires is not None and not context.at < expires <= context.at + SESSION_LASTS + SKEW:
        raise Refused("session-too-long", hours=str(SESSION_LASTS // timedelta(hours=1)))


def _check_code(
    signer: SignerFact, item: Enrolment, command: EnrolKey, installation: str, at: datetime
) -> None:
    """Raise Refused unless the code that the person was sent signed this enrolment; wrong ones are counted."""
    person = item.person
    if len(command.keys) > 1:
        raise Refused("unreadable", places="keys (one for each code)")
    if not signer.known or signer.misses >= MISSES:
        raise Refused("code-spent", person=person)
    if _is_over(signer.until, at):
        raise Refused("code-expired", person=person)
    if not shows(command.token, signer.known, item, installation):
        raise Refused("code-wrong", person=person, left=str(MISSES - signer.misses - 1))


def with_refusal(state: RegisterState, refused: ActRefused, at: datetime, facts: Facts) -> tuple[Event, ...]:
    """Return the events of a refused act: the refusal, and before it that a wrong code was shown if one was."""
    missed = refused.code == "code-wrong"
    return (e.CodeMissed(person=refused.params["person"]), refused) if missed else (refused,)


def _revoke(state: RegisterState, command: RevokeKey, context: Context) -> tuple[Event, ...]:
    return _revoke_of(context.actor.person, command.key, context)


def _end(state: RegisterState, command: EndSession, context: Context) -> tuple[Event, ...]:
    person = context.actor.person
    sessions = {item.key for item in _facts(context).signers[person].keys if item.level is Assurance.SESSION}
    if command.key not in sessions:
        # With a session's key at hand nobody takes away a key that outlasts it.
        raise Refused("key-unknown")
    return (e.KeyEnded(person=person, key=command.key),)


def _revoke_lost(state: RegisterState, command: RevokeLostKey, context: Context) -> tuple[Event, ...]:
    if command.person == context.actor.person:
        raise Refused("signer-self")
    return _revoke_of(command.person, command.key, context)


def _revoke_of(person: str, key: str, context: Context) -> tuple[Event, ...]:
    signer = _facts(context).signers.get(person)
    if signer is None or key not in {item.key for item in signer.keys}:
        raise Refused("key-unknown")
    return (e.KeyRevoked(person=person, key=key),)


def _require_registered(context: Context, person: str) -> None:
    known = context.facts.people.get(person)
    if known is None or not known.active:
        raise Refused("unknown-signer", person=person)


def _facts(context: Context) -> RegisterFacts:
    return context.facts.registry or RegisterFacts()


DECIDES: dict[type[Command], Decider[RegisterState]] = {
    FoundInstallation: _found_installation,
    RenewCode: _renew,
    NamePortals: _name_portals,
    InviteSigner: _invite,
    EnrolKey: _enrol,
    RevokeKey: _revoke,
    EndSession: _end,
    RevokeLostKey: _revoke_lost,
}
