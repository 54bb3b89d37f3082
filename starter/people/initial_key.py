"""The key that `selection up` makes for an embedded stack which has none."""

import secrets
from pathlib import Path

from activities.key_files import public_file, write_key
from ledger.database.store import Store
from ledger.log.checkpoints import Checkpoints
from runtime.databases import Databases
from runtime.logins import Login
from runtime.settings import Settings
from selection.transparency.private_key import PrivateKey, usual_name


async def make_first_key(settings: Settings, databases: Databases) -> None:
    """Make a key in the data folder unless one is there, or was: a record that was signed needs that key again.

    Where servers or the key file are somebody's own choice, `selection keys new` is theirs as well.
    """
    path = settings.signing_key_file
    chosen = bool(settings.databases) or settings.signing_key is not None
    if chosen or path.exists() or public_file(path).exists():
        return
    store = await Store.open(databases.url(Login.READER), size=1)
    try:
        signed = await Checkpoints(store).list_stored(limit=1)
    finally:
        await store.close()
    if not signed:
        seed = secrets.token_bytes(32)
        write_key(path, PrivateKey(name=usual_name(seed), seed=seed))


def public_key_file(settings: Settings) -> Path | None:
    """Return where the public key stands, if a key is here."""
    path = public_file(settings.signing_key_file)
    return path if path.exists() else None
