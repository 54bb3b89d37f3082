"""`python -m tests.kill.support.mortal NAME CACHED`: a worker that kills itself right after its next commit, if told.

SIGUSR1 tells it: then the entry stands in the record, and nobody has been answered. `CACHED` is how many workflows it
keeps in memory. Composed like worker.run.run_worker.
"""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass, field

from activities.mail import Mailer
from ledger.append.append import Batch, FoldedStates, Reads, Record
from ledger.database.store import RECORDER_ROLE
from ledger.log.reading import Snapshot
from ledger.record import Ledger
from runtime.endpoints import Endpoints, connect
from runtime.logging import configure_logging
from runtime.logins import Login
from runtime.settings import Settings
from tests.kill.support.faulty_ledgers import recording_by
from tests.kill.support.worker import ShortLeases
from worker.run import POOL_SIZE, make_worker, open_ledger
from worker.signer import sign_where_the_key_is
from workflows.lasting import start_courier


@dataclass
class Orders:
    """Whether this process is to die with its next commit."""

    dies: bool = field(default=False)

    def take(self) -> None:
        self.dies = True


ORDERS = Orders()


class MortalRecord(Record):
    """Kills the process between a commit and its answer, when that was ordered."""

    async def write(
        self,
        batch: Batch,
        snapshot: Snapshot | None,
        reads: Reads | None = None,
        folded: FoldedStates | None = None,
    ) -> int | None:
        first = await super().write(batch, snapshot, reads, folded)
        if first is not None and ORDERS.dies:
            os.kill(os.getpid(), signal.SIGKILL)
        return first


async def main(name: str, cached: int) -> None:
    """Run until killed."""
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, ORDERS.take)
    settings = Settings.from_environment()
    configure_logging(json=False, level="WARNING")
    ends = Endpoints.find(settings)
    client = await connect(ends.temporal_address, ends.temporal_namespace, settings, identity=name)
    ledger = await open_ledger(
        lambda: Ledger.connect(ends.databases.url(Login.WORKER), role=RECORDER_ROLE, size=POOL_SIZE)
    )
    recording_by(ledger, MortalRecord)
    ledger.outbox = ShortLeases(ledger.store)
    mailer = Mailer(ends.mail, ledger.people, ledger.contents)
    async with (
        make_worker(client, ledger, mailer, ends.task_queue, cached=cached),
        sign_where_the_key_is(client, settings, ends),
    ):
        await start_courier(client, ends.task_queue)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
