"""Every conflict that was found from data, and what a supervisor said of it: shown, whoever judges it."""

from collections.abc import Iterator

from audit.claims import Remark, Sentences
from selection.kernel.leaf import Leaf


class FoundConflicts:
    """The conflicts found from data in their order, each with what became of it."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], str] = {}
        self._ruled: dict[tuple[str, str], bool] = {}

    def see(self, seq: int, leaf: Leaf, digest: bytes) -> None:
        """Note what an entry says of a conflict."""
        place = (leaf.stream, str(leaf.data.get("report")))
        if leaf.type == "conflict.found.v1":
            kinds = ", ".join(sorted({str(item["kind"]) for item in leaf.data["bound_by"]}))
            number = leaf.stream.rsplit("/", 1)[-1]
            self._found.setdefault(place, f"{leaf.data['expert']}, {number} ({kinds})")
        elif leaf.type == "conflict.ruled.v1":
            self._ruled.setdefault(place, leaf.data["upheld"] is True)

    def list(self) -> Iterator[Remark]:
        """Yield every conflict that was found."""
        for place, subject in self._found.items():
            upheld = self._ruled.get(place)
            end = "waits" if upheld is None else "confirmed" if upheld else "dismissed"
            yield Remark(code=f"conflict-{end}", subject=subject)


LISTED: Sentences = {
    "conflict-confirmed": (
        "Data showed a conflict of interest, and a supervisor confirmed it: {subject}.",
        "由数据发现利益冲突，经监督人员认定成立：{subject}。",
    ),
    "conflict-dismissed": (
        "Data showed a conflict of interest, and a supervisor dismissed it, saying why: {subject}.",
        "由数据发现利益冲突，经监督人员说明理由裁定不成立：{subject}。",
    ),
    "conflict-waits": (
        "Data showed a conflict of interest on which nobody ruled before the place was left: {subject}.",
        "由数据发现利益冲突，席位空出前未作裁定：{subject}。",
    ),
}
"""What is listed without a claim."""
