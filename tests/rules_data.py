"""The rules of the tests' round, as a file would hold them."""

from typing import Any

CRITERIA = ("positioning", "mechanism", "technical", "conditions")


def _list_named(*codes: str) -> list[dict[str, str]]:
    return [{"code": code, "en": code, "zh": code} for code in codes]


RULES_DATA: dict[str, Any] = {
    "local": True,
    "schema_version": 1,
    "title": {"en": "Second batch", "zh": "第二批"},
    "clock": {"kind": "calendar"},
    "calendar": {
        "call": "2024-07-01",
        "submission": "2024-07-31",
        "recommendation": "2024-08-15",
        "check": "2024-08-31",
        "review": "2024-09-30",
        "review_last": "2024-10-31",
        "survey": "2024-11-30",
        "appraisal": "2024-12-31",
    },
    "fields": _list_named("equipment", "tourism"),
    "regions": _list_named("CN-BJ", "CN-SH"),
    "priorities": _list_named("urgent", "frontier"),
    "routes": [
        {"code": "province", "en": "p", "zh": "p", "quota": 2, "regional": True},
        {"code": "affiliated", "en": "a", "zh": "a", "quota": 1},
    ],
    "recommenders": [
        {"code": "bj", "en": "bj", "zh": "bj", "route": "province", "region": "CN-BJ"},
        {"code": "unit-1", "en": "u", "zh": "u", "route": "affiliated"},
    ],
    "criteria": [{"code": code, "en": code, "zh": code, "weight": "25"} for code in CRITERIA],
    "tie_break": "technical",
    "panel": {"seats": 7, "alternates": 3, "min_valid": 5},
    "draws": {
        "sources": [
            {
                "kind": "lottery",
                "code": "lottery",
                "en": "lottery",
                "zh": "lottery",
                "times": [f"{hour:02d}:00" for hour in range(24)],
                "balls": [{"count": 3, "least": 0, "most": 99, "as_drawn": True}],
            }
        ]
    },
    "places": 2,
    "approval": [
        {"code": "department", "en": "d", "zh": "d", "approvers": ["approver-1"], "needed": 1},
        {"code": "ministry", "en": "m", "zh": "m", "approvers": ["approver-2", "approver-3"], "needed": 2},
    ],
    "staff": {
        "officers": ["officer-1", "officer-2"],
        "supervisors": ["supervisor-1", "supervisor-2"],
        "auditors": ["auditor-1"],
        "admins": ["admin-1"],
    },
}
