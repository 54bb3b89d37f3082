"""Acts that there is nothing for: not offered where that shows, and without a form and a button where it does not."""

from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from selection.kernel.actor import Role
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import DecidingBackend, retell
from tests.portal.support.browsing import Browser
from tests.portal.support.fixtures import app, decide
from tests.portal.support.sheets import person_of
from tests.reading.streams import MAIN
from tests.registering import register
from tests.selection import story

__all__ = ["app"]
NOTHING = "There is nothing here for this act at present."
ENDED = MAIN.stream.partition("/")[2]
UNDER_WAY: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (29, "supervisor-2", ("rule-on-conflict",)),
    (55, "supervisor-2", ("decline-reversal",)),
    (57, "officer-1", ("appoint-examiners",)),
    (57, "supervisor-1", ("reopen-objection",)),
    (57, "objector-8", ("withdraw-objection",)),
)
"""After how many steps of the story, who, and what they were offered though there is nothing for it."""


@pytest.fixture
async def backend(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    people = [person_of("objector-8", Role.OBJECTOR), person_of("expert-88", Role.EXPERT)]
    await register(recorder, people, command_id="more")
    async with decide(url, recorder) as made:
        yield made


async def see_nothing(page: Browser, path: str, back: str) -> None:
    """See the page of an act say that there is nothing for it, with the way back and nothing to press."""
    assert (await page.open(path)).status_code == 200, path
    assert NOTHING in page.text, path
    assert back in page.links, path
    assert 'name="do"' not in page.page, path
    assert "<textarea" not in page.page, path
    await page.open(f"{path}?lang=zh")
    assert "目前没有可办理的对象。" in page.text
    await page.open(f"{path}?lang=en")


async def test_an_act_without_anything_to_act_on_is_not_offered(app: Starlette, recorder: Ledger) -> None:
    for place, (steps, person, acts) in enumerate(UNDER_WAY):
        number = f"06{place:02d}"
        await retell(recorder, number, steps)
        application = f"/applications/{story.ROUND}/{number}"
        async with browse(app) as page:
            await page.speak("en")
            await sign_in(page, recorder, person)
            await page.open(application)
            for act in acts:
                path = f"/do/{act}/{story.ROUND}/{number}"
                assert path not in page.links, (person, act)
                await see_nothing(page, path, application)


async def test_without_a_request_for_review_nobody_is_offered_to_rule_on_one(
    app: Starlette, recorder: Ledger
) -> None:
    offered = {"officer-1": ("appoint-deciders", "record-remedy"), "examiner-1": ("rule-on-request",)}
    for person, acts in offered.items():
        async with browse(app) as page:
            await page.speak("en")
            await sign_in(page, recorder, person)
            await page.open(f"/applications/{ENDED}")
            for act in acts:
                assert f"/do/{act}/{ENDED}" not in page.links, (person, act)
                await see_nothing(page, f"/do/{act}/{ENDED}", f"/applications/{ENDED}")


async def test_who_has_no_key_is_told_that_none_can_be_revoked(app: Starlette, recorder: Ledger) -> None:
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "expert-88")
        await see_nothing(page, "/do/revoke-key", "/do")


async def test_objections_are_offered_while_their_time_runs_to_whom_the_stage_does_not_show(
    app: Starlette, recorder: Ledger
) -> None:
    await retell(recorder, "0620", 57)
    for place, offered in ((f"{story.ROUND}/0620", True), (ENDED, False)):
        async with browse(app) as page:
            await page.speak("en")
            await sign_in(page, recorder, "objector-8")
            await page.open(f"/applications/{place}")
            path = f"/do/raise-objection/{place}"
            assert (path in page.links) is offered
            assert (await page.open(path)).status_code == (200 if offered else 404)


async def test_who_has_no_desk_is_led_to_the_call(app: Starlette, recorder: Ledger) -> None:
    await register(recorder, [person_of("objector-1", Role.OBJECTOR)], command_id="desk")
    path = f"/do/report-lobbying/{story.ROUND}"
    for person, leads in {"objector-1": "", "officer-1": "/desk"}.items():
        async with browse(app) as page:
            await sign_in(page, recorder, person)
            await page.open(path)
            assert f"/rounds/{story.ROUND}{leads}" in page.links
            assert (f"/rounds/{story.ROUND}/desk" in page.links) is bool(leads)
