"""Carry out what a round decided: draw panels, and act on its applications one after the other."""

import asyncio
from datetime import timedelta
from typing import Any

from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError

from activities.beating import BEAT_S, beat_while, end_all
from activities.decide import answer_of, refuse_strangers
from activities.messages import CARRY_OUT, DRAW, HALTED, TELL, Answer, BatchRequest, TellRequest, Told
from activities.send_act import tell
from ledger.decision.batch_targets import targets_of
from ledger.errors import RecordHalted
from ledger.record import Ledger
from selection.decision.machine import Report
from selection.decision.reference import Decision
from selection.draw.inputs import DrawInputs, draw_key
from selection.draw.panels import CLASH_NAMES, Drawn, draw_panels
from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.kernel.model import Frozen, Ref
from selection.round.commands import ReportBatch, ReportDraw
from selection.round.state import RoundState
from selection.streams import ROUND

PER_APPLICATION = timedelta(seconds=30)
OF_A_LIST = timedelta(seconds=10)
"""How long a list waits for one application, which everybody else on the list waits for as well."""
IN_FLIGHT = 16
# So many names fit into a message, whatever the round is called.
REPORTED_AT_MOST = 500


class RoundActivities:
    """The long steps of a round. Each ends by putting what it found on the record itself."""

    def __init__(self, ledger: Ledger, client: Client) -> None:
        self._ledger = ledger
        self._client = client

    @activity.defn(name=TELL)
    async def tell(self, request: TellRequest) -> Told:
        """Have another workflow carry a decision of the calling stream out, and return how it answered."""
        refuse_strangers(request.decision.stream)
        return await self._tell(request.workflow_id, request.decision, OF_A_LIST)

    @activity.defn(name=DRAW)
    async def draw(self, request: BatchRequest) -> Answer:
        """Draw the panels of an opened draw, store the result, and record its reference or what clashes."""
        refuse_strangers(request.stream)
        return await beat_while(self._draw(request))

    async def _draw(self, request: BatchRequest) -> Answer:
        state = await self._round(request)
        if state is None:
            return Answer()
        name = request.batch.partition("/")[2]
        opened = state.draws[name]
        _, body = await self._ledger.contents.get(opened.inputs.id)
        inputs = DrawInputs.model_validate_json(body)
        key = draw_key(bytes.fromhex(opened.secret), opened.randomness)
        drawn = await asyncio.to_thread(draw_panels, inputs, key)
        if not isinstance(drawn, Drawn):
            clashing = (*drawn.limits, *drawn.applications[:CLASH_NAMES])
            return await self._report(request, ReportDraw(draw=name, clashing=clashing))
        result = canonical_bytes(drawn)
        card = await self._ledger.contents.put(
            f"draw-result-{sha256_hex(result)[:32]}",
            result,
            kind="file",
            media_type="application/json",
            stored_by="system",
        )
        ref = Ref(id=card.id, sha256=card.sha256)
        return await self._report(request, ReportDraw(draw=name, result=ref, total_cost=drawn.total_cost))

    @activity.defn(name=CARRY_OUT)
    async def carry_out(self, request: BatchRequest) -> Answer:
        """Send the decision to each application once, and record which did not take it.

        The heartbeat holds the last stream up to which all are done; a repeat goes on after it, and the decision's
        name makes what was in flight the same act.
        """
        refuse_strangers(request.stream)
        state = await self._round(request)
        if state is None:
            return Answer()
        progress = Progress.resume_from_heartbeat(activity.info().heartbeat_details)
        targets = await targets_of(self._ledger.reading, self._ledger.facts, state)
        streams = [item for item in targets if item > progress.done_up_to]
        decision = Decision(stream=request.stream, version=request.begun)
        gate = asyncio.Semaphore(IN_FLIGHT)

        async def act(stream: str) -> None:
            async with gate:
                answer = await self._tell(stream, decision, PER_APPLICATION)
            if answer.code == HALTED:
                # It is not done, and nobody refused it: this attempt ends, and the next one begins with it.
                raise ApplicationError("the log is halted", type=HALTED)
            progress.finish(stream, refused=bool(answer.code) and answer.code != "already-done")

        progress.begin(streams)
        tasks = [asyncio.create_task(act(stream)) for stream in streams]
        try:
            await _beat_until(tasks, progress)
        finally:
            await end_all(tasks)
        left = tuple(sorted(progress.left_over))[:REPORTED_AT_MOST]
        # As the record has it: an attempt that a heartbeat came too late for told nothing of what it had done.
        touched = await self._ledger.reading.count_carried(decision.command_id)
        report = ReportBatch(batch=request.batch, touched=touched, left_over=left)
        return await self._report(request, report)

    async def _tell(self, stream: str, decision: Decision, within: timedelta) -> Told:
        return await tell(self._client, self._ledger, activity.info().task_queue, stream, decision, within)

    async def _round(self, request: BatchRequest) -> RoundState | None:
        """Return the round while it carries this decision out; None once it does no longer.

        A report may have been recorded by an attempt whose worker died before it told Temporal.
        """
        found = await self._ledger.reading.snapshot(request.stream)
        state = ROUND.load(found.state) if found is not None else None
        if state is None or state.version < request.begun:
            raise ApplicationError("the record does not hold this decision yet", type=HALTED)
        return state if (state.batch, state.begun) == (request.batch, request.begun) else None

    async def _report(self, request: BatchRequest, command: Frozen) -> Answer:
        try:
            report = Report(command, f"report/{request.batch}/{request.begun}")
            return answer_of(await self._ledger.deciding.decide(request.stream, report))
        except RecordHalted as halted:
            raise ApplicationError(str(halted), type=halted.code) from halted


class Progress:
    """Which applications are done: the prefix goes into the heartbeat, with what was left over so far."""

    def __init__(self, done_up_to: str = "", left_over: tuple[str, ...] = ()) -> None:
        self.done_up_to = done_up_to
        self.left_over = set(left_over)
        self._waiting: list[str] = []
        self._finished: set[str] = set()

    @classmethod
    def resume_from_heartbeat(cls, details: Any) -> "Progress":
        """Return the progress that an earlier attempt's last heartbeat told."""
        if not details:
            return cls()
        return cls(str(details[0]), tuple(details[1]))

    def begin(self, streams: list[str]) -> None:
        """Note the streams to be done, in order."""
        self._waiting = list(reversed(streams))

    def finish(self, stream: str, *, refused: bool) -> None:
        """Note one stream as done and move the prefix on."""
        self._finished.add(stream)
        if refused:
            self.left_over.add(stream)
        while self._waiting and self._waiting[-1] in self._finished:
            self.done_up_to = self._waiting.pop()
            self._finished.discard(self.done_up_to)

    def details(self) -> tuple[str, list[str]]:
        """Return what a heartbeat holds."""
        return self.done_up_to, sorted(self.left_over)


async def _beat_until(tasks: list[asyncio.Task[None]], progress: Progress) -> None:
    pending = set(tasks)
    while pending:
        done, pending = await asyncio.wait(pending, timeout=BEAT_S, return_when=asyncio.FIRST_EXCEPTION)
        activity.heartbeat(*progress.details())
        for task in done:
            task.result()
