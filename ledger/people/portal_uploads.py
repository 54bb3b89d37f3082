"""Files that people began to send to the portal, beside the record, in pieces until all of one is there."""

from ledger.database.queries import load_queries
from ledger.database.store import Store
from selection.kernel.model import Frozen

QUERIES = load_queries("portal_uploads")
PIECE = 256 * 1024
"""Bytes of each piece but the last, as the database has it."""


class KeptUpload(Frozen):
    """How far an upload is: `received` of `size` bytes; `seen` is the SHA-256 over those of its pieces."""

    id: str
    place: str
    name: str
    size: int
    received: int
    seen: bytes

    @property
    def whole(self) -> bool:
        """Whether all of the file is there."""
        return self.received == self.size


class PortalUploads:
    """Five of each person at most, for three days, one for each place, for who has the portal's login."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def begin(self, person: str, place: str, name: str, size: int) -> str | None:
        """Begin an upload in the place of the one before at the same place, and return its id.

        None, and it is not begun, while those of everybody together are too large.
        """
        params = {"person": person, "place": place, "name": name, "size": size}
        row = await self._store.row(QUERIES["begin"], params)
        assert row is not None
        made: str | None = row["id"]
        return made

    async def find(self, person: str, upload: str) -> KeptUpload | None:
        """Return an upload of this person; None of another's as of one that is not there."""
        row = await self._store.row(QUERIES["find"], {"person": person, "id": upload})
        return None if row is None else KeptUpload(**row)

    async def find_at(self, person: str, place: str) -> KeptUpload | None:
        """Return this person's upload for a place."""
        row = await self._store.row(QUERIES["find_at"], {"person": person, "place": place})
        return None if row is None else KeptUpload(**row)

    async def add(self, person: str, upload: str, part: int, piece: bytes) -> bool:
        """Keep the next piece; false, and nothing is changed, where it is not the next or of another length."""
        params = {"person": person, "id": upload, "part": part, "piece": piece}
        row = await self._store.row(QUERIES["add"], params)
        return bool(row and row["added"])

    async def read(self, person: str, upload: str, part: int) -> bytes | None:
        """Return a piece, None where there is none."""
        row = await self._store.row(QUERIES["read"], {"person": person, "id": upload, "part": part})
        return bytes(row["piece"]) if row and row["piece"] is not None else None

    async def drop(self, person: str, upload: str) -> None:
        """Remove an upload; that there is none is no fault."""
        await self._store.rows(QUERIES["drop"], {"person": person, "id": upload})
