"""The signer on a real record: what it signs, what it refuses, and what a crash at any point leaves behind."""

import asyncio
import signal
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from activities.signer_state import SignerState, StateFault
from ledger.errors import RecordHalted
from selection.kernel.leaf import leaf_bytes, leaf_hash
from selection.kernel.merkle import root_of
from selection.round.events import RoundOpened
from selection.transparency.checkpoint import open_checkpoint, verifier_of
from selection.transparency.private_key import PrivateKey
from tests.ledger.support.killed_signer import MOMENTS
from tests.ledger.support.signer_bench import KEY, STREAM, Bench, Crash
from tests.ledger.support.stand_in import AT, leaf


async def test_every_checkpoint_is_signed_over_the_leaves_it_covers(bench: Bench) -> None:
    with bench.signer() as signing:
        for size in (1, 2, 5):
            await bench.grow(size)
            assert await bench.look(signing) == {}
    hashes = [leaf_hash(leaf_bytes(leaf(STREAM, version, note=""))) for version in range(1, 6)]
    found = await bench.ledger.checkpoints.list_stored("r")
    for stored in found:
        checkpoint, _ = open_checkpoint(stored.note, verifier_of(KEY.verifier, "r"))
        assert (checkpoint.size, checkpoint.root) == (stored.size, root_of(hashes[: stored.size]))
    assert [stored.size for stored in found] == [1, 2, 5]


async def test_it_waits_until_a_log_is_due(bench: Bench) -> None:
    await bench.grow(3)
    with bench.signer() as signing:
        await bench.look(signing, AT + timedelta(seconds=59))
        assert await bench.sizes() == []
        opened = leaf(STREAM, 4).model_copy(update={"type": RoundOpened.TYPE})
        await bench.ledger.record.append("r", STREAM, [opened])
        await bench.look(signing, AT + timedelta(seconds=59))
        assert await bench.sizes() == [4]


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_crash_beside_the_insert_loses_nothing(bench: Bench, moment: str) -> None:
    await bench.grow(3)
    setattr(bench.checkpoints, moment, True)
    with pytest.raises(Crash):
        await bench.turn()
    setattr(bench.checkpoints, moment, False)
    await bench.grow(4)
    assert await bench.turn(AT) == {}
    assert await bench.sizes() == [3]
    assert await bench.turn() == {}
    assert await bench.sizes() == [3, 4]


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_killed_signer_is_followed_by_one_that_signs_the_same(
    bench: Bench, url: str, moment: str
) -> None:
    await bench.grow(3)
    command = [sys.executable, "-m", "tests.ledger.support.killed_signer", url, str(bench.key_file), moment]
    killed = await asyncio.create_subprocess_exec(*command)
    assert await killed.wait() == -signal.SIGKILL
    await bench.grow(4)
    assert await bench.turn() == {}
    # What was remembered before the kill is signed first; what was not, was never signed.
    assert await bench.sizes() == ([4] if moment == MOMENTS[0] else [3, 4])
    for stored in await bench.ledger.checkpoints.list_stored("r"):
        open_checkpoint(stored.note, verifier_of(KEY.verifier, "r"))


async def test_what_was_about_to_be_signed_is_never_signed_otherwise(bench: Bench, url: str) -> None:
    await bench.grow(3)
    bench.checkpoints.before = True
    with pytest.raises(Crash):
        await bench.turn()
    bench.checkpoints.before = False
    await bench.tamper(
        url,
        "DELETE FROM entries WHERE seq = 2",
        "UPDATE head SET size = 2 WHERE log = 'r'",
        "DELETE FROM snapshots",
    )
    assert await bench.turn() == {"r": "put-back"}
    with pytest.raises(RecordHalted):
        await bench.ledger.record.append("r", "application/r/2", [leaf("application/r/2", 1)])
    # A person chose to go on from what is left.
    assert await bench.ledger.halts.lift("r")
    await bench.ledger.record.append("r", "application/r/2", [leaf("application/r/2", 1)])
    assert await bench.turn() == {"r": "changed"}
    assert await bench.sizes() == []


async def test_a_database_that_was_put_back_is_refused_while_it_runs_and_afterwards(
    bench: Bench, url: str
) -> None:
    await bench.grow(3)
    with bench.signer() as signing:
        assert await bench.look(signing) == {}
        await bench.grow(4)
        assert await bench.look(signing, AT) == {}
        await bench.tamper(
            url, "DELETE FROM entries WHERE seq = 3", "UPDATE head SET size = 3 WHERE log = 'r'"
        )
        assert await bench.look(signing) == {"r": "put-back"}
    assert await bench.turn() == {}
    await bench.tamper(
        url,
        "DELETE FROM entries",
        "DELETE FROM head",
        "DELETE FROM checkpoints",
        "DELETE FROM snapshots",
    )
    assert await bench.turn() == {"installation": "put-back", "r": "put-back"}


async def test_an_entry_that_was_changed_is_refused_and_other_logs_go_on(bench: Bench, url: str) -> None:
    await bench.grow(3)
    await bench.ledger.record.append("s", "application/s/1", [leaf("application/s/1", 1)])
    assert await bench.turn() == {}
    await bench.tamper(
        url,
        "UPDATE entries SET body = convert_to(replace(convert_from(body, 'UTF8'), 'p-officer', 'p-0fficer'), "
        "'UTF8'), leaf_hash = sha256('\\x00'::bytea || convert_to(replace(convert_from(body, 'UTF8'), "
        "'p-officer', 'p-0fficer'), 'UTF8')) WHERE log = 'r' AND seq = 1",
    )
    await bench.grow(4)
    await bench.ledger.record.append("s", "application/s/1", [leaf("application/s/1", 2)])
    assert await bench.turn() == {"r": "changed"}
    assert [(one.log, one.size) for one in await bench.ledger.checkpoints.list_stored()] == [
        ("installation", 1),
        ("r", 3),
        ("s", 1),
        ("s", 2),
    ]


async def test_bytes_behind_the_back_of_their_hash_are_refused(bench: Bench, url: str) -> None:
    await bench.grow(3)
    await bench.tamper(
        url,
        "ALTER TABLE entries DROP CONSTRAINT entries_leaf_hash",
        "UPDATE entries SET body = '{}' WHERE seq = 1",
    )
    assert await bench.turn() == {"r": "altered"}


async def test_a_lost_state_file_is_made_again_from_a_record_that_holds(bench: Bench, url: str) -> None:
    await bench.grow(3)
    await bench.turn()
    bench.key_file.with_suffix(".state.json").unlink()
    assert await bench.turn() == {}
    with SignerState.hold(bench.key_file, KEY.verifier.vkey) as state:
        kept = state.last("r")
    assert kept is not None
    assert kept.size == 3


async def test_another_key_goes_on_where_the_first_one_signed(bench: Bench, tmp_path: Path) -> None:
    await bench.grow(3)
    await bench.turn()
    other = PrivateKey(name="other.example", seed=bytes(32))
    with pytest.raises(StateFault, match="another key"):
        await bench.turn(key=other)
    bench.key_file = tmp_path / "other.key"
    for size in (3, 5):
        await bench.grow(size)
        assert await bench.turn(key=other) == {}
        assert await bench.turn(key=other) == {}
    notes = [stored.note for stored in await bench.ledger.checkpoints.list_stored("r")]
    assert [note.startswith(name) for note, name in zip(notes, (KEY.name, other.name), strict=True)] == [
        True
    ] * 2


async def test_two_signers_never_hold_one_key_file(bench: Bench) -> None:
    with bench.signer(), pytest.raises(StateFault, match="another signer"), bench.signer():
        pass


async def test_a_state_file_that_cannot_be_read_is_not_passed_over(bench: Bench) -> None:
    bench.key_file.with_suffix(".state.json").write_text("{", encoding="utf-8")
    with pytest.raises(StateFault, match="cannot be read"):
        await bench.turn()
