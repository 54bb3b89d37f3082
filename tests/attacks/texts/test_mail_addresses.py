"""A letter reaches the person whom it is for and nobody else, whatever stands as the person's address or name."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from pydantic import ValidationError

from activities.mail import Mailer, MailRefused
from ledger.database.store import RECORDER_ROLE
from ledger.letters.outbox import ClaimedRow
from ledger.people.register import Identity
from ledger.record import Ledger
from runtime.embedded.plan import StackPlan
from runtime.embedded.stack import EmbeddedStack
from runtime.logins import Login
from runtime.settings import Settings
from selection.kernel.mail_address import is_one_address
from starter.cli.failures import CommandFailed
from starter.cli.output import Output
from starter.commands.register.person import read_people
from tests.activities.test_courier import Post
from tests.databases import prepare_local
from tests.running.stacks import run_stack

SECOND = "thief@evil.example"
LISTS = (
    *("a@b.example,thief@evil.example", "a@b.example, thief@evil.example", "a@b.example;thief@evil.example"),
    *("a@b.example thief@evil.example", "a@b.example\tthief@evil.example", "a@b.example\nthief@evil.example"),
    *("a@b.example\r\nBcc: thief@evil.example", "a@b.example\r\nRCPT TO:<thief@evil.example>"),
    *("all: a@b.example, thief@evil.example;", "all:thief@evil.example;", "undisclosed-recipients:;"),
    *(
        "a@b.example，thief@evil.example",
        "a@b.example；thief@evil.example",
        "a@b.example\x00thief@evil.example",
    ),
)
QUOTED = (
    *(
        '"a@b.example, thief"@evil.example',
        '"a\\" <thief@evil.example>"@b.example',
        '"a b"@b.example',
        '"a"@b.example',
    ),
    *(
        "a <thief@evil.example>",
        "<thief@evil.example>",
        "a@b.example <thief@evil.example>",
        "a@b.example>,<t@e.org",
    ),
    *(
        "a(@evil.example)@b.example",
        "a@b.example(thief)",
        "a\\@evil.example@b.example",
        "=?utf-8?q?a?=@b.example",
    ),
)
ROUTED = (
    *("thief%evil.example@b.example", "evil.example!thief@b.example", "@b.example:thief@evil.example"),
    *("a@b.example@evil.example", "a@[10.0.0.1]", "a@b.example#", "a@b.example:25"),
)
CONFUSED = (
    *(
        "a@b．example",
        "a＠b.example",
        "张三@b.example",
        "a@例子.example",
        "a\u200b@b.example",
        "\u202ea@b.example",
    ),
    *("a@b.example\n", "a@b.example ", " a@b.example"),
)
MALFORMED = (
    *("", "a", "@", "a@", "@b.example", ".a@b.example", "a.@b.example", "a..c@b.example", "a@b..example"),
    *("a@-b.example", "a@b.example.", "a@b_c.example", f"{'a' * 250}@b.example"),
)
COMMANDS = (
    "-oQ/tmp@b.example",
    "|sh@b.example",
    "`id`@b.example",
    "$(id)@b.example",
    "/etc/passwd@b.example",
)
TRICKS = (*LISTS, *QUOTED, *ROUTED, *CONFUSED, *MALFORMED, *COMMANDS)
NAMES = (
    *(f"{SECOND}, x", f'x" <{SECOND}>, "y', f"x <{SECOND}>,", f"all: {SECOND};", "张三("),
    *(
        "=?utf-8?q?x=22_=3Cthief=40evil=2Eexample=3E=2C?=",
        "=?utf-8?b?eCIgPHRoaWVmQGV2aWwuZXhhbXBsZT4sICJ5?= 张",
    ),
    *(f"x\r\nBcc: {SECOND}", f"x\nBcc: {SECOND}", f"x\rBcc: {SECOND}", "\r\n\r\n"),
)
ADDRESSES = (
    *("a@b.example", "li.hua+round-2@univ.example", "o'neil@b.example", "a_b@xn--fsqu00a.example"),
    *("selection@localhost", "7@1.example", "a=b&c#d~e@b-c.example"),
)


@pytest.mark.parametrize("address", TRICKS)
async def test_nobody_is_registered_under_what_is_not_one_address(tmp_path: Path, address: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Identity(name="A", mail=address)
    assert refused.value.errors()[0]["msg"] == "not one mail address"
    people = tmp_path / "people.csv"
    # Blanks around a cell are no part of it.
    if address == address.strip():
        people.write_text(f'person,name,mail,roles\np-1,A,"{address.replace(chr(34), chr(34) * 2)}",expert\n')
        out = Output("en", as_json=True)
        with pytest.raises(CommandFailed, match="table-unreadable" if "\0" in address else "table-faulty"):
            await read_people(out, people)
        assert [fault["cell"] for fault in out.document.get("faults", ())] == (
            [] if "\0" in address else ["C2"]
        )


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_plain_address_is_registered(address: str) -> None:
    assert Identity(name="A", mail=address).mail == address
    assert is_one_address(address)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStack]:
    """A stack on which the agent is registered anew as often as a letter is sent."""
    settings = Settings(data=tmp_path_factory.mktemp("mails") / "data")
    with run_stack(StackPlan(settings, synced=False, ui=False, prepare=prepare_local)) as running:
        yield running


@asynccontextmanager
async def open_post(stack: EmbeddedStack) -> AsyncIterator[Post]:
    ledger = await Ledger.connect(stack.endpoints.databases.url(Login.WORKER), role=RECORDER_ROLE)
    yield Post(stack, ledger)
    await ledger.close()


@pytest.fixture
async def post(stack: EmbeddedStack) -> AsyncIterator[Post]:
    async with open_post(stack) as opened:
        yield opened


@pytest.fixture
async def mailer(post: Post) -> AsyncIterator[Mailer]:
    made = Mailer(post.stack.endpoints.mail, post.ledger.people, post.ledger.contents)
    yield made
    await made.close()


@pytest.fixture(scope="module")
def letter(stack: EmbeddedStack) -> ClaimedRow:
    """A letter to the agent that is to be sent."""

    async def claim() -> ClaimedRow:
        async with open_post(stack) as post:
            await post.register("agent@example.org")
            await post.record_submission()
            (claimed,) = await post.ledger.outbox.claim(1, timedelta(minutes=1))
            return claimed

    return asyncio.run(claim())


@pytest.mark.stack
async def test_no_letter_goes_to_an_address_that_reached_the_register_some_other_way(
    post: Post, mailer: Mailer, letter: ClaimedRow
) -> None:
    before = await post.letters()
    for address in TRICKS:
        if "\x00" not in address:
            await post.register(address)
            with pytest.raises(MailRefused) as refused:
                await mailer.send(letter)
            assert "@" not in refused.value.reason
    assert await post.letters() == before


@pytest.mark.stack
async def test_a_name_does_not_bring_a_second_recipient(
    post: Post, mailer: Mailer, letter: ClaimedRow
) -> None:
    before = await post.letters()
    for name in NAMES:
        await post.register("agent@example.org", name)
        await mailer.send(letter)
    sent = [mail for mail in await post.letters() if mail not in before]
    assert len(sent) == len(NAMES)
    for mail in sent:
        assert mail.recipients == ("agent@example.org",)
        message = message_from_bytes(mail.path.read_bytes(), policy=policy.default)
        assert [address.addr_spec for address in message["To"].addresses] == ["agent@example.org"]
        assert message["Bcc"] is message["Cc"] is None


@pytest.mark.stack
async def test_a_plain_name_stands_in_the_letter(post: Post, mailer: Mailer, letter: ClaimedRow) -> None:
    for name in ("张三", "Li Hua", "Jean-Luc O'Neil Jr.", "阿依古丽·买买提"):
        before = await post.letters()
        await post.register("agent@example.org", name)
        await mailer.send(letter)
        (last,) = (mail for mail in await post.letters() if mail not in before)
        sent = message_from_bytes(last.path.read_bytes(), policy=policy.default)
        assert [address.display_name for address in sent["To"].addresses] == [name]
