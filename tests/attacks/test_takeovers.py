"""Attacks on somebody who has no key in force: their address becomes another's, to which their code is sent.

What each tries, one administrator did alone before: they were that expert from then on, who heard nothing of it.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from audit.claims import Verdict
from ledger.database.store import RECORDER_ROLE
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from selection.decision.machine import Report
from selection.kernel.actor import Actor, Role
from selection.register import commands as c, key_commands as k
from selection.register.state import INSTALLATION
from selection.signing.one_time_code import fingerprint_code
from tests import factories as f
from tests.attacks.test_enrolment_codes import (
    ADMIN,
    CODE,
    HERE,
    KEYS,
    OFFICER,
    SECOND,
    Place,
    asking,
    code_sent_to,
    vouch,
)
from tests.audit.support.register import claim_on
from tests.ledger.conftest import unfounded_url
from tests.ledger.support.deciding import CLOCK
from tests.selection.signing.keys import software

pytestmark = pytest.mark.long

__all__ = ["unfounded_url"]
EXPERT = "expert-1"
OWN, EVIL = f"{EXPERT}@synthetic.example", "friend@evil.example"
THIEF = software(30)
SHORT, WAIT = timedelta(days=2, hours=23), timedelta(days=3)


def at_address(mail: str, person: str = EXPERT, **fields: Any) -> NewPerson:
    known = {"roles": {Role.EXPERT: ()}, "identity": Identity(name="Synthetic", mail=mail)}
    return NewPerson.model_validate({"person": person, **known, **fields})


class AttackedPlace(Place):
    """An installation with two administrators and an officer, all with keys, and an expert without one."""

    url = ""
    _imports = 0

    async def wait(self, ahead: timedelta) -> None:
        await self.move(self.url, self._ahead + ahead)

    async def register_anew(self, *people: NewPerson, by: Actor = ADMIN) -> str:
        """Have one administrator register people; return the code of the refusal."""
        self._imports += 1
        known = await self.ledger.people.store_identities(people, by.person, f"anew-{self._imports}")
        return await self.act(c.RegisterPeople(people=tuple(known)), by)

    async def invite(self, by: Actor, person: str = EXPERT) -> str:
        return await self.act(k.InviteSigner(people=(person,)), by)

    async def confirm(self, by: Actor, code: str = "", person: str = EXPERT) -> str:
        """Have somebody confirm the thief's key by a code, the one that was sent last if none is given."""
        sent = code or await code_sent_to(self, person)
        return await self.act(asking(THIEF, person, sent, person), by)

    async def list_letters(self) -> list[tuple[str, str]]:
        """Return to whom letters about changed addresses go, and where they lead."""
        found = []
        for letter in (item["body"] for item in await self.ledger.outbox.letters(INSTALLATION)):
            if letter["template"] == "address-changed":
                identity = await self.ledger.people.former_identity(letter["to"], letter["identity"])
                found.append((letter["to"], identity.mail if identity else "-"))
        return found

    async def verify(self) -> Verdict:
        return (await claim_on(self.ledger)).verdict


@pytest.fixture
async def place(unfounded_url: str) -> AsyncIterator[AttackedPlace]:
    async with await psycopg.AsyncConnection.connect(unfounded_url, autocommit=True) as connection:
        await connection.execute(CLOCK)
    recorder = await Ledger.connect(unfounded_url, role=RECORDER_ROLE)
    founding = k.FoundInstallation(installation=HERE, local=False, code=fingerprint_code(CODE, HERE))
    assert (await recorder.deciding.decide(INSTALLATION, Report(founding, "founding"))).refused is None
    made = AttackedPlace(recorder)
    made.url = unfounded_url
    assert await made.act(asking(KEYS["admin-1"], "admin-1", CODE), ADMIN) == ""
    await made.register(ADMIN, OFFICER, SECOND, f.actor(EXPERT, Role.EXPERT))
    for person in ("admin-2", "officer-1"):
        await vouch(made, person, ADMIN)
    yield made
    assert await made.verify() is Verdict.PROVEN
    await recorder.close()


async def test_who_changes_an_address_neither_sends_a_code_there_nor_confirms_the_key(
    place: AttackedPlace,
) -> None:
    assert await place.register_anew(at_address(EVIL)) == ""
    await place.wait(WAIT)
    assert await place.invite(ADMIN) == "address-by-another"
    assert await place.invite(OFFICER) == ""
    assert await place.confirm(ADMIN) == "address-by-another"
    assert await place.confirm(OFFICER) == "code-by-another"
    assert await place.ledger.keys.ever_of([EXPERT]) == ()


async def test_a_change_is_told_to_both_addresses_and_waits_for_three_days(place: AttackedPlace) -> None:
    assert await place.register_anew(at_address(EVIL)) == ""
    assert await place.list_letters() == [(EXPERT, OWN), (EXPERT, EVIL)]
    await place.wait(SHORT)
    assert await place.invite(OFFICER) == "address-waits"
    await place.wait(timedelta(hours=1))
    assert await place.invite(OFFICER) == ""


async def test_a_code_that_was_sent_before_the_change_counts_no_more(place: AttackedPlace) -> None:
    """It may be on its way, or lie with a server that refused it, and be sent again where the new address leads."""
    assert await place.invite(SECOND) == ""
    code = await code_sent_to(place, EXPERT)
    assert await place.register_anew(at_address(EVIL)) == ""
    assert await place.confirm(OFFICER, code) == "code-spent"


async def test_changing_back_ends_what_was_sent_and_waits_again(place: AttackedPlace) -> None:
    assert await place.register_anew(at_address(EVIL)) == ""
    await place.wait(WAIT)
    assert await place.invite(OFFICER) == ""
    assert await place.register_anew(at_address(OWN)) == ""
    assert await place.confirm(SECOND) == "code-spent"
    assert await place.invite(OFFICER) == "address-waits"
    assert await place.list_letters() == [(EXPERT, OWN), (EXPERT, EVIL), (EXPERT, EVIL), (EXPERT, OWN)]


async def test_a_second_change_leads_no_letter_about_the_first_elsewhere(place: AttackedPlace) -> None:
    assert await place.register_anew(at_address("other@evil.example")) == ""
    assert await place.register_anew(at_address(EVIL)) == ""
    assert (EXPERT, OWN) in await place.list_letters()


async def test_whoever_registers_the_same_address_again_is_not_who_entered_it(place: AttackedPlace) -> None:
    """Else a confidant's import of all people would make the first one's change theirs."""
    assert await place.register_anew(at_address(EVIL)) == ""
    await place.wait(WAIT)
    assert await place.register_anew(at_address(EVIL, employer="91110000MA00000000"), by=SECOND) == ""
    assert len(await place.list_letters()) == 2
    assert await place.invite(ADMIN) == "address-by-another"
    assert await place.invite(SECOND) == ""
    assert await place.confirm(OFFICER) == ""


async def test_a_change_among_many_is_a_change(place: AttackedPlace) -> None:
    others = [at_address(f"expert-{number}@synthetic.example", f"expert-{number}") for number in range(2, 9)]
    assert await place.register_anew(*others, at_address(OWN)) == ""
    assert await place.list_letters() == []
    assert await place.register_anew(*others, at_address(EVIL)) == ""
    assert await place.list_letters() == [(EXPERT, OWN), (EXPERT, EVIL)]
    await place.wait(WAIT)
    assert await place.invite(ADMIN) == "address-by-another"


async def test_who_is_stopped_meanwhile_is_told_and_waits_all_the_same(place: AttackedPlace) -> None:
    assert await place.register_anew(at_address(OWN, active=False)) == ""
    assert await place.register_anew(at_address(EVIL, active=False)) == ""
    assert await place.list_letters() == [(EXPERT, OWN), (EXPERT, EVIL)]
    assert await place.register_anew(at_address(EVIL)) == ""
    assert await place.invite(OFFICER) == "address-waits"
    await place.wait(WAIT)
    assert await place.invite(ADMIN) == "address-by-another"


async def test_an_address_that_was_changed_while_a_key_was_in_force_waits_when_it_is_lost(
    place: AttackedPlace,
) -> None:
    assert await place.invite(ADMIN) == ""
    code = await code_sent_to(place, EXPERT)
    own = software(31)
    assert await place.act(asking(own, EXPERT, code, EXPERT), OFFICER) == ""
    assert await place.register_anew(at_address(EVIL)) == ""
    assert await place.list_letters() == [(EXPERT, OWN), (EXPERT, EVIL)]
    revoking = k.RevokeKey(key=own.key.key)
    assert await place.act(revoking, f.actor(EXPERT, Role.EXPERT), own) == ""
    assert await place.invite(OFFICER) == "address-waits"
    await place.wait(WAIT)
    assert await place.invite(ADMIN) == "address-by-another"


async def test_who_registers_somebody_alone_does_not_confirm_their_key_nor_who_sent_the_code(
    place: AttackedPlace,
) -> None:
    """Before somebody was known, or under another id after they were erased, nobody is told of a former address."""
    assert await place.register_anew(at_address(EVIL, "expert-9")) == ""
    assert await place.invite(ADMIN, "expert-9") == ""
    assert await place.confirm(ADMIN, person="expert-9") == "address-by-another"
    assert await place.invite(OFFICER, "expert-9") == ""
    assert await place.confirm(OFFICER, person="expert-9") == "code-by-another"
    assert await place.confirm(SECOND, person="expert-9") == ""


async def test_no_act_names_an_address_that_is_not_the_one_that_is_stored(place: AttackedPlace) -> None:
    """By the mark of the former address a change would look like none."""
    (before,) = await place.ledger.people.store_identities([at_address(OWN)], "admin-1", "as-before")
    (after,) = await place.ledger.people.store_identities([at_address(EVIL)], "admin-1", "another")
    assert before.address != after.address
    for address in (before.address, ""):
        slipped = c.RegisterPeople(people=(after.with_(address=address),))
        assert await place.act(slipped, ADMIN) == "identity-missing"


async def test_two_administrators_alone_get_somebody_back_who_lost_a_key_and_an_address(
    place: AttackedPlace,
) -> None:
    """One enters the address, the other one sends the code and confirms the key: nobody else could."""
    assert await place.act(k.RevokeKey(key=KEYS["officer-1"].key.key), OFFICER) == ""
    assert await place.register_anew(at_address("new@synthetic.example")) == ""
    await place.wait(WAIT)
    assert await place.invite(ADMIN) == "address-by-another"
    assert await place.invite(SECOND) == ""
    assert await place.confirm(ADMIN) == "address-by-another"
    assert await place.confirm(SECOND) == ""
