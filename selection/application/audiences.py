"""Who may see what of an application, as far as several events share it; read selection/visibility/table.py first."""

SEAT = "invited:own reviewer:own former:own"
PARTY = "applicant co-builder recommender"
EVERYONE = f"{PARTY} invited reviewer former chair surveyor examiner objector participant approver admin"
"""Whoever is registered: what stands in a public notice."""
REPORTER = "applicant:own invited:own reviewer:own former:own chair:own participant:own"
HOSTS = "applicant co-builder:current"
READERS = (
    "recommender:current reviewer:current chair:current surveyor:current examiner:current approver:current"
)

SUBMISSION: dict[str, str] = {
    "revision": f"{HOSTS} invited:current {READERS}",
    "submission.name_en": f"{HOSTS} invited:current {READERS}",
    "submission.name_zh": f"{HOSTS} invited:current {READERS}",
    "submission.field": f"{HOSTS} invited:current {READERS}",
    "submission.region": f"{HOSTS} invited:current {READERS}",
    "submission.host": f"{HOSTS} invited:current {READERS}",
    "submission.co_builders": f"{HOSTS} invited:current {READERS}",
    "submission.priority": f"{HOSTS} {READERS}",
    "submission.form": f"{HOSTS} {READERS}",
    "submission.public": f"{HOSTS} {READERS}",
    "submission.form_version": f"{HOSTS} {READERS}",
    "submission.personal": f"applicant {READERS}",
    "submission.evidence": f"applicant {READERS}",
    "submission.agreement": f"{HOSTS} {READERS}",
    "submission.staff": f"{HOSTS} {READERS}",
    "submission.fund_yuan": f"{HOSTS} {READERS}",
    "submission.seals": "applicant recommender:current approver:current",
    "submission.pledge": "applicant recommender:current approver:current",
    "submission.avoid": "applicant",
    "submission.team": "applicant",
    "stored_before": "applicant",
}
