"""Attacks on enrolment: codes are guessed, or kept until nobody thinks of them, of the founding and of a letter."""

import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from audit.claims import Verdict
from ledger.database.store import RECORDER_ROLE
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from selection.decision.envelope import Envelope, envelope_of
from selection.decision.machine import Act, Report
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.register.commands import split_registrations
from selection.register.key_commands import EnrolKey, FoundInstallation, InviteSigner, RevokeKey
from selection.register.key_decide import CODE_LASTS, MISSES
from selection.register.state import INSTALLATION
from selection.signing.one_time_code import LENGTH, code_of, fingerprint_code, token_of
from selection.signing.possession import enrol
from selection.signing.software_key import SoftwareKey
from starter.people.founding import found_installation
from tests import factories as f
from tests.audit.support.register import claim_on
from tests.databases import for_everyone
from tests.ledger.conftest import unfounded_url
from tests.ledger.support.deciding import CLOCK
from tests.selection.signing.keys import HOUR, Authenticator, draft_proof, software

pytestmark = pytest.mark.long

__all__ = ["unfounded_url"]
PORTAL = "https://localhost"
HERE = "under-attack"
GUESSES = 300
ADMIN, OFFICER = f.actor("admin-1", Role.ADMIN), f.actor("officer-1", Role.OFFICER)
SECOND = f.actor("admin-2", Role.ADMIN)
KEYS = {"admin-1": software(1), "officer-1": software(2), "officer-2": software(3), "admin-2": software(4)}
CODE = code_of(secrets.token_bytes(LENGTH))


def asking(key: SoftwareKey, person: str, code: str, whose: str = "") -> EnrolKey:
    """An enrolment by a code: of the founding, or the one that somebody was sent."""
    enrolment = enrol(key, person, HERE)
    return EnrolKey(keys=(enrolment,), token=token_of(code, enrolment, HERE, whose))


def guess() -> str:
    return code_of(secrets.token_bytes(LENGTH))


class Place:
    """An installation that is not local, on a record of its own."""

    def __init__(self, ledger: Ledger, name: str = HERE) -> None:
        self.ledger = ledger
        self.name = name
        self.signers: dict[str, Any] = {**KEYS}
        self._ids = 0
        self._ahead = timedelta()

    async def move(self, url: str, ahead: timedelta) -> None:
        """Put the record's clock ahead."""
        self._ahead = ahead
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
            await connection.execute("UPDATE selection.test_clock SET ahead = %s", [ahead])

    def enrolment(self, person: str, code: str, of: str = "") -> EnrolKey:
        """Ask for a person's key with a code, of the founding or of somebody's letter."""
        enrolment = enrol(KEYS[person], person, self.name)
        return EnrolKey(keys=(enrolment,), token=token_of(code, enrolment, self.name, of))

    async def act(self, command: Frozen, actor: Actor, key: SoftwareKey | None = None) -> str:
        """Do a signed act as a worker has it decided; return the code of its refusal."""
        self._ids += 1
        bare = envelope_of(INSTALLATION, command, actor, f"id-{self._ids}")
        now = datetime.now(UTC) + self._ahead
        terms = draft_proof(installation=self.name, rules="", issued=now, expires=now + HOUR)
        message: Envelope = bare.with_(proof=(key or self.signers[actor.person]).prove(bare.intent, terms))
        decided = await self.ledger.deciding.decide(INSTALLATION, Act(message))
        return decided.refused.code if decided.refused else ""

    async def find_confirming(self, person: str, sender: Actor) -> Actor:
        """Return who confirms the key of somebody whom the first administrator registered: another than the sender."""
        others = {*await self.ledger.keys.list_vouchers()} - {person, sender.person, ADMIN.person}
        named = {OFFICER.person: OFFICER, SECOND.person: SECOND}
        return next((named.get(name) or f.actor(name, Role.OFFICER) for name in sorted(others)), sender)

    async def register(self, *people: Actor) -> None:
        assert await self.try_to_register(*people) == ""

    async def try_to_register(self, *people: Actor) -> str:
        listed = [
            NewPerson(
                person=item.person,
                roles={item.role: ()},
                identity=Identity(name="Synthetic", mail=f"{item.person}@synthetic.example"),
            )
            for item in people
        ]
        known = await self.ledger.people.store_identities(listed, "admin-1", f"people-{self._ids}")
        (command,) = split_registrations(known)
        return await self.act(command, ADMIN)

    async def size(self) -> int:
        return await self.ledger.reading.head(INSTALLATION)


@pytest.fixture
async def founded_place(unfounded_url: str) -> AsyncIterator[Place]:
    recorder = await Ledger.connect(unfounded_url, role=RECORDER_ROLE)
    known = fingerprint_code(CODE, HERE)
    founding = FoundInstallation(installation=HERE, local=False, code=known)
    assert (await recorder.deciding.decide(INSTALLATION, Report(founding, "founding"))).refused is None
    yield Place(recorder)
    await recorder.close()


async def test_a_flood_of_guesses_at_the_founding_leaves_nothing_and_the_code_still_counts(
    founded_place: Place,
) -> None:
    before = await founded_place.size()
    for _ in range(GUESSES):
        thief = SoftwareKey(seed=secrets.token_bytes(32))
        wrong = asking(thief, "admin-1", guess())
        assert await founded_place.act(wrong, ADMIN, thief) == "signature-key"
    assert await founded_place.size() == before
    right = asking(KEYS["admin-1"], "admin-1", CODE)
    assert await founded_place.act(right, ADMIN) == ""


async def test_an_officer_who_guesses_a_persons_code_has_five_tries_and_is_named(
    founded_place: Place,
) -> None:
    first = asking(KEYS["admin-1"], "admin-1", CODE)
    assert await founded_place.act(first, ADMIN) == ""
    await founded_place.register(ADMIN, OFFICER, f.actor("expert-1", Role.EXPERT))
    await vouch(founded_place, "officer-1", ADMIN)
    assert await founded_place.act(InviteSigner(people=("expert-1",)), ADMIN) == ""
    thief = SoftwareKey(seed=secrets.token_bytes(32))

    async def attempt(code: str) -> str:
        return await founded_place.act(asking(thief, "expert-1", code, "expert-1"), OFFICER)

    assert [await attempt(guess()) for _ in range(MISSES + 2)] == ["code-wrong"] * MISSES + ["code-spent"] * 2
    # Even the right one does not count any more: the person is sent another.
    assert await attempt(await code_sent_to(founded_place, "expert-1")) == "code-spent"
    refusals = [
        entry.leaf.actor.person
        for entry in await founded_place.ledger.reading.entries(INSTALLATION)
        if entry.leaf.type == "code.missed.v1"
    ]
    assert refusals == ["officer-1"] * MISSES
    assert await founded_place.act(InviteSigner(people=("expert-1",)), ADMIN) == ""
    assert await attempt(await code_sent_to(founded_place, "expert-1")) == ""
    assert (await claim_on(founded_place.ledger)).verdict is Verdict.PROVEN


async def test_no_entry_and_no_letter_in_the_outbox_holds_a_code(founded_place: Place) -> None:
    first = asking(KEYS["admin-1"], "admin-1", CODE)
    assert await founded_place.act(first, ADMIN) == ""
    await founded_place.register(ADMIN, OFFICER)
    assert await founded_place.act(InviteSigner(people=("officer-1",)), ADMIN) == ""
    code = await code_sent_to(founded_place, "officer-1")
    bodies = [
        body async for body in founded_place.ledger.reading.bodies(INSTALLATION, await founded_place.size())
    ]
    sent = str(await founded_place.ledger.outbox.letters(INSTALLATION))
    assert all(secret.encode() not in body for body in bodies for secret in (code, CODE))
    assert code not in sent


LATER = CODE_LASTS + timedelta(minutes=1)


async def test_a_code_that_ran_out_enrols_nobody_and_another_does(unfounded_url: str) -> None:
    async with await psycopg.AsyncConnection.connect(unfounded_url, autocommit=True) as connection:
        await connection.execute(CLOCK)
    code = await found_installation(for_everyone(unfounded_url), PORTAL, local=False)
    recorder = await Ledger.connect(unfounded_url, role=RECORDER_ROLE)
    place = Place(recorder, (await recorder.keys.get_founding()).installation)
    try:
        assert await found_installation(for_everyone(unfounded_url), PORTAL, local=False) == ""
        await place.move(unfounded_url, LATER)
        assert await place.act(place.enrolment("admin-1", code), ADMIN) == "first-code-expired"
        assert await place.size() == 1
        fresh = await found_installation(for_everyone(unfounded_url), PORTAL, local=False)
        assert fresh not in ("", code)
        assert await found_installation(for_everyone(unfounded_url), PORTAL, local=False) == ""
        assert await place.size() == 2
        assert await place.act(place.enrolment("admin-1", code), ADMIN) == "signature-key"
        assert await place.act(place.enrolment("admin-1", fresh), ADMIN) == ""
        await place.register(ADMIN, OFFICER)
        assert await place.act(InviteSigner(people=("officer-1",)), ADMIN) == ""
        stale = await code_sent_to(place, "officer-1")
        await place.move(unfounded_url, 2 * LATER)
        # Nobody gets another code for a first key once there is one, however old the last one is.
        assert await found_installation(for_everyone(unfounded_url), PORTAL, local=False) == ""
        assert await place.act(place.enrolment("officer-1", stale, "officer-1"), ADMIN) == "code-expired"
        assert await place.act(InviteSigner(people=("officer-1",)), ADMIN) == ""
        sent = await code_sent_to(place, "officer-1")
        assert await place.act(place.enrolment("officer-1", sent, "officer-1"), ADMIN) == ""
        assert (await claim_on(place.ledger)).verdict is Verdict.PROVEN
    finally:
        await recorder.close()


async def test_the_record_takes_no_act_by_another_persons_key_or_by_a_revoked_one(
    founded_place: Place,
) -> None:
    assert await founded_place.act(asking(KEYS["admin-1"], "admin-1", CODE), ADMIN) == ""
    await founded_place.register(ADMIN, OFFICER)
    await vouch(founded_place, "officer-1", ADMIN)
    officers = RevokeKey(key=KEYS["officer-1"].key.key)
    before = await founded_place.size()
    assert await founded_place.act(officers, OFFICER, KEYS["admin-1"]) == "signature-key"
    assert await founded_place.size() == before
    assert await founded_place.act(officers, OFFICER) == ""
    assert await founded_place.act(officers, OFFICER) == "signature-key"
    assert await founded_place.size() == before + 1


async def test_one_is_alone_with_the_staff_until_a_second_administrator_has_had_a_key(
    founded_place: Place,
) -> None:
    assert await founded_place.act(asking(KEYS["admin-1"], "admin-1", CODE), ADMIN) == ""
    await founded_place.register(ADMIN, SECOND)
    await founded_place.register(OFFICER)
    await vouch(founded_place, "admin-2", ADMIN)
    staff = f.actor("officer-2", Role.OFFICER)
    assert await founded_place.try_to_register(staff) == "staff-by-two"
    assert await founded_place.act(RevokeKey(key=KEYS["admin-2"].key.key), SECOND) == ""
    assert await founded_place.try_to_register(staff) == "staff-by-two"
    assert (await claim_on(founded_place.ledger)).verdict is Verdict.PROVEN


async def vouch(place: Place, person: str, by: Actor) -> None:
    assert await place.act(InviteSigner(people=(person,)), by) == ""
    code = await code_sent_to(place, person)
    confirming = await place.find_confirming(person, by)
    assert await place.act(asking(KEYS[person], person, code, person), confirming) == ""


async def code_sent_to(place: Place, person: str) -> str:
    """Return the code in the last letter to a person, as the courier puts it there."""
    letters = [item["body"] for item in await place.ledger.outbox.letters(INSTALLATION)]
    (*_, last) = [body for body in letters if body["to"] == person and body["template"] == "signer-invited"]
    _, code = await place.ledger.contents.get(last["params"]["code"])
    return code.decode()


async def test_keys_of_another_site_do_not_enter_and_another_port_s_page_has_nothing_signed(
    unfounded_url: str,
) -> None:
    """By the request's file and an act, past the portal; and what a page on another port has a passkey sign."""
    databases = for_everyone(unfounded_url)
    first = await found_installation(databases, "https://localhost:1", local=False)
    code = await found_installation(databases, PORTAL, local=False)
    assert await found_installation(databases, PORTAL, local=False) == ""
    recorder = await Ledger.connect(unfounded_url, role=RECORDER_ROLE)
    founded = await recorder.keys.read_founding()
    place = Place(recorder, founded.installation)
    try:
        assert founded.portals == (PORTAL,)
        assert await place.act(place.enrolment("admin-1", first), ADMIN) == "signature-key"
        assert await place.act(place.enrolment("admin-1", code), ADMIN) == ""
        await place.register(ADMIN)
        private = Authenticator(origin=PORTAL)
        elsewhere = Authenticator(site="evil.example.net", origin="https://evil.example.net")
        for passkey, refused in ((elsewhere, "key-elsewhere"), (private, "")):
            item = enrol(passkey, "admin-1", founded.installation)  # type: ignore[arg-type]  # signs as a key does
            assert await place.act(EnrolKey(keys=(item,)), ADMIN) == refused
        for origin, refused in (
            (f"{PORTAL}:8443", "signature-wrong"),
            ("http://localhost", "signature-wrong"),
            (PORTAL, ""),
        ):
            page = Authenticator(origin=origin, private=private.private)
            revoke = RevokeKey(key=KEYS["admin-1"].key.key)
            assert await place.act(revoke, ADMIN, page) == refused  # type: ignore[arg-type]
        assert (await claim_on(place.ledger)).verdict is Verdict.PROVEN
    finally:
        await recorder.close()
