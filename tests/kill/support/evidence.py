"""What is left after a run, read without the ledger's code, and every fault in it."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg

from runtime.embedded.mail_sink import list_mail
from selection.kernel.actor import SYSTEM
from selection.kernel.leaf import Leaf, Receipt
from selection.streams import APPLICATION
from tests.kill.support.patience import STUCK_AFTER

INSTALLATION = "installation"


@dataclass(frozen=True)
class Entry:
    log: str
    seq: int
    stream: str
    version: int
    body: bytes

    @property
    def leaf_hash(self) -> str:
        return sha256(b"\x00" + self.body).hexdigest()

    @cached_property
    def leaf(self) -> Leaf:
        return Leaf.model_validate_json(self.body)


@dataclass(frozen=True)
class Letter:
    message_id: str
    state: str
    due: bool


@dataclass
class Evidence:
    """The record's rows, the mails that were accepted, and the receipts that people were given."""

    heads: dict[str, int]
    entries: list[Entry]
    letters: list[Letter] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)

    def faults(self) -> list[str]:
        """Every fault, one sentence each."""
        record = [*self._holes(), *self._doubles(), *self._find_repeated(), *self._stale(), *self._outcomes()]
        return [*record, *self._mail_faults(), *self._find_lost_acts()]

    def _holes(self) -> Iterator[str]:
        found: dict[str, list[int]] = defaultdict(list)
        for entry in self.entries:
            found[entry.log].append(entry.seq)
        for log, size in self.heads.items():
            if sorted(found[log]) != list(range(size)):
                yield f"hole: log {log} of {size} has the sequence numbers {sorted(found[log])[-5:]} last"

    def _doubles(self) -> Iterator[str]:
        for stream, entries in self._streams().items():
            versions = [entry.version for entry in entries]
            if versions != list(range(1, len(versions) + 1)):
                yield f"double: {stream} has the versions {versions[-5:]} last"

    def _find_repeated(self) -> Iterator[str]:
        """One command of one person brings entries once: consecutive ones of one stream."""
        found: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
        for entry in self._in_rounds():
            leaf = entry.leaf
            # What the engine does by itself has one id on each stream.
            stream = entry.stream if leaf.actor.person == SYSTEM.person else ""
            found[leaf.actor.person, str(leaf.data["command_id"]), stream].append(entry)
        for (person, command_id, _), entries in found.items():
            versions = sorted(entry.version for entry in entries)
            together = versions == list(range(versions[0], versions[0] + len(versions)))
            if len({entry.stream for entry in entries}) > 1 or not together:
                places = [f"{entry.stream}@{entry.version}" for entry in entries]
                yield f"repeated: {command_id} of {person} stands at {', '.join(places)}"

    def _stale(self) -> Iterator[str]:
        """No entry was decided on an older register than one before it, where a person's data had changed between."""
        changed = [
            entry.seq for entry in self.entries if entry.log == INSTALLATION and _is_person(entry.leaf)
        ]
        seen: dict[str, int] = defaultdict(int)
        for entry in self._in_rounds():
            size = entry.leaf.register_size
            if any(size <= seq < seen[entry.log] for seq in changed):
                yield f"stale: {entry.stream}@{entry.version} saw {size} of {seen[entry.log]} entries of the register"
            seen[entry.log] = max(seen[entry.log], size)

    def _outcomes(self) -> Iterator[str]:
        for stream, entries in self._streams().items():
            in_order = [entry.version for entry in entries] == list(range(1, len(entries) + 1))
            if not stream.startswith("application/") or not in_order:
                continue
            folding = APPLICATION
            state, ends = folding.initial(stream), 0
            for entry in entries:
                before, state = state, folding.evolve(state, entry.leaf)
                ends += state.outcome != before.outcome
            if ends != 1 or not state.ended:
                yield f"outcome: {stream} got {ends} outcomes"

    def _mail_faults(self) -> Iterator[str]:
        taken = Counter(self.mails)
        known = Counter(letter.message_id for letter in self.letters)
        for message_id, count in known.items():
            if count > 1:
                yield f"letter: {count} letters have the Message-ID {message_id}"
        for letter in self.letters:
            if letter.due and not taken[letter.message_id]:
                yield f"letter: {letter.message_id} ({letter.state}) was never accepted"
        for message_id in taken.keys() - known.keys():
            yield f"letter: the mail {message_id} tells of something that is not in the record"

    def _find_lost_acts(self) -> Iterator[str]:
        held = {(entry.stream, entry.version, entry.leaf_hash, entry.seq) for entry in self.entries}
        for receipt in self.receipts:
            if (receipt.stream, receipt.version, receipt.leaf_hash, receipt.seq) not in held:
                yield f"lost: {receipt.stream} version {receipt.version} was answered but is not in the record"

    def _streams(self) -> dict[str, list[Entry]]:
        streams: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._in_rounds():
            streams[entry.stream].append(entry)
        return streams

    def _in_rounds(self) -> list[Entry]:
        """The entries of the rounds' logs, each log in its order."""
        found = (entry for entry in self.entries if entry.log != INSTALLATION)
        return sorted(found, key=lambda entry: (entry.log, entry.seq))


def _is_person(leaf: Leaf) -> bool:
    return leaf.type.startswith("person.")


async def collect(
    url: str, mail_folder: Path | None, receipts: Sequence[Receipt] = (), log: str | None = None
) -> Evidence:
    """Wait until no letter that is due waits any more, then read everything, or one round and the register."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("SET search_path = selection")
        if mail_folder:
            await _until_sent(connection)
        # One instant for all that is read: a round's archive grows after its end.
        await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        of_log = f"'{log}', '{INSTALLATION}'" if log else "log"
        evidence = Evidence(
            heads=dict(await _rows(connection, f"SELECT log, size FROM head WHERE log IN ({of_log})")),
            entries=[
                Entry(*row)
                for row in await _rows(
                    connection, f"SELECT log, seq, stream, version, body FROM entries WHERE log IN ({of_log})"
                )
            ],
            letters=[
                Letter(*row)
                for row in await _rows(
                    connection,
                    "SELECT message_id, state, state <> 'dropped' AND due <= now() "
                    f"FROM outbox WHERE kind = 'letter' AND log IN ({of_log})",
                )
            ],
            receipts=list(receipts),
        )
    if mail_folder:
        evidence.mails = [mail.message_id for mail in list_mail(mail_folder)]
    return evidence


async def _until_sent(connection: psycopg.AsyncConnection[Any]) -> None:
    query = "SELECT count(*) FROM outbox WHERE state = 'pending' AND due <= now()"
    async with asyncio.timeout(STUCK_AFTER):
        while (await _rows(connection, query))[0][0]:
            await asyncio.sleep(0.2)


async def _rows(connection: psycopg.AsyncConnection[Any], query: str) -> list[tuple[Any, ...]]:
    return await (await connection.execute(query.encode())).fetchall()
