"""Who may do what to the installation's register, letters and logs."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import ValidationError

from selection.decision.aggregate import Context, Due, Event
from selection.decision.command import Command, reader_of
from selection.decision.facts import Facts, FactsRequest
from selection.decision.register_views import (
    LetterFact,
    LettersToSettle,
    OwnTies,
    PeopleToRegister,
    PersonToErase,
    RegisterFacts,
    RegisterView,
    RoundInOffice,
)
from selection.decision.relations import Tie
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen
from selection.process.room import Decider
from selection.refusals.refused import Refused
from selection.register import events as e, key_decide, unit_decide
from selection.register.addresses import register_person
from selection.register.by_two import (
    ADMINS_FOR_TWO,
    NAMED_AT_MOST,
    could_sign,
    list_administrators,
    name_admins,
    refuse_administrators,
    refuse_otherwise,
    refuse_too_few,
)
from selection.register.commands import (
    COMMANDS,
    DeclareTie,
    ErasePerson,
    RecordPapers,
    RecordRestoration,
    RegisterAgents,
    RegisterPeople,
    RegisterStaff,
    ReportUnreached,
    SettleLetters,
)
from selection.register.key_commands import EndSession, EnrolKey, FoundInstallation, RenewCode, RevokeKey
from selection.register.state import INSTALLATION, RegisterState
from selection.signing.key import Key

CONTENTS_PER_EVENT = 1000
"""So many ids of contents fit into a leaf."""

TIES_AT_MOST = 50
"""So many ties of their own somebody declares at a time, as many as a registration holds."""

DECLARED_AT_MOST = 60
"""[D] So often somebody ever declares a tie, ends not counted: each has the applications look that it touches. Further
ones an administrator registers."""

parse = reader_of(COMMANDS)


def needs(state: RegisterState, actor: Actor, command: Frozen, at: datetime, facts: Facts) -> FactsRequest:
    """Return what the command has to know of people, identities, duties and letters."""
    if (about := key_decide.view_of(state, actor, command)) is not None:
        return FactsRequest(people=about.people, registry=about)
    view: RegisterView | None = unit_decide.view_of_units(command)
    people: tuple[str, ...] = ()
    match command:
        case RegisterPeople() | RegisterStaff() | RegisterAgents():
            identities = {item.person: item.identity for item in command.people}
            addresses = {item.person: item.address for item in command.people}
            asked = dict.fromkeys((*state.admins, *name_admins(state, command.people)))
            changes = bool(list_administrators(state, command.people, actor.person))
            view = PeopleToRegister(
                people=identities,
                addresses=addresses,
                admins=tuple(asked),
                signer=actor.person,
                changes=changes,
            )
            people = tuple(item.person for item in command.people)
        case ErasePerson():
            view, people = PersonToErase(person=command.person), (command.person,)
        case SettleLetters():
            view = LettersToSettle(letters=command.letters)
        case RecordPapers():
            view = RoundInOffice(round=command.round)
        case DeclareTie():
            view = OwnTies(person=actor.person)
    return FactsRequest(people=people, registry=view)


def decide(state: RegisterState, command: Frozen, context: Context) -> tuple[Event, ...]:
    """Return the events of an act, or raise Refused."""
    assert isinstance(command, Command)
    _refuse_unentitled(state, command, context)
    return DECIDES[type(command)](state, command, context)


def admits_stranger(state: RegisterState, kind: str) -> bool:
    """Tell whether somebody who is not registered may act: the first key, and who registers the first administrator."""
    first = kind == EnrolKey.ACT.kind and not state.first
    return first or (kind == RegisterPeople.ACT.kind and not state.administered)


def keys_beside(
    state: RegisterState, person: str, command: Mapping[str, object], at: datetime
) -> tuple[Key, ...]:
    """Return the key that counts for an act though nobody vouched for it: the very first one enrols itself.

    Raises Refused first-code-expired.
    """
    if state.first or command.get("kind") != EnrolKey.ACT.kind:
        return ()
    try:
        enrolling = EnrolKey.model_validate(command)
    except ValidationError:
        return ()
    return key_decide.first_keys(state, enrolling, person, at)


def due(state: RegisterState, facts: Facts) -> Due | None:
    """Return None: nothing here waits for a deadline."""


def settle(state: RegisterState, passed: Due, facts: Facts) -> tuple[Event, ...]:
    """Return nothing, as nothing is ever due."""
    return ()


def apply(state: RegisterState, event: Event, leaf: Leaf) -> RegisterState:
    """Return the state after the event."""
    return state.with_(**e.FOLDS[type(event)](state, event, leaf))


def _refuse_unentitled(state: RegisterState, command: Command, context: Context) -> None:
    """Raise Refused unless the register gives the actor the role in which they act, and the act is that role's."""
    actor, roles = context.actor, command.ACT.roles
    if admits_stranger(state, command.ACT.kind):
        return
    known = context.facts.people.get(actor.person)
    # Whoever is registered may report an act of theirs; an officer is one by the sealed rules of the round.
    of_anyone = ReportUnreached | SettleLetters | RecordPapers | RevokeKey | EndSession | DeclareTie
    free = isinstance(command, of_anyone)
    if isinstance(command, EnrolKey) and all(item.person == actor.person for item in command.keys):
        free = True
    if isinstance(command, FoundInstallation | RenewCode):
        return
    if known is None or not (known.active if free else known.holds(actor.role)) or actor.role not in roles:
        raise Refused("not-entitled", roles=", ".join(sorted(role.value for role in roles)))


def _register(
    state: RegisterState, command: RegisterPeople | RegisterStaff | RegisterAgents, context: Context
) -> tuple[Event, ...]:
    """Register people; staff and agents by acts that two sign, once there are two administrators who could."""
    found = _facts(context)
    if isinstance(command, RegisterAgents) and context.actor.reason is None:
        raise Refused("missing", place="--reason")
    if len(could_sign(state, found)) >= ADMINS_FOR_TWO:
        for item in command.people:
            before, known = context.facts.people.get(item.person), found.addresses.get(item.person)
            refuse_otherwise(state, item, before, command, known)
    named = [item.person for item in command.people]
    if len(set(named)) < len(named):
        raise Refused("unreadable", places="person (twice)")
    _refuse_beside(found, [item.person for item in command.people if item.active], context)
    if found.apart:
        refuse_administrators(list_administrators(state, command.people, context.actor.person))
    for item in command.people:
        if item.person in found.erased:
            raise Refused("person-erased")
        if item.person not in found.stored:
            raise Refused("identity-missing")
    refuse_too_few(state, command.people, found)
    return tuple(
        register_person(item, found.addresses.get(item.person), state.founded, context.at)
        for item in command.people
    )


def _refuse_beside(found: RegisterFacts, named: list[str], context: Context) -> None:
    """Raise Refused for who serves in a round in which one of these people has a part.

    Else they would give somebody in a post, or on a panel, another address, and have a confidant act as them. Whoever
    is stopped acts no more, so that anybody who registers people stops somebody at once.
    """
    beside = [person for person in named if person in found.beside and person != context.actor.person]
    if beside:
        people = ", ".join(beside[:NAMED_AT_MOST])
        raise Refused("registrar-in-office", people=people, count=str(len(beside)))


def _erase(state: RegisterState, command: ErasePerson, context: Context) -> tuple[Event, ...]:
    found, person = _facts(context), command.person
    if person == context.actor.person:
        # The last administrator could not be registered anew.
        raise Refused("another-admin")
    if person not in context.facts.people:
        raise Refused("unknown-person")
    if person in found.erased and not found.contents:
        raise Refused("already-done", version=str(found.erased[person]), stream=INSTALLATION)
    if found.duties and not command.force:
        raise Refused("open-duty", count=str(len(found.duties)), first=found.duties[0])
    if found.duties and context.facts.people[person].active:
        # By that the applications in which somebody waits for them learn of it; an erasure is carried to none.
        raise Refused("still-active")
    starts = range(0, max(len(found.contents), 1), CONTENTS_PER_EVENT)
    parts = (found.contents[start : start + CONTENTS_PER_EVENT] for start in starts)
    return tuple(e.PersonErased(person=person, contents=part, forced=bool(found.duties)) for part in parts)


def _settle_letters(state: RegisterState, command: SettleLetters, context: Context) -> tuple[Event, ...]:
    found = _facts(context).letters
    if len(set(command.letters)) < len(command.letters):
        raise Refused("unreadable", places="letters (twice)")
    # Whether there is such a letter at all is told to its officers alone.
    if any(item not in found or context.actor.person not in found[item].officers for item in command.letters):
        raise Refused("not-entitled", roles=Role.OFFICER.value)
    return tuple(_settle_letter(number, found[number], command) for number in sorted(command.letters))


def _settle_letter(number: int, letter: LetterFact, command: SettleLetters) -> e.LetterSettled:
    if not letter.waits and letter.settled:
        raise Refused("already-done", version=str(letter.settled), stream=INSTALLATION)
    if not letter.waits:
        raise Refused("letter-not-refused", letter=str(number))
    if letter.gone and command.how == "resend":
        raise Refused("addressee-erased", letter=str(number))
    return e.LetterSettled(
        task=task_of_letter(number),
        target=letter.stream,
        caused_by=letter.version,
        letter=letter.key,
        message_id=letter.message_id,
        to=letter.to,
        found=letter.found,
        how=command.how,
    )


def _record_papers(state: RegisterState, command: RecordPapers, context: Context) -> tuple[Event, ...]:
    # Whether there is such a round is told to its officers alone.
    if context.actor.person not in _facts(context).officers:
        raise Refused("not-entitled", roles=Role.OFFICER.value)
    return (e.PapersRecorded(round=command.round, papers=command.papers),)


def _restore(state: RegisterState, command: RecordRestoration, context: Context) -> tuple[Event, ...]:
    if context.actor.reason is None:
        raise Refused("missing", place="--reason")
    return (e.LogRestored.model_validate(command.model_dump(exclude={"kind"})),)


def _report(state: RegisterState, command: ReportUnreached, context: Context) -> tuple[Event, ...]:
    fields = {"target": command.target, "kind": command.act, "code": command.code, "params": command.params}
    return (e.MessageRefused.model_validate(fields),)


def _declare_tie(state: RegisterState, command: DeclareTie, context: Context) -> tuple[Event, ...]:
    """Declare a tie of one's own, or end it; what an administrator registered of one stays as it is."""
    person, found = context.actor.person, _facts(context)
    own = found.ties
    if bool(command.unit) is bool(command.other) or command.other == person:
        raise Refused("tie-unclear")
    tie = Tie(kind=command.tie, unit=command.unit, other=command.other)
    if command.holds and tie in own:
        raise Refused("tie-declared-already")
    if not (command.holds or tie in own):
        raise Refused("no-such-tie")
    if command.holds and len(own) >= TIES_AT_MOST:
        raise Refused("too-many", place="ties", limit=str(TIES_AT_MOST))
    if command.holds and found.declared >= DECLARED_AT_MOST:
        raise Refused("tie-by-administrator", limit=str(DECLARED_AT_MOST))
    return (e.TieDeclared(person=person, tie=tie, holds=command.holds),)


DECIDES: dict[type[Command], Decider[RegisterState]] = {
    RegisterPeople: _register,
    RegisterStaff: _register,
    RegisterAgents: _register,
    ErasePerson: _erase,
    SettleLetters: _settle_letters,
    RecordPapers: _record_papers,
    RecordRestoration: _restore,
    ReportUnreached: _report,
    DeclareTie: _declare_tie,
    **key_decide.DECIDES,
    **unit_decide.DECIDES,
}


def task_of_letter(letter: int) -> str:
    """Return the key of the officer's task about a letter, as the view open_tasks spells it."""
    return f"undelivered/{letter}"


def _facts(context: Context) -> RegisterFacts:
    return context.facts.registry or RegisterFacts()
