"""When a panel's seats were first lost by silence, noted off the entries alone, and what is missing since.

What the folded state says of it is not asked.
"""

from datetime import datetime

from audit.rules.fold import ApplicationStep
from selection.application import events as a

DUE = {"no-response": "answer-invitation", "no-review": "review"}
"""What was due of a seat that fell free for a reason."""
MISSING = {"answer-invitation": ("invited",), "review": ("invited", "accepted")}
"""The seats of which it is missing."""


class Silence:
    """Of each application the first due day that passed in silence, by what was due, since a panel was seated."""

    def __init__(self) -> None:
        self._days: dict[tuple[str, str], datetime] = {}

    def note(self, step: ApplicationStep) -> None:
        """Note what an entry says of it."""
        number = step.before.number
        if isinstance(step.event, a.PanelSeated):
            for kind in MISSING:
                self._days.pop((number, kind), None)
        elif isinstance(step.event, a.SeatVacated) and step.event.why in DUE:
            day = step.event.deadline
            if day is not None:
                self._days.setdefault((number, DUE[step.event.why]), day)

    def find(self, step: ApplicationStep, kind: str) -> datetime | None:
        """Return the day since which something of a kind is missing at an entry, None where nothing is."""
        state = step.before
        reviewed = state.in_review and any(seat.status in MISSING[kind] for seat in state.seats)
        return self._days.get((state.number, kind)) if reviewed else None
