from collections.abc import AsyncIterator

import pytest

from ledger.database.store import SIGNER_ROLE, Store
from ledger.errors import CheckpointRefused, LedgerError, RecordProtected
from ledger.log.checkpoints import Checkpoints, Stamp
from ledger.record import Ledger
from selection.kernel.leaf import leaf_bytes, leaf_hash
from selection.kernel.merkle import root_of
from selection.transparency.checkpoint import Checkpoint, signer_of
from selection.transparency.continuity import SignedRoot
from tests.ledger.support.stand_in import leaf

STREAM = "application/r/1"
SIGNER = signer_of("selection.example", bytes(32), "r")
HASHES = [leaf_hash(leaf_bytes(leaf(STREAM, version))) for version in range(1, 6)]


def make_checkpoint(size: int, root: bytes | None = None) -> tuple[SignedRoot, str]:
    signed = SignedRoot(size=size, root=root or root_of(HASHES[:size]))
    text = Checkpoint(origin=SIGNER.verifier.name, size=size, root=signed.root).text
    return signed, SIGNER.sign(text).encoded


@pytest.fixture
async def signer(ledger: Ledger, url: str) -> AsyncIterator[Checkpoints]:
    for version in range(1, 6):
        await ledger.record.append("r", STREAM, [leaf(STREAM, version)])
    store = await Store.open(url, role=SIGNER_ROLE, size=1)
    yield Checkpoints(store)
    await store.close()


async def test_a_checkpoint_stands_once_under_its_size(ledger: Ledger, signer: Checkpoints) -> None:
    assert await signer.append("r", *make_checkpoint(3)) is True
    assert await signer.append("r", *make_checkpoint(3)) is False
    assert await signer.append("r", *make_checkpoint(2)) is True
    assert [found.size for found in await ledger.checkpoints.list_stored("r")] == [2, 3]
    assert await signer.list_signed("r") == [make_checkpoint(2)[0], make_checkpoint(3)[0]]


async def test_another_root_at_a_signed_size_is_refused(signer: Checkpoints) -> None:
    await signer.append("r", *make_checkpoint(3))
    with pytest.raises(CheckpointRefused, match="another checkpoint"):
        await signer.append("r", *make_checkpoint(3, bytes(32)))
    assert await signer.list_signed("r") == [make_checkpoint(3)[0]]


async def test_a_checkpoint_says_what_it_is_kept_as_and_covers_what_is_there(signer: Checkpoints) -> None:
    with pytest.raises(CheckpointRefused, match="so many"):
        await signer.append("r", *make_checkpoint(6, bytes(32)))
    with pytest.raises(CheckpointRefused, match="so many"):
        await signer.append("other", *make_checkpoint(1))
    with pytest.raises(CheckpointRefused, match="note"):
        await signer.append("r", make_checkpoint(3)[0], make_checkpoint(4)[1])
    assert await signer.list_stored() == []


async def test_the_leaves_are_hashed_anew(signer: Checkpoints) -> None:
    pages = [page async for page in signer.leaves("r", 1, 5)]
    assert [(one.seq, one.computed, one.stated) for page in pages for one in page] == [
        (seq, HASHES[seq], HASHES[seq]) for seq in range(1, 5)
    ]
    assert await signer.leaf_hashes("r", 4) == HASHES[:4]


async def test_the_first_checkpoint_over_an_entry_is_found(ledger: Ledger, signer: Checkpoints) -> None:
    for size in (2, 4):
        await signer.append("r", *make_checkpoint(size))
    covering = [await ledger.checkpoints.find_covering("r", seq) for seq in range(5)]
    assert [found and found.size for found in covering] == [2, 2, 4, 4, None]
    latest = await ledger.checkpoints.find_latest("r")
    assert latest is not None
    assert latest.size == 4
    assert await ledger.checkpoints.find_latest("other") is None
    assert [(one.log, one.count) for one in await ledger.checkpoints.list_unsigned()] == [
        ("installation", 1),
        ("r", 1),
    ]


async def test_cosignatures_and_stamps_stand_beside_the_note(ledger: Ledger, signer: Checkpoints) -> None:
    await signer.append("r", *make_checkpoint(4))
    line = signer_of("witness", bytes(32), "x").line("text\n")
    assert [await ledger.checkpoints.cosign("r", 4, line) for _ in range(2)] == [True, False]
    stamp = Stamp(service="http://tsa.example/", token=b"token")
    assert [one.size for one in await signer.list_unstamped(stamp.service)] == [4]
    assert [await signer.stamp("r", 4, stamp) for _ in range(2)] == [True, False]
    assert await signer.list_unstamped(stamp.service) == []
    found = await ledger.checkpoints.find_latest("r")
    assert found is not None
    assert found.note == make_checkpoint(4)[1]
    assert found.cosigned_note.lines[-1] == line
    assert found.services == (stamp.service,)
    assert await ledger.checkpoints.read_stamps("r", 4) == [stamp]
    with pytest.raises(LedgerError):
        await ledger.checkpoints.cosign("r", 5, line)


async def test_the_application_signs_nothing(ledger: Ledger, signer: Checkpoints) -> None:
    with pytest.raises(RecordProtected):
        await ledger.checkpoints.append("r", *make_checkpoint(4))
