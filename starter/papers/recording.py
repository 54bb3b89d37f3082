"""The hashes of papers that leave, on their way into the record."""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from papers.kinds import Languages, PaperKind
from papers.values import Paper
from selection.kernel.actor import Actor, Role
from selection.register.commands import RecordPapers
from selection.register.sent_papers import SentPaper, SentPapers
from starter.client.client import SelectionClient

LEAVING = frozenset({PaperKind.NOTICE, PaperKind.LIST, PaperKind.LETTER, PaperKind.CERTIFICATE})
"""The kinds of papers that are sent or published."""


class PrintedPaper(NamedTuple):
    """A paper as it was printed: its languages and the hash of its bytes."""

    paper: Paper
    language: Languages
    sha256: str

    @classmethod
    def of(cls, paper: Paper, language: Languages, body: bytes) -> "PrintedPaper":
        """Return what was printed into these bytes."""
        return cls(paper, language, sha256(body).hexdigest())

    def as_listed(self) -> SentPaper:
        """Return it as the record lists what leaves."""
        centre = getattr(self.paper, "centre", None)
        return SentPaper(
            kind=self.paper.KIND.value,
            application=centre.number if centre else "",
            language=self.language,
            sha256=self.sha256,
            ended=getattr(self.paper, "ended", 0),
        )


async def store_sent(
    client: SelectionClient, round_id: str, printed: Sequence[PrintedPaper], *, officer: str
) -> tuple[RecordPapers, Actor]:
    """Store the list of what leaves, and return the act that puts it into the record, with who does it."""
    listed = SentPapers(papers=tuple(item.as_listed() for item in printed))
    papers = await client.store_text(listed.text(), person=officer, log=round_id)
    return RecordPapers(round=round_id, papers=papers), Actor(person=officer, role=Role.OFFICER)
