"""A place on a list belongs to an application that took the recommendation, and a list to a round that exists."""

import asyncio

import pytest
from temporalio.service import RPCError

from runtime.endpoints import Endpoints
from selection.kernel.model import Frozen
from selection.recommendation.commands import Recommend, WithdrawRecommendation
from selection.refusals.refused import Refused
from tests import factories as f
from tests.running.waiting import SOON
from tests.workflows.support.histories import compare_with_record
from tests.workflows.support.installation import Installation, application, installation, unit_list
from tests.workflows.support.messages import answer, envelope, post_first

UNIT = unit_list("unit-1")
AGENT = f.actor("recommender-2")


async def test_a_place_held_for_an_application_that_never_came_is_free_again(
    open_place: Installation,
) -> None:
    ghost = Recommend(application="0009", revision=1)
    with pytest.raises(Refused, match="ended"):
        await open_place.client.act(UNIT, ghost, actor=AGENT, command_id="ghost-1")
    assert await open_place.types(UNIT) == ["list.recommended", "list.freed", "act.refused"]
    # The unit's quota is one.
    await open_place.client.act(application(1), f.submit(), actor=f.APPLICANT)
    await open_place.client.act(UNIT, Recommend(application="0001", revision=1), actor=AGENT)
    assert (await open_place.state(application(1))).unit == "unit-1"
    await compare_with_record(open_place, UNIT)


async def test_a_place_is_free_however_often_the_same_application_does_not_exist(
    open_place: Installation,
) -> None:
    """Each recommendation of it is answered on its own: the engine's answer to one is none to the next."""
    ghost = Recommend(application="0009", revision=1)
    for attempt in range(1, 4):
        with pytest.raises(Refused, match="ended"):
            await open_place.client.act(UNIT, ghost, actor=AGENT, command_id=f"ghost-{attempt}")
        events = ["list.recommended", "list.freed", "act.refused"] * attempt
        assert await open_place.types(UNIT) == events
    await compare_with_record(open_place, UNIT)


FIRST = Recommend(application="0001", revision=1)
STRAY = "recommender/no-such-round/unit-1"


async def test_a_list_of_a_round_that_does_not_exist_ends_with_its_first_act(
    open_place: Installation,
) -> None:
    body = envelope(STRAY, FIRST, AGENT, "stray-1")
    (told, _), _ = await answer(await post_first(open_place, "Recommender", STRAY, body))
    assert told == "unknown-round"
    async with asyncio.timeout(SOON.total_seconds()):
        assert await open_place.handle(STRAY).result() == "0"
    assert await open_place.types(STRAY) == ["list.never-opened", "act.refused"]
    await compare_with_record(open_place, STRAY)


async def test_what_cannot_be_read_begins_no_list(open_place: Installation) -> None:
    for stream in (STRAY, UNIT):
        (told, _), _ = await answer(await post_first(open_place, "Recommender", stream, b"garbage"))
        assert told == "unreadable"
        async with asyncio.timeout(SOON.total_seconds()):
            assert await open_place.handle(stream).result() == "0"
        assert await open_place.types(stream) == []
    await open_place.client.act(application(1), f.submit(), actor=f.APPLICANT)
    assert (await open_place.client.act(UNIT, FIRST, actor=AGENT)).version == 1
    await compare_with_record(open_place, UNIT)


async def test_who_recommends_in_a_round_that_does_not_exist_begins_no_list(open_place: Installation) -> None:
    with pytest.raises(Refused, match="unknown-round"):
        await open_place.client.act(STRAY, FIRST, actor=AGENT, command_id="stray-2")
    with pytest.raises(RPCError, match="not found"):
        await open_place.handle(STRAY).describe()
    [noted] = await open_place.ledger.reading.receipts("stray-2")
    assert noted.log == "installation"


async def test_a_list_that_ended_before_its_round_opened_is_never_said_to_be_late(
    servers: Endpoints,
) -> None:
    async with installation(servers) as place, place.worker():
        body = envelope(UNIT, FIRST, AGENT, "early-0")
        assert (await answer(await post_first(place, "Recommender", UNIT, body)))[0][0] == "unknown-round"
        async with asyncio.timeout(SOON.total_seconds()):
            await place.handle(UNIT).result()
        withdraw = WithdrawRecommendation(application="0001")
        for command_id, command in (("early-1", FIRST), ("early-2", withdraw)):
            assert await read_refusal(place, command, command_id) == ("unknown-round", {})
        await place.open_round()
        for command_id, command in (("then-1", FIRST), ("then-2", withdraw)):
            assert await read_refusal(place, command, command_id) == ("list-never-opened", {})


async def read_refusal(place: Installation, command: Frozen, command_id: str) -> tuple[str, dict[str, str]]:
    """How the act is refused, and that the installation's log says the same."""
    with pytest.raises(Refused) as refused:
        await place.client.act(UNIT, command, actor=AGENT, command_id=command_id)
    [noted] = await place.ledger.reading.receipts(command_id)
    [*_, entry] = await place.ledger.reading.stream_entries(noted.stream, noted.version - 1)
    assert (entry.leaf.data["code"], entry.leaf.data["params"]) == (refused.value.code, refused.value.params)
    return refused.value.code, refused.value.params
