"""Who may see what of the lists: in the words of visibility/table.py, and one scope more.

- `issued`: once the application stands on the issued list.
"""

Audience = str

_HOSTS = "applicant co-builder"
_PARTY = f"{_HOSTS} recommender"
_READERS = "reviewer chair surveyor examiner approver"
_NAMED = f"{_PARTY} invited objector {_READERS}"
_ISSUED = "participant:issued"
_KNOWS_OF = f"{_PARTY} invited former objector admin {_READERS}"

APPLICATION_ROW: dict[str, Audience] = {
    "*": f"{_KNOWS_OF} {_ISSUED}",
    "round": f"{_KNOWS_OF} {_ISSUED}",
    "number": f"{_KNOWS_OF} {_ISSUED}",
    "name_en": f"{_NAMED} {_ISSUED}",
    "name_zh": f"{_NAMED} {_ISSUED}",
    "stage": _KNOWS_OF,
    "field": f"{_NAMED} {_ISSUED}",
    "region": f"{_NAMED} {_ISSUED}",
    "unit": f"{_PARTY} approver",
    "host": f"{_NAMED} {_ISSUED}",
    "host_en": f"{_NAMED} {_ISSUED}",
    "host_zh": f"{_NAMED} {_ISSUED}",
    "co_builders": _NAMED,
    "outcome": f"{_PARTY} objector approver admin",
    "score": "chair approver",
    "agreed": "chair approver",
    "rank": "approver",
    "place": f"{_PARTY} objector approver {_ISSUED}",
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

REGISTER_ROW: dict[str, Audience] = {"*": "admin", "administered": "admin"}

ARCHIVE_ROW: dict[str, Audience] = {
    "*": "approver admin",
    "round": "approver admin",
    "kept": "approver admin",
    "open": "approver admin",
}
