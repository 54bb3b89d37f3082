"""Tables are read side by side: nobody waits for another's slow one, and each for their own."""

import asyncio

from portal.backend import TABLES_AT_ONCE, PersonalTurns


async def hold(turns: PersonalTurns, person: str, begun: list[str], until: asyncio.Event) -> None:
    async with turns.turn(person):
        begun.append(person)
        await until.wait()


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_slow_table_keeps_waiting_whoever_sent_it_and_nobody_else() -> None:
    turns, begun, end = PersonalTurns(TABLES_AT_ONCE), list[str](), asyncio.Event()
    # One person sends far more tables than there are places.
    slow = [asyncio.create_task(hold(turns, "slow", begun, end)) for _ in range(TABLES_AT_ONCE * 3)]
    await settle()
    others = [asyncio.create_task(hold(turns, f"other-{number}", begun, end)) for number in range(3)]
    await settle()
    assert begun == ["slow", "other-0", "other-1", "other-2"]
    end.set()
    await asyncio.gather(*slow, *others)
    assert begun.count("slow") == TABLES_AT_ONCE * 3


async def test_no_more_are_read_at_once_than_there_are_places() -> None:
    turns, begun, end = PersonalTurns(2), list[str](), asyncio.Event()
    waiting = [asyncio.create_task(hold(turns, str(number), begun, end)) for number in range(5)]
    await settle()
    assert begun == ["0", "1"]
    # Whoever leaves while they wait takes no place.
    waiting[2].cancel()
    end.set()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert begun == ["0", "1", "3", "4"]
