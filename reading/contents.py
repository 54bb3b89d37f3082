"""Stored files and texts, for who may open them."""

from collections.abc import Collection, Iterable

from ledger.errors import UnknownContent
from ledger.people.contents import CONTENT_LIMIT, ContentCard, OwnText
from reading.access.confidential import PUBLIC, is_content_confidential, is_own
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.subject import Subject
from reading.errors import Hidden
from selection.kernel.model import Frozen
from selection.visibility.reading import list_readable, may_read_content


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

    async def list_texts(
        self, subject: Subject, contents: Iterable[str], *, of: str, limit: int = CONTENT_LIMIT
    ) -> dict[str, str]:
        """Return texts that entries of the stream `of` show to the subject, by id, in one look and one statement.

        Of each only the first `limit` bytes are read. One that was erased is left out; of a file there is no text.
        Raises Hidden if one of them does not show.
        """
        asked = tuple(dict.fromkeys(contents))
        look = await self._source.look(subject, of)
        leaves = [entry.leaf for entry in await self._source.entries(of)]
        readable = list_readable(leaves, look.viewer, look.state)
        open_to_all = (
            readable if is_own(look.state, look.viewer) else list_readable(leaves, PUBLIC, look.state)
        )
        if not readable.issuperset(asked):
            raise Hidden
        stored = await self._source.ledger.contents.texts(asked, limit)
        found: dict[str, str] = {}
        for content in asked:
            if content not in stored:
                raise UnknownContent(f"no content {content[:100]!r}")
            if stored[content].erased:
                continue
            if stored[content].stored_by != subject.person and content not in open_to_all:
                await self._source.note(subject, ReadKind.CONTENT, of, content)
            found[content] = stored[content].text
        return found

    async def list_own_texts(self, subject: Subject, contents: Collection[str]) -> tuple[OwnText, ...]:
        """Return those of the contents that are texts which the subject stored, each with its salt."""
        return await self._source.ledger.contents.read_own_texts(sorted(contents), subject.person)

    async def get_own_card(self, subject: Subject, content: str) -> ContentCard:
        """Return what is known of a content that the subject stored."""
        card = await self._find(content)
        if card.stored_by != subject.person:
            raise Hidden
        return card

    async def list_own_cards(self, subject: Subject, contents: Collection[str]) -> dict[str, ContentCard]:
        """Return what is known of those of the contents that the subject stored, by id, in one statement."""
        cards = await self._source.ledger.contents.cards(sorted(contents)) if contents else {}
        return {name: card for name, card in cards.items() if card.stored_by == subject.person}

    async def _check(self, subject: Subject, content: str, of: str | None) -> bool:
        """Tell whether what an entry of the stream shows is confidential. Raises Hidden unless one shows it."""
        if of is None:
            raise Hidden
        look = await self._source.look(subject, of)
        leaves = [entry.leaf for entry in await self._source.entries(of)]
        if not may_read_content(content, look.viewer, look.state, leaves):
            raise Hidden
        return is_content_confidential(content, look.viewer, look.state, leaves)

    async def _find(self, content: str) -> ContentCard:
        found = (await self._source.ledger.contents.cards([content])).get(content)
        if found is None:
            raise Hidden
        return found
