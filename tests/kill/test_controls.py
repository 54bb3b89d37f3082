"""Controls: with one thing broken, the checks of the kill tests say so; without it, they say nothing."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from temporalio.worker import Worker

from activities.mail import Mailer
from ledger.migrate import migrate
from ledger.record import Ledger
from runtime.endpoints import Endpoints
from runtime.mail_sink import list_mail
from runtime.plan import StackPlan
from runtime.settings import Settings
from runtime.stack import EmbeddedStack
from selection.application.commands import Submit
from selection.leaf import Receipt
from selection.refusals import Refused
from starter.errors import Pending
from tests import factories as f
from tests.kill.evidence import collect
from tests.kill.faulty_ledgers import AnswersFirst, LooksForNoKey, LosesFirstAnswer, MailsFirst
from tests.workflows.acting import held
from tests.workflows.faulty import DecidesInHandlers
from tests.workflows.installation import TEMPLATE, Installation, application, installation
from tests.workflows.messages import envelope, post
from worker.run import activities_of
from workflows.application import ApplicationWorkflow
from workflows.catalogue import WORKFLOWS

pytestmark = pytest.mark.kill

STREAM = application(1)
SHORTLY = timedelta(seconds=3)
EDITS = range(1, 6)
"""Head counts of as many edits, all in flight at once."""


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoints]:
    """Servers without a worker."""
    settings = Settings(data=tmp_path_factory.mktemp("controls") / "data")
    stack = EmbeddedStack(StackPlan(settings, synced=False, ui=False, prepare=_prepare))
    asyncio.run(stack.start_all())
    yield stack.endpoints
    asyncio.run(stack.stop_all())


async def _prepare(url: str) -> None:
    await _execute(url, f"CREATE DATABASE {TEMPLATE}")
    await migrate(make_conninfo(url, dbname=TEMPLATE))


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
async def working(
    place: Installation, ledger: Ledger, workflow: type[ApplicationWorkflow] = ApplicationWorkflow
) -> AsyncIterator[None]:
    """Run a worker with a ledger or a workflow of the test's choice."""
    workflows = [workflow if item is ApplicationWorkflow else item for item in WORKFLOWS]
    mailer = Mailer(place.ends.mail, ledger.people)
    activities = activities_of(place.temporal, ledger, mailer)
    async with Worker(
        place.temporal, task_queue=place.ends.task_queue, workflows=workflows, activities=activities
    ):
        yield
    await ledger.close()


async def submit(place: Installation, command_id: str = "submit", **changes: object) -> Receipt:
    command = Submit(submission=f.submission(**changes))
    return await place.client.act(STREAM, command, actor=f.APPLICANT, command_id=command_id, patience=SHORTLY)


async def faults(place: Installation, kind: str, *receipts: Receipt, mail: bool = False) -> list[str]:
    evidence = await collect(place.ends.database_url, None, receipts)
    if mail and place.ends.mail_folder:
        evidence.mails = [sent.message_id for sent in list_mail(place.ends.mail_folder)]
    return [fault for fault in evidence.faults() if fault.startswith(kind)]


async def test_a_lost_answer_makes_no_double(place: Installation) -> None:
    async with working(place, await LosesFirstAnswer.connect(place.ends.database_url)):
        receipt = await submit(place)
    assert await faults(place, "", receipt) == await faults(place, "outcome") + await faults(place, "letter")


async def test_control_without_key_check_and_constraint_a_lost_answer_makes_a_double(
    place: Installation,
) -> None:
    url = place.ends.database_url
    await _execute(url, "ALTER TABLE selection.entries DROP CONSTRAINT entries_key", WITHOUT_KEY_CHECK)
    async with working(place, await LooksForNoKey.connect(url)):
        await submit(place)
    assert await faults(place, "double") == [f"double: {STREAM} has the versions [1, 1] last"]


WITHOUT_KEY_CHECK = """
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('selection.append_entries'::regproc),
        'coalesce(found_version, 0) <> p_expected', 'false');
END $$
"""


async def test_control_answered_before_recorded_is_lost_on_restart(place: Installation) -> None:
    async with working(place, await AnswersFirst.connect(place.ends.database_url)):
        receipt = await submit(place)
    async with place.worker():
        assert await faults(place, "lost", receipt) == [
            f"lost: {STREAM} version 1 was answered but is not in the record"
        ]


async def test_control_mailed_before_commit_tells_of_what_is_not_recorded(place: Installation) -> None:
    assert await faults(place, "letter: the mail", mail=True) == []
    ledger = await MailsFirst.connect(place.ends.database_url)
    assert isinstance(ledger, MailsFirst)
    ledger.mail_port = place.ends.mail.port
    async with working(place, ledger):
        with pytest.raises(Pending):
            await submit(place)
    assert await faults(place, "letter: the mail", mail=True)


@pytest.mark.parametrize("workflow", [ApplicationWorkflow, DecidesInHandlers])
async def test_control_handlers_that_decide_record_one_version_twice(
    place: Installation, workflow: type[ApplicationWorkflow]
) -> None:
    async with working(place, await Ledger.connect(place.ends.database_url), workflow):
        await submit(place)
        async with held(place, {STREAM}):
            for staff in EDITS:
                edit = envelope(stream, Submit(submission=f.submission(staff=staff)), f.APPLICANT, f"edit-{staff}")
                await post(place, STREAM, edit)
        await place.until_idle(STREAM)
        if workflow is ApplicationWorkflow:
            last = await submit(place, "last", staff=9)
            assert last.version == await place.version(STREAM) == 1 + len(EDITS) + 1
        else:
            with pytest.raises(Refused, match="record-diverged"):
                await submit(place, "last", staff=9)
            assert await place.version(STREAM) == 2
