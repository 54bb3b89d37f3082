"""What other sites, rebound names and large bodies get, without any server."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from portal.app import PAGES, create_app
from portal.backend import Backend
from portal.guard.requests import LARGEST
from portal.routing import LARGEST_FORM
from portal.shown.rendering import TEMPLATES, write_exactly
from portal.visit import own_path
from portal.wording.catalogue import AREAS, knows
from runtime.settings import Settings
from tests.portal.conftest import browse
from tests.portal.support.browsing import ORIGIN, OWN, Browser

SIGNED_WITHOUT_SESSION = ("passkey.html", "founder_sign.html")
"""Forms of who has no session yet: what they send counts by its signature."""
OWN_BYTES = [(name.encode(), value.encode()) for name, value in OWN.items()]


@pytest.fixture
async def away(tmp_path: Path) -> Starlette:
    """A portal whose servers are away."""
    return create_app(Backend(Settings(data=tmp_path)), ORIGIN)


@pytest.fixture
async def away_browser(away: Starlette) -> AsyncIterator[Browser]:
    async with browse(away) as opened:
        yield opened


async def test_while_the_record_is_away_pages_say_so_and_files_are_served(away_browser: Browser) -> None:
    answer = await away_browser.open("/?lang=en")
    assert answer.status_code == 503
    assert "Code: away" in away_browser.text
    assert (await away_browser.open("/static/portal.css")).status_code == 200


@pytest.mark.parametrize("path", ["/", "/static/portal.css", "/no-such-page", "/tasks"])
async def test_every_answer_has_the_safe_headers(away_browser: Browser, path: str) -> None:
    headers = (await away_browser.client.get(path)).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == ("no-cache" if path.startswith("/static") else "no-store")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"},
        {"origin": "null"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": ORIGIN, "sec-fetch-site": "same-site"},
        {"origin": ORIGIN, "sec-fetch-site": "none"},
        {"origin": f"{ORIGIN}:8700"},
        {},
    ],
)
async def test_what_another_site_sends_is_not_taken(away_browser: Browser, headers: dict[str, str]) -> None:
    assert (await away_browser.client.post("/sign-out", headers=headers)).status_code == 403


async def test_another_host_name_is_told_nothing(away_browser: Browser) -> None:
    for host in ("rebound.example", "localhost:8700", "127.0.0.1", ""):
        answer = await away_browser.client.get("/", headers={"host": host})
        assert answer.status_code == 421
        assert host not in answer.text or not host


async def test_a_body_says_how_long_it_is_and_is_not_too_long(away_browser: Browser) -> None:
    async def stream() -> AsyncIterator[bytes]:
        yield b"x"

    assert (await away_browser.client.post("/sign-in", headers=OWN, content=stream())).status_code == 411
    for coding in ("chunked", "gzip, chunked", ""):
        false = [*OWN_BYTES, (b"content-length", b"1"), (b"transfer-encoding", coding.encode())]
        assert (await away_browser.client.post("/sign-in", headers=false, content=b"x")).status_code == 411
    for length in (str(LARGEST + 1), "9" * 40):
        large = await away_browser.client.post(
            "/sign-in", headers={**OWN, "content-length": length}, content=b""
        )
        assert large.status_code == 413
    for length in ("-1", "1e3", "٣", "1 2"):
        odd = await away_browser.client.post(
            "/sign-in", headers=[*OWN_BYTES, (b"content-length", length.encode())], content=b""
        )
        assert odd.status_code == 411


async def test_only_get_and_post_are_known(away_browser: Browser) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert (await away_browser.client.request(method, "/", headers=OWN)).status_code == 405


async def test_an_error_repeats_nothing_that_was_typed(away_browser: Browser) -> None:
    answer = await away_browser.client.get("/typed-by-somebody?q=typed-too&lang=en")
    assert answer.status_code == 404
    shown = re.sub(r'href="[^"]*"', "", answer.text)
    assert "typed" not in shown


@pytest.mark.parametrize(
    "path",
    [
        "https://elsewhere.example",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/a\\b",
        "",
        "x",
        "/\r\nx",
        "/" * 2000,
    ],
)
def test_no_way_back_leads_elsewhere(path: str) -> None:
    assert own_path(path) == "/"


def test_every_sentence_of_a_template_exists_in_both_languages() -> None:
    said = {
        key
        for template in TEMPLATES.rglob("*.html")
        for key in re.findall(r"""say\(["']([a-z.-]+)["'][,)]""", template.read_text(encoding="utf-8"))
    }
    assert len(said) > 50
    assert [key for key in said if not knows(key)] == []
    for area, words in AREAS.items():
        for name, (english, chinese) in words.items():
            assert english, (area, name)
            assert re.search(r"[\u4e00-\u9fff“]", chinese), (area, name)


def test_no_template_holds_code_or_style_of_its_own() -> None:
    for template in TEMPLATES.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|\|\s*safe|<script>", text), template
        posts = re.search(r'method="post"', text) and template.name not in SIGNED_WITHOUT_SESSION
        assert not posts or "form_token" in text, template


def test_no_form_is_larger_than_what_the_guard_lets_through() -> None:
    assert LARGEST_FORM < LARGEST
    assert len({getattr(route, "path", "") for route in PAGES}) > 8


def test_a_browser_reads_a_text_as_it_is_stored() -> None:
    """It takes each end of a line for its own, so that what it hashed would be another text."""
    assert write_exactly("one\r\n<two>\n") == "one&#13;\n&lt;two&gt;\n"
