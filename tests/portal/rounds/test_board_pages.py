"""The proposal board page by page: one counting of places over all pages, and what the choice comes to on each."""

import pytest

from ledger.record import Ledger
from portal.pages.rounds import proposal
from tests.portal.rounds.test_rounds import BOARD, enter, fields_of, press
from tests.portal.support import deciding
from tests.portal.support.browsing import Browser


async def test_a_proposal_is_put_together_page_by_page(
    browser: Browser, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposal, "ON_A_PAGE", 5)
    await deciding.tell_choice(recorder)
    await enter(browser, recorder, "officer-1")
    await browser.open(BOARD)
    assert {name for name in fields_of(browser) if name.startswith("place.")} == {
        f"place.{number:04}" for number in range(1, 6)
    }
    # The first goes behind the last of another page, with its reason.
    typed = {**fields_of(browser), "place.0001": "12.5", "reason.0001": "The best."}
    answer = await browser.send(BOARD, {**typed, "go": "3"})
    assert str(answer.url).endswith(f"{BOARD}?page=3")
    typed = fields_of(browser)
    assert [typed[f"place.{number:04}"] for number in range(11, 14)] == ["10", "11", ""]
    # What the choice comes to is seen on each page, with reasons of the others.
    for shown in ("12 of 12 places given", "The best.", "What it covers"):
        assert shown in browser.text, shown
    # Places are counted among those that all pages show now: behind the first, which stands at 12.
    assert await press(browser, BOARD, "recalculate", **{"place.0012": "", "place.0013": "12.2"}) == 200
    assert fields_of(browser)["place.0013"] == "12"
    # Of what this page did not show nothing is taken.
    changed = {"place.0013": "", "place.0012": "0.5", "place.0002": "9"}
    assert await press(browser, BOARD, "check", **changed) == 422
    assert "12 of 12 places given" in browser.text
    # The page of the first fault, and the way to the others.
    assert fields_of(browser)["place.0012"] == "1"
    assert 'href="#reason.0012"' in browser.page
    assert f"{BOARD}?page=1#reason.0002" in browser.page
    await browser.send(BOARD, {**fields_of(browser), "go": "1"})
    assert [fields_of(browser)[f"place.{number:04}"] for number in (2, 5, 1)] == ["2", "5", "12"]
    # An address that names no page shows one that there is.
    assert (await browser.open(f"{BOARD}?page=99")).status_code == 200
    assert "place.0016" in fields_of(browser)
