"""What a message may bring about: a bug fails one update and nothing else, a query shows no code.

Temporal fails the whole workflow task, again and again, on a plain exception in an update handler, and fails
the workflow for good on a FailureError out of a signal handler.
"""

import dataclasses
from typing import Any

from temporalio import workflow
from temporalio.api.sdk.v1 import EnhancedStackTrace, StackTrace
from temporalio.exceptions import ApplicationError, FailureError
from temporalio.worker import (
    HandleQueryInput,
    HandleSignalInput,
    HandleUpdateInput,
    Interceptor,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
)

from runtime.error_places import shorten

BUG = "internal-error"
"""The type of the ApplicationError that stands for a bug in a handler."""
STACK, ENHANCED = "__stack_trace", "__enhanced_stack_trace"
"""Queries that the SDK answers for every workflow, to whoever may query it."""


class HandlersFailAlone(Interceptor):
    """Puts GuardedInbound around every workflow of the worker."""

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002 - the name is the SDK's
    ) -> type[WorkflowInboundInterceptor]:
        """Give the class that the sandbox builds once per workflow instance."""
        return GuardedInbound


class GuardedInbound(WorkflowInboundInterceptor):
    """Lets refusals of updates through, makes bugs in them refusals, and keeps everything inside in signals.

    Cancellation and continue-as-new are no exceptions in this sense and pass.
    """

    async def handle_update_handler(self, input: HandleUpdateInput) -> Any:  # noqa: A002 - the name is the SDK's
        """Turn what is not a FailureError into a final one that names the bug's class and no value."""
        try:
            return await super().handle_update_handler(input)
        except FailureError:
            raise
        except Exception as exc:  # noqa: BLE001 - any other exception would block the workflow
            workflow.logger.exception("bug in the handler of update %s", input.update)
            message = f"This act met a bug ({type(exc).__name__}) and was not done; the log has more."
            raise ApplicationError(message, type=BUG, non_retryable=True) from None

    async def handle_query(self, input: HandleQueryInput) -> Any:  # noqa: A002 - the name is the SDK's
        """Answer where the workflow waits by places alone: the SDK would show the code, whole files of it."""
        if input.query not in (STACK, ENHANCED):
            return await super().handle_query(input)
        asked = dataclasses.replace(input, query=ENHANCED, args=[])
        trace: EnhancedStackTrace = await super().handle_query(asked)
        trace.sources.clear()
        for stack in trace.stacks:
            for place in stack.locations:
                place.file_path = shorten(place.file_path)
        return trace if input.query == ENHANCED else "\n\n".join(map(_list_places, trace.stacks))

    async def handle_signal(self, input: HandleSignalInput) -> None:  # noqa: A002 - the name is the SDK's
        """Log what comes out of a signal handler, show it in the workflow's details, and go on."""
        try:
            await super().handle_signal(input)
        except Exception as exc:  # noqa: BLE001 - what escapes here would fail the workflow for good
            workflow.logger.exception("bug in the handler of signal %s", input.signal)
            workflow.set_current_details(f"A signal met a bug ({type(exc).__name__}); see the worker's log.")


def _list_places(stack: StackTrace) -> str:
    return "\n".join(f"{place.file_path}:{place.line} {place.function_name}" for place in stack.locations)
