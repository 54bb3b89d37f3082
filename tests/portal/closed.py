"""An installation on which acts must be signed, with an officer who has a passkey."""

from selection.register.key_commands import EnrolKey
from selection.signing.possession import enrol
from tests.attacks.test_enrolment_codes import ADMIN, CODE, HERE, KEYS, OFFICER, Place, asking, vouch
from tests.selection.signing.keys import Authenticator


async def enrol_passkey(place: Place, passkey: Authenticator) -> None:
    """Give the installation its first administrator and an officer, and the officer a passkey beside their key."""
    assert await place.act(asking(KEYS["admin-1"], "admin-1", CODE), ADMIN) == ""
    await place.register(ADMIN, OFFICER)
    await vouch(place, "officer-1", ADMIN)
    enrolment = enrol(passkey, "officer-1", HERE)  # type: ignore[arg-type]  # signs as a key does
    assert await place.act(EnrolKey(keys=(enrolment,)), OFFICER) == ""
