"""What a board reads of applications beside their rows: who ranks where, and how far apart the reviewers are.

It follows from the rows' states, so it is kept with the rows that it belongs to: of ten thousand states only those are
read again that changed since.
"""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from ledger.decision.candidates import ScoreFacts
from reading.access.memory import KnownRow, Memory
from selection.application.state import Review, Score
from selection.decision.facts import Candidate
from selection.kernel.stages import Stage
from selection.projections.ranking import Contender, rank_candidates
from selection.round.state import RoundState
from selection.streams import application_stream

READ_AT_ONCE = 200
"""States that are read and loaded together, while other requests wait [D]."""


@dataclass(frozen=True)
class _ReviewFacts:
    """What a board reads of a state: None where there is no score, or no review that counts."""

    contender: Contender | None
    spread: tuple[str, str] | None


async def rank_scored(memory: Memory, state: RoundState) -> tuple[Candidate, ...]:
    """Return all scored applications of a round by rank; those within the cut are marked so."""
    rows = await memory.rows(state.round)
    rules = state.rules_in_force
    # The places may be amended, and with them where the cut is.
    key = (rank_scored, rules.places, rules.shortlist)
    if key not in rows.made:
        scored = {stream: row for stream, row in rows.by_stream.items() if row.row.stage is Stage.SCORED}
        read = await _read(memory, scored)
        contenders = {stream: item.contender for stream, item in read.items() if item.contender is not None}
        ranked = rank_candidates(contenders, rules, contenders)
        # A ranking knows scores alone; what is covered stands in the rows.
        rows.made[key] = tuple(_fill(item, scored[item.stream]) for item in ranked)
    found: tuple[Candidate, ...] = rows.made[key]
    return found


async def find_spreads(memory: Memory, round_id: str, numbers: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return the lowest and the highest of the reviewers' totals of applications, where there are any."""
    rows = (await memory.rows(round_id)).by_stream
    streams = [application_stream(round_id, number) for number in numbers]
    read = await _read(memory, {stream: rows[stream] for stream in streams if stream in rows})
    return {rows[stream].row.number: item.spread for stream, item in read.items() if item.spread is not None}


async def _read(memory: Memory, rows: dict[str, KnownRow]) -> dict[str, _ReviewFacts]:
    missing = [stream for stream, row in rows.items() if _ReviewFacts not in row.made]
    for first in range(0, len(missing), READ_AT_ONCE):
        texts = await memory.texts(missing[first : first + READ_AT_ONCE])
        made = await asyncio.to_thread(_review_all, texts)
        for stream, reviewed in made.items():
            rows[stream].made[_ReviewFacts] = reviewed
    return {stream: row.made[_ReviewFacts] for stream, row in rows.items() if _ReviewFacts in row.made}


def _review_all(texts: Mapping[str, str]) -> dict[str, _ReviewFacts]:
    return {stream: _review(text) for stream, text in texts.items()}


class _State(BaseModel):
    """What is read of a state here: of ten thousand, nothing else is built."""

    stream: str
    revision: int = 0
    lot: str = ""
    score: Score | None = None
    reviews: tuple[Review, ...] = ()

    def find_contender(self) -> Contender | None:
        if self.score is None:
            return None
        scored = ScoreFacts(stream=self.stream, revision=self.revision, lot=self.lot, score=self.score)
        return scored.contender()


def _review(text: str) -> _ReviewFacts:
    state = _State.model_validate_json(text)
    totals = [item.total for item in state.reviews if not item.void]
    return _ReviewFacts(
        contender=state.find_contender(),
        spread=(str(min(totals)), str(max(totals))) if totals else None,
    )


def _fill(item: Candidate, known: KnownRow) -> Candidate:
    row = known.row
    fields = {
        "field": row.field,
        "region": row.region,
        "priority": row.priority or "",
        "score": row.score or "",
    }
    return item.model_copy(update=fields)
