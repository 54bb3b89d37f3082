"""What happens when places that fell empty are filled: who may see it, and what it changes."""

from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.kernel.stages import RoundStage
from selection.process.room import Fold
from selection.round.approving.events import check_anew, count_anew
from selection.round.audiences import OVERSEERS
from selection.round.filling.places import take_places
from selection.round.state import ProposalItem, RoundState, begin_batch, enter


class PlacesFilled(Event):
    """Applications in reserve take the places of `replaced` ones, at the end of the proposal; a notice follows.

    `ranking` is the reserve by its standing, `deviations` says why others of it were passed over or a limit was.
    """

    TYPE = "round.places-filled.v1"
    proposal: int
    items: tuple[ProposalItem, ...]
    replaced: tuple[str, ...]
    deviations: dict[str, Ref]
    ranking: tuple[str, ...]
    AUDIENCE = {
        "*": OVERSEERS,
        "proposal": OVERSEERS,
        "items": "approver",
        "replaced": "approver",
        "deviations": "approver",
        "ranking": "approver",
    }


def _fold_filled(state: RoundState, event: PlacesFilled, leaf: Leaf) -> dict[str, object]:
    stood = (*state.standing_items, *state.suspended_items)
    return {
        **enter(RoundStage.PROPOSAL, leaf.at),
        "proposal": event.proposal,
        "filling": True,
        **take_places(state, event.replaced, event.items),
        "returned": (),
        "noticed": tuple(item.application for item in stood),
        **check_anew(state),
        **begin_batch(f"place-in-proposal/{event.proposal}"),
    }


FOLDS: dict[type[Event], Fold[RoundState]] = {PlacesFilled: count_anew(_fold_filled)}
