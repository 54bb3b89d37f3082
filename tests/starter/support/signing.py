"""A person's own key on a stack where acts count without one too: what they sign, the record shows."""

import asyncio

from ledger.record import Ledger
from runtime.databases import Databases
from runtime.logins import Login
from runtime.settings import Settings
from selection.kernel.proof import Proof
from tests.starter.support.stack import Up


def with_key(up: Up, person: str) -> str:
    """Make and enrol a person's key, and return its file: on a local installation nobody has to vouch for the first."""
    passphrase, file = up.data / "passphrase", up.data / f"{person}.key"
    passphrase.touch(mode=0o600)
    passphrase.write_text("four words are better")
    up.environment["SELECTION_KEY_PASSPHRASE_FILE"] = str(passphrase)
    up.json("key", "new", str(file), person=person)
    up.json("key", "enrol", str(file), person=person)
    return str(file)


def proofs_of(up: Up, *command_ids: str) -> list[Proof]:
    """Return the proofs that the record holds of these acts."""
    return asyncio.run(_read(Databases.find(Settings(data=up.data)).url(Login.READER), command_ids))


async def _read(url: str, command_ids: tuple[str, ...]) -> list[Proof]:
    ledger = await Ledger.connect(url, size=1)
    try:
        found = [entry for name in command_ids for entry in await ledger.reading.read_caused(name)]
    finally:
        await ledger.close()
    return [leaf.signed.proof for _, leaf in found if leaf.signed is not None]
