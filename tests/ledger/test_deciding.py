"""Decisions on a real record: each is made on what stands at its place in the log, or made again."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ledger.append.append import Reads
from ledger.decision.decide import AHEAD, Deciding
from ledger.decision.facts import FactsReader
from ledger.decision.reads import ReadNotes
from ledger.errors import RecordUnavailable
from ledger.record import Ledger
from selection.application import commands as c
from selection.decision.facts import Facts, FactsRequest
from selection.decision.machine import Cancellation, Carry, Report, Settle, Task
from selection.decision.reference import Decision
from selection.decision.views import ProposedItems, StageCounts
from selection.kernel.leaf import Receipt
from selection.recommendation import commands as listed
from selection.round import commands as r
from selection.streams import application_stream
from tests import factories as f
from tests.ledger.support.deciding import (
    CALENDAR,
    DEADLINES,
    LIST,
    ONE,
    ROUND,
    TWO,
    act,
    code,
    decide,
    move,
    register,
    submit,
    types,
)

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
        assert code(await place.deciding.decide(stream, Cancellation("run-1"))) == "cancel-by-act"
    again = await place.deciding.decide(ONE, Cancellation("run-1"))
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
    assert entry.leaf.register_size == await place.reading.head("installation") == 13
    assert entry.leaf.at == entry.leaf.recorded


# --- what is read moves ----------------------------------------------------------------------------------------

Slip = Callable[[], Awaitable[object]]


class Slipping(FactsReader):
    """Reads, and lets something happen right after one of the readings."""

    slip: Slip | None = None
    when: Callable[[FactsRequest], bool] = staticmethod(lambda asked: True)

    async def read(self, asked: FactsRequest, noted: ReadNotes) -> Facts:
        found = await super().read(asked, noted)
        if self.slip is not None and self.when(asked):
            happen, self.slip = self.slip, None
            await happen()
        return found


class Forgetful(ReadNotes):
    """Notes nothing of what it read."""

    def reads(self) -> Reads:
        return replace(super().reads(), register_size=2**31, streams={}, counts=None, marks={}, others=None)


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
        patch.setattr("ledger.decision.place.ReadNotes", Forgetful)
        yield


async def deactivate(ledger: Ledger, person: str) -> None:
    await register(ledger, f.people()[person].with_(active=False), f"off-{person}")


async def extend(ledger: Ledger) -> None:
    """Have an extension recorded that was taken just before the deadline."""
    until = CALENDAR["submission"] + timedelta(days=2)
    command = r.ExtendDeadline(cause="organiser", name="submission", until=until, reason=f.ref("why"))
    in_time = DEADLINES["submission"] - timedelta(minutes=1)
    assert code(await decide(ledger, act(ROUND, command, f.OFFICER, "extend"), at=in_time)) == ""


async def test_an_applicant_who_is_deactivated_meanwhile_is_refused(place: Ledger) -> None:
    deciding = slipping(place, lambda: deactivate(place, "applicant-1"))
    answer = await deciding.decide(ONE, act(ONE, f.submit()))
    assert code(answer) == "not-entitled"
    entry = (await place.reading.stream_entries(ONE))[-1]
    assert entry.leaf.register_size == await place.reading.head("installation") == 14


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
    assert await place.halts.list_all() == {}
    assert await place.reading.head(f.ROUND) == 51


async def test_a_round_that_sees_another_count_meanwhile_looks_again(place: Ledger, url: str) -> None:
    await submit(place)
    # Of what is stopped it is told though no proposal holds it, once.
    asked = FactsRequest(view=ProposedItems(stopped=("0001", "0001")))
    found = (await place.facts.read(asked, ReadNotes(ROUND.partition("/")[2], ROUND))).candidates
    assert [item.stream for item in found] == [ONE]
    await move(url, DEADLINES["recommendation"] + timedelta(days=1))
    # The round alone knows that the intake is over; the application that was not recommended is still in it.
    deciding = slipping(
        place, lambda: place.deciding.decide(ONE, Settle()), lambda asked: asked.view == StageCounts()
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
        place, lambda: place.deciding.decide(ONE, Settle()), lambda asked: asked.view == StageCounts()
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


async def test_an_engines_report_is_answered_as_before(place: Ledger) -> None:
    report: Task = Report(r.ReportBatch(batch="x", touched=0), "report/x/1")
    first = await place.deciding.decide(ROUND, report)
    again = await place.deciding.decide(ROUND, report)
    assert code(first) == code(again) == "nothing-to-do"
    assert again.receipts == ()
