"""The desk of the check and several acts at once, as an officer does them without scripts on a local installation."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from selection.kernel.stages import Stage
from selection.streams import application_stream
from starter.client.errors import ActMissing
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import DecidingBackend, DecidingClient
from tests.portal.support.browsing import Browser
from tests.portal.support.checking import DESK, NAMES, SOUND, TOGETHER, UNSEALED, tell_changed, tell_checks
from tests.portal.support.fixtures import app, client, decide, state_of
from tests.portal.support.sheets import Typed
from tests.selection import story

__all__ = ["app", "client"]


@pytest.fixture
async def backend(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    await tell_checks(recorder)
    async with decide(url, recorder) as made:
        yield made


async def mark(browser: Browser, kind: str, *numbers: str) -> int:
    await browser.open(DESK)
    marks = {f"m.{number}": "1" for number in numbers}
    return (await browser.send(DESK, {**marks, "do": kind})).status_code


async def press(browser: Browser, button: str, **changed: str | list[str]) -> int:
    """Press a button of the page on which an act is filled in for several."""
    typed: dict[str, str | list[str]] = dict(
        re.findall(r'<input type="hidden" name="(version|act|seen)" value="([^"]*)"', browser.page)
    )
    typed |= dict(
        re.findall(r'<input type="checkbox" id="m\.\w+" name="(m\.\w+)" value="(\d+)" checked', browser.page)
    )
    return (await browser.send(TOGETHER, {**typed, **changed, "do": button})).status_code


async def stage(recorder: Ledger, number: str) -> Stage:
    return (await state_of(recorder, application_stream(story.ROUND, number))).stage


def rows(browser: Browser) -> list[str]:
    return re.findall(r'<span class="beside">(0\d{3})\b', browser.page)


async def test_the_desk_filters_sorts_and_pages_by_address(officer: Browser) -> None:
    await officer.open(f"/rounds/{story.ROUND}/desk")
    assert DESK in officer.links
    await officer.open(DESK)
    assert rows(officer) == [*SOUND, UNSEALED]
    assert officer.text.count("overdue") == 4
    await officer.open(f"{DESK}?q=scenic")
    assert rows(officer) == ["0062"]
    await officer.open(f"{DESK}?sort=-number&late=late&stage=checking&unit=prov-bj")
    assert rows(officer) == [UNSEALED, *reversed(SOUND)]
    await officer.open(f"{DESK}?field={story.RULES.fields[1].code}")
    assert rows(officer) == ["0061", UNSEALED]
    await officer.open(f"{DESK}?q=nothing+of+it")
    assert "None of them fits" in officer.text


async def test_several_pass_after_a_dry_run_and_the_others_are_told_why(
    officer: Browser, recorder: Ledger, client: DecidingClient
) -> None:
    assert await mark(officer, "pass-check") == 422
    assert "Mark at least one application" in officer.text
    assert await mark(officer, "pass-check", *SOUND, UNSEALED) == 200
    assert "0 of 4 would be done" in officer.text
    for told in ("did not rule on: a co-builder has not confirmed", "not confirmed; seals are missing"):
        assert told in officer.text
    assert await press(officer, "check") == 422
    ruled: Typed = {"f.codes": ["co-builder-unconfirmed"]}
    assert await press(officer, "try", **ruled) == 200
    assert "3 of 4 would be done" in officer.text
    assert await press(officer, "check", **ruled, **{f"ruling.{SOUND[0]}": "Confirmed by letter"}) == 422
    assert f"{SOUND[1]}: write how you ruled, and why" in officer.text
    # A ruling is on one application: its reason is not recorded as that of another.
    ruled |= {f"ruling.{number}": f"Confirmed by letter {number}" for number in SOUND}
    assert await press(officer, "try", **ruled) == 200
    assert client.sent == []
    # What was typed is kept, and another way back shows the same.
    await officer.open(TOGETHER)
    assert f"Confirmed by letter {SOUND[0]}" in officer.text
    assert await press(officer, "check", **ruled) == 200
    rulings = {number: f"Confirmed by letter {number}" for number in SOUND}
    for shown in ("3 acts", "Pass the legality check", *rulings.values(), "a co-builder has not confirmed"):
        assert shown in officer.text, shown
    assert f"{story.ROUND}/{UNSEALED}" not in officer.text
    [path] = set(re.findall(r'action="(/together/[^"]+)"', officer.page))
    await officer.send(path, {})
    assert "3 recorded, 0 refused, 0 not answered yet" in officer.text
    assert [await stage(recorder, number) for number in SOUND] == [Stage.ELIGIBLE] * 3
    assert await read_rulings(recorder, client) == rulings
    assert await stage(recorder, UNSEALED) is Stage.CHECKING
    assert DESK in officer.links
    assert TOGETHER not in officer.links
    await come_back(officer, path)
    assert len(client.sent) == 3
    await officer.open(TOGETHER)
    assert "No application is marked" in officer.text


async def read_rulings(recorder: Ledger, client: DecidingClient) -> dict[str, str]:
    """Return the text that each act cites, by the number of its application."""
    ids = {act.stream[-4:]: act.command["text"]["id"] for act in client.sent}
    stored = await recorder.contents.bodies(list(ids.values()))
    return {number: stored[name].decode() for number, name in ids.items()}


async def come_back(officer: Browser, path: str) -> None:
    """Open several acts that were sent, which are no single act, send them again, and read a receipt."""
    answer = await officer.open(path.replace("/together/", "/acts/"))
    assert answer.status_code == 404
    assert "There is nothing here" in officer.text
    await officer.open(path)
    await officer.send(path, {})
    receipt = next(link for link in officer.links if link.endswith("/done"))
    await officer.open(receipt)
    assert "Recorded" in officer.text


async def test_what_changed_since_it_was_tried_is_looked_at_again(officer: Browser, recorder: Ledger) -> None:
    assert await mark(officer, "send-back", *SOUND) == 200
    assert await press(officer, "check") == 422
    for told in ("Choose at least one", "Write the text"):
        assert told in officer.text
    assert await press(officer, "try", **{f"m.{number}": "1" * 5_000 for number in SOUND}) == 200
    assert "No application is marked" in officer.text
    assert await mark(officer, "send-back", *SOUND) == 200
    faults: Typed = {"f.codes": ["evidence-unclear"], "f.text": "Send the annexes again."}
    assert await press(officer, "try", **faults) == 200
    assert "3 of 3 would be done" in officer.text
    seen = officer.page
    assert await press(officer, "check", seen="0060 0061", **faults) == 422
    assert "is not what this page showed" in officer.text
    assert await press(officer, "check", **faults) == 200
    [path] = set(re.findall(r'action="(/together/[^"]+)"', officer.page))
    # Another window keeps its own draft only over the one that it saw.
    officer.page = seen
    assert await press(officer, "try", **faults) == 409
    await officer.open(path)
    await officer.send(path, {})
    assert "3 recorded" in officer.text
    assert await stage(recorder, "0060") is Stage.MENDING


async def test_what_was_handed_in_since_it_was_seen_is_not_sent_back(
    officer: Browser, recorder: Ledger
) -> None:
    assert await mark(officer, "send-back", *SOUND) == 200
    await tell_changed(recorder, "0060")
    faults: Typed = {"f.codes": ["evidence-unclear"], "f.text": "Send the annexes again."}
    assert await press(officer, "try", **faults) == 200
    assert "2 of 3 would be done" in officer.text
    assert "changed since version 1; read version 2" in officer.text
    assert await press(officer, "check", **faults) == 200
    assert f"{story.ROUND}/0060" not in officer.text
    # The act itself names no version, so what is signed shows none.
    assert "Version" not in officer.text
    [path] = set(re.findall(r'action="(/together/[^"]+)"', officer.page))
    await officer.send(path, {})
    assert [await stage(recorder, number) for number in SOUND] == [Stage.CHECKING, *[Stage.MENDING] * 2]


async def test_a_part_that_was_not_answered_is_sent_again(
    officer: Browser, recorder: Ledger, client: DecidingClient
) -> None:
    assert await mark(officer, "fail-check", "0060", "0061") == 200
    grounds: Typed = {"f.codes": ["outside-field"], "f.text": "Not of this ministry."}
    assert await press(officer, "try", **grounds) == 200
    assert await press(officer, "check", **grounds) == 200
    [path] = set(re.findall(r'action="(/together/[^"]+)"', officer.page))
    client.before = ActMissing("not-taken")
    await officer.send(path, {})
    assert "1 recorded, 0 refused, 1 not answered yet" in officer.text
    assert "/static/pending.js" in officer.page
    assert path in officer.links
    await officer.send(path, {})
    assert "2 recorded, 0 refused, 0 not answered yet" in officer.text
    assert "pending" not in officer.page
    assert len(client.sent) == 3
    assert [await stage(recorder, number) for number in ("0060", "0061")] == [Stage.ENDED] * 2


async def test_acts_that_are_being_sent_are_not_sent_a_second_time(
    officer: Browser, client: DecidingClient
) -> None:
    assert await mark(officer, "fail-check", "0060", "0061") == 200
    grounds: Typed = {"f.codes": ["outside-field"], "f.text": "Not of this ministry."}
    assert await press(officer, "try", **grounds) == 200
    assert await press(officer, "check", **grounds) == 200
    [path] = set(re.findall(r'action="(/together/[^"]+)"', officer.page))
    held = client.held = asyncio.Event()
    first = asyncio.create_task(officer.send(path, {}))
    while len(client.sent) < 2:
        await asyncio.sleep(0)
    client.held = None
    await officer.send(path, {})
    assert "0 recorded, 0 refused, 2 not answered yet" in officer.text
    assert len(client.sent) == 2
    held.set()
    await first
    assert "2 recorded, 0 refused, 0 not answered yet" in officer.text


async def test_nobody_else_sees_the_desk_or_anothers_acts(
    officer: Browser, recorder: Ledger, app: Starlette
) -> None:
    assert await mark(officer, "pass-check", "0060") == 200
    rulings: Typed = {"f.codes": ["co-builder-unconfirmed"], "ruling.0060": "Looked into."}
    assert await press(officer, "try", **rulings) == 200
    assert await press(officer, "check", **rulings) == 200
    [path] = set(re.findall(r'action="(/together/[^"]+)"', officer.page))
    async with browse(app) as other:
        await other.speak("en")
        for person in ("agent-1", "expert-1", "supervisor-1", "recommender-1", "stranger-1", "officer-2"):
            await sign_in(other, recorder, person)
            if person != "officer-2":
                for page in (DESK, TOGETHER):
                    assert (await other.open(page)).status_code == 404
                    await other.open("/tasks")
                    assert (
                        await other.send(page, {"do": "pass-check", "act": "pass-check"})
                    ).status_code == 404
            assert (await other.open(path)).status_code == 404
            await other.open("/tasks")
            assert (await other.send(path, {})).status_code == 404
    assert await stage(recorder, "0060") is Stage.CHECKING


async def test_keeping_what_is_typed_reads_nothing_of_others(officer: Browser, recorder: Ledger) -> None:
    assert await mark(officer, "pass-check", "0060") == 200
    before = await recorder.read_log.find(story.ROUND)
    assert await press(officer, "leave", **{"ruling.0060": "Confirmed"}) == 200
    assert await recorder.read_log.find(story.ROUND) == before


async def test_beside_an_application_stand_those_that_are_like_it(officer: Browser, recorder: Ledger) -> None:
    here = f"/applications/{story.ROUND}/0060"
    await officer.open(here)
    assert f"/applications/{story.ROUND}/{UNSEALED}" in officer.links
    assert "in both names: stage, machinery, safety" in officer.text
    await officer.open(f"{here}?lang=zh")
    assert "名称中均有" in officer.text
    await tell_changed(recorder, "0061", name_en=NAMES["0060"][0])
    await officer.open(f"{here}?lang=en")
    assert "the same name; 1 unit in common; handed in by the same person" in officer.text
    for person in ("agent-1", "supervisor-1"):
        await sign_in(officer, recorder, person)
        await officer.open(here)
        assert "Stage Machinery" in officer.text
        assert "Similar applications" not in officer.text
