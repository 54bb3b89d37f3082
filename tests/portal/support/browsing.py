"""A browser without a screen or scripts: cookies, forms, and the headers that browsers send by themselves."""

import re
from collections.abc import Mapping
from html import unescape
from secrets import token_urlsafe

import httpx

from ledger.people.portal_sessions import link_for
from ledger.record import Ledger

ORIGIN = "https://localhost"
"""As TLS in front would have it, so that the cookies are kept by a client that knows no `localhost`."""
OWN = {"sec-fetch-site": "same-origin", "origin": ORIGIN}


class Browser:
    """Pages by path, and the forms on them."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.page = ""

    async def open(self, path: str, **headers: str) -> httpx.Response:
        """Go to a page and along where it leads."""
        answer = await self.client.get(path, headers=headers, follow_redirects=True)
        self.page = answer.text
        assert "&lt;time" not in self.page, "marks are shown as text"
        return answer

    async def speak(self, language: str) -> None:
        """Have pages in a language from here on; the page that the choice leads on to is not opened."""
        assert (await self.client.get(f"/language/{language}")).status_code == 303

    async def send(self, path: str, fields: Mapping[str, str | list[str]], **headers: str) -> httpx.Response:
        """Send a form of the page that is open, with what the page hides in it, and go along where it leads."""
        answer = await self.client.post(
            path, data={**self.hidden, **fields}, headers={**OWN, **headers}, follow_redirects=True
        )
        self.page = answer.text
        return answer

    @property
    def hidden(self) -> dict[str, str]:
        """What the page hides in its forms."""
        return dict(
            re.findall(r'<input type="hidden" name="(form_token|whose|version)" value="([^"]*)"', self.page)
        )

    @property
    def text(self) -> str:
        """What the page says, without marks, spaces joined."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.page)).split())

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [unescape(found) for found in re.findall(r'<a [^>]*href="([^"]*)"', self.page)]


async def make_link(recorder: Ledger, person: str = "") -> str:
    """Return a path by which somebody, or this person alone, signs in on a local installation, once."""
    link = link_for(token_urlsafe(16), person)
    await recorder.portal_sessions.offer_link(link)
    return f"/sign-in/link/{link}"
