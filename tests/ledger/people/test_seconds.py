"""What waits for a second signature: fifty of one person at most, and none goes for another."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from ledger.database.store import PORTAL_ROLE, Store, open_session
from ledger.people.portal_work import QUERIES, OpenedAct, PortalWork

MOST = 50
SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
LATER = SOON + timedelta(hours=1)
SECOND = ("officer-2", "own", "session")
"""Who signs second, the act as it is kept for them, and their session."""


@pytest.fixture
async def work(url: str) -> AsyncIterator[PortalWork]:
    store = await Store.open(url, role=PORTAL_ROLE)
    yield PortalWork(store)
    await store.close()


def make_acts(name: str, count: int, until: datetime = SOON, person: str = "officer-1") -> list[OpenedAct]:
    return [
        OpenedAct(
            id=f"{name}-{number}",
            person=person,
            stream="round/a-1",
            role="officer",
            head="{}",
            body="{}",
            until=until,
        )
        for number in range(count)
    ]


async def list_untils(work: PortalWork, person: str = "officer-1") -> dict[str, datetime]:
    """Return what waits of a person, and until when each does."""
    return {act.id: act.until for act in await work.list_seconds(person, ()) if act.person == person}


async def test_fifty_are_renewed_together_and_no_other_takes_the_place_of_one(work: PortalWork) -> None:
    fifty = make_acts("one", MOST)
    assert await work.offer_seconds(fifty)
    assert not await work.offer_seconds(make_acts("more", 1, LATER))
    assert await work.offer_seconds(make_acts("one", MOST, LATER))
    assert await list_untils(work) == {act.id: LATER for act in fifty}
    # Another person's are counted by themselves, and nobody offers under another's id.
    assert await work.offer_seconds(make_acts("else", 1, person="officer-2"))
    assert not await work.offer_seconds(make_acts("one", 1, SOON, "officer-3"))
    assert await list_untils(work) == {act.id: LATER for act in fifty}


async def test_of_those_offered_together_all_are_kept_or_none(work: PortalWork) -> None:
    assert await work.offer_seconds(make_acts("one", MOST - 1))
    assert not await work.offer_seconds([*make_acts("one", 3, LATER), *make_acts("two", 2)])
    # Nor are those renewed that stand before the one without a place.
    assert await list_untils(work) == {act.id: SOON for act in make_acts("one", MOST - 1)}
    assert await work.offer_seconds(make_acts("two", 1))


async def test_of_two_that_are_offered_at_once_one_finds_no_place(work: PortalWork, url: str) -> None:
    assert await work.offer_seconds(make_acts("one", MOST - 1))
    (last,) = make_acts("last", 1)
    connection = await open_session(url, PORTAL_ROLE)
    async with connection, connection.transaction():
        await connection.execute(QUERIES["offer_second"], last.model_dump())
        other = asyncio.create_task(work.offer_seconds(make_acts("other", 1)))
        # The other one waits until it is known whether the place is taken.
        assert not (await asyncio.wait([other], timeout=0.5))[0]
    assert not await other
    assert "last-0" in await list_untils(work)


async def test_what_ran_out_takes_no_place(work: PortalWork) -> None:
    assert await work.offer_seconds(make_acts("late", MOST, datetime.now(UTC) - timedelta(seconds=1)))
    assert await work.offer_seconds(make_acts("one", MOST))
    assert len(await list_untils(work)) == MOST


async def test_what_could_not_be_sent_comes_back_whatever_waits_by_then(work: PortalWork) -> None:
    assert await work.offer_seconds(make_acts("one", MOST))
    taken = await work.take_second("one-0", *SECOND)
    again = await work.take_second("one-1", *SECOND)
    assert taken is not None
    assert again is not None
    assert await work.offer_seconds([*make_acts("more", 1), *make_acts("one", 2, LATER)[1:]])
    for act in (taken, again):
        await work.put_back_second(act, *SECOND)
    untils = await list_untils(work)
    assert len(untils) == MOST + 1
    # Signed anew meanwhile, it stays as it was signed last.
    assert (untils["one-0"], untils["one-1"]) == (SOON, LATER)


async def test_what_is_taken_to_be_sent_is_under_way_in_the_same_moment(work: PortalWork) -> None:
    person, own, session = SECOND
    assert await work.offer_seconds(make_acts("one", 1))
    await work.keep_act(own, person, session, "{}")
    taken = await work.take_second("one-0", *SECOND)
    assert taken is not None
    # Whoever dies here before it is sent finds it again, to be sent once more, in whichever session.
    kept = await work.read_act(own, person, "another")
    assert kept is not None
    assert kept.sent
    await work.put_back_second(taken, *SECOND)
    kept = await work.read_act(own, person, session)
    assert kept is not None
    assert not kept.sent
    assert "one-0" in await list_untils(work)


async def test_what_waits_no_more_is_noted_by_nobody(work: PortalWork) -> None:
    person, own, session = SECOND
    await work.keep_act(own, person, session, "{}")
    assert await work.take_second("gone-0", *SECOND) is None
    kept = await work.read_act(own, person, session)
    assert kept is not None
    assert not kept.sent
