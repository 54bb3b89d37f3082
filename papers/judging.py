"""The papers of experts, survey teams and examiners: reviews, opinions, survey, appraisal, objections."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from papers.intake import Section
from papers.kinds import PaperKind
from papers.values import Block, Centre, Paper, Words
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen


class Mark(Frozen):
    """A score for one of the contents, and the most that it may be."""

    criterion: Words
    score: Decimal
    scale: Decimal


class Opinion(Frozen):
    """One review without its reviewer: its scores, and the answers to the review form."""

    marks: tuple[Mark, ...] = ()
    total: Decimal | None = None
    sections: tuple[Section, ...] = ()


class ReviewSheet(Paper):
    """One reviewer's own sheet as corrected last. `reviewer` is the person's id; `void` if it no longer counts."""

    KIND: ClassVar[PaperKind] = PaperKind.REVIEW

    centre: Centre
    reviewer: str
    seat: int
    void: bool = False
    corrections: int = 0
    opinion: Opinion


class CollectedOpinions(Paper):
    """All valid reviews of a panel without names, seats or times, in an order that says nothing of them."""

    KIND: ClassVar[PaperKind] = PaperKind.OPINIONS

    centre: Centre
    score: Decimal | None = None
    valid: int = 0
    opinions: tuple[Opinion, ...]


class Finding(Frozen):
    """What a survey found about one of the contents."""

    criterion: Words
    text: tuple[Block, ...]


class SurveyPaper(Paper):
    """The report of a site survey; `team` holds ids, the lead first."""

    KIND: ClassVar[PaperKind] = PaperKind.SURVEY

    centre: Centre
    day: date
    team: tuple[str, ...]
    findings: tuple[Finding, ...]
    verdict: Words
    photos: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()


class DissentingOpinion(Frozen):
    """A member's dissent, in writing."""

    member: str
    text: tuple[Block, ...]


class AppraisalPaper(Paper):
    """The record of the panel's meeting; present and aside are ids of experts."""

    KIND: ClassVar[PaperKind] = PaperKind.APPRAISAL

    centre: Centre
    present: tuple[str, ...]
    aside: tuple[str, ...] = ()
    score: Decimal
    votes_for: int
    votes_against: int
    abstained: int
    text: tuple[Block, ...]
    dissents: tuple[DissentingOpinion, ...] = ()
    sections: tuple[Section, ...] = ()


class ObjectionPaper(Paper):
    """An objection with what it answers to its form, and how it was settled, as far as its reader may see.

    `objection` is its id, `objector` and `examiners` ids of people; `outcome` and `reasons` are empty until then.
    """

    KIND: ClassVar[PaperKind] = PaperKind.OBJECTION

    centre: Centre
    objection: str
    objector: str
    raised: Instant
    text: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    evidence: tuple[str, ...] = ()
    examiners: tuple[str, ...] = ()
    settled: Instant | None = None
    outcome: Words = Words()
    reasons: tuple[Block, ...] = ()
