"""Who approved and is bound since: what they agreed to does not count, and their level is asked again (0067)."""

from collections.abc import Iterator
from datetime import datetime

from selection.decision.facts import Facts
from selection.decision.relations import Conflict, RelationsAsked
from selection.kernel.stages import RoundStage
from selection.round.approving.events import ApprovalVoided
from selection.round.approving.standing import number_of
from selection.round.preconditions import find_binding
from selection.round.state import RoundState


def ask_about_givers(state: RoundState) -> RelationsAsked | None:
    """Ask what binds those who agreed to something of the list that is decided on; None where nobody did."""
    givers = _list_givers(state)
    return RelationsAsked(people=givers) if givers else None


def list_void(state: RoundState, facts: Facts, at: datetime) -> tuple[ApprovalVoided, ...]:
    """Return whose approvals do not count any more: data, or a ruling on a conflict, binds them to an item since."""
    return tuple(_find_void(state, facts, at))


def _find_void(state: RoundState, facts: Facts, at: datetime) -> Iterator[ApprovalVoided]:
    decided = {item.application for item in state.items} - {*state.removed}
    candidates = [item for item in facts.candidates if number_of(item) in decided]
    for person in _list_givers(state):
        found: dict[str, tuple[Conflict, ...]] = {}
        for candidate in candidates:
            evidence = find_binding(state, candidate, person, facts, at)
            if evidence or person in candidate.conflicted:
                found[number_of(candidate)] = evidence
        if found:
            evidence = tuple(dict.fromkeys(one for told in found.values() for one in told))
            levels = tuple(dict.fromkeys(item.level for item in state.agreed if item.person == person))
            yield ApprovalVoided(
                proposal=state.proposal,
                person=person,
                levels=levels,
                items=tuple(sorted(found)),
                bound_by=evidence,
            )


def _list_givers(state: RoundState) -> tuple[str, ...]:
    if state.stage is not RoundStage.APPROVAL:
        return ()
    return tuple(sorted({item.person for item in state.agreed}))
