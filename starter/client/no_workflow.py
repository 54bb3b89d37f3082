"""Why an act reached no workflow: what the record tells of a stream that nothing runs for."""

from contextlib import suppress

from ledger.errors import LedgerError
from ledger.record import Ledger
from selection.kernel.actor import Role
from selection.projections.rows import row_of
from selection.recommendation.events import ListNeverOpened
from selection.refusals.refused import Refused
from selection.rooms import APPLICATION_ACTS
from selection.streams import APPLICATION, RECOMMENDATION_LIST, ROUND, log_of, round_stream
from selection.visibility.reading import visible_row
from selection.visibility.viewer import relation
from starter.client.errors import Broken


async def has_no_round(ledger: Ledger, stream: str) -> bool:
    """Tell whether the record holds no such round; not while the record is away, which acts need not wait for."""
    with suppress(LedgerError):
        return await ledger.reading.snapshot(round_stream(log_of(stream))) is None
    return False


async def why_nobody(ledger: Ledger, stream: str, *, person: str, kind_of_act: str) -> Refused:
    """Return the refusal of an act on a stream without a workflow. Raises Broken while the record is away."""
    kind = stream.partition("/")[0]
    try:
        snapshot = await ledger.reading.snapshot(stream)
    except LedgerError as exc:
        raise Broken(str(exc)) from exc
    # Also of a list that is on the record: it may be one that ended because there is no such round.
    if (kind == "round" and snapshot is None) or (
        kind == "recommender" and await has_no_round(ledger, stream)
    ):
        return Refused("unknown-round")
    if snapshot is None:
        return Refused("unknown-application")
    if kind == "recommender":
        return await _why_no_list(ledger, stream, closed=RECOMMENDATION_LIST.load(snapshot.state).closed)
    if kind == "application":
        return await _why_no_application(ledger, stream, snapshot.state, person, kind_of_act)
    return Refused("ended")


async def _why_no_application(
    ledger: Ledger, stream: str, state: str, person: str, kind_of_act: str
) -> Refused:
    """Tell only those who may know of the application that it has ended; others, what they were told before it did."""
    act = APPLICATION_ACTS.get(kind_of_act)
    if act is None:
        return Refused("unknown-command")
    try:
        around = await ledger.reading.snapshot(round_stream(log_of(stream)))
        fact = (await ledger.people.facts([person])).get(person)
    except LedgerError as exc:
        raise Broken(str(exc)) from exc
    sealed = None if around is None else ROUND.load(around.state).sealed
    application = APPLICATION.load(state)
    holds = fact is not None and any(fact.holds(role) for role in act.roles)
    if holds and Role.OBJECTOR in act.roles:
        return Refused("no-notice")
    # A number that nothing was submitted under has nothing to hide.
    knows = holds and not application.agent
    if knows or visible_row(row_of(application), relation(application, person, fact, sealed)) is not None:
        return Refused("ended")
    return Refused("not-entitled", roles=", ".join(sorted(role.value for role in act.roles)))


async def _why_no_list(ledger: Ledger, stream: str, *, closed: bool) -> Refused:
    if not closed:
        return Refused("ended")
    entries = await ledger.reading.stream_entries(stream)
    if any(entry.leaf.type == ListNeverOpened.TYPE for entry in entries):
        # No deadline closed it, and the round's own may still be to come.
        return Refused("list-never-opened")
    until = await ledger.reading.deadline(log_of(stream), "recommendation")
    return Refused("late", deadline="recommendation", until=until.isoformat() if until else "-")
