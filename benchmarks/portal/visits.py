"""Which pages twenty people of every role ask for, and in which part of a round."""

from dataclasses import dataclass

ROUND, CALL = "bench", "bench-call"
"""The round whose record is full, and one whose call is open and whose forms are the example's."""
OFFICERS = ("officer-1", "officer-2")
EXPERTS = tuple(f"expert-{n:03d}" for n in range(9))
STAFF = (*OFFICERS, "supervisor-1", "auditor-1")
RECOMMENDERS = ("recommender-1", "recommender-2")
PEOPLE = (
    *STAFF,
    "supervisor-2",
    "admin-1",
    "approver-1",
    *RECOMMENDERS,
    "applicant-1",
    "surveyor-1",
    *EXPERTS,
)
TASKS = "/tasks"
WORK, LISTS = "work", "lists"
"""While applications are submitted, checked and reviewed; while the lists are made of them."""


@dataclass(frozen=True)
class Visit:
    """A page that people ask for: the address of its route, and what stands in that, by its number of asking."""

    route: str
    people: tuple[str, ...]
    given: dict[str, str]
    part: str = WORK

    def path(self) -> str:
        """Return the page's address."""
        path = self.route
        for name, value in self.given.items():
            path = path.replace("{" + name + "}", value).replace("{" + name + ":path}", value)
        return path


@dataclass(frozen=True)
class Numbers:
    """Applications by the stage in which they stand, one each; that which the experts of EXPERTS review."""

    checking: str
    review: dict[str, str]
    scored: str
    applied: str
    noticed: str = ""


def list_visits(numbers: Numbers) -> list[Visit]:
    """Return every page that is asked for. Those that make files or papers are not pages that one leafs through."""
    here = {"round": ROUND}
    filling = {"round": CALL}

    def application(number: str) -> dict[str, str]:
        return {**here, "number": number}

    return [
        Visit("/", PEOPLE, {}),
        Visit("/rounds/{round}", PEOPLE, here),
        Visit("/rounds/{round}/desk", (*STAFF, "admin-1", "approver-1"), here),
        Visit("/rounds/{round}/waiting", STAFF, here),
        Visit("/rounds/{round}/draw", OFFICERS, here),
        Visit("/open-round", OFFICERS, {}),
        Visit("/rounds/{round}/amend-form", OFFICERS, filling),
        Visit("/rounds/{round}/checks", OFFICERS, here),
        Visit("/rounds/{round}/list/{unit}", ("recommender-1",), {**here, "unit": "bj"}),
        Visit("/rounds/{round}/list/{unit}", ("recommender-2",), {**here, "unit": "sh"}),
        Visit("/rounds/{round}/audit", ("auditor-1",), here),
        Visit("/rounds/{round}/timeline", ("auditor-1",), here),
        Visit("/rounds/{round}/reads", ("auditor-1",), here),
        Visit("/check", EXPERTS, {}),
        Visit("/sessions", PEOPLE, {}),
        Visit("/keys", PEOPLE, {}),
        Visit("/keys/confirm", ("admin-1",), {}),
        Visit(TASKS, PEOPLE, {}),
        Visit("/applications/{round}", (*STAFF, "applicant-1", *RECOMMENDERS, *EXPERTS), here),
        Visit("/applications/{round}/{number}", (*STAFF,), application(numbers.scored)),
        Visit("/applications/{round}/{number}", ("applicant-1",), application(numbers.applied)),
        *(
            Visit("/applications/{round}/{number}", (who,), application(n))
            for who, n in numbers.review.items()
        ),
        *(Visit("/reviews/{round}/{number}", (who,), application(n)) for who, n in numbers.review.items()),
        Visit("/rounds/{round}/apply", ("applicant-1",), filling),
        Visit("/do", PEOPLE, {}),
        Visit("/do/{act}/{round}/{part}", OFFICERS, {"act": "pass-check", **here, "part": numbers.checking}),
        Visit("/seconds", OFFICERS, {}),
        Visit("/receipts", ("applicant-1", *EXPERTS, *OFFICERS), {}),
        Visit("/rounds/{round}/shortlist", OFFICERS, here, LISTS),
        Visit("/rounds/{round}/proposal", OFFICERS, here, LISTS),
        Visit("/rounds/{round}/approval", ("approver-1",), here, LISTS),
        Visit("/rounds/{round}/notice", PEOPLE, here, LISTS),
    ]
