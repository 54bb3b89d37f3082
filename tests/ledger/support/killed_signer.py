"""A signer that SIGKILL ends at a named moment: `python -m tests.ledger.support.killed_signer URL KEY MOMENT`."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from activities.key_files import read_key
from activities.sign import Signing
from activities.signer_state import SignerState
from ledger.database.store import SIGNER_ROLE, Store
from ledger.decision.halts import Halts
from ledger.log.checkpoints import Checkpoints
from ledger.log.reading import Reading
from tests.ledger.support.stand_in import AT

MOMENTS = ("state-not-yet-in-place", "state-in-place", "checkpoint-not-yet-kept", "checkpoint-kept")


def die(*_: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def dying_after(call: Callable[..., Any]) -> Callable[..., Any]:
    def call_and_die(*arguments: Any) -> Any:
        call(*arguments)
        die()

    return call_and_die


class DyingCheckpoints(Checkpoints):
    moment = ""

    async def append(self, *arguments: Any) -> bool:
        if self.moment == "checkpoint-not-yet-kept":
            die()
        await super().append(*arguments)
        return bool(die())


async def main(url: str, key_file: Path, moment: str) -> None:
    key = read_key(key_file)
    store = await Store.open(url, role=SIGNER_ROLE, size=1)
    checkpoints = DyingCheckpoints(store)
    checkpoints.moment = moment
    if moment == "state-not-yet-in-place":
        setattr(Path, "replace", die)  # noqa: B010  the type checker would have the original's signature
    if moment == "state-in-place":
        setattr(Path, "replace", dying_after(Path.replace))  # noqa: B010  as above
    with SignerState.hold(key_file, key.verifier.vkey) as state:
        sizes = await Reading(store).logs()
        await Signing(key, state, checkpoints, Halts(store)).look(
            sizes, AT + timedelta(minutes=2), lambda: None
        )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
