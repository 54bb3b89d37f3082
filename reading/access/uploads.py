"""Files that people have begun to send: each is given their own alone, in whatever session."""

from ledger.people.portal_uploads import PIECE, KeptUpload, PortalUploads
from reading.access.sessions import SignedIn

__all__ = ["PIECE", "KeptUpload", "Uploads"]


class Uploads:
    """Uploads of who is signed in."""

    def __init__(self, kept: PortalUploads) -> None:
        self._kept = kept

    async def begin(self, who: SignedIn, place: str, name: str, size: int) -> str | None:
        """Begin an upload in the place of the one before at the same place, and return its id; None for no room."""
        return await self._kept.begin(who.subject.person, place, name, size)

    async def find(self, who: SignedIn, upload: str) -> KeptUpload | None:
        """Return an upload of this person; None of another's as of one that is not there."""
        return await self._kept.find(who.subject.person, upload)

    async def find_at(self, who: SignedIn, place: str) -> KeptUpload | None:
        """Return this person's upload for a place."""
        return await self._kept.find_at(who.subject.person, place)

    async def add(self, who: SignedIn, upload: str, part: int, piece: bytes) -> bool:
        """Keep the next piece; false, and nothing is changed, where it is not the next or of another length."""
        return await self._kept.add(who.subject.person, upload, part, piece)

    async def read(self, who: SignedIn, upload: str, part: int) -> bytes | None:
        """Return a piece, None where there is none."""
        return await self._kept.read(who.subject.person, upload, part)

    async def drop(self, who: SignedIn, upload: str) -> None:
        """Remove an upload; that there is none is no fault."""
        await self._kept.drop(who.subject.person, upload)
