"""What was typed at length and sent after the session had ended by time: kept for its person, and back in its form."""

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from portal.guard.cookies import SESSION
from portal.leaving import AT_ONCE
from portal.pages.reviews import PATH as REVIEWS
from tests.portal.acts.test_acts import app, backend, begin_review, client, page, version_in
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import EXPERT, PLACE, DecidingBackend
from tests.portal.support.browsing import OWN, Browser
from tests.portal.support.leaving import (
    IDLE,
    LONG,
    OVER,
    REVIEW,
    again_in,
    alter,
    count,
    end_by_time,
    find_left,
    leave,
    list_kept,
)
from tests.selection import story

__all__ = ["app", "backend", "client", "page"]
OPINION = LONG["a.text-10"]


@pytest.mark.parametrize("how", [IDLE, OVER])
async def test_a_long_form_is_kept_and_goes_into_its_form_after_signing_in(
    page: Browser, recorder: Ledger, url: str, how: str
) -> None:
    await begin_review(page)
    await end_by_time(url, how)
    answer = await leave(page)
    assert answer.status_code == 303
    there = answer.headers["location"]
    assert there.startswith("/sign-in?left=1&next=/left-forms/")
    await page.open(there)
    assert "What you typed is kept: sign in as the same person" in page.text
    await sign_in(page, recorder, EXPERT, leads=there.partition("next=")[2])
    await page.open("/receipts")
    (left,) = find_left(page)
    assert there.endswith(left)
    assert "Submit the review Application 0042" in page.text
    await page.open(left)
    assert "nothing is signed by that" in page.text
    assert OPINION.replace("\n", " ") in page.text
    assert again_in(page) | LONG == again_in(page)
    taken = await page.client.post(REVIEW, data=again_in(page), headers=OWN)
    # It was to be checked and signed; it is kept as a draft.
    assert (taken.status_code, taken.headers["location"]) == (303, f"{REVIEW}?saved=1")
    left_there, draft = await list_kept(url)
    assert left_there[0].startswith("left-form ")
    assert draft[0].startswith("review ")
    assert OPINION[:2_000].strip() in draft[1].replace("\\n", "\n")
    await page.open(left)
    await page.send(left, {})
    assert await count(url) == 0
    assert (await page.open(left)).status_code == 404
    assert find_left(page) == []


async def test_in_chinese_it_is_told_and_listed_too(page: Browser, recorder: Ledger, url: str) -> None:
    await begin_review(page)
    await end_by_time(url)
    there = (await leave(page)).headers["location"]
    await page.speak("zh")
    await page.open(there)
    assert "所填内容已保留" in page.text
    await sign_in(page, recorder, EXPERT, leads=there.partition("next=")[2])
    await page.open("/receipts")
    assert "会话结束后提交的表单" in page.text
    await page.open(*find_left(page))
    assert "提交评审意见" in page.text


async def test_files_are_not_kept_and_the_page_says_so(page: Browser, recorder: Ledger, url: str) -> None:
    await begin_review(page)
    await end_by_time(url)
    fields = {**page.hidden, **LONG, "version": "0", "drop.a.proof": "content/1", "do": "check"}
    files = {"u.a.annex": ("annex.pdf", b"%PDF-1.7" * 50_000)}
    answer = await page.client.post(REVIEW, data=fields, files=files, headers=OWN)
    assert answer.status_code == 303
    await sign_in(page, recorder, EXPERT)
    await page.open(answer.headers["location"].partition("next=")[2])
    assert "choose them again" in page.text
    assert 'enctype="multipart/form-data"' in page.page
    # What was ticked to be removed is ticked anew; which button was pressed, and the tokens of before, are gone.
    assert {*again_in(page)} == {*LONG, "version", "do", "form_token", "whose"}
    assert again_in(page)["do"] == "save"


async def test_a_newer_version_of_the_draft_stays_and_what_was_typed_stands_beside_it(
    app: Starlette, page: Browser, recorder: Ledger, url: str
) -> None:
    await begin_review(page)
    await page.send(REVIEW, {"a.opinion": "First", "do": "save"})
    mine, seen = page.page, version_in(page)
    async with browse(app) as other:
        await sign_in(other, recorder, EXPERT)
        await other.open(REVIEW)
        await other.send(REVIEW, {"a.opinion": "Newer", "do": "save"})
    await end_by_time(url)
    (_, newer), *_ = await list_kept(url)
    assert "Newer" in newer
    page.page = mine
    assert (await leave(page, version=seen, **{"a.opinion": "Typed at length"})).status_code == 303
    # Whoever sent it, the draft is as it was.
    assert (await list_kept(url))[0][1] == newer
    await sign_in(page, recorder, EXPERT)
    await page.open("/receipts")
    await page.open(*find_left(page))
    shown = await page.client.post(REVIEW, data=again_in(page), headers=OWN)
    assert shown.status_code == 409
    assert ">Typed at length</textarea>" in shown.text
    assert (await list_kept(url))[0][1] == newer


async def test_a_session_that_has_ended_opens_nothing_and_is_told_nothing(
    page: Browser, recorder: Ledger, url: str
) -> None:
    await page.open("/tasks")
    assert EXPERT in page.page
    await begin_review(page)
    form = page.page
    await end_by_time(url)
    for _ in range(2):
        page.page = form
        answer = await leave(page)
        there = answer.headers["location"]
        assert (answer.status_code, answer.text) == (303, "")
        for path in ("/tasks", "/receipts", there.partition("next=")[2], REVIEW, f"/applications/{PLACE}"):
            led = await page.client.get(path)
            assert led.status_code in (303, 404), path
            assert EXPERT not in led.text
        await page.open(there)
        assert EXPERT not in page.page
        assert OPINION[:100] not in page.page
    assert (await page.client.post("/sessions", data={"name": "x"}, headers=OWN)).status_code == 403


async def test_another_tab_that_was_opened_meanwhile_costs_nothing_nor_who_signs_in_elsewhere(
    app: Starlette, page: Browser, recorder: Ledger, url: str
) -> None:
    await begin_review(page)
    form = page.page
    await end_by_time(url)
    async with browse(app) as other:
        await sign_in(other, recorder, EXPERT)
    # It leads to the sign-in, and would have the browser forget a session that is known no more.
    assert (await page.client.get("/tasks")).status_code == 303
    assert SESSION in page.client.cookies
    page.page = form
    assert (await leave(page)).status_code == 303
    await alter(url, "DELETE FROM selection.portal_sessions")
    assert (await page.client.get("/tasks")).status_code == 303
    assert SESSION not in page.client.cookies


async def test_what_can_be_given_back_is_and_nothing_is_kept(page: Browser, url: str) -> None:
    await begin_review(page)
    await end_by_time(url)
    answer = await page.send(REVIEW, {"a.opinion": "Sound.", "do": "check", "version": "0"})
    assert answer.status_code == 403
    assert "Sound." in page.text
    assert await count(url) == 0


@pytest.mark.parametrize(
    ("path", "named"),
    [
        (f"/rounds/{story.ROUND}/apply/units", "Hand in the application"),
        (f"/applications/{story.ROUND}/0001/mend/units", "Hand in the application Application 0001"),
        (f"/rounds/{story.ROUND}/shortlist", "Fix the shortlist"),
        (f"/rounds/{story.ROUND}/proposal", "Propose centres"),
        (f"/rounds/{story.ROUND}/checks/together", "Legality check"),
        (f"/do/correct-review/{PLACE}", "Correct the review Application 0042"),
        (REVIEWS.format(round=story.ROUND, number="0042"), "Submit the review Application 0042"),
    ],
)
async def test_each_long_form_with_a_draft_is_kept_and_called_by_its_name(
    page: Browser, recorder: Ledger, url: str, path: str, named: str
) -> None:
    await page.open("/sessions")
    await end_by_time(url)
    assert (await leave(page, path)).status_code == 303
    await sign_in(page, recorder, EXPERT)
    await page.open("/receipts")
    assert named in page.text


async def test_what_has_no_draft_is_lost_as_before(page: Browser, url: str) -> None:
    await page.open("/sessions")
    await end_by_time(url)
    for path in (f"/rounds/{story.ROUND}/by-table/appointments", "/open-round", "/sessions"):
        assert (await leave(page, path)).status_code == 413, path
    # So is what holds a secret, which nothing keeps.
    assert (await leave(page, f"/do/open-draw/{story.ROUND}", signature="sig")).status_code == 413
    # And what is more than a draft holds, as it was typed or as it is written down.
    for more in ("x" * 250_000, '"' * 150_000):
        assert (
            await leave(page, f"/rounds/{story.ROUND}/apply/units", **{"a.more": more})
        ).status_code == 413
    assert (await leave(page, "/rounds/" + "x" * 99 + "/shortlist?" + "q" * 1_000)).status_code == 413
    assert await count(url) == 0


async def test_so_many_are_read_at_once_and_one_of_each_person(
    page: Browser, backend: DecidingBackend, url: str
) -> None:
    await begin_review(page)
    await end_by_time(url)
    for others in ({EXPERT}, {f"other-{n}" for n in range(AT_ONCE)}):
        backend.leaving_for = set(others)
        answer = await leave(page)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert backend.leaving_for == others
        # What can be given back needs no room.
        short = {"a.opinion": "Sound."}
        files = {"u.a.annex": ("annex.pdf", b"%PDF-1.7" * 50_000)}
        assert (await page.client.post(REVIEW, data=short, files=files, headers=OWN)).status_code == 403
    backend.leaving_for = {f"other-{n}" for n in range(AT_ONCE - 1)}
    assert (await leave(page)).status_code == 303
    assert EXPERT not in backend.leaving_for
    # Also where it came to nothing.
    assert (await leave(page, whose="")).status_code == 413
    assert EXPERT not in backend.leaving_for


async def test_sessions_are_known_for_three_days_after_their_end(
    app: Starlette, page: Browser, recorder: Ledger, url: str
) -> None:
    await begin_review(page)
    form = page.page
    for ago, status in (("2 days 23 hours", 303), ("3 days 1 hour", 413)):
        await end_by_time(url, f"seen = now() - interval '{ago}' - interval '30 minutes'")
        page.page = form
        assert (await leave(page)).status_code == status
    # With the next sign-in, wherever it is, its row goes.
    assert await count(url, "portal_sessions") == 1
    async with browse(app) as other:
        await sign_in(other, recorder, "expert-2")
    assert await count(url, "portal_sessions") == 1
