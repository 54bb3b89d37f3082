"""The slider of a replay under the real policy: by keyboard it says what happened, and leads nowhere by itself."""

import re

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from portal.backend import Backend
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.logins import Login
from runtime.settings import Settings
from tests.browser.support.chromium import Tab
from tests.browser.support.portal import listen, serve_portal
from tests.portal.conftest import story_template
from tests.portal.support.archiving import keep_histories
from tests.portal.support.browsing import make_link
from tests.reading.streams import MAIN
from tests.running.servers import copy_database

__all__ = ["story_template"]
THIRD = re.compile(r"Step 3 of \d+: Version 2 of the application was submitted\.")
REPLAY = f"/applications/{MAIN.stream.partition('/')[2]}/replay"


async def test_the_slider_tells_a_step_and_its_button_goes_there(
    tab: Tab, server: EmbeddedPostgres, story_template: str
) -> None:
    complaints, page = listen(tab), tab.page
    url = await copy_database(server.url, story_template)
    ledger = await Ledger.connect(url, role=RECORDER_ROLE)
    await keep_histories(ledger)
    backend = Backend(Settings(databases={Login.PORTAL: url, Login.AUDITOR: url}))
    async with backend.open(), serve_portal(url, backend) as origin:
        await page.goto(origin + await make_link(ledger))
        await page.locator("select[name=person]").select_option("auditor-1")
        await page.locator("main button").click()
        await page.goto(f"{origin}/language/en?back=/")
        await page.goto(f"{origin}{REPLAY}?at=2")
        await page.get_by_role("button", name="Make a copy of the record").click()
        # The page comes back by itself until the replay is there.
        slider = page.get_by_role("slider", name="Go to step")
        await slider.wait_for()
        # Its script listens once the page is whole.
        await page.wait_for_load_state()
        await slider.focus()
        await page.keyboard.press("ArrowRight")
        told = page.locator("#at-step", has_text=THIRD)
        await told.wait_for()
        assert "at=2" in page.url
        await page.get_by_role("button", name="Go", exact=True).click()
        await page.wait_for_url("**/replay?at=3")

    await ledger.close()
    assert complaints == []
