"""Who decides on many applications at once is compared with what the record knows of each of them."""

from datetime import timedelta

import psycopg

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from selection.kernel.stages import RoundStage
from selection.round import commands as r
from tests import factories as f
from tests.audit.support.small_round import before_the_draw
from tests.citing import store_for
from tests.desk import pause_counting
from tests.ledger.support.deciding import CLOCK, ROUND, act, code, decide, move, register
from tests.whole_round import WholeRound


def make_round() -> WholeRound:
    """A round of one application whose score is fixed, at its shortlist."""
    made = before_the_draw(9)
    with pause_counting():
        made.draw("main")
        made.look()
        desk = made.app("0001")
        for expert in [seat.expert for seat in desk.state.seats if seat.status == "invited"]:
            desk.act(f.accept(), f.actor(expert))
            desk.act(f.review("20"), f.actor(expert))
        made.look()
    assert made.round.state.stage is RoundStage.SHORTLISTING
    return made


async def test_an_officer_whom_a_host_employs_fixes_no_shortlist(url: str) -> None:
    made = make_round()
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(CLOCK)
    await store_for(url, f.people())
    ledger = await Ledger.connect(url, role=RECORDER_ROLE, eraser=url)
    await register(ledger, f.people()["officer-1"])
    await register(ledger, f.person("officer-2", "officer", employer=f.HOST))
    for leaf in made.log:
        await ledger.record.append(f.ROUND, leaf.stream, [leaf])
    await move(url, made.now + timedelta(hours=1))
    fix = r.FixShortlist()
    assert code(await decide(ledger, act(ROUND, fix, f.OPENER, "bound"))) == "same-employer"
    assert code(await decide(ledger, act(ROUND, fix, f.OFFICER, "free"))) == ""
    await ledger.close()
