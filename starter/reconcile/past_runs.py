"""What Temporal's histories hold of one stream: how the record answered, and the messages that it was asked about."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError
from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.messages import CARRY_OUT, DECIDE, DRAW, Answer, StreamStart
from runtime.temporal.payloads import converter_of
from selection.decision.machine import Act, Cancellation, Carry, Settle, Task, read_act
from selection.decision.reference import Decision
from selection.refusals.refused import Refused
from selection.streams import stream_of, workflow_ids_of

LOCAL = "core_local_activity"
ANSWERING = (DECIDE, DRAW, CARRY_OUT)
"""The activities that put entries on the record and answer with where they stand."""


@dataclass
class PastRuns:
    """The answers of a stream's runs that recorded something, and the acts in them by command id."""

    answers: list[Answer] = field(default_factory=list)
    acts: dict[str, list[Act]] = field(default_factory=dict)

    def tasks(self, answer: Answer) -> Sequence[Task]:
        """Return what may have been asked when the record answered so; nothing for what is not in the histories."""
        command_id = answer.command_id
        kind, _, rest = command_id.partition("/")
        decision = Decision.parse(command_id)
        if decision is not None:
            return [Carry(decision)]
        if kind == "cancel" and rest:
            return [Cancellation(rest)]
        if kind in ("deadline", "look") and rest:
            return [Settle()]
        return self.acts.get(command_id, [])


async def read_runs(client: Client, stream: str) -> PastRuns:
    """Read every run of a stream's workflows that Temporal still holds; those past the retention are gone."""
    found = PastRuns()
    for workflow_id in workflow_ids_of(stream):
        reader = _Reader(client, workflow_id, found)
        seen = set()
        async for run in _runs(client, workflow_id):
            if run not in seen:
                seen.add(run)
                async for event in client.get_workflow_handle(workflow_id, run_id=run).fetch_history_events():
                    await reader.read(event)
    found.answers.sort(key=lambda answer: answer.first)
    return found


class _Reader:
    """Reads histories event by event."""

    def __init__(self, client: Client, workflow_id: str, found: PastRuns) -> None:
        self._converter = converter_of(client, workflow_id)
        self._stream = stream_of(workflow_id)
        self._found = found
        self._scheduled: set[int] = set()

    async def read(self, event: HistoryEvent) -> None:
        """Take one event in."""
        match event.WhichOneof("attributes"):
            case "workflow_execution_started_event_attributes":
                await self._begin(event.workflow_execution_started_event_attributes.input.payloads)
            case "workflow_execution_update_accepted_event_attributes":
                asked = event.workflow_execution_update_accepted_event_attributes.accepted_request.input
                await self._note(asked.name, asked.args.payloads)
            case "workflow_execution_signaled_event_attributes":
                signal = event.workflow_execution_signaled_event_attributes
                await self._note(signal.signal_name, signal.input.payloads)
            case "marker_recorded_event_attributes":
                marker = event.marker_recorded_event_attributes
                if marker.marker_name == LOCAL and "result" in marker.details:
                    await self._answer(marker.details["result"].payloads)
            case "activity_task_scheduled_event_attributes":
                if event.activity_task_scheduled_event_attributes.activity_type.name in ANSWERING:
                    self._scheduled.add(event.event_id)
            case "activity_task_completed_event_attributes":
                completed = event.activity_task_completed_event_attributes
                if completed.scheduled_event_id in self._scheduled:
                    await self._answer(completed.result.payloads)

    async def _begin(self, payloads: Sequence[Payload]) -> None:
        """Begin a run: what waited in the one before came along."""
        self._scheduled = set()
        try:
            (start,) = await self._converter.decode(payloads, [StreamStart])
        except (ValidationError, ValueError):
            return
        for waiting in start.waiting:
            self._keep(waiting.body, waiting.refuse_as)

    async def _answer(self, payloads: Sequence[Payload]) -> None:
        try:
            (answer,) = await self._converter.decode(payloads, [Answer])
        except (ValidationError, ValueError, RuntimeError):
            # Somebody else's workflow under this id: it answers nothing.
            return
        if answer.hashes and answer not in self._found.answers:
            self._found.answers.append(answer)

    async def _note(self, name: str, payloads: Sequence[Payload]) -> None:
        if not payloads:
            return
        codec = self._converter.payload_codec
        [payload] = await codec.decode(payloads[:1]) if codec else payloads[:1]
        self._keep(payload.data, "" if name == "act" else "unknown-command")

    def _keep(self, body: bytes, refuse_as: str) -> None:
        try:
            act = read_act(body, self._stream, refuse_as)
        except Refused:
            return
        acts = self._found.acts.setdefault(act.envelope.command_id, [])
        if act not in acts:
            acts.append(act)


async def _runs(client: Client, workflow_id: str) -> AsyncIterator[str]:
    """Yield the ids of a workflow's runs, each at least once: the list lags behind, so the latest is asked for."""
    quoted = workflow_id.replace("'", "''")
    async for execution in client.list_workflows(f"WorkflowId = '{quoted}'"):
        yield execution.run_id
    try:
        yield (await client.get_workflow_handle(workflow_id).describe()).run_id
    except RPCError as exc:
        if exc.status is not RPCStatusCode.NOT_FOUND:
            raise
