"""What the desk makes of the client's answers; the real client is met in test_demo.py."""

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from selection.application.commands import AcceptInvitation
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen, Ref
from selection.refusals.refused import Refused
from starter.client.client import SelectionClient
from starter.client.errors import ActMissing, Pending
from starter.demo import DemoFailed
from starter.demo.desk import Desk, Refusal
from starter.demo.example import load_example

STREAM = "application/r/0001"
ACCEPT = AcceptInvitation(pledge=Ref(id="p", sha256="0"))
LATE = Refused("late", deadline="invitation", until="then")
RECEIPT = Receipt(
    log="r",
    seq=0,
    stream=STREAM,
    version=1,
    leaf_hash="00",
    command_id="c",
    at=datetime(2026, 1, 1, tzinfo=UTC),
)


class Answering:
    """A client that gives these answers, one for each act it is sent."""

    def __init__(self, *answers: Receipt | Exception) -> None:
        self.answers = list(answers)
        self.command_ids: list[str] = []

    async def act(
        self, stream: str, command: Frozen, *, actor: Actor, command_id: str, second: str = ""
    ) -> Receipt:
        self.command_ids.append(command_id)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def desk(client: Answering) -> tuple[Desk, list[Refusal]]:
    told: list[Refusal] = []
    return Desk(cast("SelectionClient", cast("Any", client)), load_example(), "r", 7, told.append), told


async def test_an_act_that_is_taken_is_counted() -> None:
    at, _ = desk(Answering(RECEIPT))
    assert await at.act(STREAM, ACCEPT, "expert-01", Role.EXPERT) == RECEIPT
    assert at.acts == {"accept-invitation": 1}


async def test_an_act_in_time_that_is_refused_fails_the_demo() -> None:
    at, _ = desk(Answering(LATE))
    with pytest.raises(DemoFailed, match=r"expert-01 \(0001\): accept-invitation was refused as late"):
        await at.act(STREAM, ACCEPT, "expert-01", Role.EXPERT)


async def test_a_refusal_that_the_story_wants_is_told_and_kept() -> None:
    at, told = desk(Answering(LATE))
    await at.expect(STREAM, ACCEPT, "expert-01", Role.EXPERT, "late")
    assert [(item.person, item.about, item.refused.code) for item in told] == [("expert-01", "0001", "late")]
    assert at.refusals == told


async def test_another_refusal_than_the_wanted_one_fails_the_demo() -> None:
    at, _ = desk(Answering(Refused("seat-closed")))
    with pytest.raises(DemoFailed, match="should be refused as late, but was refused as seat-closed"):
        await at.expect(STREAM, ACCEPT, "expert-01", Role.EXPERT, "late")


async def test_an_act_that_is_taken_though_it_must_not_be_fails_the_demo() -> None:
    at, _ = desk(Answering(RECEIPT))
    with pytest.raises(DemoFailed, match="should be refused as late, but was taken"):
        await at.expect(STREAM, ACCEPT, "expert-01", Role.EXPERT, "late")


async def test_a_pending_act_is_asked_for_again_under_its_command_id() -> None:
    client = Answering(Pending("c", "round/r"), ActMissing("c"), RECEIPT)
    at, _ = desk(client)
    await at.act(STREAM, ACCEPT, "expert-01", Role.EXPERT)
    assert len(client.command_ids) == 3
    assert len(set(client.command_ids)) == 1


async def test_two_acts_of_one_kind_have_ids_of_their_own() -> None:
    client = Answering(RECEIPT, RECEIPT)
    at, _ = desk(client)
    await at.act(STREAM, ACCEPT, "expert-01", Role.EXPERT)
    await at.act(STREAM, ACCEPT, "expert-01", Role.EXPERT)
    assert len(set(client.command_ids)) == 2


def test_an_act_in_the_second_half_of_its_window_is_counted() -> None:
    at, _ = desk(Answering())
    at.keep_time(datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 3, tzinfo=UTC))
    at.keep_time(datetime(2020, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC))
    assert at.hurried == 1
