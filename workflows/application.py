"""One application, from submission to its outcome."""

from temporalio import workflow

from selection.aggregate import Event
from selection.application import events as e
from selection.application.decide import APPLICATION
from selection.application.state import ApplicationState
from selection.refusals import Refused
from selection.stages import Outcome, Stage
from workflows.loop import StreamLoop, StreamStart


@workflow.defn(name="Application")
class ApplicationWorkflow(StreamLoop):
    """Workflow id `application/<round>/<number>`. Ends with the application's outcome.

    The stages are data (selection/stages.py): submission and recommendation until their deadlines, the
    legality check with one send-back, the panel's review until its score is fixed, survey, appraisal,
    proposal, public notice, and the list. Each act comes in as a message and is decided by the core.
    """

    state: ApplicationState

    @workflow.init
    def __init__(self, start: StreamStart) -> None:
        super().__init__(APPLICATION, start)

    @workflow.run
    async def run(self, start: StreamStart) -> str:
        """Take acts and deadlines in order until there is an outcome, and return it."""
        await self.serve()
        if not self.state.ended:
            workflow.continue_as_new(self.start_of_next_run())
        return self.state.outcome

    async def refusal(self, kind: str, refused: Refused) -> tuple[Event, ...]:
        """Return the events of a refused act; a first act that is refused ends the application.

        The refusal comes last, as a command id is answered by the last event that was recorded under it.
        """
        events = await super().refusal(kind, refused)
        if self.state.stage is not Stage.NEW:
            return events
        lapsed = e.ApplicationLapsed(outcome=Outcome.NEVER_SUBMITTED.value, deadline=workflow.now())
        return (lapsed, *events)

    def details(self) -> str:
        """Return stage, seats and counts for an operator."""
        state = self.state
        seats = ", ".join(f"{seat.number}: {seat.status}" for seat in state.seats)
        return (
            f"**{state.stage.value}** {state.outcome}\n\n"
            f"- version {state.version}, revision {state.revision}, refusals {state.refusals}\n"
            f"- seats: {seats or 'none'}\n"
            f"- open reports {len(state.open_reports)}, open objections {len(state.open_objections)}"
        )

    def attributes(self) -> dict[str, str]:
        """Return what an operator searches by."""
        submission = self.state.submission
        return {
            "SelectionStage": self.state.stage.value,
            "SelectionOutcome": self.state.outcome,
            "SelectionRegion": submission.region if submission else "",
            "SelectionField": submission.field if submission else "",
            "SelectionRound": self.state.round,
        }
