"""Sessions at the portal: whom the entrance let in stays in for a while, by a token that the browser keeps."""

from secrets import token_urlsafe  # noqa: TID251 # no workflow reads: each token is another one

from ledger.people.keys import KeyRow, Keys
from ledger.people.portal_sessions import KeptSession, PortalSessions, RunningSession, whose_link
from ledger.people.register import People
from reading.access.authentication import Claim, Entrance, LocalAssertion, ProviderSignIn
from reading.access.subject import Means, Subject
from selection.decision.envelope import Envelope
from selection.kernel.actor import Role
from selection.kernel.model import Frozen, Instant
from selection.kernel.proof import Assurance
from selection.refusals.refused import Refused
from selection.signing.check import Signing, check_signatures
from selection.signing.key import Founded, Key

AGENT_AT_MOST = 200
FOR_PROGRAMS = "api."
"""How the tokens of programs begin, and no other: what a browser keeps opens nothing to them, nor theirs to it."""


class SignedIn(Frozen):
    """A session that has not ended, its person as registered now, and what they are called, empty if erased.

    It ends in `left_s` seconds, and sooner if nothing is asked for in `idle_s` seconds. `at` is the record's own time
    at which that was so.
    """

    session: RunningSession
    subject: Subject
    name: str
    left_s: int
    idle_s: int
    at: Instant


class EndedSession(Frozen):
    """A session of which nothing ended but its time: it opens nothing.

    All that can be done with it is to leave a form for its person.
    """

    token: str
    person: str


class Choice(Frozen):
    """Somebody whom whoever holds a sign-in link may be; `name` is empty where there is none."""

    person: str
    name: str
    roles: tuple[Role, ...]


class Sessions:
    """Begins, resumes and ends sessions. A token is shown once; the database has its hash."""

    def __init__(self, entrance: Entrance, kept: PortalSessions, people: People, keys: Keys) -> None:
        self._entrance = entrance
        self._kept = kept
        self._people = people
        self._keys = keys

    async def begin(self, claim: Claim, agent: str, kind: str = "") -> str:
        """Let somebody in and return the token of their session, FOR_PROGRAMS or for a browser.

        Raises Refused as the entrance does.
        """
        subject = await self._entrance.admit(claim)
        token = kind + token_urlsafe(32)
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

    async def begin_by_link(self, link: str, person: str, agent: str, kind: str = "") -> str:
        """Use a sign-in link of a local installation up. Raises Refused `link-used` or as the entrance does.

        Of a link that was made for one person, another does not use it up either.
        """
        if whose_link(link) not in ("", person):
            raise Refused("link-used")
        claim = LocalAssertion(person=person, session=f"portal-{token_urlsafe(9)}")
        # Whom the link can't be used for does not use it up.
        await self._entrance.admit(claim)
        if not await self._kept.take_link(link):
            raise Refused("link-used")
        return await self.begin(claim, agent, kind)

    async def begin_vouched(self, person: str, agent: str) -> str:
        """Begin a session of whom the installation's provider of sign-ins vouches for. Raises Refused."""
        return await self.begin(ProviderSignIn(person=person, session=f"provider-{token_urlsafe(9)}"), agent)

    async def begin_as_another(self, subject: Subject, person: str, agent: str) -> str:
        """Begin a session as another person, from one on a local installation. Raises Refused."""
        if subject.means is not Means.LOCAL:
            raise Refused("login-needed")
        return await self.begin(LocalAssertion(person=person, session=f"portal-{token_urlsafe(9)}"), agent)

    async def is_local(self) -> bool:
        """Tell whether links count here: acts need no signature, and nobody has a key."""
        return (await self._keys.get_founding()).local

    async def list_keys(self, subject: Subject) -> tuple[Key, ...]:
        """Return the passkeys of the subject's own that are in force and of a site at which people sign now."""
        now, found = await self._keys.read_clock(), await self._keys.of([subject.person])
        own = [key for key in found[subject.person] if key.level is Assurance.SIGNED and key.holds_at(now)]
        founded = await self._keys.read_founding()
        return tuple(key for key in own if key.scheme == "webauthn" and key.is_of(founded))

    async def list_credentials(self, subject: Subject) -> tuple[str, ...]:
        """Return what the subject's authenticators call these keys, so that a browser offers no others.

        None where it is not known of each, as of those that were enrolled before it was kept.
        """
        names = [key.credential for key in await self.list_keys(subject)]
        return tuple(names) if all(names) else ()

    async def list_keys_in_force(self, subject: Subject) -> tuple[KeyRow, ...]:
        """Return every key of the subject's own that is in force, of whatever kind, in the order of enrolment."""
        now, rows = await self._keys.read_clock(), await self._keys.list(subject.person)
        return tuple(row for row in rows if row.revoked is None and row.key.holds_at(now))

    async def read_founding(self) -> Founded:
        """Return what the installation is now: what every signature on it names, and on which pages they count."""
        return await self._keys.read_founding()

    async def check_signed(self, act: Envelope, level: Assurance, rules: str) -> None:
        """See that an act is signed as a level asks for, by keys in force now. Raises Refused as its decision would."""
        people = {act.actor.person, *((act.second.person,) if act.second else ())}
        now, keys = await self._keys.read_clock(), await self._keys.of(sorted(people))
        against = Signing(await self._keys.read_founding(), keys, rules, now)
        check_signatures(act.intent, act.proof, act.second, level, against)

    async def list_choices(self, link: str) -> tuple[Choice, ...] | None:
        """Return whom the holder of a link may be, None if it does not count."""
        if not (await self.is_local() and await self._kept.has_link(link)):
            return None
        only = whose_link(link)
        return tuple(one for one in await self._list_people() if only in ("", one.person))

    async def list_others(self, subject: Subject) -> tuple[Choice, ...]:
        """Return whom the subject may be besides, which is nobody where there are keys. Raises Refused."""
        if subject.means is not Means.LOCAL or not await self.is_local():
            raise Refused("login-needed")
        return await self._list_people()

    async def _list_people(self) -> tuple[Choice, ...]:
        found = [item for item in await self._people.find() if item.active]
        called = await self._people.call(item.person for item in found)
        return tuple(
            Choice(person=item.person, name=called.get(item.person, ""), roles=tuple(sorted(item.roles)))
            for item in found
        )

    async def resume(self, token: str) -> SignedIn | None:
        """Return who a token belongs to, None if the session has ended.

        It ends, for good, as soon as its key is revoked or its person may no longer act.
        """
        found = await self._kept.resume(token)
        if found is None:
            return None
        try:
            subject = await self._entrance.resume(found)
        except Refused:
            await self._kept.end(token)
            return None
        return SignedIn(
            session=found.session,
            subject=subject,
            name=found.called,
            left_s=found.left_s,
            idle_s=found.idle_s,
            at=found.signer.at,
        )

    async def find_ended(self, token: str) -> EndedSession | None:
        """Return the session of a token that ended by time of late, None of any other.

        One whose key was revoked since, or whose person may no longer act, is forgotten for good.
        """
        found = await self._kept.find_ended(token)
        if found is None:
            return None
        try:
            await self._entrance.recall(found)
        except Refused:
            await self._kept.end(token)
            return None
        return EndedSession(token=token, person=found.person)

    async def end(self, token: str) -> None:
        """End the session of a token."""
        await self._kept.end(token)

    async def end_named(self, subject: Subject, name: str) -> None:
        """End one of the subject's own sessions by its name."""
        await self._kept.end_named(subject.person, name)

    async def list_own(self, subject: Subject) -> tuple[RunningSession, ...]:
        """Return the subject's sessions that have not ended."""
        return await self._kept.list_of(subject.person)
