"""`python -m tests.workflows.support.mortal_eraser`: the eraser's worker, which dies right after its first commit.

Then the erasure stands in the record, and nobody has been answered.
"""

import asyncio
import os
import signal

from ledger.append.append import Batch, FoldedStates, Reads, Record
from ledger.database.store import RECORDER_ROLE
from ledger.decision.decide import Deciding
from ledger.log.reading import Snapshot
from ledger.record import Ledger
from runtime.endpoints import Endpoints, connect
from runtime.logins import Login
from runtime.settings import Settings
from worker.eraser import make_eraser


class DiesAfterCommit(Record):
    """Kills the process between a commit and its answer."""

    async def write(
        self,
        batch: Batch,
        snapshot: Snapshot | None,
        reads: Reads | None = None,
        folded: FoldedStates | None = None,
    ) -> int | None:
        first = await super().write(batch, snapshot, reads, folded)
        if first is not None:
            os.kill(os.getpid(), signal.SIGKILL)
        return first


async def main() -> None:
    """Run until killed."""
    settings = Settings.from_environment()
    ends = Endpoints.find(settings)
    client = await connect(ends.temporal_address, ends.temporal_namespace, settings)
    url, eraser = ends.databases.url(Login.WORKER), ends.databases.find_url(Login.ERASER)
    ledger = await Ledger.connect(url, role=RECORDER_ROLE, eraser=eraser)
    mortal = DiesAfterCommit(ledger.store, ledger.fold, ledger.reading, ledger.eraser)
    ledger.deciding = Deciding(ledger.store, mortal, ledger.facts, ledger.halts)
    await make_eraser(client, ledger, ends.task_queue).run()


if __name__ == "__main__":
    asyncio.run(main())
