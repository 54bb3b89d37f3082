"""What belongs to no application: the administrator's part before a round, and the auditor's after it, in pages."""

from pathlib import Path

from playwright.async_api import expect

from selection.kernel.actor import Role
from tests.browser.round.pages import CHECK
from tests.browser.support.hands import Hands

NEWCOMER, CALLED = "surveyor-77", "Synthetic Newcomer"
"""Whom nobody draws or appoints, so that the round goes as it goes without them."""
TABLE = (
    "Id,Name,Mail,Language,Employer's code,Employer's name,Roles\n"
    f"{NEWCOMER},{CALLED},newcomer@example.invalid,zh,none,,surveyor\n"
)
AT_MOST = 600_000
"""Milliseconds that a copy or a verification may take: they wait for other work on the machine."""


async def register_newcomer(hands: Hands, admin: str, folder: Path) -> str:
    """Register somebody from a table, find them in the list in the other language, and return the act's command id."""
    file = folder / "people.csv"
    file.write_text(TABLE, encoding="utf-8")
    await hands.become(admin, Role.ADMIN)
    await hands.open("/do/register-people")
    await hands.page.locator("[name='u.people']").set_input_files(file)
    await hands.press(CHECK)
    path = await hands.sign()
    await hands.become(admin, Role.ADMIN)
    await hands.open(f"/people?q={NEWCOMER}")
    await expect(hands.page.locator("main table")).to_contain_text(CALLED)
    hands.note_language()
    return path.split("/")[2]


async def verify_copy(hands: Hands, auditor: str, round_id: str, key: str) -> list[str]:
    """Copy the record of a round, verify it with a public key, and return the verdict read in each of two languages."""
    await hands.become(auditor, Role.AUDITOR)
    await hands.open(f"/rounds/{round_id}/audit")
    await hands.press("main form button >> nth=0")
    await hands.page.locator("#key").wait_for(timeout=AT_MOST)
    await hands.fill({"key": (key,)})
    await hands.press("form[action$='/verify'] button")
    first = await _read_verdict(hands)
    await hands.become(auditor, Role.AUDITOR)
    await hands.open(f"/rounds/{round_id}/audit/report")
    return [first, await _read_verdict(hands)]


async def _read_verdict(hands: Hands) -> str:
    verdict = hands.page.locator(".report .verdict")
    await verdict.wait_for(timeout=AT_MOST)
    hands.note_language()
    return await verdict.inner_text()
