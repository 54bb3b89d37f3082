"""The papers that left by the word of an officer: none says what the record did not hold by then.

A letter on an outcome that was undone before it was recorded says that it left too late to be kept back.
"""

import base64
import binascii
import json
from collections.abc import Container, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from audit.bundle.content_reads import ContentReads
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
UNDOING = frozenset(("decision.reversed.v1", "objection.reopened.v1"))
"""What undoes an end of an application that has ended."""
SIGNED_WITHIN = timedelta(hours=1)
"""[D] So long before it is recorded the page may have shown an officer what they signed, that an outcome stood."""
OF_ONE = frozenset(("letter", "certificate"))
OF_THE_ROUND = {"round.notice-opened.v1": "notice", "round.list-issued.v1": "list"}
"""What a round publishes, by the entry that it rests on."""


class _OutgoingPaper(NamedTuple):
    seq: int
    recorded: datetime
    content: str


class _End(NamedTuple):
    version: int
    listed: bool
    recorded: datetime


class SentPapers:
    """Notes from when on what may be printed, then compares it with what left; `withheld` lists the bundle lacks."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._reads = ContentReads(bundle)
        self._from: dict[tuple[str, str], datetime] = {}
        self._left: list[_OutgoingPaper] = []
        self._ends: dict[str, list[_End]] = {}
        self._after: dict[str, list[tuple[int, datetime]]] = {}
        self.withheld = 0

    def see(self, seq: int, leaf: Leaf, digest: bytes) -> None:
        """Note an entry, of the round's log or of the installation's."""
        number = leaf.stream.rpartition("/")[2]
        if leaf.type in ENDS | UNDOING:
            self._after.setdefault(number, []).append((leaf.version, leaf.recorded))
        if leaf.type in ENDS:
            end = _End(leaf.version, leaf.type == LISTED, leaf.recorded)
            self._ends.setdefault(number, []).append(end)
        elif leaf.type in OF_THE_ROUND:
            self._from.setdefault((OF_THE_ROUND[leaf.type], ""), leaf.recorded)
        elif leaf.type == RECORDED and leaf.data.get("round") == self._bundle.round:
            papers = leaf.data.get("papers")
            content = papers.get("id") if isinstance(papers, dict) else None
            self._left.append(_OutgoingPaper(seq, leaf.recorded, str(content)))

    def claims(self, missing: Container[str] = ()) -> Iterator[Claim]:
        """Compare each list that the bundle holds with the record; `missing` are contents that it should hold."""
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
            yield self._reads.weigh(prove(CODE, self._bundle.round, counted), missing)

    def _read(self, left: _OutgoingPaper) -> list[Any] | None:
        """Return what a list holds, None where the bundle lacks it; that it is the entry's is another claim."""
        kept = self._reads.of(CODE).content(left.content)
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
            ended, overtaken = paper.get("ended", 0), paper.get("overtaken", False)
        except (LookupError, TypeError, AttributeError):
            raise Difference(_point(left), "papers-unreadable") from None
        params = {"kind": kind[:40], "application": number[:60]}
        if kind not in OF_ONE:
            since = self._from.get((kind, number))
            if since is None or left.recorded < since:
                raise Difference(_point(left), "paper-unfounded", **params)
            return
        wanted = [end for end in self._ends.get(number, ()) if end.listed or kind == "letter"]
        end = next((item for item in wanted if not ended or item.version == ended), None)
        if end is None or left.recorded < end.recorded:
            raise Difference(_point(left), "paper-unfounded", **params)
        if not ended:
            # A list that was written before papers named an end does not say of which one this paper tells.
            return
        undone = [at for version, at in self._after[number] if version > end.version and at <= left.recorded]
        if overtaken is True and not undone:
            raise Difference(_point(left), "paper-not-overtaken", **params)
        if overtaken is not True and any(at + SIGNED_WITHIN <= left.recorded for at in undone):
            raise Difference(_point(left), "paper-overtaken", **params)


def _point(left: _OutgoingPaper) -> str:
    return f"{INSTALLATION}#{left.seq}"
