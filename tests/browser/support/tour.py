"""A way through the pages of the portal, as each of its people, which notes where it has been and what was wrong."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Page
from starlette.routing import Match, Route

from portal.app import PAGES
from portal.guard.cookies import LANGUAGE, SESSION
from tests.browser.support.axe import find_violations

SHOW = """text => {
  const shown = new DOMParser().parseFromString(text, 'text/html');
  const here = document.documentElement, there = shown.documentElement, styled = 'link[rel=stylesheet]';
  for (const {name} of [...here.attributes]) here.removeAttribute(name);
  for (const {name, value} of there.attributes) here.setAttribute(name, value);
  for (const one of document.head.querySelectorAll(`:scope > :not(${styled})`)) one.remove();
  document.head.append(...shown.head.querySelectorAll(`:scope > :not(${styled})`));
  document.body.replaceWith(shown.body);
}"""
"""Shows another page in the one that is open, as a browser would with its scripts off: style and axe stay as they are,
which takes half of the time."""
TURN = f"""async address => {{
  const answer = await fetch(address);
  const show = {SHOW};
  show(await answer.text());
  history.replaceState(null, '', answer.url);
  return answer.status;
}}"""
"""Shows the page of an address like that."""


@dataclass
class Tour:
    """Looks at pages in a language; `seen` are the routes whose pages were shown, `wrong` is what was found, where."""

    page: Page
    origin: str
    language: str = "en"
    seen: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    _framed: bool = True
    """Whether the frame of the next page is one that was not looked at."""

    async def speak(self, language: str) -> None:
        """Have pages in a language from here on."""
        self.language, self._framed = language, True
        await self.page.context.add_cookies([{"name": LANGUAGE, "value": language, "url": self.origin}])

    async def enter(self, token: str) -> None:
        """Be whose session has this token from here on, or nobody without one."""
        self._framed = True
        await self.page.context.clear_cookies(name=SESSION)
        # A browser takes the cookie over http from this machine's own pages alone.
        secure = self.origin.replace("http:", "https:")
        if token:
            await self.page.context.add_cookies(
                [{"name": SESSION, "value": token, "url": secure, "secure": True, "sameSite": "Strict"}]
            )

    async def go(self, address: str) -> None:
        """Open a page of which another state is looked at, such as the same with its faults."""
        await self.page.goto(self.origin + address)

    async def visit(self, *addresses: str, status: int = 200) -> None:
        """Look at pages as they are without scripts, one after the other."""
        if not self.page.url.startswith(self.origin):
            await self.go("/")
        for address in addresses:
            await self._look(address, await self.page.evaluate(TURN, address), status)

    async def press(self, selector: str, status: int = 200) -> None:
        """Press a button of the page that is open, and look at the page that answers."""
        before = urlsplit(self.page.url).path
        async with self.page.expect_navigation() as going:
            await self.page.locator(selector).first.click()
        answered = (await going.value).status
        await self._look(f"{before} after {selector}", answered, status)

    async def look(self, what: str) -> None:
        """Look at the page that is open, as its scripts left it."""
        await self._look(what, 0, 0)

    async def _look(self, what: str, answered: int, status: int) -> None:
        where = f"{self.language} {what}"
        if answered != status:
            self.wrong.append(f"{where} answered {answered}: {await self.page.locator('main').inner_text()}")
        self.seen.add(route_of(urlsplit(self.page.url).path))
        found = await find_violations(self.page, colours=self.language == "en", framed=self._framed)
        self._framed = False
        self.wrong += [f"{where} {told}" for told in found]


def route_of(path: str) -> str:
    """Return the route that shows a path, empty where none does."""
    scope = {"type": "http", "method": "GET", "path": path, "root_path": ""}
    routes = (route for route in PAGES if isinstance(route, Route))
    return next((route.path for route in routes if route.matches(scope)[0] is Match.FULL), "")
