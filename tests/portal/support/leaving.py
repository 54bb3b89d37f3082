"""Forms that are sent after their session has ended: how a session ends, what is sent, and what is kept of it."""

import re
from html import unescape

import httpx
import psycopg

from portal.guard.cookies import SESSION
from portal.text_parts import GIVEN_BACK
from tests.portal.support.acting import EXPERT, PLACE
from tests.portal.support.browsing import OWN, Browser

REVIEW = f"/reviews/{PLACE}"
IDLE, OVER = "seen = now() - interval '31 minutes'", "until = now() - interval '1 second'"
"""How a session ends by time: nothing was asked for, or it is too old."""
LEFT = "portal_drafts WHERE starts_with(place, 'left-form ')"
LONG = {f"a.text-{n}": f"{n} The centre is sound.\n" + f"{n}" * 20_000 for n in range(10, 30)}
"""What is more than is given back to who is not signed in."""
assert sum(map(len, LONG.values())) > GIVEN_BACK


async def alter(url: str, sentence: str) -> None:
    """Change the database as nobody but who runs it can."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as superuser:
        await superuser.execute(sentence.encode())


async def end_by_time(url: str, how: str = IDLE) -> None:
    """Have every session end."""
    await alter(url, f"UPDATE selection.portal_sessions SET {how}")


async def list_kept(url: str, person: str = EXPERT) -> list[tuple[str, str]]:
    """Return where drafts of a person are kept, left forms among them, and what they hold."""
    async with await psycopg.AsyncConnection.connect(url) as superuser:
        found = await superuser.execute(
            b"SELECT place, body FROM selection.portal_drafts WHERE person = %s ORDER BY version", (person,)
        )
        return await found.fetchall()


async def count(url: str, what: str = LEFT) -> int:
    """Return how many forms are left, of everybody, or how many rows a table has."""
    async with await psycopg.AsyncConnection.connect(url) as superuser:
        found = await superuser.execute(f"SELECT count(*) FROM selection.{what}".encode())
        row = await found.fetchone()
        assert row is not None
        return int(row[0])


async def leave(page: Browser, path: str = REVIEW, **changed: str) -> httpx.Response:
    """Send the form of the page that is open with more than is given back, and do not go along."""
    fields = {"version": "0", "form_version": "", "do": "check", **page.hidden, **LONG, **changed}
    return await page.client.post(path, data=fields, headers=OWN)


def plant(page: Browser, token: str) -> None:
    """Have a browser send a session's token, as a thief does."""
    page.client.cookies.delete(SESSION) if SESSION in page.client.cookies else None
    page.client.cookies.set(SESSION, token, domain="localhost.local")


def again_in(page: Browser) -> dict[str, str]:
    """Return what the page puts into the form of a review again."""
    (form,) = re.findall(r'<form method="post" action="' + REVIEW + r'".*?</form>', page.page, re.DOTALL)
    return {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form)}


def find_left(page: Browser) -> list[str]:
    """Return the pages of left forms that the page leads to."""
    return [link for link in page.links if link.startswith("/left-forms/")]
