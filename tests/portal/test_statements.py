"""How often a page asks the database: as often for three items as for one."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from ledger.database.store import Params, Store
from ledger.record import Ledger
from selection.application.review.score_events import ReviewSubmitted
from tests.portal.acts.test_acts import ACCEPT, REVIEW, app, backend, client, page
from tests.portal.conftest import sign_in
from tests.portal.support.acting import retell, tell_panel
from tests.portal.support.browsing import Browser
from tests.portal.support.reviewing import SOUND
from tests.selection import story

__all__ = ["app", "backend", "client", "page"]
OF_TASKS, OF_A_REVIEW, OF_WHAT_WAS_WRITTEN = 4, 6, 14
"""Statements at most, who is signed in among them, with the clock, as somebody stands in for another."""
Count = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Count:
    """Counts statements of every connection of this process, by their texts."""
    sent: list[str] = []
    ask = Store.rows

    async def note_and_ask(store: Store, query: str, params: Params | None = None) -> object:
        sent.append(" ".join(str(query).split()))
        return await ask(store, query, params)

    monkeypatch.setattr(Store, "rows", note_and_ask)

    @contextmanager
    def collect_sent() -> Iterator[list[str]]:
        sent.clear()
        yield sent

    return collect_sent


async def test_the_task_list_asks_as_often_for_three_as_for_one(
    page: Browser, recorder: Ledger, count: Count
) -> None:
    for number in ("", "0043", "0044"):
        if number:
            await tell_panel(recorder, number)
            await page.open(f"/invitations/{story.ROUND}/{number}")
            left = {"answer": "decline", "text": "So far", "do": "leave"}
            await page.send(f"/invitations/{story.ROUND}/{number}", left)
        with count() as sent:
            assert (await page.open("/tasks")).status_code == 200
            assert len(sent) <= OF_TASKS, sent
    # Applications of one name are told apart by their numbers.
    assert all(f'<span class="beside">{number} · ' in page.page for number in ("0042", "0043", "0044"))
    # Those that were begun are told by their tasks.
    assert page.text.count("draft begun") == 2
    assert {f"/invitations/second-batch-2024/{number}" for number in ("0042", "0043", "0044")} <= set(
        page.links
    )


async def test_a_review_asks_as_often_beside_two_others_as_alone(
    page: Browser, recorder: Ledger, count: Count
) -> None:
    asked = []
    for number in ("0042", "0043", "0044"):
        if number != "0042":
            await tell_panel(recorder, number)
        place = f"{story.ROUND}/{number}"
        await page.open(f"/invitations/{place}")
        await page.send((await page.send(f"/invitations/{place}", ACCEPT)).url.path, {})
        with count() as sent:
            assert (await page.open(f"/reviews/{place}")).status_code == 200
            assert len(sent) <= OF_A_REVIEW, sent
            asked.append(len(sent))
        await page.send(f"/reviews/{place}", {**SOUND, "version": "0", "do": "save"})
    await page.open("/tasks")
    assert page.text.count("draft begun") == 3
    with count() as sent:
        assert (await page.open(REVIEW)).status_code == 200
        assert "Comment on positioning" in page.text
        asked.append(len(sent))
    assert len(set(asked)) == 1, asked


async def test_what_was_written_asks_as_often_for_three_reviews_as_for_one(
    browser: Browser, recorder: Ledger, count: Count
) -> None:
    await sign_in(browser, recorder, "officer-1")
    types = [step.leaf.type for step in story.application_listed().steps]
    reviews = [place for place, kind in enumerate(types, start=1) if kind == ReviewSubmitted.TYPE]
    asked = []
    for number, done in (("0043", 1), ("0044", 3)):
        await retell(recorder, number, reviews[done - 1])
        path = f"/applications/{story.ROUND}/{number}/written?lang=en"
        await browser.open(path)
        with count() as sent:
            assert (await browser.open(path)).status_code == 200
            asked.append(list(sent))
        assert browser.text.count("Comment for the panel only canary of judged-") == done
    assert len(asked[0]) == len(asked[1]) <= OF_WHAT_WAS_WRITTEN, asked
