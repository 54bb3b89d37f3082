"""Every workflow that a worker runs and an auditor replays."""

from workflows.application import ApplicationWorkflow
from workflows.archive import ArchiveRoundsWorkflow, ArchiveWorkflow
from workflows.courier import CourierWorkflow
from workflows.recommender import RecommenderWorkflow
from workflows.register import RegisterWorkflow
from workflows.review_request import ReviewRequestWorkflow
from workflows.round import RoundWorkflow

WORKFLOWS: tuple[type, ...] = (
    ApplicationWorkflow,
    ReviewRequestWorkflow,
    RecommenderWorkflow,
    RoundWorkflow,
    RegisterWorkflow,
    CourierWorkflow,
    ArchiveWorkflow,
    ArchiveRoundsWorkflow,
)
