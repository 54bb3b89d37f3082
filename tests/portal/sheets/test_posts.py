"""Where two posts agree on a change of one: the second finds what the first entered, and who declines chooses it."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage
from selection.round import events as r
from selection.streams import log_of, round_stream
from tests.portal.conftest import browse, sign_in
from tests.portal.sheets.test_sheets import backend
from tests.portal.support.browsing import Browser
from tests.portal.support.deciding import tell_round_until
from tests.portal.support.fixtures import app, client
from tests.portal.support.sheets import Typed, faults_in, fill_in, person_of
from tests.registering import register
from tests.selection import story

__all__ = ["app", "backend", "client"]
RUNNING = "running-1"
ENTERED = r.PostChangeEntered(
    number=1,
    post="officers",
    level="",
    added=("newcomer-1",),
    removed=("officer-2",),
    start=story.UNTIL,
    until=datetime(2099, 1, 1, tzinfo=UTC),
    reason=story.ref("entered"),
)


async def tell_entered(ledger: Ledger, last: r.PostChangeEntered = ENTERED) -> None:
    await register(ledger, [person_of("newcomer-1", Role.OFFICER)], command_id="more")
    told = tell_round_until(RUNNING, RoundStage.SURVEY)
    # What was entered is replaced by what the same person entered later.
    told.tell(story.OFFICER, ENTERED.with_(post="auditors", added=(), removed=("auditor-1",)))
    told.tell(story.OFFICER, last.with_(number=2))
    for leaf in told.leaves:
        await ledger.record.append(log_of(round_stream(RUNNING)), leaf.stream, [leaf])


def read_fields(page: Browser) -> dict[str, list[str]]:
    """What stands in the fields of a page, and what is chosen there."""
    lines = {
        name: [text] for name, text in re.findall(r'<textarea[^>]*name="f\.(\w+)"[^>]*>([^<]*)<', page.page)
    }
    chosen = re.findall(r'name="f\.(\w+)" value="([^"]*)"[^>]*checked', page.page)
    return {**lines, **{name: [value] for name, value in chosen}}


async def test_whoever_agrees_finds_what_was_entered_and_signs_the_very_same(
    app: Starlette, recorder: Ledger
) -> None:
    await tell_entered(recorder)
    path = f"/do/agree-on-post/{RUNNING}"
    for person in ("supervisor-1", "approver-1"):
        async with browse(app) as page:
            await page.open("/language/zh")
            await sign_in(page, recorder, person)
            await page.open(path)
            found = read_fields(page)
            assert found["post"] == ["officers"]
            assert found["add"] == ["newcomer-1"]
            assert found["remove"] == ["officer-2"]
            typed: Typed = {
                "f.post": "officers",
                "f.level": "",
                "f.add": "newcomer-1",
                "f.remove": "officer-2",
                "f.reason": "Ill",
            }
            assert await fill_in(page, path, typed) == 200, faults_in(page, path)


async def test_an_auditor_is_told_before_signing_that_others_are_left(
    app: Starlette, recorder: Ledger
) -> None:
    await tell_entered(recorder, ENTERED.with_(removed=()))
    there = [person_of("officer-1", Role.OFFICER), person_of("supervisor-1", Role.SUPERVISOR)]
    await register(recorder, there, command_id="there")
    async with browse(app) as page:
        await page.open("/language/en")
        await sign_in(page, recorder, "auditor-1")
        await page.open(f"/rounds/{RUNNING}/desk")
        path = f"/do/agree-on-post/{RUNNING}"
        assert path in page.links
        await page.open(path)
        assert read_fields(page)["add"] == ["newcomer-1"]
        typed: Typed = {"f.post": "officers", "f.add": "newcomer-1", "f.reason": "All left"}
        assert await fill_in(page, path, typed) == 422
        assert "Auditors have a part in who holds a post only where one" in page.text


async def test_who_entered_it_finds_nothing_of_another(app: Starlette, recorder: Ledger) -> None:
    await tell_entered(recorder)
    async with browse(app) as page:
        await sign_in(page, recorder, "officer-1")
        await page.open(f"/do/agree-on-post/{RUNNING}")
        assert read_fields(page).get("add", [""]) == [""]


@pytest.mark.parametrize(
    "other",
    [
        {"until": story.UNTIL},
        {"added": ("newcomer-1", "supervisor-1")},
        {"removed": ("supervisor-1",)},
    ],
    ids=["no longer counts", "adds the visitor", "removes the visitor"],
)
async def test_what_the_visitor_may_not_complete_is_not_filled_in(
    app: Starlette, recorder: Ledger, other: dict[str, Any]
) -> None:
    await tell_entered(recorder, ENTERED.with_(**other))
    async with browse(app) as page:
        await sign_in(page, recorder, "supervisor-1")
        await page.open(f"/do/agree-on-post/{RUNNING}")
        assert read_fields(page).get("remove", [""]) == [""]


async def test_who_declines_chooses_among_what_waits(app: Starlette, recorder: Ledger) -> None:
    await tell_entered(recorder)
    async with browse(app) as page:
        await page.open("/language/en")
        await sign_in(page, recorder, "supervisor-1")
        path = f"/do/decline-post-change/{RUNNING}"
        await page.open(path)
        assert "2: officers, add newcomer-1, remove officer-2" in page.text
        assert re.findall(r'name="f.number" value="([^"]*)"', page.page) == ["2"]
        assert await fill_in(page, path, {"f.reason": "They are back"}) == 422
        assert await fill_in(page, path, {"f.number": "2", "f.reason": "They are back"}) == 200
        assert "They are back" in page.text
