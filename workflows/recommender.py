"""One unit's recommendation list in one round: where recommendations that race meet."""

from contextlib import suppress
from datetime import datetime

from temporalio import workflow

from activities.messages import TELL, TellRequest, Told
from selection.actor import SYSTEM
from selection.aggregate import ActRefused, Event
from selection.application.commands import ReleaseRecommendation, TakeRecommendation
from selection.facts import FactsRequest
from selection.messages import Envelope
from selection.model import Frozen
from selection.recommendation import events as e
from selection.recommendation.decide import RECOMMENDATION_LIST
from selection.recommendation.state import ListState
from selection.recommendation.telling import telling_id
from selection.refusal_sentences import SENTENCES
from selection.refusals import Refused
from selection.streams import application_stream
from workflows import policies
from workflows.loop import StreamLoop, StreamStart

# Changes of the command sequence: an earlier history replays without them.
NEVER_OPENED = "list-never-opened"
TELLS_AGAIN = "list-tells-again"


@workflow.defn(name="Recommender")
class RecommenderWorkflow(StreamLoop):
    """Workflow id `recommender/<round>/<unit>`. Ends when the recommendation deadline closes the list."""

    state: ListState

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(RECOMMENDATION_LIST, start)

    @workflow.run
    async def run(self, start: StreamStart) -> int:
        """Take recommendations until the deadline, and return how many stand."""
        await self.serve()
        if not self.state.ended:
            workflow.continue_as_new(self.start_of_next_run())
        return len(self.state.listed)

    async def after(self, events: tuple[Event, ...], envelope: Envelope, now: datetime) -> None:
        """Tell the application, after the list has recorded; what it refuses frees the place again."""
        for event in events:
            if isinstance(event, e.ApplicationRecommended):
                await self._recommended(event.application, self.state.version, envelope.command_id)
            elif isinstance(event, e.RecommendationWithdrawn):
                await self._tell(event.application, self._release, self.state.version)

    async def resume(self) -> None:
        """Tell again what a lost run recorded and no application took: the id makes it one act."""
        if not workflow.patched(TELLS_AGAIN):
            return
        untold = (await self.learn(FactsRequest(view="untold"))).counts
        for number, version in sorted(untold.items(), key=lambda item: item[1]):
            if self.state.entry(number) is None:
                await self._tell(number, self._release, version)
                continue
            sent_as = next(key for key, seen in self.state.seen.items() if seen.version == version)
            with suppress(Refused):
                await self._recommended(number, version, sent_as)

    @property
    def _release(self) -> ReleaseRecommendation:
        return ReleaseRecommendation(unit=self.state.unit)

    async def _recommended(self, number: str, version: int, command_id: str) -> None:
        entry = self.state.entry(number)
        assert entry is not None
        command = TakeRecommendation(unit=self.state.unit, revision=entry.revision, agent=entry.agent)
        answer = await self._tell(number, command, version)
        if not answer.code or answer.code == "already-done":
            return
        code = answer.code if answer.code in SENTENCES else "ended"
        freed = e.RecommendationFreed(application=number, why=code)
        refused = ActRefused(kind="recommend", code=code, params=answer.params)
        await self.record((freed, refused), SYSTEM, workflow.now(), command_id)
        raise Refused(code, **answer.params)

    async def _tell(self, number: str, command: Frozen, version: int) -> Told:
        # The application never waits for this list, so waiting for its answer cannot lock the two up.
        envelope = Envelope(
            command_id=telling_id(self.state.stream, version),
            actor=SYSTEM,
            command=command.model_dump(mode="json"),
        )
        told: Told = await workflow.execute_activity(
            TELL,
            TellRequest(
                workflow_id=application_stream(self.state.round, number),
                envelope=envelope.model_dump(mode="json"),
            ),
            result_type=Told,
            start_to_close_timeout=policies.TELL_TIMEOUT,
            retry_policy=policies.RECORD_RETRY,
            summary=f"tell application {number}",
        )
        return told

    async def refusal(self, kind: str, refused: Refused) -> tuple[Event, ...]:
        """Return the events of a refused act; a list of a round that does not exist ends with it.

        The refusal comes last, as a command id is answered by the last event that was recorded under it.
        """
        events = await super().refusal(kind, refused)
        if self.state.ended or self.facts.terms is not None or not workflow.patched(NEVER_OPENED):
            return events
        if refused.code != "unknown-round":
            # Refused before anybody asked for the round, such as what cannot be read.
            told = await self.learn(FactsRequest(terms=True, deadlines=True))
            if told.terms is not None:
                return events
        return (e.ListNeverOpened(), *events)

    def too_late(self) -> Refused:
        """Return the refusal of an act on a closed list: its deadline passed, or there is no such round."""
        if self.facts.terms is None:
            return Refused("unknown-round")
        until = self.facts.deadlines.get("recommendation")
        return Refused("late", deadline="recommendation", until=until.isoformat() if until else "-")

    def details(self) -> str:
        """Return how full the list is."""
        state = self.state
        return f"{len(state.listed)} of {state.quota}, version {state.version}, refusals {state.refusals}"

    def attributes(self) -> dict[str, str]:
        """Return what an operator searches by."""
        return {
            "SelectionRound": self.state.round,
            "SelectionStage": "closed" if self.state.closed else "open",
        }
