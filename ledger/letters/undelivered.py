"""Letters that a mail server refused: what waits for an officer, and which entries settled them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg.rows import DictRow

from ledger.database.queries import load_queries
from ledger.database.store import Store
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from selection.register.decide import task_of_letter
from selection.register.events import LetterSettled

LARGEST = 2**63 - 1
"""The last id that the database could give."""
QUERIES = load_queries("undelivered")


class LetterFate(Frozen):
    """A letter and where it stands. `anew` is when its addressee was last registered after it was refused."""

    id: int
    log: str
    stream: str
    version: int
    to: str
    template: str
    params: dict[str, str]
    message_id: str
    state: str
    since: Instant | None
    found: str
    anew: datetime | None


class RefusedLetters:
    """Reads refused letters. Each is an open task of the officer until it is settled."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def list_refused(self, log: str | None = None) -> list[LetterFate]:
        """Return the letters that wait for an officer, of a round's log or of all, oldest first."""
        asked = {"log": log, "ids": None, "state": "refused"}
        return [_fate(row) for row in await self._store.rows(QUERIES["read_letters"], asked)]

    async def letters(self, ids: Sequence[int]) -> dict[int, LetterFate]:
        """Return these letters, in whatever state they are; what is no letter is left out."""
        asked = {"log": None, "ids": [number for number in ids if number <= LARGEST], "state": None}
        return {row["id"]: _fate(row) for row in await self._store.rows(QUERIES["read_letters"], asked)}

    async def find_settled(self, letter: int) -> int | None:
        """Return the version of the installation's entry that last settled a letter, or None."""
        asked = {"type": LetterSettled.TYPE, "task": task_of_letter(letter)}
        row = await self._store.row(QUERIES["read_settled"], asked)
        return None if row is None else int(row["version"])


def _fate(row: DictRow) -> LetterFate:
    body: dict[str, Any] = row["body"]
    named = {
        name: row[name] for name in ("id", "log", "stream", "version", "message_id", "state", "since", "anew")
    }
    return LetterFate(
        **named, found=row["error"] or "", **{key: body[key] for key in ("to", "template", "params")}
    )
