"""The workflows of one stream: all their runs, from the first to the last, against the code and the record."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from temporalio.bridge.proto.workflow_commands import WorkflowCommand

from audit.bundle.archive import ArchivedRun, GoneOn, StreamEntries
from audit.bundle.layout import history_of
from audit.claims import Claim, Difference, NotInBundle, not_provable, prove, refute
from audit.histories.comparison import compare
from audit.histories.matching import Matching
from audit.histories.measuring import HistorySize
from audit.histories.messages import Exchange, Message
from audit.histories.replayer import ReplayFailed, Replaying, ReplayStuck
from audit.histories.requests import list_asked, list_sent
from audit.histories.run import Run, read_run
from selection.kernel.canonical import sha256_hex

KEPT = "histories-kept"
CHAINED = "histories-chained"
REPLAYED = "histories-replay"
AGREE = "histories-agree"
MATCHED = "entries-matched"
FOLLOW = "decisions-follow"
CODES = (KEPT, CHAINED, REPLAYED, AGREE, MATCHED)
"""What is claimed of the workflows of each stream by themselves."""


class Task(NamedTuple):
    """What the record says of a stream: its workflows' runs, its entries, packed, and what was given up."""

    stream: str
    runs: tuple[ArchivedRun, ...]
    entries: bytes
    gone_on: tuple[GoneOn, ...] = ()


class WorkflowEvidence(NamedTuple):
    """What one stream's histories came to: their claims, and what they show of each decision.

    `untold` are the versions that no answer holds; what was `sent` is given only where there are any.
    """

    claims: list[Claim]
    asked: list[Exchange]
    sent: list[Message]
    untold: list[int]


class Histories(Protocol):
    """Where histories are read from, such as a bundle."""

    def history(self, workflow_id: str, run_id: str) -> bytes:
        """Return a run's serialized history. Raises Difference."""


class Following:
    """Follows the workflows of one stream."""

    def __init__(self, histories: Histories, task: Task, replaying: Replaying) -> None:
        self._histories = histories
        self._task = task
        self._replaying = replaying
        self._matching = Matching(task.stream, StreamEntries(task.entries), task.gone_on)
        self._counted = dict.fromkeys(CODES, 0)
        self._stopped: dict[str, Difference | NotInBundle] = {}
        self._asked: list[Exchange] = []
        self._sent: list[Message] = []

    async def follow(self) -> WorkflowEvidence:
        """Read, order, replay, compare and match; one claim of each code, about this stream."""
        runs = self._read_runs()
        for run in self._order_runs(runs):
            await self._replay(run)
            self._match(run)
            self._sent += list_sent(run)
        self._finish(runs)
        untold = [] if MATCHED in self._stopped else self._matching.list_unanswered()
        return WorkflowEvidence(list(self._make_claims()), self._asked, self._sent if untold else [], untold)

    def _read_runs(self) -> list[Run]:
        runs, size = [], HistorySize()
        for listed in self._task.runs:
            try:
                body = self._histories.history(listed.workflow_id, listed.run_id)
                name = history_of(listed.workflow_id, listed.run_id)
                # A file that is not the one that was listed is anybody's: nothing is made of it.
                if sha256_hex(body) != listed.sha256:
                    raise Difference(name, "history-differs", entry=str(listed.seq))
                size.take(name, body)
                runs.append(read_run(listed, body))
                self._counted[KEPT] += 1
            except Difference as difference:
                self._stop(difference, KEPT)
        if len(runs) < len(self._task.runs) or not runs:
            self._stop(self._report_not_kept(), CHAINED, REPLAYED, AGREE, MATCHED)
            return []
        return runs

    def _report_not_kept(self) -> NotInBundle:
        found = self._stopped.get(KEPT)
        return NotInBundle("history-not-kept", found.point if found else self._task.stream)

    def _order_runs(self, runs: list[Run]) -> list[Run]:
        try:
            runs[:] = in_order(runs)
            self._counted[CHAINED] += len(runs)
        except Difference as difference:
            self._stop(difference, CHAINED)
            self._stop(NotInBundle("chain-broken", difference.point), MATCHED)
        except NotInBundle as missed:
            self._stop(missed, CHAINED, MATCHED)
        return runs

    async def _replay(self, run: Run) -> None:
        if not run.has_tasks():
            return
        commands: Sequence[WorkflowCommand] = ()
        try:
            commands = await self._replaying.commands_of(run.history)
            self._counted[REPLAYED] += len(run.events)
            self._counted[AGREE] += compare(run, commands)
        except ReplayFailed as failed:
            difference = locate_failure(run, failed)
            self._stop(difference, REPLAYED)
            self._stop(NotInBundle("not-replayed", difference.point), AGREE)
            commands = failed.commands
        except ReplayStuck:
            self._stop(NotInBundle("replay-stuck", run.last_point), REPLAYED, AGREE)
        except Difference as difference:
            self._stop(difference, AGREE)
        for item in list_asked(run, commands):
            if not self._matching.gave_up(item.answer):
                self._asked.append(item)

    def _match(self, run: Run) -> None:
        if MATCHED in self._stopped:
            return
        try:
            self._matching.follow(run)
        except (Difference, NotInBundle) as stopped:
            self._stop(stopped, MATCHED)

    def _finish(self, runs: list[Run]) -> None:
        if MATCHED in self._stopped:
            return
        try:
            self._counted[MATCHED] = self._matching.finish(list_last(runs))
        except (Difference, NotInBundle) as stopped:
            self._stop(stopped, MATCHED)

    def _stop(self, why: Difference | NotInBundle, *codes: str) -> None:
        for code in codes:
            self._stopped.setdefault(code, why)

    def _make_claims(self) -> Iterator[Claim]:
        for code in CODES:
            match self._stopped.get(code):
                case Difference() as difference:
                    yield refute(code, self._task.stream, difference)
                case NotInBundle() as missed:
                    subject = self._task.stream
                    yield not_provable(code, subject, missed.finding, missed.point, **missed.params)
                case None:
                    yield prove(code, self._task.stream, self._counted[code])


def in_order(runs: list[Run]) -> list[Run]:
    """Return the runs of a stream's workflows from the first to the last.

    One that was started anew begins a chain, and one that an operator reset goes on from another. Raises Difference
    where a run lacks the one before it, NotInBundle where the next one was not kept.
    """
    for workflow_id in {run.listed.workflow_id: None for run in runs}:
        _hold_chains([run for run in runs if run.listed.workflow_id == workflow_id])
    return sorted(runs, key=lambda run: run.began)


def list_last(runs: Sequence[Run]) -> list[Run]:
    """Return the last run of each workflow, of runs in their order."""
    return list({run.listed.workflow_id: run for run in runs}.values())


def _hold_chains(runs: list[Run]) -> None:
    """See that the runs of one workflow lack none. Raises Difference or NotInBundle."""
    known = {run.listed.run_id: run for run in runs}
    for run in runs:
        before = run.start.continued_execution_run_id
        # What a reset run copied names the run that it was copied from.
        names = (run.listed.run_id, run.start.original_execution_run_id)
        if before and (before not in known or known[before].continues_as not in names):
            raise Difference(run.point(run.events[0]), "run-before-missing", run=before)
        if run.reset_of and run.reset_of not in known:
            raise Difference(run.point(run.events[0]), "run-before-missing", run=run.reset_of)
    for run in runs:
        if run.continues_as and run.continues_as not in known:
            raise NotInBundle("run-after-missing", run.last_point, run=run.continues_as)


def locate_failure(run: Run, failed: ReplayFailed) -> Difference:
    """Return where a replay went wrong: the first event that it says it can't take, or that no command made."""
    found = [len(run.events)]
    if named := re.search(r"HistoryEvent\(id: (\d+)", str(failed)):
        found.append(int(named.group(1)))
    try:
        compare(run, failed.commands)
    except Difference as difference:
        found.append(int(difference.point.rpartition("#")[2]))
    message = re.search(r'message: "([^"]*)"', str(failed))
    event = run.events[max(1, min(found)) - 1]
    return Difference(
        run.point(event), "replay-differs", why=message.group(1) if message else str(failed)[:200]
    )
