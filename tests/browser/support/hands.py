"""The hands of many people in one tab: each with their own session, language and passkey, one after the other."""

import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import expect

from portal.guard.cookies import LANGUAGE, SESSION
from selection.kernel.actor import Role
from tests.browser.support.chromium import Tab
from tests.browser.test_portal import give
from tests.selection.signing.keys import Authenticator

Typed = Mapping[str, Sequence[str]]
"""What is typed or chosen, by the name of the field."""
OUTCOME = re.compile("/done$|/seconds/")
LANGUAGES = ("zh", "en")
FILL = """values => {
  const missing = [];
  for (const [name, given] of values) {
    const fields = [...document.getElementsByName(name)].filter((field) => field.type !== "hidden");
    const choices = fields.filter((field) => ["radio", "checkbox"].includes(field.type));
    if (choices.length) {
      // Who is not among those who can be chosen is typed into the field beside.
      const [beside] = document.getElementsByName(`${name}.beside`);
      const lines = beside ? given.flatMap((text) => text.split("\\n")) : given;
      for (const one of choices) if (one.checked !== lines.includes(one.value)) one.click();
      const rest = lines.filter((line) => !choices.some((one) => one.checked && one.value === line));
      if (beside) beside.value = rest.join("\\n");
      else if (rest.length) missing.push(name);
    } else if (fields.length) {
      fields[0].value = given.join("\\n");
      if (!fields[0].value && given.join("")) missing.push(name);
      fields[0].dispatchEvent(new Event("input", { bubbles: true }));
    } else missing.push(name);
  }
  return missing;
}"""


class Unfit(Exception):
    """A page did not let an act through; the message is what it shows."""


class Languages:
    """In which language somebody acts: those of a role take turns, so that both come to every role."""

    def __init__(self) -> None:
        self._turns: Counter[Role] = Counter()
        self.used: set[tuple[Role, str]] = set()
        """Roles with the languages in which an act of theirs was signed, or what they came for was read."""

    def take_turn(self, role: Role) -> str:
        """Return the language of the next one of a role."""
        self._turns[role] += 1
        return LANGUAGES[self._turns[role] % 2]


class Hands:
    """One tab in which one person after the other acts; `enter` returns the token of a person's session."""

    def __init__(
        self,
        tab: Tab,
        origin: str,
        passkeys: Mapping[str, Authenticator],
        enter: Callable[[str], Awaitable[str]],
        languages: Languages,
    ) -> None:
        self.page, self.session, self._tab = tab.page, tab.session, tab
        self.origin, self.languages = origin, languages
        self._passkeys, self._enter = passkeys, enter
        self._who, self._role, self._language = "", Role.SYSTEM, ""

    async def become(self, person: str, role: Role) -> None:
        """Go on as somebody: their session and language in the cookies, their passkey in the authenticator."""
        self._role, self._language = role, self.languages.take_turn(role)
        # As over TLS: the protocol knows of no `localhost` that is as good.
        secure = self.origin.replace("http:", "https:")
        await self.page.context.add_cookies(
            [
                {"name": name, "value": value, "url": secure, "secure": True, "sameSite": "Strict"}
                for name, value in ((SESSION, await self._enter(person)), (LANGUAGE, self._language))
            ]
        )
        if person == self._who:
            return
        told = {"authenticatorId": self._tab.authenticator}
        await self._tab.session.send("WebAuthn.clearCredentials", told)
        await give(self._tab, self._passkeys[person], person)
        self._who = person

    @property
    def path(self) -> str:
        """The path of the page that is open."""
        return urlsplit(self.page.url).path

    async def open(self, path: str) -> None:
        """Go to a page. Raises Unfit for one that is not there for this person now."""
        answer = await self.page.goto(self.origin + path)
        if answer is None or answer.status != 200:
            raise Unfit(await self.page.locator("main").inner_text())
        shown = "zh-CN" if self._language == "zh" else "en"
        await expect(self.page.locator("html")).to_have_attribute("lang", shown)

    async def fill(self, typed: Typed) -> list[str]:
        """Type into the page that is open; return the fields that it does not have."""
        found: list[str] = await self.page.evaluate(
            FILL, [[name, list(given)] for name, given in typed.items()]
        )
        return found

    async def press(self, button: str) -> None:
        """Press a button that leads to another page, and see that nothing was faulted. Raises Unfit."""
        async with self.page.expect_navigation():
            await self.page.locator(button).click()
        faults = self.page.locator(".faults")
        if await faults.count():
            raise Unfit(await faults.inner_text())

    async def upload(self, path: str, file: Path) -> None:
        """Send a file on the page of a field."""
        await self.open(path)
        await self.page.locator("#file").set_input_files(file)
        await self.press("button[name=do][value=send]")

    async def sign(self) -> str:
        """Sign the act that is shown, by passkey, and return the path that it led to. Raises Unfit for a refusal."""
        if not await self.page.locator("#sign button").count():
            raise Unfit(await self.page.locator("main").inner_text())
        async with self.page.expect_response(lambda got: got.request.method == "POST") as posted:
            await self.page.locator("#sign button").click()
        if (await posted.value).status >= 400:
            await self.page.wait_for_load_state()
            raise Unfit(await self.page.locator("main").inner_text())
        await self.page.wait_for_url(OUTCOME)
        path = self.path
        if path.endswith("/done") and not await self.page.locator(".done").count():
            raise Unfit(await self.page.locator("main").inner_text())
        self.note_language()
        return path

    def note_language(self) -> None:
        """Note that whoever acts did, or read, what they came for in their language."""
        self.languages.used.add((self._role, self._language))
