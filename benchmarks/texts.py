"""The few texts that people of a benchmark cite, stored for each of them as their own."""

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
BODIES = {"text": BODY, "comment": b'{"text":"benchmark"}', "answers": b"{}"}
"""What each is called: a text or a form of one text, the comment of a review, and what of a review is for others."""
NOBODY = "-of-nobody"
TEXT, COMMENT, ANSWERS = (
    Ref(id=f"{name}{NOBODY}", sha256=hashlib.sha256(body).hexdigest()) for name, body in BODIES.items()
)
"""Stand for the texts in a command, until it is known who sends that."""
STORED = datetime(2999, 1, 1, tzinfo=UTC)
"""So late that no act is in time for its sake."""
STORE = """
INSERT INTO contents (id, kind, media_type, size, sha256, salt, body, stored_by, stored_at)
SELECT %(name)s || '-of-' || person, 'text', 'text/plain', octet_length(%(body)s), encode(sha256(%(body)s), 'hex'), '',
    %(body)s, person, %(stored)s
FROM unnest(%(people)s::text[]) AS person ON CONFLICT DO NOTHING
"""


def own(command: C, actor: Actor) -> C:
    """Return the command with the actor's own texts in place of nobody's."""
    text = command.model_dump_json().replace(NOBODY, f"-of-{actor.person}")
    return type(command).model_validate_json(text)


async def store_texts(url: str, people: Iterable[str]) -> None:
    """Store the texts for each of these people, without a salt, so that their hashes are known beforehand.

    Programs store contents by a function that salts them: this takes the rights of the database's owner.
    """
    everybody = list(people)
    async with await open_session(url, "selection_owner") as connection:
        for name, body in BODIES.items():
            params = {"name": name, "body": body, "stored": STORED, "people": everybody}
            await connection.execute(STORE, params)
