"""The papers of an application: what was received, and the application as a dossier."""

from typing import Annotated, ClassVar

from pydantic import Field

from papers.kinds import PaperKind
from papers.values import Block, Centre, Fact, Paper, Words
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen


class HandedIn(Frozen):
    """A text or file that belongs to an application, by the salted hash that stands in the record."""

    name: Words
    sha256: str


class SubmissionReceipt(Paper):
    """What an applicant gets for a version that they handed in."""

    KIND: ClassVar[PaperKind] = PaperKind.RECEIPT

    centre: Centre
    version: int
    received: Instant
    command_id: str
    contents: tuple[HandedIn, ...] = ()


class LongAnswer(Frozen):
    """What was answered at length, under what was asked; in each language, as the names of choices and columns have.

    `rows` are those of a table for who draws one, each with an answer for every column; a paper prints the texts.
    """

    label: Words
    en: tuple[Block, ...]
    zh: tuple[Block, ...]
    rows: Annotated[tuple[tuple["LongAnswer", ...], ...], Field(exclude=True)] = ()


class Section(Frozen):
    """A part of a form: what was answered briefly, at length, and a text of its own, as it was handed in."""

    title: Words
    facts: tuple[Fact, ...] = ()
    answers: tuple[LongAnswer, ...] = ()
    blocks: tuple[Block, ...] = ()


class Dossier(Paper):
    """An application as whoever decides on it reads it, and as its applicant prints it.

    `recommender` and `opinion` are of the unit that recommends this version, for whom they show.
    """

    KIND: ClassVar[PaperKind] = PaperKind.APPLICATION

    centre: Centre
    version: int
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    recommender: Words = Words()
    opinion: tuple[Section, ...] = ()
    contents: tuple[HandedIn, ...] = ()
