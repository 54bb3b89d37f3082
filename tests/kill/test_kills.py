"""No loss, no double: processes are killed while a round runs, and the list is that of an undisturbed run."""

import asyncio
from pathlib import Path

import pytest

from starter.demo.summary import Result
from tests.databases import superuser
from tests.kill.support.evidence import collect
from tests.kill.support.histories import compare_all
from tests.kill.support.holding import check_order, hold_record_open
from tests.kill.support.killer import FOR_GOOD, Blow, Killer, plan_of, require_hard_enough
from tests.kill.support.living import ROUND, Place, live_through, open_round, running_place
from tests.kill.support.patience import STUCK_AFTER
from tests.kill.support.people import small_example
from tests.kill.support.signatures import check_signed
from tests.kill.support.tower import COMMITTED

pytestmark = pytest.mark.kill

SEEDS = (1, 3)
HOLDING = 3
"""The seed in which the record is held open as well."""
NOTICE, HELD_NOTICE = 3, 60
"""Seconds; the longer one is for the first act in it, which comes late where five rounds share a busy machine."""
UNDISTURBED, DISTURBED = 60.0, 120.0
"""Seconds of intake at least: it and the notice end by the clock, other stages once all have acted."""
TWO = ("worker", "worker-2")


async def play_undisturbed(folder: Path) -> tuple[Result, ...]:
    async with running_place("undisturbed", folder) as place:
        ended = await live_through(await open_round(place, small_example(UNDISTURBED)))
        await check(place)
        return ended


async def play_with_kills(seed: int, folder: Path) -> tuple[Result, ...]:
    async with running_place(f"seed {seed}", folder) as place:
        notice = HELD_NOTICE if seed == HOLDING else NOTICE
        desk = await open_round(place, small_example(DISTURBED, notice))
        killer = Killer(place)
        async with asyncio.TaskGroup() as beside:  # a part that does not come back ends the run at once
            killing = beside.create_task(killer.run(plan_of(seed)))
            holding = beside.create_task(hold_record_open(place, desk)) if seed == HOLDING else None
            ended = await live_through(desk)
            assert killing.done(), "the round was over before the last kill"
        require_hard_enough(killer.struck)
        if holding:
            leaves = [entry.leaf async for entry in place.client.ledger.reading.all_entries(ROUND)]
            check_order(leaves, holding.result())
        await check(place)
        return ended


async def two_workers(folder: Path) -> tuple[Result, ...]:
    async with running_place("two workers", folder, TWO) as place:
        desk = await open_round(place, small_example(DISTURBED))
        killer = Killer(place)
        blow = Blow(TWO[1], COMMITTED, after=100, delay=0, pause=FOR_GOOD)
        async with asyncio.TaskGroup() as beside:
            beside.create_task(killer.run([blow]))
            ended = await live_through(desk)
        assert killer.struck[0].committed
        place.say(f"appends by worker: {dict(place.tower.by_worker)}")
        assert all(place.tower.by_worker[name] > 20 for name in TWO)
        await check(place)
        return ended


async def check(place: Place) -> None:
    """No hole, no double, one outcome each, every letter accepted, every answer recorded, all replayed."""
    evidence = await collect(superuser(place.ends.databases), place.ends.mail_folder, place.client.receipts)
    assert evidence.faults() == []
    assert len(evidence.mails) >= len({letter.message_id for letter in evidence.letters if letter.due}) > 100
    checkpoints = await check_signed(place)
    agreed = await compare_all(place, ROUND)
    place.say(
        f"{agreed} entries of the round agree with the histories and their replays; {len(evidence.mails)} "
        f"mails of {len(set(evidence.mails))} letters; {len(evidence.receipts)} receipts found; "
        f"{checkpoints} checkpoints"
    )


@pytest.fixture(scope="module")
def outcomes(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, tuple[Result, ...] | BaseException]:
    """All runs side by side: most of their time is waiting for what was killed."""
    folder = tmp_path_factory.mktemp("kills")
    runs = {
        "undisturbed": play_undisturbed(folder),
        "two workers": two_workers(folder),
        **{f"seed {seed}": play_with_kills(seed, folder) for seed in SEEDS},
    }

    async def run_all() -> list[tuple[Result, ...] | BaseException]:
        limited = (asyncio.wait_for(run, STUCK_AFTER) for run in runs.values())
        return await asyncio.gather(*limited, return_exceptions=True)

    print()
    return dict(zip(runs, asyncio.run(run_all()), strict=True))


@pytest.mark.parametrize("name", ["undisturbed", "two workers", *(f"seed {seed}" for seed in SEEDS)])
def test_ends_with_the_same_list(outcomes: dict[str, tuple[Result, ...] | BaseException], name: str) -> None:
    ended = outcomes[name]
    if isinstance(ended, BaseException):
        raise ended
    assert sum(item.place is not None for item in ended) == 3
    assert ended == outcomes["undisturbed"]
