"""What every integrity hit came to, followed from the events alone."""

from collections.abc import Iterable

from selection.decision.aggregate import Event
from selection.round import events as r
from selection.round.state import ProposalItem


class Hits:
    """What every integrity hit came to: open, upheld, or nothing where it was cleared or its stop lifted."""

    def __init__(self) -> None:
        self.found: dict[str, bool] = {}

    def note(self, event: Event) -> None:
        """Follow one event; True means that it was upheld."""
        match event:
            case r.IntegrityChecked():
                self.found.update(dict.fromkeys(event.hits, False))
            case r.IntegrityHitRuled(cleared=False):
                self.found[event.application] = True
            case r.IntegrityHitRuled() | r.IntegrityStopLifted():
                self.found.pop(event.application, None)
            case r.IntegrityReversed() if event.application:
                # Whatever the check found stays, also where the check itself is reversed.
                self.found[event.application] = False

    def free(self, items: Iterable[ProposalItem]) -> list[ProposalItem]:
        """Return the items against which nothing stands or is open, by rank."""
        return sorted((i for i in items if i.application not in self.found), key=lambda item: item.rank)
