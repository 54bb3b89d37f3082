"""Every act sheet in Chromium, in both languages, as it is and with its faults: nothing that axe finds at any width."""

from collections import Counter

from playwright.async_api import Browser

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from portal.sheets.tables.table import SHEETS
from runtime.embedded.postgres import EmbeddedPostgres
from tests.browser.support.axe import find_all_violations
from tests.browser.support.guide import LANGUAGES
from tests.browser.support.portal import serve_portal
from tests.browser.support.sheets import draw_sheets, tell_places
from tests.browser.support.tour import SHOW
from tests.browser.test_accessibility import open_page
from tests.portal.conftest import story_template
from tests.portal.support.acting import DecidingBackend
from tests.running.servers import copy_database

__all__ = ["story_template"]


async def test_every_sheet_and_what_it_says_of_faults_can_be_used_by_all(
    browser: Browser, server: EmbeddedPostgres, story_template: str
) -> None:
    url = await copy_database(server.url, story_template)
    recorder = await Ledger.connect(url, role=RECORDER_ROLE)
    await tell_places(recorder)
    backend, opened, wrong = DecidingBackend(url, recorder), Counter[tuple[str, str]](), list[str]()
    async with serve_portal(url, backend) as origin, open_page(browser) as page:
        await page.goto(origin)
        for language in LANGUAGES:
            async for sheet in draw_sheets(backend, recorder, language):
                await page.evaluate(SHOW, sheet.page)
                # What stands around it is the same with faults, and was looked at without.
                found = await find_all_violations(page, framed=not sheet.faulty)
                wrong += [f"{sheet.name}: {told}" for told in found]
                opened[language, sheet.act] += 1
    await recorder.close()
    assert wrong == []
    assert opened == {(language, act): 2 for language in LANGUAGES for act in SHEETS}
