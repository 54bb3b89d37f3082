"""The one loop of sending: what is sent again, what is started anew, and what ends it."""

import asyncio

import pytest
from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.revive import NobodyThere
from activities.wait_for_answer import CLOSED, CONTINUING, UNPROCESSED, refusal_of, wait_for_answer


def make_failure(code: str, *details: object) -> WorkflowUpdateFailedError:
    return WorkflowUpdateFailedError(ApplicationError("said", *details, type=code))


def fault(status: RPCStatusCode) -> RPCError:
    return RPCError("said", status, b"")


class Workflow:
    """Answers with what it is told to, one after the other, and counts how often it was started anew."""

    def __init__(self, *answers: Exception | str) -> None:
        self.answers = list(answers)
        self.revived = 0
        self.over = False

    async def send(self) -> str:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def revive(self) -> None:
        if self.over:
            raise NobodyThere
        self.revived += 1


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def pause(seconds: float) -> None:
        assert seconds == pytest.approx(0.2)

    monkeypatch.setattr("activities.wait_for_answer.asyncio.sleep", pause)


@pytest.mark.parametrize(
    ("first", "revived"),
    [
        (make_failure(CONTINUING), 0),
        (make_failure(UNPROCESSED), 0),
        (make_failure(CLOSED), 1),
        (fault(RPCStatusCode.NOT_FOUND), 1),
        (WorkflowUpdateRPCTimeoutOrCancelledError(), 0),
    ],
)
async def test_what_nobody_answered_is_sent_again(first: Exception, revived: int) -> None:
    workflow = Workflow(first, "done")
    assert await wait_for_answer(workflow.send, workflow.revive) == "done"
    assert workflow.revived == revived


@pytest.mark.parametrize("first", [make_failure(CLOSED), fault(RPCStatusCode.NOT_FOUND)])
async def test_a_message_that_starts_its_workflow_is_sent_again_whatever_the_record_knows(
    first: Exception,
) -> None:
    workflow = Workflow(first, "done")
    workflow.over = True
    assert await wait_for_answer(workflow.send, workflow.revive, starts=True) == "done"
    assert workflow.revived == 0


@pytest.mark.parametrize("first", [make_failure(CLOSED), fault(RPCStatusCode.NOT_FOUND)])
async def test_a_stream_that_is_over_ends_the_sending(first: Exception) -> None:
    workflow = Workflow(first, "done")
    workflow.over = True
    with pytest.raises(NobodyThere):
        await wait_for_answer(workflow.send, workflow.revive)


async def test_a_refusal_is_an_answer() -> None:
    workflow = Workflow(make_failure("late", {"deadline": "mend"}, 7))
    with pytest.raises(WorkflowUpdateFailedError) as raised:
        await wait_for_answer(workflow.send, workflow.revive)
    told = refusal_of(raised.value)
    assert (told.code, told.params, told.version) == ("late", {"deadline": "mend"}, 7)


@pytest.mark.parametrize("cause", [ValueError("a bug"), ApplicationError("a bug")])
async def test_what_is_no_refusal_is_raised_again(cause: Exception) -> None:
    workflow = Workflow(WorkflowUpdateFailedError(cause))
    with pytest.raises(WorkflowUpdateFailedError) as raised:
        await wait_for_answer(workflow.send, workflow.revive)
    with pytest.raises(WorkflowUpdateFailedError):
        refusal_of(raised.value)


async def test_only_the_faults_that_are_named_are_waited_out() -> None:
    away = fault(RPCStatusCode.UNAVAILABLE)
    workflow = Workflow(away, "done")
    assert await wait_for_answer(workflow.send, workflow.revive, passing=[away.status]) == "done"
    workflow = Workflow(away, "done")
    with pytest.raises(RPCError):
        await wait_for_answer(workflow.send, workflow.revive)


async def test_who_is_asked_to_end_ends() -> None:
    begun = asyncio.Event()

    async def send() -> str:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            # As the SDK does it: a cancellation becomes an error of its own.
            raise WorkflowUpdateRPCTimeoutOrCancelledError from None
        raise AssertionError

    waiting = asyncio.create_task(wait_for_answer(send, Workflow().revive))
    await begun.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
