"""What people have begun at the portal: each is given their own, and of acts those of this very session."""

from collections.abc import Awaitable, Callable

from ledger.people.portal_work import KeptAct, KeptDraft, PortalWork, WaitingAct
from reading.access.sessions import SignedIn
from reading.access.subject import Subject
from selection.kernel.leaf import Instant

MaySecond = Callable[[Subject, str], Awaitable[bool]]
"""Tells by what is kept of an act that another signed first whether somebody could do it too."""


class Unfinished:
    """Drafts of forms, and acts that wait to be signed."""

    def __init__(self, kept: PortalWork) -> None:
        self._kept = kept

    async def save_draft(self, who: SignedIn, place: str, version: int, body: str) -> int | None:
        """Keep a draft over the version that its writer saw, 0 for none, and return the new one.

        None, and nothing is changed, where another version stands there.
        """
        return await self._kept.save_draft(who.subject.person, place, version, body)

    async def read_draft(self, who: SignedIn, place: str) -> KeptDraft | None:
        """Return the person's draft of what is at a place."""
        return await self._kept.read_draft(who.subject.person, place)

    async def drop_draft(self, who: SignedIn, place: str) -> None:
        """Remove a draft; that there is none is no fault."""
        await self._kept.drop_draft(who.subject.person, place)

    async def keep_act(self, who: SignedIn, command_id: str, body: str) -> None:
        """Keep an act that is shown in this session, to be signed within an hour."""
        await self._kept.keep_act(command_id, who.subject.person, who.session.name, body)

    async def read_act(self, who: SignedIn, command_id: str) -> KeptAct | None:
        """Return an act that was shown in this session."""
        return await self._kept.read_act(command_id, who.subject.person, who.session.name)

    async def note_act(self, who: SignedIn, command_id: str, *, sent: bool) -> None:
        """Note that an act was handed on, or that it came to nothing and may be sent again."""
        await self._kept.note_act(command_id, who.subject.person, who.session.name, sent=sent)

    async def offer_second(self, who: SignedIn, command_id: str, body: str, until: Instant) -> None:
        """Keep an act that the person signed until another signs it too; it outlives the session."""
        await self._kept.offer_second(command_id, who.subject.person, body, until)

    async def list_seconds(self, who: SignedIn, may: MaySecond) -> tuple[WaitingAct, ...]:
        """Return what waits for a second signature: what the person signed first, and what they may sign second."""
        return tuple(
            [
                act
                for act in await self._kept.list_seconds()
                if act.person == who.subject.person or await may(who.subject, act.body)
            ]
        )

    async def withdraw_second(self, who: SignedIn, command_id: str) -> bool:
        """Take back what the person signed first, and tell whether it was there."""
        return await self._kept.withdraw_second(command_id, who.subject.person)
