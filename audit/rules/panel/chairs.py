"""Who chairs a panel: appointed by two officers where nobody does, replaced by two supervisors alone, for a reason.

Followed from the entries, and not read off the folded states.
"""

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, Step
from audit.rules.rule_runner import EntryRule, Rule
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role

APPOINTING, REPLACING = "appoint-chair", "replace-chair"
BY_TWO = "signed-by-two"


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
                own.require(
                    not chair or REPLACING not in own.rules.assurance, "chair-displaced", person=person
                )
                own.require((stream, person) not in self._removed, "chair-put-back", person=person)
                by_two = own.rules.assurance.get(APPOINTING) == BY_TWO
                own.require(not by_two or _is_by_two(own, Role.OFFICER), "chair-by-one", person=person)
                explained = by_two or any(of == stream for of, _ in self._removed)
                own.require(reason is not None or not explained, "chair-unexplained", person=person)
                self._chairs[stream] = person
            case a.ChairReplaced() as event:
                _check_replaced(own, event, chair)
                self._removed |= {(stream, event.former)} if event.former else set()
                self._chairs[stream] = event.chair
        return 1


def _check_replaced(step: ApplicationStep, event: a.ChairReplaced, chair: str) -> None:
    two = _is_by_two(step, Role.SUPERVISOR) and event.former == chair != event.chair
    step.require(two, "chair-displaced", person=event.chair or "-")
    sitting = {seat.expert for seat in step.before.seats if seat.status in ("accepted", "submitted")}
    step.require(not event.chair or event.chair in sitting, "chair-not-seated", person=event.chair)


def _is_by_two(step: ApplicationStep, role: Role) -> bool:
    """Tell whether two of a post are behind an entry; on a local installation, where nobody signs, one is known."""
    signed = step.leaf.signed
    return step.leaf.actor.role is role and (signed is None or signed.second is not None)


def chair_rules() -> tuple[Rule, ...]:
    """Return the rule about chairs."""
    return (ChairsKept(),)


CLAIMS: Sentences = {
    "chairs-kept": (
        "Two officers, or one if the sealed rules asked for no more, appointed a chair where a panel had none, for a "
        "reason where it was due; only two supervisors put another in the place of one.",
        "仅在专家组没有组长时由两名经办人员指定（封存规则仅要求一名的除外），应说明理由的均有理由；更换组长均由两名监督人员办理。",
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
    "chair-by-one": (
        "{person} was made the chair of a panel by others than two officers.",
        "{person} 被指定为专家组组长，但并非由两名经办人员办理。",
    ),
    "chair-unexplained": (
        "{person} was appointed chair, and nobody said why.",
        "指定 {person} 为组长，却未说明理由。",
    ),
}
"""What can be found instead."""
