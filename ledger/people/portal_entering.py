"""Who wants in at the portal, beside the record: what they were asked, and how often they tried.

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

    async def keep(self, challenge: str, issued: datetime, expires: datetime, most: int) -> None:
        """Keep a question until it is answered; of so many at most that wait the oldest makes room."""
        params = {"challenge": _hash(challenge), "issued": issued, "expires": expires, "most": most}
        await self._store.rows(QUERIES["keep_question"], params)

    async def take(self, challenge: str) -> tuple[datetime, datetime] | None:
        """Take a question away and return when it was asked and runs out; None if it waits no more."""
        row = await self._store.row(QUERIES["take_question"], {"challenge": _hash(challenge)})
        return None if row is None else (row["issued"], row["expires"])


class PortalAttempts:
    """What was tried within minutes, `sign-in` or `question`, for who has the portal's login."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def count(self, kind: str, network: str, of_one: int, of_all: int) -> bool:
        """Count one more attempt; False, and nothing is counted, after so many of one network or of all."""
        params = {"kind": kind, "network": _hash(network), "of_one": of_one, "of_all": of_all}
        row = await self._store.row(QUERIES["count_attempt"], params)
        return bool(row and row["allowed"])

    async def forget(self, kind: str, network: str, most: int) -> None:
        """Forget the latest attempts of a network, so many at most."""
        params = {"kind": kind, "network": _hash(network), "most": most}
        await self._store.rows(QUERIES["forget_attempts"], params)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
