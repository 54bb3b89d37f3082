"""What an officer says has left: papers by the SHA-256 of their bytes, listed in one text that the entry refers to.

The entry holds the salted hash of that text alone, so that nobody without the text can try out on the record what a
letter may have said. Whoever has it, and a paper, knows whether these bytes are those that left.
"""

from typing import Annotated

from pydantic import Field

from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Frozen


class SentPaper(Frozen):
    """One file: its kind, the number of its application where it is about one, its languages, and its hash (hex)."""

    kind: Annotated[str, Field(max_length=40)]
    application: Annotated[str, Field(max_length=60)] = ""
    language: Annotated[str, Field(max_length=10)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class SentPapers(Frozen):
    """All that left at once."""

    papers: Annotated[tuple[SentPaper, ...], Field(min_length=1)]

    def text(self) -> str:
        """Return the list as the text that is stored: the same papers give the same one."""
        ordered = sorted(self.papers, key=lambda item: (item.kind, item.application, item.sha256))
        return canonical_bytes(SentPapers(papers=tuple(ordered))).decode()
