"""Who may see what of the lists: in the words of visibility/table.py."""

Audience = str

_PARTY = "applicant recommender"
_READERS = "reviewer chair surveyor examiner approver"
_NAMED = f"{_PARTY} invited objector {_READERS}"
_KNOWS_OF = f"{_PARTY} invited former objector admin {_READERS}"

APPLICATION_ROW: dict[str, Audience] = {
    "*": _KNOWS_OF,
    "round": _KNOWS_OF,
    "number": _KNOWS_OF,
    "name_en": _NAMED,
    "name_zh": _NAMED,
    "stage": _KNOWS_OF,
    "field": _NAMED,
    "region": _NAMED,
    "unit": f"{_PARTY} approver",
    "host": _NAMED,
    "host_en": _NAMED,
    "host_zh": _NAMED,
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

REGISTER_ROW: dict[str, Audience] = {"*": "admin", "administered": "admin"}

ARCHIVE_ROW: dict[str, Audience] = {
    "*": "approver admin",
    "round": "approver admin",
    "kept": "approver admin",
    "open": "approver admin",
}
