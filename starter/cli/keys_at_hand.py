"""Which keys a command line has at hand, and so who acts where nobody was named; and what one leaves for a second."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ledger.record import Ledger
from runtime.settings import Settings
from selection.decision.envelope import Envelope
from starter.cli.failures import CommandFailed
from starter.cli.options import Options
from starter.keys.at_hand import KeysAtHand
from starter.keys.key_file import KeyFile
from starter.keys.session_file import SessionFile, find_session, forget_session
from starter.keys.waiting_act import WaitingAct


async def find_keys(options: Options, settings: Settings, ledger: Ledger) -> KeysAtHand | None:
    """Return the keys at hand of who is named with --as, else of the person whose they are; None without any.

    Raises CommandFailed `key-of-another` where somebody else is named than the key's person.
    """
    path = options.key or settings.key
    file = KeyFile.read(path) if path else None
    if file is not None and options.person not in ("", file.person):
        raise CommandFailed("key-of-another", person=file.person)
    person = options.person or (file.person if file else "")
    session = await _find_session(settings, ledger)
    if session is not None and person not in ("", session.person):
        session = None
    if file is not None and session is not None and not await _counts(session, ledger):
        # With their own key at hand nobody is kept out by a session that ended elsewhere.
        forget_session(settings.state_folder, session.installation)
        session = None
    if file is None and session is None:
        return None
    owner = person or (session.person if session else "")
    of_site = file is not None and file.key.scheme == "webauthn"
    portals = (await ledger.keys.read_founding()).portals if of_site else ()
    return KeysAtHand(owner, options.lang, file, session, settings.key_passphrase_file, portals)


async def _counts(session: SessionFile, ledger: Ledger) -> bool:
    key, _ = await ledger.keys.look(session.person, session.key.key.key)
    return key is not None


async def _find_session(settings: Settings, ledger: Ledger) -> SessionFile | None:
    # Without any session the record is not asked whose installation this is.
    if not any(settings.state_folder.glob("session-*.json")):
        return None
    founded = await ledger.keys.get_founding()
    return find_session(settings.state_folder, founded.installation, datetime.now(UTC))


def write_waiting(signed: Envelope, path: Path) -> dict[str, Any]:
    """Write one act for the second person, and return what is said of it. Raises CommandFailed `key-needed`."""
    if signed.proof is None:
        raise CommandFailed("key-needed")
    WaitingAct(act=signed).write(path)
    return show_waiting(signed, path)


def show_waiting(signed: Envelope, path: Path) -> dict[str, Any]:
    """Return what is said of an act that waits in a file. Raises CommandFailed `key-needed` where nobody signed it."""
    if signed.proof is None:
        raise CommandFailed("key-needed")
    return {"file": path, "command_id": signed.command_id, "until": signed.proof.expires}


def find_waiting(path: Path, asked: Envelope) -> dict[str, Any] | None:
    """Return what is said of this very act where it waits in the file; None without a file. Raises KeyFault."""
    found = WaitingAct.find(path, asked, datetime.now(UTC))
    return show_waiting(found.act, path) if found is not None else None
