"""The login that erases: a session for each erasure, and none for anything else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ledger.database.error_translation import translate_errors
from ledger.database.store import ERASER_ROLE, Connection, open_session
from ledger.errors import EraserAway, LedgerError


class Eraser:
    """Opens sessions of the eraser's login at `url`."""

    def __init__(self, url: str) -> None:
        self._url = url

    @asynccontextmanager
    async def connection(self, stream: str, version: int) -> AsyncIterator[Connection]:
        """Lend a session that is closed afterwards. Raises EraserAway when it cannot be had, whatever the reason."""
        try:
            opened = await open_session(self._url, ERASER_ROLE)
        except LedgerError as error:
            raise EraserAway(
                f"nothing was recorded: the eraser's login is not let in ({error.code})"
            ) from error
        async with opened:
            with translate_errors(stream, version):
                yield opened
