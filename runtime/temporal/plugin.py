import dataclasses
from collections.abc import Mapping
from datetime import datetime

from temporalio.converter import DataConverter
from temporalio.plugin import SimplePlugin
from temporalio.worker import WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from runtime.temporal.codec import AesGcmCodec
from runtime.temporal.failures import EncryptedFailureWithoutValues, FailureWithoutValues
from runtime.temporal.interceptor import HandlersFailAlone
from runtime.temporal.sandbox import ContextFreeSandbox, SharedPydanticConverter

OURS = (
    *("selection", "runtime", "ledger", "reading", "activities", "worker", "starter"),
    *("workflows.companion", "workflows.inbox", "workflows.policies"),
    *("workflows.showing", "workflows.stream", "workflows.ticket"),
)
"""Our modules that the sandbox takes from outside; those that define a workflow are loaded anew for every instance.

The loop and what it is made of keep nothing in their modules, and the lint bans clocks and chance in them. Loaded
anew they cost each cached workflow some 110 KiB (benchmarks, part `memory`).
"""

THIRD_PARTY = (
    "_cffi_backend",
    "annotated_types",
    "cryptography",
    "fido2",
    "google",
    "nexusrpc",
    "ortools",
    "pydantic",
    "pydantic_core",
    "rfc8785",
    "structlog",
    "typing_extensions",
    "typing_inspection",
    "yaml",
)
"""Every module of others that loading a workflow loads; a test compares. Loading them anew is slow."""


PLAIN = DataConverter(
    payload_converter_class=SharedPydanticConverter, failure_converter_class=FailureWithoutValues
)


def selection_plugin(
    keys: Mapping[str, bytes] | None = None, plain_until: datetime | None = None
) -> SimplePlugin:
    """Make the one plugin that clients, workers, replayers and tests share, so that all read the same bytes.

    Pydantic payloads; failures without values; the sandbox with our pure and third-party modules passed through;
    handlers that fail alone; and with a key ring, payloads and failure texts encrypted.
    """
    return SimplePlugin(
        "center-selection",
        data_converter=data_converter(keys, plain_until),
        interceptors=[HandlersFailAlone()],
        workflow_runner=use_sandbox,
    )


def data_converter(
    keys: Mapping[str, bytes] | None = None, plain_until: datetime | None = None
) -> DataConverter:
    """Give the converter alone, for reading histories without a client."""
    if not keys:
        return PLAIN
    return dataclasses.replace(
        PLAIN,
        payload_codec=AesGcmCodec(keys, plain_until),
        failure_converter_class=EncryptedFailureWithoutValues,
    )


def use_sandbox(runner: WorkflowRunner | None = None) -> WorkflowRunner:
    """Put our sandbox with the pass-through in place of the SDK's; leave another runner (a debugger's) as it is."""
    if runner is not None and not isinstance(runner, SandboxedWorkflowRunner):
        return runner
    restrictions = runner.restrictions if runner else SandboxRestrictions.default
    return ContextFreeSandbox(restrictions.with_passthrough_modules(*OURS, *THIRD_PARTY))
