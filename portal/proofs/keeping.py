"""Copies of rounds' records that auditors work with: made, found and kept for a while, on this machine.

A copy is its person's alone, and gone when its time is over, when another is made, and when the process that made it
ends; if that was killed, when the next begins. Until then each process of the machine finds it, by what lies beside it.
"""

import asyncio
from datetime import UTC, datetime, timedelta

from portal.faults import Fault
from portal.proofs.beside import CopyFacts, list_facts, name_installation
from portal.proofs.copying import Copy
from portal.proofs.folders import FoundFolder, hold_folder
from portal.proofs.work import Turns
from reading.access.subject import Subject
from runtime.logins import Login
from runtime.settings import Settings

KEPT = timedelta(hours=2)
"""How long a copy is kept [D]."""
COPIES_AT_MOST = 8
"""Copies of all that one process makes, one of each person [D]."""


class Copies:
    """All copies of this process, and those that it found."""

    def __init__(self, settings: Settings, kept: timedelta = KEPT) -> None:
        self._settings = settings
        self._kept = kept
        self._of: dict[str, Copy] = {}
        self._found: dict[str, Copy] = {}
        """Made by others, by person."""
        self.turns = Turns()
        self._ends: dict[str, asyncio.Task[None]] = {}
        self._removals: dict[Copy, asyncio.Task[None]] = {}

    def find(self, person: str, round_id: str) -> Copy | None:
        """Return a person's copy of a round, being made or made; None if there is none, or none any more."""
        found = self._find(person)
        return found if found is not None and found.round == round_id else None

    async def make(self, who: Subject, round_id: str, *, redacted: bool) -> Copy:
        """Begin a copy, in place of the person's earlier one. Raises Fault while that is made, or too many are kept."""
        earlier = self._find(who.person)
        if earlier is not None and earlier.making.running:
            raise Fault("proof-busy", 429)
        for person in [person for person, copy in self._of.items() if not copy.there]:
            # Deleted at another process.
            self._take(person)
        if who.person not in self._of and len(self._of) >= COPIES_AT_MOST:
            raise Fault("proofs-full", 503)
        # Nothing is awaited until the copy is kept: of two that are asked for at once the second finds the first.
        place, now = hold_folder(), datetime.now(UTC)
        self._take(who.person)
        facts = CopyFacts(
            of=name_installation(self._settings, Login.AUDITOR),
            person=who.person,
            round=round_id,
            redacted=redacted,
            made_at=now,
            until=now + self._kept,
        )
        copy = self._of[who.person] = Copy(facts, place, self.turns)
        copy.make(self._settings, who)
        self._ends[who.person] = asyncio.create_task(self._end(copy))
        await self._finish(earlier)
        return copy

    async def drop(self, person: str) -> None:
        """Delete a person's copy, if there is one, whoever made it."""
        self._find(person)
        await self._finish(self._take(person))

    async def close(self) -> None:
        """Delete all of this process, and wait for those that are being deleted; leave others' as they are."""
        for person in list(self._of):
            self._take(person)
        await asyncio.gather(*(copy.stop() for copy in self._found.values()))
        await asyncio.gather(*self._removals.values(), return_exceptions=True)

    def _find(self, person: str) -> Copy | None:
        """Return a person's copy: of two that were made at once in two processes the later one."""
        own, of = self._of.get(person), name_installation(self._settings, Login.AUDITOR)
        kept = {path: facts for path, facts in list_facts(of, CopyFacts) if facts.person == person}
        latest = max(kept, key=lambda path: kept[path].made_at, default=None)
        if own is not None and (not own.there or (latest is not None and latest != own.folder)):
            self._take(person)
            own = None
        if own is not None or latest is None or kept[latest].until <= datetime.now(UTC):
            self._found.pop(person, None)
            return own
        found = self._found.get(person)
        if found is None or found.folder != latest:
            found = self._found[person] = Copy(kept[latest], FoundFolder(latest), self.turns)
        return found

    def _take(self, person: str) -> Copy | None:
        """Take a person's copy from the list and begin to delete it; nobody who leaves meanwhile keeps it from that."""
        end = self._ends.pop(person, None)
        if end is not None:
            end.cancel()
        found = self._of.pop(person, None) or self._found.pop(person, None)
        if found is not None:
            found.hide()
            removal = self._removals[found] = asyncio.create_task(found.remove())
            removal.add_done_callback(lambda _: self._removals.pop(found))
        return found

    async def _finish(self, copy: Copy | None) -> None:
        if copy is not None and (removal := self._removals.get(copy)) is not None:
            await asyncio.shield(removal)

    async def _end(self, copy: Copy) -> None:
        await asyncio.sleep(self._kept.total_seconds())
        if self._of.get(copy.person) is copy:
            self._ends.pop(copy.person)
            self._take(copy.person)
