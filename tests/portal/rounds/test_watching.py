"""A round's timeline, its log of reads, and its applications as a table to take away."""

import csv
import json
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from ledger.record import Ledger
from tests.portal.conftest import sign_in
from tests.portal.support.browsing import Browser
from tests.reading.streams import MAIN
from tests.selection import story

ROUND = f"/rounds/{story.ROUND}"
LISTED = f"/applications/{story.ROUND}"
NUMBER = MAIN.stream.rpartition("/")[2]


async def enter(browser: Browser, recorder: Ledger, person: str) -> None:
    await browser.speak("en")
    await sign_in(browser, recorder, person)


async def test_what_happened_in_a_round_is_told_to_who_oversees_it(
    browser: Browser, recorder: Ledger
) -> None:
    await enter(browser, recorder, "auditor-1")
    await browser.open(f"{ROUND}/timeline?q=rules")
    assert "What happened in the round" in browser.text
    assert browser.page.count('<span class="when">') > 0
    await browser.open(f"{ROUND}/timeline?q=nothing-is-called-so")
    assert "Nothing that happened fits this search." in browser.text
    await sign_in(browser, recorder, "agent-1")
    assert (await browser.open(f"{ROUND}/timeline")).status_code == 404


@pytest.mark.parametrize(
    ("person", "pages", "parts"),
    [
        ("officer-1", ("timeline", "approval", "sent", LISTED), {"waiting", "checks"}),
        ("auditor-1", ("timeline", "reads", "audit", LISTED), {"waiting"}),
        ("approver-1", ("timeline", LISTED), set()),
        ("admin-1", ("timeline", "reads", "audit"), set()),
    ],
)
async def test_the_menu_of_a_round_is_the_same_on_all_its_pages(
    browser: Browser, recorder: Ledger, person: str, pages: tuple[str, ...], parts: set[str]
) -> None:
    await enter(browser, recorder, person)
    for page in ("desk", *pages):
        assert (await browser.open(page if page == LISTED else f"{ROUND}/{page}")).status_code == 200
        offered = {part for part in ("waiting", "checks") if f"{ROUND}/{part}" in browser.links}
        assert offered == parts, page
        assert (page in ("reads", "audit")) is (
            f'<a href="{ROUND}/audit" aria-current="page">' in browser.page
        )
    for part in parts:
        assert (await browser.open(f"{ROUND}/{part}")).status_code == 200


async def test_who_read_what_is_told_to_those_who_watch_alone(browser: Browser, recorder: Ledger) -> None:
    await enter(browser, recorder, "supervisor-1")
    await browser.open(f"/applications/{story.ROUND}/{NUMBER}")
    assert (await browser.open(f"{ROUND}/reads")).status_code == 404
    await sign_in(browser, recorder, "auditor-1")
    await browser.open(f"{ROUND}/reads?person=supervisor-1")
    assert "supervisor-1 an application" in browser.text
    assert f"/applications/{story.ROUND}/{NUMBER}" in browser.links
    await browser.open(f"{ROUND}/reads?what=log-of-reads&lang=zh")
    assert "查阅日志" in browser.text


async def test_nobody_reads_so_much_that_earlier_reads_are_not_found(
    browser: Browser, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.pages.audit.watching.READS_AT_MOST", 4)
    await enter(browser, recorder, "supervisor-1")
    await browser.open(f"/applications/{story.ROUND}/{NUMBER}")
    await sign_in(browser, recorder, "officer-1")
    for _ in range(5):
        await browser.open(f"/applications/{story.ROUND}")
    await sign_in(browser, recorder, "auditor-1")
    for asked in ("person=supervisor-1", "what=application"):
        await browser.open(f"{ROUND}/reads?{asked}")
        assert "supervisor-1 an application" in browser.text, asked
    await browser.open(f"{ROUND}/reads?person=officer-1")
    assert 'value="officer-1"' in browser.page
    await browser.open(f"{ROUND}/reads")
    pages = 1
    while "supervisor-1 an application" not in browser.text:
        [earlier] = [link for link in browser.links if "before=" in link]
        await browser.open(earlier)
        pages += 1
    assert pages > 1
    for unfit in ("person=%00", "before=" + "9" * 30, "before=x", "what=nothing"):
        assert (await browser.open(f"{ROUND}/reads?{unfit}")).status_code == 200, unfit


async def test_a_list_is_taken_away_as_a_table_as_far_as_it_shows(browser: Browser, recorder: Ledger) -> None:
    await enter(browser, recorder, "auditor-1")
    await browser.open(f"/applications/{story.ROUND}")
    links = [link for link in browser.links if link.startswith("/tables/")]
    answers = {link.rpartition("/")[2]: await browser.client.get(link) for link in links}
    for kind, answer in answers.items():
        assert answer.headers["content-disposition"] == f'attachment; filename="{story.ROUND}.{kind}"'
    rows = list(csv.DictReader(StringIO(answers["csv"].content.decode("utf-8-sig"))))
    told = json.loads(answers["json"].content)
    sheet = load_workbook(BytesIO(answers["xlsx"].content)).worksheets[0]
    assert len(rows) == len(told["rows"]) == sheet.max_row - 1 > 1
    assert {row["number"] for row in rows} == {row["number"] for row in told["rows"]}
    assert "reviewers" in rows[0]
    assert (await browser.client.get(f"/tables/{story.ROUND}/exe")).status_code == 404

    await sign_in(browser, recorder, "agent-1")
    own = await browser.client.get(f"/tables/{story.ROUND}/csv")
    shown = list(csv.DictReader(StringIO(own.content.decode("utf-8-sig"))))
    assert NUMBER in {row["number"] for row in shown}
    assert all(not row.get("reviewers") for row in shown)
