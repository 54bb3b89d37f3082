"""Where a tampered bundle truly first differs, against where a report says so."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from temporalio.api.history.v1 import History

from audit.bundle.layout import MANIFEST, RULES, checkpoints_of, entries_of, history_of, run_of
from audit.claims import Claim, Verdict, entry_at
from audit.report.report import Report
from tests.tamper.parts import Parts


class Truth(NamedTuple):
    """The files that differ, the first entry that does, and the logs whose checkpoints do.

    `workflows` are those of which a history differs; `lines` what the tampered logs hold; `events` the first event
    that differs, by the file of the history.
    """

    files: frozenset[str]
    first: tuple[str, int] | None
    logs: frozenset[str]
    workflows: frozenset[str] = frozenset()
    lines: Mapping[str, list[bytes]] = {}
    events: Mapping[str, int] = {}

    def history_differs(self, log: str, seq: int) -> bool:
        """Tell whether an entry is of a workflow of which a history differs."""
        return json.loads(self.lines[log][seq])["stream"] in self.workflows


UNMADE = "entry-without-event"
UNFOUNDED = ("decision-differs", "decision-unfit", "decision-cut-short")


def compare(before: Parts, after: Parts) -> Truth:
    """Compare two bundles of the same round."""
    names = before.files.keys() | after.files.keys()
    files = after.unread | {name for name in names if before.files.get(name) != after.files.get(name)}
    logs = [log for log in before.logs if {entries_of(log), checkpoints_of(log)} & files]
    firsts = [
        (log, _first(before.entries(log), after.entries(log)))
        for log in logs
        if entries_of(log) in files & after.files.keys()
    ]
    workflows = frozenset(run[0] for name in files if (run := run_of(name)) is not None)
    lines = {log: after.entries(log) for log in logs if workflows and entries_of(log) in after.files}
    both = before.files.keys() & after.files.keys()
    events = {
        name: _first_event(before.files[name], after.files[name]) for name in files & both if run_of(name)
    }
    return Truth(files, firsts[0] if firsts else None, frozenset(logs), workflows, lines, events)


def _first_event(one: bytes, other: bytes) -> int:
    """Return the number of the first event that differs; what is cut off shows first at what is left."""
    before, after = (list(History.FromString(content).events) for content in (one, other))
    return min(_first(before, after) + 1, len(after))


def _first(one: Sequence[object], other: Sequence[object]) -> int:
    same = (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right)
    return next(same, min(len(one), len(other)))


def find_first(report: Report) -> Claim | None:
    """Return the claim that names the first point of difference.

    Not refuted is a state that is only old, and an unsigned act of what says that it is a local installation.
    """
    if report.first_difference is not None:
        return report.first_difference
    old = (claim for claim in report.claims if claim.finding in ("bundle-older", "acts-unsigned"))
    return next((claim for claim in old if claim.verdict is Verdict.NOT_PROVABLE), None)


def check_events(claims: Iterable[Claim], truth: Truth, *, exact: bool) -> None:
    """See that no event before the first that was changed is named in its history; an `exact` one is itself named.

    What is not exact shows where something follows from it: what a person sent, what a decision knew and its instant
    show at the event that records the decision.
    """
    named: dict[str, set[int]] = {name: set() for name in truth.events}
    for claim in claims:
        workflow, at, rest = claim.point.partition("@")
        run, _, number = rest.partition("#")
        if at and history_of(workflow, run) in named:
            named[history_of(workflow, run)].add(int(number))
    for name, first in truth.events.items():
        found = min(named[name], default=None)
        assert found is None or found >= first, (name, found, first)
        assert not exact or found == first, (name, found, first)


def check_place(claim: Claim, truth: Truth, *, known: bool = True) -> None:
    """See that a claim's point is at the true first change, or before it in a span that reaches it.

    Not `known` is where nothing that the verifier was given tells: then the point is one where it shows.
    """
    entry = entry_at(claim.point)
    if entry is None:
        workflow, _, run = claim.point.rpartition("#")[0].partition("@")
        named = claim.point in truth.files or history_of(workflow, run) in truth.files
        # A manifest that states something else is told by the file that it states it of; and an entry that is gone
        # by the event that made it, where nothing closer is known.
        assert named or truth.files == {MANIFEST} or (truth.first is not None and not known), claim
    elif truth.first is not None and known:
        log, seq = truth.first
        assert entry[0] == log, (claim, truth.first)
        # A history that was changed too may be told by an entry of its own that it no longer has an event for, or
        # that does not follow from what it says was asked.
        told = entry[1] < seq and claim.finding in (UNMADE, *UNFOUNDED) and truth.history_differs(*entry)
        last = seq if told else entry[1]
        assert entry[1] <= seq <= int(claim.params.get("last", last)), (claim, truth.first)
    else:
        # No entry was changed: an entry is named that the changed file is about.
        assert entry[0] in truth.logs or truth.files - {MANIFEST, *map(entries_of, truth.logs)} <= {RULES}, (
            claim
        )
