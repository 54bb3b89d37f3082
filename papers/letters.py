"""The papers that go to applicants: the decision with its reasons, and the certificate."""

from typing import ClassVar

from papers.intake import Section
from papers.kinds import PaperKind
from papers.values import Block, Centre, Paper, Words
from selection.kernel.model import Frozen


class Reason(Frozen):
    """A reason of a decision: what it is about, and the text or the grounds."""

    title: Words
    text: tuple[Block, ...] = ()
    grounds: tuple[Words, ...] = ()


class DecisionLetter(Paper):
    """How an application ended and why. `comments` are the panel's, without names, in an order that says nothing.

    `outcome` is the code of selection/kernel/stages.py, which also picks the letter's sentence; `ended` the version of
    the application by which it ended so.
    """

    KIND: ClassVar[PaperKind] = PaperKind.LETTER

    centre: Centre
    outcome: str
    outcome_name: Words
    place: int | None = None
    ended: int = 0
    reasons: tuple[Reason, ...] = ()
    comments: tuple[tuple[Section, ...], ...] = ()


class Certificate(Paper):
    """That a centre is on the list, under construction: its name carries (筹)."""

    KIND: ClassVar[PaperKind] = PaperKind.CERTIFICATE

    centre: Centre
    place: int
    ended: int = 0
