from secrets import token_urlsafe

import psycopg
from starlette.applications import Starlette

from ledger.record import Ledger
from portal.guard.cookies import SESSION
from tests.portal.conftest import browse, sign_in
from tests.portal.support.browsing import OWN, Browser, make_link


async def test_a_page_behind_the_sign_in_leads_there_and_back(browser: Browser, recorder: Ledger) -> None:
    answer = await browser.client.get("/tasks?round=x")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Ftasks%3Fround%3Dx"


async def test_a_link_counts_once_and_looking_does_not_use_it_up(
    app: Starlette, browser: Browser, recorder: Ledger
) -> None:
    link = await make_link(recorder)
    assert (await browser.open(link)).status_code == 200
    assert "officer-1" in browser.page
    assert (await browser.send(link, {"person": "nobody"})).status_code == 403
    assert (await browser.send(link, {"person": "officer-1"})).status_code == 200
    async with browse(app) as second:
        assert (await second.open(f"{link}?lang=en")).status_code == 403
        assert "This link does not work any more" in second.text
        for word in ("Whom to act as", "anybody may act as anybody"):
            assert word not in second.text
        assert (await second.send(link, {"person": "officer-1"})).status_code == 403
        assert SESSION not in second.client.cookies


async def test_a_link_for_one_person_lets_in_nobody_else_whatever_is_made_of_it(
    browser: Browser, recorder: Ledger
) -> None:
    link = await make_link(recorder, "officer-1")
    await browser.open(link)
    assert "officer-1" in browser.page
    assert "agent-1" not in browser.page
    bare, other = link.rpartition(".")[0], link.replace(".officer-1", ".agent-1")
    for path, person in ((link, "agent-1"), (bare, "agent-1"), (other, "agent-1"), (bare, "officer-1")):
        assert (await browser.send(path, {"person": person})).status_code == 403
    assert SESSION not in browser.client.cookies
    assert (await browser.send(link, {"person": "officer-1"})).status_code == 200
    assert (await browser.send(link, {"person": "officer-1"})).status_code == 403


async def test_the_cookie_is_for_this_host_alone_and_no_script(browser: Browser, recorder: Ledger) -> None:
    link = await make_link(recorder)
    answer = await browser.client.post(
        link, data={"person": "officer-1"}, headers={"sec-fetch-site": "same-origin"}
    )
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("__host-selection=")
    assert all(word in cookie for word in ("secure", "httponly", "samesite=strict", "path=/"))
    assert "domain" not in cookie


async def test_signing_out_ends_the_session_and_not_only_the_cookie(
    browser: Browser, recorder: Ledger
) -> None:
    await sign_in(browser, recorder, "officer-1")
    token = browser.client.cookies[SESSION]
    await browser.send("/sign-out", {})
    assert SESSION not in browser.client.cookies
    browser.client.cookies.set(SESSION, token, domain="localhost.local")
    assert (await browser.client.get("/tasks")).status_code == 303


async def test_a_planted_cookie_opens_nothing_and_signing_in_over_a_session_ends_the_one_before(
    app: Starlette, browser: Browser, recorder: Ledger
) -> None:
    planted = token_urlsafe(32)
    browser.client.cookies.set(SESSION, planted, domain="localhost.local")
    await sign_in(browser, recorder, "officer-1")
    assert browser.client.cookies[SESSION] != planted
    async with browse(app) as thief:
        thief.client.cookies.set(SESSION, planted, domain="localhost.local")
        assert (await thief.client.get("/tasks")).status_code == 303
    before = browser.client.cookies[SESSION]
    await sign_in(browser, recorder, "agent-1")
    assert browser.client.cookies[SESSION] != before
    browser.client.cookies.clear()
    browser.client.cookies.set(SESSION, before, domain="localhost.local")
    assert (await browser.client.get("/tasks")).status_code == 303


async def test_a_session_ends_when_it_is_idle_or_too_old(
    browser: Browser, recorder: Ledger, url: str
) -> None:
    for column in ("seen = now() - interval '31 minutes'", "until = now() - interval '1 second'"):
        await sign_in(browser, recorder, "officer-1")
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as superuser:
            await superuser.execute(f"UPDATE selection.portal_sessions SET {column}".encode())
        assert (await browser.client.get("/tasks")).status_code == 303
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as superuser:
        await sign_in(browser, recorder, "officer-1")
        found = await superuser.execute(b"SELECT max(until - started) FROM selection.portal_sessions")
        longest = await found.fetchone()
    assert longest is not None
    assert round(longest[0].total_seconds()) == 12 * 3600


async def test_a_session_ends_when_its_person_is_deactivated(
    browser: Browser, recorder: Ledger, url: str
) -> None:
    await sign_in(browser, recorder, "expert-1")
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as superuser:
        await superuser.execute(b"UPDATE selection.people SET active = false WHERE person = 'expert-1'")
    assert (await browser.client.get("/tasks")).status_code == 303


async def test_ones_own_sessions_are_listed_and_ended_and_nobody_elses(
    app: Starlette, browser: Browser, recorder: Ledger
) -> None:
    await sign_in(browser, recorder, "officer-1")
    async with browse(app) as second:
        await sign_in(second, recorder, "expert-1")
        await second.open("/sessions")
        name = second.page.split('name="name" value="')[1].split('"')[0]
        await browser.open("/sessions")
        assert name not in browser.page
        await browser.send("/sessions", {"name": name})
        assert (await second.client.get("/tasks")).status_code == 200
        await second.open("/sessions")
        await second.send("/sessions", {"name": name})
        assert (await second.client.get("/tasks")).status_code == 303


async def test_attempts_to_sign_in_are_limited(browser: Browser, recorder: Ledger) -> None:
    codes = [(await browser.send("/sign-in", {"person": "x"})).status_code for _ in range(21)]
    assert codes[:20] == [403] * 20
    assert codes[20] == 429


async def test_a_page_is_shown_at_once_after_the_database_was_restarted(
    browser: Browser, recorder: Ledger, url: str
) -> None:
    await sign_in(browser, recorder, "officer-1")
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as superuser:
        ended = await superuser.execute(
            b"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            b" WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert await ended.fetchone() != (0,)
    assert (await browser.client.get("/tasks")).status_code == 200


async def test_on_a_local_installation_one_goes_on_as_another(browser: Browser, recorder: Ledger) -> None:
    await sign_in(browser, recorder, "officer-1")
    token = browser.client.cookies[SESSION]
    await browser.open("/person")
    await browser.send("/person", {"person": "expert-1"})
    assert browser.client.cookies[SESSION] != token
    browser.client.cookies.clear()
    browser.client.cookies.set(SESSION, token, domain="localhost.local")
    assert (await browser.client.get("/tasks")).status_code == 303


async def test_a_form_of_another_session_is_not_taken(
    app: Starlette, browser: Browser, recorder: Ledger
) -> None:
    await sign_in(browser, recorder, "officer-1")
    async with browse(app) as second:
        await sign_in(second, recorder, "officer-1")
        foreign = browser.page = second.page
        assert (await browser.send("/sign-out", {})).status_code == 403
    assert (await browser.client.get("/tasks")).status_code == 200
    await browser.speak("en")
    # What was typed into a form that is not taken, signed in anew or not at all, is given back to be copied.
    typed = {"text": "Words <b> of mine", "choice": "a-code", "name": "of-the-page"}
    for _ in range(2):
        browser.page = foreign
        assert (await browser.send("/sessions", typed)).status_code == 403
        assert '<div class="prose typed">Words &lt;b&gt; of mine</div>' in browser.page
        assert '<dt>Field choice</dt><dd><div class="prose typed">a-code</div>' in browser.page
        assert ">of-the-page<" not in browser.page
        assert "/sessions" in browser.links
        browser.client.cookies.delete(SESSION)
    # A script is led away, and who sends too much is told that it is lost.
    answer = await browser.client.post("/sessions", data=typed, headers={**OWN, "sec-fetch-dest": "empty"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2F")
    answer = await browser.client.post("/sessions", data={"text": "x y" * 200_000}, headers=OWN)
    assert answer.status_code == 413
    assert "none of it was kept" in answer.text


async def test_a_link_from_elsewhere_opens_the_page_in_a_second_step(
    browser: Browser, recorder: Ledger
) -> None:
    answer = await browser.client.get("/tasks?q=a", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 200
    assert 'http-equiv="refresh" content="0; url=/tasks?q=a"' in answer.text
