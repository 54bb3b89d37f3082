"""The installation's own log: what clients record without a workflow, once per command id."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from psycopg.rows import DictRow

from ledger.database.queries import load_queries
from ledger.database.store import Connection, Store
from ledger.log.receipts import receipt_of
from selection.kernel.actor import Actor
from selection.kernel.leaf import Leaf, Receipt, leaf_bytes, leaf_hash

INSTALLATION = "installation"
QUERIES = load_queries("record")


@dataclass
class ClientTurn:
    """The exclusive right to append to the installation's log, held until the transaction ends."""

    connection: Connection
    command_id: str
    earlier: tuple[tuple[Receipt, Leaf], ...]

    async def append(self, type_: str, actor: Actor, facts: Sequence[dict[str, Any]]) -> list[Receipt]:
        """Record one entry per fact, all of one type, at the database's time: no client's clock is asked."""
        leaves = await self.leaves(type_, actor, facts)
        appended = {
            "expected": leaves[0].version - 1,
            "bodies": [leaf_bytes(leaf) for leaf in leaves],
        }
        first = await _read_row(self.connection, QUERIES["append_to_installation"], appended)
        return self.receipts(leaves, range(first["seq"], first["seq"] + len(leaves)))

    async def leaves(self, type_: str, actor: Actor, facts: Sequence[dict[str, Any]]) -> list[Leaf]:
        """Return the next leaves of the log, one per fact; nothing is recorded yet."""
        clock = await _read_row(self.connection, QUERIES["read_instant"], {})
        last = await _read_row(self.connection, QUERIES["read_last_version"], {"stream": INSTALLATION})
        return [
            Leaf(
                type=type_,
                stream=INSTALLATION,
                version=last["version"] + i,
                actor=actor,
                at=clock["at"],
                recorded=clock["at"],
                register_size=last["version"],
                rules="",
                data={**fact, "command_id": self.command_id},
            )
            for i, fact in enumerate(facts, start=1)
        ]

    def receipts(self, leaves: Sequence[Leaf], places: Sequence[int]) -> list[Receipt]:
        """Return the receipts of recorded leaves, given their places in the log."""
        return [
            Receipt(
                log=INSTALLATION,
                stream=INSTALLATION,
                seq=seq,
                version=leaf.version,
                leaf_hash=leaf_hash(leaf_bytes(leaf)).hex(),
                command_id=self.command_id,
                at=leaf.at,
            )
            for seq, leaf in zip(places, leaves, strict=True)
        ]


@asynccontextmanager
async def client_turn(store: Store, command_id: str) -> AsyncIterator[ClientTurn]:
    """Open a transaction that alone may append, with what an earlier attempt of the command recorded."""
    async with store.transaction(INSTALLATION) as connection:
        await connection.execute(QUERIES["lock_stream"], {"stream": INSTALLATION})
        asked = {"stream": INSTALLATION, "command_id": command_id}
        rows = await (await connection.execute(QUERIES["read_by_command"], asked)).fetchall()
        earlier = tuple((receipt_of(row), Leaf.model_validate_json(row["body"])) for row in rows)
        yield ClientTurn(connection, command_id, earlier)


async def _read_row(connection: Connection, query: str, params: dict[str, Any]) -> DictRow:
    row = await (await connection.execute(query, params)).fetchone()
    assert row is not None
    return row
