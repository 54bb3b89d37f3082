"""What belongs to no application: the administrator's part before a round, and the auditor's after it, in pages."""

from pathlib import Path

from tests.browser.round.pages import CHECK
from tests.browser.support.hands import Hands

NEWCOMER = "surveyor-77"
"""Whom nobody draws or appoints, so that the round goes as it goes without them."""
TABLE = (
    "Id,Name,Mail,Language,Employer's code,Employer's name,Roles\n"
    f"{NEWCOMER},Synthetic Newcomer,newcomer@example.invalid,zh,none,,surveyor\n"
)
AT_MOST = 600_000
"""Milliseconds that a copy or a verification may take: they wait for other work on the machine."""


async def register_newcomer(hands: Hands, admin: str, folder: Path) -> str:
    """Register somebody from a table, and return the act's command id."""
    file = folder / "people.csv"
    file.write_text(TABLE, encoding="utf-8")
    await hands.become(admin)
    await hands.open("/do/register-people")
    await hands.page.locator("[name='u.people']").set_input_files(file)
    await hands.press(CHECK)
    return (await hands.sign()).split("/")[2]


async def verify_copy(hands: Hands, auditor: str, round_id: str, key: str) -> str:
    """Copy the record of a round, verify it with a public key, and return the report's verdict."""
    await hands.become(auditor)
    await hands.open(f"/rounds/{round_id}/audit")
    await hands.press("main form button >> nth=0")
    await hands.page.locator("#key").wait_for(timeout=AT_MOST)
    await hands.fill({"key": (key,)})
    await hands.press("form[action$='/verify'] button")
    verdict = hands.page.locator(".report .verdict")
    await verdict.wait_for(timeout=AT_MOST)
    return await verdict.inner_text()
