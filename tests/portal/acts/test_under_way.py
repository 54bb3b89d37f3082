"""What was handed on stays until it is answered, however much is only looked at since, and is found among all of it."""

import json
from typing import Any

from tests.attacks.test_enrolment_codes import founded_place
from tests.ledger.conftest import unfounded_url
from tests.portal.acts.test_other_sessions import send_part
from tests.portal.acts.test_signed_together import backend, page, passkey
from tests.portal.support.acting import DecidingBackend, DecidingClient
from tests.portal.support.browsing import Browser
from tests.portal.support.fixtures import client
from tests.running.servers import run_statement
from tests.selection.signing.keys import Authenticator

__all__ = ["backend", "client", "founded_place", "page", "passkey", "unfounded_url"]
KEPT = 50
"""Acts that are only looked at, of one person."""


def keep(command_id: str, signer: str = "officer-1", **fields: Any) -> str:
    """Return an act as a page keeps it, as far as it is judged whether it is answered."""
    return json.dumps({"act": {"command_id": command_id, "actor": {"person": signer}}, **fields})


async def look_at(backend: DecidingBackend, person: str, count: int, name: str = "look") -> None:
    work = (await backend.reach()).work._kept
    for number in range(count):
        await work.keep_act(f"{name}-{number}", person, "session", keep(f"{name}-{number}"))


async def send(backend: DecidingBackend, person: str, own_id: str, body: str) -> None:
    work = (await backend.reach()).work._kept
    await work.keep_act(own_id, person, "session", body)
    await work.note_act(own_id, person, "session", sent=True)


async def test_what_is_looked_at_pushes_out_nothing_that_was_signed_and_is_not_answered(
    page: Browser, passkey: Authenticator, backend: DecidingBackend, client: DecidingClient
) -> None:
    path = await send_part(page, passkey, client)
    await send(backend, "officer-1", "alone", keep("alone"))
    await look_at(backend, "officer-1", 2 * KEPT)
    assert (await page.open(path)).status_code == 200
    assert "2 recorded, 0 refused, 1 not answered" in page.text
    await page.send(path, {})
    await page.open(path)
    assert "3 recorded, 0 refused" in page.text
    work = (await backend.reach()).work._kept
    assert await work.read_act("alone", "officer-1", "session") is not None
    # Of what is only looked at fifty stay, and what is answered has no more right than those.
    found = [await work.read_act(f"look-{number}", "officer-1", "session") for number in range(2 * KEPT)]
    assert [kept is not None for kept in found] == [False] * KEPT + [True] * KEPT
    await look_at(backend, "officer-1", KEPT, "more")
    assert (await page.open(path)).status_code == 404
    assert await work.read_act("alone", "officer-1", "session") is not None


async def test_what_was_handed_on_stays_for_a_day_and_is_then_gone(
    backend: DecidingBackend, unfounded_url: str
) -> None:
    await send(backend, "officer-1", "alone", keep("alone"))
    await run_statement(unfounded_url, "UPDATE selection.portal_acts SET until = now() - interval '1 day'")
    await look_at(backend, "officer-1", 1)
    assert await (await backend.reach()).work._kept.read_act("alone", "officer-1", "session") is None


async def test_what_is_not_answered_is_found_behind_many_that_are_or_wait_for_a_second_signature(
    page: Browser, passkey: Authenticator, backend: DecidingBackend, client: DecidingClient
) -> None:
    path = await send_part(page, passkey, client)
    await page.send(path, {})
    await page.open(path)
    assert "3 recorded, 0 refused" in page.text
    answered = f"{path.rpartition('/')[2]}.0"
    work = (await backend.reach()).work._kept
    await send(backend, "expert-9", "older", keep("not-answered", signer="officer-1"))
    for number in range(25):
        await send(backend, "expert-9", f"signed-too-{number}", keep(answered, second="expert-9"))
        await send(backend, "expert-9", f"waits-{number}", keep(f"waits-{number}", two=True))
        await send(backend, "expert-9", f"foreign-{number}", json.dumps({"version": 2}))
    found = [json.loads(row.body)["act"]["command_id"] for row in await work.list_under_way("expert-9")]
    assert found == ["not-answered"]
