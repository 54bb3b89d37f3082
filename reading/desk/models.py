"""What the people who run a round are shown of it in one look."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from reading.models import (
    ApprovalLevel,
    Deadline,
    RoundNames,
    ShownApplication,
    ShownEntry,
    ShownRound,
    ShownTask,
)
from selection.decision.facts import Candidate
from selection.kernel.actor import Role
from selection.kernel.model import Frozen, Instant
from selection.kernel.named import Named
from selection.projections.possible import OfferedAct
from selection.projections.similar import Overlap
from selection.round.state import ProposalItem
from selection.rules.model import RoundRules
from selection.visibility.viewer import Standing


class Waiting(Frozen):
    """How many tasks of a kind wait for a role, and how many of them are overdue."""

    kind: str
    role: Role
    open: int
    overdue: int


class Late(Frozen):
    """How many tasks of a person or a unit are overdue, and since when the first of them is."""

    role: Role
    person: str | None
    unit: str | None
    overdue: int
    until: Instant

    @property
    def who(self) -> str:
        """The person or the unit."""
        return self.person or self.unit or ""


class WaitingList(Frozen):
    """A page of what waits in a round for anybody: how much there is on all pages, and what all of it is.

    `whos` are people and units; `late` tells that some of it is overdue.
    """

    total: int
    kinds: tuple[str, ...]
    roles: tuple[str, ...]
    whos: tuple[str, ...]
    late: bool
    tasks: tuple[ShownTask, ...]


class QuotaUse(Frozen):
    """How much of its quota a recommending unit has used; one that has not begun has used none."""

    unit: Named
    quota: int
    used: int
    closed: bool

    @property
    def full(self) -> bool:
        """Tell whether no place is left."""
        return self.used >= self.quota


class RoundDesk(Frozen):
    """A round as who oversees it sees it: applications by stage and by end, deadlines, approval, what they can do.

    `waiting` and `quotas` are for its staff, None for others; `standings` are what they are in it.
    """

    row: ShownRound
    names: RoundNames
    opens: Instant
    deadlines: tuple[Deadline, ...]
    stages: dict[str, int]
    outcomes: dict[str, int]
    approval: tuple[ApprovalLevel, ...]
    acts: tuple[OfferedAct, ...]
    waiting: tuple[Waiting, ...] | None
    quotas: tuple[QuotaUse, ...] | None
    standings: frozenset[Standing] = frozenset()

    @property
    def officer(self) -> bool:
        """Whether they are an officer of the round."""
        return Standing.OFFICER in self.standings

    @property
    def total(self) -> int:
        """How many applications there are."""
        return sum(self.stages.values())


class EarlierList(Frozen):
    """The list of another round as it was issued: how many of it fall under each field and region, by code."""

    title_en: str
    title_zh: str
    count: int
    fields: dict[str, int]
    regions: dict[str, int]


class SentBack(Frozen):
    """That a level sent items back, and why."""

    level: str
    at: Instant
    items: tuple[str, ...]
    reason: str


class Board(Frozen):
    """What an officer chooses among, with the rules to follow and what was chosen before.

    `free` is how many may be chosen, `items` the last proposal with its `reasons` by number, `noticed` what of it stood
    in a public notice, `returned` what was sent back, which `sent_back` tells the reason of; `proposal` is the last
    proposal's number. It is `closed` once the choice was signed. The spread of an application is that of its reviewers'
    totals, from the lowest to the highest.
    """

    rules: RoundRules
    candidates: tuple[Candidate, ...]
    shown: tuple[ShownApplication, ...]
    spreads: dict[str, tuple[str, str]]
    free: int
    proposal: int = 0
    items: tuple[ProposalItem, ...] = ()
    reasons: dict[str, str] = Field(default_factory=dict)
    noticed: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    sent_back: SentBack | None = None
    closed: bool = False


class CaseItem(Frozen):
    """One of the proposed: what it is, why it stands there, and where it stood in the proposal before.

    `was` is 0 for one that did not stand there. `hit` is what the integrity check found, `cleared` how that was ruled.
    """

    row: ShownApplication
    rank: int
    was: int
    reason: str
    deviation: str
    hit: str | None = None
    cleared: bool | None = None
    ruling: str = ""


class CaseAside(Frozen):
    """An application that is not proposed, and why: its standing was passed over, or it stood in the one before."""

    row: ShownApplication
    was: int
    deviation: str


class GivenApproval(Frozen):
    """An approval, with who gave it where that shows."""

    level: str
    person: str
    at: Instant
    reason: str


class ProposalCase(Frozen):
    """The proposal that is decided on, with all its reasons: what approvers agree to.

    `earlier` tells that there was one before it. `news` are the entries since the last level passed, or since the
    proposal was made.
    """

    proposal: int
    stage: str
    items: tuple[CaseItem, ...]
    aside: tuple[CaseAside, ...]
    earlier: bool
    sent_back: SentBack | None
    check: str | None
    levels: tuple[ApprovalLevel, ...]
    given: tuple[GivenApproval, ...]
    news: tuple[ShownEntry, ...]
    acts: tuple[OfferedAct, ...]


@dataclass(frozen=True)
class InCheck:
    """An application in the legality check: since when it waits there, and until when.

    That is the round's deadline for the check, or the day given for mending.
    """

    row: ShownApplication
    since: datetime
    until: datetime | None


class Near(Frozen):
    """What an application in the check comes near to: held directions, and applications with nearly the same form."""

    directions: tuple[Named, ...] = ()
    twins: tuple[str, ...] = ()


class Similar(Frozen):
    """An application that is like another, with what they share."""

    row: ShownApplication
    shared: Overlap
