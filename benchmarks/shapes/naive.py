"""The naive shape: a child workflow per review; per act an activity that inserts a row, then one that notifies."""

from datetime import timedelta

from temporalio import activity, workflow

from benchmarks.rounds import STEPS
from benchmarks.shapes.bare import BareReceipt
from ledger.database.store import Store, open_session
from selection.decision.envelope import Envelope
from selection.decision.reference import Decision
from selection.kernel.leaf import Receipt

ACTS_OF_APPLICATION = 21
ACTS_OF_REVIEW = 2
PATIENCE = timedelta(seconds=5)

CREATE = """
CREATE TABLE IF NOT EXISTS naive_acts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workflow text NOT NULL,
    command_id text NOT NULL UNIQUE,
    body jsonb NOT NULL
)
"""
GRANT = "GRANT SELECT, INSERT ON naive_acts TO selection_app"
INSERT = """
INSERT INTO naive_acts (workflow, command_id, body) VALUES (%(workflow)s, %(command_id)s, %(body)s::jsonb)
ON CONFLICT (command_id) DO NOTHING RETURNING id
"""


class _Acting:
    def __init__(self) -> None:
        self._acts = 0

    async def _take(self, message: Envelope | Decision, kind: str) -> Receipt:
        recorded = await workflow.execute_activity_method(
            InsertActivity.insert, message, start_to_close_timeout=PATIENCE, summary=kind
        )
        await workflow.execute_activity(notify, message, start_to_close_timeout=PATIENCE, summary="notify")
        self._acts += 1
        return Receipt(
            log="naive",
            seq=recorded.seq,
            stream=workflow.info().workflow_id,
            version=self._acts,
            leaf_hash=recorded.leaf_hash,
            command_id=message.command_id,
            at=workflow.now(),
        )


@workflow.defn(name="NaiveApplication")
class NaiveApplication(_Acting):
    """Takes 21 acts of its own, starts 7 reviews, and ends when all are done."""

    def __init__(self) -> None:
        super().__init__()
        self._reviews: list[workflow.ChildWorkflowHandle[NaiveReview, int]] = []

    @workflow.run
    async def run(self) -> int:
        """Wait for the acts and the reviews."""
        await workflow.wait_condition(
            lambda: self._acts == ACTS_OF_APPLICATION and workflow.all_handlers_finished()
        )
        reviews = [await review for review in self._reviews]
        return self._acts + sum(reviews)

    @workflow.update
    async def act(self, envelope: Envelope) -> Receipt:
        """Take one act of a person."""
        return await self._take(envelope, envelope.kind)

    @workflow.update
    async def carry(self, decision: Decision) -> Receipt:
        """Take one act of the engine; the one that seats the panel starts the reviews."""
        receipt = await self._take(decision, "carry")
        if decision.stream.startswith("round/") and decision.version == STEPS["draw"]:
            for seat in range(1, 8):
                review = await workflow.start_child_workflow(
                    NaiveReview.run, id=f"{workflow.info().workflow_id}/review-{seat}"
                )
                self._reviews.append(review)
        return receipt


@workflow.defn(name="NaiveReview")
class NaiveReview(_Acting):
    """One review: accepted, then submitted."""

    @workflow.run
    async def run(self) -> int:
        """Wait for both acts."""
        await workflow.wait_condition(
            lambda: self._acts == ACTS_OF_REVIEW and workflow.all_handlers_finished()
        )
        return self._acts

    @workflow.update
    async def act(self, envelope: Envelope) -> Receipt:
        """Take one act."""
        return await self._take(envelope, envelope.kind)


class InsertActivity:
    """Inserts one row per act and commits it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @activity.defn
    async def insert(self, message: Envelope | Decision) -> BareReceipt:
        """Insert the act; once per command id."""
        row = await self._store.row(
            INSERT,
            {
                "workflow": activity.info().workflow_id,
                "command_id": f"{activity.info().workflow_id}/{message.command_id}",
                "body": message.model_dump_json(),
            },
        )
        return BareReceipt(seq=row["id"] if row else 0)


@activity.defn
async def notify(message: Envelope | Decision) -> None:
    """Stand for a notification that is sent elsewhere."""


async def create_table(url: str) -> None:
    """Make the table that the naive shape writes to."""
    connection = await open_session(url, "selection_owner")
    async with connection:
        await connection.execute(CREATE)
        await connection.execute(GRANT)
