"""What a content is called: by its bytes, its person and its log, under a secret of that person's."""

import hmac
from collections.abc import Iterable
from typing import Protocol

from ledger.people.contents import Kind
from ledger.record import Ledger
from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.kernel.model import Ref

TEXT = "text/plain; charset=utf-8"
"""The media type of every text."""


class Storing(Protocol):
    """A client: what it stores is kept in the record that it is connected to."""

    ledger: Ledger


async def name_content(
    ledger: Ledger, kind: Kind, media_type: str, digest: str, *, person: str, log: str
) -> str:
    """Return the id that a content of this SHA-256 has, or would have once it is stored."""
    facts = {"log": log, "person": person, "kind": kind, "media": media_type, "body": digest}
    # Keyed, as the id stays in the log: after an erasure nobody can try texts out on it.
    key = await ledger.contents.key_of(person)
    mark = hmac.new(key, canonical_bytes(facts), "sha256").hexdigest()
    return f"{kind}-{mark[:32]}"


async def find_texts(client: Storing, texts: Iterable[str], *, person: str, log: str) -> dict[str, Ref]:
    """Return the references of those of these texts that the person stored before; nothing is stored."""
    ledger = client.ledger
    named = {
        text: await name_content(ledger, "text", TEXT, sha256_hex(text.encode()), person=person, log=log)
        for text in dict.fromkeys(texts)
    }
    cards = await ledger.contents.cards(list(named.values()))
    return {text: cards[name].ref for text, name in named.items() if name in cards}
