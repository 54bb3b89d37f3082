"""What takes long while parts are killed: a large file on its way, and many acts that were signed together."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import psutil
from playwright.async_api import FilePayload, Page, Request, Response, expect

from portal.acts.sending import AT_ONCE
from portal.shown.downloads import XLSX
from runtime.embedded.stack import PORTAL
from selection.application.events import ApplicationSubmitted
from tests.browser.round.example import ROUND
from tests.browser.round.installation import Installation
from tests.browser.round.moments import Moment, killing
from tests.browser.support.chromium import PATIENCE
from tests.browser.support.hands import Hands
from tests.kill.support.patience import patiently
from tests.portal.support.many import files_of, sound_rows, table_of
from tests.running.waiting import EVERY, until

MEGABYTES = 12
"""Of the file that is sent in pieces: several requests of its page, most of them after the kill."""
ROWS = AT_ONCE + 2
"""Acts that are signed together: more than are on their way at the same time."""
SENDING = 5.0
"""Seconds at most that acts are on their way to a worker that is away."""
TURN = 1.0
"""Seconds that the portal sends acts, or the worker does them, while the other is held."""
MANY = f"/rounds/{ROUND}/apply-many"
SIGN, REST = "#sign button", "main form button.second"
Back = Callable[[Installation, str], Awaitable[None]]
"""Starts a part again."""


class Pieces:
    """What a page sends of a file: how often it posts, from where each piece is, and how much the portal says it has.

    An answer that is lost on its way says nothing here.
    """

    def __init__(self, page: Page) -> None:
        self.posts, self.acknowledged = 0, 0
        self.offsets: list[int] = []
        self._page = page
        page.on("request", self._note)
        page.on("response", self._hear)

    def end(self) -> None:
        """Note no more."""
        self._page.remove_listener("request", self._note)
        self._page.remove_listener("response", self._hear)

    def _note(self, request: Request) -> None:
        if request.method == "POST":
            self.posts += 1
        if request.method == "PATCH":
            self.offsets.append(int(request.headers["upload-offset"]))

    def _hear(self, response: Response) -> None:
        if response.request.method == "PATCH" and response.ok:
            self.acknowledged = int(response.headers["upload-offset"])


async def kill_while_uploading(
    hands: Hands, place: Installation, back: Back, path: str, folder: Path, chance: Random
) -> None:
    """Kill the portal within a file: it goes on by itself where it was, and stands there once, to the byte."""
    moment = chance.choice([one for one in Moment if one is not Moment.BEFORE])
    print(f"while uploading: {moment.value}")
    body = b"%PDF-1.7\n" + chance.randbytes(MEGABYTES * 10**6)
    file = folder / "large.pdf"
    file.write_bytes(body)
    await hands.open(path)
    await hands.page.locator("#file").set_input_files(file)
    pieces = Pieces(hands.page)
    kill = lambda: place.stack.kill(PORTAL)  # noqa: E731
    async with killing(hands.session, moment, kill, chance, method="PATCH", after=chance.randrange(1, 3)):
        await hands.page.locator("button[name=do][value=send]").click(no_wait_after=True)
    await expect(hands.page.locator("#upload-state")).to_have_text(
        await hands.page.locator("#upload").get_attribute("data-waiting") or "", timeout=PATIENCE
    )
    before, acknowledged = len(pieces.offsets), pieces.acknowledged
    await back(place, PORTAL)
    section = path.rpartition("/")[0]
    await hands.page.wait_for_url(lambda url: urlsplit(url).path == section, timeout=PATIENCE)
    pieces.end()
    # It was begun once and used once, and nothing that the portal had was sent again.
    assert pieces.posts == 2
    first, *_ = after = pieces.offsets[before:]
    assert 0 < acknowledged <= first, (acknowledged, after)
    # What the portal took is not sent again either where its answer was lost.
    assert first > acknowledged or moment is not Moment.ANSWERED, (acknowledged, after)
    assert after == sorted(set(after)), after
    links = await hands.page.locator(f'a[href^="{path}/"]').evaluate_all("all => all.map(one => one.href)")
    assert len(links) == 1
    got = await (await hands.page.request.get(links[0])).body()
    assert hashlib.sha256(got).digest() == hashlib.sha256(body).digest()


async def kill_while_many_are_sent(
    hands: Hands, place: Installation, back: Back, worker: str, applicant: str, code: str, chance: Random
) -> None:
    """Kill portal and worker amid acts that were signed together: each is done once, and the page says which were."""
    await _sign_together(hands, code)
    shown = hands.page.url
    away = chance.random() < 1 / 2
    print(f"while {ROWS} are sent: the worker is {'away already' if away else 'at work'}")
    if away:
        place.stack.kill(worker)
        await _sign(hands)
        await asyncio.sleep(chance.random() * SENDING)
    else:
        await _do_some(hands, place, worker, applicant)
        place.stack.kill(worker)
    place.stack.kill(PORTAL)
    done = len(await patiently(lambda: _list_many(place, applicant)))
    assert done == 0 if away else 0 < done < ROWS, done
    # A part that comes back is waited for by asking the portal.
    for part in (PORTAL, worker):
        await back(place, part)
    await hands.page.goto(shown)
    await until(
        lambda: _ask_for_rest(hands, place, applicant, shown), f"that all {ROWS} are shown as recorded"
    )
    named = await patiently(lambda: _list_many(place, applicant))
    assert len(named) == ROWS
    assert len(set(named)) == ROWS


async def _sign_together(hands: Hands, code: str) -> None:
    """Send a table with its files, and lead to where all of it is signed."""
    rows = sound_rows(*(f"row-{number:02}" for number in range(ROWS)), code=code)
    files = [
        FilePayload(name=name, mimeType="application/pdf", buffer=body)
        for name, body in files_of(rows).items()
    ]
    await hands.open(MANY)
    table = FilePayload(name="many.xlsx", mimeType=XLSX, buffer=table_of(rows))
    await hands.page.locator('[id="table"]').set_input_files(files=table)
    await hands.page.locator('[id="files"]').set_input_files(files=files)
    await hands.press("button[name=do][value=read]")
    await hands.press("button[name=do][value=check]")
    assert "/together/" in hands.page.url, await hands.page.locator("main").inner_text()


async def _sign(hands: Hands) -> None:
    """Sign what is shown, and wait for the page that tells how far it is."""
    await hands.page.locator(SIGN).click()
    await hands.page.locator("[data-pending], .tag.ready").first.wait_for()


async def _do_some(hands: Hands, place: Installation, worker: str, applicant: str) -> None:
    """Sign what is shown, and leave portal and worker held, with some of the acts recorded and never all.

    They run in turns: the portal sends no more than it may at the same time before it hears of any that is done.
    """
    sender, doer = (psutil.Process(place.stack.pids[part]) for part in (PORTAL, worker))
    doer.suspend()
    await _sign(hands)

    async def take_turns() -> bool:
        sender.resume()
        await asyncio.sleep(TURN)
        sender.suspend()
        doer.resume()
        with suppress(TimeoutError):
            async with asyncio.timeout(TURN):
                while not await patiently(lambda: _list_many(place, applicant)):
                    await asyncio.sleep(EVERY)
        doer.suspend()
        return bool(await patiently(lambda: _list_many(place, applicant)))

    await until(take_turns, "that an act of many is recorded")


async def _ask_for_rest(hands: Hands, place: Installation, applicant: str, shown: str) -> bool:
    """Tell whether all are done; where not, have those that are left sent again, and look anew."""
    if await _see_all(hands, place, applicant):
        return True
    button = hands.page.locator(REST)
    if await button.count():
        async with hands.page.expect_navigation():
            await button.click()
    await asyncio.sleep(1)
    await hands.page.goto(shown)
    return False


async def _see_all(hands: Hands, place: Installation, applicant: str) -> bool:
    """Tell whether the page shows every act as recorded; of each that it does, the record has it."""
    done = await hands.page.locator(".tag.ready").count()
    assert not await hands.page.locator(".tag.late").count()
    assert done <= len(await patiently(lambda: _list_many(place, applicant)))
    return done == ROWS


async def _list_many(place: Installation, applicant: str) -> list[str]:
    """Return the names of the table's centres that were handed in, once for each time."""
    entries = place.client.ledger.reading.all_entries(ROUND)
    found = [
        str(entry.leaf.data["submission"]["name_en"])
        async for entry in entries
        if entry.leaf.type == ApplicationSubmitted.TYPE and entry.leaf.actor.person == applicant
    ]
    return [name for name in found if re.fullmatch(r"Centre row-\d\d", name)]
