"""What was asked of the installation, where nobody signed it: made from what came of it, as far as that holds it.

A local installation takes acts without a signature, and their entries hold the command's hash alone. Whether a command
is the one that was asked is told by that hash.
"""

from collections.abc import Iterator, Sequence

from audit.decisions.from_entries import letter_of
from selection.decision.aggregate import Event, event_of
from selection.decision.command import Command
from selection.decision.envelope import Envelope, envelope_of
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen
from selection.register import (
    commands as c,
    events as e,
    key_commands as kc,
    key_events as k,
    unit_commands as uc,
    unit_events as u,
)


def find_asked(leaves: Sequence[Leaf]) -> Envelope | None:
    """Return the unsigned act that made these entries, None where they do not tell it."""
    first = leaves[0]
    for command in _commands_of([event_of(leaf) for leaf in leaves]):
        asked = envelope_of(first.stream, command, first.actor, str(first.data["command_id"]))
        if asked.digest == first.data.get("command_hash"):
            return asked
    return None


def _commands_of(events: list[Event]) -> Iterator[Command]:
    """Yield what may have been asked; never for the enrolment of a key, whose own signature no entry holds."""
    match events[0]:
        case e.PersonRegistered():
            # What follows from the act beside it was not asked.
            told = (event.model_dump(mode="json", exclude={"former", "keys_from"}) for event in events)
            people = tuple(c.Registered.model_validate(item) for item in told)
            yield from (kind(people=people) for kind in (c.RegisterPeople, c.RegisterStaff, c.RegisterAgents))
        case e.TieDeclared(tie=tie, holds=holds):
            yield c.DeclareTie(tie=tie.kind, unit=tie.unit, other=tie.other, holds=holds)
        case e.PersonErased(person=person):
            yield from (c.ErasePerson(person=person, force=force) for force in (False, True))
        case e.LetterSettled(how=how):
            letters = [letter_of(event) for event in events if isinstance(event, e.LetterSettled)]
            yield c.SettleLetters(letters=tuple(letters), how=how)
        case e.PapersRecorded(round=named, papers=papers):
            yield c.RecordPapers(round=named, papers=papers)
        case e.LogRestored() as event:
            yield c.RecordRestoration(**_dump(event))
        case e.MessageRefused(target=target, kind=kind, code=code, params=params):
            yield c.ReportUnreached(target=target, act=kind, code=code, params=params)
        case u.UnitRegistered():
            yield uc.RegisterUnits(units=tuple(uc.UnitEntry.model_validate(_dump(event)) for event in events))
        case _:
            yield from _key_commands_of(events)


def _key_commands_of(events: list[Event]) -> Iterator[Command]:
    match events[0]:
        case k.SignerInvited():
            invited = [event.person for event in events if isinstance(event, k.SignerInvited)]
            yield kc.InviteSigner(people=tuple(invited))
        case k.PortalsNamed(portals=portals):
            yield kc.NamePortals(portals=portals)
        case k.KeyEnded(key=key):
            yield kc.EndSession(key=key)
        case k.KeyRevoked(person=person, key=key):
            yield kc.RevokeKey(key=key)
            yield kc.RevokeLostKey(person=person, key=key)


def _dump(event: Frozen) -> dict[str, object]:
    return event.model_dump(mode="json")
