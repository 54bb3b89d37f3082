"""A letter that a mail server refused: an open task until an officer settles it, on the record."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from ledger.errors import CommandReused, LetterNotRefused
from ledger.letters.outbox import Claimed
from ledger.letters.undelivered import How
from ledger.people.register import Identity, NewPerson
from ledger.rebuild import rebuild
from ledger.record import Ledger
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Ref
from tests.ledger.support.stand_in import OFFICER, StandIn, leaf, letter

STREAM = "application/r/1"
LEASE = timedelta(seconds=30)
FAR = datetime(2090, 1, 1, tzinfo=UTC)
WHY = Actor(person="p-officer", role=Role.OFFICER, reason=Ref(id="text-1", sha256="0" * 64))
NO_MAILBOX = "the mail server answered 550"


async def refused(ledger: Ledger, *keys: str) -> list[int]:
    """Send letters that are all refused; return their ids."""
    await ledger.record.append(
        "r", STREAM, [leaf(STREAM, 1, stage="ended", letters=[letter(key) for key in keys])]
    )
    claimed = await ledger.outbox.claim(len(keys), LEASE)
    return [await refuse(ledger, item) for item in claimed]


async def refuse(ledger: Ledger, item: Claimed) -> int:
    assert await ledger.outbox.mark_refused(item, NO_MAILBOX)
    return item.id


async def waiting(ledger: Ledger) -> list[str]:
    return [task.key for task in await ledger.reading.open_tasks(role=Role.OFFICER, round_="r")]


async def test_it_is_the_officers_task_and_goes_out_again_under_its_message_id(ledger: Ledger) -> None:
    [number] = await refused(ledger, "told")
    [task] = await ledger.reading.open_tasks(role=Role.OFFICER, round_="r")
    assert (task.kind, task.key, task.stream) == ("undelivered", f"undelivered/{number}", STREAM)
    assert await ledger.outbox.claim(10, LEASE, now=FAR) == []
    [fate] = await ledger.undelivered.list_refused("r")
    assert (fate.id, fate.state, fate.found, fate.to) == (number, "refused", NO_MAILBOX, "p-1")
    assert await ledger.undelivered.list_refused("other") == []

    [receipt] = await ledger.undelivered.settle([number], "resend", WHY, "s-1")
    assert await waiting(ledger) == []
    assert await ledger.undelivered.list_refused() == []
    [again] = await ledger.outbox.claim(10, LEASE)
    assert again.message_id == fate.message_id
    assert fate.since is not None
    assert again.due > fate.since
    [entry] = await ledger.reading.entries("installation")
    assert (entry.seq, entry.leaf.actor, entry.leaf.type) == (receipt.seq, WHY, "letter.settled.v1")
    assert entry.leaf.data == {
        "task": f"undelivered/{number}",
        "target": STREAM,
        "caused_by": 1,
        "letter": "told",
        "message_id": fate.message_id,
        "to": "p-1",
        "found": NO_MAILBOX,
        "how": "resend",
        "command_id": "s-1",
    }
    await refuse(ledger, again)
    assert await waiting(ledger) == [f"undelivered/{number}"]


async def test_what_is_closed_is_never_sent(ledger: Ledger) -> None:
    numbers = await refused(ledger, "one", "two")
    receipts = await ledger.undelivered.settle(numbers, "drop", WHY, "s-1")
    assert [receipt.version for receipt in receipts] == [1, 2]
    assert await ledger.outbox.counts() == {("letter", "dropped"): 2}
    assert await ledger.outbox.claim(10, LEASE, now=FAR) == []
    assert await waiting(ledger) == []
    assert await ledger.undelivered.find_settled(numbers[1]) == 2
    assert (await rebuild(ledger.store.url, fold=StandIn())).equal


async def test_repeated_under_its_id_it_is_one_act_and_sends_nothing_twice(ledger: Ledger) -> None:
    numbers = await refused(ledger, "one", "two")
    first = await ledger.undelivered.settle(numbers, "resend", WHY, "s-1")
    for item in await ledger.outbox.claim(10, LEASE):
        await refuse(ledger, item)
    assert await ledger.undelivered.settle(numbers, "resend", WHY, "s-1") == first
    assert await waiting(ledger) == [f"undelivered/{number}" for number in numbers]
    others: list[tuple[list[int], How]] = [(numbers, "drop"), (numbers[:1], "resend")]
    for ids, how in others:
        with pytest.raises(CommandReused):
            await ledger.undelivered.settle(ids, how, WHY, "s-1")


async def test_all_or_none_and_of_two_officers_one(ledger: Ledger) -> None:
    numbers = await refused(ledger, "one", "two")
    with pytest.raises(LetterNotRefused) as missed:
        await ledger.undelivered.settle([*numbers, 999], "resend", WHY, "s-0")
    assert missed.value.letter == 999
    assert len(await waiting(ledger)) == 2
    answers = await asyncio.gather(
        *(ledger.undelivered.settle(numbers, "drop", WHY, f"s-{number}") for number in (1, 2)),
        return_exceptions=True,
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["LetterNotRefused", "list"]
    assert await ledger.reading.head("installation") == 2


async def test_it_tells_whether_the_addressee_was_registered_anew_since(ledger: Ledger) -> None:
    person = NewPerson(person="p-1", roles={}, identity=Identity(name="X", mail="x@synthetic.example"))
    await ledger.people.register(person, OFFICER, "c-1")
    [number] = await refused(ledger, "told")
    assert (await ledger.undelivered.letters([number]))[number].anew is None
    other = person.model_copy(update={"person": "p-2"})
    await ledger.people.register(other, OFFICER, "c-2")
    assert (await ledger.undelivered.letters([number]))[number].anew is None
    receipt = await ledger.people.register(person, OFFICER, "c-3")
    assert (await ledger.undelivered.letters([number, 999, 10**20]))[number].anew == receipt.at
