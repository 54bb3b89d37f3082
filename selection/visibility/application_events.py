"""The part of the visibility table that is about applications; read table.py first."""

Audience = str

_SEAT = "invited:own reviewer:own former:own"
_PARTY = "applicant recommender"
_REPORTER = "applicant:own invited:own reviewer:own former:own chair:own participant:own"
_READERS = (
    "recommender:current reviewer:current chair:current surveyor:current examiner:current approver:current"
)

_SUBMISSION: dict[str, Audience] = {
    "revision": f"applicant invited:current {_READERS}",
    "submission.field": f"applicant invited:current {_READERS}",
    "submission.region": f"applicant invited:current {_READERS}",
    "submission.host": f"applicant invited:current {_READERS}",
    "submission.co_builders": f"applicant invited:current {_READERS}",
    "submission.priority": f"applicant {_READERS}",
    "submission.form": f"applicant {_READERS}",
    "submission.evidence": f"applicant {_READERS}",
    "submission.agreement": f"applicant {_READERS}",
    "submission.staff": f"applicant {_READERS}",
    "submission.fund_yuan": f"applicant {_READERS}",
    "submission.seals": "applicant recommender:current approver:current",
    "submission.pledge": "applicant recommender:current approver:current",
    "submission.avoid": "applicant",
    "stored_before": "applicant",
}

APPLICATION_ROWS: dict[str, dict[str, Audience]] = {
    "application.submitted.v1": {
        "*": f"applicant invited:current {_READERS} admin",
        "round": f"applicant invited:current {_READERS}",
        "rules_hash": f"applicant invited:current {_READERS}",
        **_SUBMISSION,
        "agent": "applicant",
        "officers": "",
        "supervisors": "",
    },
    "application.withdrawn.v1": {"*": f"{_PARTY} admin", "reason": "applicant"},
    "application.recommended.v1": {
        "*": f"{_PARTY} approver admin",
        "unit": f"{_PARTY} approver",
        "revision": f"{_PARTY} approver",
        "agent": "recommender:own",
    },
    "application.recommendation-released.v1": {"*": f"{_PARTY} admin", "unit": _PARTY},
    "application.lapsed.v1": {"*": f"{_PARTY} admin", "outcome": _PARTY, "deadline": _PARTY},
    "application.check-opened.v1": {"*": f"{_PARTY} admin", "deadline": _PARTY},
    "application.sent-back.v1": {
        "*": f"{_PARTY} admin",
        "faults": _PARTY,
        "text": _PARTY,
        "until": _PARTY,
    },
    "application.mended.v1": {"*": f"applicant invited:current {_READERS} admin", **_SUBMISSION},
    "application.mending-lapsed.v1": {"*": f"{_PARTY} admin", "deadline": _PARTY},
    "application.check-passed.v1": {
        "*": f"{_PARTY} approver admin",
        "rulings": "approver",
        "text": "approver",
    },
    "application.check-failed.v1": {"*": f"{_PARTY} admin", "grounds": _PARTY, "text": _PARTY},
    "panel.seated.v1": {
        "*": f"{_SEAT} chair admin",
        "draw": "",
        "revision": f"{_SEAT} chair",
        "seats": "invited:entry reviewer:entry former:entry chair",
        "alternates": "",
        "employers": "",
        "lot": "",
        "respond_by": _SEAT,
        "review_by": _SEAT,
        "remind_answer": "",
        "remind_review": "",
    },
    "panel.invitation-accepted.v1": {
        "*": f"{_SEAT} chair admin",
        "seat": f"{_SEAT} chair",
        "expert": f"{_SEAT} chair",
        "pledge": _SEAT,
    },
    "panel.seat-vacated.v1": {
        "*": f"{_SEAT} chair admin",
        "role": "",
        "seat": f"{_SEAT} chair",
        "expert": f"{_SEAT} chair",
        "why": _SEAT,
        "deadline": _SEAT,
    },
    # Recorded with the actor of the act that freed the seat: another expert, as a rule.
    "panel.seat-filled.v1": {
        "*": f"{_SEAT} chair admin",
        "role": "",
        "seat": f"{_SEAT} chair",
        "expert": f"{_SEAT} chair",
        "respond_by": _SEAT,
        "review_by": _SEAT,
        "remind_answer": "",
        "remind_review": "",
    },
    "review.submitted.v1": {
        "*": f"{_SEAT} chair admin",
        "seat": f"{_SEAT} chair",
        "expert": f"{_SEAT} chair",
        "scores": _SEAT,
        "total": _SEAT,
        "text": _SEAT,
        "stored_before": _SEAT,
    },
    "conflict.declared.v1": {"*": f"{_SEAT} admin", "expert": _SEAT, "text": _SEAT},
    # Of these two the event belongs to who reported; the reported expert learns neither report nor reporter.
    "conflict.reported.v1": {
        "*": f"{_REPORTER} admin",
        "report": _REPORTER,
        "expert": "",
        "text": _REPORTER,
    },
    "conflict.ruled.v1": {
        "*": f"{_REPORTER} admin",
        "report": _REPORTER,
        "upheld": _REPORTER,
        "text": "",
    },
    "review.voided.v1": {"*": f"{_SEAT} admin", "seat": _SEAT, "expert": _SEAT, "report": ""},
    "application.scored.v1": {
        "*": "chair approver admin",
        "role": "",
        "valid": "chair approver",
        "mean": "",
        "untrimmed": "",
        "technical": "",
        "shown": "chair approver",
        "lot": "",
    },
    "panel.chair-appointed.v1": {"*": "chair admin", "chair": "chair:own"},
    "application.shortlisted.v1": {
        "*": f"{_PARTY} surveyor chair approver admin",
        "rank": "approver",
        "reason": "approver",
    },
    "application.not-shortlisted.v1": {"*": f"{_PARTY} admin", "rank": "", "reason": "applicant"},
    "survey.team-appointed.v1": {
        "*": f"{_PARTY} surveyor chair admin",
        "lead": "surveyor",
        "members": "surveyor",
    },
    "survey.reported.v1": {
        "*": f"{_PARTY} surveyor chair examiner approver admin",
        "day": f"{_PARTY} surveyor chair examiner approver",
        "findings": "surveyor chair examiner approver",
        "photos": "surveyor chair examiner approver",
        "verdict": "surveyor chair examiner approver",
    },
    "appraisal.recorded.v1": {
        "*": f"{_PARTY} chair examiner approver admin",
        "present": "chair",
        "aside": "chair",
        "score": "chair approver",
        "votes_for": "chair approver",
        "votes_against": "chair approver",
        "abstained": "chair approver",
        "dissents": "chair",
        "text": "chair approver",
    },
    # A proposal is not public before its notice, nor what it passed over before the list is issued.
    "application.proposed.v1": {
        "*": "applicant:ended approver admin",
        "proposal": "applicant:ended approver",
        "rank": "approver",
        "reason": "applicant:ended approver",
    },
    "application.in-reserve.v1": {
        "*": "applicant:ended approver admin",
        "proposal": "applicant:ended approver",
        "reason": "applicant:ended approver",
    },
    "notice.opened.v1": {
        "*": f"{_PARTY} examiner objector approver admin",
        "proposal": f"{_PARTY} examiner objector approver",
        "until": f"{_PARTY} examiner objector approver",
    },
    "objection.raised.v1": {
        "*": f"{_PARTY} examiner:own objector:own approver admin",
        "objection": f"{_PARTY} examiner:own objector:own approver",
        "objector": "examiner:own objector:own",
        "text": "examiner:own objector:own",
        "evidence": "examiner:own objector:own",
    },
    "objection.examiners-appointed.v1": {
        "*": f"{_PARTY} examiner:own objector:own approver admin",
        "objection": f"{_PARTY} examiner:own objector:own approver",
        "examiners": "examiner:own",
    },
    "objection.settled.v1": {
        "*": f"{_PARTY} examiner:own objector:own approver admin",
        "objection": f"{_PARTY} examiner:own objector:own approver",
        "outcome": f"{_PARTY} examiner:own objector:own approver",
        "text": "examiner:own objector:own approver",
    },
    "notice.passed.v1": {
        "*": f"{_PARTY} examiner objector approver admin",
        "deadline": f"{_PARTY} examiner objector approver",
    },
    "notice.held.v1": {
        "*": f"{_PARTY} examiner objector approver admin",
        "deadline": f"{_PARTY} examiner objector approver",
    },
    "application.removed.v1": {
        "*": f"{_PARTY} examiner objector approver admin",
        "objection": f"{_PARTY} examiner:own objector:own approver",
    },
    "application.listed.v1": {
        "*": f"{_PARTY} examiner objector approver admin",
        "place": f"{_PARTY} examiner objector approver",
        "proposal": f"{_PARTY} approver",
    },
    "application.not-selected.v1": {"*": f"{_PARTY} approver admin", "proposal": f"{_PARTY} approver"},
    "application.cancelled.v1": {"*": f"{_PARTY} approver admin", "reason": f"{_PARTY} approver"},
}
