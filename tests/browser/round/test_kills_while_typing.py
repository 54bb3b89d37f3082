"""Portal, worker, database and Temporal are killed while a person types and submits: nothing is lost or done twice."""

import os
from contextlib import suppress
from pathlib import Path
from random import Random
from secrets import randbelow
from urllib.parse import urlsplit

import psutil
from playwright.async_api import Error, Page, expect

from runtime.embedded.stack import PORTAL, POSTGRES, TEMPORAL
from selection.application.events import ApplicationSubmitted, ApplicationWithdrawn
from selection.forms.one_text import application_form
from selection.kernel.actor import Actor, Role
from selection.round.commands import OpenRound
from selection.round.events import PostChanged
from selection.rules.loading import rules_hash
from selection.rules.sections import Staff
from selection.streams import round_stream
from starter.commands.operator.up import wait_for_portal
from starter.demo.acts.intake import read_filled_form
from tests.browser.round.applying import Applying
from tests.browser.round.example import ROUND, cut_down
from tests.browser.round.installation import Installation, start_installation
from tests.browser.round.moments import Moment, killing
from tests.browser.round.much import ROWS, kill_while_many_are_sent, kill_while_uploading
from tests.browser.round.pages import CHECK, ONLY, SAVE
from tests.browser.support.chromium import PATIENCE, Tab
from tests.browser.support.hands import OUTCOME, Hands, Languages
from tests.kill.support.patience import patiently
from tests.running.waiting import until

SEED = int(os.environ.get("KILL_SEED") or randbelow(10**6))
"""Which parts are killed at which moments; another for each run, told where it fails."""
KILLS = int(os.environ.get("KILLS") or 2)
"""How often a part is killed while a draft is saved."""
WORKER = "worker"
LONG = 1_000.0
"""Seconds of intake, which nothing here outlasts."""
APPLY = f"/rounds/{ROUND}/apply"
LEAVE = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
"""As one turns to another window, when the page saves by itself."""


def end(place: Installation, part: str) -> None:
    """Kill a part with all its processes: those of a database that nobody lets run answer what they are asked yet."""
    left = psutil.Process(place.stack.pids[part]).children(recursive=True)
    place.stack.kill(part)
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(left)


async def come_back(place: Installation, part: str) -> None:
    """Start what was killed, as `selection up` does when it is started again."""
    await place.stack.start(part)
    await wait_for_portal(place.stack)


async def type_and_leave(hands: Hands, name: str, text: str) -> str:
    """Type into a field, turn to another window, and return what the page says became of it."""
    state = hands.page.locator("#draft-state")
    await hands.fill({name: (text,)})
    # Saved twice within a second it would say the same.
    await state.evaluate("part => { part.textContent = ''; }")
    await hands.page.evaluate(LEAVE)
    await expect(state).not_to_have_text("", timeout=PATIENCE)
    failures = [await state.get_attribute(f"data-{name}") for name in ("failed", "offline")]
    return "failed" if await state.inner_text() in failures else "saved"


async def read_anew(hands: Hands, path: str, name: str) -> str:
    """Return what a second window shows in a field, as it was saved."""
    window = await hands.page.context.new_page()
    await window.goto(hands.origin + path)
    found = await window.locator(f"[name='{name}']").input_value()
    await window.close()
    return found


async def type_while_away(hands: Hands, place: Installation, part: str, path: str, name: str) -> None:
    """Type while a part is killed: what was saved before is there, and what could not be is saved once it is back."""
    print(f"typing while {part} is away")
    await hands.open(path)
    assert await type_and_leave(hands, name, f"before {part}") == "saved"
    end(place, part)
    assert await type_and_leave(hands, name, f"while {part} is away") == "failed"
    await come_back(place, part)
    assert await read_anew(hands, path, name) == f"before {part}"
    assert await hands.page.locator(f"[name='{name}']").input_value() == f"while {part} is away"
    assert await type_and_leave(hands, name, f"after {part}") == "saved"

    async def is_saved() -> bool:
        return await read_anew(hands, path, name) == f"after {part}"

    # The page may have been saving what was typed before, by itself, as it does after a pause.
    await until(is_saved, "that what was typed last is saved")


async def kill_while_saving(hands: Hands, place: Installation, path: str, name: str, chance: Random) -> None:
    """Kill a part at some moment of a save: what is typed stays in the page, and is saved with a button in the end."""
    part, moment, text = chance.choice((PORTAL, POSTGRES)), chance.choice([*Moment]), str(chance.random())
    print(f"while saving: {part}, {moment.value}")
    await hands.open(path)
    field = hands.page.locator(f"[name='{name}']")
    before = await field.input_value()
    async with killing(hands.session, moment, lambda: place.stack.kill(part), chance):
        said = await type_and_leave(hands, name, text)
    await come_back(place, part)
    assert await read_anew(hands, path, name) in ((text,) if said == "saved" else (before, text))
    assert await field.input_value() == text
    while urlsplit(hands.page.url).path == path:
        # A save whose answer was lost is told as one of another window: what is typed then takes its place.
        async with hands.page.expect_navigation():
            await hands.page.locator(SAVE).click()
        assert not await field.count() or await field.input_value() == text
    assert await read_anew(hands, path, name) == text


async def open_again(page: Page, url: str) -> None:
    """Open a page as somebody does for whom the browser may yet say what became of what they sent before."""

    async def is_open() -> bool:
        try:
            await page.goto(url)
        except Error as fault:
            if "interrupted by another navigation" not in str(fault):
                raise
            return False
        return True

    await until(is_open, f"that nothing sent before leads away from {url}")


async def kill_while_signing(hands: Hands, place: Installation, chance: Random) -> str:
    """Kill a part at some moment of signing the act that is shown; signed again it is the same act.

    Returns the path that it led to in the end.
    """
    part, moment = chance.choice((PORTAL, POSTGRES, WORKER)), chance.choice([*Moment])
    print(f"while signing: {part}, {moment.value}")
    shown = hands.page.url
    async with killing(hands.session, moment, lambda: place.stack.kill(part), chance):
        await hands.page.locator("#sign button").click()
    await come_back(place, part)
    await open_again(hands.page, f"{shown}?again=1")
    if not OUTCOME.search(hands.page.url):
        await hands.page.locator("#sign button").click()
        await hands.page.wait_for_url(OUTCOME)
    return urlsplit(hands.page.url).path


async def kill_while_two_sign(hands: Hands, place: Installation, staff: Staff, chance: Random) -> None:
    """Have two supervisors take a post away, and kill a part at some moment of each signature."""
    first, second, *_ = staff.supervisors
    await hands.become(first, Role.SUPERVISOR)
    await hands.open(f"/do/change-post/{ROUND}")
    typed = {"f.post": ("admins",), "f.remove": (staff.admins[-1],), "f.reason": ("They leave 离任",)}
    assert await hands.fill(typed) == []
    await hands.press(CHECK)
    waits = await kill_while_signing(hands, place, chance)
    await hands.become(second, Role.SUPERVISOR)
    await hands.open(waits)
    await hands.press(ONLY)
    assert (await kill_while_signing(hands, place, chance)).endswith("/done")


async def sign_while_temporal_is_away(hands: Hands, place: Installation) -> None:
    """Kill Temporal and sign the act that is shown: it is not taken, and the same portal sends it once that is back."""
    shown, portal = hands.page.url, place.stack.pids[PORTAL]
    place.stack.kill(TEMPORAL)
    async with hands.page.expect_navigation():
        await hands.page.locator("#sign button").click()
    assert await patiently(lambda: list_done(place)) == []
    await come_back(place, TEMPORAL)
    assert place.stack.pids[PORTAL] == portal
    await open_again(hands.page, f"{shown}?again=1")


async def sign_while_parts_are_away(hands: Hands, place: Installation) -> None:
    """Sign the act that is shown while Temporal, then the worker is away; opened again it is the same act."""
    shown = hands.page.url
    await sign_while_temporal_is_away(hands, place)
    place.stack.kill(WORKER)
    await hands.page.locator("#sign button").click()
    await hands.page.locator('script[src="/static/pending.js"]').wait_for(state="attached")
    await come_back(place, WORKER)
    await hands.page.wait_for_url("**/done")
    await hands.page.goto(shown)
    await hands.page.wait_for_url("**/done")


async def list_done(place: Installation) -> list[tuple[str, str]]:
    """Return who handed in a version, withdrew it or changed a post, once for each."""
    entries = place.client.ledger.reading.all_entries(ROUND)
    wanted = (ApplicationSubmitted.TYPE, ApplicationWithdrawn.TYPE, PostChanged.TYPE)
    return [
        (entry.leaf.actor.person, entry.leaf.type) async for entry in entries if entry.leaf.type in wanted
    ]


async def test_nothing_typed_is_lost_and_nothing_is_done_twice(tab: Tab, tmp_path: Path) -> None:
    print(f"KILL_SEED={SEED}")
    chance, example = Random(SEED), cut_down(LONG, 1, local=False)
    applicant = example.applicants[0]
    form = application_form(example.rules.forms)
    path, name = f"{APPLY}/{form.sections[0].code}", f"a.{form.sections[0].fields[0].code}"
    async with start_installation(tmp_path / "data") as place:
        await place.settle(example.people, example.list_units())
        opened = OpenRound(rules=example.rules.model_dump(mode="json"), rules_hash=rules_hash(example.rules))
        officer, second, *_ = example.rules.staff.officers
        await place.act_by_two(round_stream(ROUND), opened, Actor(person=officer, role=Role.OFFICER), second)
        hands = Hands(tab, place.origin, place.passkeys, place.enter, Languages())
        await hands.become(applicant.agent, Role.APPLICANT)
        for part in (PORTAL, POSTGRES):
            await type_while_away(hands, place, part, path, name)
        for _ in range(KILLS):
            await kill_while_saving(hands, place, path, name, chance)

        place_of_file = Applying(hands, form, tmp_path).find_place("pledge")
        await kill_while_uploading(hands, place, come_back, f"{APPLY}/{place_of_file}", tmp_path, chance)

        # Temporal, while somebody signs: the act is kept. Then the worker: the act is taken, and done once it is back.
        applying = Applying(hands, form, tmp_path)
        await applying.fill_in(APPLY, read_filled_form(applicant))
        await hands.open(APPLY)
        await hands.press(CHECK)
        await sign_while_parts_are_away(hands, place)
        await hands.open(f"/do/withdraw/{ROUND}/0001")
        await hands.press(CHECK)
        await kill_while_signing(hands, place, chance)
        many = (applicant.agent, applicant.code)
        await kill_while_many_are_sent(hands, place, come_back, WORKER, *many, chance)
        await kill_while_two_sign(hands, place, example.rules.staff, chance)
        done = await patiently(lambda: list_done(place))
    assert done == [
        (applicant.agent, ApplicationSubmitted.TYPE),
        (applicant.agent, ApplicationWithdrawn.TYPE),
        *((applicant.agent, ApplicationSubmitted.TYPE),) * ROWS,
        (example.rules.staff.supervisors[0], PostChanged.TYPE),
    ]
