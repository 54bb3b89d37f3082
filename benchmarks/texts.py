"""The one text that people of a benchmark cite, stored for each of them as their own."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeVar

from ledger.database.store import open_session
from selection.kernel.actor import Actor
from selection.kernel.model import Frozen, Ref

C = TypeVar("C", bound=Frozen)
BODY = b'{"form":"benchmark"}'
"""Answers to the form of one text, so that it can stand for a form too."""
TEXT = Ref(id="text-of-nobody", sha256=hashlib.sha256(BODY).hexdigest())
"""Stands for the text in a command, until it is known who sends that."""
STORED = datetime(2999, 1, 1, tzinfo=UTC)
"""So late that no act is in time for its sake."""
STORE = """
INSERT INTO contents (id, kind, media_type, size, sha256, salt, body, stored_by, stored_at)
SELECT 'text-of-' || person, 'text', 'text/plain', %(size)s, %(sha256)s, '', %(body)s, person, %(stored)s
FROM unnest(%(people)s::text[]) AS person ON CONFLICT DO NOTHING
"""


def own(command: C, actor: Actor) -> C:
    """Return the command with the actor's own text in place of TEXT."""
    told = command.model_dump_json().replace(TEXT.id, f"text-of-{actor.person}")
    return type(command).model_validate_json(told)


async def store_texts(url: str, people: Iterable[str]) -> None:
    """Store the text for each of these people, without a salt, so that its hash is known beforehand.

    Programs store contents by a function that salts them: this takes the rights of the database's owner.
    """
    told = {"size": len(BODY), "sha256": TEXT.sha256, "body": BODY, "stored": STORED, "people": list(people)}
    async with await open_session(url, "selection_owner") as connection:
        await connection.execute(STORE, told)
