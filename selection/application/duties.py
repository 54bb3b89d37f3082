"""The duties of one application, and which of them never meet in one person.

Source: docs/rules.md, A1: never two duties that meet in one application, and examiners who were not
involved before. The round's staff meet every application of the round, whether they acted on it or not.
"""

from selection.application.state import ApplicationState
from selection.kernel.actor import Role

CLASHES: dict[str, frozenset[str]] = {
    duty: frozenset(others.split())
    for duty, others in {
        "applicant": "recommender reviewer surveyor officer supervisor examiner objector",
        "recommender": "applicant reviewer surveyor officer supervisor examiner",
        "reviewer": "applicant recommender officer supervisor examiner objector",
        "surveyor": "applicant recommender officer supervisor examiner objector",
        "officer": "applicant recommender reviewer surveyor examiner objector",
        "supervisor": "applicant recommender reviewer surveyor examiner objector",
        "examiner": "applicant recommender reviewer surveyor officer supervisor objector",
        "objector": "applicant reviewer surveyor officer supervisor examiner",
    }.items()
}

DUTY_OF_ROLE = {
    Role.EXPERT: "reviewer",
    Role.CHAIR: "reviewer",
    Role.OFFICER: "officer",
    Role.SUPERVISOR: "supervisor",
    Role.SURVEYOR: "surveyor",
    Role.EXAMINER: "examiner",
    Role.OBJECTOR: "objector",
    Role.APPLICANT: "applicant",
}
"""The duty that an act in a role gives; recommenders act on their list, the round's people on the round."""


def clashes(state: ApplicationState, duty: str, *people: str) -> tuple[str, ...]:
    """Return the duties of these people here that must not meet this one, in order."""
    posts = {"officer": state.officers, "supervisor": state.supervisors}
    return tuple(
        other
        for other in sorted(CLASHES[duty])
        if not set(people).isdisjoint((*state.hands.get(other, ()), *posts.get(other, ())))
    )
