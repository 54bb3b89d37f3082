"""Who chairs a panel: appointed by an officer where nobody does, replaced by two supervisors alone.

Followed from the entries, and not read off the folded states.
"""

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, Step
from audit.rules.rule_runner import EntryRule, Rule
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role

ACT = "replace-chair"


class ChairsKept(EntryRule):
    """The claim that no officer put one chair in the place of another. It keeps who chairs, and whom others removed."""

    code = "chairs-kept"
    looks_at: frozenset[type[Event]] | None = frozenset({a.ChairAppointed, a.ChairReplaced, a.SeatVacated})

    def __init__(self) -> None:
        self._chairs: dict[str, str] = {}
        self._removed: set[tuple[str, str]] = set()

    def see(self, step: Step) -> int:
        """Follow who chairs the panel of each application."""
        own, stream = step.of(ApplicationState), step.leaf.stream
        chair = self._chairs.get(stream, "")
        match step.event:
            case a.SeatVacated(expert=expert):
                self._chairs[stream] = "" if expert == chair else chair
                return 0
            case a.ChairAppointed(chair=person, reason=reason):
                # In rounds whose rules do not know the act, an officer put another in the place of a chair.
                own.require(not chair or ACT not in own.rules.assurance, "chair-displaced", person=person)
                own.require((stream, person) not in self._removed, "chair-put-back", person=person)
                after = any(of == stream for of, _ in self._removed)
                own.require(reason is not None or not after, "chair-unexplained", person=person)
                self._chairs[stream] = person
            case a.ChairReplaced() as event:
                _check_replaced(own, event, chair)
                self._removed |= {(stream, event.former)} if event.former else set()
                self._chairs[stream] = event.chair
        return 1


def _check_replaced(step: ApplicationStep, event: a.ChairReplaced, chair: str) -> None:
    signed = step.leaf.signed
    two = step.leaf.actor.role is Role.SUPERVISOR and (signed is None or signed.second is not None)
    step.require(two and event.former == chair != event.chair, "chair-displaced", person=event.chair or "-")
    sitting = {seat.expert for seat in step.before.seats if seat.status in ("accepted", "submitted")}
    step.require(not event.chair or event.chair in sitting, "chair-not-seated", person=event.chair)


def chair_rules() -> tuple[Rule, ...]:
    """Return the rule about chairs."""
    return (ChairsKept(),)


CLAIMS: Sentences = {
    "chairs-kept": (
        "Officers appointed a chair where a panel had none, for a reason where one had been removed; only two "
        "supervisors put another in the place of one.",
        "经办人员仅在专家组没有组长时指定组长，此前有组长被终止的均有理由；更换组长均由两名监督人员办理。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "chair-displaced": (
        "{person} was put in the place of a chair by others than two supervisors.",
        "{person} 替代组长，但并非由两名监督人员办理。",
    ),
    "chair-not-seated": (
        "{person} was made the chair of a panel without a seat on it.",
        "{person} 在专家组没有席位，却成为组长。",
    ),
    "chair-put-back": (
        "An officer appointed {person} again, whom two supervisors had removed from the chair.",
        "{person} 已由两名监督人员终止组长职务，经办人员又予指定。",
    ),
    "chair-unexplained": (
        "{person} was appointed chair after another was removed, and nobody said why.",
        "此前有组长被终止，指定 {person} 为组长却未说明理由。",
    ),
}
"""What can be found instead."""
