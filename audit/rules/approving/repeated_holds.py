"""Which items an objection holds again, by a ruling that was reversed: counted from the events alone."""

from collections import Counter
from collections.abc import Iterable

from audit.rules.fold import RoundStep
from selection.kernel.stages import Stage
from selection.round import events as r


class RepeatedHolds:
    """The reversed rulings on objections, by application, and how many of these the round took in."""

    def __init__(self) -> None:
        self._reversed: Counter[str] = Counter()
        self._counted: Counter[str] = Counter()

    def note(self, number: str) -> None:
        """Count a ruling that was reversed after its item's notice had passed."""
        self._reversed[number] += 1

    def check(self, step: RoundStep) -> None:
        """See that the list goes on without such an item before anybody decides on what stands."""
        event = step.event
        match event:
            case r.ItemsLeft():
                waiting = self._list_waiting(step)
                params = {"stated": ", ".join(event.held) or "-", "found": ", ".join(waiting) or "-"}
                step.require(sorted(event.held) == waiting, "held-otherwise", **params)
                self._counted.update(waiting)
            case r.HeldItemsSettled():
                self._take_in(step, event.released, event.reopened)
            case r.ProposalReturned():
                self._take_in(step, event.items, event.reopened)
            case r.IntegrityChecked() | r.LevelApproved() | r.ProposalSentBack() | r.ListIssued():
                waiting = self._list_waiting(step)
                step.require(not waiting, "reopened-yet-decided", application=", ".join(waiting))

    def _take_in(self, step: RoundStep, numbers: Iterable[str], stated: dict[str, int]) -> None:
        """See that items which are decided on anew leave no ruling behind that was reversed while they were aside."""
        found = {number: self._reversed[number] for number in numbers if self._is_behind(number)}
        params = {"stated": _tell(stated), "found": _tell(found)}
        step.require(stated == found, "reopened-otherwise", **params)
        self._counted.update({number: count - self._counted[number] for number, count in found.items()})

    def _list_waiting(self, step: RoundStep) -> list[str]:
        """Return the items of which a ruling was reversed since the round took that in last, in order."""
        before, known = step.before, step.record.applications
        # One that was removed comes back where the ruling that removed it is.
        items = (item.application for item in (*before.items, *before.gone))
        waiting = (number for number in items if self._is_behind(number))
        return sorted(number for number in waiting if known[number].stage in (Stage.HELD, Stage.CLEARED))

    def _is_behind(self, number: str) -> bool:
        return self._reversed[number] > self._counted[number]


def _tell(counts: dict[str, int]) -> str:
    return ", ".join(f"{number}: {count}" for number, count in sorted(counts.items())) or "-"
