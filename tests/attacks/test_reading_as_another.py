"""Reading in another's name where an assertion is not enough: by word, by their session, or by what is left of one."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from ledger.read_log import NotedRead
from ledger.record import Ledger
from reading.access.authentication import Entrance, LocalAssertion
from reading.access.subject import Means, Subject
from reading.service import ReadService
from selection.decision.envelope import envelope_of
from selection.decision.facts import PersonFact
from selection.decision.machine import Act
from selection.kernel.actor import Role
from selection.kernel.proof import Assurance
from selection.refusals.refused import Refused
from selection.register.key_commands import EndSession, EnrolKey, RevokeKey
from selection.register.state import INSTALLATION
from selection.signing.possession import enrol
from selection.signing.reading import COUNTS_FOR, ReadProof, answer, read_statement
from selection.signing.software_key import SoftwareKey
from tests.attacks.test_enrolment_codes import (
    ADMIN,
    CODE,
    HERE,
    KEYS,
    OFFICER,
    Place,
    asking,
    founded_place,
    vouch,
)
from tests.ledger.conftest import unfounded_url
from tests.ledger.support.deciding import CLOCK
from tests.reading.functions import CALLS
from tests.selection.signing.keys import HOUR, draft_proof

__all__ = ["founded_place", "unfounded_url"]
pytestmark = pytest.mark.stack

SEED = b"s" * 32
THIEF = SoftwareKey(seed=b"t" * 32)


class Inside:
    """The installation with an administrator and an officer who has a session, and what lets people read there."""

    def __init__(self, place: Place, reader: Ledger, session: SoftwareKey) -> None:
        self.place = place
        self.reader = reader
        self.session = session
        self.reads = ReadService(reader)
        self.entrance = Entrance(reader.people, reader.keys)

    async def prove(self, key: SoftwareKey, person: str = "officer-1") -> ReadProof:
        return answer(key, person, await self.entrance.ask())

    async def log_in(self, key: SoftwareKey, person: str = "officer-1") -> Subject:
        return await self.entrance.admit(await self.prove(key, person))

    async def refuse(self, claim: ReadProof | LocalAssertion) -> str:
        with pytest.raises(Refused) as refused:
            await self.entrance.admit(claim)
        return refused.value.code

    async def shut_out(self, subject: Subject) -> str:
        """Return the code with which every function of the service and its entrance turn a subject away."""
        codes = set()
        for name, call in CALLS.items():
            if not name.startswith("public."):
                with pytest.raises(Refused) as refused:
                    await call(self.reads, subject)
                codes.add(refused.value.code)
        with pytest.raises(Refused) as refused:
            await self.entrance.renew(subject)
        (code,) = codes | {refused.value.code}
        return code

    async def list_noted(self) -> list[NotedRead]:
        return await self.reader.read_log.find(INSTALLATION)

    async def move(self, ahead: timedelta) -> None:
        async with await psycopg.AsyncConnection.connect(
            self.place.ledger.store.url, autocommit=True
        ) as connection:
            await connection.execute("UPDATE selection.test_clock SET ahead = %s", [ahead])


@pytest.fixture
async def inside(unfounded_url: str, founded_place: Place) -> AsyncIterator[Inside]:
    async with await psycopg.AsyncConnection.connect(unfounded_url, autocommit=True) as connection:
        await connection.execute(CLOCK)
    assert await founded_place.act(asking(KEYS["admin-1"], "admin-1", CODE), ADMIN) == ""
    await founded_place.register(ADMIN, OFFICER)
    await vouch(founded_place, "officer-1", ADMIN)
    ends = datetime.now(UTC).replace(microsecond=0) + 2 * HOUR
    session = SoftwareKey(seed=SEED, level=Assurance.SESSION, expires=ends)
    assert await founded_place.act(EnrolKey(keys=(enrol(session, "officer-1", HERE),)), OFFICER) == ""
    reader = await Ledger.connect(unfounded_url)
    yield Inside(founded_place, reader, session)
    await reader.close()


async def test_who_only_says_who_they_are_is_shown_nothing_by_any_function(inside: Inside) -> None:
    for person in ("admin-1", "officer-1", "nobody-1"):
        assert await inside.refuse(LocalAssertion(person=person, session="turn-1")) == "login-needed"
    fact = PersonFact(person="admin-1", roles={role.value: () for role in Role})
    made_up = Subject(fact=fact, session="turn-1", means=Means.LOCAL)
    assert await inside.shut_out(made_up) == "login-needed"
    assert not await inside.list_noted()


async def test_a_session_and_ones_own_key_let_one_in_and_stand_beside_the_read(inside: Inside) -> None:
    own = KEYS["admin-1"]
    assert await inside.reads.register.list_people(await inside.log_in(own, "admin-1"))
    officer = await inside.log_in(inside.session)
    assert officer.fact.holds(Role.OFFICER)
    [noted] = await inside.list_noted()
    assert (noted.person, noted.session, noted.means) == ("admin-1", own.key.key, "key")
    assert (officer.session, officer.means) == (inside.session.key.key, Means.SESSION)


async def test_another_persons_session_opens_nothing_in_ones_name(inside: Inside) -> None:
    assert await inside.refuse(await inside.prove(inside.session, "admin-1")) == "signature-key"
    assert await inside.refuse(await inside.prove(KEYS["admin-1"], "officer-1")) == "signature-key"
    mine = await inside.prove(inside.session)
    assert await inside.refuse(mine.with_(person="admin-1")) == "signature-key"


async def test_a_key_that_nobody_enrolled_and_a_forged_signature_open_nothing(inside: Inside) -> None:
    assert await inside.refuse(await inside.prove(THIEF)) == "signature-key"
    asked = await inside.entrance.ask()
    name = KEYS["officer-1"].key.key
    forged = THIEF.sign(read_statement("officer-1", name, asked)).model_copy(update={"key": name})
    proof = ReadProof(person="officer-1", question=asked, signature=forged)
    assert await inside.refuse(proof) == "signature-wrong"


async def test_what_was_overheard_opens_nothing_again_and_nothing_elsewhere(inside: Inside) -> None:
    overheard = await inside.prove(inside.session)
    await inside.entrance.admit(overheard)
    assert await inside.refuse(overheard) == "question-answered"
    # Nor in another process, to which nobody came with it before.
    unused = await inside.prove(inside.session)
    beside = Entrance(inside.reader.people, inside.reader.keys)
    with pytest.raises(Refused, match="question-answered"):
        await beside.admit(unused)
    # A question of one's own making, which counts for longer.
    asked = await inside.entrance.ask()
    longer = asked.with_(expires=asked.expires + HOUR)
    assert await inside.refuse(answer(inside.session, "officer-1", longer)) == "question-answered"
    there = asked.with_(installation="installation-2")
    assert await inside.refuse(answer(inside.session, "officer-1", there)) == "signature-elsewhere"


async def test_an_answer_and_a_session_end_with_their_time(inside: Inside) -> None:
    early, subject = await inside.prove(inside.session), await inside.log_in(inside.session)
    await inside.move(COUNTS_FOR)
    assert await inside.refuse(early) == "signature-expired"
    assert (await inside.entrance.renew(subject)).person == "officer-1"
    own = await inside.log_in(KEYS["officer-1"])
    await inside.move(2 * HOUR)
    assert await inside.refuse(await inside.prove(inside.session)) == "signature-key"
    assert await inside.shut_out(subject) == "signature-key"
    assert (await inside.entrance.renew(own)).person == "officer-1"
    await inside.move(13 * HOUR)
    assert await inside.shut_out(own) == "login-needed"


async def test_a_session_that_was_logged_out_opens_nothing_from_then_on(inside: Inside) -> None:
    subject = await inside.log_in(inside.session)
    name = inside.session.key.key
    assert await inside.place.act(EndSession(key=name), OFFICER, inside.session) == ""
    assert await inside.refuse(await inside.prove(inside.session)) == "signature-key"
    assert await inside.shut_out(subject) == "signature-key"
    # Nor does it sign anything any more, not even its own end.
    assert await inside.place.act(EndSession(key=name), OFFICER, inside.session) == "signature-key"
    assert (await inside.log_in(KEYS["officer-1"])).person == "officer-1"


async def test_a_key_that_was_revoked_opens_nothing_from_then_on(inside: Inside) -> None:
    subject = await inside.log_in(KEYS["officer-1"])
    assert await inside.place.act(RevokeKey(key=KEYS["officer-1"].key.key), OFFICER) == ""
    assert await inside.refuse(await inside.prove(KEYS["officer-1"])) == "signature-key"
    assert await inside.shut_out(subject) == "signature-key"


async def test_a_stolen_session_takes_away_no_key_that_outlasts_it(inside: Inside) -> None:
    own = KEYS["officer-1"].key.key
    assert await inside.place.act(EndSession(key=own), OFFICER, inside.session) == "key-unknown"
    assert await inside.place.act(RevokeKey(key=own), OFFICER, inside.session) == "signature-weak"


async def test_a_signature_of_an_act_opens_nothing_and_one_for_reading_is_no_act(inside: Inside) -> None:
    key, asked = KEYS["officer-1"], await inside.entrance.ask()
    bare = envelope_of(INSTALLATION, EndSession(key=inside.session.key.key), OFFICER, "id-of-the-thief")
    now = datetime.now(UTC)
    terms = draft_proof(installation=HERE, rules="", issued=now, expires=now + HOUR)
    act = key.prove(bare.intent, terms)
    stolen = ReadProof(person="officer-1", question=asked, signature=act.signature)
    assert await inside.refuse(stolen) == "signature-wrong"
    read = answer(key, "officer-1", await inside.entrance.ask())
    before = await inside.place.size()
    posing = bare.with_(proof=terms.model_copy(update={"signature": read.signature}))
    decided = await inside.place.ledger.deciding.decide(INSTALLATION, Act(posing))
    assert decided.refused is not None
    assert (decided.refused.code, await inside.place.size()) == ("signature-wrong", before)


async def test_who_is_no_longer_registered_reads_no_more(inside: Inside) -> None:
    subject = await inside.log_in(inside.session)
    async with await psycopg.AsyncConnection.connect(
        inside.place.ledger.store.url, autocommit=True
    ) as connection:
        await connection.execute("UPDATE selection.people SET active = false WHERE person = 'officer-1'")
    assert await inside.refuse(await inside.prove(inside.session)) == "unknown-person"
    with pytest.raises(Refused, match="unknown-person"):
        await inside.entrance.renew(subject)


async def test_no_flood_of_questions_pushes_one_out_and_each_is_answered_once(inside: Inside) -> None:
    for proof in [await inside.prove(inside.session) for _ in range(20)]:
        assert (await inside.entrance.admit(proof)).person == "officer-1"
        assert await inside.refuse(proof) == "question-answered"
