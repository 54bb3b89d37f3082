"""What anyone may read, whoever they are: what was signed of each log, and which ids are nobody's any more."""

from ledger.log.checkpoints import Stamp, StoredCheckpoint as StoredCheckpoint
from reading.access.source import Source
from reading.errors import Hidden
from selection.kernel.actor import Role


class PublicReads:
    """What is read without a subject."""

    def __init__(self, source: Source) -> None:
        self._source = source

    async def list_checkpoints(self, log: str | None = None, *, limit: int) -> tuple[StoredCheckpoint, ...]:
        """Return the checkpoints of a log, or of all, by size."""
        return tuple(await self._source.ledger.checkpoints.list_stored(log, limit=limit))

    async def get_checkpoint(self, log: str, size: int | None = None) -> StoredCheckpoint:
        """Return the checkpoint of a log at a size, or its latest. Raises Hidden."""
        checkpoints = self._source.ledger.checkpoints
        if size is None:
            found = await checkpoints.find_latest(log)
        else:
            found = next(iter(await checkpoints.list_stored(log, from_size=size, to_size=size)), None)
        if found is None:
            raise Hidden
        return found

    async def list_stamps(self, log: str, size: int) -> tuple[Stamp, ...]:
        """Return the time stamps of a checkpoint."""
        return tuple(await self._source.ledger.checkpoints.read_stamps(log, size))

    async def list_erased(self) -> frozenset[str]:
        """Return the ids of those who were erased, for a mark beside an id that shows."""
        return await self._source.ledger.people.list_erased()

    async def is_unclaimed(self) -> bool:
        """Tell whether nobody was ever registered as an administrator, so that anyone may be the first."""
        return not await self._source.ledger.people.find(Role.ADMIN)
