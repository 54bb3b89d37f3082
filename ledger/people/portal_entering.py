"""Who wants in at the portal, beside the record: what knows its questions again, and what came to nothing.

What is random in a question, and the address that tried, reach the database as their SHA-256 alone.
"""

import hashlib
from datetime import datetime

from ledger.database.queries import load_queries
from ledger.database.store import Store

QUERIES = load_queries("portal")


class PortalQuestions:
    """Questions that any process of the portal may have asked, for who has the portal's login."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._secret = b""

    async def read_secret(self) -> bytes:
        """Return what questions are sealed with at every process; it stays as it is."""
        if not self._secret:
            row = await self._store.row(QUERIES["read_seal"])
            assert row is not None
            self._secret = bytes(row["secret"])
        return self._secret

    async def use(self, challenge: str, expires: datetime) -> bool:
        """Use a question up that was answered rightly; False if it was before."""
        params = {"challenge": _hash(challenge), "expires": expires}
        row = await self._store.row(QUERIES["use_answer"], params)
        return bool(row and row["first"])


class PortalAttempts:
    """What came to nothing within minutes, for who has the portal's login."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def count(self, whose: str, most: int) -> bool:
        """Count one more of a network, or of a person there, and tell whether there were so many at most."""
        row = await self._store.row(QUERIES["count_miss"], {"whose": _hash(whose), "most": most})
        return bool(row and row["allowed"])

    async def forget(self, whose: str) -> None:
        """Count one less."""
        await self._store.rows(QUERIES["forget_miss"], {"whose": _hash(whose)})


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
