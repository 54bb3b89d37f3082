"""Who may sign with what, and what the installation is called."""

from collections.abc import Sequence

from ledger.database.store import Store
from selection.signing.key import Founded, Key

NOT_FOUNDED = Founded(installation="unfounded", local=True)
"""What an installation is taken for that was never founded: its log says nothing of it yet."""


class Keys:
    """Queries on the keys of the installation's log."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def founded(self) -> Founded:
        """Return what the installation is."""
        return NOT_FOUNDED

    async def of(self, people: Sequence[str]) -> dict[str, tuple[Key, ...]]:
        """Return the keys of each person that were enrolled and not revoked."""
        return dict.fromkeys(people, ())
