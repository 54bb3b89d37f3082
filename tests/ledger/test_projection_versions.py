"""Snapshots, rows and tasks carry the version of the code that made them: what other code made is made anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from shutil import copytree
from typing import Any

import psycopg
import pytest

from ledger.append import append
from ledger.database.store import RECORDER_ROLE
from ledger.decision.decide import DecisionResult
from ledger.errors import EntryUnreadable
from ledger.projections.fold import core_fold, digest_sources
from ledger.rebuild import count_foreign, rebuild, renew_projections
from ledger.record import Ledger
from selection.application.intake.commands import Withdraw
from selection.projections.open_tasks import OpenTask
from selection.recommendation.commands import Recommend
from selection.round.commands import ExtendDeadline
from tests import factories as f
from tests.ledger.support.deciding import CALENDAR, LIST, ONE, ROUND, act, code, decide, submit
from tests.ledger.support.stand_in import leaf

CORE = core_fold()


async def run(url: str, statement: str) -> list[tuple[Any, ...]]:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(b"SET search_path = selection")
        cursor = await connection.execute(statement.encode())
        return await cursor.fetchall() if cursor.description else []


async def extend(ledger: Ledger, number: int) -> DecisionResult:
    """Extend a deadline of the round, each time to another day."""
    until = CALENDAR["recommendation"] + timedelta(days=number)
    later = ExtendDeadline(cause="organiser", name="recommendation", until=until, reason=f.ref("extension"))
    return await decide(ledger, act(ROUND, later, f.OFFICER, f"extend-{number}"))


async def tasks_of(url: str, stream: str) -> set[str]:
    return {key for (key,) in await run(url, f"SELECT key FROM tasks WHERE stream = '{stream}'")}


def _no_tasks(_state: Any) -> Sequence[OpenTask]:
    return ()


@dataclass(frozen=True)
class FormerFold:
    """Code of another version, which knows of no tasks."""

    version: str = "another"
    aggregate: Any = CORE.aggregate
    row_of: Any = CORE.row_of
    tasks_of: Any = _no_tasks
    deadlines_of: Any = CORE.deadlines_of
    list_outgoing: Any = CORE.list_outgoing


async def test_what_other_code_folded_is_not_read(place: Ledger, url: str) -> None:
    """Neither a field that the other code did not have, nor what it made of an entry, reaches a decision."""
    await submit(place)
    known = await place.reading.snapshot(ONE)
    row = await place.reading.application(ONE)
    former = (
        """UPDATE snapshots SET fold = 'another', state = '{"no": "state"}' WHERE stream <> 'installation'"""
    )
    await run(url, former)
    await run(url, """UPDATE applications SET "row" = '{"stage": "submitted", "no": "row"}'""")
    read = await place.reading.snapshot(ONE)
    assert known is not None
    assert read is not None
    assert (read.version, read.state, read.projected) == (known.version, known.state, False)
    assert await place.reading.application(ONE) == row
    assert await place.reading.applications(f.ROUND) == [row]
    assert [state async for state in place.reading.states(f.ROUND, "submitted")] == [known.state]
    changed = await place.reading.read_changed_states({ONE: None})
    assert changed[ONE][1] == known.state
    assert {stream async for stream, _ in place.reading.open_streams()} >= {ONE, ROUND}
    agent = f.actor("recommender-1", "recommender")
    recommended = act(LIST, Recommend(application="0001", revision=1), agent, "recommend")
    assert code(await decide(place, recommended)) == ""
    assert code(await decide(place, act(ONE, Withdraw(), command_id="withdraw"))) == ""


@pytest.mark.parametrize("version", ["another", ""], ids=["of another version", "of no version"])
async def test_old_and_new_workers_take_turns(place: Ledger, url: str, version: str) -> None:
    """Whoever reads what the other code folded folds it anew; neither stands in the other's way."""
    old = await Ledger.connect(url, fold=FormerFold(version), role=RECORDER_ROLE)
    try:
        for number, ledger in enumerate((place, old, place, old, old, place, old), start=2):
            assert code(await extend(ledger, number)) == ""
            snapshot = await place.reading.snapshot(ROUND)
            assert snapshot is not None
            assert (snapshot.version, snapshot.projected) == (number, ledger is place)
            # What the old code does not know is missing after its turn, but not silently, and not after the next.
            assert (await tasks_of(url, ROUND) == set()) is (ledger is old)
            assert await count_foreign(url) == (1 if ledger is old else 0)
    finally:
        await old.close()
    assert (await renew_projections(url)).streams == 1
    assert await tasks_of(url, ROUND) != set()
    assert (await rebuild(url, keep=False)).equal


async def test_workers_that_know_of_no_versions_leave_none(
    place: Ledger, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they send, byte for byte, must not pass for the version that stood there before."""
    then = append.QUERIES["record_leaves"].replace("\nFROM set_config('selection.fold', %(fold)s, true)", "")
    assert "fold" not in then
    with monkeypatch.context() as former:
        former.setitem(append.QUERIES, "record_leaves", then)
        await extend(place, 2)
    assert await run(url, f"SELECT fold, version FROM snapshots WHERE stream = '{ROUND}'") == [("", 2)]


async def test_a_stream_that_moves_meanwhile_is_left_to_who_moved_it(place: Ledger, url: str) -> None:
    await submit(place)
    await run(url, f"UPDATE snapshots SET fold = 'another' WHERE stream = '{ONE}'")

    def act_meanwhile(state: Any) -> Sequence[OpenTask]:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("UPDATE selection.snapshots SET version = version + 1 WHERE fold = 'another'")
        return CORE.tasks_of(state)

    done = await renew_projections(url, fold=FormerFold(CORE.version, tasks_of=act_meanwhile))
    assert (done.streams, done.left) == (0, 1)


async def test_a_rebuild_tells_what_other_code_wrote_from_what_no_program_did(
    place: Ledger, url: str
) -> None:
    await submit(place)
    await run(url, "DELETE FROM tasks")
    await run(url, "UPDATE snapshots SET fold = ''")
    looked = await rebuild(url, keep=False)
    assert looked.equal
    assert looked.renewed == await count_foreign(url) > 1
    await renew_projections(url)
    await run(url, f"DELETE FROM tasks WHERE stream = '{ROUND}'")
    looked = await rebuild(url, keep=False)
    assert not looked.equal
    assert looked.renewed == 0


async def test_an_entry_that_this_code_does_not_know_is_named(ledger: Ledger, url: str) -> None:
    await ledger.record.append("r", "application/r/1", [leaf("application/r/1", 1)])
    with pytest.raises(EntryUnreadable, match="version 1 of application/r/1"):
        await renew_projections(url)


def test_no_change_of_the_core_goes_without_another_version(tmp_path: Path) -> None:
    core = tmp_path / "selection"
    copytree(str(files("selection")), core)
    before = digest_sources((core,))
    assert digest_sources((core,)) == before
    for path in (core / "application" / "state.py", core / "projections" / "rows.py"):
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}\n", encoding="utf-8")
        assert digest_sources((core,)) != before
        path.write_text(text, encoding="utf-8")
    (core / "application" / "state.py").rename(core / "application" / "another.py")
    assert digest_sources((core,)) != before


def test_without_sources_nothing_is_folded(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        digest_sources((tmp_path,))
