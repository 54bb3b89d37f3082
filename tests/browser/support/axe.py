"""What axe-core finds wrong with a page, and whether a phone shows it whole with the largest text or other spacing."""

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import BrowserContext, Page

PHONE, LAPTOP = 320, 1280
"""Widths in pixels."""
HEIGHT = 800
LARGEST = "text-largest"
"""The class of a page whose visitor asked for text of twice the usual size."""
ALIKE = 12
"""Entries of a list that are looked at: those that follow are drawn as these are."""
LISTS = ("ol > li", "ul > li", "tbody > tr", "option", "table > tbody")
CONTRAST = "color-contrast"
BY_WIDTH = ("target-size", "scrollable-region-focusable", "link-in-text-block")
"""Rules whose verdict rests on where things stand, so on the width of the page; the others read its elements."""
FRAME = ("header.top", "nav.menu", "body > aside", "footer.bottom")
"""What stands around every page, the same on each."""
RUN = """async ([left, asked]) => {
  const exclude = left.filter(one => document.querySelector(one));
  const usual = {preload: false, iframes: false, resultTypes: ["violations"], selectors: false};
  const found = await axe.run({include: document, exclude}, {...usual, ...asked});
  return found.violations.map(({id, help, nodes}) => [id, help, nodes.map(({html}) => html)]);
}"""
WIDE = """largest => {
  const root = document.documentElement, before = root.className;
  root.className = largest;
  const wide = root.scrollWidth;
  const out = [...document.querySelectorAll("main *")].filter(one => {
    return wide > innerWidth && one.getBoundingClientRect().right > innerWidth + 1;
  });
  root.className = before;
  return [wide, out.slice(-4).map(one => one.outerHTML.slice(0, 300))];
}"""
"""How wide a page is with the largest text, and what of it sticks out where that is too wide."""

SPACED = """text => {
  const sheet = new CSSStyleSheet(), before = [...document.adoptedStyleSheets];
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [...before, sheet];
  const wide = document.documentElement.scrollWidth;
  const cut = [...document.querySelectorAll("main *")].filter(one => {
    const style = getComputedStyle(one);
    if (style.overflowY !== "hidden" || one.closest("[aria-hidden=true]")) return false;
    return one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 1;
  });
  document.adoptedStyleSheets = before;
  return [wide, cut.map(one => one.outerHTML.slice(0, 300))];
}"""
"""How wide a page is with other spacing, and which of its elements hide a part of their text then."""
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""
"""The spacing of WCAG's criterion 1.4.12."""


async def bring_axe(context: BrowserContext) -> None:
    """Have every page that is opened from here on hold axe: the browser runs it itself, whatever the page's policy."""
    await context.add_init_script(AXE_SCRIPT)


async def find_violations(page: Page, *, colours: bool = True, framed: bool = True) -> list[str]:
    """Return what axe finds wrong with the page that is open, at both widths, and what a phone does not show whole.

    Contrast takes half of the time, and is looked at where `colours` are asked for; so is the frame of the page where
    it is `framed`.
    """
    rules = {width: _choose_rules(width, colours) for width in (LAPTOP, PHONE)}
    return await _find(page, [*_further(), *([] if framed else FRAME)], rules)


async def find_all_violations(page: Page, *, framed: bool = True) -> list[str]:
    """Return the same of whatever stands on the page, colours in both languages; the frame where it is `framed`."""
    rules = {width: _choose_rules(width, colours=True) for width in (LAPTOP, PHONE)}
    return await _find(page, [] if framed else [*FRAME], rules)


async def _find(page: Page, left: list[str], rules: dict[int, dict[str, Any]]) -> list[str]:
    found, size = list[str](), page.viewport_size
    # First at the width that the page has: with each other one it is laid out and drawn anew.
    for width in sorted(rules, key=lambda width: size is None or width != size["width"]):
        await page.set_viewport_size({"width": width, "height": HEIGHT})
        violations = await page.evaluate(RUN, [left, rules[width]])
        found += [f"{width} px: {told}" for told in _tell(violations)]
        found += await _find_hidden(page) if width == PHONE else []
    return found


async def _find_hidden(page: Page) -> list[str]:
    """Return what a phone does not show whole."""
    wide, out = await page.evaluate(WIDE, LARGEST)
    found = [f"{wide} px wide with the largest text: {out}"] if wide > PHONE else []
    wide, cut = await page.evaluate(SPACED, SPACING)
    found += [f"{wide} px wide with other spacing"] if wide > PHONE else []
    return [*found, *(f"cut off with other spacing: {told}" for told in cut)]


def _further() -> list[str]:
    return [f"{kind}:nth-child(n+{ALIKE + 1})" for kind in LISTS]


def _choose_rules(width: int, colours: bool) -> dict[str, Any]:
    if width == PHONE:
        return {"runOnly": [*BY_WIDTH, *([CONTRAST] if colours else [])]}
    return {"rules": {CONTRAST: {"enabled": colours}}}


def _tell(violations: list[Any]) -> Iterator[str]:
    for rule, words, nodes in violations:
        for node in nodes[:4]:
            yield f"{rule} ({words}): {node[:300]}"
