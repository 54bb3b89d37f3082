"""Read what decisions on the installation's stream ask for."""

from typing import assert_never

from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.decision.rounds import read_round
from ledger.log.reading import Reading
from ledger.people.contents import Contents
from ledger.people.erasure import Erasure
from ledger.people.keys import Keys
from ledger.people.parts import Parts
from ledger.people.register import People
from ledger.people.relations import RelationsReader
from ledger.people.units import Units
from selection.decision.register_views import (
    LetterFact,
    LettersToSettle,
    OwnTies,
    PeopleToRegister,
    PersonToErase,
    RegisterFacts,
    RegisterView,
    RoundInOffice,
    SignersToChange,
    UnitsToRegister,
)
from selection.kernel.actor import Role

LETTERS = load_queries("undelivered")


class RegisterReader:
    """Answers each RegisterView."""

    def __init__(self, reading: Reading, contents: Contents, people: People, store: Store) -> None:
        self._reading = reading
        self._people = people
        self._store = store
        self._keys = Keys(store, contents)
        self._erasure = Erasure(store, reading, contents)
        self._parts = Parts(reading)
        self._units = Units(store)
        self._relations = RelationsReader(store)

    async def read(self, asked: RegisterView) -> RegisterFacts:
        """Return what was asked; what is not known to the record is left out."""
        match asked:
            case PeopleToRegister():
                return RegisterFacts(
                    erased=await self._erasure.find_erased(list(asked.people)),
                    stored=await self._people.find_stored(asked.people, asked.addresses),
                    with_key=await self._keys.ever_of(asked.admins),
                    beside=await self._find_beside(asked),
                    apart=asked.changes and await self._find_apart(asked),
                    addresses=await self._people.read_addresses(list(asked.people)),
                )
            case PersonToErase():
                return RegisterFacts(
                    erased=await self._erasure.find_erased([asked.person]),
                    duties=await self._parts.find_duties(asked.person),
                    contents=await self._erasure.find_contents(asked.person),
                )
            case LettersToSettle():
                return RegisterFacts(letters=await self._read_letters(asked.letters))
            case RoundInOffice():
                return RegisterFacts(officers=await self._find_officers(asked.round))
            case SignersToChange():
                return RegisterFacts(
                    signers=await self._keys.signers(asked),
                    codes=await self._keys.make_codes(asked),
                    taken=await self._keys.find_used(asked.keys),
                    addresses=await self._people.read_addresses(asked.people) if asked.hands else {},
                    vouchers=await self._keys.list_vouchers() if asked.hands else (),
                )
            case UnitsToRegister():
                return RegisterFacts(units=await self._units.find_with_parents(asked.units))
            case OwnTies():
                own, _ = await self._relations.read_own_ties(asked.person)
                return RegisterFacts(ties=own, declared=await self._relations.count_declared(asked.person))
            case _:
                assert_never(asked)

    async def _find_beside(self, asked: PeopleToRegister) -> tuple[str, ...]:
        # Most that are registered are new, and have no part in anything: for them no round is read.
        known = await self._people.facts(list(asked.people))
        return await self._parts.find_beside(asked.signer, known) if known else ()

    async def _find_apart(self, asked: PeopleToRegister) -> bool:
        known = await self._people.facts(list(asked.admins))
        able = {person for person, fact in known.items() if fact.holds(Role.ADMIN)}
        if not (await self._keys.get_founding()).local:
            able &= {*await self._keys.ever_of(sorted(able))}
        return await self._parts.find_apart(asked.signer, able)

    async def _read_letters(self, letters: tuple[int, ...]) -> dict[int, LetterFact]:
        rows = await self._store.rows(LETTERS["read_to_settle"], {"letters": list(letters)})
        officers = {log: await self._find_officers(log) for log in {row["log"] for row in rows}}
        same = ("stream", "version", "key", "message_id", "to", "waits", "gone", "settled")
        return {
            row["id"]: LetterFact(
                **{name: row[name] for name in same},
                found=row["error"] or "",
                officers=officers[row["log"]],
            )
            for row in rows
        }

    async def _find_officers(self, log: str) -> tuple[str, ...]:
        state = await read_round(self._reading, log)
        return state.current.staff.officers if state is not None and state.sealed else ()
