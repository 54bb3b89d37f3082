"""The papers of a round: proposal, public notice, approval, issued list."""

from decimal import Decimal
from typing import ClassVar

from papers.intake import Section
from papers.kinds import PaperKind
from papers.values import Block, Centre, Paper, Words
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen


class ProposedCentre(Frozen):
    """One centre of a proposal."""

    rank: int
    centre: Centre
    score: Decimal | None = None
    agreed: Decimal | None = None
    reason: tuple[Block, ...] = ()


class Deviation(Frozen):
    """Where the proposal leaves the ranking or a limit, and why; `chosen` if it names the application."""

    centre: Centre
    chosen: bool
    reason: tuple[Block, ...]


class Share(Frozen):
    """How many of the proposal belong to one field, region or priority; `limit` is the most that may, if any."""

    name: Words
    count: int
    limit: int | None = None


class Coverage(Frozen):
    """What a proposal covers, kind by kind."""

    fields: tuple[Share, ...] = ()
    regions: tuple[Share, ...] = ()
    priorities: tuple[Share, ...] = ()


class ProposalPaper(Paper):
    """The officer's proposal with its reasons and what it covers."""

    KIND: ClassVar[PaperKind] = PaperKind.PROPOSAL

    version: int
    places: int
    items: tuple[ProposedCentre, ...]
    deviations: tuple[Deviation, ...] = ()
    coverage: Coverage = Coverage()


class PlacedCentre(Frozen):
    """A centre at its place in a published list, with the answers of its application that the list publishes."""

    place: int
    centre: Centre
    public: tuple[Section, ...] = ()


class NoticePaper(Paper):
    """The public notice: what is proposed, until when and how objections are raised."""

    KIND: ClassVar[PaperKind] = PaperKind.NOTICE

    items: tuple[PlacedCentre, ...]
    until: Instant


class Approval(Frozen):
    """One approver's agreement: person, when, and why, if that was said."""

    person: str
    at: Instant
    reason: tuple[Block, ...] = ()


class Level(Frozen):
    """A level of the approval chain."""

    name: Words
    needed: int
    passed: bool
    given: tuple[Approval, ...] = ()


class Hit(Frozen):
    """A hit of the integrity check; `cleared` is None while nobody has ruled on it."""

    centre: Centre
    cleared: bool | None = None


class ApprovalSheet(Paper):
    """What was approved by whom, with the integrity check before it."""

    KIND: ClassVar[PaperKind] = PaperKind.APPROVAL

    version: int
    items: tuple[PlacedCentre, ...]
    checked: bool
    check_text: tuple[Block, ...] = ()
    hits: tuple[Hit, ...] = ()
    levels: tuple[Level, ...]


class IssuedListPaper(Paper):
    """The list as it was issued, each centre under construction."""

    KIND: ClassVar[PaperKind] = PaperKind.LIST

    items: tuple[PlacedCentre, ...]
