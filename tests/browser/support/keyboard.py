"""A person who has a keyboard alone: Tab, Space, Enter, and what they type."""

from dataclasses import dataclass

from playwright.async_api import Page

NOTE = """() => {
  if (window.unfocused) return;
  window.looks = one => {
    const {outlineStyle, outlineColor, boxShadow, backgroundColor} = getComputedStyle(one);
    return [outlineStyle, outlineColor, boxShadow, backgroundColor].join();
  };
  const all = document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]');
  const others = [...all].filter(one => one !== document.activeElement);
  window.unfocused = new Map(others.map(one => [one, window.looks(one)]));
}"""
"""Notes how everything on a page looks without the focus."""
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 20);
  const on = document.elementFromPoint(x, y);
  return {
    html: one.cloneNode(false).outerHTML,
    marked: window.looks(one) !== window.unfocused.get(one),
    seen: box.width > 0 && x >= 0 && x < innerWidth && y >= 0 && y < innerHeight
      && (on === one || one.contains(on) || on?.contains(one) === true),
  };
}"""
"""What has the focus, whether it looks otherwise than without, and whether it is there to be seen."""
IS_AT = "selector => document.activeElement?.matches(selector) === true"
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true})
    && (one.type !== 'radio' || one.checked
      || one === [...document.getElementsByName(one.name)].find(same => same.type === 'radio')
      && ![...document.getElementsByName(one.name)].some(same => same.checked)))
  .map(one => one.cloneNode(false).outerHTML)"""
"""What Tab should come by: of radio buttons of one name the chosen one, or the first."""
MOST = 400
"""Steps after which what is looked for is not reached."""


@dataclass
class Keyboard:
    """Goes through pages by keys; `faults` are the places where the focus could not be seen."""

    page: Page
    faults: list[str]

    async def reach(self, selector: str) -> None:
        """Press Tab until the focus is on what is looked for."""
        for _ in range(MOST):
            if await self.page.evaluate(IS_AT, selector):
                return
            await self._step()
        raise AssertionError(f"{selector} is not reached by Tab on {self.page.url}")

    async def press(self, selector: str, key: str = "Space") -> None:
        """Go to something and press a key on it."""
        await self.reach(selector)
        await self.page.keyboard.press(key)

    async def type(self, selector: str, text: str) -> None:
        """Go to a field and type into it over what is there."""
        await self.reach(selector)
        await self.page.keyboard.press("Control+A")
        await self.page.keyboard.type(text)

    async def go(self, selector: str, leads: str, key: str = "Enter") -> None:
        """Go to a link or button and press it, and wait for the page that it leads to."""
        await self.reach(selector)
        await self.page.keyboard.press(key)
        await self.page.wait_for_url(leads)

    async def walk(self) -> None:
        """Press Tab through the whole page and see that it comes by all there is, and out at its end."""
        await self.page.evaluate("document.activeElement?.blur()")
        wanted, reached = await self.page.evaluate(REACHABLE), []
        for _ in range(MOST):
            found = await self._step()
            if found is None:
                break
            reached.append(found)
        else:
            self.faults.append(f"{self.page.url}: Tab does not come to the end of the page")
        self.faults += [f"{self.page.url}: not reached: {one[:200]}" for one in wanted if one not in reached]

    async def _step(self) -> str | None:
        await self.page.evaluate(NOTE)
        await self.page.keyboard.press("Tab")
        found = await self.page.evaluate(FOCUS)
        if found is None:
            return None
        if not (found["marked"] and found["seen"]):
            self.faults.append(f"{self.page.url}: focus not seen: {found['html'][:200]} {found}")
        return str(found["html"])
