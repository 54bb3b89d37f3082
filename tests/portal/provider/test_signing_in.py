"""Signing in by OpenID Connect against a provider that runs: who is let in, and by which answers nobody is."""

from collections.abc import AsyncIterator, Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey
from starlette.applications import Starlette

from ledger.people.register import Identity, NewPerson
from portal.app import create_app
from portal.backend import Backend
from portal.provider.client import BACK
from reading.access.subject import Means
from runtime.logins import Login
from runtime.settings import Settings, SignInProvider
from selection.kernel.actor import Role
from selection.register.commands import split_registrations
from tests.attacks.test_enrolment_codes import ADMIN, CODE, KEYS, OFFICER, Place, asking, founded_place
from tests.ledger.conftest import unfounded_url
from tests.portal.conftest import browse
from tests.portal.provider.running import CLIENT, SECRET, Provider, run_provider
from tests.portal.support.browsing import ORIGIN, Browser

__all__ = ["founded_place", "unfounded_url"]
OTHER_TOKENS: tuple[dict[str, object], ...] = (
    {"iss": "https://elsewhere.example"},
    {"aud": "another"},
    {"aud": [CLIENT, "another"]},
    {"nonce": "another"},
    {"nonce": ["another", "and ours"]},
    {"azp": "another"},
    {"azp": [CLIENT]},
    {"exp": 1_000_000_000},
    {"exp": 1e308},
    {"exp": 10**400},
    {"exp": True},
    {"iat": -1e308},
    {"sub": 7},
    {"sub": None},
)


@pytest.fixture
async def place(founded_place: Place) -> Place:
    """The installation with its administrator and an officer who has no key."""
    assert await founded_place.act(asking(KEYS["admin-1"], "admin-1", CODE), ADMIN) == ""
    await founded_place.register(ADMIN, OFFICER)
    return founded_place


@pytest.fixture
def provider() -> Iterator[Provider]:
    with run_provider(ORIGIN + BACK) as running:
        running.person = OFFICER.person
        yield running


@pytest.fixture
async def closed_app(place: Place, unfounded_url: str, provider: Provider) -> AsyncIterator[Starlette]:
    """The portal of an installation that is not local, with this provider."""
    oidc = SignInProvider(issuer=provider.issuer, client=CLIENT, secret=SECRET, name="Ministry")
    backend = Backend(Settings(databases={Login.PORTAL: unfounded_url}, oidc=oidc))
    async with backend.open():
        yield create_app(backend, ORIGIN)


@pytest.fixture
async def page(closed_app: Starlette) -> AsyncIterator[Browser]:
    async with browse(closed_app) as opened:
        opened.client.headers["accept-language"] = "en"
        yield opened


async def go_there(page: Browser, path: str = "/sign-in/provider?next=/sessions") -> str:
    """Sign in at the provider; return the path, with its question, by which it leads back."""
    left = await page.client.get(path)
    assert left.status_code == 303, left.text
    async with httpx.AsyncClient() as elsewhere:
        back = (await elsewhere.get(left.headers["location"])).headers["location"]
    assert back.startswith(ORIGIN + BACK)
    return str(back.removeprefix(ORIGIN))


async def test_whom_the_provider_names_is_let_in_and_led_back(page: Browser, closed_app: Starlette) -> None:
    await page.open("/sign-in?next=/sessions")
    assert "Sign in with Ministry" in page.text
    [there] = [link for link in page.links if link.startswith("/sign-in/provider")]
    came = await page.open(await go_there(page, there))
    assert (came.status_code, came.url.path) == (200, "/sessions"), page.text
    reach = await closed_app.state.portal.backend.reach()
    who = await reach.sessions.resume(page.client.cookies["__Host-selection"])
    assert (who.subject.person, who.subject.means) == (OFFICER.person, Means.PROVIDER)
    assert "__Host-sign-in" not in page.client.cookies


async def test_the_provider_is_asked_for_no_more_than_it_must_know(page: Browser, provider: Provider) -> None:
    left = await page.client.get("/sign-in/provider")
    asked = {name: value for name, [value] in parse_qs(urlsplit(left.headers["location"]).query).items()}
    assert asked.keys() == {
        *("response_type", "scope", "client_id", "redirect_uri", "state", "nonce"),
        *("code_challenge", "code_challenge_method"),
    }
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert provider.asked == ["discovery"]


async def test_a_way_back_that_another_browser_began_lets_nobody_in(
    page: Browser, closed_app: Starlette, provider: Provider
) -> None:
    """Somebody signs in there, and has another browser open where it leads: that one would be them."""
    back = await go_there(page)
    async with browse(closed_app) as victim:
        assert (await victim.open(back)).status_code == 403
        await victim.client.get("/sign-in/provider")
        assert (await victim.open(back)).status_code == 403
        assert "__Host-selection" not in victim.client.cookies
    assert "token" not in provider.asked, "told by its state, before the provider is asked"


async def test_pictures_in_a_page_elsewhere_use_up_no_attempts(page: Browser, provider: Provider) -> None:
    picture = {"sec-fetch-mode": "no-cors", "sec-fetch-site": "cross-site"}
    for _ in range(30):
        for path in (f"{BACK}?state=x&code=y", "/sign-in/provider"):
            assert (await page.client.get(path, headers=picture)).status_code == 404
        assert (await page.open(f"{BACK}?state=x&code=y")).status_code == 403
    assert provider.asked == []
    assert (await page.open(await go_there(page))).status_code == 200


async def test_a_foreign_way_back_takes_nothing_from_what_was_begun(page: Browser) -> None:
    back = await go_there(page)
    assert (await page.open(f"{BACK}?state=x&code=y")).status_code == 403
    assert (await page.open(back)).status_code == 200


async def test_on_a_local_installation_a_provider_lets_nobody_in(url: str, provider: Provider) -> None:
    """There whoever is let in acts without a key."""
    oidc = SignInProvider(issuer=provider.issuer, client=CLIENT, secret=SECRET)
    backend = Backend(Settings(databases={Login.PORTAL: url}, oidc=oidc))
    provider.person = "agent-1"
    async with backend.open(), browse(create_app(backend, ORIGIN)) as page:
        assert (await page.open(await go_there(page))).status_code == 403


async def test_a_way_back_counts_once(page: Browser, provider: Provider) -> None:
    back = await go_there(page)
    held = dict(page.client.cookies)
    assert (await page.open(back)).status_code == 200
    page.client.cookies.clear()
    page.client.cookies.update(held)
    assert (await page.open(back)).status_code == 403
    assert provider.asked.count("token") == 2, "the provider refused the code"


async def test_a_code_is_of_no_use_without_what_began_it(page: Browser, provider: Provider) -> None:
    """A code that somebody saw on its way, put into a sign-in of their own."""
    stolen = parse_qs(urlsplit(await go_there(page)).query)["code"][0]
    own = parse_qs(urlsplit(await go_there(page)).query)["state"][0]
    assert (await page.open(f"{BACK}?code={stolen}&state={own}")).status_code == 403
    assert provider.asked.count("token") == 1


async def test_no_other_token_lets_anybody_in(page: Browser, provider: Provider) -> None:
    for change in OTHER_TOKENS:
        provider.change = change
        assert (await page.open(await go_there(page))).status_code == 403, change
        assert "__Host-selection" not in page.client.cookies


async def test_a_token_that_says_whom_it_was_made_for_lets_in(page: Browser, provider: Provider) -> None:
    provider.change = {"azp": CLIENT, "aud": [CLIENT]}
    assert (await page.open(await go_there(page))).status_code == 200


async def test_a_nonce_among_others_is_none(page: Browser, provider: Provider) -> None:
    """As a list of all that anybody began, one token would let each of them in."""
    provider.listed = True
    assert (await page.open(await go_there(page))).status_code == 403


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
async def test_a_token_of_a_short_key_lets_nobody_in(page: Browser, provider: Provider) -> None:
    provider.key = RSAKey.generate_key(1024, {"kid": "now", "alg": "RS256", "use": "sig"})
    assert (await page.open(await go_there(page))).status_code == 403


ODD_ADDRESSES = (
    "https://[",
    "https://x:99999999/",
    "https://\0x/",
    "https://exa mple/",
    f"https://x/{'a' * 70_000}",
)
DEEP = "[" * 100_000


@pytest.mark.parametrize("address", ODD_ADDRESSES)
async def test_an_address_that_is_none_is_a_provider_that_is_away(
    page: Browser, provider: Provider, address: str
) -> None:
    back = await go_there(page)
    provider.named = {"token_endpoint": address}
    assert (await page.open(back)).status_code == 503
    provider.named = {"authorization_endpoint": address}
    assert (await page.client.get("/sign-in/provider")).status_code in (303, 503)


async def test_an_answer_that_is_too_deep_is_a_provider_that_is_away(
    page: Browser, provider: Provider
) -> None:
    back = await go_there(page)
    provider.keys_text = DEEP
    assert (await page.open(back)).status_code == 503


async def test_a_token_of_another_key_lets_nobody_in(page: Browser, provider: Provider) -> None:
    provider.signs_with = RSAKey.generate_key(2048)
    assert (await page.open(await go_there(page))).status_code == 403
    provider.signs_with = None
    assert (await page.open(await go_there(page))).status_code == 200


async def test_a_new_key_of_the_provider_counts_at_once(page: Browser, provider: Provider) -> None:
    provider.key = RSAKey.generate_key(2048, {"kid": "next", "alg": "RS256", "use": "sig"})
    assert (await page.open(await go_there(page))).status_code == 200


async def test_who_is_not_registered_is_told_so(page: Browser, provider: Provider) -> None:
    provider.person = "somebody"
    assert (await page.open(await go_there(page))).status_code == 403
    assert "not registered here" in page.text


async def test_who_cancels_there_is_told_so(page: Browser, provider: Provider) -> None:
    provider.person = "nobody"
    assert (await page.open(await go_there(page))).status_code == 403
    assert "cancelled" in page.text


async def test_where_the_provider_is_away_passkeys_still_are_offered(
    page: Browser, provider: Provider
) -> None:
    issuer, provider.issuer = provider.issuer, "https://elsewhere.example"
    away = await page.open("/sign-in/provider")
    assert (away.status_code, "Sign in with a passkey" in page.text) == (503, True)
    provider.issuer = issuer
    assert (await page.open(await go_there(page))).status_code == 200


async def test_a_session_by_the_provider_signs_nothing_and_ends_with_the_registration(
    page: Browser, place: Place, closed_app: Starlette
) -> None:
    assert (await page.open(await go_there(page))).status_code == 200
    reach = await closed_app.state.portal.backend.reach()
    who = await reach.sessions.resume(page.client.cookies["__Host-selection"])
    assert await reach.sessions.list_keys(who.subject) == ()
    identity = Identity(name="Synthetic", mail="officer@synthetic.example")
    gone = NewPerson(person=OFFICER.person, roles={Role.OFFICER: ()}, active=False, identity=identity)
    known = await place.ledger.people.store_identities([gone], ADMIN.person, "gone")
    (command,) = split_registrations(known)
    assert await place.act(command, ADMIN) == ""
    assert (await page.client.get("/sessions")).status_code == 303


async def test_without_a_provider_there_is_no_such_page(app: Starlette) -> None:
    async with browse(app) as page:
        for path in ("/sign-in/provider", BACK):
            assert (await page.open(path)).status_code == 404
