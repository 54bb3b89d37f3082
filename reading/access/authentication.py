"""The one way to a subject: from what somebody says of who they are, and what shows it.

On an installation that is not local it is shown by a signature: whoever wants to read is asked a question, and answers
it with the key of their session, or with one of their own (selection/signing/reading.py). The register's keys and the
record's clock decide, and they are asked again at every read: a key that was revoked or has run out, a session that
was ended, opens nothing from then on.
"""

import hmac
from datetime import UTC, datetime, timedelta
from secrets import token_bytes  # noqa: TID251 # no workflow reads: each question is another one
from typing import Protocol

from ledger.people.keys import Keys, Signer
from ledger.people.portal_sessions import EndedSession, ResumedSession
from ledger.people.register import People
from reading.access.subject import Means, Subject
from selection.decision.facts import PersonFact
from selection.kernel.model import Frozen
from selection.kernel.proof import Assurance
from selection.refusals.refused import Refused
from selection.signing.reading import COUNTS_FOR, Assertion, Question, ReadProof, check_answer, find_signer

LASTS = timedelta(hours=12)
"""[D] The longest that one answer opens the service; that of a session no longer than the session."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SEAL = 16
"""Bytes of a challenge that show that it was asked here; before them stand as many of time and chance."""


class LocalAssertion(Frozen):
    """Somebody on this machine says who they are, as with `--as`, in a turn of this name."""

    person: str
    session: str


class ProviderSignIn(Frozen):
    """The installation's provider of sign-ins says who somebody is, as the portal has checked (portal/provider)."""

    person: str
    session: str


Claim = LocalAssertion | ReadProof | Assertion | ProviderSignIn
"""What somebody may come with."""


class Questions(Protocol):
    """What knows questions again that were asked, and lets each be answered once."""

    async def read_secret(self) -> bytes:
        """Return what they are sealed with."""

    async def use(self, challenge: str, expires: datetime) -> bool:
        """Use a question up that was answered rightly; False if it was before."""


class QuestionsHere:
    """Questions of this process, which asks them and answers them itself."""

    def __init__(self) -> None:
        self._secret = token_bytes(32)
        self._answered: dict[str, datetime] = {}

    async def read_secret(self) -> bytes:
        """Return what they are sealed with."""
        return self._secret

    async def use(self, challenge: str, expires: datetime) -> bool:
        """Use a question up that was answered rightly; False if it was before."""
        lasting = {name: until for name, until in self._answered.items() if expires < until + COUNTS_FOR}
        self._answered = {**lasting, challenge: expires}
        return challenge not in lasting


class Entrance:
    """Lets people into the read service.

    It knows again what was asked, so that no answer counts twice, nor one to a question that nobody asked: in this
    process, or in any whose `questions` are the same.
    """

    def __init__(self, people: People, keys: Keys, questions: Questions | None = None) -> None:
        self._people = people
        self._keys = keys
        self._questions = questions or QuestionsHere()

    async def ask(self) -> Question:
        """Return a new question, to be answered within minutes. Nothing is kept of it: it shows that it was asked."""
        return await self._seal(await self._keys.read_clock(), token_bytes(8))

    async def _seal(self, issued: datetime, chance: bytes) -> Question:
        installation = (await self._keys.get_founding()).installation
        told = (issued - EPOCH) // timedelta(microseconds=1)
        head = told.to_bytes(8, "big") + chance
        secret = await self._questions.read_secret()
        seal = hmac.digest(secret, head + installation.encode(), "sha256")[:SEAL]
        return Question(
            installation=installation,
            challenge=(head + seal).hex(),
            issued=issued,
            expires=issued + COUNTS_FOR,
        )

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
        if isinstance(claim, ProviderSignIn):
            if (await self._keys.get_founding()).local:
                # There whoever is let in acts without a key.
                raise Refused("login-needed")
            until = await self._keys.read_clock() + LASTS
            fact = await self._find(claim.person)
            return Subject(fact=fact, session=claim.session, means=Means.PROVIDER, until=until)
        asked = await self._find_question(claim.question.challenge)
        key, now = await self._keys.look(claim.person, claim.signature.key)
        check_answer(claim, asked, await self._keys.read_founding(), key, now)
        assert key is not None
        fact = await self._find(claim.person)
        await self._use(claim.question)
        return Subject(
            fact=fact,
            session=key.key,
            means=Means.SESSION if key.level is Assurance.SESSION else Means.KEY,
            until=now + LASTS if key.expires is None else min(key.expires, now + LASTS),
        )

    async def _sign_in(self, claim: Assertion) -> Subject:
        asked = await self._find_question(claim.challenge)
        now, keys = await self._keys.read_clock(), (await self._keys.of([claim.person]))[claim.person]
        key = find_signer(claim, asked, await self._keys.read_founding(), keys, now)
        fact = await self._find(claim.person)
        assert asked is not None
        await self._use(asked)
        return Subject(fact=fact, session=key.key, means=Means.KEY, until=now + LASTS)

    async def resume(self, found: ResumedSession) -> Subject:
        """Return the subject of a session that was begun before. Raises Refused as `renew`."""
        kept = found.session
        means = Means(kept.means)
        fact = _active(await _check(self._keys, found.signer, means, kept.until))
        return Subject(fact=fact, session=kept.key, means=means, until=kept.until)

    async def recall(self, found: EndedSession) -> None:
        """See that a session that has ended would go on but for its time. Raises Refused as `renew`."""
        await _check_means(self._keys, found.signer, Means(found.means))
        _active(found.signer.fact)

    async def renew(self, subject: Subject) -> Subject:
        """Return a subject who was let in before, with what is registered of them now, as for a page's next request.

        Raises Refused: what `check_subject` raises, unknown-person.
        """
        return subject.with_(fact=_active(await check_subject(self._keys, subject)))

    async def _find(self, person: str) -> PersonFact:
        return _active((await self._people.facts([person])).get(person))

    async def _find_question(self, challenge: str) -> Question | None:
        """Return the question of a challenge, None if none of ours has it."""
        head = bytes.fromhex(challenge)[:-SEAL]
        try:
            issued = EPOCH + timedelta(microseconds=int.from_bytes(head[:8], "big"))
        except OverflowError:
            return None
        question = await self._seal(issued, head[8:])
        return question if hmac.compare_digest(question.challenge, challenge) else None

    async def _use(self, question: Question) -> None:
        if not await self._questions.use(question.challenge, question.expires):
            raise Refused("question-answered")


async def check_subject(keys: Keys, subject: Subject) -> PersonFact | None:
    """See that what let a subject in still does, and return what is registered of them now.

    Raises Refused `login-needed` or `signature-key`.
    """
    signer = await keys.look_at(subject.person, subject.session)
    return await _check(keys, signer, subject.means, subject.until)


async def _check(keys: Keys, signer: Signer, means: Means, until: datetime | None) -> PersonFact | None:
    await _check_means(keys, signer, means)
    if means is not Means.LOCAL and (until is None or until <= signer.at):
        raise Refused("login-needed")
    return signer.fact


async def _check_means(keys: Keys, signer: Signer, means: Means) -> None:
    if means is Means.LOCAL:
        await _require_local(keys)
    elif means is not Means.PROVIDER and (signer.key is None or not signer.key.holds_at(signer.at)):
        raise Refused("signature-key")


def _active(fact: PersonFact | None) -> PersonFact:
    if fact is None or not fact.active:
        raise Refused("unknown-person")
    return fact


async def _require_local(keys: Keys) -> None:
    if not (await keys.get_founding()).local:
        raise Refused("login-needed")
