"""Every draw that was committed, also those that were never opened: shown, and left to other parts to judge."""

from collections.abc import Iterator

from audit.claims import Remark, Sentences
from selection.kernel.leaf import Leaf

_ENDS = {"draw.opened.v1": "draw-opened", "draw.voided.v1": "draw-voided"}
VOIDED = frozenset({"draw-voided", "draw-expired"})
"""What is said of draws that nobody opened, and nobody will."""
ENDS = VOIDED | {"draw-opened", "draw-unopened"}
"""What is said of draws, one of these of each."""


class Commitments:
    """The round's draws in their order, each with the numbers that it named and what became of it."""

    def __init__(self) -> None:
        self._named: dict[str, str] = {}
        self._ends: dict[str, str] = {}

    def see(self, seq: int, leaf: Leaf, digest: bytes) -> None:
        """Note what an entry says of a draw."""
        draw = leaf.data.get("draw")
        if not isinstance(draw, str):
            return
        if leaf.type == "draw.committed.v1":
            source, issue = leaf.data.get("source", "-"), leaf.data.get("issue", "-")
            self._named.setdefault(draw, f"{draw} ({source} {issue})")
        elif leaf.type in _ENDS:
            expired = leaf.data.get("expired") is True
            self._ends.setdefault(draw, "draw-expired" if expired else _ENDS[leaf.type])

    def list(self) -> Iterator[Remark]:
        """Yield every draw that was committed."""
        for draw, named in self._named.items():
            yield Remark(code=self._ends.get(draw, "draw-unopened"), subject=named)


LISTED: Sentences = {
    "draw-opened": ("Draw {subject} was committed and opened.", "抽取 {subject} 已固定并公开。"),
    "draw-voided": (
        "Draw {subject} was committed and voided by supervisors, who said why: it was never opened.",
        "抽取 {subject} 固定后由监督人员说明理由作废，从未公开。",
    ),
    "draw-expired": (
        "Draw {subject} was committed and not opened in time; supervisors voided it and said why.",
        "抽取 {subject} 固定后逾期未公开，由监督人员说明理由作废。",
    ),
    "draw-unopened": (
        "Draw {subject} was committed and neither opened nor voided.",
        "抽取 {subject} 已固定，既未公开也未作废。",
    ),
}
"""What is listed without a claim."""
