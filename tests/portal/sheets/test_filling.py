"""What is offered on the pages of acts: the reserve by its standing, a panel by its members' names."""

import re
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from selection.application import events as a
from selection.kernel.actor import SYSTEM
from selection.round import events as r
from selection.streams import log_of
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import DecidingBackend, retell
from tests.portal.support.deciding import APPROVING, tell_candidate, tell_proposal
from tests.portal.support.fixtures import app, decide
from tests.portal.support.sheets import EACH, Typed, faults_in, fill_in
from tests.selection import story

__all__ = ["app"]


@pytest.fixture
async def backend(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    around = tell_proposal(APPROVING).tell(SYSTEM, r.ItemsLeft(removed=("0004",)))
    reserve = [tell_candidate(APPROVING, place, appraised=True) for place in (6, 5)]
    for told in reserve:
        told.tell(SYSTEM, a.PlacedInReserve(proposal=2))
    removed = tell_candidate(APPROVING, 4, appraised=True)
    for each in (around, removed, *reserve):
        await recorder.record.append(log_of(each.stream), each.stream, each.leaves)
    async with decide(url, recorder) as made:
        yield made


async def test_the_reserve_is_offered_and_who_is_passed_over_takes_a_reason(
    app: Starlette, recorder: Ledger
) -> None:
    path = f"/do/fill-places/{APPROVING}"
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "officer-1")
        await page.open(path)
        assert re.findall(r'name="f.add\.(\d+)"', page.page) == ["0005", "0006"]
        sixth: Typed = {"f.add.0006": "The one of its field"}
        assert await fill_in(page, path, sixth) == 422
        assert "0005" in faults_in(page, path), faults_in(page, path)
        assert await fill_in(page, path, {**sixth, "f.deviations.0005": "Its host left"}) == 200, faults_in(
            page, path
        )


async def test_a_panel_is_chosen_from_by_names(app: Starlette, recorder: Ledger) -> None:
    await retell(recorder, "0302", EACH["appoint-chair"][0])
    path = f"/do/appoint-chair/{story.ROUND}/0302"
    async with browse(app) as page:
        await sign_in(page, recorder, "officer-1")
        await page.open(path)
        named = re.findall(r'value="(expert-\d+)"[^>]*>\s*(?:<label[^>]*>)?([^<]*)<', page.page)
        assert len(named) > 1
        assert all(name == f"Nm-{person}" for person, name in named), named
        await page.open(f"/applications/{story.ROUND}/0302")
        assert "Nm-expert-2" in page.text
        assert not re.findall(r">expert-\d+<", page.page)
        seats = re.findall(r'data-label="(?:State|状态)">([^<]*)<', page.page)
        assert set(seats) <= {"已邀请", "已接受", "已评审", "空缺"}, seats
