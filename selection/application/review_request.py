"""A request for review as an application's state keeps it: one for each ground that was named."""

from typing import Annotated

from pydantic import Field

from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen, Ref
from selection.kernel.stages import Outcome

REVIEWABLE = (
    *(Outcome.INELIGIBLE, Outcome.NOT_REVIEWED, Outcome.NOT_SHORTLISTED, Outcome.NOT_SELECTED),
    *(Outcome.REMOVED, Outcome.RULED_OUT),
)
"""What somebody decided against the applicant; the other ends are their own, their unit's, or the round's."""
UPHELD, DISMISSED = "upheld", "dismissed"
STANDS = "stands"
"""What is found after a fresh panel's review where nothing follows from it: the outcome stays as it was."""
FRESH_PANEL = "fresh-panel"
"""The remedy that the engine carries out: another panel is drawn without the earlier members, and reviews."""
ORDERED, REVIEWED = "ordered", "reviewed"


class Finding(Frozen):
    """What one of those who decide found: upheld with a remedy of the rules, or dismissed without one."""

    upheld: bool
    remedy: str
    text: Ref

    @property
    def verdict(self) -> tuple[bool, str]:
        """What others have to agree with; the reasons are each person's own."""
        return self.upheld, self.remedy


class ReviewRequest(Frozen):
    """A request for review, to be decided by `until`; `outcome` is empty until it is.

    `remedied` once an officer recorded how the remedy was carried out. `panel` tells that a fresh panel was ordered,
    or has reviewed: then the same people decide once more, what follows from its score.
    """

    text: Ref
    at: Instant
    until: Instant
    deciders: tuple[str, ...] = ()
    findings: dict[str, Finding] = Field(default_factory=dict)
    outcome: str = ""
    remedy: str = ""
    decided_at: Annotated[Instant | None, Field(exclude_if=lambda at: at is None)] = None
    remedied: bool = False
    panel: Annotated[str, Field(exclude_if=lambda panel: not panel)] = ""

    @property
    def has_panel(self) -> bool:
        """Tell whether a fresh panel is drawn or reviews for it."""
        return self.panel == ORDERED and not self.outcome

    @property
    def awaited(self) -> bool:
        """Tell whether somebody still has to decide on it, or to carry its remedy out."""
        return not self.outcome or (self.outcome == UPHELD and not self.remedied)

    @property
    def asked(self) -> tuple[str, ...]:
        """Those who are asked what they find, or may be: with a fresh panel, whoever had entered something is again."""
        if self.outcome:
            return ()
        return self.waiting if self.panel else self.deciders

    @property
    def waiting(self) -> tuple[str, ...]:
        """Those who were appointed and have entered nothing."""
        return tuple(person for person in self.deciders if person not in self.findings)
