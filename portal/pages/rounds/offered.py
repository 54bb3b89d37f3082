"""On which page each act on a round is done: what the desk offers, and what leads there from a task."""

from collections.abc import Sequence
from typing import NamedTuple

from selection.projections.possible import Offered

OWN_PAGES = {
    "fix-shortlist": "shortlist",
    "propose": "proposal",
    "propose-leaving-out": "proposal",
    "approve": "approval",
    "send-back-proposal": "approval",
}
"""Acts that have a page of their own under the round's address; all others have a sheet."""


class Offer(NamedTuple):
    """An act that somebody may do now, and the page on which it is done."""

    kind: str
    path: str


def list_offers(acts: Sequence[Offered], round_id: str) -> tuple[Offer, ...]:
    """Return what a desk offers, each page once."""
    found: dict[str, Offer] = {}
    for act in acts:
        if act.kind in OWN_PAGES:
            path = f"/rounds/{round_id}/{OWN_PAGES[act.kind]}"
            found.setdefault(path, Offer(act.kind, path))
    return tuple(found.values())
