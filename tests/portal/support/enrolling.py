"""An installation on which acts must be signed, with an officer or an expert who has a passkey."""

from collections.abc import AsyncIterator

import pytest

from selection.kernel.actor import Role
from selection.register.key_commands import EnrolKey, InviteSigner
from selection.signing.possession import enrol
from tests import factories as f
from tests.attacks.test_enrolment_codes import (
    ADMIN,
    CODE,
    HERE,
    KEYS,
    OFFICER,
    Place,
    asking,
    code_sent_to,
    vouch,
)
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.fixtures import decide
from tests.selection.signing.keys import Authenticator


@pytest.fixture
async def backend(founded_place: Place, unfounded_url: str) -> AsyncIterator[DecidingBackend]:
    """The pages' backend over such an installation, without a worker."""
    async with decide(unfounded_url, founded_place.ledger) as made:
        yield made


async def enrol_passkey(place: Place, passkey: Authenticator) -> None:
    """Give the installation its first administrator and an officer, and the officer a passkey beside their key."""
    assert await place.act(asking(KEYS["admin-1"], "admin-1", CODE), ADMIN) == ""
    await place.register(ADMIN, OFFICER)
    await vouch(place, "officer-1", ADMIN)
    enrolment = enrol(passkey, "officer-1", HERE)  # type: ignore[arg-type]  # signs as a key does
    assert await place.act(EnrolKey(keys=(enrolment,)), OFFICER) == ""


async def enrol_expert(place: Place, passkey: Authenticator, person: str, role: Role = Role.EXPERT) -> None:
    """Register an expert, or somebody else, and enrol their passkey as their only key, by the code they were sent."""
    if not await place.ledger.keys.ever_of(["admin-1"]):
        assert await place.act(asking(KEYS["admin-1"], "admin-1", CODE), ADMIN) == ""
        await place.register(ADMIN)
    await place.register(f.actor(person, role))
    await enrol_by_code(place, passkey, person)


async def enrol_by_code(place: Place, passkey: Authenticator, person: str) -> None:
    """Enrol a passkey as the only key of somebody who is registered, by the code they were sent."""
    assert await place.act(InviteSigner(people=(person,)), ADMIN) == ""
    code = await code_sent_to(place, person)
    confirming = await place.find_confirming(person, ADMIN)
    assert await place.act(asking(passkey, person, code, person), confirming) == ""  # type: ignore[arg-type]
    place.signers[person] = passkey
