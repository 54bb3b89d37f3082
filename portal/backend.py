"""What the pages rest on: one read service, one entrance and one client of Temporal, opened when first asked for.

Each connection mends itself when its server comes back. What could not be opened is tried again by the next request,
so that the portal starts, and stays, while Postgres or Temporal are away.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from ledger.record import Ledger
from portal.faults import Fault
from portal.guard.attempts import Attempts
from portal.proofs.archiving import Archivings
from portal.proofs.folders import clear_left
from portal.proofs.keeping import Copies
from reading.access.authentication import Entrance
from reading.access.first_keys import FirstKeyDesk, FirstKeyReads
from reading.access.memory import Memory
from reading.access.one_request import OneRequest
from reading.access.seconds import SecondReads
from reading.access.sessions import Sessions, SignedIn
from reading.access.source import Source
from reading.access.subject import Subject
from reading.access.unfinished_work import UnfinishedWork
from reading.access.uploads import Uploads
from reading.service import ReadService
from runtime.databases import Databases
from runtime.endpoints import Servers, connect
from runtime.errors import StackError
from runtime.logins import Login
from runtime.settings import Settings
from starter.client.client import SelectionClient

ROLE = "selection_portal"
CONNECTIONS = 8
STORED_AT_ONCE = 2
"""Files that are handed to the database at the same time [D]."""
TABLES_AT_ONCE = 4
"""Tables that are read, made or tried at the same time, one of each person [D].

Each is read in a process that may take half a gigabyte and half a minute of computing (tables/reading.py): one alone
keeps nobody waiting, and all together stay within what a small server has.
"""


@dataclass(frozen=True)
class Reach:
    """What pages have of the record: reads, who may read, what people began; the record itself is out of reach."""

    reads: ReadService
    entrance: Entrance
    sessions: Sessions
    work: UnfinishedWork
    seconds: SecondReads
    narrow: Callable[[SignedIn | None], "Reach"]
    """The same for one request that changes nothing, of whom the entrance let in: it asks nothing twice."""
    settle: Callable[[], Awaitable[None]]
    """Notes what was read of what is confidential, before a page goes out. Raises what the record raises."""
    recheck: Callable[[Subject], Awaitable[None]]
    """Sees that a subject still is who they are, whatever was seen before: after a wait. Raises Refused."""
    first_keys: FirstKeyReads
    first_key_desk: FirstKeyDesk
    uploads: Uploads
    attempts: Attempts
    """To sign in."""

    @classmethod
    def over(cls, ledger: Ledger) -> "Reach":
        """Return the same over a record that is open."""
        entrance = Entrance(ledger.people, ledger.keys, ledger.portal_questions)
        memory, counted = Memory(ledger.reading), ledger.portal_attempts
        anew = Source(ledger, memory)

        def narrow(who: SignedIn | None) -> Reach:
            source = OneRequest(ledger, who.subject if who else None, memory, who.at if who else None)
            return replace(
                whole,
                reads=ReadService(ledger, source),
                seconds=SecondReads(source),
                first_keys=FirstKeyReads(source),
                settle=source.settle,
            )

        whole = cls(
            ReadService(ledger, anew),
            entrance,
            Sessions(entrance, ledger.portal_sessions, ledger.people, ledger.keys),
            UnfinishedWork(ledger.portal_work),
            SecondReads(anew),
            narrow,
            _note_nothing,
            anew.check_now,
            FirstKeyReads(anew),
            FirstKeyDesk(ledger),
            Uploads(ledger.portal_uploads),
            Attempts(counted),
        )
        return whole


class PersonalTurns:
    """Turns at what takes a core and much memory: so many at once, one of each person, their next after it."""

    def __init__(self, at_once: int) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._of: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, person: str) -> AsyncIterator[None]:
        """Wait for a person's turn. While they wait for another of their own, they take no place."""
        own = self._of.setdefault(person, asyncio.Lock())
        async with own, self._places:
            yield


async def _note_nothing() -> None:
    """Each read was noted as it was made."""


class Backend:
    """The servers behind the pages."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.printing = asyncio.Semaphore(1)
        """One paper is set at a time: each takes a core and much memory."""
        self.printing_for: set[str] = set()
        """Whose papers are set, or wait for it: one of each person."""
        self.storing = asyncio.Semaphore(STORED_AT_ONCE)
        """Files are stored few at a time: the database holds each whole at the end."""
        self.storing_for: set[str] = set()
        """Whose contents a program sends: one of each person."""
        self.leaving_for: set[str] = set()
        """Whose forms are read that were sent after a session had ended: one of each person."""
        self.tables = PersonalTurns(TABLES_AT_ONCE)
        """Whose tables are read, made or tried."""
        self.sending: set[str] = set()
        """Acts that were signed together and are being sent, by the id of them all: each once at a time."""
        self.copies = Copies(settings)
        """Copies of records that auditors work with."""
        self.archivings = Archivings(settings)
        """Histories that are being kept at somebody's request."""
        self.examining_for: set[str] = set()
        """Who looks at the parts of the installation: each once at a time."""
        self._ledger: Ledger | None = None
        self._reach: Reach | None = None
        self._client: SelectionClient | None = None
        self._connected_to: tuple[str, str] | None = None
        self._opening, self._connecting = asyncio.Lock(), asyncio.Lock()

    @property
    def settings(self) -> Settings:
        """What the installation sets."""
        return self._settings

    @asynccontextmanager
    async def print_as(self, person: str) -> AsyncIterator[None]:
        """Wait for the turn to make a file that takes long. Raises Fault while one of the same person is made."""
        if person in self.printing_for:
            raise Fault("printing", 429)
        self.printing_for.add(person)
        try:
            async with self.printing:
                yield
        finally:
            self.printing_for.discard(person)

    @asynccontextmanager
    async def examine_as(self, person: str) -> AsyncIterator[None]:
        """Let a person look at the parts of the installation. Raises Fault while they are being looked at for them."""
        if person in self.examining_for:
            raise Fault("examining", 429)
        self.examining_for.add(person)
        try:
            yield
        finally:
            self.examining_for.discard(person)

    async def reach(self) -> Reach:
        """Return the record. Raises StackError or LedgerError while it is away."""
        async with self._opening:
            if self._reach is None:
                url = Databases.find(self._settings).url(Login.PORTAL)
                self._ledger = await Ledger.connect(url, role=ROLE, size=CONNECTIONS)
                self._reach = Reach.over(self._ledger)
            return self._reach

    async def look_again(self) -> None:
        """Open the record anew, if it is elsewhere by now: a stack that was started again may have another port.

        For whoever found it away. While no stack runs everything stays as it is.
        """
        async with self._opening:
            try:
                url = Databases.find(self._settings).url(Login.PORTAL)
            except StackError:
                return
            former = self._ledger
            if former is None or former.store.url == url:
                return
            self._ledger = self._reach = self._client = None
        await former.close()

    async def client(self) -> SelectionClient:
        """Return the client that sends acts. Raises StackError or LedgerError while a part is away."""
        await self.reach()
        # Pages that only read do not wait for a Temporal that does not answer.
        async with self._connecting:
            at = Servers.find(self._settings)
            place = (at.temporal_address, at.temporal_namespace)
            if self._client is None or self._connected_to != place:
                temporal = await connect(*place, self._settings)
                await self.reach()
                assert self._ledger is not None
                self._client = SelectionClient(temporal, self._ledger, at.task_queue)
                self._connected_to = place
            return self._client

    async def close(self) -> None:
        """Give all connections back, and delete what was copied."""
        await self.copies.close()
        await self.archivings.close()
        if self._ledger is not None:
            await self._ledger.close()
        self._ledger = self._reach = self._client = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Close with the block; what is needed in it opens by itself. What a killed process left goes first."""
        await asyncio.to_thread(clear_left)
        try:
            yield
        finally:
            await self.close()
