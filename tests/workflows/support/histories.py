"""What histories say was recorded, held against the record itself as an auditor does it."""

import base64
import re
from collections.abc import Iterator, Sequence
from typing import Any

from temporalio.api.history.v1 import History
from temporalio.client import WorkflowExecutionStatus, WorkflowHistory

from audit.bundle.archive import ArchivedRun, StreamEntries
from audit.bundle.layout import KeptContent
from audit.bundle.register import register_of
from audit.claims import Claim, Verdict, not_provable
from audit.decisions.verification import DecidingAgain
from audit.histories.evidence import Evidence
from audit.histories.replayer import Replaying
from audit.histories.run import ENDS, fork_in, run_id_of
from audit.histories.workflow import MATCHED, Following, Task, WorkflowEvidence
from audit.rules.fold import Folding
from audit.rules.panel.draw_contents import Draws
from ledger.log.receipts import Entry
from selection.kernel.canonical import sha256_hex
from selection.streams import workflow_ids_of
from tests import factories as f
from tests.running.waiting import until
from tests.workflows.support.installation import Installation
from workflows.catalogue import WORKFLOWS

REGISTER = "installation"


async def histories_of(place: Installation, stream: str, last: str | None = None) -> list[WorkflowHistory]:
    """Every run of the workflow that owns the stream, from the first to the last: the present one if none is named."""
    runs = []
    run_id = last or (await place.handle(stream).describe()).run_id
    while run_id:
        handle = place.temporal.get_workflow_handle(stream, run_id=run_id)
        history = await handle.fetch_history()
        runs.append(history)
        started = history.events[0].workflow_execution_started_event_attributes
        run_id = reset_from(history) or started.continued_execution_run_id
    return runs[::-1]


async def all_histories_of(place: Installation, stream: str, count: int) -> list[WorkflowHistory]:
    """Every run of all workflows of a stream, of which there are to be so many."""
    found: dict[str, str] = {}

    async def are_known() -> bool:
        for workflow_id in workflow_ids_of(stream):
            async for item in place.temporal.list_workflows(f"WorkflowId = '{workflow_id}'"):
                found[item.run_id] = workflow_id
        return len(found) >= count

    await until(are_known, f"{count} runs of {stream}")
    assert len(found) == count, found
    handles = [place.temporal.get_workflow_handle(name, run_id=run_id) for run_id, name in found.items()]
    return [await handle.fetch_history() for handle in handles]


def reset_from(history: WorkflowHistory) -> str:
    """Return the run that an operator's reset began this one from, empty if it was no reset."""
    fork = fork_in(history.events)
    return str(fork.workflow_task_failed_event_attributes.base_run_id) if fork is not None else ""


async def streams_of(place: Installation) -> list[str]:
    """Every stream of the round's log that a workflow of the same id owns."""
    return await place.ledger.reading.streams(f.ROUND)


async def replay(histories: Sequence[WorkflowHistory]) -> None:
    """Replay histories; raises ReplayFailed at the first that the code does not follow."""
    replaying = Replaying()
    try:
        for history in histories:
            await replaying.commands_of(history)
    finally:
        await replaying.close()


class KeptHistories:
    """Histories as an archive would keep them, in memory."""

    def __init__(self, histories: Sequence[WorkflowHistory]) -> None:
        self.bodies = {(item.workflow_id, run_id_of(item.events)): serialize(item) for item in histories}
        self.runs = tuple(list_run(item) for item in histories)

    def history(self, workflow_id: str, run_id: str) -> bytes:
        """Give one run's bytes."""
        return self.bodies[workflow_id, run_id]


def serialize(history: WorkflowHistory) -> bytes:
    """The bytes that an archive keeps of a history."""
    return History(events=history.events).SerializeToString(deterministic=True)


def list_run(history: WorkflowHistory) -> ArchivedRun:
    """How the record lists a history that was kept."""
    closed = history.events[-1].event_type in ENDS
    digest = sha256_hex(serialize(history))
    run_id = run_id_of(history.events)
    return ArchivedRun(history.workflow_id, run_id, len(history.events), closed, digest, seq=0)


async def follow(
    stream: str,
    histories: Sequence[WorkflowHistory],
    entries: Sequence[Entry],
    workflows: Sequence[type] = WORKFLOWS,
) -> WorkflowEvidence:
    """What an auditor finds in a stream with these histories and entries, without deciding them again."""
    kept, packed = KeptHistories(histories), StreamEntries()
    for entry in entries:
        packed.append(entry.seq, entry.leaf_hash)
    replaying = Replaying(workflows)
    try:
        return await Following(kept, Task(stream, kept.runs, bytes(packed.packed)), replaying).follow()
    finally:
        await replaying.close()


async def claims_about(
    stream: str,
    histories: Sequence[WorkflowHistory],
    entries: Sequence[Entry],
    workflows: Sequence[type] = WORKFLOWS,
) -> list[Claim]:
    """What an auditor claims of them; an entry that no answer holds is one that is not proven."""
    found = await follow(stream, histories, entries, workflows)
    return [*found.claims, *(make_unmatched(stream, version) for version in found.untold)]


def make_unmatched(stream: str, version: int) -> Claim:
    """The claim about an entry that no history tells of."""
    return not_provable(MATCHED, stream, "entry-without-history", f"{stream}, version {version}")


class LiveLog:
    """The record as it is now, in the place of a bundle: both logs, and what was stored for draws."""

    def __init__(self, round_id: str, logs: dict[str, list[bytes]], contents: dict[str, KeptContent]) -> None:
        self.round = round_id
        self._logs = logs
        self._contents = contents

    @classmethod
    async def read(cls, place: Installation, round_id: str) -> "LiveLog":
        """Read everything of a round."""
        reading = place.ledger.reading
        logs = {log: [entry.body async for entry in reading.all_entries(log)] for log in (round_id, REGISTER)}
        drawn = set(re.findall(r'"(draw-(?:inputs|result)-[0-9a-f]+)"', b"".join(logs[round_id]).decode()))
        found = {name: await place.auditor.contents.get_salted(name) for name in drawn}
        return cls(
            round_id,
            logs,
            {name: _make_content(name, *held) for name, held in found.items() if held is not None},
        )

    def entries(self, log: str) -> Iterator[bytes]:
        """Give a log's leaves."""
        yield from self._logs[log]

    def content(self, content_id: str) -> KeptContent | None:
        """Give what was stored."""
        return self._contents.get(content_id)


def _make_content(name: str, card: Any, salt: bytes, body: bytes) -> KeptContent:
    salted, content = (base64.b64encode(part).decode() for part in (salt, body))
    return KeptContent(id=name, sha256=card.sha256, salt=salted, media_type=card.media_type, content=content)


async def decide_again(
    place: Installation, found: dict[str, WorkflowEvidence], round_id: str = f.ROUND
) -> DecidingAgain:
    """Decide these streams' entries again, by what was found in their histories."""
    log = await LiveLog.read(place, round_id)
    folding = Folding(round_id, register_of(log.entries(REGISTER)))
    with Evidence() as evidence:
        for stream, shown in found.items():
            evidence.add(stream, shown.asked, shown.sent, shown.untold)
        again = DecidingAgain(log, folding, evidence, Draws(log), frozenset(found))
        again.run()
    return again


async def compare_streams(
    place: Installation,
    streams: Sequence[str],
    workflows: Sequence[type] = WORKFLOWS,
    round_id: str = f.ROUND,
) -> dict[str, int]:
    """Assert that histories, their replays and record say the same, and that every entry follows when decided again.

    An entry whose answer was lost is one like any other, if it follows. Returns the number of entries per stream.
    """
    histories = {}
    for stream in streams:
        await place.until_idle(stream)
        histories[stream] = await histories_of(place, stream)
    return await compare_histories(place, histories, workflows, round_id)


async def compare_histories(
    place: Installation,
    histories: dict[str, list[WorkflowHistory]],
    workflows: Sequence[type] = WORKFLOWS,
    round_id: str = f.ROUND,
) -> dict[str, int]:
    """Assert the same of these histories of each stream."""
    found, counted = {}, {}
    for stream, runs in histories.items():
        entries = await place.ledger.reading.stream_entries(stream)
        found[stream], counted[stream] = await follow(stream, runs, entries, workflows), len(entries)
    again = await decide_again(place, found, round_id)
    unproven = [
        claim for shown in found.values() for claim in shown.claims if claim.verdict is not Verdict.PROVEN
    ]
    untold = {(stream, version) for stream, shown in found.items() for version in shown.untold}
    unproven += [make_unmatched(*missed) for missed in sorted(untold - again.again)]
    assert not unproven, unproven
    assert not again.found, [(stream, str(why), why.params) for stream, why in again.found]
    return counted


async def compare_with_record(place: Installation, stream: str, workflows: Sequence[type] = WORKFLOWS) -> int:
    """Compare one stream; return how much histories and record say."""
    return (await compare_streams(place, [stream], workflows))[stream]


async def compare_all(place: Installation, workflows: Sequence[type] = WORKFLOWS) -> dict[str, int]:
    """Compare every stream of the round with its histories; return the number of entries per stream."""
    return await compare_streams(place, await streams_of(place), workflows)


async def is_running(place: Installation, stream: str) -> bool:
    """Whether the workflow has not closed and did not fail."""
    described = await place.handle(stream).describe()
    return described.status is WorkflowExecutionStatus.RUNNING
