"""What must hold from entry to entry of a log. Each check is fed the entries in order, one at a time."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from audit.bundle.archive import WITH_WORKFLOW
from audit.bundle.reader import Bundle
from audit.claims import Claim, Difference, not_provable, prove, refute
from selection.decision.aggregate import ActRefused
from selection.kernel.canonical import sha256_hex
from selection.kernel.leaf import Leaf
from selection.projections.origins import ORIGINS, Origin
from selection.register.state import INSTALLATION
from selection.streams import log_of, round_stream

DEADLINE = "deadline/"
"""How the command ids of events begin that a deadline brought; they are dated at the deadline itself."""


class EntryCheck(Protocol):
    """A claim that is decided entry by entry."""

    code: str

    def see(self, seq: int, leaf: Leaf) -> None:
        """Look at the next entry. Raises Difference."""

    def finish(self) -> None:
        """Look at what all entries came to. Raises Difference."""


class StreamsWhole:
    """Versions of each stream go 1, 2, 3, ...; each key is used once, and each stream stands in its own log."""

    code = "streams-whole"

    def __init__(self, log: str) -> None:
        self._log = log
        self._versions: dict[str, int] = {}

    def see(self, seq: int, leaf: Leaf) -> None:
        """Look at the stream and the version."""
        point = f"{self._log}#{seq}"
        if log_of(leaf.stream) != self._log:
            raise Difference(point, "stream-elsewhere", stream=leaf.stream)
        expected = self._versions.get(leaf.stream, 0) + 1
        if leaf.version != expected:
            found = str(leaf.version)
            raise Difference(
                point, "version-skipped", stream=leaf.stream, expected=str(expected), found=found
            )
        self._versions[leaf.stream] = expected

    def finish(self) -> None:
        """Nothing is left to see."""


class OriginsKnown:
    """Every entry is of a known type and stands in a stream of its kind: a round's workflow's, the installation's."""

    code = "origins-known"

    def __init__(self, log: str) -> None:
        self._log = log

    def see(self, seq: int, leaf: Leaf) -> None:
        """Look at the type and the stream."""
        if not _may_stand(leaf):
            raise Difference(f"{self._log}#{seq}", "origin-unknown", type=leaf.type[:100], stream=leaf.stream)

    def finish(self) -> None:
        """Nothing is left to see."""


def _may_stand(leaf: Leaf) -> bool:
    """Tell whether an entry of this type may stand in its stream."""
    origin = ORIGINS.get(leaf.type)
    if leaf.stream == INSTALLATION:
        return origin is Origin.REGISTER or leaf.type == ActRefused.TYPE
    by_workflow = leaf.stream.split("/")[0] in WITH_WORKFLOW
    return origin not in (None, Origin.REGISTER) and (origin is Origin.WORKFLOW) == by_workflow


class RulesSealed:
    """Every leaf names the rules that were sealed, from the first one on that knows them."""

    code = "rules-sealed"

    def __init__(self, bundle: Bundle) -> None:
        self._log = bundle.round
        self._bundle = bundle
        self._sealed = ""
        self._knowing: set[str] = set()

    def see(self, seq: int, leaf: Leaf) -> None:
        """Look at the hash of the rules."""
        point = f"{self._log}#{seq}"
        if leaf.stream == round_stream(self._log) and leaf.type == "round.opened.v1":
            self._seal(point, str(leaf.data.get("rules_hash")))
        if leaf.rules:
            self._knowing.add(leaf.stream)
        if (leaf.rules or leaf.stream in self._knowing) and leaf.rules != self._sealed:
            raise Difference(point, "other-rules", expected=self._sealed[:16], found=leaf.rules[:16])

    def _seal(self, point: str, stated: str) -> None:
        if self._sealed:
            raise Difference(point, "sealed-again")
        if sha256_hex(self._bundle.rules()) != stated:
            raise Difference(point, "rules-file-differs", expected=stated[:16])
        self._sealed = stated

    def finish(self) -> None:
        """See that there are sealed rules at all."""
        if not self._sealed:
            raise Difference(f"{self._log}#0", "never-opened")


class TimesOrdered:
    """A workflow's clock does not run backward; what a deadline brought is dated at the deadline instead."""

    code = "times-ordered"

    def __init__(self, log: str) -> None:
        self._log = log
        self._latest: dict[str, datetime] = {}

    def see(self, seq: int, leaf: Leaf) -> None:
        """Look at the time.

        Clients' entries are dated when it is their turn; older ones when their transaction began, in no order.
        """
        if leaf.stream.split("/")[0] not in WITH_WORKFLOW:
            return
        if str(leaf.data["command_id"]).startswith(DEADLINE):
            return
        latest = self._latest.get(leaf.stream)
        if latest is not None and leaf.at < latest:
            raise Difference(f"{self._log}#{seq}", "time-backward", stream=leaf.stream)
        self._latest[leaf.stream] = leaf.at

    def finish(self) -> None:
        """Nothing is left to see."""


class Running:
    """Checks under way: each stops at its first difference, all stop where the entries can't be read."""

    def __init__(self, log: str, checks: list[EntryCheck]) -> None:
        self._log = log
        self._checks = checks
        self._found: dict[str, Difference] = {}
        self._open = list(checks)

    def see(self, seq: int, leaf: Leaf) -> None:
        """Show an entry to the checks that found nothing yet."""
        for check in self._open:
            try:
                check.see(seq, leaf)
            except Difference as difference:
                self._found[check.code] = difference
                self._open = [item for item in self._open if item is not check]

    def claims(self, counted: int, broken: Difference | None) -> Iterator[Claim]:
        """Give each check's claim; `broken` is why not all entries could be read."""
        for check in self._open:
            try:
                if broken is None:
                    check.finish()
            except Difference as difference:
                self._found[check.code] = difference
        for check in self._checks:
            if check.code in self._found:
                yield refute(check.code, self._log, self._found[check.code])
            elif broken is not None:
                yield not_provable(check.code, self._log, "entries-unreadable", broken.point)
            else:
                yield prove(check.code, self._log, counted)
