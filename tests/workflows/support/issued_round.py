"""A whole round on real servers, to the issued list: two applications, archived, signed and exported."""

from datetime import timedelta
from pathlib import Path

from ledger.database.store import SIGNER_ROLE, Store
from ledger.log.checkpoints import Checkpoints
from ledger.record import Ledger
from reading.exports import RoundRecord
from selection.kernel.leaf import leaf_hash
from selection.kernel.merkle import Frontier
from selection.kernel.model import Ref
from selection.register.commands import ErasePerson
from selection.round import commands as r
from selection.transparency.checkpoint import Checkpoint, origin_of, signer_of
from selection.transparency.continuity import SignedRoot
from selection.transparency.private_key import PrivateKey
from starter.archive.export import RoundExport
from tests import factories as f
from tests.registering import act_on_register
from tests.workflows.process.test_holding_items import FIRST, SECOND_BEST, approve, to_the_notice
from tests.workflows.proof.test_archive import ARCHIVE
from tests.workflows.support.installation import ROUND, Installation

KEY = PrivateKey(name="selection.example", seed=bytes(range(32)))
EVERY = 20
"""Entries between two checkpoints."""


async def issue(place: Installation) -> None:
    """Lead two applications through every stage to the issued list, after which the histories are archived.

    A deadline is extended for a reason that somebody wrote, and on an order that stands beside the officer's name
    alone; an expert is erased before the draw.
    """
    reason = await _keep(place, "reason", b"Two surveys are late.")
    order = await _keep(place, "order", b"As the director ordered.")
    last = place.rules.calendar.appraisal
    assert last is not None
    later = r.ExtendDeadline(
        cause="organiser", name="appraisal", until=last + timedelta(days=31), reason=reason
    )
    await place.client.act(ROUND, later, actor=f.OFFICER.model_copy(update={"reason": order}))
    await act_on_register(place.recorder, ErasePerson(person="expert-24", force=True), command_id="erased")
    until = await to_the_notice(place)
    await place.move(until + timedelta(minutes=1), FIRST, SECOND_BEST)
    await approve(place, 1)
    await place.client.act(ROUND, r.IssueList(proposal=1), actor=f.OFFICER)
    for stream in (FIRST, SECOND_BEST, ROUND):
        await place.handle(stream).result()
    await place.handle(ARCHIVE).result()


async def _keep(place: Installation, name: str, body: bytes) -> Ref:
    card = await place.ledger.contents.put(
        name, body, kind="text", media_type="text/plain", stored_by="officer-1"
    )
    return Ref(id=card.id, sha256=card.sha256)


async def sign(place: Installation) -> None:
    """Sign each log as it grows and at its end, as the signer would have."""
    store = await Store.open(place.ends.database_url, role=SIGNER_ROLE, size=1)
    for log, size in (await place.ledger.reading.logs()).items():
        frontier, signer = Frontier(), signer_of(KEY.name, KEY.seed, log)
        async for body in place.ledger.reading.bodies(log, size):
            frontier.append(leaf_hash(body))
            if frontier.size % EVERY == 0 or frontier.size == size:
                head = Checkpoint(origin=origin_of(KEY.name, log), size=frontier.size, root=frontier.root())
                signed = SignedRoot(size=frontier.size, root=frontier.root())
                await Checkpoints(store).append(log, signed, signer.sign(head.text).encoded)
    await store.close()


async def export(ledger: Ledger, path: Path, *, redacted: bool = False) -> Path:
    """Write the bundle as `selection audit export` does."""
    record = RoundRecord(ledger, f.ROUND, redacted=redacted)
    exporting = RoundExport(record, key=KEY.verifier, tell=lambda part, done, total: None)
    await exporting.write(path)
    return path
