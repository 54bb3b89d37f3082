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
    Visit("/rounds", PEOPLE, {}),
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
    Visit("/rounds/{round}/audit/archive", ("auditor-1",), HERE),
    Visit("/rounds/{round}/sent", OFFICERS, HERE),
    Visit("/rounds/{round}/checks/together", OFFICERS, HERE),
    Visit("/rounds/{round}/by-table/{table}", OFFICERS, {**HERE, "table": "appointments"}),
    Visit("/rounds/{round}/forms", (*OFFICERS, "auditor-1"), HERE),
)
OF_ONES_OWN = (
    Visit("/check", EXPERTS, {}),
    Visit("/sessions", PEOPLE, {}),
    Visit("/keys", PEOPLE, {}),
    Visit("/keys/confirm", ("admin-1",), {}),
    Visit("/keys/everyone", ("admin-1",), {}),
    Visit("/keys/new", PEOPLE, {}),
    Visit("/enrol", PEOPLE, {}),
    Visit("/person", PEOPLE, {}),
    Visit("/people", ("admin-1",), {}),
    Visit("/units", PEOPLE, {}),
    Visit("/ties", EXPERTS, {}),
    Visit("/checkpoints", ("auditor-1",), {}),
    Visit("/check/paper", ("auditor-1", *OFFICERS), {}),
    Visit(TASKS, PEOPLE, {}),
)
OF_LISTS = (
    Visit("/rounds/{round}/shortlist", OFFICERS, HERE, LISTS),
    Visit("/rounds/{round}/proposal", OFFICERS, HERE, LISTS),
    Visit("/rounds/{round}/approval", ("approver-1",), HERE, LISTS),
    Visit("/rounds/{round}/notice", PEOPLE, HERE, LISTS),
)
FILES = "a file or a paper, no page"
LEADS = "leads to another page"
COPY = "shown over an auditor's copy, whose making shows how far it is"
BEFORE = "shows what somebody typed or handed in before"
ISSUED = "of an issued list, which holds a few centres"
SHORT = "one row, or a form of few fields"
NOT_VISITED: dict[str, tuple[str, ...]] = {
    FILES: (
        "/rounds/{round}/by-table/{table}/template.xlsx",
        "/rounds/{round}/apply-many/template.xlsx",
        "/reviews/{round}/{number}/offline/sheet.xlsx",
        "/rounds/{round}/audit/bundle",
        "/checkpoints/{log}/{size}",
        "/tables/{round}/{kind}",
        "/do/{act}/template.xlsx",
        "/proofs/{id:path}",
        "/papers/{round}/{kind}",
        "/papers/{round}/{number}/{kind}",
        "/files/{round}/{number}/{content:path}",
        "/rounds/{round}/apply/{section}/{name}/{count}",
        "/applications/{round}/{number}/mend/{section}/{name}/{count}",
        "/seconds/{id}/files/{count}",
    ),
    LEADS: (
        "/",
        "/sign-in",
        "/sign-in/link/{link}",
        "/sign-in/provider",
        "/sign-in/provider/back",
        "/language/{choice}",
        "/text-size/{choice}",
        "/rounds/{round}/audit/replay",
    ),
    COPY: (
        "/rounds/{round}/audit/report",
        "/rounds/{round}/audit/what-if",
        "/rounds/{round}/replay",
        "/rounds/{round}/list/{unit}/replay",
        "/applications/{round}/{number}/replay",
    ),
    BEFORE: (
        "/together/{id}",
        "/left-forms/{id}",
        "/acts/{id}",
        "/acts/{id}/done",
        "/seconds/{id}",
        "/keys/confirm/{person:path}",
        "/invitations/{round}/{number}",
        "/applications/{round}/{number}/mend",
        "/applications/{round}/{number}/mend/{section}",
        "/applications/{round}/{number}/mend/{section}/{name}",
        "/rounds/{round}/apply/{section}/{name}",
        "/rounds/{round}/apply-many/{row}",
    ),
    ISSUED: (
        "/rounds/{round}/list",
        "/rounds/{round}/centres/{number}",
        "/rounds/{round}/object/{number}",
    ),
    SHORT: (
        "/units/{code:path}",
        "/receipts/{id:path}",
        "/reviews/{round}/{number}/offline",
        "/health",
        "/health/alive",
        "/health/ready",
        "/health/deciding",
        "/parts",
    ),
}
"""Addresses that nobody asks for here, by the reason."""


def list_visits(numbers: Numbers) -> list[Visit]:
    """Return every page that is asked for."""
    return [*OF_ROUND, *OF_ONES_OWN, *_list_of_applications(numbers), *_list_of_acts(numbers), *OF_LISTS]


def _list_of_applications(numbers: Numbers) -> list[Visit]:
    of_one = "/applications/{round}/{number}"

    def application(number: str) -> dict[str, str]:
        return {**HERE, "number": number}

    return [
        Visit("/applications/{round}", (*STAFF, "applicant-1", *RECOMMENDERS, *EXPERTS), HERE),
        Visit(of_one, STAFF, application(numbers.scored)),
        Visit(of_one, ("applicant-1",), application(numbers.applied)),
        Visit(f"{of_one}/changes", (*STAFF, "applicant-1"), application(numbers.applied)),
        Visit(f"{of_one}/written", STAFF, application(numbers.scored)),
        *(Visit(of_one, (who,), application(n)) for who, n in numbers.review.items()),
        *(Visit("/reviews/{round}/{number}", (who,), application(n)) for who, n in numbers.review.items()),
    ]


def _list_of_acts(numbers: Numbers) -> list[Visit]:
    return [
        Visit("/rounds/{round}/apply", ("applicant-1",), FILLING),
        Visit("/rounds/{round}/apply-many", ("applicant-1",), FILLING),
        Visit("/rounds/{round}/apply/{section}", ("applicant-1",), {**FILLING, "section": "contents"}),
        Visit("/do", PEOPLE, {}),
        Visit("/do/{act}", ("admin-1",), {"act": "register-people"}),
        Visit("/do/{act}/{round}", OFFICERS, {"act": "extend-deadline", **HERE}),
        Visit("/do/{act}/{round}/{part}", OFFICERS, {"act": "pass-check", **HERE, "part": numbers.checking}),
        Visit("/seconds", OFFICERS, {}),
        Visit("/receipts", ("applicant-1", *EXPERTS, *OFFICERS), {}),
    ]
