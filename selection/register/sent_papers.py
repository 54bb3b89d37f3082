"""What an officer says has left: papers by the SHA-256 of their bytes, listed in one text that the entry refers to.

The entry holds the salted hash of that text alone, so that nobody without the text can try out on the record what a
letter may have said. Whoever has it, and a paper, knows whether these bytes are those that left.
"""

from typing import Annotated

from pydantic import Field

from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Frozen


class SentPaper(Frozen):
    """One file: its kind, the number of its application where it is about one, its languages, and its hash (hex).

    Of a letter or certificate `ended` is the version of the application by which it had ended as the paper says, and
    `overtaken` that this end was undone before the paper was recorded: it left too late to be kept back.
    """

    kind: Annotated[str, Field(max_length=40)]
    application: Annotated[str, Field(max_length=60)] = ""
    language: Annotated[str, Field(max_length=10)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    ended: Annotated[int, Field(ge=0, exclude_if=lambda version: not version)] = 0
    overtaken: Annotated[bool, Field(exclude_if=lambda overtaken: not overtaken)] = False


class SentPapers(Frozen):
    """All that left at once."""

    papers: Annotated[tuple[SentPaper, ...], Field(min_length=1)]

    def text(self) -> str:
        """Return the list as the text that is stored: the same papers give the same one."""
        ordered = sorted(self.papers, key=lambda item: (item.kind, item.application, item.sha256))
        return canonical_bytes(SentPapers(papers=tuple(ordered))).decode()
