"""Sessions at the portal: whom the entrance let in stays in for a while, by a token that the browser keeps."""

from secrets import token_urlsafe  # noqa: TID251 # no workflow reads: each token is another one

from ledger.people.portal_sessions import KeptSession, PortalSessions, RunningSession
from reading.access.authentication import Claim, Entrance, LocalAssertion, Resumed
from reading.access.subject import Means, Subject
from selection.kernel.model import Frozen
from selection.refusals.refused import Refused

AGENT_AT_MOST = 200


class SignedIn(Frozen):
    """A session that has not ended, and its person as registered now."""

    session: RunningSession
    subject: Subject


class Sessions:
    """Begins, resumes and ends sessions. A token is shown once; the database has its hash."""

    def __init__(self, entrance: Entrance, kept: PortalSessions) -> None:
        self._entrance = entrance
        self._kept = kept

    async def begin(self, claim: Claim, agent: str) -> str:
        """Let somebody in and return the token of their session. Raises Refused as the entrance does."""
        subject = await self._entrance.admit(claim)
        token = token_urlsafe(32)
        await self._kept.begin(
            token,
            KeptSession(
                name=token_urlsafe(9),
                person=subject.person,
                means=subject.means.value,
                key=subject.session,
                until=subject.until,
                agent=agent[:AGENT_AT_MOST],
            ),
        )
        return token

    async def begin_by_link(self, link: str, person: str, agent: str) -> str:
        """Use a sign-in link of a local installation up. Raises Refused `link-used` or as the entrance does."""
        claim = LocalAssertion(person=person, session=f"portal-{token_urlsafe(9)}")
        # Whom the link can't be used for does not use it up.
        await self._entrance.admit(claim)
        if not await self._kept.take_link(link):
            raise Refused("link-used")
        return await self.begin(claim, agent)

    async def has_link(self, link: str) -> bool:
        """Tell whether a sign-in link counts still."""
        return await self._kept.has_link(link)

    async def resume(self, token: str) -> SignedIn | None:
        """Return who a token belongs to, None if the session has ended.

        It ends, for good, as soon as its key is revoked or its person may no longer act.
        """
        found = await self._kept.resume(token)
        if found is None:
            return None
        claim = Resumed(person=found.person, session=found.key, means=Means(found.means), until=found.until)
        try:
            return SignedIn(session=found, subject=await self._entrance.admit(claim))
        except Refused:
            await self._kept.end(token)
            return None

    async def end(self, token: str) -> None:
        """End the session of a token."""
        await self._kept.end(token)

    async def end_named(self, subject: Subject, name: str) -> None:
        """End one of the subject's own sessions by its name."""
        await self._kept.end_named(subject.person, name)

    async def list_own(self, subject: Subject) -> tuple[RunningSession, ...]:
        """Return the subject's sessions that have not ended."""
        return await self._kept.list_of(subject.person)
