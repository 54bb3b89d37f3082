"""An applicant fills in sections in Chromium: what is asked shows, what is typed is saved, and files are sent."""

import asyncio
import random
import re
from pathlib import Path

from playwright.async_api import Page, Route, expect

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from portal.routing import WITHIN
from runtime.embedded.postgres import EmbeddedPostgres
from tests.browser.support.chromium import Tab
from tests.browser.support.portal import listen, serve_portal
from tests.browser.test_acting import narrow_and_wide
from tests.portal.support.acting import DecidingBackend, expert
from tests.portal.support.applying import APPLICANT, APPLY, PDF, end_intake, tell_open_round
from tests.portal.support.browsing import make_link
from tests.registering import register
from tests.running.servers import copy_database

EVIDENCE = f"{APPLY}/annexes/a.evidence.0.file"
UPLOADS = "**/uploads/*"
AT_ONCE = 1024 * 1024
"""Bytes that the page sends with one request."""
LARGE = PDF + random.Random(9).randbytes(3 * AT_ONCE)


async def sign_in_beside(page: Page, origin: str, ledger: Ledger, person: str) -> None:
    """Sign in in another window, in English."""
    again = await page.context.new_page()
    await again.goto(origin + await make_link(ledger))
    await again.locator("[name=person]").select_option(person)
    await again.locator("main form button").click()
    await again.wait_for_url("**/tasks")
    await again.goto(f"{origin}/language/en?back=/tasks")
    await again.close()


async def turn_to_another_window(page: Page, told: str = "Saved") -> None:
    """Hide the page, which saves what was typed and says so."""
    async with page.expect_response(re.compile("/units")) as saved:
        await page.evaluate(
            "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    assert (await saved.value).status == 200
    await page.locator("#draft-state").get_by_text(told).wait_for()


async def type_after_the_sessions_end(tab: Tab, origin: str, ledger: Ledger) -> None:
    """Type on when the session has ended: it is told, nothing is sent away, and it is saved once signed in again."""
    page, state = tab.page, tab.page.locator("#draft-state")
    asked = page.locator('[name="a.division.0.task"]')
    await asked.fill("typed too late")
    await page.context.clear_cookies()
    await page.get_by_role("button", name="Save and back").click()
    await state.get_by_text("Your session has ended").wait_for()
    # Somebody else at the same browser is given nothing of it.
    await register(ledger, [expert("expert-8")], command_id="other")
    await sign_in_beside(page, origin, ledger, "expert-8")
    async with page.expect_response(lambda answer: answer.status == 403):
        await page.get_by_role("button", name="Save and back").click()
    assert await asked.input_value() == "typed too late"
    await sign_in_beside(page, origin, ledger, APPLICANT)
    await page.get_by_role("button", name="Save and back").click()
    await page.wait_for_url("**/apply?saved=1")
    await page.goto(f"{origin}{APPLY}/units")
    assert await asked.input_value() == "typed too late"


async def type_without_a_connection(tab: Tab) -> None:
    """Type while the portal cannot be reached: the button sends nobody away, and it is saved once it can be."""
    page, state = tab.page, tab.page.locator("#draft-state")
    asked = page.locator('[name="a.division.0.task"]')
    await page.context.set_offline(True)
    await asked.fill("typed offline")
    await page.get_by_role("button", name="Save and continue").click()
    await state.get_by_text("There is no connection to the portal").wait_for()
    assert await asked.input_value() == "typed offline"
    await page.context.set_offline(False)
    await state.get_by_text("Saved").wait_for()


async def type_when_it_is_over(tab: Tab, origin: str, ledger: Ledger) -> None:
    """Type as the deadline passes: the page says so, keeps the text, and shows it again."""
    page = tab.page
    await page.goto(f"{origin}{APPLY}/units")
    asked = page.locator('[name="a.division.0.task"]')
    await asked.fill("typed in the last minute")
    await end_intake(ledger)
    await turn_to_another_window(page, "This can be handed in no more")
    await page.goto(f"{origin}{APPLY}/units")
    await page.get_by_text("This can be handed in no more").first.wait_for()
    assert await asked.input_value() == "typed in the last minute"


async def give_a_pledge(tab: Tab, file: Path) -> None:
    """Type and then go and give a file: what was typed stands there on the way back."""
    page = tab.page
    await page.locator('[name="a.avoid"]').fill("expert-1")
    await page.get_by_role("button", name="Choose a file – Integrity pledge").click()
    await page.wait_for_url("**/a.pledge")
    file.write_bytes(PDF)
    await page.locator("#file").set_input_files(file)
    await narrow_and_wide(tab)
    await page.get_by_role("button", name="Upload").click()
    await page.wait_for_url("**/annexes#a.pledge")
    assert await page.get_by_role("link", name="承诺书.pdf").is_visible()
    assert await page.locator('[name="a.avoid"]').input_value() == "expert-1"
    await narrow_and_wide(tab)


async def send_without_an_answer(tab: Tab, origin: str, file: Path) -> None:
    """Send a file to a portal that takes a piece and never answers: after a time the page says so, and tries anew."""
    held: asyncio.Future[Route] = asyncio.get_running_loop().create_future()

    async def hold(route: Route) -> None:
        if route.request.method == "PATCH" and not held.done():
            held.set_result(route)
        else:
            await route.continue_()

    page = await tab.page.context.new_page()
    await page.clock.install()
    await page.goto(origin + EVIDENCE)
    await page.route(UPLOADS, hold)
    await page.clock.pause_at((await page.evaluate("Date.now()") + 1_000) / 1_000)
    await page.locator("#file").set_input_files(file)
    await page.get_by_role("button", name="Upload").dispatch_event("click")
    await held
    await page.clock.fast_forward(round(WITHIN * 1_000))
    state = page.locator("#upload-state")
    assert await state.text_content() == "证明.pdf: 0 % sent."
    await page.clock.fast_forward(30_000)
    await expect(state).to_contain_text("The connection broke off")
    await page.get_by_role("button", name="Cancel the upload").dispatch_event("click")
    await expect(state).to_contain_text("was cancelled")
    await page.clock.resume()
    await page.unroute_all(behavior="ignoreErrors")
    await page.close()


async def send_in_pieces(tab: Tab, origin: str, file: Path) -> None:
    """Send a file while the line breaks off, then cancel it: what was sent is not sent again, and then is gone."""
    page, offsets, told = tab.page, list[int](), asyncio.Event()
    await page.goto(origin + EVIDENCE)

    async def break_off(route: Route) -> None:
        if route.request.method != "PATCH":
            if len(offsets) == 3:
                await told.wait()
            await route.continue_()
            return
        offsets.append(int(route.request.headers["upload-offset"]) // AT_ONCE)
        if len(offsets) in (2, 3):
            await route.abort("connectionreset")
        elif len(offsets) < 5:
            await route.continue_()
        # The fifth waits until it is cancelled.

    await page.route(UPLOADS, break_off)
    await page.locator("#file").set_input_files(file)
    await page.get_by_role("button", name="Upload").click()
    state = page.locator("#upload-state")
    await state.get_by_text("The connection broke off").wait_for()
    told.set()
    await state.get_by_text("证明.pdf: 50 % sent.").wait_for()
    assert offsets[:4] == [0, 1, 1, 1]
    assert await page.locator("#upload-progress").evaluate("(bar) => bar.value") == 66
    assert await state.get_attribute("role") == "status"
    await narrow_and_wide(tab)
    async with page.expect_response(lambda answer: answer.request.method == "DELETE") as ended:
        await page.get_by_role("button", name="Cancel the upload").click()
    assert (await ended.value).status == 204
    await state.get_by_text("was cancelled").wait_for()
    assert await page.locator("#file").evaluate("(field) => field === document.activeElement")
    await page.unroute_all(behavior="ignoreErrors")
    await page.goto(origin + EVIDENCE)
    assert await page.locator("#begun").count() == 0


async def send_on_later(tab: Tab, origin: str, ledger: Ledger, file: Path) -> None:
    """Leave the page in the midst, come back, and be signed out in the midst: the file goes on where it stopped."""
    page, offsets = tab.page, list[int]()
    held = asyncio.Event()

    async def hold(route: Route) -> None:
        if route.request.method != "PATCH":
            await route.continue_()
            return
        offsets.append(int(route.request.headers["upload-offset"]) // AT_ONCE)
        if offsets == [0, 1]:
            held.set()
        elif offsets == [0, 1, 1]:
            await page.context.clear_cookies()
            await route.abort("connectionreset")
            offsets.append(-1)
        else:
            await route.continue_()

    await page.route(UPLOADS, hold)
    await page.locator("#file").set_input_files(file)
    await page.get_by_role("button", name="Upload").click()
    await held.wait()
    await page.goto(origin + EVIDENCE)
    await page.get_by_text("The upload of 证明.pdf broke off: 1.0 MB of 3.1 MB are here").wait_for()
    await page.get_by_text("Choose the same file again").wait_for()
    await narrow_and_wide(tab)
    await page.locator("#file").set_input_files(file)
    await page.get_by_role("button", name="Upload").click()
    await page.locator("#upload-state").get_by_text("Your session has ended").wait_for()
    await sign_in_beside(page, origin, ledger, APPLICANT)
    await page.get_by_role("button", name="Go on").click()
    await page.wait_for_url("**/annexes#*")
    assert offsets == [0, 1, 1, -1, 1, 2, 3]
    fetched = await page.context.request.get(f"{origin}{EVIDENCE}/1")
    assert await fetched.body() == LARGE


async def test_a_section_is_filled_in_saved_and_given_a_file(
    tab: Tab, server: EmbeddedPostgres, tmp_path: Path
) -> None:
    complaints, page = listen(tab), tab.page
    url = await copy_database(server.url, "founded")
    ledger = await Ledger.connect(url, role=RECORDER_ROLE)
    await tell_open_round(ledger)
    async with serve_portal(url, DecidingBackend(url, ledger)) as origin:
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
        await turn_to_another_window(page)
        await type_without_a_connection(tab)
        await type_after_the_sessions_end(tab, origin, ledger)
        complaints.clear()
        # Enter saves, and sends nobody to the files.
        await page.locator('[name="a.host.code"]').press("Enter")
        await page.wait_for_url("**/apply?saved=1")
        await narrow_and_wide(tab)
        await page.goto(f"{origin}{APPLY}/annexes")
        await give_a_pledge(tab, tmp_path / "承诺书.pdf")
        assert complaints == []
        (tmp_path / "证明.pdf").write_bytes(LARGE)
        await send_without_an_answer(tab, origin, tmp_path / "证明.pdf")
        await send_in_pieces(tab, origin, tmp_path / "证明.pdf")
        await send_on_later(tab, origin, ledger, tmp_path / "证明.pdf")
        await type_when_it_is_over(tab, origin, ledger)
    await ledger.close()
    # A browser complains of what did not come; of nothing else.
    assert all(said.startswith("Failed to load resource") for said in complaints), complaints
