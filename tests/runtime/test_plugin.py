import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count

import pytest
from pydantic import BaseModel
from temporalio import workflow
from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.converter import WorkflowSerializationContext
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from runtime.embedded.temporal_server import NAMESPACE, TemporalServer
from runtime.endpoints import connect
from runtime.settings import Settings
from runtime.temporal import search_attributes
from runtime.temporal.address import find_way
from runtime.temporal.interceptor import BUG
from runtime.temporal.plugin import OURS, THIRD_PARTY, data_converter
from runtime.temporal.sandbox import SharedPydanticConverter
from tests.running.stacks import run_temporal
from tests.running.waiting import STUCK_AFTER

pytestmark = pytest.mark.stack
KEYS = "k:" + "A" * 43 + "="
NUMBERS = count(1)


class Word(BaseModel):
    text: str


@workflow.defn
class Handlers:
    """Has a handler for each way in which one can fail."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.over = False

    @workflow.run
    async def run(self) -> list[str]:
        workflow.upsert_search_attributes([search_attributes.STAGE.value_set("intake")])
        await workflow.wait_condition(lambda: self.over)
        return self.words

    @workflow.update
    async def say(self, word: Word) -> Word:
        self.words.append(word.text)
        return word

    @workflow.update
    async def refuse(self, word: Word) -> None:
        raise ApplicationError("too late", type="window-closed", non_retryable=True)

    @workflow.update
    async def break_update(self, word: Word) -> None:
        raise KeyError(word.text)

    @workflow.signal
    async def break_signal(self, word: Word) -> None:
        raise KeyError(word.text)

    @workflow.signal
    async def refuse_signal(self, word: Word) -> None:
        raise ApplicationError(word.text)

    @workflow.signal
    async def end(self) -> None:
        self.over = True


@pytest.fixture(scope="module")
def temporal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TemporalServer]:
    with run_temporal(tmp_path_factory.mktemp("temporal")) as server:
        yield server


@asynccontextmanager
async def running(
    temporal: TemporalServer, settings: Settings
) -> AsyncIterator[WorkflowHandle[Handlers, list[str]]]:
    client = await connect(temporal.address, NAMESPACE, settings)
    name = f"handlers-{next(NUMBERS)}"
    async with Worker(client, task_queue=name, workflows=[Handlers]):
        yield await client.start_workflow(Handlers.run, id=name, task_queue=name)


async def end(handle: WorkflowHandle[Handlers, list[str]]) -> list[str]:
    await handle.signal(Handlers.end)
    return await asyncio.wait_for(handle.result(), STUCK_AFTER)


async def test_models_travel_and_stages_can_be_searched(temporal: TemporalServer) -> None:
    async with running(temporal, Settings()) as handle:
        assert await handle.execute_update(Handlers.say, Word(text="早")) == Word(text="早")
        query = f"SelectionStage = 'intake' AND WorkflowId = '{handle.id}'"
        assert await find_workflows(temporal, query) == [handle.id]
        assert await end(handle) == ["早"]


async def find_workflows(temporal: TemporalServer, query: str) -> list[str]:
    client = await Client.connect(**find_way(temporal.address))
    for _ in range(100):
        if ids := [one.id async for one in client.list_workflows(query)]:
            return ids
        await asyncio.sleep(0.05)
    return []


async def test_a_refusal_passes_and_a_bug_fails_its_update_alone(temporal: TemporalServer) -> None:
    async with running(temporal, Settings()) as handle:
        with pytest.raises(WorkflowUpdateFailedError) as refused:
            await handle.execute_update(Handlers.refuse, Word(text="canary"))
        assert isinstance(refused.value.cause, ApplicationError)
        assert refused.value.cause.type == "window-closed"

        with pytest.raises(WorkflowUpdateFailedError) as broken:
            await asyncio.wait_for(
                handle.execute_update(Handlers.break_update, Word(text="canary")), STUCK_AFTER
            )
        assert isinstance(broken.value.cause, ApplicationError)
        assert broken.value.cause.type == BUG
        assert broken.value.cause.non_retryable
        assert "canary" not in str(broken.value.cause)
        assert "KeyError" in str(broken.value.cause)

        await handle.execute_update(Handlers.say, Word(text="still here"))
        assert await end(handle) == ["still here"]


async def test_nothing_leaves_a_signal_handler_and_the_details_tell(temporal: TemporalServer) -> None:
    async with running(temporal, Settings()) as handle:
        await handle.signal(Handlers.refuse_signal, Word(text="canary"))
        await handle.signal(Handlers.break_signal, Word(text="canary"))
        await handle.execute_update(Handlers.say, Word(text="still here"))
        details = await handle.query("__temporal_workflow_metadata")
        assert "KeyError" in str(details)
        assert "canary" not in str(details)
        assert await end(handle) == ["still here"]


async def test_with_keys_the_server_stores_no_readable_payload(temporal: TemporalServer) -> None:
    async with running(temporal, Settings(payload_keys=KEYS)) as handle:
        with pytest.raises(WorkflowUpdateFailedError):
            await asyncio.wait_for(
                handle.execute_update(Handlers.break_update, Word(text="canary")), STUCK_AFTER
            )
        await handle.execute_update(Handlers.say, Word(text="canary"))
        assert await end(handle) == ["canary"]
        history = await handle.fetch_history()
        stored = b"".join(event.SerializeToString() for event in history.events)
        assert b"canary" not in stored
        assert b"met a bug" not in stored


LOADED = """
import importlib, pkgutil, sys, sysconfig
before = set(sys.modules)
import workflows
for module in pkgutil.walk_packages(workflows.__path__, "workflows."):
    importlib.import_module(module.name)
for name in set(sys.modules) - before:
    if (getattr(sys.modules[name], "__file__", None) or "").startswith(sysconfig.get_path("purelib")):
        print(name.partition(".")[0])
"""


def test_the_sandbox_loads_nothing_but_workflows_anew() -> None:
    """A package that the workflows bring in and that is not passed through slows every instance."""
    done = subprocess.run([sys.executable, "-c", LOADED], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split()) - {"temporalio", "workflows"}
    assert loaded <= {*OURS, *THIRD_PARTY}, "name them in runtime.temporal.plugin.THIRD_PARTY"


def test_only_the_codec_asks_where_a_payload_belongs() -> None:
    """The sandbox tells no more than the workflow: what needs more must first have ContextFreeSandbox taken away."""
    context = WorkflowSerializationContext(namespace="n", workflow_id="w")
    plain, sealed = data_converter(), data_converter({"k": b"A" * 32})
    assert plain.with_context(context) is plain
    assert sealed.with_context(context).payload_codec is not sealed.payload_codec
    assert plain.external_storage is sealed.external_storage is None


async def test_converters_share_their_adapters() -> None:
    one, other = SharedPydanticConverter(), SharedPydanticConverter()
    assert [*one.converters.values()] == [*other.converters.values()]
    [payload] = one.to_payloads([Word(text="早")])
    assert other.from_payloads([payload], [Word]) == [Word(text="早")]
