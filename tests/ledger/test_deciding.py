"""Decisions on a real record: each is made on what stands at its place in the log, or made again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from ledger.appending import Reads
from ledger.deciding import AHEAD, Decided, Deciding
from ledger.errors import RecordHalted, RecordUnavailable
from ledger.facts import FactsReader
from ledger.noted import Noted
from ledger.people import Identity, NewPerson
from ledger.record import Ledger
from ledger.store import RECORDER_ROLE
from selection.actor import Actor
from selection.application import commands as c
from selection.decisions import Decision
from selection.facts import Facts, FactsRequest, PersonFact
from selection.leaf import Receipt
from selection.machine import Act, Cancelled, Carry, Report, Settle, Task
from selection.messages import Envelope
from selection.model import Frozen
from selection.recommendation import commands as listed
from selection.round import commands as r
from selection.streams import application_stream, recommender_stream, round_stream
from selection.terms import terms_of
from tests import factories as f

ROUND = round_stream(f.ROUND)
ONE, TWO = (application_stream(f.ROUND, number) for number in ("0001", "0002"))
LIST = recommender_stream(f.ROUND, "bj")
TODAY = datetime.now(UTC).date()
CALENDAR = {
    name: TODAY + timedelta(days=30 * n)
    for n, name in enumerate(
        ("call", "submission", "recommendation", "check", "review", "review_last", "survey", "appraisal")
    )
}
RULES = f.rules(calendar=CALENDAR)
DEADLINES = terms_of(RULES).deadlines
CLOCK = b"""
CREATE TABLE selection.test_clock (ahead interval NOT NULL);
INSERT INTO selection.test_clock VALUES ('0');
GRANT SELECT ON selection.test_clock TO selection_owner;
CREATE OR REPLACE FUNCTION selection.record_clock() RETURNS timestamptz
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = selection AS
$$ SELECT clock_timestamp() + ahead FROM test_clock $$;
"""


def act(stream: str, command: Frozen, actor: Actor = f.APPLICANT, command_id: str = "id-1") -> Act:
    body = command.model_dump(mode="json")
    return Act(Envelope(stream=stream, command_id=command_id, actor=actor, command=body))


async def decide(ledger: Ledger, task: Act, **asked: Any) -> Decided:
    return await ledger.deciding.decide(task.envelope.stream, task, **asked)


async def submit(ledger: Ledger, stream: str = ONE, **asked: Any) -> Decided:
    return await decide(ledger, act(stream, f.submit(), **asked))


def code(decided: Decided) -> str:
    return decided.refused.code if decided.refused else ""


async def register(ledger: Ledger, fact: PersonFact, command_id: str = "") -> None:
    identity = Identity(name=fact.person, mail=f"{fact.person}@example.invalid")
    known = {"roles": fact.roles, "employer": fact.employer, "active": fact.active, "identity": identity}
    person = NewPerson.model_validate({"person": fact.person, **known})
    await ledger.people.register(person, f.actor("admin-1"), command_id or f"register-{fact.person}")


@pytest.fixture
async def place(url: str) -> AsyncIterator[Ledger]:
    """A record with people and an open round, on the recorder's rights."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(CLOCK)
    ledger = await Ledger.connect(url, role=RECORDER_ROLE)
    known = f.people()
    for name in ("applicant-1", "applicant-2", "officer-1", "recommender-1", "supervisor-1", "admin-1"):
        await register(ledger, known[name])
    assert code(await decide(ledger, act(ROUND, f.open_round(RULES), f.OFFICER, "open"))) == ""
    yield ledger
    await ledger.close()


async def types(ledger: Ledger, stream: str) -> list[str]:
    return [entry.leaf.type for entry in await ledger.reading.stream_entries(stream)]


# --- repeats ---------------------------------------------------------------------------------------------------


async def test_the_same_command_is_answered_as_the_first_time(place: Ledger) -> None:
    first = await submit(place)
    assert isinstance(first.receipt, Receipt)
    await decide(place, act(ONE, f.submit(staff=31), command_id="id-2"))
    again = await submit(place)
    assert (again.receipt, again.refused, again.receipts) == (first.receipt, None, ())
    assert again.standing.version == 2
    assert await types(place, ONE) == ["application.submitted.v1"] * 2


async def test_a_refusal_is_answered_as_the_first_time_with_its_entry(place: Ledger) -> None:
    await submit(place)
    refused = act(ONE, c.PassCheck(revision=1), f.OFFICER, "check")
    first = await decide(place, refused)
    assert (code(first), first.receipt, len(first.receipts)) == ("wrong-stage", first.receipts[0], 1)
    again = await decide(place, refused)
    assert (code(again), again.refused and again.refused.params) == (
        "wrong-stage",
        first.refused and first.refused.params,
    )
    assert (again.receipt, again.receipts) == (first.receipts[0], ())


async def test_another_act_under_the_same_id_is_refused_and_not_recorded(place: Ledger) -> None:
    await submit(place)
    for other in (act(ONE, f.submit(staff=31)), act(ONE, c.Withdraw()), act(TWO, f.submit())):
        answer = await decide(place, other)
        assert (code(answer), answer.receipts, answer.receipt) == ("command-reused", (), None)
    assert await types(place, TWO) == []
    assert await types(place, ONE) == ["application.submitted.v1"]


async def test_another_persons_same_id_is_another_act(place: Ledger) -> None:
    first = await submit(place)
    other = await submit(place, TWO, actor=f.actor("applicant-2"))
    assert other.receipt != first.receipt
    assert (code(other), code(await submit(place, ONE, actor=f.actor("applicant-2")))) == (
        "",
        "command-reused",
    )


async def test_the_engines_ids_are_of_one_stream(place: Ledger) -> None:
    await submit(place)
    await submit(place, TWO, actor=f.actor("applicant-2"))
    for stream in (ONE, TWO):
        assert code(await place.deciding.decide(stream, Cancelled("run-1"))) == "cancel-by-act"
    again = await place.deciding.decide(ONE, Cancelled("run-1"))
    assert (code(again), again.receipts) == ("cancel-by-act", ())
    assert [len(await types(place, stream)) for stream in (ONE, TWO)] == [2, 2]


async def test_what_nobody_registered_sent_is_not_recorded(place: Ledger) -> None:
    answer = await submit(place, actor=f.actor("applicant-9"))
    assert (code(answer), answer.receipts, answer.standing.version) == ("unknown-person", (), 0)
    assert await types(place, ONE) == []


async def test_a_decision_is_carried_out_once_and_a_made_up_one_never(place: Ledger) -> None:
    await submit(place)
    made = await decide(place, act(LIST, listed.Recommend(application="0001", revision=1), f.RECOMMENDER))
    assert made.receipt is not None
    decision = Carry(Decision(stream=LIST, version=made.receipt.version))
    taken = await place.deciding.decide(ONE, decision)
    assert taken.receipt is not None
    assert (await place.deciding.decide(ONE, decision)).receipt == taken.receipt
    for stream, version in ((LIST, 2), (LIST, 0), (ROUND, 1), (TWO, 1), (ONE, 1), ("round/another", 1)):
        answer = await place.deciding.decide(ONE, Carry(Decision(stream=stream, version=version)))
        assert (code(answer), answer.receipts) == ("not-entitled", ())
    assert await types(place, ONE) == ["application.submitted.v1", "application.recommended.v1"]


async def test_a_look_ahead_records_nothing(place: Ledger) -> None:
    outcome = await place.deciding.foresee(ONE, act(ONE, f.submit()))
    assert [leaf.type for leaf in outcome.leaves] == ["application.submitted.v1"]
    assert await types(place, ONE) == []


async def test_an_entry_says_how_much_of_the_register_it_saw(place: Ledger) -> None:
    await submit(place)
    (entry,) = await place.reading.stream_entries(ONE)
    assert entry.leaf.register_size == await place.reading.head("installation") == 6
    assert entry.leaf.at == entry.leaf.recorded


# --- what is read moves ----------------------------------------------------------------------------------------

Slip = Callable[[], Awaitable[object]]


class Slipping(FactsReader):
    """Reads, and lets something happen right after one of the readings."""

    slip: Slip | None = None
    when: Callable[[FactsRequest], bool] = staticmethod(lambda asked: True)

    async def read(self, asked: FactsRequest, noted: Noted) -> Facts:
        found = await super().read(asked, noted)
        if self.slip is not None and self.when(asked):
            happen, self.slip = self.slip, None
            await happen()
        return found


class Forgetful(Noted):
    """Notes nothing of what it read."""

    def reads(self) -> Reads:
        return replace(super().reads(), register_size=2**31, streams={}, counts=None, marks={})


def slipping(
    ledger: Ledger, slip: Slip, when: Callable[[FactsRequest], bool] = lambda asked: True
) -> Deciding:
    """A decider of its own beside the ledger's; once it has read, something else is recorded."""
    facts = Slipping(ledger.reading, ledger.contents, ledger.people, ledger.store)
    facts.slip, facts.when = slip, when
    return Deciding(ledger.store, ledger.record, facts, ledger.halts)


@contextmanager
def forgetting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The control: nothing that was read is compared."""
    with monkeypatch.context() as patch:
        patch.setattr("ledger.deciding.Noted", Forgetful)
        yield


async def deactivate(ledger: Ledger, person: str) -> None:
    await register(ledger, f.people()[person].with_(active=False), f"off-{person}")


async def extend(ledger: Ledger) -> None:
    """Have an extension recorded that was taken just before the deadline."""
    until = CALENDAR["submission"] + timedelta(days=2)
    command = r.ExtendDeadline(name="submission", until=until, reason=f.ref("why"))
    in_time = DEADLINES["submission"] - timedelta(minutes=1)
    assert code(await decide(ledger, act(ROUND, command, f.OFFICER, "extend"), at=in_time)) == ""


async def move(url: str, to: datetime) -> None:
    """Move the record's clock."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        ahead = to - datetime.now(UTC)
        await connection.execute("UPDATE selection.test_clock SET ahead = %s", [ahead])


async def test_an_applicant_who_is_deactivated_meanwhile_is_refused(place: Ledger) -> None:
    deciding = slipping(place, lambda: deactivate(place, "applicant-1"))
    answer = await deciding.decide(ONE, act(ONE, f.submit()))
    assert code(answer) == "not-entitled"
    entry = (await place.reading.stream_entries(ONE))[-1]
    assert entry.leaf.register_size == await place.reading.head("installation") == 7


async def test_without_the_comparison_one_who_is_gone_would_be_let_in(
    place: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    deciding = slipping(place, lambda: deactivate(place, "applicant-1"))
    with forgetting(monkeypatch):
        assert code(await deciding.decide(ONE, act(ONE, f.submit()))) == ""
    assert (await place.people.facts(["applicant-1"]))["applicant-1"].active is False


async def test_a_deadline_that_is_moved_meanwhile_is_the_one_that_counts(place: Ledger, url: str) -> None:
    await move(url, DEADLINES["submission"] + timedelta(minutes=5))
    deciding = slipping(place, lambda: extend(place))
    assert code(await deciding.decide(ONE, act(ONE, f.submit()))) == ""


async def test_without_the_comparison_a_moved_deadline_would_be_missed(
    place: Ledger, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await move(url, DEADLINES["submission"] + timedelta(minutes=5))
    deciding = slipping(place, lambda: extend(place))
    with forgetting(monkeypatch):
        assert code(await deciding.decide(ONE, act(ONE, f.submit()))) == "late"


async def test_two_acts_on_one_stream_are_decided_one_after_the_other(place: Ledger) -> None:
    await submit(place)
    answers = await asyncio.gather(
        *(decide(place, act(ONE, f.submit(staff=30 + n), command_id=f"edit-{n}")) for n in range(1, 13))
    )
    entries = await place.reading.stream_entries(ONE)
    assert [entry.leaf.version for entry in entries] == list(range(1, 14))
    assert [entry.leaf.data["revision"] for entry in entries] == list(range(1, 14))
    receipts = [answer.receipt for answer in answers]
    assert all(receipts)
    assert len({receipt.version for receipt in receipts if receipt}) == 12
    dates = [entry.leaf.at for entry in entries]
    assert dates == sorted(dates)


async def test_the_same_command_sent_many_times_at_once_is_done_once(place: Ledger) -> None:
    answers = await asyncio.gather(*(submit(place) for _ in range(12)))
    assert len({answer.receipt for answer in answers}) == 1
    assert await types(place, ONE) == ["application.submitted.v1"]


async def test_one_command_id_sent_to_many_streams_at_once_is_taken_on_one(place: Ledger) -> None:
    streams = [application_stream(f.ROUND, f"01{n:02}") for n in range(12)]
    answers = await asyncio.gather(*(submit(place, stream) for stream in streams))
    assert sorted(code(answer) for answer in answers) == ["", *["command-reused"] * 11]
    assert sum([len(await types(place, stream)) for stream in streams]) == 1


async def test_fifty_acts_at_once_raise_no_alarm(place: Ledger) -> None:
    streams = [application_stream(f.ROUND, f"{n:04}") for n in range(100, 150)]
    answers = await asyncio.gather(
        *(submit(place, stream, command_id=f"id-{n}") for n, stream in enumerate(streams))
    )
    assert {code(answer) for answer in answers} == {""}
    assert await place.halts.all() == {}
    assert await place.reading.head(f.ROUND) == 51


async def test_a_round_that_sees_another_count_meanwhile_looks_again(place: Ledger, url: str) -> None:
    await submit(place)
    await move(url, DEADLINES["recommendation"] + timedelta(days=1))
    # The round alone knows that the intake is over; the application that was not recommended is still in it.
    deciding = slipping(
        place, lambda: place.deciding.decide(ONE, Settle()), lambda asked: asked.view == "counts"
    )
    answer = await deciding.decide(ROUND, Settle())
    assert [leaf.type for leaf in answer.leaves][-1] == "round.stage-finished.v1"
    assert answer.leaves[-1].data["counts"] == {"ended": 1}


async def test_without_the_comparison_a_round_would_rest_on_an_old_count(
    place: Ledger, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await submit(place)
    await move(url, DEADLINES["recommendation"] + timedelta(days=1))
    deciding = slipping(
        place, lambda: place.deciding.decide(ONE, Settle()), lambda asked: asked.view == "counts"
    )
    with forgetting(monkeypatch):
        answer = await deciding.decide(ROUND, Settle())
    assert "round.stage-finished.v1" not in [leaf.type for leaf in answer.leaves]


# --- clocks ----------------------------------------------------------------------------------------------------


async def test_a_clock_that_is_a_little_ahead_is_waited_for(place: Ledger) -> None:
    at = datetime.now(UTC) + timedelta(seconds=0.7)
    answer = await decide(place, act(ONE, f.submit()), at=at)
    assert answer.leaves[0].at == at
    assert answer.leaves[0].recorded >= at


async def test_a_clock_that_is_far_ahead_is_wrong(place: Ledger) -> None:
    at = datetime.now(UTC) + AHEAD + timedelta(seconds=3)
    with pytest.raises(RecordUnavailable, match="clocks differ"):
        await decide(place, act(ONE, f.submit()), at=at)
    assert await types(place, ONE) == []


async def test_an_act_that_waited_is_dated_when_it_was_taken_and_says_when_it_was_recorded(
    place: Ledger,
) -> None:
    at = datetime.now(UTC) - timedelta(hours=1)
    (leaf,) = (await decide(place, act(ONE, f.submit()), at=at)).leaves
    assert leaf.at == at
    assert leaf.recorded > at + timedelta(minutes=59)


async def test_no_act_is_dated_before_the_one_that_it_follows(place: Ledger) -> None:
    first = (await submit(place)).leaves[0]
    later = act(ONE, f.submit(staff=31), command_id="id-2")
    (leaf,) = (await decide(place, later, at=first.at - timedelta(minutes=5))).leaves
    assert leaf.at == first.at


# --- entries that were lost ------------------------------------------------------------------------------------


async def set_back(url: str, stream: str, to: int) -> None:
    """What a restore of an older copy does to one stream that was the last to be written to."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(b"SET search_path = selection")
        for table in ("entries", "head"):
            await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL".encode())
        gone = await connection.execute(
            "DELETE FROM entries WHERE stream = %s AND version > %s", [stream, to]
        )
        await connection.execute("UPDATE head SET size = size - %s WHERE log = %s", [gone.rowcount, f.ROUND])
        await connection.execute("DELETE FROM snapshots WHERE stream = %s", [stream])
        await connection.execute("DELETE FROM applications WHERE stream = %s", [stream])


async def test_a_log_that_lost_entries_takes_nothing_until_a_person_has_chosen(
    place: Ledger, url: str
) -> None:
    await submit(place)
    await set_back(url, ONE, 0)
    for stream, task in ((TWO, act(TWO, f.submit(), command_id="id-2")), (ONE, Settle())):
        with pytest.raises(RecordHalted):
            await place.deciding.decide(stream, task)
    assert "1 entries, were 2" in (await place.halts.all())[f.ROUND].found
    assert await place.reading.head(f.ROUND) == 1
    assert await place.halts.lift(f.ROUND)
    assert code(await submit(place, TWO, command_id="id-2")) == ""
    assert await place.halts.all() == {}


async def test_a_process_that_saw_nothing_is_told_by_what_the_workflow_knew(place: Ledger, url: str) -> None:
    await submit(place)
    await set_back(url, ONE, 0)
    other = await Ledger.connect(url, role=RECORDER_ROLE)
    try:
        with pytest.raises(RecordHalted):
            await other.deciding.decide(ONE, Settle(), knows=1)
        assert f"{ONE} at 0, was 1" in (await place.halts.all())[f.ROUND].found
        with pytest.raises(RecordHalted):
            await other.deciding.decide(TWO, act(TWO, f.submit(), command_id="id-2"))
    finally:
        await other.close()


async def test_what_a_workflow_knew_rightly_halts_nothing(place: Ledger) -> None:
    first = await submit(place)
    assert first.receipt is not None
    await place.deciding.decide(ONE, Settle(), knows=first.receipt.version)
    assert await place.halts.all() == {}


async def test_an_engines_report_is_answered_as_before(place: Ledger) -> None:
    report: Task = Report(r.ReportBatch(batch="x", touched=0), "report/x/1")
    first = await place.deciding.decide(ROUND, report)
    again = await place.deciding.decide(ROUND, report)
    assert code(first) == code(again) == "nothing-to-do"
    assert again.receipts == ()
