"""The papers that left by the word of an officer: none says what the record did not hold by then."""

import base64
import binascii
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from audit.bundle.reader import Bundle
from audit.bundle.register import LOG as INSTALLATION
from audit.claims import Claim, Difference, prove, refute
from selection.kernel.leaf import Leaf

CODE = "papers-borne-out"
RECORDED = "papers.recorded.v1"
ENDS = frozenset(
    f"application.{end}.v1"
    for end in (
        *("lapsed", "check-failed", "not-reviewed", "not-shortlisted", "not-selected"),
        *("removed", "listed", "cancelled", "given-up", "ruled-out"),
    )
)
"""What ends an application; one that was withdrawn ends with the deadline."""
LISTED = "application.listed.v1"
OF_THE_ROUND = {"round.notice-opened.v1": "notice", "round.list-issued.v1": "list"}
"""What a round publishes, by the entry that it rests on."""


class _OutgoingPaper(NamedTuple):
    seq: int
    recorded: datetime
    content: str


class SentPapers:
    """Notes from when on what may be printed, then compares it with what left; `withheld` lists the bundle lacks."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._from: dict[tuple[str, str], datetime] = {}
        self._left: list[_OutgoingPaper] = []
        self.withheld = 0

    def see(self, seq: int, leaf: Leaf, digest: bytes) -> None:
        """Note an entry, of the round's log or of the installation's."""
        if leaf.type in ENDS:
            number = leaf.stream.rpartition("/")[2]
            self._from.setdefault(("letter", number), leaf.recorded)
            if leaf.type == LISTED:
                self._from.setdefault(("certificate", number), leaf.recorded)
        elif leaf.type in OF_THE_ROUND:
            self._from.setdefault((OF_THE_ROUND[leaf.type], ""), leaf.recorded)
        elif leaf.type == RECORDED and leaf.data.get("round") == self._bundle.round:
            papers = leaf.data.get("papers")
            content = papers.get("id") if isinstance(papers, dict) else None
            self._left.append(_OutgoingPaper(seq, leaf.recorded, str(content)))

    def claims(self) -> Iterator[Claim]:
        """Compare each list that the bundle holds with the record."""
        counted = 0
        try:
            for left in self._left:
                listed = self._read(left)
                self.withheld += listed is None
                for paper in listed or ():
                    self._compare(left, paper)
                    counted += 1
        except Difference as difference:
            yield refute(CODE, self._bundle.round, difference)
        else:
            yield prove(CODE, self._bundle.round, counted)

    def _read(self, left: _OutgoingPaper) -> list[Any] | None:
        """Return what a list holds, None where the bundle lacks it; that it is the entry's is another claim."""
        kept = self._bundle.content(left.content)
        if kept is None:
            return None
        try:
            listed = json.loads(base64.b64decode(kept.content, validate=True))["papers"]
        except (binascii.Error, ValueError, LookupError, TypeError, RecursionError):
            listed = None
        if not isinstance(listed, list):
            raise Difference(_point(left), "papers-unreadable")
        return listed

    def _compare(self, left: _OutgoingPaper, paper: Any) -> None:
        try:
            kind, number = str(paper["kind"]), str(paper.get("application", ""))
        except (LookupError, TypeError, AttributeError):
            raise Difference(_point(left), "papers-unreadable") from None
        since = self._from.get((kind, number))
        if since is None or left.recorded < since:
            raise Difference(_point(left), "paper-unfounded", kind=kind[:40], application=number[:60])


def _point(left: _OutgoingPaper) -> str:
    return f"{INSTALLATION}#{left.seq}"
