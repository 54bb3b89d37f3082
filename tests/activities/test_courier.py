"""Letters by real SMTP: refused for good, and held up by a mail server that is down."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from temporalio.testing import ActivityEnvironment

from activities.courier import CourierActivities
from activities.mail import Mailer
from ledger.database.store import RECORDER_ROLE
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from runtime.embedded.mail_sink import Mail, list_mail
from runtime.embedded.plan import StackPlan
from runtime.embedded.stack import EmbeddedStack
from runtime.endpoints import connect
from runtime.logins import Login
from runtime.settings import MailServer, Settings
from selection.kernel.actor import Role
from selection.kernel.leaf import Leaf
from selection.kernel.stages import Stage
from selection.letters.rendering import Office
from selection.streams import log_of
from tests import factories as f, paths
from tests.databases import prepare_local
from tests.registering import register_at
from tests.running.waiting import STUCK_AFTER

pytestmark = pytest.mark.stack
AGENT = "applicant-1"
NUMBERS = itertools.count(1)


OFFICE = Office(portal="https://selection.example", contact="Synthetic Office, 010-12345678")


@dataclass
class Post:
    """A stack with a registered agent who gets a letter when an application is recorded."""

    stack: EmbeddedStack
    ledger: Ledger

    @property
    def data(self) -> Path:
        return self.stack.plan.settings.data

    async def register(self, address: str, name: str = "张三", language: Literal["en", "zh"] = "zh") -> None:
        """Register the agent, or register the agent anew, under whatever somebody wrote into the register."""
        identity = Identity.model_construct(name=name, mail=address)
        agent = NewPerson(
            person=AGENT, roles={Role.APPLICANT: ()}, employer=f.HOST, identity=identity, language=language
        )
        url = self.stack.endpoints.databases.url(Login.WORKER)
        await register_at(url, [agent], f.OFFICER, f"people-{next(NUMBERS)}")

    async def record_submission(self) -> Leaf:
        leaves = paths.application_in(Stage.SUBMITTED).leaves
        await self.ledger.record.append(log_of(leaves[0].stream), leaves[0].stream, leaves)
        return leaves[0]

    @asynccontextmanager
    async def courier(self) -> AsyncIterator[None]:
        """A courier that takes one turn, ended as a worker's shutdown ends it."""
        ends = self.stack.endpoints
        client = await connect(ends.temporal_address, ends.temporal_namespace, Settings())
        mailer = Mailer(ends.mail, self.ledger.people, self.ledger.contents, OFFICE)
        environment = ActivityEnvironment()
        turn = asyncio.create_task(environment.run(CourierActivities(self.ledger, client, mailer).deliver))
        try:
            yield
        finally:
            environment.worker_shutdown()
            await turn
            await mailer.close()

    async def until(self, kind: str, state: str) -> None:
        async with asyncio.timeout(STUCK_AFTER):
            while not (await self.ledger.outbox.counts()).get((kind, state)):
                await asyncio.sleep(0.05)

    async def letters(self) -> list[Mail]:
        folder = self.stack.endpoints.mail_folder
        assert folder is not None
        return await asyncio.to_thread(list_mail, folder)


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    plan = StackPlan(Settings(data=tmp_path / "data"), synced=False, ui=False, prepare=prepare_local)
    async with EmbeddedStack(plan) as stack:
        ledger = await Ledger.connect(stack.endpoints.databases.url(Login.WORKER), role=RECORDER_ROLE)
        made = Post(stack, ledger)
        await made.register("agent@example.org")
        yield made
        await ledger.close()


async def test_a_refused_address_becomes_a_task_of_the_officer(post: Post) -> None:
    (post.data / "refused-mail.txt").write_text("agent@example.org\n", encoding="utf-8")
    leaf = await post.record_submission()
    async with post.courier():
        await post.until("letter", "refused")
    tasks = await post.ledger.reading.open_tasks(role=Role.OFFICER, round_=log_of(leaf.stream))
    assert [task.kind for task in tasks] == ["undelivered"]
    assert await post.letters() == []


@pytest.mark.parametrize("address", ["张三@example.org", "no address\r\nBcc: someone@example.org"])
async def test_an_address_that_cannot_be_written_into_a_mail_becomes_a_task_too(
    post: Post, address: str
) -> None:
    await post.register(address)
    leaf = await post.record_submission()
    async with post.courier():
        await post.until("letter", "refused")
    tasks = await post.ledger.reading.open_tasks(role=Role.OFFICER, round_=log_of(leaf.stream))
    assert [task.kind for task in tasks] == ["undelivered"]
    refused = [item for item in await post.ledger.outbox.letters() if item["state"] == "refused"]
    assert all(address not in letter["error"] for letter in refused)
    addresses = {each for mail in await post.letters() for each in mail.recipients}
    assert addresses == {"agent@example.org"}


async def test_of_a_changed_address_both_are_told_in_both_languages_where_to_look_and_whom_to_call(
    post: Post,
) -> None:
    """Whoever changed the address changed the language too, so that the letter would not be read."""
    await post.register("friend@evil.example", language="en")
    async with post.courier():
        async with asyncio.timeout(STUCK_AFTER):
            while len(await post.letters()) < 2:
                await asyncio.sleep(0.05)
    letters = await post.letters()
    assert sorted(mail.recipients for mail in letters) == [("agent@example.org",), ("friend@evil.example",)]
    for mail in letters:
        assert mail.subject == "您的电子邮箱已变更 / Your mail address was changed"
        chinese, english = mail.body.split("\n\n* * *\n\n")
        for body, hello in ((chinese, "您好："), (english, "Dear Sir or Madam,")):
            assert body.startswith(hello)
            assert f"{OFFICE.portal}/keys\n" in body
            assert OFFICE.contact in body


@asynccontextmanager
async def serve_slowly(asked: asyncio.Event, may: asyncio.Event) -> AsyncIterator[MailServer]:
    """A mail server that takes every letter; to the first recipient that it is asked about it says so late."""
    first = True

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal first
        writer.write(b"220 slow\r\n")
        data = False
        while line := await reader.readline():
            if data and line != b".\r\n":
                continue
            data = line.upper().startswith(b"DATA")
            if first and line.upper().startswith(b"RCPT"):
                first = False
                asked.set()
                await may.wait()
            writer.write(b"354 go on\r\n" if data else b"250 yes\r\n")
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield MailServer(host="127.0.0.1", port=port, sender="selection@example.org")


async def test_what_a_server_says_late_to_a_letter_that_was_given_up_is_no_answer_to_the_next(
    post: Post,
) -> None:
    """Seen before, on paper: the next letter read it as its own, and went to an officer as refused for good."""
    await post.record_submission()
    (letter,) = await post.ledger.outbox.claim(1, timedelta(minutes=10))
    asked, may = asyncio.Event(), asyncio.Event()
    async with serve_slowly(asked, may) as server:
        mailer = Mailer(server, post.ledger.people, post.ledger.contents)
        given_up = asyncio.create_task(mailer.send(letter))
        await asked.wait()
        given_up.cancel()
        await asyncio.wait([given_up])
        may.set()
        await mailer.send(letter)
        await mailer.close()


async def test_a_letter_waits_for_the_mail_server_and_comes_once(post: Post) -> None:
    post.stack.kill("mail")
    await post.record_submission()
    (queued,) = await post.ledger.outbox.letters()
    async with post.courier():
        async with asyncio.timeout(STUCK_AFTER):
            while (await post.ledger.outbox.letters())[0]["attempts"] == 0:
                await asyncio.sleep(0.05)
        await post.stack.start("mail")
        await post.until("letter", "sent")
    (letter,) = await post.letters()
    assert letter.message_id == queued["message_id"]
    assert "张三" not in letter.body
    assert (await post.ledger.outbox.letters())[0]["attempts"] > 1


async def test_a_changed_address_is_told_to_the_former_one_and_the_new_one(post: Post) -> None:
    """To each by itself: before, every letter went to whatever address was registered when it was sent."""
    await post.register("other@example.org")
    await post.register("third@example.org")
    async with post.courier():
        await post.until("letter", "sent")
        async with asyncio.timeout(STUCK_AFTER):
            while (await post.ledger.outbox.counts()).get(("letter", "pending")):
                await asyncio.sleep(0.05)
    addresses = [address for mail in await post.letters() for address in mail.recipients]
    assert sorted(addresses) == [
        "agent@example.org",
        "other@example.org",
        "other@example.org",
        "third@example.org",
    ]
