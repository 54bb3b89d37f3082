"""What papers are made of: names in both languages, the place in the record, and the base of them all."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from papers.kinds import Language, PaperKind
from papers.letterhead import Letterhead
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from selection.kernel.zone import BEIJING, Zone

BLOCK_LIMIT = 60_000
"""Characters of one piece of text. Setting text takes memory by its lines, and people send megabytes of them."""


class Words(Frozen):
    """Something that has a name in both languages."""

    en: Annotated[str, Field(max_length=4_000)] = ""
    zh: Annotated[str, Field(max_length=4_000)] = ""

    @classmethod
    def alike(cls, text: str) -> "Words":
        """Return words that are the same in both languages, such as a number or a code."""
        return cls(en=text, zh=text)

    def get(self, language: Language) -> str:
        """Return the words in one language, or those in the other where there are none."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


class EntryReference(Frozen):
    """The entry of the record that a paper rests on; the hash is empty where it is not for the paper's reader."""

    stream: str
    seq: int
    leaf_hash: str = ""
    at: Instant


class Centre(Frozen):
    """An application as people name it: number, the centre's name, its host unit, where it belongs."""

    number: str
    name: Words
    host: Words
    co_builders: tuple[Words, ...] = ()
    field: Words = Words()
    region: Words = Words()
    priority: Words = Words()


class Block(Frozen):
    """A paragraph of a text as somebody wrote it, line by line, or a remark of the engine in its place."""

    kind: Literal["paragraph", "remark"]
    text: Annotated[str, Field(max_length=BLOCK_LIMIT)]


class Fact(Frozen):
    """One line of a table of facts."""

    label: Words
    value: Words


class Paper(Frozen):
    """What every paper shows. `number` is the paper's own; `cited` the entry that it rests on; `zone` shows instants.

    The date of the paper is that of the entry, so that the same record gives the same paper whenever it is made.
    """

    KIND: ClassVar[PaperKind]

    letterhead: Letterhead = Letterhead()
    round: str
    round_title: Words
    rehearsal: bool = False
    zone: Zone = BEIJING
    number: str = ""
    cited: EntryReference
