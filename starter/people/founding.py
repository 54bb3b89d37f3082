"""The first entry of a record: what the installation is called, and whether it takes acts without a signature."""

import secrets
import sys

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from runtime.databases import Databases
from runtime.errors import StackError
from runtime.logins import Login
from selection.decision.machine import Report
from selection.register.key_commands import FoundInstallation
from selection.register.state import INSTALLATION
from selection.signing.one_time_code import LENGTH, check_of, code_of, token_of
from starter.cli.output import Output

FOUNDING = "founding"
LOCAL = "For this machine alone: acts by --as count without a key. Stays so for good."
STAYS = (
    "This installation was not started as local, so acts need a signature, and that cannot be changed. Leave --local "
    "out, or start a local one in a new folder with --data."
)


async def found_once(databases: Databases, *, local: bool) -> str:
    """Found the installation unless its log has begun.

    Returns the one-time code by which the first administrator enrols a key: it is stored nowhere, and is empty where
    none is asked for. Raises StackError `not-local` where `local` is asked of an installation that is not.
    """
    ledger = await Ledger.connect(databases.url(Login.WORKER), role=RECORDER_ROLE, size=1)
    try:
        if await ledger.reading.head(INSTALLATION):
            founded = await ledger.keys.founded()
            if local and not founded.local:
                raise StackError("not-local", STAYS)
            return ""
        name = secrets.token_hex(8)
        code = "" if local else code_of(secrets.token_bytes(LENGTH))
        known = check_of(token_of(code, name)) if code else ""
        command = FoundInstallation(installation=name, local=local, code=known)
        decided = await ledger.deciding.decide(INSTALLATION, Report(command, FOUNDING))
        # Another process may have founded it in between; then its code is the one that counts.
        return code if decided.receipts else ""
    finally:
        await ledger.close()


def tell_code_once(out: Output, code: str) -> None:
    """Print the code at once: it is stored nowhere, and is not printed again."""
    out.fields("founding", {"code": code})
    out.say(
        "This code enrols the first administrator's key, once: `selection --as PERSON key enrol FILE --code CODE`. "
        "It is not shown again.",
        "首位管理员凭此登记码登记密钥，仅限一次：`selection --as 人员 key enrol 文件 --code 登记码`。登记码不再显示。",
    )
    sys.stdout.flush()
