"""Repair what reconcile found: append lost leaves anew, start runs from the record. Each on the record first."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from workflows.loop import StreamStart

from ledger.errors import RecordDiverged
from ledger.record import Ledger
from ledger.restorations import Restoration
from selection.actor import Actor
from selection.streams import aggregate, log_of
from starter.reconcile.held import held
from starter.reconcile.judging import Finding
from starter.reconcile.lived import Taken

WORKFLOW_OF = {"application": "Application", "recommender": "Recommender", "round": "Round"}


@dataclass(frozen=True)
class Repair:
    """What one repair is done with: the parts, who does it and why, and whether open runs may be ended."""

    client: Client
    ledger: Ledger
    task_queue: str
    actor: Actor
    command_id: str
    restart: bool

    def will(self, finding: Finding) -> bool:
        """Tell whether this repair does anything about a finding."""
        return bool(finding.lost) or self._touches_run(finding)

    def _touches_run(self, finding: Finding) -> bool:
        return finding.run == "start" or (self.restart and finding.run != "")

    async def carry_out(self, findings: Sequence[Finding]) -> None:
        """Repair what can be: first all leaves, so that no run is started before its record is whole."""
        chosen = [item for item in findings if self.will(item)]
        for finding in chosen:
            await self._announce(finding)
        for stream, item in _in_order(chosen):
            await self._append(stream, item)
        for finding in chosen:
            if self._touches_run(finding):
                await self._run_anew(finding)

    async def _announce(self, finding: Finding) -> None:
        """Put the repair into the installation's log, once however often the command is repeated."""
        said = Restoration(
            target=finding.stream,
            found=finding.code,
            version=finding.lost[-1].last if finding.lost else finding.record,
            appended=sum(len(item.leaves) for item in finding.lost),
            run=finding.run if self._touches_run(finding) else "",
        )
        mark = hashlib.sha256(finding.stream.encode()).hexdigest()[:8]
        await self.ledger.restorations.record(f"{self.command_id}.{mark}", self.actor, said)

    async def _append(self, stream: str, item: Taken) -> None:
        """Append what the record once took. What it holds otherwise stays: the next look tells of it."""
        log = log_of(stream)
        try:
            await self.ledger.append(log, stream, item.leaves)
        except RecordDiverged:
            return
        if item.first == 1 and stream.startswith("application/"):
            number = stream.rpartition("/")[2]
            command_id = str(item.leaves[0].data["command_id"])
            await self.ledger.numbers.keep(log, int(number), command_id)

    async def _run_anew(self, finding: Finding) -> None:
        """Start a run with the state that the record holds, in the open one's place if there is one.

        A stream that has ended needs none: its open run is terminated.
        """
        kept = await held(self.ledger, finding.stream)
        if kept.damaged or not kept.version:
            return
        if kept.state.ended:
            await self.client.get_workflow_handle(finding.stream).terminate(reason=finding.code)
            return
        start = StreamStart(state=aggregate(finding.stream).dump(kept.state))
        replace = finding.run == "restart"
        try:
            await self.client.start_workflow(
                WORKFLOW_OF[finding.stream.partition("/")[0]],
                start,
                id=finding.stream,
                task_queue=self.task_queue,
                # One step, so that no act finds the stream without a workflow in between.
                id_conflict_policy=(
                    WorkflowIDConflictPolicy.TERMINATE_EXISTING if replace else WorkflowIDConflictPolicy.FAIL
                ),
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                static_summary=finding.stream,
            )
        except WorkflowAlreadyStartedError:
            # Somebody else began it meanwhile; the next look tells how it stands.
            return


def _in_order(findings: Sequence[Finding]) -> list[tuple[str, Taken]]:
    """Return all that was lost in the order in which each log once took it.

    So a log that lost its tail gets the same entries at the same places, and receipts stay true.
    """
    found = [(finding.stream, item) for finding in findings for item in finding.lost]
    return sorted(found, key=lambda pair: (log_of(pair[0]), pair[1].seq))
