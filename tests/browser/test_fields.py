"""Fields of a form as Chromium lays them out: what is side by side stands in line, what is needed is red."""

from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Page

import portal
from tests.portal.applying.test_forms import draw

STYLES = (Path(portal.__file__).parent / "static" / "portal.css").read_text()
WRONG = {"a.leader.born": ("1975-04",), "a.table.0.month": ("12",)}


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> Page:
    """A form with what is wrong with it."""
    found = await browser.new_page()
    await found.set_content(
        f"<style>{STYLES}</style><main class='width'>{draw('en', WRONG, faults=True)}</main>"
    )
    return found


async def place_of(page: Page, name: str, part: str = "id") -> tuple[int, int, int]:
    """Return where a box or its label begins, from the left and from above, and how wide it is."""
    box = await page.locator(f'[{part}="{name}"]').bounding_box()
    assert box is not None
    return round(box["x"]), round(box["y"]), round(box["width"])


async def edge_of(page: Page, name: str) -> str:
    color: str = await page.locator(f'[id="{name}"]').evaluate("box => getComputedStyle(box).borderTopColor")
    return color


async def test_labels_and_boxes_side_by_side_stand_in_line_and_on_a_phone_below_each_other(
    page: Page,
) -> None:
    # One has two lines of help above it, the other none.
    pairs = (
        ("a.leader.name", "a.leader.post"),
        ("a.leader.born", "a.leader.person"),
        ("a.host.kind", "a.host.region"),
    )
    await page.set_viewport_size({"width": 1100, "height": 900})
    for first, second in pairs:
        left, right = await place_of(page, first), await place_of(page, second)
        assert (left[1], left[2]) == (right[1], right[2]), (first, second)
        assert left[0] + left[2] < right[0]
        labels = [await place_of(page, name, "for") for name in (first, second)]
        assert labels[0][1] == labels[1][1], (first, second)
    await page.set_viewport_size({"width": 390, "height": 900})
    for first, second in pairs:
        upper, lower = await place_of(page, first), await place_of(page, second)
        assert upper[0] == lower[0]
        assert upper[1] < lower[1]


async def test_of_a_faulty_group_what_is_optional_is_not_red(page: Page) -> None:
    red = await edge_of(page, "a.leader.post")
    assert red == "rgb(179, 32, 15)"
    assert await edge_of(page, "a.host.kind") == red
    assert await edge_of(page, "a.table.0.what") == red
    for name in ("a.host.name_zh", "a.table.1.what", "a.table.0.month", "a.others.0.code", "a.leader.person"):
        assert await edge_of(page, name) != red, name
