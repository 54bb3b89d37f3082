"""An applicant fills in sections in Chromium: what is asked shows, what is typed is saved, and files are sent."""

import re
from pathlib import Path

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from tests.browser.support.chromium import Tab
from tests.browser.support.portal import listen, served
from tests.browser.test_acting import narrow_and_wide
from tests.ledger.conftest import copy_database, server
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.applying import APPLICANT, APPLY, PDF, tell_open_round
from tests.portal.support.browsing import make_link

__all__ = ["server"]


async def test_a_section_is_filled_in_saved_and_given_a_file(
    tab: Tab, server: EmbeddedPostgres, tmp_path: Path
) -> None:
    complaints, page = listen(tab), tab.page
    url = await copy_database(server.url, "founded")
    ledger = await Ledger.connect(url, role=RECORDER_ROLE)
    await tell_open_round(ledger)
    async with served(url, DecidingBackend(url, ledger)) as origin:
        await page.goto(origin + await make_link(ledger))
        await page.locator("[name=person]").select_option(APPLICANT)
        await page.locator("main form button").click()
        await page.goto(f"{origin}/language/en?back={APPLY}/units")
        asked = page.locator('[name="a.division.0.task"]')
        assert not await asked.is_visible()
        await page.locator('[name="a.bid"][value="joint"]').check()
        await asked.fill("测试 and standards")
        await page.locator('[name="a.host.name_zh"]').fill("合成单位")
        await narrow_and_wide(tab)
        # As one turns to another window.
        async with page.expect_response(re.compile("/units")) as saved:
            await page.evaluate(
                "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
                "document.dispatchEvent(new Event('visibilitychange'))"
            )
        assert (await saved.value).status == 200
        await page.locator("#draft-state").get_by_text("Saved").wait_for()
        # Enter saves, and sends nobody to the files.
        await page.locator('[name="a.host.code"]').press("Enter")
        await page.wait_for_url("**/apply?saved=1")
        await narrow_and_wide(tab)
        await page.goto(f"{origin}{APPLY}/annexes")
        await page.locator('[name="a.avoid"]').fill("expert-1")
        await page.get_by_role("button", name="Choose a file – Integrity pledge").click()
        await page.wait_for_url("**/a.pledge")
        (tmp_path / "承诺书.pdf").write_bytes(PDF)
        await page.locator("#file").set_input_files(tmp_path / "承诺书.pdf")
        await narrow_and_wide(tab)
        await page.get_by_role("button", name="Upload").click()
        await page.wait_for_url("**/annexes#a.pledge")
        assert await page.get_by_role("link", name="承诺书.pdf").is_visible()
        assert await page.locator('[name="a.avoid"]').input_value() == "expert-1"
        await narrow_and_wide(tab)
    await ledger.close()
    assert complaints == []
