"""A release after this one: its workflows go another way where they begin and end with it, behind patches."""

from datetime import timedelta

from temporalio import workflow

from activities.messages import StreamStart
from workflows.application import ApplicationWorkflow
from workflows.recommender import RecommenderWorkflow
from workflows.round import RoundWorkflow
from workflows.stream import Stream

AT_FIRST, AT_LAST = "waits-at-first", "waits-at-last"
"""The ids of its two changes, as histories hold them."""
MOMENT = timedelta(milliseconds=1)


class WaitingTwice(Stream):
    """A stream that waits for a moment before it learns where it stands, and another once it has ended."""

    async def serve(self) -> None:
        """Take what comes, between the two."""
        if workflow.patched(AT_FIRST):
            await workflow.sleep(MOMENT, summary="at first")
        await super().serve()
        if self.standing.ended and workflow.patched(AT_LAST):
            await workflow.sleep(MOMENT, summary="at last")


@workflow.defn(name="Application")
class LaterApplication(WaitingTwice, ApplicationWorkflow):
    """An application in the later release."""

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        """Do what it does in this release."""
        return await ApplicationWorkflow.run(self, start)


@workflow.defn(name="Round")
class LaterRound(WaitingTwice, RoundWorkflow):
    """A round in the later release."""

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        """Do what it does in this release."""
        return await RoundWorkflow.run(self, start)


@workflow.defn(name="Recommender")
class LaterRecommender(WaitingTwice, RecommenderWorkflow):
    """A unit's list in the later release."""

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        """Do what it does in this release."""
        return await RecommenderWorkflow.run(self, start)
