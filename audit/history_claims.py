"""Temporal's histories against the record: what was kept, whether it replays, whether both tell the same story."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from audit.bundle.archive import Archive, ArchivedRun, StreamEntries
from audit.bundle.layout import history_of
from audit.bundle.reader import Bundle
from audit.bundle.register import read_register
from audit.claims import Claim, Difference, Verdict, not_provable, prove, refute
from audit.decisions.verification import DecidingAgain
from audit.histories.evidence import Evidence
from audit.histories.replayer import Replaying
from audit.histories.workflow import CODES, FOLLOW, KEPT, MATCHED, Following, Task, WorkflowEvidence
from audit.rules.fold import Folding
from audit.rules.panel.draw_contents import Draws
from selection.streams import stream_of

ALL = (*CODES, FOLLOW)
"""Every claim that histories are needed for."""

SHOWN = 10
"""How many workflows are named for one claim that does not hold."""
PER_TURN = 20
"""How many workflows a process takes at a time, at least: opening a bundle of many files takes a moment."""

Step = Callable[[int, int], None]


def no_step(done: int, total: int) -> None:
    """Ignore the progress."""


def history_claims(
    bundle: Bundle, archive: Archive, *, processes: int = 1, step: Step = no_step
) -> Iterator[Claim]:
    """Give the claims about all histories that the record lists; `archive` has seen the whole log.

    With more than one process each opens the bundle itself. `step` is told how many workflows are done.
    """
    if not archive.runs:
        for code in CODES:
            yield not_provable(code, bundle.round, "nothing-archived")
        yield from _follow_without(bundle)
        return
    tasks = tasks_of(archive)
    yield from make_claims(bundle, archive, tasks, _follow_histories(bundle, tasks, processes), step)


def make_claims(
    bundle: Bundle,
    archive: Archive,
    tasks: Sequence[Task],
    followed: Iterable[WorkflowEvidence],
    step: Step = no_step,
) -> Iterator[Claim]:
    """Give the claims upon what was found of each workflow, in the order of the tasks."""
    tally = Tally(bundle.round)
    tally.add([refute(KEPT, bundle.round, difference) for difference in _find_stray(bundle, archive)])
    with Evidence() as evidence:
        for number, (task, found) in enumerate(zip(tasks, followed, strict=True), start=1):
            tally.add(found.claims)
            evidence.add(task.stream, found.asked, found.sent, found.untold)
            step(number, len(tasks))
        tally.add(list(_decide_again(bundle, archive, evidence)))
    yield from tally.claims()


def _decide_again(bundle: Bundle, archive: Archive, evidence: Evidence) -> Iterator[Claim]:
    """Decide every entry again; what follows counts as matched too where its answer was lost."""
    again, claims = _decide_all(bundle, evidence)
    yield from claims
    if again is None:
        return
    for stream, version in evidence.list_unanswered():
        seq, _ = archive.streams[stream].at(version)
        if (stream, version) in again.again:
            yield prove(MATCHED, stream, 1)
        else:
            yield not_provable(
                MATCHED, stream, "entry-without-history", f"{bundle.round}#{seq}", stream=stream
            )


def _decide_all(bundle: Bundle, evidence: Evidence) -> tuple[DecidingAgain | None, list[Claim]]:
    """Decide every entry again, and return what came of it with its claims; nothing where the log does not fold."""
    try:
        folding = Folding(bundle.round, read_register(bundle))
        again = DecidingAgain(bundle, folding, evidence, Draws(bundle))
        again.run()
    except Difference as difference:
        return None, [not_provable(FOLLOW, bundle.round, "not-folded", difference.point)]
    return again, [*_tell_unfit(again), prove(FOLLOW, bundle.round, again.counted)]


def _tell_unfit(again: DecidingAgain) -> Iterator[Claim]:
    for stream, why in again.found:
        if isinstance(why, Difference):
            yield refute(FOLLOW, stream, why)
        else:
            yield not_provable(FOLLOW, stream, why.finding, why.point, **why.params)


def _follow_without(bundle: Bundle) -> Iterator[Claim]:
    """Decide every entry again without any history: what people signed stands in the entries themselves."""
    tally = Tally(bundle.round)
    with Evidence() as evidence:
        found = list(_decide_all(bundle, evidence)[1])
    unheld = [claim for claim in found if claim.verdict is Verdict.NOT_PROVABLE]
    wrong = [claim for claim in found if claim.verdict is Verdict.REFUTED]
    if unheld and not wrong:
        yield not_provable(FOLLOW, bundle.round, "nothing-archived", unheld[0].point)
        return
    tally.add(found)
    yield from (claim for claim in tally.claims() if claim.code == FOLLOW)


class Tally:
    """From claims about each workflow to claims about all: those that do not hold are named, up to a limit."""

    def __init__(self, round_id: str) -> None:
        self._round = round_id
        self._counted = dict.fromkeys(ALL, 0)
        self._named: dict[str, list[Claim]] = {code: [] for code in ALL}
        self._standing = dict.fromkeys(ALL, True)

    def add(self, claims: Sequence[Claim]) -> None:
        """Add one workflow's claims."""
        for claim in claims:
            if claim.verdict is Verdict.PROVEN:
                self._counted[claim.code] += claim.counted
                continue
            self._standing[claim.code] = False
            named = self._named[claim.code]
            if claim.verdict is Verdict.REFUTED and len(named) >= SHOWN:
                # What is refuted is named before what is only not provable.
                weaker = [one for one in named if one.verdict is Verdict.NOT_PROVABLE]
                named[:] = [one for one in named if one not in weaker[-1:]]
            if len(named) < SHOWN:
                named.append(claim)

    def claims(self) -> Iterator[Claim]:
        """Give a proven claim over all workflows, or those that do not hold."""
        for code in ALL:
            if self._standing[code]:
                yield prove(code, self._round, self._counted[code])
            else:
                yield from self._named[code]


def tasks_of(archive: Archive) -> list[Task]:
    """Return a task for every stream that the record holds, or of whose workflows it lists a run."""
    runs: dict[str, list[ArchivedRun]] = {stream: [] for stream in archive.streams}
    for (workflow_id, _), listed in sorted(archive.runs.items()):
        runs.setdefault(stream_of(workflow_id), []).append(listed)
    return [
        Task(
            name,
            tuple(listed),
            bytes(archive.streams.get(name, StreamEntries()).packed),
            tuple(archive.gone_on),
        )
        for name, listed in sorted(runs.items())
    ]


def _find_stray(bundle: Bundle, archive: Archive) -> Iterator[Difference]:
    if archive.unreadable is not None:
        yield archive.unreadable
    for workflow_id, run_id in bundle.runs():
        if (workflow_id, run_id) not in archive.runs:
            yield Difference(history_of(workflow_id, run_id), "history-not-listed")


def _follow_histories(bundle: Bundle, tasks: Sequence[Task], processes: int) -> Iterator[WorkflowEvidence]:
    if processes <= 1 or len(tasks) <= PER_TURN:
        with asyncio.Runner() as runner:
            yield from _one_by_one(runner, bundle, tasks)
        return
    turn = max(PER_TURN, -(-len(tasks) // (4 * processes)))
    turns = [tasks[start : start + turn] for start in range(0, len(tasks), turn)]
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        waiting = [pool.submit(_follow_elsewhere, bundle.path, part) for part in turns]
        for future in waiting:
            yield from future.result()


def _one_by_one(runner: asyncio.Runner, bundle: Bundle, tasks: Sequence[Task]) -> Iterator[WorkflowEvidence]:
    replaying = Replaying()
    try:
        for task in tasks:
            yield runner.run(Following(bundle, task, replaying).follow())
    finally:
        runner.run(replaying.close())


def _follow_elsewhere(path: Path, tasks: Sequence[Task]) -> list[WorkflowEvidence]:
    """Follow some workflows in a process of its own."""
    with Bundle(path) as bundle, asyncio.Runner() as runner:
        return list(_one_by_one(runner, bundle, tasks))
