"""The record of an installation: one object through which everything is decided, written and read."""

from datetime import timedelta

from ledger.append.append import Record
from ledger.append.eraser import Eraser
from ledger.database.migrate import require_migrated
from ledger.database.store import APP_ROLE, CONNECT_LIMIT, Store
from ledger.decision.decide import Deciding
from ledger.decision.facts import FactsReader
from ledger.decision.halts import Halts
from ledger.decision.likeness import LikenessReader
from ledger.histories import Histories
from ledger.letters.outbox import Outbox
from ledger.letters.undelivered import RefusedLetters
from ledger.log.checkpoints import Checkpoints
from ledger.log.reading import Reading
from ledger.log.restorations import Restorations
from ledger.people.contents import Contents
from ledger.people.erasure import Erasure
from ledger.people.first_keys import FirstKeys
from ledger.people.keys import Keys
from ledger.people.numbers import Numbers
from ledger.people.parts import Parts
from ledger.people.portal_entering import PortalAttempts, PortalQuestions
from ledger.people.portal_sessions import PortalSessions
from ledger.people.portal_uploads import PortalUploads
from ledger.people.portal_work import PortalWork
from ledger.people.register import People
from ledger.people.relations import RelationsReader
from ledger.people.units import Units
from ledger.projections.fold import Fold, core_fold
from ledger.read_log import ReadLog


class Ledger:
    """The record of one installation, and everything that is read from it. Without an eraser nobody is erased."""

    def __init__(self, store: Store, fold: Fold, eraser: Eraser | None = None) -> None:
        self.store = store
        self.eraser = eraser
        self.fold = fold
        self.reading = Reading(store, fold)
        self.record = Record(store, fold, self.reading, eraser)
        self.people = People(store)
        self.units = Units(store)
        self.relations = RelationsReader(store)
        self.contents = Contents(store)
        self.likeness = LikenessReader(store, self.contents, self.reading.renewal)
        self.keys = Keys(store, self.contents)
        self.numbers = Numbers(store)
        self.erasure = Erasure(store, self.reading, self.contents)
        self.parts = Parts(self.reading)
        self.restorations = Restorations(store)
        self.outbox = Outbox(store)
        self.undelivered = RefusedLetters(store)
        self.checkpoints = Checkpoints(store)
        self.histories = Histories(store)
        self.read_log = ReadLog(store)
        self.portal_sessions = PortalSessions(store)
        self.portal_questions = PortalQuestions(store)
        self.portal_attempts = PortalAttempts(store)
        self.portal_work = PortalWork(store)
        self.portal_uploads = PortalUploads(store)
        self.first_keys = FirstKeys(store)
        self.halts = Halts(store)
        self.facts = FactsReader(self.reading, self.contents, self.people, store)
        self.deciding = Deciding(store, self.record, self.facts, self.halts)

    @classmethod
    async def connect(
        cls,
        url: str,
        *,
        fold: Fold | None = None,
        role: str = APP_ROLE,
        size: int = 8,
        eraser: str | None = None,
        wait: timedelta = CONNECT_LIMIT,
    ) -> "Ledger":
        """Open the record in a role; with the URL of the eraser's login as who may erase.

        `wait` is how long a connection that others use is waited for.
        Raises RecordUnavailable, or NotMigrated when migrations are missing. Those of the phase `post` may be: they
        come after the last worker of the former version has stopped.
        """
        store = await Store.open(url, role=role, size=size, wait=wait, look=require_migrated)
        return cls(store, fold or core_fold(), Eraser(eraser) if eraser else None)

    async def close(self) -> None:
        """Give all connections back."""
        await self.outbox.close()
        await self.store.close()
