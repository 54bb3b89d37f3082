"""A round through which the engine stops: its list is lost before it tells, its deadline passes without a worker.

Lists of rounds that do not exist are here too.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from selection.recommendation.commands import Recommend
from selection.round import commands as r
from selection.rules.terms import terms_of
from tests import factories as f
from tests.golden.story import Story, agent_of, rules
from tests.running.waiting import SOON
from tests.workflows.support.messages import answer, bring_back, envelope, post_first
from tests.workflows.support.worker_without import TELLING, worker_without

STOPPED = "round/second-stopped"
ONE, TWO = (f"application/second-stopped/{number:04d}" for number in (1, 2))
LIST = "recommender/second-stopped/bj"
NO_ROUND, NO_ROUND_UNREAD = "recommender/no-such-round/bj", "recommender/no-such-round/sh"
DAYS = {"submission": 40, "recommendation": 50}
"""The outage moves both deadlines to the end of its own days."""
SECOND = timedelta(seconds=1)
OUTAGE_ID = "outage-1"


async def open_round(story: Story, pace: Decimal) -> datetime:
    """Open the round and take an application onto its list; return the deadline that passes without a worker."""
    sealed = rules(pace, **DAYS)
    await story.act(STOPPED, f.open_round(sealed), f.OFFICER)
    for stream in (ONE, TWO):
        await story.act(stream, f.submit(), f.APPLICANT)
    await story.act(LIST, Recommend(application="0001", revision=1), agent_of("bj"))
    return terms_of(sealed).deadlines["submission"]


async def lose_list(story: Story) -> None:
    """Let the list record another application, and lose its workflow before it tells the application."""
    async with worker_without(story.place, TELLING):
        command = Recommend(application="0002", revision=1)
        await story.place.client.signal(LIST, command, actor=agent_of("bj"), command_id=story.next_id())
        await story.place.until_version(LIST, 2)
        await story.place.handle(LIST).terminate("an operator's slip")


async def pass_deadline(story: Story, deadline: datetime) -> None:
    """Leave an outage for the round while no worker runs, and let the deadline pass."""
    outage = outage_over(deadline)
    await story.place.client.signal(STOPPED, outage, actor=f.OFFICER, command_id=OUTAGE_ID)
    await asyncio.sleep(max(0.0, (deadline - datetime.now(UTC)).total_seconds()) + 0.2)


async def go_on(story: Story, deadline: datetime) -> None:
    """Ask what the round answered; start the list from the record, which tells what no application took."""
    outage = outage_over(deadline)
    receipt = await story.place.client.act(
        STOPPED, outage, actor=f.OFFICER, command_id=OUTAGE_ID, patience=SOON
    )
    assert (receipt.version, receipt.at >= deadline) == (2, True), "the deadline was settled first"
    await bring_back(story.place, LIST)
    await story.until(TWO, stage="recommended")


async def end(story: Story) -> None:
    """See the list closed by the deadline that was moved, and cancel the round."""
    assert await story.place.handle(LIST).result() == str(len((ONE, TWO)))
    await story.until(STOPPED, stage="checking")
    await story.act(STOPPED, r.CancelRound(reason=f.ref("why")), f.OFFICER)
    assert await story.place.handle(STOPPED).result() == "cancelled"


async def post_to_no_round(story: Story) -> None:
    """Send lists of a round that does not exist what may start one: a recommendation, and what nobody can read."""
    act = envelope(NO_ROUND, Recommend(application="0001", revision=1), agent_of("bj"), story.next_id())
    for stream, body, wanted in (
        (NO_ROUND, act, "unknown-round"),
        (NO_ROUND_UNREAD, b"garbage", "unreadable"),
    ):
        (code, _), _ = await answer(await post_first(story.place, "Recommender", stream, body))
        assert code == wanted, f"{stream}: refused as {code}"
        assert await story.place.handle(stream).result() == "0"


def outage_over(deadline: datetime) -> r.RecordOutage:
    return f.outage(deadline - SECOND, deadline)
