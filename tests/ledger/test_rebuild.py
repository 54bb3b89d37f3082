import asyncio

import psycopg

from ledger.people.register import Identity, NewPerson
from ledger.rebuild import rebuild
from ledger.record import Ledger
from selection.kernel.actor import Role
from tests.ledger.support.stand_in import OFFICER, StandIn, leaf
from tests.registering import register

STAGES = ("check", "review", "shortlist", "ended")


async def fill(ledger: Ledger) -> None:
    # Before there are rounds: a registration asks real ones who serves there.
    identity = Identity(name="Synthetic", mail="s@example.invalid")
    for language in ("zh", "en"):
        person = NewPerson(
            person="p-1", roles={Role.EXPERT: ()}, employer="91X", language=language, identity=identity
        )
        await register(ledger, [person], OFFICER, f"register-{language}")
    await ledger.record.append("r", "round/r", [leaf("round/r", 1, stage="call")])
    await ledger.record.append("r", "recommender/r/u-1", [leaf("recommender/r/u-1", 1)])

    async def live(number: int) -> None:
        stream = f"application/r/{number}"
        for version in range(1, 2 + number % 4):
            await ledger.record.append("r", stream, [leaf(stream, version, stage=STAGES[version % 4])])

    await asyncio.gather(*(live(n) for n in range(40)))


async def test_projections_are_what_the_log_says(ledger: Ledger, url: str) -> None:
    await fill(ledger)
    result = await rebuild(url, fold=StandIn())
    assert result.before == result.after
    assert result.equal
    assert {name: n for name, (_, n) in result.after.items()} == {
        "applications": 40,
        "deadlines": 1,
        "employments": 1,
        "people": 1,
        "recommendation_lists": 1,
        "registrars": 1,
        "rounds": 1,
        "snapshots": 43,
        "tasks": 32,
        "unit_parents": 0,
        "unit_registrars": 0,
        "units": 0,
    }
    assert result.entries == await ledger.reading.head("r") + 3
    await ledger.record.append("r", "round/r", [leaf("round/r", 2)])


async def test_a_falsified_projection_shows_and_is_mended(ledger: Ledger, url: str) -> None:
    await fill(ledger)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(
            b"""UPDATE selection.applications SET "row" = '{"stage": "ended", "acts": 9}'
                WHERE stream = 'application/r/0'"""
        )
        await connection.execute(
            b"""INSERT INTO selection.recommendation_lists (stream, log, "row")
                VALUES ('recommender/r/u-nobody', 'r', '{}')"""
        )
    looked = await rebuild(url, fold=StandIn(), keep=False)
    wrong = [name for name in looked.before if looked.before[name] != looked.after[name]]
    assert wrong == ["applications", "recommendation_lists"]
    assert not (await rebuild(url, fold=StandIn())).equal
    assert (await rebuild(url, fold=StandIn())).equal
