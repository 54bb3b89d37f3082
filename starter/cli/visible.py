"""What the acting person may see: every reading command asks here, and here the visibility table is asked."""

from typing import Any

from reading.errors import Hidden
from selection.decision.facts import PersonFact
from selection.kernel.stages import RoundStage
from selection.projections.rows import ApplicationRow, row_of
from selection.round.state import RoundState
from selection.rules.model import RoundRules
from selection.streams import log_of, round_stream
from selection.visibility.reading import view_entry, visible_row
from selection.visibility.viewer import OVERSEEING, Viewer, relation, row_relation
from starter.cli.session import Session


class ViewedRound:
    """A round as the acting person may see it."""

    def __init__(self, session: Session, state: RoundState, viewer: Viewer, fact: PersonFact) -> None:
        self.session = session
        self.state = state
        self.viewer = viewer
        self.fact = fact
        self.row = visible_row(row_of(state), viewer)

    @property
    def oversees(self) -> bool:
        """Tell whether the person sees the round's work and not only what is published."""
        return not self.viewer.standings.isdisjoint(OVERSEEING)

    def head(self) -> dict[str, Any]:
        """Return the round's row as far as it shows."""
        assert self.row is not None
        return dict(self.row)

    async def deadlines(self) -> list[dict[str, Any]]:
        """Return the deadlines in force, which the call publishes."""
        found = await self.session.ledger.reading.deadlines(self.state.round)
        rows = [{"deadline": name, "until": until} for name, until in found.items()]
        if self.state.notice_until is not None:
            rows.append({"deadline": "notice", "until": self.state.notice_until})
        return sorted(rows, key=lambda row: row["until"])

    def approval(self) -> list[dict[str, Any]]:
        """Return the levels and how many agreed, for those who oversee the round; who did, for staff only."""
        if self.state.sealed is None or not self.oversees:
            return []
        waiting = self.state.stage is RoundStage.APPROVAL
        rows = []
        for level in self.state.sealed.approval:
            given = self.state.approvals.get(level.code, ())
            state = "approved" if level.code in self.state.passed else ("open" if waiting else "-")
            waiting = waiting and state == "approved"
            rows.append(
                {
                    "level": level.code,
                    "needed": f"{len(given)}/{level.needed}",
                    "approvers": [item for item in given if self._may_name(item)],
                    "state": state,
                }
            )
        return rows

    def _may_name(self, person: str) -> bool:
        return self.viewer.is_staff or person == self.viewer.person


async def view_round(session: Session, round_id: str) -> ViewedRound:
    """Return a round for the acting person. Raises Hidden, or Refused unknown-round."""
    fact = await session.fact()
    state: RoundState = await session.state(round_stream(round_id))
    viewed = ViewedRound(session, state, relation(state, session.person, fact), fact)
    if viewed.row is None:
        raise Hidden
    return viewed


class ViewedStream:
    """An application, or another stream of a round, as the acting person may see it."""

    def __init__(self, session: Session, state: Any, viewer: Viewer) -> None:
        self.session = session
        self.state = state
        self.viewer = viewer

    def row(self) -> dict[str, Any]:
        """Return the stream's row as far as it shows. Raises Hidden."""
        found = visible_row(row_of(self.state), self.viewer)
        if found is None:
            raise Hidden
        return found

    async def events(self) -> list[tuple[int, dict[str, Any]]]:
        """Return what may be seen of every entry of the stream, with its place in the log, in order."""
        entries = await self.session.ledger.reading.stream_entries(self.state.stream)
        views = ((entry.seq, view_entry(entry.leaf, self.viewer, self.state)) for entry in entries)
        return [(seq, view) for seq, view in views if view is not None]


async def view_stream(session: Session, stream: str) -> ViewedStream:
    """Return a stream for the acting person. Raises Refused for an unknown stream or person."""
    fact = await session.fact()
    state = await session.state(stream)
    rules = await get_sealed_rules(session, log_of(stream))
    return ViewedStream(session, state, relation(state, session.person, fact, rules))


async def viewer_of(session: Session, stream: str) -> Viewer:
    """Return what the acting person is to a stream."""
    return (await view_stream(session, stream)).viewer


async def view_rows(session: Session, round_id: str) -> list[dict[str, Any]]:
    """Return the applications of a round that the person may know of, each as far as it shows."""
    around = await view_round(session, round_id)
    rows = []
    for stored in await session.ledger.reading.applications(round_id):
        row = ApplicationRow.model_validate(stored)
        viewer = row_relation(row, session.person, around.fact, around.state.sealed)
        shown = visible_row(row, viewer)
        if shown is not None:
            rows.append(shown)
    return rows


async def get_sealed_rules(session: Session, round_id: str) -> RoundRules | None:
    """Return the sealed rules of a round, or None before it is opened."""
    snapshot = await session.ledger.reading.snapshot(round_stream(round_id))
    return None if snapshot is None else RoundState.model_validate_json(snapshot.state).sealed
