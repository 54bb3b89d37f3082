"""What histories show of each decision, in a temporary file while the log is read: memory does not grow with it."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any, NamedTuple, Self

from pydantic import ValidationError

from activities.messages import Answer, DecideRequest
from audit.histories.messages import Exchange, Message
from selection.decision.machine import read_act
from selection.kernel.leaf import Leaf
from selection.refusals.refused import Refused

_TABLES = """
CREATE TABLE answers (
    stream TEXT, version INTEGER, count INTEGER, place TEXT, run_id TEXT, request BLOB, answer BLOB,
    PRIMARY KEY (stream, version)) WITHOUT ROWID;
CREATE TABLE messages (
    stream TEXT, person TEXT, command_id TEXT, digest TEXT, body BLOB, refuse_as TEXT,
    PRIMARY KEY (stream, person, command_id, digest, refuse_as)) WITHOUT ROWID;
CREATE TABLE repeats (stream TEXT, version INTEGER, place TEXT, request BLOB);
CREATE INDEX repeats_by_version ON repeats (stream, version);
CREATE TABLE untold (stream TEXT, version INTEGER, PRIMARY KEY (stream, version)) WITHOUT ROWID;
CREATE TABLE cited (stream TEXT, version INTEGER, body BLOB, PRIMARY KEY (stream, version)) WITHOUT ROWID;
"""
KNOWN = ("act", "carry")
"""The names of messages that are taken for what they hold; any other is refused as an unknown command."""


class DecisionEvidence(NamedTuple):
    """A decision as a history tells of it: the place, the run, what was asked (None by a long activity), the answer."""

    place: str
    run_id: str
    request: DecideRequest | None
    answer: Answer


class Evidence:
    """A temporary store; a context manager. Without a name SQLite keeps it in a file that is gone when it closes."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(f"PRAGMA journal_mode = OFF; PRAGMA cache_size = -65536; {_TABLES}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        self._db.close()

    def add(
        self, stream: str, asked: Iterable[Exchange], sent: Iterable[Message], untold: Iterable[int]
    ) -> None:
        """Keep what a stream's histories show. Unreadable payloads are left out: other claims refute them."""
        for item in asked:
            try:
                answer = Answer.model_validate_json(item.answer)
                request = DecideRequest.model_validate_json(item.request) if item.request else None
            except ValidationError:
                continue
            self._add_answer(stream, item, request, answer)
        self._db.executemany(
            "INSERT OR IGNORE INTO untold VALUES (?, ?)", [(stream, version) for version in untold]
        )
        for message in sent:
            self._add_message(stream, message.body, "" if message.name in KNOWN else "unknown-command")

    def _add_answer(self, stream: str, item: Exchange, request: DecideRequest | None, answer: Answer) -> None:
        if answer.hashes:
            row = (
                stream,
                answer.first,
                len(answer.hashes),
                item.place,
                item.run_id,
                item.request,
                item.answer,
            )
            # What a reset run copied was there already.
            self._db.execute("INSERT OR IGNORE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        elif request is not None:
            if answer.receipt is not None:
                version = answer.receipt.version
                row_ = (stream, version, item.place, item.request)
                self._db.execute("INSERT INTO repeats VALUES (?, ?, ?, ?)", row_)
            # Asked again, since an answer was lost: what was asked is known by this.
            self._add_message(stream, request.body, request.refuse_as)

    def _add_message(self, stream: str, body: bytes, refuse_as: str) -> None:
        try:
            envelope = read_act(body, stream).envelope
        except Refused:
            return
        row = (stream, envelope.actor.person, envelope.command_id, envelope.digest, body, refuse_as)
        self._db.execute("INSERT OR IGNORE INTO messages VALUES (?, ?, ?, ?, ?, ?)", row)

    def find_decision(self, stream: str, version: int) -> DecisionEvidence | None:
        """Return the decision whose first entry has this version, None if no history tells of it."""
        row = self._row(
            "SELECT place, run_id, request, answer FROM answers WHERE stream = ? AND version = ?",
            stream,
            version,
        )
        if row is None:
            return None
        place, run_id, request, answer = row
        asked = DecideRequest.model_validate_json(request) if request else None
        return DecisionEvidence(str(place), str(run_id), asked, Answer.model_validate_json(answer))

    def find_messages(self, leaf: Leaf) -> list[tuple[bytes, str]]:
        """Return messages of the very command that an entry names, each with a code to refuse it by, if any."""
        with closing(
            self._db.execute(
                "SELECT body, refuse_as FROM messages"
                " WHERE stream = ? AND person = ? AND command_id = ? AND digest = ? ORDER BY refuse_as",
                (
                    leaf.stream,
                    leaf.actor.person,
                    str(leaf.data["command_id"]),
                    str(leaf.data.get("command_hash")),
                ),
            )
        ) as found:
            return [(bytes(body), str(refuse_as)) for body, refuse_as in found]

    def repeats(self, stream: str, version: int) -> list[tuple[str, DecideRequest]]:
        """Return what was answered with the receipt of this entry, each with its place."""
        with closing(
            self._db.execute(
                "SELECT place, request FROM repeats WHERE stream = ? AND version = ?", (stream, version)
            )
        ) as found:
            return [(str(place), DecideRequest.model_validate_json(request)) for place, request in found]

    def list_unanswered(self) -> Iterator[tuple[str, int]]:
        """Give the versions of each stream that no answer holds, in order."""
        yield from self._db.execute("SELECT stream, version FROM untold ORDER BY stream, version")

    def will_cite(self, stream: str, version: int) -> None:
        """Note that an entry is named by a decision of another stream."""
        self._db.execute("INSERT OR IGNORE INTO cited VALUES (?, ?, NULL)", (stream, version))

    def store_cited_entry(self, leaf: Leaf, body: bytes) -> None:
        """Keep an entry if a decision of another stream names it."""
        # Most entries are cited by nobody: nothing is written for them.
        self._db.execute(
            "UPDATE cited SET body = ? WHERE stream = ? AND version = ?",
            (body, leaf.stream, leaf.version),
        )

    def get_cited(self, stream: str, version: int) -> Leaf | None:
        """Return a cited entry that was read already."""
        row = self._row("SELECT body FROM cited WHERE stream = ? AND version = ?", stream, version)
        return None if row is None or row[0] is None else Leaf.model_validate_json(row[0])

    def _row(self, query: str, *given: object) -> tuple[Any, ...] | None:
        with closing(self._db.execute(query, given)) as found:
            row: tuple[Any, ...] | None = found.fetchone()
            return row
