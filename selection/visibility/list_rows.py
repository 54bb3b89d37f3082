"""Who may see what of the lists: in the words of visibility/table.py, and two scopes more.

- `noticed`: once the application stands in the public notice, and for good; where the scheme has none, on the issued
  list.
- `issued`: once it stands on the issued list.
"""

Audience = str

_HOSTS = "applicant co-builder"
_PARTY = f"{_HOSTS} recommender"
_READERS = "reviewer chair surveyor examiner approver"
_NAMED = f"{_PARTY} invited objector {_READERS}"
_NOTICED = "participant:noticed"
_ISSUED = "participant:issued"
_KNOWS_OF = f"{_PARTY} invited former objector admin {_READERS}"

APPLICATION_ROW: dict[str, Audience] = {
    "*": f"{_KNOWS_OF} {_NOTICED}",
    "round": f"{_KNOWS_OF} {_NOTICED}",
    "number": f"{_KNOWS_OF} {_NOTICED}",
    "name_en": f"{_NAMED} {_NOTICED}",
    "name_zh": f"{_NAMED} {_NOTICED}",
    "stage": _KNOWS_OF,
    "field": f"{_NAMED} {_NOTICED}",
    "region": f"{_NAMED} {_NOTICED}",
    "unit": f"{_PARTY} approver",
    "host": f"{_NAMED} {_NOTICED}",
    "host_en": f"{_NAMED} {_NOTICED}",
    "host_zh": f"{_NAMED} {_NOTICED}",
    "co_builders": f"{_PARTY} invited {_READERS} {_NOTICED}",
    "outcome": f"{_PARTY} objector examiner approver admin",
    "score": "chair approver",
    "agreed": "chair approver",
    "votes": "chair approver",
    "verdict": "surveyor chair examiner approver",
    "rank": "approver",
    "place": f"{_PARTY} objector approver {_ISSUED}",
    "priority": f"{_PARTY} {_READERS}",
    "agent": "applicant",
    "reviewers": "chair",
    "hands": "",
    "duties": "",
    "units": "",
    "bidders": "",
    "behind": "",
    "conflicted": "",
    "dismissed": "",
    "fresh_panel": "",
    "requested": "",
    "reopened": "",
    "noticed": f"{_PARTY} objector examiner approver admin {_NOTICED}",
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

UNIT_ROW: dict[str, Audience] = dict.fromkeys(
    ("*", "code", "name_zh", "name_en", "kind", "parents", "active", "version"), "participant admin"
)
"""A unit of the register is no secret to anybody who is registered."""

ARCHIVE_ROW: dict[str, Audience] = {
    "*": "approver admin",
    "round": "approver admin",
    "kept": "approver admin",
    "open": "approver admin",
}
