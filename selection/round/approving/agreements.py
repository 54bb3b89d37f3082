"""Who agreed to what: an approval counts for the items as they were proposed, and for no others (stage 10).

So sending one item back, or a hit that is cleared later, asks each level for that item alone: what it decided on the
others rested on nothing that changed.
"""

from collections.abc import Collection

from selection.round.state import Agreement, ProposalItem, RoundState
from selection.rules.sections import ApprovalLevel


def count_agreed(state: RoundState) -> dict[str, object]:
    """Return the changes by which a round knows who agreed to all that stands, and which levels passed with it."""
    if state.sealed is None:
        return {}
    approvals = {
        level.code: people for level in state.current.approval if (people := _list_agreed(state, level.code))
    }
    passed = tuple(
        level.code for level in state.current.approval if len(approvals.get(level.code, ())) >= level.needed
    )
    return {"approvals": approvals, "passed": passed}


def void_agreed(agreed: tuple[Agreement, ...], numbers: Collection[str]) -> tuple[Agreement, ...]:
    """Return the agreements without what they say of these applications."""
    kept = (
        item.with_(items=tuple(one for one in item.items if one.application not in numbers))
        for item in agreed
        if item.items
    )
    return tuple(item for item in kept if item.items)


def list_waiting(state: RoundState) -> tuple[ApprovalLevel, ...]:
    """Return the levels whose turn it is: the first that has not passed, or each that has not, side by side."""
    assert state.sealed is not None
    waiting = tuple(level for level in state.current.approval if level.code not in state.passed)
    return waiting if state.sealed.levels == "side-by-side" else waiting[:1]


def has_sent_back_enough(state: RoundState, person: str) -> bool:
    """Tell whether somebody has sent items back as often as one person may before a list is issued."""
    return state.sent_back.get(person, 0) >= state.rules_in_force.send_backs


def is_open_to_levels(state: RoundState) -> bool:
    """Tell whether levels may decide: the check is recorded, and something stands that no open hit suspends.

    A list of nothing is decided on as well, but not while a ruling may still bring something onto it.
    """
    return state.integrity and bool(state.standing_items or not (state.suspended_items or state.held))


def _list_agreed(state: RoundState, level: str) -> tuple[str, ...]:
    given = [item for item in state.agreed if item.level == level]
    people = dict.fromkeys(item.person for item in given)
    return tuple(person for person in people if _covers(state, [i for i in given if i.person == person]))


def _covers(state: RoundState, given: list[Agreement]) -> bool:
    wanted = state.standing_items
    if not wanted:
        return any(item.proposal == state.proposal and not item.items for item in given)
    covered: list[ProposalItem] = [one for item in given for one in item.items]
    return all(one in covered for one in wanted)
