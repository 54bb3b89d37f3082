"""A way through the pages on which passkeys are made and confirmed, by an authenticator in this process."""

from selection.kernel.actor import Role
from selection.register.key_commands import InviteSigner
from selection.signing.base64 import decode, encode
from selection.signing.one_time_code import token_of
from selection.signing.possession import enrol
from selection.signing.statement import places_of
from tests import factories as f
from tests.attacks.test_enrolment_codes import ADMIN, CODE, HERE, Place, code_sent_to
from tests.browser.support.tour import Tour
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.making import making, passkey_of
from tests.selection.signing.keys import Authenticator

FIRST = "expert-7"
SUBMIT = """(form, given) => {
  for (const [name, value] of Object.entries(given)) form.elements[name].value = value;
  form.submit();
}"""


async def invite(place: Place) -> str:
    """Register somebody, and return the code that they were sent for a first key."""
    await place.register(f.actor(FIRST, Role.EXPERT))
    assert await place.act(InviteSigner(people=(FIRST,)), ADMIN) == ""
    return await code_sent_to(place, FIRST)


async def tour_keys(tour: Tour, backend: DecidingBackend, token: str, code: str) -> None:
    """Look at one's own keys, at a further one that is made, at a first one and at what waits of it."""
    await tour.enter(token)
    await tour.visit("/keys")
    await make(tour, "/keys/new")
    await submit(tour, "#prove", {})
    await tour.enter("")
    passkey = await make(tour, "/enrol", account=FIRST)
    given = token_of(code, enrol(passkey, FIRST, HERE), HERE, FIRST)  # type: ignore[arg-type]  # as a key
    await prove(tour, passkey, "0" * 128)
    await prove(tour, passkey, given)
    reach = await backend.reach()
    await tour.enter(await reach.sessions.begin_vouched("admin-1", "Chromium"))
    await tour.visit("/keys", "/keys/confirm", "/keys/confirm?q=nobody", f"/keys/confirm/{FIRST}")


async def tour_founder(tour: Tour) -> Authenticator:
    """Become the first administrator, and look at each page on the way; the address is mended once."""
    await tour.enter("")
    passkey = await make(tour, "/enrol", account="admin-7")
    enrolment = enrol(passkey, "admin-7", HERE)  # type: ignore[arg-type]  # as a key
    await prove(tour, passkey, token_of(CODE, enrolment, HERE))
    await tour.press("main form button", 422)
    await submit(tour, "main form", {"name": "Synthetic Founder", "mail": "founder@office.example"})
    return passkey


async def sign_founding(tour: Tour, passkey: Authenticator) -> None:
    """Have the passkey sign the list of both acts that the page shows."""
    shown = await tour.page.locator(".statement").all_text_contents()
    message, _ = places_of([statement.encode() for statement in shown])
    await submit(tour, "#sign", sign_with(passkey, message))


def sign_with(passkey: Authenticator, message: bytes) -> dict[str, str]:
    """What a form sends of a passkey's signature."""
    signature = passkey.sign(message)
    return {name: getattr(signature, name) for name in ("signature", "authenticator_data", "client_data")}


async def make(tour: Tour, path: str, **fields: str) -> Authenticator:
    """Make a passkey on a page, and look at the page that has it sign."""
    passkey = passkey_of(origin=tour.origin)
    await tour.go(path)
    await tour.look(path)
    challenge = await tour.page.locator("#make").get_attribute("data-challenge") or ""
    client_data, attestation = making(passkey).register(decode(challenge))
    made = {"made_client_data": encode(client_data), "made_attestation": encode(attestation)}
    await submit(tour, "#make", {**made, **fields})
    return passkey


async def prove(tour: Tour, passkey: Authenticator, token: str) -> None:
    """Have the passkey sign what the page shows, and look at the page that answers."""
    statement = await tour.page.locator("#statement").text_content() or ""
    await submit(tour, "#prove", {**sign_with(passkey, statement.encode()), "token": token})


async def submit(tour: Tour, form: str, fields: dict[str, str]) -> None:
    """Send a form as its script sends it, and look at the page that answers."""
    async with tour.page.expect_navigation():
        await tour.page.locator(form).evaluate(SUBMIT, fields)
    await tour.look(f"after {form}")
