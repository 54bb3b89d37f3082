"""Why an act reached no workflow: what the record tells of a stream that nothing runs for."""

from contextlib import suppress
from dataclasses import dataclass

from ledger.errors import LedgerError
from ledger.record import Ledger
from selection.application.state import ApplicationState
from selection.decision.command import Act
from selection.decision.facts import PersonFact
from selection.decision.stream_state import StreamState
from selection.kernel.actor import Role
from selection.projections.rows import row_of
from selection.recommendation.events import ListNeverOpened
from selection.recommendation.state import ListState
from selection.refusals.refused import Refused
from selection.rooms import APPLICATION_ACTS, LIST_ACTS
from selection.round.state import RoundState, rules_of
from selection.streams import ROUND, aggregate, log_of, round_stream
from selection.visibility.reading import visible_row
from selection.visibility.viewer import Standing, relation
from starter.client.errors import Broken


async def has_no_round(ledger: Ledger, stream: str) -> bool:
    """Tell whether the record holds no such round; not while the record is away, which acts need not wait for."""
    with suppress(LedgerError):
        return await ledger.reading.snapshot(round_stream(log_of(stream))) is None
    return False


async def why_nobody(ledger: Ledger, stream: str, *, person: str, kind_of_act: str) -> Refused:
    """Return the refusal of an act on a stream without a workflow. Raises Broken while the record is away.

    Whoever may not know of an application or a list is answered the same whether it never was, runs or has ended.
    """
    kind = stream.partition("/")[0]
    try:
        snapshot = await ledger.reading.snapshot(stream)
        around = await ledger.reading.snapshot(round_stream(log_of(stream)))
        fact = (await ledger.people.facts([person])).get(person)
    except LedgerError as exc:
        raise Broken(str(exc)) from exc
    # Also of a list that is on the record: it may be one that ended because there is no such round.
    if around is None and kind in ("round", "recommender"):
        return Refused("unknown-round")
    if kind not in ("application", "recommender"):
        return Refused("unknown-application" if snapshot is None else "ended")
    core = aggregate(stream)
    asking = _Asking(
        state=core.initial(stream) if snapshot is None else core.load(snapshot.state),
        around=None if around is None else ROUND.load(around.state),
        person=person,
        fact=fact,
        act={**APPLICATION_ACTS, **LIST_ACTS}.get(kind_of_act),
    )
    if (refused := asking.refuse_stranger()) is not None:
        return refused
    if snapshot is None:
        return Refused("unknown-application")
    return await _why_no_list(ledger, asking.state) if kind == "recommender" else Refused("ended")


@dataclass(frozen=True)
class _Asking:
    """Who asks for what on a stream without a workflow: one that has ended, or that never began."""

    state: StreamState
    around: RoundState | None
    person: str
    fact: PersonFact | None
    act: Act | None

    def refuse_stranger(self) -> Refused | None:
        """Return what someone is told who may not know of the stream; None for who may."""
        if self.act is None:
            return Refused("unknown-command")
        if self._holds_role and Role.OBJECTOR in self.act.roles:
            return Refused("no-notice")
        if self._knows:
            return None
        return Refused("not-entitled", roles=", ".join(sorted(role.value for role in self.act.roles)))

    @property
    def _holds_role(self) -> bool:
        assert self.act is not None
        return self.fact is not None and any(self.fact.holds(role) for role in self.act.roles)

    @property
    def _knows(self) -> bool:
        if self.around is None:
            # Without a round there is nothing to hide.
            return True
        viewer = relation(self.state, self.person, self.fact, rules_of(self.around))
        # That it stands on the issued list, everyone may read; to act, that is nothing.
        if viewer.standings - {Standing.PARTICIPANT} and visible_row(row_of(self.state), viewer) is not None:
            return True
        # A number that nothing was submitted under is anybody's who may submit.
        begins = isinstance(self.state, ApplicationState) and not self.state.agent
        return begins and self._holds_role and self.act is APPLICATION_ACTS["submit"]


async def _why_no_list(ledger: Ledger, state: StreamState) -> Refused:
    assert isinstance(state, ListState)
    if not state.closed:
        return Refused("ended")
    entries = await ledger.reading.stream_entries(state.stream)
    if any(entry.leaf.type == ListNeverOpened.TYPE for entry in entries):
        # No deadline closed it, and the round's own may still be to come.
        return Refused("list-never-opened")
    until = await ledger.reading.deadline(log_of(state.stream), "recommendation")
    return Refused("late", deadline="recommendation", until=until.isoformat() if until else "-")
