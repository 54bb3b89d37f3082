"""Who may see what of the lists: the rows of table.py's pattern for projections."""

from selection.kernel.actor import Role
from selection.process.stages import Stage
from selection.visibility.application_events import Audience

_PARTY = "applicant recommender"
_READERS = "reviewer chair surveyor examiner approver"
_KNOWS_OF = f"{_PARTY} invited former objector admin {_READERS}"

APPLICATION_ROW: dict[str, Audience] = {
    "*": _KNOWS_OF,
    "round": _KNOWS_OF,
    "number": _KNOWS_OF,
    "stage": _KNOWS_OF,
    "field": f"{_PARTY} invited objector {_READERS}",
    "region": f"{_PARTY} invited objector {_READERS}",
    "unit": f"{_PARTY} approver",
    "host": f"{_PARTY} invited objector {_READERS}",
    "outcome": f"{_PARTY} objector approver admin",
    "score": "chair approver",
    "agreed": "chair approver",
    "rank": "approver",
    "place": f"{_PARTY} objector approver",
    "priority": f"{_PARTY} {_READERS}",
    "agent": "applicant",
    "reviewers": "chair",
    "hands": "",
    "revision": f"{_PARTY} reviewer chair surveyor examiner approver",
}

ROUND_ROW: dict[str, Audience] = {
    "*": "participant approver admin",
    "round": "participant approver admin",
    "stage": "participant approver admin",
    "rehearsal": "participant approver admin",
    "proposal": "approver admin",
    "batch": "admin",
    "held": "approver",
    "left_over": "",
}

LIST_ROW: dict[str, Audience] = {
    "*": "recommender admin",
    "round": "recommender admin",
    "unit": "recommender admin",
    "quota": "recommender",
    "listed": "recommender",
    "closed": "recommender admin",
}

ARCHIVE_ROW: dict[str, Audience] = {
    "*": "approver admin",
    "round": "approver admin",
    "kept": "approver admin",
    "open": "approver admin",
}

# What is decided but not yet public reads as the stage before; so does a score, which a conflict may undo, and
# an objection that outlasts the notice, which is between those whom the events show it to.
STAGES_AS_SHOWN = {"scored": "review", "proposed": "appraised", "reserve": "appraised", "held": "notice"}
SEEING_STAGES = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.CHAIR, Role.SYSTEM})


def stage_as_shown(stage: Stage, role: Role) -> str:
    """Return the stage of an application that someone who acts on it in this role may be told."""
    return stage.value if role in SEEING_STAGES else STAGES_AS_SHOWN.get(stage.value, stage.value)
