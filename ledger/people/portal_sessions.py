"""Who is signed in at the portal, beside the record. A token reaches the database as its SHA-256 alone."""

import hashlib
from datetime import datetime
from typing import NamedTuple

from ledger.database.queries import load_queries
from ledger.database.store import Store
from ledger.people.keys import Signer, signer_of
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen

QUERIES = load_queries("portal")


class KeptSession(Frozen):
    """A session: `key` and `means` are how its person was let in; `name` is told to them, and opens nothing."""

    name: str
    person: str
    means: str
    key: str
    until: Instant | None
    agent: str = ""


class RunningSession(KeptSession):
    """A session that has not ended; `seen` is exact to the minute."""

    until: Instant
    started: Instant
    seen: Instant


class ResumedSession(NamedTuple):
    """A session that goes on: what its person is called, empty if erased, and what lets them in now.

    It ends in `left_s` seconds, and sooner if nothing is asked for in `idle_s` seconds.
    """

    session: RunningSession
    called: str
    signer: Signer
    left_s: int
    idle_s: int


class EndedSession(NamedTuple):
    """A session that ended by time of late, and what would let its person in."""

    person: str
    means: str
    signer: Signer


def link_for(token: str, person: str) -> str:
    """Return the link of a token that counts for one person, or for anybody if none is named.

    What is kept is the hash of both, so that the person in it cannot be changed.
    """
    return f"{token}.{person}" if person else token


def whose_link(link: str) -> str:
    """Return the only person for whom a link counts, empty for one that counts for anybody."""
    return link.partition(".")[2]


class PortalSessions:
    """Sessions and sign-in links, for who has the portal's login; `offer_link` for the worker's."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def begin(self, token: str, session: KeptSession) -> None:
        """Keep a session under a token, for twelve hours at most."""
        await self._store.rows(QUERIES["begin"], {"token": hash_token(token), **session.model_dump()})

    async def resume(self, token: str) -> ResumedSession | None:
        """Return the session of a token, None if it has ended, and note that it was used."""
        row = await self._store.row(QUERIES["resume"], {"token": hash_token(token)})
        if row is None:
            return None
        session = RunningSession(**{name: row[name] for name in RunningSession.model_fields})
        return ResumedSession(session, row["called"], signer_of(row), row["left_s"], row["idle_s"])

    async def find_ended(self, token: str) -> EndedSession | None:
        """Return the session of a token that ended by time within three days, None of any other."""
        row = await self._store.row(QUERIES["find_ended"], {"token": hash_token(token)})
        return None if row is None else EndedSession(row["person"], row["means"], signer_of(row))

    async def end(self, token: str) -> None:
        """End the session of a token."""
        await self._store.rows(QUERIES["end"], {"token": hash_token(token)})

    async def end_named(self, person: str, name: str) -> None:
        """End a session of a person by its name; another person's stays."""
        await self._store.rows(QUERIES["end_named"], {"person": person, "name": name})

    async def list_of(self, person: str) -> tuple[RunningSession, ...]:
        """Return the sessions of a person that have not ended, the oldest first."""
        rows = await self._store.rows(QUERIES["list"], {"person": person})
        return tuple(RunningSession(**row) for row in rows)

    async def offer_link(self, token: str) -> datetime:
        """Have a sign-in link count, once, and return until when."""
        row = await self._store.row(QUERIES["offer_link"], {"token": hash_token(token)})
        assert row is not None
        until: datetime = row["until"]
        return until

    async def has_link(self, token: str) -> bool:
        """Tell whether a sign-in link counts still."""
        row = await self._store.row(QUERIES["has_link"], {"token": hash_token(token)})
        return bool(row and row["found"])

    async def take_link(self, token: str) -> bool:
        """Use a sign-in link up; False if it does not count."""
        row = await self._store.row(QUERIES["take_link"], {"token": hash_token(token)})
        return bool(row and row["found"])


def hash_token(token: str) -> bytes:
    """Return what the database knows a token by."""
    return hashlib.sha256(token.encode()).digest()
