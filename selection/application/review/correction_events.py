"""A reviewer's own correction of a review: who may see it, and what it changes."""

from selection.application.audiences import SEAT
from selection.application.review.score_events import Mark, ReviewSubmitted
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.process.room import Fold


class ReviewCorrected(ReviewSubmitted):
    """A reviewer's own correction, the `number`-th: what counts from here on. The entries before it stay."""

    TYPE = "review.corrected.v1"
    number: int
    former_total: Mark
    reason: Ref
    # The chair is not told: who asks a member for another score must not see here whether it was done. The applicant
    # reads at the end what it says to them, and no longer what the entries before it did.
    AUDIENCE = {
        **dict.fromkeys(ReviewSubmitted.AUDIENCE, SEAT),
        "*": f"{SEAT} applicant:told admin",
        "form.version": f"{SEAT} applicant:told",
        "form.told": f"{SEAT} applicant:told",
        "number": SEAT,
        "former_total": SEAT,
        "reason": SEAT,
    }


def _fold_corrected(state: ApplicationState, event: ReviewCorrected, leaf: Leaf) -> dict[str, object]:
    reviews = tuple(
        item.with_(
            scores=event.scores, total=event.total, form=event.form, at=leaf.at, corrections=event.number
        )
        if item.expert == event.expert and not item.void
        else item
        for item in state.reviews
    )
    return {"reviews": reviews}


FOLDS: dict[type[Event], Fold[ApplicationState]] = {ReviewCorrected: _fold_corrected}
