"""The one way to a subject: from what somebody says of who they are, and what shows it.

On an installation that is not local it is shown by a signature: whoever wants to read is asked a question, and answers
it with the key of their session, or with one of their own (selection/signing/reading.py). The register's keys and the
record's clock decide, and they are asked again at every read: a key that was revoked or has run out, a session that
was ended, opens nothing from then on.
"""

from datetime import datetime, timedelta
from secrets import token_hex  # noqa: TID251 # no workflow reads: each question is another one

from ledger.people.keys import Keys
from ledger.people.register import People
from reading.access.subject import Means, Subject
from selection.decision.facts import PersonFact
from selection.kernel.model import Frozen
from selection.kernel.proof import Assurance
from selection.refusals.refused import Refused
from selection.signing.reading import COUNTS_FOR, Assertion, Question, ReadProof, check_answer, find_signer

LASTS = timedelta(hours=12)
"""[D] The longest that one answer opens the service; that of a session no longer than the session."""
WAITING_AT_MOST = 10_000
"""Questions that wait for an answer; the oldest one makes room."""


class LocalAssertion(Frozen):
    """Somebody on this machine says who they are, as with `--as`, in a turn of this name."""

    person: str
    session: str


class Vouched(Frozen):
    """The installation's provider of sign-ins says who somebody is, as the portal has checked (portal/provider)."""

    person: str
    session: str


class Resumed(Frozen):
    """Somebody comes back who was let in before, as the portal has kept it (reading/access/sessions.py)."""

    person: str
    session: str
    means: Means
    until: datetime


Claim = LocalAssertion | ReadProof | Assertion | Vouched | Resumed
"""What somebody may come with."""


class Entrance:
    """Lets people into the read service.

    A process keeps one: it knows what it asked, so that no answer counts twice, nor one to somebody else's question.
    """

    def __init__(self, people: People, keys: Keys) -> None:
        self._people = people
        self._keys = keys
        self._asked: dict[str, Question] = {}

    async def ask(self) -> Question:
        """Return a new question, to be answered within minutes."""
        now, founded = await self._keys.read_clock(), await self._keys.founded()
        self._make_room(now)
        question = Question(
            installation=founded.installation, challenge=token_hex(32), issued=now, expires=now + COUNTS_FOR
        )
        self._asked[question.challenge] = question
        return question

    async def admit(self, claim: Claim) -> Subject:
        """Return the subject of a claim, with what is registered of them now.

        Raises Refused: `login-needed` for an assertion where that is not enough, what `check_answer`, `find_signer`
        and `check_subject` raise, unknown-person.
        """
        if isinstance(claim, LocalAssertion):
            await _require_local(self._keys)
            fact = await self._find(claim.person)
            return Subject(fact=fact, session=claim.session, means=Means.LOCAL)
        if isinstance(claim, Assertion):
            return await self._sign_in(claim)
        if isinstance(claim, Vouched):
            until = await self._keys.read_clock() + LASTS
            fact = await self._find(claim.person)
            return Subject(fact=fact, session=claim.session, means=Means.PROVIDER, until=until)
        if isinstance(claim, Resumed):
            return await self._resume(claim)
        # Whatever comes of it, the question is answered.
        asked = self._asked.pop(claim.question.challenge, None)
        key, now = await self._keys.look(claim.person, claim.signature.key)
        check_answer(claim, asked, await self._keys.founded(), key, now)
        assert key is not None
        return Subject(
            fact=await self._find(claim.person),
            session=key.key,
            means=Means.SESSION if key.level is Assurance.SESSION else Means.KEY,
            until=now + LASTS if key.expires is None else min(key.expires, now + LASTS),
        )

    async def _sign_in(self, claim: Assertion) -> Subject:
        # Whatever comes of it, the question is answered.
        asked = self._asked.pop(claim.challenge, None)
        now, keys = await self._keys.read_clock(), (await self._keys.of([claim.person]))[claim.person]
        key = find_signer(claim, asked, await self._keys.founded(), keys, now)
        fact = await self._find(claim.person)
        return Subject(fact=fact, session=key.key, means=Means.KEY, until=now + LASTS)

    async def _resume(self, claim: Resumed) -> Subject:
        fact = await self._find(claim.person)
        subject = Subject(fact=fact, session=claim.session, means=claim.means, until=claim.until)
        await check_subject(self._keys, subject)
        return subject

    async def renew(self, subject: Subject) -> Subject:
        """Return a subject who was let in before, with what is registered of them now, as for a page's next request.

        Raises Refused: what `check_subject` raises, unknown-person.
        """
        await check_subject(self._keys, subject)
        return subject.with_(fact=await self._find(subject.person))

    async def _find(self, person: str) -> PersonFact:
        found = (await self._people.facts([person])).get(person)
        if found is None or not found.active:
            raise Refused("unknown-person")
        return found

    def _make_room(self, now: datetime) -> None:
        waiting = {name: asked for name, asked in self._asked.items() if now < asked.expires}
        for oldest in list(waiting)[: len(waiting) + 1 - WAITING_AT_MOST]:
            del waiting[oldest]
        self._asked = waiting


async def check_subject(keys: Keys, subject: Subject) -> None:
    """See that what let a subject in still does. Raises Refused `login-needed` or `signature-key`."""
    if subject.means is Means.LOCAL:
        await _require_local(keys)
        return
    if subject.means is Means.PROVIDER:
        now = await keys.read_clock()
    else:
        key, now = await keys.look(subject.person, subject.session)
        if key is None or not key.holds_at(now):
            raise Refused("signature-key")
    if subject.until is None or subject.until <= now:
        raise Refused("login-needed")


async def _require_local(keys: Keys) -> None:
    if not (await keys.founded()).local:
        raise Refused("login-needed")
