"""Who serves in a round, and who still has a part: while it runs, and after an end that may yet be another."""

from collections.abc import Iterable

from selection.kernel.stages import Outcome, RoundStage, Stage, round_between
from selection.process.duties import DUTY_OF_POST
from selection.projections.rows import ApplicationRow
from selection.round.state import RoundState

_UNDRAWN = round_between(RoundStage.CHECKING, RoundStage.SHORTLISTING)
"""The stages of a round in which a check that failed may be reversed, until the shortlist is fixed."""


def list_in_office(around: RoundState) -> frozenset[str]:
    """Return everybody who holds a post of a round now, or ever stood in for one who did."""
    if around.sealed is None:
        return frozenset()
    posts = around.current.staff
    return _list_deciding(around) | {*posts.admins}


def serves(person: str, around: RoundState) -> bool:
    """Tell whether somebody holds a post of a round by which they decide, or ever held one or stood in for it.

    Those who are its administrators alone decide nothing, and register people for it.
    """
    former = (people for duty, people in around.former.items() if duty != DUTY_OF_POST["admins"])
    return around.sealed is not None and person in _list_deciding(around).union(*former)


def _list_deciding(around: RoundState) -> frozenset[str]:
    posts = around.current.staff
    levels = (person for level in around.current.approval for person in level.approvers)
    return frozenset((*around.substitutes, *posts.officers, *posts.supervisors, *posts.auditors, *levels))


def list_taking_part(people: Iterable[str], row: ApplicationRow, around: RoundState) -> frozenset[str]:
    """Return those of these people who take part in an application that is not over, or may be taken up again."""
    found = frozenset((row.agent, *row.reviewers, *row.hands)).intersection(people)
    return found if found and _may_go_on(row, around) else frozenset()


def _may_go_on(row: ApplicationRow, around: RoundState) -> bool:
    if row.stage is not Stage.ENDED:
        return not around.ended
    reversible = around.stage in _UNDRAWN and not around.shortlist
    return row.requested or (row.outcome == Outcome.INELIGIBLE and reversible)
