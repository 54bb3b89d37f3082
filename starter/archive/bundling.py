"""Write a round's bundle as somebody who may have it, under the auditor's login."""

from pathlib import Path

from activities.key_files import KeyFileFault, public_file, read_verifier
from ledger.database.store import AUDITOR_ROLE
from ledger.record import Ledger
from reading.access.subject import Subject
from reading.service import ReadService
from runtime.databases import Databases
from runtime.logins import Login
from runtime.settings import Settings
from selection.transparency.note import Verifier
from starter.archive.export import ExportCounts, RoundExport, Tell


async def write_bundle(
    settings: Settings, who: Subject, round_id: str, path: Path, *, redacted: bool, tell: Tell
) -> ExportCounts:
    """Write a round's bundle for a subject, in the auditor's role of the database.

    Raises StackError where this process was not given that login, and what RoundExport raises.
    """
    url = Databases.find(settings).url(Login.AUDITOR)
    ledger = await Ledger.connect(url, role=AUDITOR_ROLE, size=2)
    try:
        record = await ReadService(ledger).exports.open(who, round_id, redacted=redacted)
        return await RoundExport(record, key=_public_key(settings), tell=tell).write(path)
    finally:
        await ledger.close()


def _public_key(settings: Settings) -> Verifier | None:
    try:
        return read_verifier(public_file(settings.signing_key_file))
    except KeyFileFault:
        return None
