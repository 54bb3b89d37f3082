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


HERE, FILLING = {"round": ROUND}, {"round": CALL}
OF_ROUND = (
    Visit("/", PEOPLE, {}),
    Visit("/rounds/{round}", PEOPLE, HERE),
    Visit("/rounds/{round}/desk", (*STAFF, "admin-1", "approver-1"), HERE),
    Visit("/rounds/{round}/waiting", STAFF, HERE),
    Visit("/rounds/{round}/draw", OFFICERS, HERE),
    Visit("/open-round", OFFICERS, {}),
    Visit("/rounds/{round}/amend-form", OFFICERS, FILLING),
    Visit("/rounds/{round}/checks", OFFICERS, HERE),
    Visit("/rounds/{round}/list/{unit}", ("recommender-1",), {**HERE, "unit": "bj"}),
    Visit("/rounds/{round}/list/{unit}", ("recommender-2",), {**HERE, "unit": "sh"}),
    Visit("/rounds/{round}/audit", ("auditor-1",), HERE),
    Visit("/rounds/{round}/timeline", ("auditor-1",), HERE),
    Visit("/rounds/{round}/reads", ("auditor-1",), HERE),
)
OF_ONES_OWN = (
    Visit("/check", EXPERTS, {}),
    Visit("/sessions", PEOPLE, {}),
    Visit("/keys", PEOPLE, {}),
    Visit("/keys/confirm", ("admin-1",), {}),
    Visit(TASKS, PEOPLE, {}),
)
OF_LISTS = (
    Visit("/rounds/{round}/shortlist", OFFICERS, HERE, LISTS),
    Visit("/rounds/{round}/proposal", OFFICERS, HERE, LISTS),
    Visit("/rounds/{round}/approval", ("approver-1",), HERE, LISTS),
    Visit("/rounds/{round}/notice", PEOPLE, HERE, LISTS),
)


def list_visits(numbers: Numbers) -> list[Visit]:
    """Return every page that is asked for. Those that make files or papers are not pages that one leafs through."""
    return [*OF_ROUND, *OF_ONES_OWN, *_list_of_applications(numbers), *_list_of_acts(numbers), *OF_LISTS]


def _list_of_applications(numbers: Numbers) -> list[Visit]:
    of_one = "/applications/{round}/{number}"

    def application(number: str) -> dict[str, str]:
        return {**HERE, "number": number}

    return [
        Visit("/applications/{round}", (*STAFF, "applicant-1", *RECOMMENDERS, *EXPERTS), HERE),
        Visit(of_one, STAFF, application(numbers.scored)),
        Visit(of_one, ("applicant-1",), application(numbers.applied)),
        *(Visit(of_one, (who,), application(n)) for who, n in numbers.review.items()),
        *(Visit("/reviews/{round}/{number}", (who,), application(n)) for who, n in numbers.review.items()),
    ]


def _list_of_acts(numbers: Numbers) -> list[Visit]:
    return [
        Visit("/rounds/{round}/apply", ("applicant-1",), FILLING),
        Visit("/do", PEOPLE, {}),
        Visit("/do/{act}/{round}/{part}", OFFICERS, {"act": "pass-check", **HERE, "part": numbers.checking}),
        Visit("/seconds", OFFICERS, {}),
        Visit("/receipts", ("applicant-1", *EXPERTS, *OFFICERS), {}),
    ]
