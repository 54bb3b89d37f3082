"""Read facts off the record for a decision, and note what was read, so that it can be compared when it is recorded."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import assert_never

from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.decision.candidates import Scored, candidate
from ledger.decision.citable import list_citable
from ledger.decision.draw_inputs import collect_inputs
from ledger.decision.forms import FormFacts
from ledger.decision.reads import Noted, require_same
from ledger.decision.register_facts import RegisterReader
from ledger.decision.rounds import read_round
from ledger.log.reading import Reading
from ledger.log.receipts import entry_of
from ledger.people.contents import Contents
from ledger.people.keys import Keys
from ledger.people.register import People
from ledger.people.relations import RelationsReader
from ledger.people.units import Units
from selection.decision.aggregate import ActRefused, event_of
from selection.decision.facts import (
    DrawBasis,
    Facts,
    FactsRequest,
    PersonFact,
    Seating,
)
from selection.decision.reference import Cited, Decision
from selection.decision.relations import Relations, RelationsAsked
from selection.decision.stream_state import StreamState
from selection.decision.views import (
    AppraisedApplications,
    DrawPool,
    FormUse,
    HandsElsewhere,
    IssuedPlaces,
    ItemFates,
    ProposedItems,
    QuotaUse,
    ScoreRanking,
    StageCounts,
    UnitQuota,
    View,
)
from selection.draw.inputs import DrawInputs, draw_key
from selection.draw.panels import Drawn
from selection.draw.pool import seating_of
from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import Stage
from selection.projections.ranking import rank_candidates
from selection.recommendation.message_ids import last_acts
from selection.recommendation.state import ListState
from selection.register.state import INSTALLATION
from selection.round.state import ProposalItem, RoundState
from selection.rules.terms import Terms
from selection.streams import aggregate, application_stream, log_of, recommender_stream, round_stream

QUERIES = load_queries("deciding")
DECIDED = (Stage.APPRAISED, Stage.PROPOSED, Stage.CLEARED, Stage.RESERVE)
"""The stages of applications that a proposal chooses among."""
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
        self._forms = FormFacts(reading, contents, Units(store))
        self._terms: dict[tuple[str, datetime | None], tuple[int, Terms]] = {}
        self._drawn: dict[str, tuple[Drawn, DrawInputs]] = {}
        self._loaded = ("", "", StreamState(stream=""))
        self.quiet: Quiet = at_once

    async def read(self, asked: FactsRequest, noted: Noted) -> Facts:
        """Return what was asked; what is not known to the record is left out."""
        if asked.movable:
            await self.quiet(noted.log)
            # An extension may have come before it was quiet: whoever reads the place anew sees it.
            noted.of_round()
        # Marks are read before what they stand for: a change in between then shows.
        view = await self._view(asked.view, noted) if asked.view else None
        contents = await list_citable(self._reading, self._contents, asked, noted) if asked.contents else {}
        cited = await self._find_cited(asked.decision, noted) if asked.decision else None
        found = Facts(
            people=await self._read_people(asked.people, noted) if asked.people else {},
            keys={person: noted.keys.get(person, ()) for person in asked.signers},
            founded=await self._keys.find_founded() if asked.signers else None,
            contents=contents,
            terms=await self._read_terms(noted) if asked.terms else None,
            deadlines=await self._deadlines(noted, fresh=asked.movable) if asked.deadlines else {},
            registry=await self._register.read(asked.registry) if asked.registry else None,
            fitting=await self._forms.fit(asked.filled, contents, noted) if asked.filled else None,
            agents=await self._people.agents(asked.employers) if asked.employers else {},
            relations=await self._relate(asked.relations, view, noted) if asked.relations else None,
        )
        for more in filter(None, (cited, view)):
            found = found.merge(more)
        return found

    async def _read_people(self, people: tuple[str, ...], noted: Noted) -> dict[str, PersonFact]:
        """Return what the register says of these people; of who acts it was read with the place."""
        others = [person for person in people if person not in noted.people]
        found = await self._people.facts(others) if others else {}
        return {person: fact for person, fact in {**noted.people, **found}.items() if person in people}

    async def _relate(self, asked: RelationsAsked, view: Facts | None, noted: Noted) -> Relations:
        if asked.bids:
            noted.of_bids()
        units = {unit for item in view.candidates for unit in item.units} if view else ()
        return await self._relations.read(noted.log, asked, units)

    async def _deadlines(self, noted: Noted, *, fresh: bool) -> dict[str, datetime]:
        noted.of_round()
        if fresh:
            found = await self._reading.snapshot(round_stream(noted.log))
            # One that came since the place was read: decided again, its deadlines are read with the place.
            require_same(noted.round_version, found.version if found else 0)
        return noted.deadlines

    async def _read_terms(self, noted: Noted) -> Terms | None:
        version, found = self._terms.get(noted.kept_under, (0, None))
        if found is None or version != noted.round_version:
            state = await read_round(self._reading, noted.log)
            if state is None or state.sealed is None:
                noted.of_round()
                return None
            # Another version than the place was read at would tell of other people in the posts.
            require_same(noted.round_version, state.version)
            found = state.make_terms()
            self._terms[noted.kept_under] = (noted.round_version, found)
        noted.of_round()
        return found

    async def _find_cited(self, decision: Decision, noted: Noted) -> Facts:
        """Return the named entry and its stream's state; of the register the entry alone, of another round nothing.

        That the register stays as it was read is compared with every decision.
        """
        if decision.stream == INSTALLATION:
            return Facts(cited=Cited(decision=decision, leaf=await self._read_registered(decision)))
        if log_of(decision.stream) != noted.log or decision.stream == noted.stream:
            return Facts(cited=Cited(decision=decision))
        asked = {"stream": decision.stream, "version": decision.version}
        row = await self._store.row(QUERIES["read_cited"], asked)
        noted.of_stream(decision.stream, row["stands"] if row else 0)
        if row is None:
            return Facts(cited=Cited(decision=decision))
        state = self._load(decision.stream, row["state"])
        leaf = entry_of(row).leaf if row["seq"] is not None else None
        seatings = {}
        if isinstance(state, RoundState) and state.batch.startswith("seat-panel/"):
            seatings = await self._map_seats(state, noted.stream)
        return Facts(cited=Cited(decision=decision, leaf=leaf, state=state), seatings=seatings)

    async def _read_registered(self, decision: Decision) -> Leaf | None:
        asked = {"stream": decision.stream, "version": decision.version}
        row = await self._store.row(QUERIES["read_cited"], asked)
        return entry_of(row).leaf if row is not None and row["seq"] is not None else None

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
        found = seating_of(inputs, drawn, draw_key(bytes.fromhex(draw.secret), draw.randomness), stream)
        return {stream: found} if found else {}

    async def list_drawn_streams(self, state: RoundState) -> frozenset[str]:
        """Return the applications that the round's present draw seats."""
        draw = state.draws[state.batch.partition("/")[2]]
        assert draw.result is not None
        return frozenset(Drawn.model_validate_json(await self._content(draw.result)).panels)

    async def _content(self, ref: Ref) -> bytes:
        _, body = await self._contents.get(ref.id)
        return body

    async def _view(self, asked: View, noted: Noted) -> Facts:
        state = await read_round(self._reading, noted.log)
        if state is None or state.sealed is None:
            noted.of_round()
            return Facts()
        match asked:
            case UnitQuota():
                # The rules may be amended.
                noted.of_round()
                return Facts(quota=state.rules_in_force.quota_of(asked.unit))
            case QuotaUse():
                return Facts(used=await self._count_most(state, asked.units, noted))
            case StageCounts():
                return Facts(counts=await self._counts(noted))
            case ProposedItems():
                return await self._items(state, state.judged_items, noted)
            case ItemFates():
                return await self._items(state, (*state.items, *state.held), noted)
            case AppraisedApplications():
                return await self._find_appraised(state, noted)
            case ScoreRanking():
                return await self._rank_candidates(state, asked.named, noted)
            case DrawPool():
                return await self._draw_inputs(state, asked.at, noted)
            case IssuedPlaces():
                noted.of_round()
                return Facts(places=state.places)
            case HandsElsewhere():
                return Facts(elsewhere=await self._find_hands(asked.people, noted))
            case FormUse():
                return Facts(used=await self._forms.count_uses(asked.form_name, noted))
            case _:
                assert_never(asked)

    async def _count_most(self, state: RoundState, units: tuple[str, ...], noted: Noted) -> int:
        """Return how many recommendations stand on the longest list of these units."""
        most = 0
        for unit in units:
            stream = recommender_stream(state.round, unit)
            found = await self._reading.snapshot(stream)
            noted.of_stream(stream, found.version if found else 0)
            listed = self._load(stream, found.state) if found else None
            most = max(most, len(listed.listed) if isinstance(listed, ListState) else 0)
        return most

    async def _find_hands(self, people: tuple[str, ...], noted: Noted) -> dict[str, tuple[str, ...]]:
        # Of what has ended nobody takes a part any more; its own stream, which asks, has.
        await self._mark(noted, *(stage for stage in Stage if stage is not Stage.ENDED))
        asked = {"log": noted.log, "people": list(people)}
        rows = await self._store.rows(QUERIES["read_hands"], asked)
        return {row["person"]: tuple(row["numbers"]) for row in rows}

    async def _counts(self, noted: Noted) -> dict[Stage, int]:
        counts = await self._reading.counts(noted.log)
        noted.of_stages(counts)
        return {Stage(name): count for name, count in counts.items()}

    async def _mark(self, noted: Noted, *stages: Stage) -> None:
        names = [stage.value for stage in stages]
        row = await self._store.row(QUERIES["read_mark"], {"log": noted.log, "stages": names})
        assert row is not None
        noted.of_mark(",".join(names), row["mark"])

    async def read_missed(self, stream: str) -> dict[str, int]:
        """Return application -> version of what a list recorded last of it, where it did not take the message."""
        entries = await self._reading.stream_entries(stream)
        found = {}
        for number, version in last_acts(entry.leaf for entry in entries).items():
            told = await self._reading.read_caused(Decision(stream=stream, version=version).command_id)
            if all(isinstance(event_of(leaf), ActRefused) for _, leaf in told):
                found[number] = version
        return found

    async def _items(self, state: RoundState, items: tuple[ProposalItem, ...], noted: Noted) -> Facts:
        counts = await self._counts(noted)
        found = []
        for item in items:
            stream = application_stream(state.round, item.application)
            snapshot = await self._reading.snapshot(stream)
            noted.of_stream(stream, snapshot.version if snapshot else 0)
            row = await self._reading.application(stream)
            if row is None:
                # What is left out would meet nobody.
                raise LookupError(stream)
            found.append(candidate(row))
        return Facts(candidates=tuple(found), counts=counts)

    async def _find_appraised(self, state: RoundState, noted: Noted) -> Facts:
        await self._mark(noted, *DECIDED)
        rows = []
        for stage in DECIDED:
            rows += await self._reading.applications(state.round, stage.value)
        # One that an objection held is decided on by itself, cleared or not.
        rows = [row for row in rows if row["number"] not in state.held_numbers]
        return Facts(candidates=tuple(candidate(row) for row in rows))

    async def _rank_candidates(self, state: RoundState, named: tuple[str, ...], noted: Noted) -> Facts:
        """Return those on the shortlist by rank and those the officer named."""
        counts = await self._counts(noted)
        await self._mark(noted, Stage.SCORED)
        scored = {}
        async for text in self._reading.states(state.round, Stage.SCORED.value):
            application = Scored.model_validate_json(text)
            scored[application.stream] = application.contender()
        streams = [application_stream(state.round, number) for number in named]
        candidates = rank_candidates(scored, state.rules_in_force, streams)
        return Facts(candidates=candidates, counts=counts)

    async def _draw_inputs(self, state: RoundState, at: datetime, noted: Noted) -> Facts:
        await self._mark(noted, Stage.ELIGIBLE, Stage.REVIEW)
        noted.of_bids()
        inputs = await collect_inputs(self._reading, self._people, state, self._relations, at)
        body = canonical_bytes(inputs)
        card = await self._contents.put(
            f"draw-inputs-{sha256_hex(body)[:32]}",
            body,
            kind="file",
            media_type="application/json",
            stored_by="system",
        )
        return Facts(
            draw=DrawBasis(
                inputs=Ref(id=card.id, sha256=card.sha256),
                applications=len(inputs.applications),
                experts=len(inputs.experts),
            )
        )
