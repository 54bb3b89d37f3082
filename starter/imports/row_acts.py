"""Which application a row of a table is, and whether it was handed in before: by the ids of its acts.

An id is `row.ROW.ANSWERS.NTH`: marks of the row's own id and of what it answers, and the how-manieth act it is on
its application. So the same row is the same application whichever file it comes in, and what was done is found again.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ledger.people.numbers import NumberedAct
from selection.application.check.events import ApplicationMended
from selection.application.intake.events import ApplicationSubmitted

BEGIN = "row."
MARK = 16
"""Hex digits of a mark."""
VERSIONS = frozenset({ApplicationSubmitted.TYPE, ApplicationMended.TYPE})
Change = Literal["new", "new-version", "as-before"]


@dataclass(frozen=True, slots=True)
class RowAct:
    """What handing in a row comes to: a change, the number of its application if it has begun, and the act's id."""

    change: Change
    number: int | None
    command_id: str


class RowsBefore:
    """What one person's rows of a round came to so far."""

    def __init__(self, acts: Iterable[NumberedAct]) -> None:
        self._acts: dict[int, list[NumberedAct]] = defaultdict(list)
        self._numbers: dict[str, int] = {}
        for act in acts:
            self._acts[act.number].append(act)
            if act.command_id:
                # A number that was only taken is found again by the act's own id.
                self._numbers.setdefault(_row_of(act.begun_by), act.number)

    def find(self, row: str, answers: str) -> RowAct:
        """Return what handing in a row with these answers is, both as marks."""
        row, answers = row[:MARK], answers[:MARK]
        number = self._numbers.get(row)
        acts = self._acts[number] if number is not None else []
        begin = f"{BEGIN}{row}."
        nth = 1 + len({act.command_id for act in acts if act.command_id.startswith(begin)})
        last = next((act.command_id for act in reversed(acts) if act.type in VERSIONS), "")
        if last.startswith(f"{begin}{answers}."):
            return RowAct("as-before", number, last)
        return RowAct("new-version" if last else "new", number, f"{begin}{answers}.{nth}")


def _row_of(command_id: str) -> str:
    return command_id.removeprefix(BEGIN).partition(".")[0]
