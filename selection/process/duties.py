"""The duties of one application, and which of them never meet in one person.

Source: docs/rules.md, A1: never two duties that meet in one application, and examiners who were not
involved before. Whoever has or had a post in the round meets every application of the round, whether they
acted on it or not; a rival is who applies in the same round.
"""

from collections.abc import Iterable, Mapping

from selection.kernel.actor import Role

DUTIES = (
    *("applicant", "recommender", "reviewer", "surveyor", "officer", "supervisor", "examiner", "objector"),
    *("approver", "auditor", "admin", "rival"),
)

APART: tuple[tuple[str, str], ...] = (
    (
        "applicant",
        "recommender reviewer surveyor officer supervisor examiner objector approver auditor admin",
    ),
    ("recommender", "reviewer surveyor officer supervisor examiner approver auditor admin"),
    ("reviewer", "officer supervisor examiner objector approver auditor admin"),
    ("surveyor", "officer supervisor examiner objector approver auditor admin rival"),
    ("officer", "supervisor examiner objector approver auditor rival"),
    ("supervisor", "examiner objector approver auditor rival"),
    ("examiner", "objector approver auditor admin rival"),
    ("objector", "approver auditor admin rival"),
    ("approver", "auditor rival"),
    ("auditor", "admin rival"),
)
"""Each duty, and those of the later ones that never meet it."""

TOGETHER: Mapping[tuple[str, str], str] = {
    ("applicant", "rival"): "a unit may hand in several applications, by one person",
    ("recommender", "objector"): "who recommended may bring up what came to light since",
    ("recommender", "rival"): "a unit that applies itself has its quota all the same",
    ("reviewer", "surveyor"): "the panel's chair leads the survey; who left the panel is kept out of it",
    ("reviewer", "rival"): "whose bid is a conflict the rules say, and data shows it",
    ("officer", "admin"): "who registers people decides nothing by it, and puts nobody into a post",
    ("supervisor", "admin"): "who registers people decides nothing by it, and puts nobody into a post",
    ("approver", "admin"): "who registers people decides nothing by it",
    ("admin", "rival"): "who registers people decides nothing by it",
}
"""The pairs that may meet in one person, and why: with APART, every pair there is."""


def _map_clashes(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for duty, others in pairs:
        for other in others.split():
            found.setdefault(duty, set()).add(other)
            found.setdefault(other, set()).add(duty)
    return {duty: frozenset(others) for duty, others in found.items()}


CLASHES = _map_clashes(APART)
"""By duty, those that never meet it."""

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

DUTY_OF_POST = {
    "officers": "officer",
    "supervisors": "supervisor",
    "approvers": "approver",
    "auditors": "auditor",
    "admins": "admin",
}
"""The duty of whoever holds a post in the round, in every application of it."""
