"""What whoever acts may cite on a stream, as the record stands at a decision."""

from datetime import datetime
from typing import Protocol

from ledger.decision.reads import ReadNotes
from ledger.decision.rounds import read_round
from ledger.log.reading import Reading
from ledger.people.contents import Contents
from selection.decision.deposit import Deposit
from selection.decision.facts import ContentFact, Facts, FactsRequest, find_citable
from selection.forms.handed_in import Fitting
from selection.round.state import rules_of
from selection.streams import aggregate
from selection.visibility.reading import list_readable
from selection.visibility.viewer import relation


class ReadFacts(Protocol):
    """Reads facts off the record."""

    async def __call__(self, asked: FactsRequest, noted: ReadNotes) -> Facts:
        """Return what was asked and note what was read."""


def read_as_cited(read: ReadFacts, at: datetime) -> ReadFacts:
    """Return a reader that takes what is cited and not found for what it is cited as, stored at an instant.

    It is for what is decided again after it was lost: what it cited may have gone with the database.
    """

    async def read_facts(asked: FactsRequest, noted: ReadNotes) -> Facts:
        found = await read(asked, noted)
        gone = [item for item in asked.contents if find_citable(item.ref, found) is None]
        # What is cited twice is of the kind that one of the fields asks for.
        contents = {
            item.ref.id: ContentFact(sha256=item.ref.sha256, kind=item.kind or "file", stored=at)
            for item in sorted(gone, key=lambda item: item.kind or "")
        }
        # Answers that are gone were found to fit when they were handed in, or their act was refused then.
        fitting = found.fitting or (Fitting() if asked.filled else None)
        deposit = found.deposit
        if asked.deposit and deposit == Deposit():
            deposit = Deposit(digest=asked.deposit.commitment)
        return found.with_(contents={**found.contents, **contents}, fitting=fitting, deposit=deposit)

    return read_facts


async def list_citable(
    reading: Reading, contents: Contents, asked: FactsRequest, noted: ReadNotes
) -> dict[str, ContentFact]:
    """Return, of what is cited, what the reader stored and what the stream's entries show to them.

    Nothing that was erased is among it. The entries are read only where somebody else's content is cited.
    """
    found = {item.ref.id: noted.cards[item.ref.id] for item in asked.contents if item.ref.id in noted.cards}
    others = [item.ref.id for item in asked.contents if item.ref.id not in found]
    found |= await contents.cards(others) if others else {}
    foreign = any(card.stored_by != asked.reader for card in found.values())
    shown = await _list_shown(reading, noted, asked.reader) if foreign else frozenset()
    return {
        card.id: ContentFact(sha256=card.sha256, kind=card.kind, stored=card.stored_at)
        for card in found.values()
        if card.erased_at is None and (card.stored_by == asked.reader or card.id in shown)
    }


async def _list_shown(reading: Reading, noted: ReadNotes, person: str) -> frozenset[str]:
    """Return the ids of the contents that the stream's entries show to a person who acts on it.

    If the stream or its round moved meanwhile, whoever records finds it.
    """
    found = await reading.snapshot(noted.stream)
    if found is None:
        return frozenset()
    around = await read_round(reading, noted.log)
    if around is None or around.sealed is None:
        noted.of_round()
    state = aggregate(noted.stream).load(found.state)
    delegations = around.delegations if around is not None else ()
    viewer = relation(state, person, noted.people.get(person), rules_of(around), delegations)
    entries = await reading.stream_entries(noted.stream)
    return list_readable([entry.leaf for entry in entries], viewer, state)
