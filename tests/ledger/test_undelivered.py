"""A letter that a mail server refused: an open task until an officer of its round settles it, on the record."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from audit.claims import Verdict
from ledger.letters.outbox import ClaimedRow
from ledger.rebuild import rebuild
from ledger.record import Ledger
from selection.decision.facts import PersonFact
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Ref
from selection.refusals.refused import Refused
from selection.register.commands import ErasePerson, RecordPapers, SettleLetters
from selection.register.sent_papers import SentPaper, SentPapers
from selection.round.commands import ChangePost
from tests import factories as f
from tests.audit.support.register import claim_on
from tests.ledger.support.deciding import ONE, ROUND, TWO, act, code, decide, register, submit
from tests.registering import act_on_register

LEASE = timedelta(seconds=30)
FAR = datetime(2090, 1, 1, tzinfo=UTC)
WHY = f.OFFICER.with_(reason=Ref(id="why.officer-1", sha256=f.ref("why").sha256))
NO_MAILBOX = "the mail server answered 550"


async def refuse_letters(place: Ledger, *streams: str) -> list[int]:
    """Have applications submitted whose letters are all refused; return the letters' ids."""
    for number, stream in enumerate(streams, start=1):
        assert (
            await submit(place, stream, actor=f.actor(f"applicant-{number}"), command_id=f"id-{number}")
        ).receipt
    claimed = await place.outbox.claim(10, LEASE)
    assert len(claimed) == len(streams)
    return sorted([await refuse(place, item) for item in claimed])


async def refuse(place: Ledger, item: ClaimedRow) -> int:
    assert await place.outbox.mark_refused(item, NO_MAILBOX)
    return item.id


async def settle(
    place: Ledger, letters: list[int], how: str, command_id: str = "s-1", actor: Actor = WHY
) -> list[int]:
    """Settle letters; return the versions of the entries that say so."""
    command = SettleLetters.model_validate({"letters": letters, "how": how})
    return [receipt.version for receipt in await act_on_register(place, command, actor, command_id)]


async def waiting(place: Ledger) -> list[str]:
    tasks = await place.reading.open_tasks(role=Role.OFFICER, round_=f.ROUND)
    return sorted(task.key for task in tasks if task.kind == "undelivered")


async def test_it_is_the_officers_task_and_goes_out_again_under_its_message_id(place: Ledger) -> None:
    [number] = await refuse_letters(place, ONE)
    assert await waiting(place) == [f"undelivered/{number}"]
    assert await place.outbox.claim(10, LEASE, now=FAR) == []
    [fate] = await place.undelivered.list_refused(f.ROUND)
    assert (fate.id, fate.state, fate.found, fate.to) == (number, "refused", NO_MAILBOX, "applicant-1")
    assert await place.undelivered.list_refused("other") == []

    [version] = await settle(place, [number], "resend")
    assert await waiting(place) == []
    assert await place.undelivered.list_refused() == []
    [again] = await place.outbox.claim(10, LEASE)
    assert again.message_id == fate.message_id
    assert fate.since is not None
    assert again.due > fate.since
    last = (await place.reading.entries("installation"))[-1].leaf
    assert (last.version, last.actor, last.type) == (version, WHY, "letter.settled.v1")
    told = {name: value for name, value in last.data.items() if name != "command_hash"}
    assert told == {
        "task": f"undelivered/{number}",
        "target": ONE,
        "caused_by": 1,
        "letter": "submission-received/applicant-1",
        "message_id": fate.message_id,
        "to": "applicant-1",
        "found": NO_MAILBOX,
        "how": "resend",
        "command_id": "s-1",
    }
    await refuse(place, again)
    assert await waiting(place) == [f"undelivered/{number}"]


async def test_what_is_closed_is_never_sent(place: Ledger) -> None:
    numbers = await refuse_letters(place, ONE, TWO)
    size = await place.reading.head("installation")
    assert await settle(place, numbers, "drop") == [size + 1, size + 2]
    assert (await place.outbox.counts())["letter", "dropped"] == 2
    assert await place.outbox.claim(10, LEASE, now=FAR) == []
    assert await waiting(place) == []
    assert await place.undelivered.find_settled(numbers[1]) == size + 2
    assert (await rebuild(place.store.url)).equal


async def test_repeated_under_its_id_it_is_one_act_and_sends_nothing_twice(place: Ledger) -> None:
    numbers = await refuse_letters(place, ONE, TWO)
    await settle(place, numbers, "resend")
    for item in await place.outbox.claim(10, LEASE):
        await refuse(place, item)
    assert await settle(place, numbers, "resend") == []
    assert await waiting(place) == sorted(f"undelivered/{number}" for number in numbers)
    for ids, how in ((numbers, "drop"), (numbers[:1], "resend")):
        with pytest.raises(Refused, match="command-reused"):
            await settle(place, ids, how)


async def test_all_or_none_and_of_two_acts_one(place: Ledger) -> None:
    numbers = await refuse_letters(place, ONE, TWO)
    size = await place.reading.head("installation")
    with pytest.raises(Refused, match="not-entitled"):
        await settle(place, [*numbers, 999], "resend", "s-0")
    assert len(await waiting(place)) == 2
    answers = await asyncio.gather(
        *(settle(place, numbers, "drop", f"s-{number}") for number in (1, 2)), return_exceptions=True
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "list"]
    [late] = [answer for answer in answers if isinstance(answer, Refused)]
    # Two entries, beside both refusals.
    assert (late.code, await place.reading.head("installation")) == ("already-done", size + 4)
    assert (await claim_on(place)).verdict is Verdict.PROVEN


@pytest.mark.parametrize("actor", ["officer-9", "admin-1", "applicant-1"])
async def test_only_an_officer_of_its_round_settles_a_letter(place: Ledger, actor: str) -> None:
    await register(place, PersonFact(person="officer-9", roles={"officer": ()}))
    [number] = await refuse_letters(place, ONE)
    with pytest.raises(Refused, match="not-entitled"):
        await settle(place, [number], "drop", actor=f.actor(actor, Role.OFFICER))
    assert len(await waiting(place)) == 1


async def store_papers(place: Ledger, person: str) -> RecordPapers:
    body = SentPapers(papers=(SentPaper(kind="notice", language="both", sha256="0" * 64),)).text().encode()
    name = f"papers.{person}"
    card = await place.contents.put(name, body, kind="text", media_type="text/plain", stored_by=person)
    return RecordPapers(round=f.ROUND, papers=Ref(id=card.id, sha256=card.sha256))


async def test_who_left_the_post_settles_nothing_and_records_no_paper_and_who_came_does(
    place: Ledger,
) -> None:
    await register(place, f.people()["officer-3"])
    [number] = await refuse_letters(place, ONE)
    change = ChangePost(post="officers", add=("officer-3",), remove=("officer-1",), reason=f.ref("why"))
    assert code(await decide(place, act(ROUND, change, f.SUPERVISOR, "change"))) == ""
    new = f.actor("officer-3").with_(reason=Ref(id="why.officer-3", sha256=f.ref("why").sha256))
    with pytest.raises(Refused, match="not-entitled"):
        await settle(place, [number], "drop")
    with pytest.raises(Refused, match="not-entitled"):
        await act_on_register(place, await store_papers(place, "officer-1"), f.OFFICER, "p-1")
    assert len(await settle(place, [number], "drop", "s-2", new)) == 1
    papers = await store_papers(place, "officer-3")
    assert len(await act_on_register(place, papers, f.actor("officer-3"), "p-2")) == 1


async def test_a_letter_to_the_erased_is_closed_and_not_sent(place: Ledger) -> None:
    [number] = await refuse_letters(place, ONE)
    await register(place, f.person("applicant-1", "applicant", employer=f.HOST, active=False), "stopped")
    await act_on_register(place, ErasePerson(person="applicant-1", force=True))
    with pytest.raises(Refused, match="addressee-erased"):
        await settle(place, [number], "resend", "s-1")
    assert len(await settle(place, [number], "drop", "s-2")) == 1


async def test_it_tells_whether_the_addressee_was_registered_anew_since(place: Ledger) -> None:
    [number] = await refuse_letters(place, ONE)
    assert (await place.undelivered.letters([number]))[number].anew is None
    await register(place, f.people()["applicant-2"], "c-2")
    assert (await place.undelivered.letters([number]))[number].anew is None
    await register(place, f.people()["applicant-1"], "c-3")
    at = (await place.reading.entries("installation"))[-1].leaf.at
    assert (await place.undelivered.letters([number, 999, 10**20]))[number].anew == at
