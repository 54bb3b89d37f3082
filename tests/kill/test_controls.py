"""Controls: with one thing broken, the checks of the kill tests say so; without it, they say nothing."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypeVar

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from temporalio.client import WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError
from temporalio.worker import Worker

from activities.mail import Mailer
from ledger.append.append import Record
from ledger.database.migrate import migrate
from ledger.database.store import RECORDER_ROLE
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from runtime.databases import Databases
from runtime.embedded.mail_sink import list_mail
from runtime.embedded.plan import StackPlan
from runtime.embedded.stack import EmbeddedStack
from runtime.endpoints import Endpoints
from runtime.settings import Settings
from selection.application.commands import Submit
from selection.decision.envelope import Envelope
from selection.decision.machine import Act
from selection.kernel.actor import Role
from selection.kernel.leaf import Receipt
from selection.recommendation.commands import Recommend
from starter.client.errors import Pending
from tests import factories as f
from tests.citing import own, store_for
from tests.databases import as_superuser, found_local, superuser
from tests.kill.support.evidence import collect
from tests.kill.support.faulty_ledgers import (
    AnswersFirst,
    CommitsLate,
    ComparesNothing,
    Hesitates,
    LosesFirstAnswer,
    MailsFirst,
    recording_by,
)
from tests.kill.support.patience import STUCK_AFTER
from tests.kill.support.stumbling import Stumbles
from tests.registering import register, register_at
from tests.running.waiting import SOON
from tests.workflows.support.installation import (
    TEMPLATE,
    Installation,
    application,
    installation,
    registry,
    unit_list,
)
from worker.run import activities_of
from workflows.application import ApplicationWorkflow
from workflows.catalogue import WORKFLOWS

pytestmark = pytest.mark.kill

R = TypeVar("R", bound=Record)
STREAM = application(1)
OTHER = application(2)
SHORTLY = timedelta(seconds=5)
"""Longer than the three seconds for which an act waits before it is left as a signal."""


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoints]:
    """Servers without a worker."""
    settings = Settings(data=tmp_path_factory.mktemp("controls") / "data")
    stack = EmbeddedStack(StackPlan(settings, synced=False, ui=False, prepare=_prepare))
    asyncio.run(stack.start_all())
    yield as_superuser(stack.endpoints)
    asyncio.run(stack.stop_all())


async def _prepare(databases: Databases) -> None:
    url = superuser(databases)
    await _execute(url, f"CREATE DATABASE {TEMPLATE}")
    await migrate(make_conninfo(url, dbname=TEMPLATE))
    await found_local(make_conninfo(url, dbname=TEMPLATE))
    await store_for(make_conninfo(url, dbname=TEMPLATE), f.people())
    await register_at(make_conninfo(url, dbname=TEMPLATE), registry(), command_id="registry")


async def _execute(url: str, *statements: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        for statement in statements:
            await connection.execute(statement.encode())


@pytest.fixture
async def place(servers: Endpoints) -> AsyncIterator[Installation]:
    """An installation with an open round and no worker."""
    async with installation(servers) as made:
        async with made.worker():
            await made.open_round()
        yield made


@asynccontextmanager
async def measure_work(
    place: Installation, kind: type[R], application: type[ApplicationWorkflow] = ApplicationWorkflow
) -> AsyncIterator[R]:
    """Run a worker that writes by a record, or has a workflow of applications, of the test's choice."""
    ledger = await Ledger.connect(place.ends.database_url, role=RECORDER_ROLE)
    record = recording_by(ledger, kind)
    activities = activities_of(
        place.temporal, ledger, Mailer(place.ends.mail, ledger.people, ledger.contents)
    )
    workflows = [application if item is ApplicationWorkflow else item for item in WORKFLOWS]
    async with Worker(
        place.temporal, task_queue=place.ends.task_queue, workflows=workflows, activities=activities
    ):
        yield record
    await ledger.close()


def command_of(stream: str) -> str:
    return "submit-" + stream.rpartition("/")[2]


async def submit(place: Installation, patience: timedelta = SOON) -> Receipt:
    command = Submit(submission=f.submission())
    return await place.client.act(
        STREAM, command, actor=f.APPLICANT, command_id=command_of(STREAM), patience=patience
    )


async def faults(
    place: Installation, kinds: tuple[str, ...], *receipts: Receipt, mail: bool = False
) -> list[str]:
    evidence = await collect(place.ends.database_url, None, receipts)
    if mail and place.ends.mail_folder:
        evidence.mails = [sent.message_id for sent in list_mail(place.ends.mail_folder)]
    return [fault for fault in evidence.faults() if fault.startswith(kinds)]


SERIOUS = ("hole", "double", "repeated", "stale", "lost")


async def test_a_lost_answer_makes_no_double(place: Installation) -> None:
    async with measure_work(place, LosesFirstAnswer) as record:
        receipt = await submit(place)
    assert record.answered
    assert await faults(place, SERIOUS, receipt) == []


async def test_where_a_list_lost_its_answer_the_application_is_told_all_the_same(place: Installation) -> None:
    async with measure_work(place, LosesFirstAnswer) as record:
        await submit(place)
        record.answered = False
        await place.client.act(
            unit_list("bj"), Recommend(application="0001", revision=1), actor=f.RECOMMENDER
        )
    assert record.answered
    assert await place.types(STREAM) == ["application.submitted", "application.recommended"]


async def test_what_is_committed_after_it_was_given_up_makes_no_double(place: Installation) -> None:
    async with measure_work(place, CommitsLate) as record:
        receipt = await submit(place)
        assert await record.go_on() is None
    assert await faults(place, SERIOUS, receipt) == []


async def test_control_without_the_version_check_it_makes_a_double(place: Installation) -> None:
    await _execute(place.ends.database_url, *WITHOUT_VERSION_CHECK)
    async with measure_work(place, CommitsLate) as record:
        receipt = await submit(place)
        assert await record.go_on() is not None
    entries = f"{STREAM}@1, {STREAM}@1"
    assert await faults(place, SERIOUS, receipt) == [
        f"double: {STREAM} has the versions [1, 1] last",
        f"repeated: {command_of(STREAM)} of {f.APPLICANT.person} stands at {entries}",
    ]


WITHOUT_VERSION_CHECK = (
    "ALTER TABLE selection.entries DROP CONSTRAINT entries_key",
    "DROP INDEX selection.entries_command",
    "ALTER TABLE selection.outbox DROP CONSTRAINT outbox_key",
    """
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('selection.append_entries'::regproc),
        'coalesce(found.version, 0) <> p_expected', 'false');
    EXECUTE replace(pg_get_functiondef('selection.hold_stream'::regproc), 'RETURN FOUND', 'RETURN true');
END $$
""",
)


async def test_what_rests_on_what_is_no_longer_so_is_decided_again(place: Installation) -> None:
    await overtake(place, Hesitates)
    assert await faults(place, SERIOUS) == []
    [first] = await place.ledger.reading.stream_entries(STREAM)
    [second] = await place.ledger.reading.stream_entries(OTHER)
    assert second.seq < first.seq


async def test_control_what_is_not_compared_rests_on_what_is_no_longer_so(place: Installation) -> None:
    await overtake(place, ComparesNothing)
    [found] = await faults(place, SERIOUS)
    assert found.startswith(f"stale: {STREAM}@1 saw ")


async def overtake(place: Installation, kind: type[Hesitates]) -> None:
    """Have one act decided; before it is recorded, somebody is registered and another act recorded."""
    ledger = await Ledger.connect(place.ends.database_url, role=RECORDER_ROLE)
    record = recording_by(ledger, kind)
    deciding = asyncio.create_task(ledger.deciding.decide(STREAM, Act(envelope_of(STREAM))))
    await record.waits.wait()
    newcomer = NewPerson(
        person="newcomer",
        roles={Role.EXPERT: ()},
        identity=Identity(name="Newcomer", mail="new@canary.example"),
    )
    await register(place.recorder, [newcomer], command_id="newcomer")
    await place.recorder.deciding.decide(OTHER, Act(envelope_of(OTHER)))
    record.may_go_on.set()
    assert (await deciding).refused is None
    await ledger.close()


def envelope_of(stream: str) -> Envelope:
    command = own(Submit(submission=f.submission()), f.APPLICANT.person).model_dump(mode="json")
    return Envelope(stream=stream, command_id=command_of(stream), actor=f.APPLICANT, command=command)


async def test_control_answered_before_recorded_is_lost_on_restart(place: Installation) -> None:
    async with measure_work(place, AnswersFirst):
        receipt = await submit(place)
    async with place.worker():
        assert await faults(place, ("lost",), receipt) == [
            f"lost: {STREAM} version 1 was answered but is not in the record"
        ]


async def test_control_mailed_before_commit_tells_of_what_is_not_recorded(place: Installation) -> None:
    mails = ("letter: the mail",)
    assert await faults(place, mails, mail=True) == []
    async with measure_work(place, MailsFirst) as record:
        record.mail_server = place.ends.mail
        with pytest.raises(Pending):
            await submit(place, SHORTLY)
    assert await faults(place, mails, mail=True)


async def test_an_act_on_a_workflow_of_which_task_after_task_failed_is_sent_again(
    place: Installation,
) -> None:
    async with measure_work(place, Record, Stumbles):
        sending = asyncio.create_task(submit(place))
        await until_refused(place)
    async with measure_work(place, Record):
        receipt = await sending
    assert await faults(place, SERIOUS, receipt) == []


async def until_refused(place: Installation) -> None:
    """Wait until Temporal refuses any update to the stream's workflow, since task after task of it failed."""
    async with asyncio.timeout(STUCK_AFTER):
        while True:
            try:
                limit = timedelta(milliseconds=500)
                await place.handle(STREAM).execute_update("act", envelope_of(STREAM), rpc_timeout=limit)
            except RPCError as failed:
                if "Workflow Task in failed state" in failed.message:
                    return
            except WorkflowUpdateRPCTimeoutOrCancelledError:
                pass
            await asyncio.sleep(0.1)
