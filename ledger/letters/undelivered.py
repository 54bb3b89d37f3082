"""Letters that a mail server refused: what an officer settles, as entries of the installation's log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from psycopg.rows import DictRow

from ledger.append.installation import ClientTurn, client_turn
from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.errors import CommandReused, LetterNotRefused
from selection.kernel.actor import Actor
from selection.kernel.leaf import Instant, Leaf, Receipt
from selection.kernel.model import Frozen

TYPE = "letter.settled.v1"
LARGEST = 2**63 - 1
"""The last id that the database could give."""
QUERIES = load_queries("undelivered")

How = Literal["resend", "drop"]


class LetterSettled(Frozen):
    """What was done about a refused letter: which one, to whom, what the mail server had said, and how it ends.

    The letter is named by its task, by the entry that caused it and by the Message-ID that it keeps.
    """

    task: str
    target: str
    caused_by: int
    letter: str
    message_id: str
    to: str
    found: str
    how: How


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


class Undelivered:
    """Reads and settles refused letters. Each is an open task of the officer until it is settled."""

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

    async def settle(self, ids: Sequence[int], how: How, actor: Actor, command_id: str) -> list[Receipt]:
        """End the tasks of these letters, all or none, with an entry for each; the actor carries the reason.

        A letter to `resend` goes out again at once, under the Message-ID it had, to the address that is
        registered then. Repeated under its command id it returns the stored receipts and sends nothing again.
        Raises LetterNotRefused for a letter that does not wait, CommandReused for other letters under the id.
        """
        async with client_turn(self._store, command_id) as turn:
            if turn.earlier:
                _check_same([leaf for _, leaf in turn.earlier], ids, how)
                return [receipt for receipt, _ in turn.earlier]
            settled = await _settle(turn, ids, how)
            return await turn.append(TYPE, actor, [item.model_dump(mode="json") for item in settled])

    async def find_settled(self, letter: int) -> int | None:
        """Return the version of the installation's entry that last settled a letter, or None."""
        row = await self._store.row(QUERIES["read_settled"], {"type": TYPE, "task": _task(letter)})
        return None if row is None else int(row["version"])


async def _settle(turn: ClientTurn, ids: Sequence[int], how: How) -> list[LetterSettled]:
    asked = {"ids": list(ids), "state": "pending" if how == "resend" else "dropped"}
    rows = await (await turn.connection.execute(QUERIES["settle"], asked)).fetchall()
    left = set(ids) - {row["id"] for row in rows}
    if left:
        raise LetterNotRefused(min(left))
    return [
        LetterSettled(
            task=_task(row["id"]),
            target=row["stream"],
            caused_by=row["version"],
            letter=row["key"],
            message_id=row["message_id"],
            to=row["to"],
            found=row["error"] or "",
            how=how,
        )
        for row in sorted(rows, key=lambda row: int(row["id"]))
    ]


def _check_same(leaves: Sequence[Leaf], ids: Sequence[int], how: How) -> None:
    said = {(leaf.type, leaf.data.get("task"), leaf.data.get("how")) for leaf in leaves}
    if said != {(TYPE, _task(letter), how) for letter in ids}:
        raise CommandReused("the command id stands for something else")


def _task(letter: int) -> str:
    """Return the key of the officer's task, as the view open_tasks spells it."""
    return f"undelivered/{letter}"


def _fate(row: DictRow) -> LetterFate:
    body: dict[str, Any] = row["body"]
    named = {
        name: row[name] for name in ("id", "log", "stream", "version", "message_id", "state", "since", "anew")
    }
    return LetterFate(
        **named, found=row["error"] or "", **{key: body[key] for key in ("to", "template", "params")}
    )
