"""What a verification claims, and what it found: proven, refuted with the first difference, or not provable."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import Field

from selection.kernel.model import Frozen

Sentences = dict[str, tuple[str, str]]
"""Code -> (English, Chinese)."""

FOLDS = "record-folds"
"""The claim that the entries of a stream can be followed one after another; replays say so too."""


class Verdict(StrEnum):
    """How a claim stands."""

    PROVEN = "proven"
    REFUTED = "refuted"
    NOT_PROVABLE = "not-provable"


class Claim(Frozen):
    """One claim about one subject (a log, a stream, a draw, ...).

    `code` is stable and names the sentence, which stands beside what is claimed; `params` go into it. `point` is
    the first point of difference when it is refuted: an entry as `<log>#<seq>`, a history event as
    `<workflow>@<run>#<event id>`, or a file of the bundle. `counted` says how many things were looked at.
    """

    code: str
    subject: str
    verdict: Verdict
    point: str = ""
    finding: str = ""
    params: dict[str, str] = Field(default_factory=dict)
    counted: int = 0

    @property
    def idle(self) -> bool:
        """Whether nothing of what the claim is about occurred, so that it holds but shows nothing."""
        return self.verdict is Verdict.PROVEN and not self.counted


class Remark(Frozen):
    """Something that the bundle holds or lacks and that no claim is made about; `code` names its sentence."""

    code: str
    subject: str
    counted: int = 0


class Difference(Exception):
    """Something is not as claimed: where, and which finding (a stable code) with its parameters."""

    def __init__(self, point: str, finding: str, **params: str) -> None:
        super().__init__(f"{finding} at {point}")
        self.point = point
        self.finding = finding
        self.params = params


class NotInBundle(Exception):
    """The bundle does not hold what a check needs: which (a stable code), and where it is missed."""

    def __init__(self, finding: str, point: str = "", **params: str) -> None:
        super().__init__(finding)
        self.finding = finding
        self.point = point
        self.params = params


def entry_at(point: str) -> tuple[str, int] | None:
    """Return log and sequence of an entry's point, None for the place of an event or a file."""
    log, found, seq = point.rpartition("#")
    return (log, int(seq)) if found and "@" not in log and seq.isdecimal() else None


def prove(code: str, subject: str, counted: int = 0, **params: str) -> Claim:
    """Return a claim that holds."""
    return Claim(code=code, subject=subject, verdict=Verdict.PROVEN, counted=counted, params=params)


def refute(code: str, subject: str, difference: Difference) -> Claim:
    """Return a claim that does not hold, with the first point of difference."""
    return Claim(
        code=code,
        subject=subject,
        verdict=Verdict.REFUTED,
        point=difference.point,
        finding=difference.finding,
        params=difference.params,
    )


def not_provable(code: str, subject: str, finding: str, point: str = "", **params: str) -> Claim:
    """Return a claim that the bundle can't show, and why."""
    return Claim(
        code=code, subject=subject, verdict=Verdict.NOT_PROVABLE, finding=finding, point=point, params=params
    )


def overall(claims: Iterable[Claim]) -> Verdict:
    """Return refuted if any claim is, else not provable if any is (or there is none), else proven."""
    found = {claim.verdict for claim in claims}
    if Verdict.REFUTED in found:
        return Verdict.REFUTED
    return Verdict.PROVEN if found == {Verdict.PROVEN} else Verdict.NOT_PROVABLE
