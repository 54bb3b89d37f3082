"""Read facts off the record for a decision, and note what was read, so that it can be compared when it is recorded."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.decision.citable import list_citable
from ledger.decision.forms import FormFacts
from ledger.decision.likeness import LikenessReader
from ledger.decision.reads import NamedDecision, ReadNotes, require_same
from ledger.decision.register_facts import RegisterReader
from ledger.decision.rounds import read_round
from ledger.decision.view_facts import ViewReader
from ledger.log.reading import Reading
from ledger.people.contents import Contents
from ledger.people.keys import Keys
from ledger.people.register import People
from ledger.people.relations import RelationsReader
from ledger.people.units import Units
from selection.decision.aggregate import ActRefused, event_of
from selection.decision.deposit import Deposit
from selection.decision.facts import (
    Facts,
    FactsRequest,
    PersonFact,
    Seating,
)
from selection.decision.reference import CitedDecision, Decision
from selection.decision.relations import Relations, RelationsAsked
from selection.decision.stream_state import StreamState
from selection.draw.inputs import DrawInputs, draw_key
from selection.draw.panels import Drawn
from selection.draw.pool import find_seating
from selection.kernel.model import Ref
from selection.recommendation.message_ids import last_acts
from selection.register.state import INSTALLATION
from selection.round.state import RoundState
from selection.rules.terms import Terms
from selection.signing.key import Founded
from selection.streams import aggregate, log_of, round_stream

QUERIES = load_queries("deciding")
Quiet = Callable[[str], Awaitable[None]]


async def at_once(round_id: str) -> None:
    """Wait for nobody."""


class FactsReader:
    """Answers requests for facts; keeps the terms of a round in memory, with the round's version that they are of.

    `quiet` returns once the round has taken all that was sent to it, or raises what is worth another attempt.
    """

    def __init__(self, reading: Reading, contents: Contents, people: People, store: Store) -> None:
        self._reading = reading
        self._contents = contents
        self._people = people
        self._store = store
        self._keys = Keys(store, contents)
        self._register = RegisterReader(reading, contents, people, store)
        self._relations = RelationsReader(store)
        self._likeness = LikenessReader(store, contents, reading.renewal)
        self._forms = FormFacts(reading, contents, Units(store))
        self._views = ViewReader(reading, contents, people, store, self._relations, self._forms)
        self._terms: dict[tuple[str, datetime | None], tuple[int, Terms]] = {}
        self._drawn: dict[str, tuple[Drawn, DrawInputs]] = {}
        self._loaded = ("", "", StreamState(stream=""))
        self.quiet: Quiet = at_once

    async def read(self, asked: FactsRequest, noted: ReadNotes) -> Facts:
        """Return what was asked; what is not known to the record is left out."""
        if asked.movable:
            await self.quiet(noted.log)
            # An extension may have come before it was quiet: whoever reads the place anew sees it.
            noted.of_round()
        # Marks are read before what they stand for: a change in between then shows.
        view = await self._views.read(asked.view, noted) if asked.view else None
        contents = await list_citable(self._reading, self._contents, asked, noted) if asked.contents else {}
        cited = await self._find_cited(asked.decision, noted) if asked.decision else None
        found = Facts(
            people=await self._read_people(asked.people, noted) if asked.people else {},
            keys={person: noted.keys.get(person, ()) for person in asked.signers},
            founded=await self._find_founded(noted) if asked.signers else None,
            contents=contents,
            terms=await self._read_terms(noted) if asked.terms else None,
            deadlines=await self._deadlines(noted, fresh=asked.movable) if asked.deadlines else {},
            registry=await self._register.read(asked.registry) if asked.registry else None,
            fitting=await self._forms.fit(asked, contents, noted) if asked.filled else None,
            agents=await self._people.agents(asked.employers) if asked.employers else {},
            registrars=await self._people.list_registrars(asked.registered) if asked.registered else {},
            relations=await self._relate(asked.relations, view, noted) if asked.relations else None,
            likeness=await self._likeness.read(asked.likeness, noted.log, noted) if asked.likeness else None,
            deposit=await self._read_deposit(asked.deposit.ref) if asked.deposit else None,
        )
        for more in filter(None, (cited, view)):
            found = found.merge(more)
        return found

    async def _read_deposit(self, ref: Ref) -> Deposit:
        bodies = await self._contents.bodies([ref.id])
        return Deposit.of(bodies.get(ref.id, b"").decode("utf-8", "replace").strip())

    async def _find_founded(self, noted: ReadNotes) -> Founded | None:
        """Return what the installation is for good, with its portals of when the place was read."""
        founded = await self._keys.find_founded()
        return founded and founded.with_(portals=noted.portals)

    async def _read_people(self, people: tuple[str, ...], noted: ReadNotes) -> dict[str, PersonFact]:
        """Return what the register says of these people; of who acts it was read with the place."""
        others = [person for person in people if person not in noted.people]
        found = await self._people.facts(others) if others else {}
        return {person: fact for person, fact in {**noted.people, **found}.items() if person in people}

    async def _relate(self, asked: RelationsAsked, view: Facts | None, noted: ReadNotes) -> Relations:
        if asked.bids:
            noted.of_bids()
        units = {unit for item in view.candidates for unit in item.units} if view else ()
        return await self._relations.read(noted.log, asked, units)

    async def _deadlines(self, noted: ReadNotes, *, fresh: bool) -> dict[str, datetime]:
        noted.of_round()
        if fresh:
            # One that came since the place was read: decided again, its deadlines are read with the place.
            require_same(noted.round_version, await self._reading.version(round_stream(noted.log)))
        return noted.deadlines

    async def _read_terms(self, noted: ReadNotes) -> Terms | None:
        version, found = self._terms.get(noted.cache_key, (0, None))
        if found is None or version != noted.round_version:
            state = await read_round(self._reading, noted.log)
            if state is None or state.sealed is None:
                noted.of_round()
                return None
            # Another version than the place was read at would tell of other people in the posts.
            require_same(noted.round_version, state.version)
            found = state.make_terms()
            self._terms[noted.cache_key] = (noted.round_version, found)
        noted.of_round()
        return found

    async def _find_cited(self, decision: Decision, noted: ReadNotes) -> Facts:
        """Return the named entry and its stream's state; of the register the entry alone, of another round nothing.

        That the register stays as it was read is compared with every decision.
        """
        if decision.stream == INSTALLATION:
            found = await self._read_named(decision, noted)
            return Facts(cited=CitedDecision(decision=decision, leaf=found.leaf if found else None))
        if log_of(decision.stream) != noted.log or decision.stream == noted.stream:
            return Facts(cited=CitedDecision(decision=decision))
        found = await self._read_named(decision, noted)
        noted.of_stream(decision.stream, found.stands if found else 0)
        if found is None:
            return Facts(cited=CitedDecision(decision=decision))
        state = self._load(decision.stream, found.state)
        seatings = {}
        if isinstance(state, RoundState) and state.batch.startswith("seat-panel/"):
            seatings = await self._map_seats(state, noted.stream)
        return Facts(cited=CitedDecision(decision=decision, leaf=found.leaf, state=state), seatings=seatings)

    async def _read_named(self, decision: Decision, noted: ReadNotes) -> NamedDecision | None:
        """Return a decision where its stream has entries; what is carried out was read with the place."""
        if noted.named is not None and noted.named.decision == decision:
            return noted.named
        asked = {"stream": decision.stream, "version": decision.version}
        found = await self._store.rows(QUERIES["read_cited"], asked)
        for row in await self._reading.renewal.renew_states(found):
            return NamedDecision.read(decision, row["version"], row["state"], row["body"])
        return None

    def _load(self, stream: str, text: str) -> StreamState:
        """Return a state. The last one is kept: each application that a round's decision is carried out on cites it."""
        if (stream, text) != self._loaded[:2]:
            self._loaded = (stream, text, aggregate(stream).load(text))
        return self._loaded[2]

    async def _map_seats(self, state: RoundState, stream: str) -> dict[str, Seating]:
        draw = state.draws[state.batch.partition("/")[2]]
        if draw.result is None:
            return {}
        if draw.result.id not in self._drawn:
            drawn = Drawn.model_validate_json(await self._content(draw.result))
            inputs = DrawInputs.model_validate_json(await self._content(draw.inputs))
            self._drawn = {draw.result.id: (drawn, inputs)}
        drawn, inputs = self._drawn[draw.result.id]
        found = find_seating(inputs, drawn, draw_key(bytes.fromhex(draw.secret), draw.randomness), stream)
        return {stream: found} if found else {}

    async def list_drawn_streams(self, state: RoundState) -> frozenset[str]:
        """Return the applications that the round's present draw seats."""
        draw = state.draws[state.batch.partition("/")[2]]
        assert draw.result is not None
        return frozenset(Drawn.model_validate_json(await self._content(draw.result)).panels)

    async def _content(self, ref: Ref) -> bytes:
        _, body = await self._contents.get(ref.id)
        return body

    async def read_missed(self, stream: str) -> dict[str, int]:
        """Return application -> version of what a list recorded last of it, where it did not take the message."""
        entries = await self._reading.stream_entries(stream)
        found = {}
        for number, version in last_acts(entry.leaf for entry in entries).items():
            leaves = await self._reading.read_caused(Decision(stream=stream, version=version).command_id)
            if all(isinstance(event_of(leaf), ActRefused) for _, leaf in leaves):
                found[number] = version
        return found
