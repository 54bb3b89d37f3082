"""What an officer chooses among: for the shortlist by rank, for the proposal by what the panels agreed."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ledger.decision.reads import ReadNotes
from reading.access.confidential import PUBLIC
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.source import Look
from reading.access.subject import Subject
from reading.applications import ShownRows, show_rows
from reading.desk.cases import find_sent_back, list_shown
from reading.desk.models import Board, EarlierList, SentBack
from reading.desk.ranking import find_spreads, rank_scored
from selection.decision.facts import Candidate, FactsRequest
from selection.decision.views import AppraisedApplications
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage, Stage
from selection.projections.rows import ApplicationRow
from selection.refusals.refused import Refused
from selection.round.approving.standing import number_of
from selection.round.state import RoundState
from selection.visibility.reading import visible_row
from selection.visibility.viewer import Standing


class BoardReads(Part):
    """What can be chosen.

    Both boards are for officers of the round: Refused not-entitled to others, and same-hands to one who takes part in
    an application on it.
    """

    async def rank_scored(self, subject: Subject, round_id: str) -> Board:
        """Return the applications that a shortlist chooses among, by rank; the first are within the cut by it."""
        look = await self._look(subject, round_id)
        rows = await self._list_rows(subject, look)
        ranked = await rank_scored(self._source.memory, look.state)
        made: tuple[tuple[Candidate, ...], Board] | None = rows.cache.get(BoardReads)
        if made is None or made[0] is not ranked:
            # A ranking that is the very same is laid out for the same reader as it was before.
            candidates = _pick_open(ranked, rows)
            _refuse_parties(candidates, rows)
            made = rows.cache[BoardReads] = (ranked, await self._lay_out(look, candidates, rows))
        chosen = bool(look.state.shortlist) or _is_past(look.state, RoundStage.SHORTLISTING)
        return made[1].with_(**_tell_state(look.state), closed=chosen)

    async def rank_appraised(self, subject: Subject, round_id: str) -> Board:
        """Return the applications that a proposal chooses among."""
        look = await self._look(subject, round_id)
        noted = ReadNotes(look.state.round, look.state.stream)
        request = FactsRequest(view=AppraisedApplications())
        candidates = (await self._source.ledger.facts.read(request, noted)).candidates
        rows = await self._list_rows(subject, look)
        _refuse_parties(candidates, rows)
        board = await self._lay_out(look, candidates, rows)
        reasons, sent_back = await self._read_reasons(look.state), await self._find_sent_back(look)
        free = look.state.count_places({number_of(item) for item in candidates})
        chosen = bool(look.state.batch) or _is_past(look.state, RoundStage.PROPOSAL)
        return board.with_(reasons=reasons, sent_back=sent_back, free=free, closed=chosen)

    async def find_earlier(self, subject: Subject, round_id: str) -> EarlierList | None:
        """Return what the latest other list covers that was issued here, as it was published."""
        state: RoundState = (await self._source.look_at_round(subject, round_id)).state
        record, rehearsal = self._source.ledger.reading, bool(state.sealed and state.sealed.is_rehearsal)
        issued = [
            await self._source.find_round(row["round"])
            for row in await record.rounds()
            if row["round"] != round_id
            and row["stage"] == RoundStage.ISSUED.value
            and row["rehearsal"] is rehearsal
        ]
        known = [item for item in issued if item is not None and item.since is not None]
        opened = max(known, key=lambda item: str(item.since), default=None)
        if opened is None or opened.sealed is None:
            return None
        stored = map(ApplicationRow.model_validate, await record.applications(opened.round))
        shown = (visible_row(row, PUBLIC) or {} for row in stored)
        listed = [row for row in shown if row.get("place") is not None]
        return EarlierList(
            title_en=opened.sealed.title.en,
            title_zh=opened.sealed.title.zh,
            count=len(listed),
            fields=dict(Counter(str(row["field"]) for row in listed)),
            regions=dict(Counter(str(row["region"]) for row in listed)),
        )

    async def _look(self, subject: Subject, round_id: str) -> Look:
        look = await self._source.look_at_round(subject, round_id)
        if look.rules is None or Standing.OFFICER not in look.viewer.standings:
            raise Refused("not-entitled", roles=Role.OFFICER.value)
        await self._source.note(subject, ReadKind.RANKING, look.state.stream)
        return look

    async def _list_rows(self, subject: Subject, look: Look) -> ShownRows:
        rows, _ = await show_rows(self._source, subject, look)
        return rows

    async def _read_reasons(self, state: RoundState) -> dict[str, str]:
        """Return why each item of the last proposal was proposed, as far as that was not erased."""
        bodies = await self._source.ledger.contents.bodies([item.reason.id for item in state.items])
        found = ((item.application, bodies.get(item.reason.id)) for item in state.items)
        return {number: body.decode("utf-8", "replace") for number, body in found if body is not None}

    async def _find_sent_back(self, look: Look) -> SentBack | None:
        """Return how the last proposal was sent back, for as long as that is to be answered.

        One that came back since, as a decision on an item was reversed, was sent back by nobody.
        """
        found = find_sent_back(await list_shown(self._source.ledger, look)) if look.state.returned else None
        if found is None:
            return None
        data, at = found
        bodies = await self._source.ledger.contents.bodies([data["reason"]["id"]])
        reason = bodies.get(data["reason"]["id"], b"").decode("utf-8", "replace")
        return SentBack(level=data["level"], at=at, items=tuple(data["items"]), reason=reason)

    async def _lay_out(
        self,
        look: Look,
        candidates: tuple[Candidate, ...],
        rows: ShownRows,
    ) -> Board:
        state: RoundState = look.state
        ranked = set(map(number_of, candidates))
        shown = tuple(row for row in rows if row.number in ranked)
        return Board(
            candidates=candidates,
            shown=shown,
            spreads=await find_spreads(self._source.memory, state.round, {row.number for row in shown}),
            **_tell_state(state),
        )


def _is_past(state: RoundState, stage: RoundStage) -> bool:
    """Tell whether a round came further than a stage, or was cancelled."""
    order = list(RoundStage)
    return order.index(state.stage) > order.index(stage)


def _tell_state(state: RoundState) -> dict[str, Any]:
    """Return what a board tells of the round itself."""
    return {
        "rules": state.rules_in_force,
        "free": state.free_places,
        "proposal": state.proposal,
        "items": state.items,
        "noticed": state.noticed,
        "returned": state.returned,
    }


def _pick_open(ranked: tuple[Candidate, ...], rows: ShownRows) -> tuple[Candidate, ...]:
    """Return those of a ranking that are within the cut, or show as scored."""
    scored = Stage.SCORED.value
    return tuple(
        item
        for item in ranked
        if item.by_rank or ((row := rows.by_number.get(number_of(item))) is not None and row.stage == scored)
    )


def _refuse_parties(candidates: Iterable[Candidate], rows: ShownRows) -> None:
    """Raise Refused `same-hands` for someone to whom a score does not show: their order alone would tell of it."""
    open_to = {row.number for row in rows if row.score is not None}
    if any(number_of(item) not in open_to for item in candidates):
        raise Refused("same-hands", duty="recommender, reviewer or surveyor")
