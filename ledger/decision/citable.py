"""What whoever acts may cite on a stream, as the record stands at a decision."""

from ledger.decision.reads import Noted
from ledger.log.reading import Reading
from ledger.people.contents import Contents
from selection.decision.facts import ContentFact, FactsRequest
from selection.round.state import RoundState
from selection.streams import ROUND, aggregate, round_stream
from selection.visibility.reading import list_readable
from selection.visibility.viewer import relation


async def list_citable(
    reading: Reading, contents: Contents, asked: FactsRequest, noted: Noted
) -> dict[str, ContentFact]:
    """Return, of what is cited, what the reader stored and what the stream's entries show to them.

    Nothing that was erased is among it. The entries are read only where somebody else's content is cited.
    """
    found = await contents.cards([item.ref.id for item in asked.contents])
    others = any(card.stored_by != asked.reader for card in found.values())
    shown = await _list_shown(reading, noted, asked.reader) if others else frozenset()
    return {
        card.id: ContentFact(sha256=card.sha256, kind=card.kind, stored=card.stored_at)
        for card in found.values()
        if card.erased_at is None and (card.stored_by == asked.reader or card.id in shown)
    }


async def _list_shown(reading: Reading, noted: Noted, person: str) -> frozenset[str]:
    """Return the ids of the contents that the stream's entries show to a person who acts on it.

    If the stream moved meanwhile, whoever records finds it; a round's rules never change once they are sealed.
    """
    found = await reading.snapshot(noted.stream)
    if found is None:
        return frozenset()
    around = await read_round(reading, noted.log)
    if around is None or around.sealed is None:
        noted.of_round()
    state = aggregate(noted.stream).load(found.state)
    viewer = relation(state, person, noted.people.get(person), around.sealed if around else None)
    entries = await reading.stream_entries(noted.stream)
    return list_readable([entry.leaf for entry in entries], viewer, state)


async def read_round(reading: Reading, round_id: str) -> RoundState | None:
    """Return the round as the record has it, or None before it is opened."""
    found = await reading.snapshot(round_stream(round_id))
    return None if found is None else ROUND.load(found.state)
