"""What takes long while parts are killed: a large file on its way, and many acts that were signed together."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from playwright.async_api import FilePayload, Request, expect

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

MEGABYTES = 4
"""Of the file that is sent in pieces: several requests of its page."""
ROWS = 12
"""Acts that are signed together: more than are on their way at the same time."""
SENDING = 5.0
"""Seconds at most that acts are on their way to a worker that is away."""
MANY = f"/rounds/{ROUND}/apply-many"
SIGN, REST = "#sign button", "main form button.second"
Back = Callable[[Installation, str], Awaitable[None]]
"""Starts a part again."""


async def kill_while_uploading(
    hands: Hands, place: Installation, back: Back, path: str, folder: Path, chance: Random
) -> None:
    """Kill the portal within a file: it goes on by itself where it was, and stands there once, to the byte."""
    moment = chance.choice([one for one in Moment if one is not Moment.BEFORE])
    print(f"while uploading: {moment.value}")
    body = b"%PDF-1.7\n" + chance.randbytes(MEGABYTES * 10**6)
    file, sent = folder / "large.pdf", list[str]()
    file.write_bytes(body)

    def note(request: Request) -> None:
        if request.method in ("POST", "PATCH"):
            sent.append(request.headers.get("upload-offset", request.method))

    await hands.open(path)
    await hands.page.locator("#file").set_input_files(file)
    hands.page.on("request", note)
    kill = lambda: place.stack.kill(PORTAL)  # noqa: E731
    async with killing(hands.session, moment, kill, chance, method="PATCH", after=chance.randrange(1, 3)):
        await hands.page.locator("button[name=do][value=send]").click(no_wait_after=True)
    await expect(hands.page.locator("#upload-state")).to_have_text(
        await hands.page.locator("#upload").get_attribute("data-waiting") or "", timeout=PATIENCE
    )
    before = len(sent)
    await back(place, PORTAL)
    section = path.rpartition("/")[0]
    await hands.page.wait_for_url(lambda url: urlsplit(url).path == section, timeout=PATIENCE)
    hands.page.remove_listener("request", note)
    # It was begun once, and nothing but what the portal had not answered was sent again.
    assert sent[0] == "POST"
    assert all(int(offset) > 0 for offset in sent[before:-1]), sent
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
    await hands.page.locator(SIGN).click()
    await hands.page.locator("[data-pending], .tag.ready").first.wait_for()
    if away:
        await asyncio.sleep(chance.random() * SENDING)
    else:
        await patiently(lambda: _list_many(place, applicant, least=1))
        place.stack.kill(worker)
    place.stack.kill(PORTAL)
    # A part that comes back is waited for by asking the portal.
    for part in (PORTAL, worker):
        await back(place, part)
    await hands.page.goto(shown)
    while not await _see_all(hands, place, applicant):
        button = hands.page.locator(REST)
        if await button.count():
            async with hands.page.expect_navigation():
                await button.click()
        await asyncio.sleep(1)
        await hands.page.goto(shown)
    named = await patiently(lambda: _list_many(place, applicant, least=ROWS))
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


async def _see_all(hands: Hands, place: Installation, applicant: str) -> bool:
    """Tell whether the page shows every act as recorded; of each that it does, the record has it."""
    done = await hands.page.locator(".tag.ready").count()
    assert not await hands.page.locator(".tag.late").count()
    assert done <= len(await patiently(lambda: _list_many(place, applicant)))
    return done == ROWS


async def _list_many(place: Installation, applicant: str, least: int = 0) -> list[str]:
    """Return the names of the table's centres that were handed in, once for each time, when there are so many."""
    while True:
        entries = place.client.ledger.reading.all_entries(ROUND)
        found = [
            str(entry.leaf.data["submission"]["name_en"])
            async for entry in entries
            if entry.leaf.type == ApplicationSubmitted.TYPE and entry.leaf.actor.person == applicant
        ]
        named = [name for name in found if re.fullmatch(r"Centre row-\d\d", name)]
        if len(named) >= least:
            return named
        await asyncio.sleep(0.02)
