"""Who may see what of an application, as far as several events share it; read selection/visibility/table.py first."""

SEAT = "invited:own reviewer:own former:own"
PARTY = "applicant recommender"
REPORTER = "applicant:own invited:own reviewer:own former:own chair:own participant:own"
READERS = (
    "recommender:current reviewer:current chair:current surveyor:current examiner:current approver:current"
)

SUBMISSION: dict[str, str] = {
    "revision": f"applicant invited:current {READERS}",
    "submission.name_en": f"applicant invited:current {READERS}",
    "submission.name_zh": f"applicant invited:current {READERS}",
    "submission.field": f"applicant invited:current {READERS}",
    "submission.region": f"applicant invited:current {READERS}",
    "submission.host": f"applicant invited:current {READERS}",
    "submission.co_builders": f"applicant invited:current {READERS}",
    "submission.priority": f"applicant {READERS}",
    "submission.form": f"applicant {READERS}",
    "submission.form_version": f"applicant {READERS}",
    "submission.personal": f"applicant {READERS}",
    "submission.evidence": f"applicant {READERS}",
    "submission.agreement": f"applicant {READERS}",
    "submission.staff": f"applicant {READERS}",
    "submission.fund_yuan": f"applicant {READERS}",
    "submission.seals": "applicant recommender:current approver:current",
    "submission.pledge": "applicant recommender:current approver:current",
    "submission.avoid": "applicant",
    "stored_before": "applicant",
}
