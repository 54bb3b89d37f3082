"""An act and the audit see the same bids: those that stand at the act's own place in the log."""

from datetime import timedelta

import pytest

from ledger.append.append import Reads
from ledger.decision.decide import Deciding
from ledger.decision.reads import ReadNotes
from ledger.record import Ledger
from selection.application import commands as c
from selection.application.check import decide as check
from selection.decision.command import Command
from selection.decision.facts import FactsRequest
from selection.decision.machine import Carry, Settle
from selection.decision.reference import Decision
from selection.recommendation import commands as listed
from tests import factories as f
from tests.ledger.support.deciding import (
    DEADLINES,
    LIST,
    ONE,
    TWO,
    act,
    code,
    decide,
    move,
    register,
)
from tests.ledger.test_deciding import forgetting, slipping

THEIRS = "91-other"
CHECKER = f.actor("officer-2", "officer")
PASS = act(ONE, c.PassCheck(revision=1), CHECKER, "pass")
SEND_BACK = c.SendBack(faults=("seals-missing",), text=f.ref("why"))
THEIR_BID = f.submission(field="tourism", host=f.unit(THEIRS))


def asks_bids(asked: FactsRequest) -> bool:
    return asked.relations is not None


async def do(place: Ledger, stream: str, command: Command, who: str, role: str) -> None:
    task = act(stream, command, f.actor(who, role), f"{command.ACT.kind}-{stream[-4:]}")
    assert code(await decide(place, task)) == ""


async def bring_to_check(place: Ledger, url: str) -> None:
    """Have two bids in two fields checked, and an officer whom the unit of the second employs."""
    await register(place, f.people()["applicant-3"])
    await register(place, f.person("officer-2", "officer", "objector", employer=THEIRS), "moves")
    await do(place, ONE, f.submit(), "applicant-1", "applicant")
    await do(place, TWO, c.Submit(submission=THEIR_BID), "applicant-3", "applicant")
    for stream in (ONE, TWO):
        number = stream.rsplit("/", 1)[-1]
        recommend = act(LIST, listed.Recommend(application=number, revision=1), f.RECOMMENDER, number)
        made = (await decide(place, recommend)).receipt
        assert made is not None
        taken = await place.deciding.decide(stream, Carry(Decision(stream=LIST, version=made.version)))
        assert code(taken) == ""
    await move(url, DEADLINES["recommendation"] + timedelta(days=1))
    for stream in (ONE, TWO):
        await place.deciding.decide(stream, Settle())


@pytest.fixture
def any_mending(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let mending change the field, which the check refuses: what is compared does not lean on that."""
    monkeypatch.setattr(check, "KEPT_ENTRIES", ())


async def mend_into_the_field(place: Ledger) -> None:
    mended = THEIR_BID.with_(field="equipment")
    await do(place, TWO, c.Mend(submission=mended), "applicant-3", "applicant")


@pytest.mark.usefixtures("any_mending")
async def test_a_bid_that_is_mended_into_the_field_meanwhile_binds(place: Ledger, url: str) -> None:
    await bring_to_check(place, url)
    await do(place, TWO, SEND_BACK, "officer-1", "officer")
    deciding = slipping(place, lambda: mend_into_the_field(place), asks_bids)
    assert code(await deciding.decide(ONE, PASS)) == "rival-bid"


@pytest.mark.usefixtures("any_mending")
async def test_without_the_comparison_whom_it_binds_would_judge(
    place: Ledger, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bring_to_check(place, url)
    await do(place, TWO, SEND_BACK, "officer-1", "officer")
    deciding = slipping(place, lambda: mend_into_the_field(place), asks_bids)
    with forgetting(monkeypatch):
        assert code(await deciding.decide(ONE, PASS)) == ""


class Curious(ReadNotes):
    """Notes the round's bids at every act."""

    def reads(self) -> Reads:
        self.of_bids()
        return super().reads()


def reading_once(place: Ledger) -> Deciding:
    """A decider that fails where it decides anew, as it else would for ever."""
    seen: list[FactsRequest] = []

    def is_again(asked: FactsRequest) -> bool:
        assert asked not in seen, "what it read has changed by itself"
        seen.append(asked)
        return False

    async def nothing() -> None:
        """Let nothing happen meanwhile."""

    return slipping(place, nothing, is_again)


async def test_an_act_that_moves_its_own_bid_is_decided_once(place: Ledger, url: str) -> None:
    await bring_to_check(place, url)
    back = act(TWO, SEND_BACK, f.actor("officer-1", "officer"), "back")
    assert code(await reading_once(place).decide(TWO, back)) == ""


async def test_an_act_that_changes_its_own_bid_is_decided_once(
    place: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.decision.place.ReadNotes", Curious)
    assert code(await reading_once(place).decide(ONE, act(ONE, f.submit()))) == ""


async def test_what_moves_no_bid_has_nobody_decide_again(place: Ledger, url: str) -> None:
    await bring_to_check(place, url)
    times: list[FactsRequest] = []

    def count(asked: FactsRequest) -> bool:
        times.append(asked)
        return asks_bids(asked)

    deciding = slipping(place, lambda: do(place, TWO, SEND_BACK, "officer-1", "officer"), count)
    assert code(await deciding.decide(ONE, PASS)) == ""
    assert len(list(filter(asks_bids, times))) == 1
