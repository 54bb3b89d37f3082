"""Read the views of a round's record that decisions ask for, and note what was read."""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.decision.candidates import ScoreFacts, candidate
from ledger.decision.draw_inputs import collect_inputs
from ledger.decision.forms import FormFacts
from ledger.decision.reads import ReadNotes
from ledger.decision.rounds import read_round
from ledger.log.reading import Reading
from ledger.people.contents import Contents
from ledger.people.register import People
from ledger.people.relations import RelationsReader
from selection.decision.facts import Candidate, DrawBasis, Facts
from selection.decision.views import (
    AppraisedApplications,
    DrawPool,
    FormUse,
    HandsElsewhere,
    IssuedPlaces,
    ItemFates,
    OthersThatLeft,
    ProposedItems,
    QuotaUse,
    ScoreRanking,
    StageCounts,
    UnitQuota,
    View,
)
from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.kernel.model import Ref
from selection.kernel.stages import Stage
from selection.projections.ranking import rank_candidates, with_parties
from selection.recommendation.state import ListState
from selection.round.state import ProposalItem, RoundState
from selection.streams import aggregate, application_stream, recommender_stream

QUERIES = load_queries("deciding")
DECIDED = (Stage.APPRAISED, Stage.PROPOSED, Stage.CLEARED, Stage.RESERVE)
"""The stages of applications that a proposal chooses among."""


class ViewReader:
    """Answers what is asked of a round as a whole."""

    def __init__(
        self,
        reading: Reading,
        contents: Contents,
        people: People,
        store: Store,
        relations: RelationsReader,
        forms: FormFacts,
    ) -> None:
        self._reading = reading
        self._contents = contents
        self._people = people
        self._store = store
        self._relations = relations
        self._forms = forms

    async def read(self, asked: View, noted: ReadNotes) -> Facts:
        """Return what was asked; nothing of a round that is not open."""
        state = await read_round(self._reading, noted.log)
        if state is None or state.sealed is None:
            noted.of_round()
            return Facts()
        return await self._answer(asked, state, noted)

    async def _answer(self, asked: View, state: RoundState, noted: ReadNotes) -> Facts:
        match asked:
            case UnitQuota():
                # The rules may be amended.
                noted.of_round()
                return Facts(quota=state.rules_in_force.quota_of(asked.unit))
            case QuotaUse():
                return Facts(used=await self._count_most(state, asked.units, noted))
            case StageCounts():
                return Facts(counts=await self._counts(noted))
            case ProposedItems() | ItemFates() | OthersThatLeft():
                return await self._answer_items(asked, state, noted)
            case AppraisedApplications():
                return await self._find_appraised(state, asked.named, noted)
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

    async def _answer_items(
        self, asked: ProposedItems | ItemFates | OthersThatLeft, state: RoundState, noted: ReadNotes
    ) -> Facts:
        match asked:
            case ProposedItems():
                return await self._items(state, (*state.judged_items, *state.gone), noted, asked.stopped)
            case ItemFates():
                return await self._items(state, (*state.items, *state.held, *state.gone), noted)
            case OthersThatLeft():
                # Neither the stream of the one that asks nor counts are compared: its own entries change them.
                noted.of_round()
                others = sorted(state.numbers_that_left - {asked.number})
                return Facts(candidates=await self._find_named(state, others, noted))

    async def _count_most(self, state: RoundState, units: tuple[str, ...], noted: ReadNotes) -> int:
        """Return how many recommendations stand on the longest list of these units."""
        most = 0
        for unit in units:
            stream = recommender_stream(state.round, unit)
            found = await self._reading.snapshot(stream)
            noted.of_stream(stream, found.version if found else 0)
            listed = aggregate(stream).load(found.state) if found else None
            most = max(most, len(listed.listed) if isinstance(listed, ListState) else 0)
        return most

    async def _find_hands(self, people: tuple[str, ...], noted: ReadNotes) -> dict[str, tuple[str, ...]]:
        # Of what has ended nobody takes a part any more; its own stream, which asks, has.
        await self._mark(noted, *(stage for stage in Stage if stage is not Stage.ENDED))
        asked = {"log": noted.log, "people": list(people)}
        rows = await self._store.rows(QUERIES["read_hands"], asked)
        return {row["person"]: tuple(row["numbers"]) for row in rows}

    async def _counts(self, noted: ReadNotes) -> dict[Stage, int]:
        counts = await self._reading.counts(noted.log)
        noted.of_stages(counts)
        return {Stage(name): count for name, count in counts.items()}

    async def _mark(self, noted: ReadNotes, *stages: Stage) -> None:
        names = [stage.value for stage in stages]
        row = await self._store.row(QUERIES["read_mark"], {"log": noted.log, "stages": names})
        assert row is not None
        noted.of_mark(",".join(names), row["mark"])

    async def _items(
        self,
        state: RoundState,
        items: tuple[ProposalItem, ...],
        noted: ReadNotes,
        beside: tuple[str, ...] = (),
    ) -> Facts:
        counts = await self._counts(noted)
        numbers = dict.fromkeys((*(item.application for item in items), *beside))
        return Facts(candidates=await self._find_named(state, numbers, noted), counts=counts)

    async def _find_named(
        self, state: RoundState, numbers: Iterable[str], noted: ReadNotes
    ) -> tuple[Candidate, ...]:
        found = []
        for number in numbers:
            stream = application_stream(state.round, number)
            snapshot = await self._reading.snapshot(stream)
            noted.of_stream(stream, snapshot.version if snapshot else 0)
            row = await self._reading.application(stream)
            if row is None:
                # What is left out would meet nobody.
                raise LookupError(stream)
            found.append(candidate(row))
        return tuple(found)

    async def _find_appraised(self, state: RoundState, named: tuple[str, ...], noted: ReadNotes) -> Facts:
        counts = await self._counts(noted)
        await self._mark(noted, *DECIDED)
        rows = []
        for stage in DECIDED:
            rows += await self._reading.applications(state.round, stage.value)
        # One that an objection held is decided on by itself, cleared or not.
        rows = [row for row in rows if row["number"] not in state.numbers_on_hold]
        beside = await self._find_named(state, named, noted)
        return Facts(candidates=(*(candidate(row) for row in rows), *beside), counts=counts)

    async def _rank_candidates(self, state: RoundState, named: tuple[str, ...], noted: ReadNotes) -> Facts:
        """Return those on the shortlist by rank and those the officer named."""
        counts = await self._counts(noted)
        await self._mark(noted, Stage.SCORED)
        scored = {}
        async for text in self._reading.states(state.round, Stage.SCORED.value):
            application = ScoreFacts.model_validate_json(text)
            scored[application.stream] = application.contender()
        streams = [application_stream(state.round, number) for number in named]
        ranked = rank_candidates(scored, state.rules_in_force, streams)
        numbers = [item.stream.rsplit("/", 1)[-1] for item in ranked]
        known = {item.stream: item for item in await self._find_named(state, numbers, noted)}
        return Facts(candidates=with_parties(ranked, known), counts=counts)

    async def _draw_inputs(self, state: RoundState, at: datetime, noted: ReadNotes) -> Facts:
        await self._mark(noted, Stage.ELIGIBLE, Stage.REVIEW, Stage.ENDED)
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
