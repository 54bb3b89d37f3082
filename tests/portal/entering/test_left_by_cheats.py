"""Who would use a session that has ended, or what was left by one: each is refused, and leaves and reads nothing."""

import asyncio
from typing import LiteralString

import psycopg
import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from portal.guard.cookies import SESSION, form_token, mark_person
from portal.pages.sign_in import HOME
from reading.access.sessions import EndedSession
from tests.portal.acts.test_acts import app, backend, begin_review, client, page
from tests.portal.acts.test_limits import find_number
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import EXPERT, DecidingBackend
from tests.portal.support.browsing import OWN, Browser
from tests.portal.support.leaving import (
    LONG,
    REVIEW,
    again_in,
    alter,
    count,
    end_by_time,
    find_left,
    leave,
    list_kept,
    plant,
)

__all__ = ["app", "backend", "client", "page"]
WAITING: LiteralString = """SELECT count(*) FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND datname = current_database()"""


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE selection.people SET active = false WHERE person = 'expert-1'",
        "UPDATE selection.people SET active = false, erased = true WHERE person = 'expert-1'",
        "DELETE FROM selection.people WHERE person = 'expert-1'",
        "UPDATE selection.portal_sessions SET person = 'expert-2'",
        "UPDATE selection.portal_sessions SET means = 'key', until = now()",
        "UPDATE selection.portal_sessions SET seen = now() - interval '73 hours'",
    ],
)
async def test_a_session_that_would_not_go_on_in_time_either_leaves_nothing(
    page: Browser, url: str, change: str
) -> None:
    assert EXPERT == "expert-1"
    await begin_review(page)
    await end_by_time(url)
    await alter(url, change)
    assert (await leave(page)).status_code == 413
    assert await count(url) == 0


async def test_a_session_that_runs_has_not_ended(page: Browser, backend: DecidingBackend, url: str) -> None:
    token, reach = page.client.cookies[SESSION], await backend.reach()
    running = EndedSession(token=token, person=EXPERT)
    assert await reach.sessions.find_ended(token) is None
    assert await reach.work.leave_form(running, "0" * 64, "{}") is None
    await end_by_time(url)
    assert await reach.sessions.find_ended(token) == running
    assert await reach.work.leave_form(running, "0" * 64, "{}") is not None


async def test_who_may_act_again_later_leaves_nothing_by_a_session_of_before(page: Browser, url: str) -> None:
    await begin_review(page)
    await end_by_time(url)
    token = page.client.cookies[SESSION]
    await alter(url, f"UPDATE selection.people SET active = false WHERE person = '{EXPERT}'")
    assert (await page.client.get("/tasks")).status_code == 303
    await alter(url, f"UPDATE selection.people SET active = true WHERE person = '{EXPERT}'")
    plant(page, token)
    assert (await leave(page)).status_code == 413
    assert await count(url) == 0


@pytest.mark.parametrize("late", [False, True])
async def test_a_session_that_was_signed_out_leaves_nothing_even_if_it_had_ended_before(
    page: Browser, url: str, late: bool
) -> None:
    await begin_review(page)
    form, token = page.page, page.client.cookies[SESSION]
    if late:
        await end_by_time(url)
    signed_out = await page.send("/sign-out", {})
    assert "You are signed out" in page.text
    assert signed_out.url.path == "/sign-in"
    assert SESSION not in page.client.cookies
    await end_by_time(url)
    # On a shared machine the next one goes back to the form, with whatever cookie.
    for planted in (False, True):
        if planted:
            plant(page, token)
        page.page = form
        assert (await leave(page)).status_code == 413
    assert await count(url) == 0


async def test_a_session_that_its_person_ended_elsewhere_leaves_nothing(
    app: Starlette, page: Browser, recorder: Ledger, url: str
) -> None:
    await begin_review(page)
    form = page.page
    async with browse(app) as other:
        await sign_in(other, recorder, EXPERT)
        await page.open("/sessions")
        name = page.page.split('name="name" value="')[1].split('"')[0]
        await other.open("/sessions")
        await other.send("/sessions", {"name": name})
    await end_by_time(url)
    page.page = form
    assert (await leave(page)).status_code == 413
    assert await count(url) == 0


async def test_a_form_of_another_session_or_person_or_site_is_not_left(
    app: Starlette, page: Browser, recorder: Ledger, url: str
) -> None:
    await begin_review(page)
    token = page.client.cookies[SESSION]
    async with browse(app) as other:
        await sign_in(other, recorder, EXPERT)
        theirs = other.client.cookies[SESSION]
    await end_by_time(url)
    for changed in (
        {"form_token": form_token(theirs)},
        {"form_token": ""},
        {"form_token": "x" * 64},
        {"whose": mark_person(token, "expert-2")},
        {"whose": ""},
        {"whose": "."},
    ):
        assert (await leave(page, **changed)).status_code == 413, changed
    # A cookie that was planted is of no session, and makes no form one of its own.
    good = {**page.hidden, **LONG}
    plant(page, "planted")
    answer = await page.client.post(REVIEW, data={**good, "form_token": form_token("planted")}, headers=OWN)
    assert answer.status_code == 413
    plant(page, token)
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}, {}):
        answer = await page.client.post(REVIEW, data=good, headers=headers)
        assert answer.status_code == 403
    # What a script sends is seen by nobody, and its draft is kept as one types.
    answer = await page.client.post(REVIEW, data=good, headers={**OWN, "sec-fetch-dest": "empty"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2F")
    assert await count(url) == 0


async def test_where_somebody_else_signed_in_meanwhile_nothing_is_left_or_shown(
    page: Browser, recorder: Ledger, url: str
) -> None:
    await begin_review(page)
    form, token = page.page, page.client.cookies[SESSION]
    await end_by_time(url)
    await sign_in(page, recorder, "expert-2")
    page.page = form
    answer = await leave(page)
    assert answer.status_code == 403
    assert "Somebody else than you opened this form" in answer.text
    # The session that had ended in this browser is known no more.
    plant(page, token)
    assert (await leave(page)).status_code == 413
    assert await count(url) == 0


async def test_what_was_left_is_its_persons_alone(
    app: Starlette, page: Browser, recorder: Ledger, url: str
) -> None:
    await begin_review(page)
    await end_by_time(url)
    left = (await leave(page)).headers["location"].partition("next=")[2]
    async with browse(app) as other:
        await sign_in(other, recorder, "expert-2")
        await other.open("/receipts")
        assert find_left(other) == []
        assert (await other.open(left)).status_code == 404
        await other.open(HOME)
        await other.send(left, {})
        # Nor does a name lead to a draft that is none.
        for name in ("x", f"review {left}", "../x", "%2E%2E%2Fx", "x" * 3_000):
            assert (await other.open(f"/left-forms/{name}")).status_code == 404
    assert await count(url) == 1


async def test_a_stolen_session_that_has_ended_changes_no_draft_and_reads_none(
    app: Starlette, page: Browser, recorder: Ledger, url: str
) -> None:
    await begin_review(page)
    await page.send(REVIEW, {"a.opinion": "Mine", "do": "save"})
    token, before = page.client.cookies[SESSION], await list_kept(url)
    await end_by_time(url)
    async with browse(app) as thief:
        plant(thief, token)
        # Whoever has the token makes forms of it; with each button.
        made = {"form_token": form_token(token), "whose": mark_person(token, EXPERT)}
        for do in ("save", "check", "leave", "discard", "file:a.annex"):
            answer = await leave(thief, **made, version="1", do=do, **{f"drop.{do}": "content/1"})
            assert answer.status_code == 303
            assert (await thief.client.get(answer.headers["location"])).status_code == 200
            assert "Mine" not in answer.text
    assert [item for item in await list_kept(url) if not item[0].startswith("left-form ")] == before
    # What they differ in is dropped, so that it is one form; it is shown, and only saved.
    assert await count(url) == 1
    await sign_in(page, recorder, EXPERT)
    await page.open("/receipts")
    await page.open(*find_left(page))
    assert again_in(page)["do"] == "save"
    assert not [name for name in again_in(page) if name.startswith("drop.")]


async def test_a_form_is_left_once_however_often_and_so_many_of_a_session_and_a_person(
    page: Browser, recorder: Ledger, url: str
) -> None:
    await begin_review(page)
    form = page.page
    for session in range(5):
        if session:
            await sign_in(page, recorder, EXPERT)
            await page.open(REVIEW)
            form = page.page
        await end_by_time(url)
        page.page = form
        # The fifth session finds the places of its person taken.
        for number in range(6):
            taken = number < 5 and session < 4
            for _ in range(2):
                answer = await leave(page, **{"a.opinion": f"Form {number}"})
                assert answer.status_code == (303 if taken else 413), (session, number)
        assert await count(url) == min(5 * (session + 1), 20)


async def test_an_erasure_takes_along_what_was_left_even_while_it_is_left(page: Browser, url: str) -> None:
    await begin_review(page)
    await end_by_time(url)
    assert (await leave(page)).status_code == 303
    async with await psycopg.AsyncConnection.connect(url) as erasing:
        await erasing.execute(
            b"UPDATE selection.people SET erased = true, active = false WHERE person = %s", (EXPERT,)
        )
        late = asyncio.create_task(leave(page, **{"a.opinion": "Late"}))
        # It waits for the erasure, which is not done yet.
        while not late.done() and not await find_number(url, WAITING):
            await asyncio.sleep(0.01)
        assert not late.done()
        await erasing.commit()
    assert (await late).status_code == 413
    assert await count(url) == 0
