"""First keys that wait to be confirmed: taken from whom the code in a letter shows, told to who may confirm them.

They are kept beside the record (ledger/people/first_keys.py), for who has the portal's login.
"""

from collections.abc import Sequence
from datetime import datetime

from pydantic import ValidationError

from ledger.people.first_keys import KeptFirstKey
from ledger.record import Ledger
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.subject import Subject
from reading.errors import Hidden
from selection.decision.register_views import SignerFact, SignersToChange
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from selection.refusals.refused import Refused
from selection.register.key_commands import EnrolKey
from selection.register.key_decide import MISSES, VOUCHERS, first_keys
from selection.register.state import INSTALLATION, RegisterState
from selection.signing.key import Founded
from selection.signing.one_time_code import Token, shows
from selection.signing.possession import Enrolment
from selection.streams import aggregate


class FirstKey(Frozen):
    """A key with its own signature, and the signature of it by the code that its person was sent."""

    enrolment: Enrolment
    token: Token


class WaitingKey(Frozen):
    """One that waits: whose it is to be, what they are called, and since when."""

    person: str
    name: str
    since: Instant
    first: FirstKey


class FirstKeyDesk:
    """Takes first keys. Only what would be enrolled if it were confirmed now is kept, so that nobody can flood it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def awaits_founder(self) -> bool:
        """Tell whether nobody has a key yet where keys are asked for: the code of the founding enrols the first one."""
        state = await self._find_register()
        return state is not None and state.founded is not None and not state.founded.local and not state.first

    async def founds(self, first: FirstKey) -> bool:
        """Tell whether a key would be enrolled by the code of the founding if it were sent now."""
        state = await self._find_register()
        if state is None or state.founded is None or state.founded.local:
            return False
        command = EnrolKey(keys=(first.enrolment,), token=first.token)
        now = await self._ledger.keys.read_clock()
        try:
            found = first_keys(state, command, first.enrolment.person, now)
        except Refused:
            return False
        return bool(found) and first.enrolment.holds_on(state.founded)

    async def has_founded(self, first: FirstKey) -> bool:
        """Tell whether a key is the one that was enrolled by the code of the founding."""
        state, enrolment = await self._find_register(), first.enrolment
        if state is None or state.founded is None or state.first != enrolment.key.key:
            return False
        return shows(first.token, state.code, enrolment, state.founded.installation)

    async def _find_register(self) -> RegisterState | None:
        snapshot = await self._ledger.reading.snapshot(INSTALLATION)
        state = None if snapshot is None else aggregate(INSTALLATION).load(snapshot.state)
        return state if isinstance(state, RegisterState) else None

    async def ask(self, first: FirstKey) -> bool:
        """Keep a first key, and tell whether it was.

        Of one that is not kept nothing is told: that there is such a person, or a code, knows who has the code.
        """
        person, keys = first.enrolment.person, self._ledger.keys
        founded, now = await keys.read_founding(), await keys.read_clock()
        signer = (await keys.signers(SignersToChange(people=(person,))))[person]
        registered = person in await self._ledger.people.list_names([person])
        if not (registered and fits(first, signer, founded, now)):
            return False
        if await keys.find_used([first.enrolment.key.key]):
            # Enrolled before, of whomever: to confirm it would be refused.
            return False
        return await self._ledger.first_keys.ask(person, signer.known, first.model_dump_json())


class FirstKeyReads(Part):
    """What waits to be confirmed, for officers and administrators; never one's own."""

    async def list_waiting(self, subject: Subject) -> tuple[WaitingKey, ...]:
        """Return what the subject can confirm, the longest wait first. Raises Refused not-entitled."""
        found = await self._list(subject)
        await self._source.note(subject, ReadKind.PEOPLE)
        return found

    async def get(self, subject: Subject, person: str) -> WaitingKey:
        """Return one of them. Raises Hidden, or Refused not-entitled."""
        found = next((waiting for waiting in await self._list(subject) if waiting.person == person), None)
        if found is None:
            raise Hidden
        await self._source.note(subject, ReadKind.PEOPLE, item=person)
        return found

    async def _list(self, subject: Subject) -> tuple[WaitingKey, ...]:
        if not any(subject.holds(role) for role in VOUCHERS):
            raise Refused("not-entitled", roles=", ".join(sorted(VOUCHERS)))
        ledger = self._source.ledger
        kept = [found for found in await ledger.first_keys.list() if found.person != subject.person]
        people = tuple(found.person for found in kept)
        if not people:
            return ()
        founded, now = await ledger.keys.read_founding(), await ledger.keys.read_clock()
        signers = await ledger.keys.signers(SignersToChange(people=people))
        names = await ledger.people.list_names(people)
        return _read(kept, names, {person: (signers[person], founded, now) for person in people})


def fits(first: FirstKey, signer: SignerFact, founded: Founded, now: datetime) -> bool:
    """Tell whether a first key is by the code that its person was sent, and that code counts yet."""
    lasts = signer.until is not None and now < signer.until and signer.misses < MISSES
    return (
        lasts
        and not any(key.is_used_at(founded) for key in signer.own_keys(now))
        and shows(first.token, signer.known, first.enrolment, founded.installation)
        and first.enrolment.holds_on(founded)
    )


def _read(
    kept: Sequence[KeptFirstKey],
    names: dict[str, str],
    known: dict[str, tuple[SignerFact, Founded, datetime]],
) -> tuple[WaitingKey, ...]:
    """Return what can be confirmed; what can't be read any more waits for nobody."""
    found = []
    for one in kept:
        try:
            first = FirstKey.model_validate_json(one.body)
        except ValidationError:
            continue
        if one.person in names and first.enrolment.person == one.person and fits(first, *known[one.person]):
            found.append(WaitingKey(person=one.person, name=names[one.person], since=one.at, first=first))
    return tuple(found)
