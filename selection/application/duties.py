"""Who of some people has a duty in one application that must not meet another (selection/process/duties.py)."""

from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.process.duties import CLASHES
from selection.rules.terms import Terms


def clashes(
    state: ApplicationState, terms: Terms | None, duty: str, *people: str, rivals: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return the duties of these people here that must not meet this one, in order.

    `rivals` are those who are known to be applicants of another application of the round.
    """
    posts = {**_posts_of(terms), "rival": rivals}
    return tuple(
        other
        for other in sorted(CLASHES[duty])
        if not set(people).isdisjoint((*state.hands.get(other, ()), *posts.get(other, ())))
    )


def _posts_of(terms: Terms | None) -> dict[str, tuple[str, ...]]:
    if terms is None:
        return {}
    # Whoever ever held a post, or stood in for it, counts as one of it for all of the round.
    standing_in: dict[Role, tuple[str, ...]] = {}
    for item in terms.delegations:
        standing_in[item.role] = (*standing_in.get(item.role, ()), item.substitute)
    posts = {
        "officer": (*terms.officers, *standing_in.get(Role.OFFICER, ())),
        "supervisor": (*terms.supervisors, *standing_in.get(Role.SUPERVISOR, ())),
        "approver": (*terms.approvers, *standing_in.get(Role.APPROVER, ())),
        "auditor": terms.auditors,
        "admin": terms.admins,
    }
    return {duty: (*people, *terms.former.get(duty, ())) for duty, people in posts.items()}
