"""Read facts off the record for a decision."""

from dataclasses import asdict

from pydantic import BaseModel

from activities.draw_inputs import collect_inputs
from activities.messages import FactsQuery
from ledger.record import Ledger
from selection.aggregate import ActRefused, event_of
from selection.application.state import Score
from selection.canonical import canonical_bytes, sha256_hex
from selection.facts import Candidate, Facts
from selection.model import Ref
from selection.ranking import Contender, ranked_candidates
from selection.recommendation.telling import last_acts, telling_id
from selection.round.decide import ROUND
from selection.round.events import ProposalItem
from selection.round.state import RoundState
from selection.scoring import PanelScore
from selection.streams import application_stream, round_stream
from selection.terms import Terms, terms_of


class FactsReader:
    """Answers FactsQuery; keeps the terms of a round in memory, which never change once sealed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._terms: dict[str, Terms] = {}

    async def read(self, query: FactsQuery) -> Facts:
        """Return what was asked; what is not known to the record is left out."""
        asked, reading = query.request, self._ledger.reading
        view = await self._view(query) if asked.view else Facts()
        cards = await self._ledger.contents.cards(asked.contents) if asked.contents else {}
        return Facts(
            people=await self._ledger.people.facts(asked.people) if asked.people else {},
            stored={ref: card.stored_at for ref, card in cards.items()},
            terms=await self._read_terms(query.round) if asked.terms else None,
            deadlines=await reading.deadlines(query.round) if asked.deadlines else {},
        ).joined(view)

    async def _read_terms(self, round_id: str) -> Terms | None:
        if round_id not in self._terms:
            state = await read_round(self._ledger, round_id)
            if state is None or state.sealed is None:
                return None
            self._terms[round_id] = terms_of(state.sealed)
        return self._terms[round_id]

    async def _view(self, query: FactsQuery) -> Facts:
        name, _, rest = query.request.view.partition("/")
        state = await read_round(self._ledger, query.round)
        if state is None or state.sealed is None:
            return Facts()
        match name:
            case "quota":
                return Facts(counts={"quota": state.sealed.quota_of(rest)})
            case "untold":
                return Facts(counts=await self._untold(query.stream))
            case "counts":
                return Facts(counts=await self._ledger.reading.counts(query.round))
            case "items":
                return await self._items(state, state.items)
            case "fates":
                return await self._items(state, (*state.items, *state.held))
            case "appraised":
                return await self._appraised(state)
            case "ranking":
                return await self._ranking(state, query.request.named)
            case "draw-inputs":
                return await self._draw_inputs(state)
        return Facts()

    async def _untold(self, stream: str) -> dict[str, int]:
        """Return application -> version of what a list recorded last of it, where it did not take the message."""
        entries = await self._ledger.reading.stream_entries(stream)
        found = {}
        for number, version in last_acts(entry.leaf for entry in entries).items():
            receipts = await self._ledger.reading.receipts(telling_id(stream, version))
            taken = [
                await self._ledger.reading.stream_entries(item.stream, item.version - 1) for item in receipts
            ]
            if all(isinstance(event_of(answer[0].leaf), ActRefused) for answer in taken):
                found[number] = version
        return found

    async def _items(self, state: RoundState, items: tuple[ProposalItem, ...]) -> Facts:
        # Counted first: an item that ends meanwhile is then either still counted or already seen as ended.
        counts = await self._ledger.reading.counts(state.round)
        found = []
        for item in items:
            row = await self._ledger.reading.application(application_stream(state.round, item.application))
            if row is not None:
                found.append(_candidate(row))
        return Facts(candidates=tuple(found), counts=counts)

    async def _appraised(self, state: RoundState) -> Facts:
        rows = []
        for stage in ("appraised", "proposed", "cleared", "reserve"):
            rows += await self._ledger.reading.applications(state.round, stage)
        # One that an objection held is decided on by itself, cleared or not.
        rows = [row for row in rows if row["number"] not in state.held_numbers]
        return Facts(candidates=tuple(_candidate(row) for row in rows))

    async def _ranking(self, state: RoundState, named: tuple[str, ...]) -> Facts:
        """Return those on the shortlist by rank (stage `by-rank`) and those the officer named."""
        assert state.sealed is not None
        # Counted first: one whose score is fixed meanwhile is then still counted as under review, not left out.
        counts = await self._ledger.reading.counts(state.round)
        scored = {}
        async for text in self._ledger.reading.states(state.round, "scored"):
            application = _Scored.model_validate_json(text)
            scored[application.stream] = application.contender()
        streams = [application_stream(state.round, number) for number in named]
        candidates = ranked_candidates(scored, state.sealed, streams)
        return Facts(candidates=candidates, counts=counts)

    async def _draw_inputs(self, state: RoundState) -> Facts:
        inputs = await collect_inputs(self._ledger, state)
        body = canonical_bytes(inputs)
        card = await self._ledger.contents.put(
            f"draw-inputs-{sha256_hex(body)[:32]}",
            body,
            kind="file",
            media_type="application/json",
            stored_by="system",
        )
        ref = Ref(id=card.id, sha256=card.sha256)
        return Facts(
            draw={
                "inputs": asdict(ref),
                "applications": len(inputs.applications),
                "experts": len(inputs.experts),
            }
        )


async def read_round(ledger: Ledger, round_id: str) -> RoundState | None:
    """Return the round as the record has it, or None before it is opened."""
    found = await ledger.reading.snapshot(round_stream(round_id))
    return None if found is None else ROUND.load(found.state)


class _Scored(BaseModel):
    """What a ranking reads of an application: of ten thousand states, nothing else is built."""

    stream: str
    revision: int
    lot: str
    score: Score

    def contender(self) -> Contender:
        """Return what is ranked."""
        score = PanelScore.model_validate(self.score.model_dump(exclude={"lot"}))
        return Contender(revision=self.revision, score=score, lot=self.lot)


def _candidate(row: dict[str, object]) -> Candidate:
    return Candidate.model_validate(
        {
            "stream": application_stream(str(row["round"]), str(row["number"])),
            "revision": row["revision"],
            "stage": row["stage"],
            "field": row["field"],
            "region": row["region"],
            "priority": row["priority"] or "",
            "rank": row["rank"] or 0,
            "score": row["score"] or "",
            "agreed": row["agreed"] or "",
            "hands": row["hands"],
        }
    )
