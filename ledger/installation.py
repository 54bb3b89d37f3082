"""The installation's own log: what clients record without a workflow, once per command id."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from psycopg.rows import DictRow

from ledger.queries import load_queries
from ledger.receipts import receipt_of
from ledger.store import Connection, Store
from selection.actor import Actor
from selection.leaf import Leaf, Receipt, leaf_bytes, leaf_hash

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
        clock = await _only(self.connection, QUERIES["read_instant"], {})
        last = await _only(self.connection, QUERIES["read_last_version"], {"stream": INSTALLATION})
        leaves = [
            Leaf(
                type=type_,
                stream=INSTALLATION,
                version=last["version"] + i,
                actor=actor,
                at=clock["at"],
                rules="",
                data={**fact, "command_id": self.command_id},
            )
            for i, fact in enumerate(facts, start=1)
        ]
        bodies = [leaf_bytes(leaf) for leaf in leaves]
        place = {"log": INSTALLATION, "stream": INSTALLATION}
        appended = {**place, "expected": last["version"], "bodies": bodies}
        first = await _only(self.connection, QUERIES["append_entries"], appended)
        return [
            Receipt(
                **place,
                seq=first["seq"] + i,
                version=leaf.version,
                leaf_hash=leaf_hash(body).hex(),
                command_id=self.command_id,
                at=leaf.at,
            )
            for i, (leaf, body) in enumerate(zip(leaves, bodies, strict=True))
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


async def _only(connection: Connection, query: str, params: dict[str, Any]) -> DictRow:
    row = await (await connection.execute(query, params)).fetchone()
    assert row is not None
    return row
