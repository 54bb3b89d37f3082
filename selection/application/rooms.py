"""The rooms of an application, one for each stage, in the order of the process."""

from selection.application.agents.room import ROOM as AGENTS
from selection.application.amended_forms.room import ROOM as AMENDED_FORMS
from selection.application.appraisal.room import ROOM as APPRAISAL
from selection.application.check.room import ROOM as CHECK
from selection.application.co_building.room import ROOM as CO_BUILDING
from selection.application.found_conflicts.room import ROOM as FOUND_CONFLICTS
from selection.application.intake.room import ROOM as INTAKE
from selection.application.leaving.room import ROOM as LEAVING
from selection.application.notice.room import ROOM as NOTICE
from selection.application.outcome.room import ROOM as OUTCOME
from selection.application.proposal.room import ROOM as PROPOSAL
from selection.application.reminding.room import ROOM as REMINDING
from selection.application.requests.room import ROOM as REQUESTS
from selection.application.reversing.room import ROOM as REVERSING
from selection.application.review.room import ROOM as REVIEW
from selection.application.settling.room import ROOM as SETTLING
from selection.application.state import ApplicationState
from selection.application.survey.room import ROOM as SURVEY
from selection.process.room import Room

ROOMS: tuple[Room[ApplicationState], ...] = (
    INTAKE,
    CO_BUILDING,
    CHECK,
    REVIEW,
    FOUND_CONFLICTS,
    SETTLING,
    SURVEY,
    APPRAISAL,
    PROPOSAL,
    NOTICE,
    OUTCOME,
    LEAVING,
    REVERSING,
    REQUESTS,
    AGENTS,
    AMENDED_FORMS,
    REMINDING,
)
