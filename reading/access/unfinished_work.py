"""What people have begun at the portal: each is given their own, and of unsigned acts those of this very session."""

from collections.abc import Sequence

from ledger.people.portal_work import KeptAct, KeptDraft, LeftDraft, OpenedAct, Overrun, PortalWork, SentAct
from reading.access.sessions import EndedSession, SignedIn
from reading.access.subject import Subject


class UnfinishedWork:
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

    async def drop_draft(self, who: SignedIn, place: str, version: int) -> None:
        """Remove one version of a draft; what was saved over it since stays, and that there is none is no fault."""
        await self._kept.drop_draft(who.subject.person, place, version)

    async def leave_form(self, ended: EndedSession, sha256: str, body: str) -> str | None:
        """Keep a form, once by its hash, for the person of a session that ended by time, and return its place.

        None, and nothing is kept, where the session ended otherwise meanwhile, or all places are taken.
        """
        return await self._kept.leave_form(ended.token, sha256, body)

    async def list_left_forms(self, who: SignedIn) -> tuple[LeftDraft, ...]:
        """Return the forms that sessions of the person left, the latest first."""
        return await self._kept.list_left_forms(who.subject.person)

    async def keep_act(self, who: SignedIn, command_id: str, body: str) -> None:
        """Keep an act that is shown in this session, to be signed within an hour."""
        await self._kept.keep_act(command_id, who.subject.person, who.session.name, body)

    async def read_act(self, who: SignedIn, command_id: str) -> KeptAct | None:
        """Return an act that was shown in this session, or that the person handed on in any of theirs."""
        return await self._kept.read_act(command_id, who.subject.person, who.session.name)

    async def note_act(self, who: SignedIn, command_id: str, *, sent: bool) -> None:
        """Note that an act was handed on, or that it came to nothing and may be sent again."""
        await self._kept.note_act(command_id, who.subject.person, who.session.name, sent=sent)

    async def list_under_way(self, who: SignedIn) -> tuple[SentAct, ...]:
        """Return what the person handed on of late, in any session, and what may not be answered yet."""
        return await self._kept.list_under_way(who.subject.person)

    async def count_acts(
        self, subject: Subject, sent_as: str, streams: Sequence[str], *, acts: int, refusals: int
    ) -> Overrun | None:
        """Count what the person sends, an act on each of these streams; or return which limit they have reached."""
        return await self._kept.count_acts(subject.person, sent_as, streams, acts=acts, refusals=refusals)

    async def offer_seconds(self, acts: Sequence[OpenedAct]) -> bool:
        """Keep acts that their person signed until another signs them too; they outlive the session.

        False, and none is kept, where more would wait than there are places.
        """
        return await self._kept.offer_seconds(acts)

    async def put_back_second(self, who: SignedIn, act: OpenedAct, own: str) -> None:
        """Keep an act again that was taken away and came to nothing; `own` is not handed on any more."""
        await self._kept.put_back_second(act, who.subject.person, own, who.session.name)

    async def take_second(self, who: SignedIn, command_id: str, own: str) -> OpenedAct | None:
        """Take what another signed first away as the person signs it second; None if it was taken back meanwhile.

        `own`, the act as it is kept for the person, is noted as handed on in the same moment.
        """
        return await self._kept.take_second(command_id, who.subject.person, own, who.session.name)

    async def withdraw_second(self, who: SignedIn, command_id: str) -> bool:
        """Take back what the person signed first, and tell whether it was there."""
        return await self._kept.withdraw_second(command_id, who.subject.person)
