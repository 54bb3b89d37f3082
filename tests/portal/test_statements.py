"""How often a page asks the database: as often for three items as for one."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from ledger.database.store import Params, Store
from ledger.record import Ledger
from tests.portal.acts.test_acts import REVIEW, app, backend, begin_review, client, page
from tests.portal.support.acting import tell_panel
from tests.portal.support.browsing import Browser

__all__ = ["app", "backend", "client", "page"]
OF_TASKS, OF_A_REVIEW = 5, 6
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
    def counted() -> Iterator[list[str]]:
        sent.clear()
        yield sent

    return counted


async def test_the_task_list_asks_as_often_for_three_as_for_one(
    page: Browser, recorder: Ledger, count: Count
) -> None:
    for number in ("", "0043", "0044"):
        if number:
            await tell_panel(recorder, number)
        with count() as sent:
            assert (await page.open("/tasks")).status_code == 200
            assert len(sent) <= OF_TASKS, sent
    assert {f"/invitations/second-batch-2024/{number}" for number in ("0042", "0043", "0044")} <= set(
        page.links
    )


async def test_a_review_asks_few_times(page: Browser, count: Count) -> None:
    await begin_review(page)
    for _ in range(3):
        with count() as sent:
            assert (await page.open(REVIEW)).status_code == 200
            assert len(sent) <= OF_A_REVIEW, sent
