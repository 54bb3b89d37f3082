"""A way through the pages of the portal, as each of its people, which notes where it has been and what was wrong."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Page
from starlette.routing import Match, Route

from portal.app import PAGES
from portal.guard.cookies import LANGUAGE, SESSION
from tests.browser.support.axe import find_violations

TURN = """async address => {
  const answer = await fetch(address);
  const shown = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const here = document.documentElement, there = shown.documentElement, styled = 'link[rel=stylesheet]';
  history.replaceState(null, '', answer.url);
  for (const {name} of [...here.attributes]) here.removeAttribute(name);
  for (const {name, value} of there.attributes) here.setAttribute(name, value);
  for (const one of document.head.querySelectorAll(`:scope > :not(${styled})`)) one.remove();
  document.head.append(...shown.head.querySelectorAll(`:scope > :not(${styled})`));
  document.body.replaceWith(shown.body);
  return answer.status;
}"""
"""Shows another page in the one that is open, as a browser would with its scripts off: style and axe stay as they are,
which takes half of the time."""


@dataclass
class Tour:
    """Looks at pages in a language; `seen` are the routes whose pages were shown, `wrong` is what was found, where."""

    page: Page
    origin: str
    language: str = "en"
    seen: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    offered: dict[str, str] = field(default_factory=dict)
    """By act, the way to its sheet that a page offered to whom the tour goes as."""
    taken: set[tuple[str, str]] = field(default_factory=set)
    """The languages and acts whose sheets were looked at."""

    async def speak(self, language: str) -> None:
        """Have pages in a language from here on."""
        self.language = language
        await self.page.context.add_cookies([{"name": LANGUAGE, "value": language, "url": self.origin}])

    async def enter(self, token: str) -> None:
        """Be whose session has this token from here on, or nobody without one."""
        self.offered.clear()
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

    async def visit_offered(self) -> None:
        """Look at the sheet of each act that was offered and not looked at in this language."""
        for act in [act for act in self.offered if (self.language, act) not in self.taken]:
            self.taken.add((self.language, act))
            await self.visit(self.offered[act])

    async def look(self, what: str) -> None:
        """Look at the page that is open, as its scripts left it."""
        await self._look(what, 0, 0)

    async def _look(self, what: str, answered: int, status: int) -> None:
        where = f"{self.language} {what}"
        if answered != status:
            self.wrong.append(f"{where} answered {answered}: {await self.page.locator('main').inner_text()}")
        self.seen.add(route_of(urlsplit(self.page.url).path))
        await self._note_offered()
        found = await find_violations(self.page, colours=self.language == "en")
        self.wrong += [f"{where} {told}" for told in found]

    async def _note_offered(self) -> None:
        if self.page.url.endswith("/tasks"):
            # Whom a round names as its officer waits for tasks of the register, though not registered in this story.
            return
        ways = await self.page.locator('main a[href^="/do/"]').evaluate_all(
            "all => all.map(one => one.pathname)"
        )
        self.offered.update({way.split("/")[2]: way for way in ways if "." not in way})


def route_of(path: str) -> str:
    """Return the route that shows a path, empty where none does."""
    scope = {"type": "http", "method": "GET", "path": path, "root_path": ""}
    routes = (route for route in PAGES if isinstance(route, Route))
    return next((route.path for route in routes if route.matches(scope)[0] is Match.FULL), "")
