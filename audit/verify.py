"""Verify a bundle: every part's claims, and the report over all."""

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audit.bundle.archive import Archive
from audit.bundle.content_claims import Contents
from audit.bundle.file_claims import file_claims
from audit.bundle.reader import Bundle
from audit.bundle.register import LOG as INSTALLATION, Register, read_register
from audit.bundle.sent_papers import SentPapers
from audit.claims import Claim, Difference, Remark, not_provable, overall, refute
from audit.decisions.register_again import CODE as REGISTER, register_again
from audit.history_claims import ALL as HISTORIES, history_claims
from audit.log.late_recordings import Spans
from audit.log.signed_acts import SignedActs
from audit.log.verification import LogPass, Outside
from audit.report.commitments import Commitments
from audit.report.dismissals import FoundConflicts
from audit.report.issued_list import RoundResult, SealedText
from audit.report.report import Report
from audit.rules.catalogue import Outcomes
from selection.projections.origins import ORIGINS
from selection.transparency.note import Verifier

Progress = Callable[[str, int, int], None]
"""Called with a part's name, how much of it is done, and how much there is."""


def no_progress(part: str, done: int, total: int) -> None:
    """Ignore the progress."""


@dataclass(frozen=True)
class Effort:
    """How to work: in how many processes and whom to tell.

    Without `histories` all but them is judged, in a small part of the time; without `register` the installation's log
    is not decided again. What they would show stays open.
    """

    histories: bool = True
    register: bool = True
    processes: int = 1
    progress: Progress = no_progress


COLLECT_EVERY = 50_000
"""Objects made and not freed before the next search for cycles; the usual number is 700."""

NOTHING = Outside()
ALONE = Effort()


class Verification:
    """One verification of one opened bundle."""

    def __init__(self, bundle: Bundle, outside: Outside, effort: Effort) -> None:
        self._bundle = bundle
        self._outside = outside
        self._effort = effort
        self._archive = Archive(bundle.round)
        self._contents = Contents(bundle)
        self._papers = SentPapers(bundle)
        self._result = RoundResult()
        self._commitments = Commitments()
        self._conflicts = FoundConflicts()
        self._register = _read_if_sound(bundle)
        self._acts: list[SignedActs] = []
        self._outcomes = Outcomes(bundle, self._register)
        self._spans = Spans()
        self._read_whole: dict[str, bool] = {}
        self._counts = {"files": len(bundle.manifest.files), "histories": len(bundle.runs())}
        self._timestamps = 0
        self._refusals = 0

    def report(self) -> Report:
        """Run every part and return the report; takes as long as it takes."""
        claims = tuple(self._claims())
        bundle, key = self._bundle, self._outside.key
        rules = SealedText.of(bundle)
        return Report(
            verdict=overall(claims),
            round=bundle.round,
            title=rules.title,
            rehearsal=self._result.rehearsal,
            redacted=bundle.manifest.redacted,
            engine=bundle.manifest.engine,
            file=bundle.path.name,
            sha256=_digest(bundle.path),
            key=key.vkey if key else "",
            fingerprint=fingerprint(key) if key else "",
            claims=claims,
            listed=tuple(self._list_unclaimed()),
            places=self._result.places(rules, bundle),
            counts=self._counts,
        )

    def _claims(self) -> Iterator[Claim]:
        parts: tuple[tuple[str, Callable[[], Iterable[Claim]]], ...] = (
            ("files", lambda: file_claims(self._bundle, self._outside.key)),
            ("logs", self._log_claims),
            ("acts", self._act_claims),
            ("register", self._register_claims),
            ("contents", self._contents.claims),
            ("papers", lambda: self._papers.claims(self._contents.list_missing())),
            ("outcomes", self._outcome_claims),
            ("histories", self._history_claims),
        )
        for name, part in parts:
            self._effort.progress(name, 0, 1)
            yield from guard_claims(name, self._bundle.round, part)
            self._effort.progress(name, 1, 1)

    def _log_claims(self) -> Iterator[Claim]:
        for log in sorted(self._bundle.manifest.logs):
            own = log == self._bundle.round
            acts = SignedActs(log, self._register)
            shown = (self._contents.see, self._archive.see, self._papers.see, acts.see)
            counts = (self._outcomes.see, self._spans.see)
            of_round = (self._result.see, self._commitments.see, self._conflicts.see, *counts)
            watch = (*shown, *of_round) if own else shown
            reading = LogPass(self._bundle, log, self._outside, watch)
            with _collect_rarely():
                yield from reading.claims()
            self._acts.append(acts)
            self._read_whole[log] = reading.whole
            self._counts[f"entries {log}"] = reading.size
            self._counts[f"checkpoints {log}"] = reading.checkpoints
            self._timestamps += reading.timestamps

    def _act_claims(self) -> Iterator[Claim]:
        for acts in self._acts:
            yield from acts.claims(whole=self._read_whole[acts.log])

    def _register_claims(self) -> Iterator[Claim]:
        register = self._register
        if not self._effort.register:
            yield not_provable(REGISTER, INSTALLATION, "not-looked-at")
        elif register is None or not self._read_whole.get(INSTALLATION, register.size == 0):
            yield not_provable(REGISTER, INSTALLATION, "entries-unreadable")
        elif not register.known:
            yield not_provable(REGISTER, INSTALLATION, "register-missing")
        else:
            again = register_again(self._bundle, register)
            yield again.claim(self._bundle.entries(INSTALLATION))
            self._refusals = again.refusals

    def _outcome_claims(self) -> Iterator[Claim]:
        whole = self._read_whole.get(self._bundle.round, False)
        return self._outcomes.claims(whole=whole, missing=self._contents.list_missing())

    def _history_claims(self) -> Iterator[Claim]:
        effort = self._effort
        if not effort.histories:
            return (not_provable(code, self._bundle.round, "not-looked-at") for code in HISTORIES)
        return history_claims(
            self._bundle,
            self._archive,
            processes=effort.processes,
            step=lambda done, total: effort.progress("histories", done, total),
        )

    def _list_unclaimed(self) -> Iterator[Remark]:
        round_id = self._bundle.round
        if not self._outside.checkpoints:
            yield Remark(code="no-outside-checkpoint", subject=round_id)
        if self._contents.absent:
            yield Remark(code="contents-absent", subject=round_id, counted=self._contents.absent)
        if self._outcomes.withheld:
            yield Remark(code="answers-withheld", subject=round_id, counted=self._outcomes.withheld)
        if self._papers.withheld:
            yield Remark(code="papers-withheld", subject=round_id, counted=self._papers.withheld)
        if self._contents.lost:
            yield Remark(code="contents-lost", subject=round_id, counted=self._contents.lost)
        yield from self._commitments.list()
        yield from self._conflicts.list()
        yield from self._spans.list_late(round_id)
        if self._register is not None and self._register.keys.first:
            yield Remark(code="first-key", subject=self._register.keys.first)
        if self._register is not None and (renewals := self._register.keys.renewals):
            yield Remark(code="first-code-renewed", subject=INSTALLATION, counted=renewals)
        if self._refusals:
            yield Remark(code="register-refusals", subject=INSTALLATION, counted=self._refusals)
        if reports := sum(acts.reports for acts in self._acts):
            yield Remark(code="archived-on-request", subject=round_id, counted=reports)
        for kind, counted in sorted(self._archive.elsewhere.items()):
            yield Remark(
                code="not-by-workflow", subject=f"{kind} ({ORIGINS.get(kind, '?')})", counted=counted
            )
        if self._timestamps and not self._outside.stamping:
            yield Remark(code="timestamps-kept", subject=round_id, counted=self._timestamps)


def verify(path: Path, outside: Outside = NOTHING, effort: Effort = ALONE) -> Report:
    """Verify a bundle against what is known from outside of it; opens no connection and writes nothing.

    Raises BundleUnreadable when the file is no bundle, OSError when it can't be opened.
    """
    with Bundle(path) as bundle:
        return Verification(bundle, outside, effort).report()


@contextmanager
def _collect_rarely() -> Iterator[None]:
    """Look for cycles once in a long while: a log makes none, and looking over all states takes a 15th of the time."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_EVERY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _read_if_sound(bundle: Bundle) -> Register | None:
    """Return the register; None where its log can't be read, which the claims about it tell."""
    try:
        return read_register(bundle)
    except Exception:  # noqa: BLE001  it is none of the other parts' business
        return None


def guard_claims(name: str, subject: str, part: Callable[[], Iterable[Claim]]) -> Iterator[Claim]:
    """Give a part's claims; what a part can't finish is never taken for proven."""
    try:
        yield from part()
    except Difference as difference:
        yield refute(f"{name}-readable", subject, difference)
    except Exception as error:  # noqa: BLE001  a bundle is made by anyone: no content of it may end the report
        yield not_provable(f"{name}-readable", subject, "verifier-failed", error=type(error).__name__)


def fingerprint(key: Verifier) -> str:
    """Return the SHA-256 of the public key in groups of four, to be compared by eye."""
    digest = hashlib.sha256(key.public).hexdigest()
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
