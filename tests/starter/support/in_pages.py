"""A review in the portal's pages, on a stack that runs: as a browser without scripts sends them."""

import asyncio

import httpx

from portal.app import create_app
from portal.backend import Backend
from runtime.databases import Databases
from runtime.settings import Settings
from starter.people.portal_link import make_sign_in_link
from tests.portal.support.browsing import ORIGIN, Browser
from tests.running.waiting import STUCK_AFTER
from tests.starter.support.stack import Up


def review_in_pages(up: Up, application: str, expert: str, scores: dict[str, int]) -> None:
    """Accept an invitation and submit a review, from the tasks on, through the real client."""
    asyncio.run(_review(up, application, expert, scores))


async def _review(up: Up, application: str, expert: str, scores: dict[str, int]) -> None:
    settings = Settings(data=up.data)
    link = (await make_sign_in_link(Databases.find(settings), ORIGIN)).address.removeprefix(ORIGIN)
    backend = Backend(settings)
    async with backend.open():
        transport = httpx.ASGITransport(app=create_app(backend, ORIGIN))
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, timeout=STUCK_AFTER) as client:
            page = Browser(client)
            await page.open("/language/en")
            await page.open(link)
            await page.send(link, {"person": expert})
            await _act(page, f"/invitations/{application}", {"answer": "accept", "pledge": "yes"})
            typed = {f"s.{code}": str(score) for code, score in scores.items()}
            await _act(
                page, f"/reviews/{application}", {**typed, "a.text": "Sound", "version": "0", "do": "check"}
            )


async def _act(page: Browser, path: str, fields: dict[str, str]) -> None:
    await page.open("/tasks")
    assert path in page.links
    await page.open(path)
    checked = await page.send(path, fields)
    assert checked.url.path.startswith("/acts/"), page.text
    receipt = await page.send(checked.url.path, {})
    assert receipt.url.path.endswith("/done"), page.text
    assert "Recorded" in page.text
