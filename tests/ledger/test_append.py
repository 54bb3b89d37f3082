import pytest

from ledger.errors import RecordDiverged, UnstorableValue
from ledger.record import Ledger
from selection.kernel.leaf import LeafTooLarge, leaf_bytes, leaf_hash
from tests.ledger.support.stand_in import AT, OFFICER, leaf, letter

STREAM = "application/r/1"


async def test_receipts_place_the_leaves_in_the_log(ledger: Ledger) -> None:
    first = await ledger.record.append("r", "round/r", [leaf("round/r", 1)])
    both = await ledger.record.append("r", STREAM, [leaf(STREAM, 1), leaf(STREAM, 2, stage="next")])
    assert [(r.log, r.seq, r.stream, r.version) for r in first + both] == [
        ("r", 0, "round/r", 1),
        ("r", 1, STREAM, 1),
        ("r", 2, STREAM, 2),
    ]
    assert both[0].leaf_hash == leaf_hash(leaf_bytes(leaf(STREAM, 1))).hex()
    assert both[0].at == AT
    assert await ledger.reading.head("r") == 3
    assert [e.leaf for e in await ledger.reading.entries("r", after=0)] == [
        leaf(STREAM, 1),
        leaf(STREAM, 2, stage="next"),
    ]


async def test_logs_count_apart(ledger: Ledger) -> None:
    await ledger.record.append("a", "round/a", [leaf("round/a", 1)])
    receipt = (await ledger.record.append("b", "round/b", [leaf("round/b", 1)]))[0]
    assert (receipt.log, receipt.seq) == ("b", 0)
    assert await ledger.reading.logs() == {"a": 1, "b": 1, "installation": 1}


async def test_same_bytes_again_give_the_stored_receipts_and_change_nothing(ledger: Ledger) -> None:
    batch = [leaf(STREAM, 1, letters=[letter("a")]), leaf(STREAM, 2)]
    once = await ledger.record.append("r", STREAM, batch)
    await ledger.record.append("r", STREAM, [leaf(STREAM, 3, stage="later")])
    assert await ledger.record.append("r", STREAM, batch) == once
    assert await ledger.reading.head("r") == 3
    assert await ledger.outbox.counts("r") == {("letter", "pending"): 1, ("wake", "pending"): 1}
    assert await ledger.reading.application(STREAM) == {"stage": "later", "acts": 3}


async def test_other_bytes_under_a_key_diverge(ledger: Ledger) -> None:
    await ledger.record.append("r", STREAM, [leaf(STREAM, 1)])
    with pytest.raises(RecordDiverged, match="other bytes"):
        await ledger.record.append("r", STREAM, [leaf(STREAM, 1, note="other")])
    with pytest.raises(RecordDiverged, match="other bytes"):
        await ledger.record.append("r", STREAM, [leaf(STREAM, 1), leaf(STREAM, 2)])
    with pytest.raises(RecordDiverged, match="other bytes"):
        await ledger.record.append("elsewhere", STREAM, [leaf(STREAM, 1)])
    assert await ledger.reading.head("r") == 1


async def test_a_hole_in_the_stream_diverges(ledger: Ledger) -> None:
    with pytest.raises(RecordDiverged, match="stands at version 0"):
        await ledger.record.append("r", STREAM, [leaf(STREAM, 2)])
    assert await ledger.reading.logs() == {"installation": 1}


async def test_a_stream_stays_in_its_log(ledger: Ledger) -> None:
    await ledger.record.append("r", STREAM, [leaf(STREAM, 1)])
    with pytest.raises(RecordDiverged, match="stands at another version"):
        await ledger.record.append("other", STREAM, [leaf(STREAM, 2)])


async def test_leaves_of_another_stream_are_a_fault_of_the_caller(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="not consecutive"):
        await ledger.record.append("r", STREAM, [leaf("application/r/2", 1)])
    with pytest.raises(ValueError, match="not consecutive"):
        await ledger.record.append("r", STREAM, [leaf(STREAM, 1), leaf(STREAM, 3)])
    assert await ledger.record.append("r", STREAM, []) == []


async def test_what_cannot_be_stored_says_so_and_stores_nothing(ledger: Ledger) -> None:
    with pytest.raises(LeafTooLarge):
        await ledger.record.append("r", STREAM, [leaf(STREAM, 1, note="x" * 70_000)])
    with pytest.raises(UnstorableValue):
        await ledger.record.append("r", STREAM, [leaf(STREAM, 1, command_id="nul\x00")])
    assert await ledger.reading.logs() == {"installation": 1}


async def test_projections_follow_in_the_same_transaction(ledger: Ledger) -> None:
    await ledger.record.append("r", "round/r", [leaf("round/r", 1, stage="call")])
    await ledger.record.append("r", STREAM, [leaf(STREAM, 1, stage="check")])
    assert await ledger.reading.counts("r") == {"check": 1}
    assert await ledger.reading.applications("r", "check") == [{"stage": "check", "acts": 1}]
    assert await ledger.reading.applications("r", "other") == []
    assert await ledger.reading.round_row("r") == {"stage": "call", "acts": 1}
    assert [task.key for task in await ledger.reading.open_tasks(person="p-1")] == [
        "act-in/check",
        "act-in/call",
    ]
    assert await ledger.reading.open_tasks(person="p-2") == []
    assert list(await ledger.reading.deadlines("r")) == ["submission"]
    await ledger.record.append("r", STREAM, [leaf(STREAM, 2, stage="ended")])
    assert [task.stream for task in await ledger.reading.open_tasks(round_="r")] == ["round/r"]
    snapshot = await ledger.reading.snapshot(STREAM)
    assert snapshot is not None
    assert snapshot.version == 2


async def test_receipts_are_found_by_command(ledger: Ledger) -> None:
    leaves = [leaf(STREAM, 1, command_id="c"), leaf(STREAM, 2, command_id="c")]
    receipts = await ledger.record.append("r", STREAM, leaves)
    assert await ledger.reading.receipts("c") == receipts
    caused = await ledger.reading.read_caused("c")
    assert [receipt for receipt, _ in caused] == receipts
    assert [leaf_hash(leaf_bytes(leaf)).hex() for _, leaf in caused] == [item.leaf_hash for item in receipts]
    assert await ledger.reading.read_caused("unknown") == []
    assert leaves[0].actor == OFFICER
