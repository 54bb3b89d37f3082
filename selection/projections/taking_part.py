"""Who still has a part in an application: while it runs, and after an end that may yet be another."""

from selection.kernel.stages import Outcome, RoundStage, Stage, round_between
from selection.projections.rows import ApplicationRow
from selection.round.state import RoundState

_UNDRAWN = round_between(RoundStage.CHECKING, RoundStage.SHORTLISTING)
"""The stages of a round in which a check that failed may be reversed, until the shortlist is fixed."""


def takes_part(person: str, row: ApplicationRow, around: RoundState) -> bool:
    """Tell whether somebody takes part in an application that is not over, or may be taken up again."""
    return _may_go_on(row, around) and person in (row.agent, *row.reviewers, *row.hands)


def _may_go_on(row: ApplicationRow, around: RoundState) -> bool:
    if row.stage is not Stage.ENDED:
        return not around.ended
    reversible = around.stage in _UNDRAWN and not around.shortlist
    return row.requested or (row.outcome == Outcome.INELIGIBLE and reversible)
