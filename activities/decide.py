"""Take a task to the record: the one activity that every act and every deadline passes through."""

import asyncio
from datetime import timedelta

import structlog
from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError

from activities.beating import beat_while
from activities.messages import DECIDE, ERASER_AWAY, HALTED, Answer, DecideRequest
from activities.wait_for_round import RoundBusy, round_goes_first
from ledger.decision.decide import DecisionResult
from ledger.errors import EraserAway, RecordHalted, RecordUnavailable, UnstorableValue
from ledger.record import Ledger
from selection.decision.envelope import ENVELOPE_LIMIT
from selection.decision.machine import Cancellation, Carry, Settle, Task, read_act
from selection.recommendation.message_ids import is_to_carry
from selection.refusals.refused import Refused
from selection.register.state import INSTALLATION
from selection.streams import log_of, stream_of, workflow_type_of

# A local attempt keeps a workflow task alive: it gives up well before the server takes the task away (5 s).
LOCAL_LIMIT = timedelta(seconds=3)


log = structlog.get_logger(__name__)


class DecidingActivities:
    """Decides on one ledger. Without a client, deadlines do not wait for what is on its way to the round."""

    def __init__(
        self, ledger: Ledger, client: Client | None = None, local_limit: timedelta = LOCAL_LIMIT
    ) -> None:
        self._ledger = ledger
        self._local_limit = local_limit
        if client is not None:
            ledger.facts.quiet = round_goes_first(client)

    @activity.defn(name=DECIDE)
    async def decide(self, request: DecideRequest) -> Answer:
        """Decide and record, or answer as before; only the workflow that owns the stream may ask.

        As a local activity it never raises for a record that is away: it says so within its limit, and the
        workflow asks again by a regular one, which is tried until the record is back.
        """
        refuse_strangers(request.stream)
        if not activity.info().is_local:
            return await beat_while(self._answer(request))
        try:
            async with asyncio.timeout(self._local_limit.total_seconds()):
                return await self._answer(request)
        except (TimeoutError, RecordUnavailable, RoundBusy):
            return Answer(away=True)
        except Exception:
            # A bug: the regular activity meets it too, fails where operators see it, and waits for a mended worker.
            log.exception("not decided", stream=request.stream)
            return Answer(away=True)

    async def _answer(self, request: DecideRequest) -> Answer:
        try:
            task = _task_of(request)
        except Refused as refused:
            return Answer(code=refused.code, params=refused.params, counted=True)
        try:
            decided = await self._ledger.deciding.decide(
                request.stream, task, request.at, knows=request.knows
            )
        except EraserAway as away:
            log.warning("not erased", why=str(away))
            return Answer(erases=True)
        except RecordHalted:
            return Answer(code=HALTED, counted=True, halted=True)
        except UnstorableValue:
            return Answer(code="unreadable", params={"places": "-"}, counted=True)
        answer = answer_of(decided)
        # A repeat comes after an answer that was lost, as with its worker: nobody may have told the application yet.
        repeated = answer.receipt is not None
        if request.stream.startswith("recommender/") and (repeated or isinstance(task, Settle)):
            return answer.model_copy(update={"tells": await self._ledger.facts.read_missed(request.stream)})
        return answer


class ErasingActivities:
    """Decides on what erases people, on a task queue that only workers with the eraser's login poll."""

    def __init__(self, deciding: DecidingActivities) -> None:
        self._deciding = deciding

    @activity.defn(name=DECIDE)
    async def decide(self, request: DecideRequest) -> Answer:
        """Decide as others do, and refuse what this worker's login cannot erase after all."""
        answer = await self._deciding.decide(request)
        return Answer(code=ERASER_AWAY, counted=True, erases=True) if answer.erases else answer


def refuse_strangers(stream: str) -> None:
    """Raise ApplicationError unless the workflow that calls is the one that owns the stream, or its child.

    No other stream has the installation's name or log, whatever a stranger calls theirs, and none a child's name.
    """
    info = activity.info()
    kind = stream.partition("/")[0]
    strange = INSTALLATION in (kind, log_of(stream)) and stream != INSTALLATION
    caller = info.workflow_id or ""
    if (stream, info.workflow_type) != (stream_of(caller), workflow_type_of(caller)) or strange:
        raise ApplicationError(f"{stream} is not this workflow's", type="not-the-owner", non_retryable=True)


def answer_of(decided: DecisionResult) -> Answer:
    """Return a decision as it stands in the workflow's history."""
    new, frame = decided.receipts, decided.frame
    refused = decided.refused
    return Answer(
        command_id=new[-1].command_id if new else "",
        at=new[-1].at if new else None,
        first=new[0].version if new else 0,
        seq=new[0].seq if new else -1,
        hashes=tuple(receipt.leaf_hash for receipt in new),
        recorded=frame.recorded if new and frame else None,
        register_size=frame.register_size if new and frame else 0,
        receipt=decided.receipt if not new else None,
        code=refused.code if refused else "",
        params=refused.params if refused else {},
        counted=refused is not None and not new and decided.receipt is None,
        tells={
            str(leaf.data["application"]): leaf.version
            for leaf in decided.leaves
            if leaf.stream.startswith("recommender/") and is_to_carry(leaf)
        },
        standing=decided.standing,
    )


def _task_of(request: DecideRequest) -> Task:
    """Return what is asked. Raises Refused for a message that is nobody's act on this stream.

    Of one that was too large to be kept, nothing has come but the code.
    """
    if request.cancelled:
        return Cancellation(request.run or str(activity.info().workflow_run_id))
    if request.carry is not None:
        return Carry(request.carry)
    if request.refuse_as and not request.body:
        raise Refused(request.refuse_as, limit=str(ENVELOPE_LIMIT), places="(body)")
    if request.body:
        return read_act(request.body, request.stream, request.refuse_as)
    return Settle()
