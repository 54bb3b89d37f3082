"""Which fields of the sealed rules an amendment may change, written down again on purpose, not taken from the core."""

from collections.abc import Mapping
from typing import NamedTuple

from selection.round.state import RoundState
from selection.rules.sections import ApprovalLevel

CALL = ("call",)
CHECKED = (*CALL, "checking")
DRAWN = (*CHECKED, "drawing")
RANKED = (*DRAWN, "review", "shortlisting")
APPRAISED = (*RANKED, "survey", "appraisal")
PROPOSED = (*APPRAISED, "proposal")
LISTED = (*PROPOSED, "notice", "approval")


class Field(NamedTuple):
    """When a field may change: in which stages of the round, whether it may shrink, and what of draws is in its way.

    What `decides` on the list takes the last level of approval once panels were drawn.
    """

    stages: tuple[str, ...]
    touches: str
    shrinks: bool = False
    draws: str = ""
    decides: bool = False


QUOTA = Field(CALL, "applicant recommender", shrinks=True)

FIELDS: Mapping[str, Field] = {
    "places": Field(APPRAISED, "applicant recommender", shrinks=True, draws="cut", decides=True),
    "per_field_max": Field(APPRAISED, "applicant recommender", shrinks=True, decides=True),
    "per_region_max": Field(APPRAISED, "applicant recommender", shrinks=True, decides=True),
    "check.mend_at_most": Field(CALL, "applicant recommender"),
    "days.mend": Field(CHECKED, "applicant"),
    "days.invitation": Field(RANKED, "expert"),
    "days.review_after_invitation": Field(RANKED, "expert"),
    "days.outage": Field(RANKED, "applicant recommender expert"),
    "days.notice": Field(PROPOSED, "applicant objector"),
    "objections.days": Field(PROPOSED, "applicant objector examiner"),
    "objections.min_examiners": Field(PROPOSED, "objector examiner"),
    "panel.seats": Field(DRAWN, "applicant expert", shrinks=True, draws="any"),
    "panel.alternates": Field(DRAWN, "expert", shrinks=True, draws="any"),
    "panel.min_valid": Field(DRAWN, "applicant expert", shrinks=True, draws="any"),
    "panel.max_per_institution": Field(DRAWN, "expert", shrinks=True, draws="any"),
    "panel.max_load": Field(RANKED, "expert", draws="waiting"),
    "recusal.years": Field(DRAWN, "applicant expert", draws="any"),
    "shortlist.factor": Field(DRAWN, "applicant", shrinks=True, draws="any"),
    "working_days.unpublished": Field(LISTED, "applicant expert objector", shrinks=True),
    "survey.min_team": Field(RANKED, "applicant surveyor"),
}
"""By path; quotas, whose path holds a code, are `QUOTA`."""


def field_at(path: str) -> Field | None:
    """Return what the table says of a path, None for what no amendment may change."""
    return QUOTA if quota_at(path) is not None else FIELDS.get(path)


def find_last_level(state: RoundState, path: str) -> ApprovalLevel | None:
    """Return the last level of approval where it alone rules on a field, as panels were drawn; else None."""
    field = field_at(path)
    drawn = any(draw.result is not None for draw in state.draws.values())
    return state.current.approval[-1] if field is not None and field.decides and drawn else None


def quota_at(path: str) -> tuple[str, str] | None:
    """Return of which list a path gives a quota, `routes` or `recommenders`, and the member's code; None for others."""
    of, _, rest = path.partition(".")
    code, _, last = rest.rpartition(".")
    return (of, code) if of in ("routes", "recommenders") and last == "quota" and code else None
