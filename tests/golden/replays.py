"""Every golden history, replayed by the code as it is, in the sandbox as a worker replays it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from audit.claims import Difference, refute
from audit.histories.comparison import compare
from audit.histories.replayer import ReplayFailed, Replaying, ReplayStuck
from audit.histories.workflow import REPLAYED, locate_failure
from audit.report.sentences import say_finding
from runtime.temporal.plugin import use_sandbox
from tests.golden.files import Golden, goldens
from tests.golden.sequences import sequence_of
from workflows.catalogue import WORKFLOWS
from workflows.signer import SignerWorkflow

ALL = (*WORKFLOWS, SignerWorkflow)


@dataclass(frozen=True)
class Replay:
    """What the code told Temporal over one history; `point` and `fault` say where and how it differs from it.

    `to_its_end`: Temporal itself took every command.
    """

    sequence: list[str]
    point: str = ""
    fault: str = ""
    to_its_end: bool = True


@cache
def replays() -> dict[Golden, Replay]:
    """Replay every golden history once."""
    return asyncio.run(replay(goldens()))


async def replay(wanted: Sequence[Golden], workflows: Sequence[type] = ALL) -> dict[Golden, Replay]:
    """Replay histories, and hold every command against its event as an auditor does."""
    replaying = Replaying(workflows, runner=use_sandbox())
    try:
        return {golden: await _replay(replaying, golden) for golden in wanted}
    finally:
        await replaying.close()


async def _replay(replaying: Replaying, golden: Golden) -> Replay:
    run = golden.run()
    try:
        commands = await replaying.commands_of(run.history)
    except ReplayFailed as failed:
        return _differs(sequence_of(failed.commands), locate_failure(run, failed), to_its_end=False)
    except ReplayStuck:
        return Replay([], run.last_point, "the Replayer does not come back", to_its_end=False)
    try:
        compare(run, commands)
    except Difference as difference:
        return _differs(sequence_of(commands), difference, to_its_end=True)
    return Replay(sequence_of(commands))


def _differs(sequence: list[str], difference: Difference, *, to_its_end: bool) -> Replay:
    said = say_finding(refute(REPLAYED, "", difference), "en")
    return Replay(sequence, difference.point, said, to_its_end)
