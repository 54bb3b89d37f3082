"""What a changed mail address waits for, and by whose hands a person comes to a first key.

Three steps lead to one: an address is registered, a code is sent there, the key is confirmed. Whoever did all of them
alone would be that person. So nobody confirms a key who entered the address alone or sent the code, and nobody sends a
code to an address that they changed, as long as somebody else could. What an earlier version registered tells no
address, and none of this is asked of it until it is registered anew.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from selection.decision.register_views import AddressFact, RegisterFacts
from selection.refusals.refused import Refused
from selection.register.commands import Registered
from selection.register.events import PersonRegistered
from selection.signing.key import Founded

TWO = 2
"""Two who entered an address together are as many as it takes."""


def register_person(
    item: Registered, known: AddressFact | None, founded: Founded | None, at: datetime
) -> PersonRegistered:
    """Return the event of a registration, which says whether the address is another one than before."""
    event = PersonRegistered.model_validate(item.model_dump())
    if known is None or not item.address or known.address == item.address:
        return event
    wait = timedelta(days=founded.address_days) if founded is not None else timedelta()
    return event.with_(former=known.identity, keys_from=at + wait)


def refuse_inviting(
    person: str, by: str, found: RegisterFacts, founded: Founded | None, at: datetime
) -> None:
    """Raise Refused for a code to an address that was changed a short while ago, or by who sends the code."""
    known = found.addresses.get(person)
    if known is None or not known.address or not known.changed or founded is None:
        return
    until = known.since + timedelta(days=founded.address_days)
    if at < until:
        raise Refused("address-waits", person=person, until=until.isoformat())
    if by in known.hands and _list_others(found, (person, *known.hands)):
        raise Refused("address-by-another", person=person)


def refuse_confirming(person: str, by: str, found: RegisterFacts) -> None:
    """Raise Refused for who entered the person's address alone, or changed it, or sent the code."""
    known = found.addresses.get(person)
    if known is None or not known.address:
        return
    hands = known.hands if known.changed or len(known.hands) < TWO else ()
    if by in hands and _list_others(found, (person, *hands)):
        raise Refused("address-by-another", person=person)
    sender = found.signers[person].invited_by
    if by == sender and _list_others(found, (person, *hands, sender)):
        raise Refused("code-by-another", person=person)


def _list_others(found: RegisterFacts, but: Iterable[str]) -> set[str]:
    """Return who else could send a code and confirm a key."""
    return {*found.vouchers} - {*but}
