"""Files and texts: stored once under a client's id, read by reference, erasable."""

from collections.abc import AsyncIterable, Collection, Sequence
from datetime import timedelta
from typing import Any, Literal
from uuid import uuid4

from psycopg.rows import DictRow

from ledger.database.queries import load_queries
from ledger.database.store import SESSION, Connection, Store, milliseconds
from ledger.errors import CommandReused, ContentErased, ContentTooLarge, UnknownContent
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen, Ref

CONTENT_LIMIT = 20 * 1024 * 1024
TRANSFER_LIMIT = timedelta(seconds=60)
Kind = Literal["file", "text"]
QUERIES = load_queries("contents")


class ContentCard(Frozen):
    """What is known of a content without its bytes; `stored_at` is the database's clock."""

    id: str
    kind: Kind
    media_type: str
    size: int
    sha256: str
    stored_at: Instant
    stored_by: str
    erased_at: Instant | None

    @property
    def ref(self) -> Ref:
        """The reference that commands and leaves carry."""
        return Ref(id=self.id, sha256=self.sha256)


class KnownText(Frozen):
    """A text, or the beginning of one, with who stored it; `body` is None of a file, and of what was erased."""

    stored_by: str
    erased: bool
    body: bytes | None

    @property
    def text(self) -> str:
        """What it says; of a file nothing."""
        return (self.body or b"").decode("utf-8", "replace")


class OwnText(Frozen):
    """A text with its salt, as whoever stored it may read both."""

    sha256: str
    salt: bytes
    body: bytes


class Contents:
    """The content table. Who may read what is decided before, by the visibility table of the core."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def put(
        self, content_id: str, body: bytes, *, kind: Kind, media_type: str, stored_by: str
    ) -> ContentCard:
        """Store bytes under an id of the client's choice and return their card.

        The salt and the time of the first attempt stay: repeated with the same bytes it changes nothing.
        Raises ContentTooLarge above CONTENT_LIMIT bytes, CommandReused when the id holds other bytes, TooMuchStored for
        who stored more than a quota that nothing cites.
        """
        if len(body) > CONTENT_LIMIT:
            raise ContentTooLarge(f"{len(body)} bytes; {CONTENT_LIMIT} at most")
        values = {
            "id": content_id,
            "kind": kind,
            "media_type": media_type,
            "body": body,
            "stored_by": stored_by,
        }
        async with self._store.transaction() as connection:
            await _allow_time(connection)
            return await _put(connection, "put_content", values)

    async def put_pieces(
        self, content_id: str, pieces: AsyncIterable[bytes], *, kind: Kind, media_type: str, stored_by: str
    ) -> ContentCard:
        """Store what comes in pieces of at most 1 MiB as `put` does, holding one of them at a time.

        Nothing is stored unless all of it is. Raises what `put` raises.
        """
        upload, size = uuid4(), 0
        values = {
            "id": content_id,
            "kind": kind,
            "media_type": media_type,
            "upload": upload,
            "stored_by": stored_by,
        }
        async with self._store.transaction() as connection:
            await _allow_time(connection)
            part = 0
            async for piece in pieces:
                size += len(piece)
                if size > CONTENT_LIMIT:
                    raise ContentTooLarge(f"more than {CONTENT_LIMIT} bytes")
                params = {"upload": upload, "part": part, "piece": piece}
                # Statements travel together, so that without its answer all pieces would wait here to be sent.
                await (await connection.execute(QUERIES["put_piece"], params)).fetchone()
                part += 1
            return await _put(connection, "put_content_of_pieces", values)

    async def get(self, content_id: str) -> tuple[ContentCard, bytes]:
        """Return a content. Raises UnknownContent, or ContentErased."""
        row = await self._store.row(QUERIES["read_content"], {"id": content_id})
        if row is None:
            raise UnknownContent(f"no content {content_id[:100]!r}")
        if row["erased_at"] is not None:
            raise ContentErased(f"content {content_id[:100]!r} was erased")
        return _card(row), bytes(row["body"])

    async def bodies(self, ids: Sequence[str]) -> dict[str, bytes]:
        """Return the bytes of these contents; unknown and erased ones are left out. They are held in memory at once."""
        rows = await self._store.rows(QUERIES["read_bodies"], {"ids": sorted(set(ids))})
        return {row["id"]: bytes(row["body"]) for row in rows}

    async def texts(self, ids: Collection[str], limit: int = CONTENT_LIMIT) -> dict[str, KnownText]:
        """Return the first `limit` bytes of each of these texts, in one statement; unknown ids are left out."""
        if not ids:
            return {}
        rows = await self._store.rows(QUERIES["read_texts"], {"ids": sorted(set(ids)), "limit": limit})
        return {row["id"]: KnownText(**{name: row[name] for name in KnownText.model_fields}) for row in rows}

    async def digests(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the SHA-256 of the bytes of these contents, without any salt; unknown and erased ones are left out."""
        rows = await self._store.rows(QUERIES["digest_bodies"], {"ids": list(ids)}) if ids else []
        return {row["id"]: row["digest"] for row in rows}

    async def get_salted(self, content_id: str) -> tuple[ContentCard, bytes, bytes] | None:
        """Return a content's card, salt and bytes, for a proof; None when it is unknown or was erased.

        Raises RecordProtected unless the login is the auditor's.
        """
        row = await self._store.row(QUERIES["read_salted"], {"id": content_id})
        if row is None or row["erased_at"] is not None:
            return None
        return _card(row), bytes(row["salt"]), bytes(row["body"])

    async def cards(self, ids: Sequence[str]) -> dict[str, ContentCard]:
        """Return the cards of these contents; unknown ids are left out."""
        rows = await self._store.rows(QUERIES["describe_contents"], {"ids": sorted(set(ids))})
        return {row["id"]: _card(row) for row in rows}

    async def list_stored_by(self, person: str) -> frozenset[str]:
        """Return the ids of the contents that a person stored and that are not erased."""
        rows = await self._store.rows(QUERIES["read_stored_by"], {"person": person})
        return frozenset(row["id"] for row in rows)

    async def key_of(self, person: str) -> bytes:
        """Return the secret that the ids of a person's contents are made with; the first call makes it."""
        found = await self._store.row(QUERIES["read_key"], {"person": person})
        assert found is not None
        return bytes(found["key"])

    async def own_salt(self, content_id: str, person: str) -> bytes | None:
        """Return the salt of a content that the person stored; None of another's, of an erased or unknown one."""
        found = await self._store.row(QUERIES["read_own_salt"], {"id": content_id, "person": person})
        return bytes(found["salt"]) if found and found["salt"] is not None else None

    async def read_own_texts(self, ids: Sequence[str], person: str) -> tuple[OwnText, ...]:
        """Return those of the contents that are texts which the person stored and that are not erased."""
        rows = await self._store.rows(QUERIES["read_own_texts"], {"ids": list(ids), "person": person})
        return tuple(OwnText(**row) for row in rows)


async def _allow_time(connection: Connection) -> None:
    limit = {"statement_timeout": milliseconds(TRANSFER_LIMIT)}
    await connection.execute(SESSION["allow_long_statement"], limit)


async def _put(connection: Connection, query: str, values: dict[str, Any]) -> ContentCard:
    content_id = values["id"]
    stored = await (await connection.execute(QUERIES[query], values)).fetchone()
    found = await (await connection.execute(QUERIES["describe_contents"], {"ids": [content_id]})).fetchone()
    assert stored is not None
    assert found is not None
    if not stored["same"]:
        raise CommandReused(f"content {content_id[:100]!r} holds other bytes")
    return _card(found)


def _card(row: DictRow) -> ContentCard:
    return ContentCard(**{name: row[name] for name in ContentCard.model_fields})
