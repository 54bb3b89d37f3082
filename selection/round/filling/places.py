"""Places that fell empty and are taken: by an application in reserve, or by one that comes back."""

from collections.abc import Collection

from selection.round.state import ProposalItem, RoundState


def take_places(
    state: RoundState, numbers: Collection[str], others: tuple[ProposalItem, ...] = ()
) -> dict[str, object]:
    """Return the changes where others, who follow the last item, have the places of these, which fell empty.

    The items that stay are as they were proposed, so that what levels agreed of them stands. Who left is known on,
    until the list is issued: another place may be empty when the ruling on them is reversed.
    """
    left = tuple(item for item in state.items if item.application in numbers)
    ended = tuple(item for item in left if item.application in state.removed)
    return {
        "items": (*(item for item in state.items if item not in left), *others),
        "gone": state.gone if state.issued else (*state.gone, *ended),
        "removed": tuple(number for number in state.removed if number not in numbers),
    }


def find_places_for(state: RoundState, numbers: Collection[str]) -> tuple[str, ...]:
    """Return whose places those have who come back: their own, or the first that is empty where another took it."""
    gone = {item.application for item in state.gone}
    own = [number for number in numbers if number in state.removed]
    others = [number for number in state.removed if number not in own]
    placeless = [number for number in numbers if number in gone and number not in own]
    return (*own, *others[: len(placeless)])
