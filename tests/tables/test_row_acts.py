"""Which application a row of a table is, whatever happened before and in whichever order."""

import pytest

from ledger.people.numbers import NumberedAct
from selection.application.check.events import ApplicationMended
from selection.application.intake.events import ApplicationSubmitted, ApplicationWithdrawn
from selection.decision.aggregate import ActRefused
from starter.imports.row_acts import RowAct, RowsBefore

ROW, OTHER = "a" * 64, "b" * 64
ANSWERS, CHANGED = "1" * 64, "2" * 64
FIRST = f"row.{ROW[:16]}.{ANSWERS[:16]}.1"
SECOND = f"row.{ROW[:16]}.{CHANGED[:16]}.2"
SUBMITTED = NumberedAct(7, FIRST, FIRST, ApplicationSubmitted.TYPE)
CHANGED_SINCE = NumberedAct(7, FIRST, SECOND, ApplicationSubmitted.TYPE)


@pytest.mark.parametrize(
    ("acts", "answers", "found"),
    [
        ([], ANSWERS, RowAct("new", None, FIRST)),
        # The number was taken, and the import broke off before the act was sent.
        ([NumberedAct(7, FIRST, "", "")], ANSWERS, RowAct("new", None, FIRST)),
        ([SUBMITTED], ANSWERS, RowAct("as-before", 7, FIRST)),
        ([SUBMITTED], CHANGED, RowAct("new-version", 7, SECOND)),
        ([SUBMITTED, CHANGED_SINCE], CHANGED, RowAct("as-before", 7, SECOND)),
        # Back to the first answers is an act of its own.
        ([SUBMITTED, CHANGED_SINCE], ANSWERS, RowAct("new-version", 7, f"{FIRST[:-1]}3")),
        # What was handed in by hand since is not what the row says.
        (
            [SUBMITTED, NumberedAct(7, FIRST, "by-hand", ApplicationSubmitted.TYPE)],
            ANSWERS,
            RowAct("new-version", 7, f"{FIRST[:-1]}2"),
        ),
        (
            [SUBMITTED, NumberedAct(7, FIRST, "by-hand", ApplicationMended.TYPE)],
            ANSWERS,
            RowAct("new-version", 7, f"{FIRST[:-1]}2"),
        ),
        (
            [SUBMITTED, NumberedAct(7, FIRST, "by-hand", ApplicationWithdrawn.TYPE)],
            ANSWERS,
            RowAct("as-before", 7, FIRST),
        ),
        # A refusal was recorded under the first id, which would be answered with it for ever.
        ([NumberedAct(7, FIRST, FIRST, ActRefused.TYPE)], ANSWERS, RowAct("new", 7, f"{FIRST[:-1]}2")),
    ],
)
def test_a_row_is_its_application_and_its_act(acts: list[NumberedAct], answers: str, found: RowAct) -> None:
    before = RowsBefore(acts)
    assert before.find(ROW, answers) == found
    assert before.find(OTHER, answers).change == "new"
