"""Stored files and texts, for who may open them."""

from ledger.people.contents import ContentCard
from reading.confidential import is_content_confidential
from reading.errors import Hidden
from reading.kinds import ReadKind
from reading.part import Part
from reading.subject import Subject
from selection.kernel.model import Frozen
from selection.visibility.reading import may_read_content


class StoredContent(Frozen):
    """A content with its bytes. Who stored it is no part of it, nor when."""

    id: str
    kind: str
    media_type: str
    size: int
    body: bytes


class ContentReads(Part):
    """What can be read of stored contents: one's own, and those that an entry shows. All methods raise Hidden."""

    async def get(self, subject: Subject, content: str, *, of: str | None = None) -> StoredContent:
        """Return a content that is the subject's own, or that an entry of the stream `of` shows to them.

        Raises what the record raises for one that was erased.
        """
        card = await self._find(content)
        confidential = card.stored_by != subject.person and await self._check(subject, content, of)
        card, body = await self._source.ledger.contents.get(content)
        if confidential and of is not None:
            await self._source.note(subject, ReadKind.CONTENT, of, content)
        named = card.model_dump(include={"id", "kind", "media_type", "size"})
        return StoredContent(**named, body=body)

    async def get_own_card(self, subject: Subject, content: str) -> ContentCard:
        """Return what is known of a content that the subject stored."""
        card = await self._find(content)
        if card.stored_by != subject.person:
            raise Hidden
        return card

    async def _check(self, subject: Subject, content: str, of: str | None) -> bool:
        """Tell whether what an entry of the stream shows is confidential. Raises Hidden unless one shows it."""
        if of is None:
            raise Hidden
        look = await self._source.look(subject, of)
        leaves = [entry.leaf for entry in await self._source.ledger.reading.stream_entries(of)]
        if not may_read_content(content, look.viewer, look.state, leaves):
            raise Hidden
        return is_content_confidential(content, look.viewer, look.state, leaves)

    async def _find(self, content: str) -> ContentCard:
        found = (await self._source.ledger.contents.cards([content])).get(content)
        if found is None:
            raise Hidden
        return found
