"""Every address of the portal, whatever stands in its parameters: safe headers, no way elsewhere, nothing repeated."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from itertools import cycle, islice
from urllib.parse import quote, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from ledger.record import Ledger
from portal.app import PAGES
from portal.guard.headers import BY_TLS, HEADERS
from portal.guard.places import PLACES
from tests.portal.conftest import sign_in
from tests.portal.support.browsing import OWN, Browser
from tests.portal.test_guard import away, away_browser
from tests.reading.streams import MAIN
from tests.running.waiting import STUCK_AFTER
from tests.selection import story

__all__ = ["away", "away_browser"]

NUMBER = MAIN.stream.rsplit("/", 1)[-1]
EVIL = (
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e",
    "a\r\nSet-Cookie: evil=1",
    "a\r\n\r\n<script>alert(1)</script>",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "https://elsewhere.example/",
    "javascript:alert(1)",
    '"><script>alert(1)</script>',
    "{{ 7 * 191 }}{% raw %}",
    "' OR '1'='1'; --",
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "名" * 400,
    "a" * 3_000,
)
QUESTIONS = ("next", "back", "q", "sort", "page", "field", "kind", "round", "act", "lang", "both", "ended")
SHOWN = [route for route in PAGES if isinstance(route, Route) and "GET" in (route.methods or ())]
TAKEN = [route for route in PAGES if isinstance(route, Route) and "POST" in (route.methods or ())]


THERE = {"round": story.ROUND, "number": NUMBER, "unit": "99SYNTHUNIT", "part": NUMBER}
"""What there is: an address that can name nothing never comes to its page."""


TURNS = 4
"""How often an address without parameters of its own is asked for; each time its questions hold other values."""


def list_addresses(route: Route) -> Iterator[str]:
    """The addresses of a route at what there is, with each value in its other parameters, and all in its questions."""
    own = set(re.findall(r"{(\w+)", route.path)) - THERE.keys()
    for turn in range(len(EVIL) if own else TURNS):
        values = islice(cycle(EVIL), turn * len(EVIL) // TURNS, None)
        asked = (f"{name}={quote(value, safe='')}" for name, value in zip(QUESTIONS, values, strict=False))
        yield f"{fill(route.path, EVIL[turn])}?{'&'.join(asked)}"


def fill(path: str, value: str) -> str:
    """A path at what there is, with the value in its other parameters."""
    return re.sub(r"{(\w+)[^}]*}", lambda found: THERE.get(found[1], quote(value, safe="")), path)


@pytest.mark.parametrize("person", ["", "officer-1"])
async def test_whatever_is_asked_for_answers_are_safe(
    browser: Browser, recorder: Ledger, person: str
) -> None:
    if person:
        await sign_in(browser, recorder, person)
    for route in SHOWN:
        for address in list_addresses(route):
            answer = await browser.client.get(address)
            what = (address, answer.status_code)
            assert answer.status_code != 500, what
            for name, content in HEADERS.items():
                assert answer.headers[name] == content or "content-disposition" in answer.headers, what
            assert answer.headers["cache-control"] == "no-store", what
            assert "evil" not in answer.headers.get("set-cookie", ""), what
            assert is_own(answer.headers.get("location", "/")), what
            assert "<script>alert" not in answer.text, what
            assert "1337" not in answer.text, what
            assert "passwd" not in re.sub(r'(href|content|value|action)="[^"]*"', "", answer.text), what


@pytest.mark.parametrize("value", EVIL)
async def test_files_of_ours_are_the_only_ones(away_browser: Browser, value: str) -> None:
    answer = await away_browser.client.get(f"/static/{quote(value, safe='')}")
    assert answer.status_code == 404
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


async def test_what_is_refused_before_any_page_has_the_headers_too(away_browser: Browser) -> None:
    refused = [
        await away_browser.client.get("/", headers={"host": "elsewhere.example"}),
        await away_browser.client.put("/", headers=OWN),
        await away_browser.client.post("/sign-in"),
        await away_browser.client.post("/sign-in", headers={**OWN, "content-length": "9" * 9}, content=b""),
        await away_browser.client.post("/", headers=OWN),
        await away_browser.client.get("/"),
    ]
    assert [answer.status_code for answer in refused] == [421, 405, 403, 413, 405, 503]
    for answer in refused:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert answer.headers["strict-transport-security"] == BY_TLS
        assert answer.headers["cache-control"] == "no-store"


async def test_what_can_name_nothing_is_asked_of_no_record(away_browser: Browser) -> None:
    """The record is away here: whatever were asked of it would be answered 503."""
    for route in (*SHOWN, *TAKEN):
        for name in set(re.findall(r"{(\w+)", route.path)) & {*PLACES}:
            for value, status in (("a" * 100, 503), ("a" * 101, 404), ("名", 404), ("-1", 404), ("a\n", 404)):
                others = re.sub(rf"{{{name}}}", quote(value, safe=""), route.path)
                method = "GET" if "GET" in (route.methods or ()) else "POST"
                answer = await away_browser.client.request(
                    method, re.sub(r"{[^}]*}", "1", others), headers={**OWN, "content-length": "0"}
                )
                assert answer.status_code == status, (method, route.path, name, value)


async def test_what_nobody_foresaw_has_the_headers_too(
    away: Starlette, away_browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError("secret of the machine")

    monkeypatch.setattr("portal.visit.render", break_down)
    monkeypatch.setattr(away_browser.client._transport, "raise_app_exceptions", False)
    answer = await away_browser.client.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def is_own(location: str) -> bool:
    found = urlsplit(location)
    return not (found.scheme or found.netloc) and location.startswith("/") and not location.startswith("//")


async def test_no_form_takes_what_it_does_not_expect(browser: Browser, recorder: Ledger) -> None:
    await sign_in(browser, recorder, "officer-1")
    fields = (
        "form_token",
        "person",
        "name",
        "next",
        "challenge",
        "signature",
        "authenticator_data",
        "client_data",
    )
    for route in TAKEN:
        for value in EVIL:
            answer = await browser.client.post(
                fill(route.path, value), data=dict.fromkeys(fields, value), headers=OWN
            )
            what = (route.path, value[:40], answer.status_code)
            assert answer.status_code in (400, 403, 404, 429), what
            assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"], what
            assert "<script>alert" not in answer.text, what
    assert (await browser.client.get("/tasks")).status_code == 200


async def test_a_form_that_stalls_is_given_up(
    browser: Browser, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stall() -> AsyncIterator[bytes]:
        yield b"form_token="
        await asyncio.Event().wait()

    await sign_in(browser, recorder, "officer-1")
    monkeypatch.setattr("portal.routing.WITHIN", 0.01)
    monkeypatch.setattr("portal.routing.WITHIN_WITH_FILES", 0.01)
    form = {**OWN, "content-type": "application/x-www-form-urlencoded", "content-length": "20"}
    async with asyncio.timeout(STUCK_AFTER):
        for path in ("/sign-in", "/sessions", "/enrol", "/do/register-people"):
            answer = await browser.client.post(f"{path}?lang=en", content=stall(), headers=form)
            assert answer.status_code == 408, path
            assert "took too long" in answer.text


async def test_a_way_back_leads_to_this_site_alone(browser: Browser, recorder: Ledger) -> None:
    await sign_in(browser, recorder, "officer-1")
    for value in EVIL:
        for path in ("/sign-in?next=", "/language/en?back=", "/text-size/large?back="):
            answer = await browser.client.get(path + quote(value, safe=""))
            assert (answer.status_code, is_own(answer.headers["location"])) == (303, True), (path, value[:40])
