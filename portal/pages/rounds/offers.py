"""On which page each act on a round is done: what desk and approval page offer."""

from collections.abc import Sequence
from typing import NamedTuple

from portal.sheets.tables.table import SHEETS
from selection.projections.possible import OfferedAct

OWN_PAGES = {
    "fix-shortlist": "shortlist",
    "fix-deviating-shortlist": "shortlist",
    "propose": "proposal",
    "propose-deviating": "proposal",
    "commit-draw": "draw",
    "amend-form": "amend-form",
}
"""Acts that have a page of their own under the round's address; all others have a sheet."""
READ_FIRST = {"approve": "approval", "send-back-proposal": "approval"}
"""Acts that a desk leads to by the page on which their person first reads what they are about."""
BESIDE = (
    "extend-deadline",
    "record-outage",
    "amend-form",
    "amend-rules",
    "change-post",
    "agree-on-post",
    "decline-post-change",
    "delegate",
    "end-delegation",
    "report-lobbying",
    "cancel-round",
)
"""Acts that a round's course does not wait for: they are named last."""


class Offer(NamedTuple):
    """An act that somebody may do now, and the page on which it is done."""

    kind: str
    path: str


def list_offers(acts: Sequence[OfferedAct], round_id: str) -> tuple[Offer, ...]:
    """Return what a desk offers, each page once."""
    found: dict[str, Offer] = {}
    for act in _sort(acts):
        own = {**OWN_PAGES, **READ_FIRST}.get(act.kind)
        offer = Offer(act.kind, f"/rounds/{round_id}/{own}") if own else _find_sheet(act, round_id)
        if offer is not None:
            found.setdefault(offer.path, offer)
    return tuple(found.values())


def list_sheets(acts: Sequence[OfferedAct], round_id: str) -> tuple[Offer, ...]:
    """Return the acts of these that are done on a sheet."""
    return tuple(offer for act in _sort(acts) if (offer := _find_sheet(act, round_id)) is not None)


def _sort(acts: Sequence[OfferedAct]) -> Sequence[OfferedAct]:
    return sorted(acts, key=lambda act: act.kind in BESIDE)


def _find_sheet(act: OfferedAct, round_id: str) -> Offer | None:
    return Offer(act.kind, f"/do/{act.kind}/{round_id}") if act.kind in SHEETS else None
