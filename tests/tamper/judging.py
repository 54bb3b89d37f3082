"""One tampered bundle before the verifier: it must be found, and the report must name the place."""

import asyncio
from collections import deque
from pathlib import Path
from time import monotonic
from typing import Any

from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.client import WorkflowHistory

from audit.bundle.layout import history_of
from audit.bundle.reader import Bundle, BundleUnreadable
from audit.claims import Claim, Verdict
from audit.histories.replayer import Replaying
from audit.histories.workflow import MATCHED, Following, Task, WorkflowEvidence
from audit.history_claims import ALL, make_claims, tasks_of
from audit.log.checkpoints import SIGNED
from audit.log.external_checkpoints import CODE as HELD
from audit.log.signed_acts import CODE as ACTS
from audit.log.verification import Outside
from audit.report.report import Report
from audit.verify import Effort, Verification
from selection.kernel.canonical import sha256_hex
from tests.run_properties import Tell
from tests.tamper.acts import ACT_KINDS
from tests.tamper.counts import ROOM, Count
from tests.tamper.hands import ANOTHER_KEY, BACKUP, NO_KEY, TRUE_KEY, WITHIN, Case
from tests.tamper.page import list_documented
from tests.tamper.parts import Parts
from tests.tamper.truth import Truth, check_events, check_place, compare, find_first
from tests.tamper.within.insiders import UNPLACED

EXACT = {"history: activity input", "history: update outcome"}
"""What the program says otherwise by itself: the very event that was changed is named."""
TIMES, LATELY, LEAST = 20, 20, 2.0
"""How many times as long as the slowest of so many a replay may take, and seconds that it may take at least.

On some broken histories it never ends.
"""


class MeasuredReplaying(Replaying):
    """A Replayer whose patience follows from how long this machine took lately, busy as it is."""

    def __init__(self) -> None:
        super().__init__()
        self._took: deque[float] = deque(maxlen=LATELY)

    async def commands_of(self, history: WorkflowHistory) -> list[WorkflowCommand]:
        """Replay one history. Raises ReplayFailed, or ReplayStuck."""
        await self.open()
        began = monotonic()
        commands = await super().commands_of(history)
        self._took.append(monotonic() - began)
        self._seconds = max(LEAST, TIMES * max(self._took))
        return commands


class Judge:
    """Verifies bundles whole, and replays a workflow once for all bundles that hold and say the same of it."""

    def __init__(self, folder: Path, *, histories: bool = False) -> None:
        self._path = folder / "bundle.zip"
        self._histories = histories
        self._known: dict[Any, WorkflowEvidence] = {}
        self._runner = asyncio.Runner()
        self._replaying = MeasuredReplaying() if histories else None

    def close(self) -> None:
        """End the Replayer."""
        if self._replaying is not None:
            self._runner.run(self._replaying.close())
        self._runner.close()

    def report(self, parts: Parts, outside: Outside, *, again: bool = False) -> Report:
        """Verify; raises BundleUnreadable. `again` decides all again that people signed, without any history."""
        with Bundle(parts.write(self._path)) as bundle:
            verification = Verification(
                bundle, outside, Effort(histories=again, register=again or self._histories)
            )
            report = verification.report()
            if self._replaying is None:
                return report
            rest = [claim for claim in report.claims if claim.code not in ALL]
            archive = verification._archive
            tasks = tasks_of(archive)
            found = (self._follow(bundle, task, self._replaying) for task in tasks)
            return report.model_copy(update={"claims": (*rest, *make_claims(bundle, archive, tasks, found))})

    def _follow(self, bundle: Bundle, task: Task, replaying: Replaying) -> WorkflowEvidence:
        """Follow a workflow, or remember what came of the very same one."""
        names = [history_of(run.workflow_id, run.run_id) for run in task.runs]
        held = tuple(sha256_hex(bundle.read(name)) for name in names if name in bundle.names)
        if (task, held) not in self._known:
            self._known[task, held] = self._runner.run(Following(bundle, task, replaying).follow())
        return self._known[task, held]

    def all_found(self, case: Case, bases: list[Parts], tell: Tell) -> None:
        """Tamper by a case as often as asked, with one base after the other, and see that all is found."""
        count = Count.of(case)
        try:
            for number in range(ROOM * count.asked):
                whole = bases[number % len(bases)]
                parts = case.tamper(whole, number)
                count.no_room += parts is None
                if parts is not None:
                    count.done += 1
                    self._find(case, number, whole, parts, count)
                if count.done == count.asked:
                    break
        finally:
            count.tell(tell)
        assert count.done == count.asked, count

    def _find(self, case: Case, number: int, whole: Parts, parts: Parts, count: Count) -> None:
        outside = case.outside(whole, number)
        try:
            report = self.report(parts, outside, again=case.hand in WITHIN)
        except BundleUnreadable:
            count.found += 1
            count.alone += 1
            return
        claim = find_first(report)
        assert report.verdict is not Verdict.PROVEN, (case, number)
        assert claim is not None, (case, number, report.claims)
        _check_claims(case, report)
        truth = compare(whole, parts)
        check_place(
            claim,
            truth,
            known=case.kind not in UNPLACED and _can_see_place(outside, truth, len(parts.entries())),
        )
        # Where entries went too, the first of them shows at the event that recorded it, which may be an earlier one.
        shown = [item for item in report.claims if item.code != MATCHED or case.kind not in ACT_KINDS]
        # Whoever lacks the key leaves bytes that are not the listed ones, of which no event is read.
        check_events(shown, truth, exact=case.kind in EXACT and case.hand != NO_KEY)
        count.found += 1
        count.alone += any(item.verdict is Verdict.REFUTED and item.code != HELD for item in report.claims)


def _check_claims(case: Case, report: Report) -> None:
    """See that what finds a case is what docs/tampering.md says: the claims of the kind, or those of the hand."""
    refuted_codes = {item.code for item in report.claims if item.verdict is Verdict.REFUTED}
    held = [item for item in report.claims if item.code == HELD]
    if case.hand in (TRUE_KEY, BACKUP):
        assert held[-1].verdict is not Verdict.PROVEN
    elif case.hand == ANOTHER_KEY:
        assert SIGNED in refuted_codes
    elif case.hand in WITHIN:
        unproven = {item.code for item in report.claims if item.code == ACTS and item.point}
        assert list_documented()[case.id] & (refuted_codes | unproven), (case.id, refuted_codes)
    else:
        assert list_documented()[case.id] & refuted_codes, (case.id, refuted_codes)


def _can_see_place(outside: Outside, truth: Truth, size: int) -> bool:
    """Tell whether the verifier was given what shows the place: without the key, the bundle's own checkpoints.

    A log that is signed anew can only be compared with checkpoints held outside that it reaches.
    """
    sizes = [held.checkpoint.size for held in outside.checkpoints]
    return not sizes or (truth.first is not None and any(truth.first[1] < held <= size for held in sizes))


def alarms(report: Report) -> list[Claim]:
    """What a report finds wrong."""
    return [claim for claim in report.claims if claim.verdict is Verdict.REFUTED]
