"""Chromium without a screen, and tabs that have an authenticator in software."""

import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, Frame, Page, async_playwright

from tests.needing import needs

NAMES = ("chromium-headless-shell", "chromium", "google-chrome")
PROGRAM = next((found for name in NAMES if (found := shutil.which(name))), None)
needs_chromium = needs(PROGRAM is not None, "chromium (Debian: chromium-headless-shell)")
FLAGS = (
    "--no-sandbox",  # CI runs as root; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--no-turbofan",  # a page is there for a second: code compiled for later is hardly run
)
PATIENCE = 300_000
"""Milliseconds after which what does not come is given up: no measure of how fast the machine is."""
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class PageRefused(Exception):
    """The page did not do what it was asked; the message is what it shows."""


@dataclass
class Tab:
    """A page with an authenticator; `where` is the frame in which the buttons are."""

    page: Page
    where: Frame
    authenticator: str
    session: Any

    async def click(self, button: str) -> dict[str, Any]:
        """Press a button and return the page's answer. Raises PageRefused."""
        await self.where.locator("body[data-ready]").wait_for(state="attached")
        await self.where.evaluate("delete document.body.dataset.done")
        await self.where.locator(f"#{button}").click()
        await self.where.locator("body[data-done]").wait_for(state="attached")
        fault = await self.where.locator("#fault").text_content()
        if fault:
            raise PageRefused(fault)
        answer: dict[str, Any] = json.loads(await self.where.locator("#answer").text_content() or "")
        return answer

    async def open(self, address: str) -> None:
        """Go to a page, whose buttons are then pressed."""
        await self.page.goto(address)
        self.where = self.page.main_frame

    async def open_framed(self, outer: str, inner: str) -> None:
        """Go to a page that frames another one, whose buttons are then pressed."""
        await self.page.goto(outer)
        await self.page.evaluate("inner => document.querySelector('iframe').src = inner", inner)
        element = await self.page.query_selector("iframe")
        frame = await element.content_frame() if element else None
        assert frame is not None
        await frame.wait_for_url(inner)
        self.where = frame

    async def recognise_nobody(self) -> None:
        """From now on the authenticator does not recognise its person."""
        told = {"authenticatorId": self.authenticator, "isUserVerified": False}
        await self.session.send("WebAuthn.setUserVerified", told)


@asynccontextmanager
async def launch() -> AsyncIterator[Browser]:
    """Start chromium and end it with the block."""
    assert PROGRAM is not None, "install chromium (Debian: chromium-headless-shell)"
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=PROGRAM, args=list(FLAGS), timeout=PATIENCE)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def open_tab(browser: Browser) -> AsyncIterator[Tab]:
    """Open a tab that shares nothing with others."""
    context = await browser.new_context()
    context.set_default_timeout(PATIENCE)
    try:
        page = await context.new_page()
        session = await context.new_cdp_session(page)
        await session.send("WebAuthn.enable")
        made = await session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield Tab(page, page.main_frame, made["authenticatorId"], session)
    finally:
        await context.close()
