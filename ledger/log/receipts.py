"""Stored rows of the log as receipts and entries."""

from typing import Any

from psycopg.rows import DictRow

from selection.kernel.leaf import Leaf, Receipt
from selection.kernel.model import Frozen

RECEIPT_FIELDS = tuple(Receipt.model_fields)


class Entry(Frozen):
    """One entry of a log: its place, its bytes as recorded, and the leaf they spell."""

    log: str
    seq: int
    body: bytes
    leaf_hash: bytes
    leaf: Leaf


def receipt_of(row: DictRow) -> Receipt:
    """Return the receipt of a stored entry."""
    values: dict[str, Any] = {name: row[name] for name in RECEIPT_FIELDS}
    return Receipt(**{**values, "leaf_hash": row["leaf_hash"].hex()})


def entry_of(row: DictRow) -> Entry:
    """Return a stored entry with its leaf parsed."""
    body = bytes(row["body"])
    return Entry(
        log=row["log"],
        seq=row["seq"],
        body=body,
        leaf_hash=bytes(row["leaf_hash"]),
        leaf=Leaf.model_validate_json(body),
    )
