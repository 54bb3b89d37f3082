"""The first entry of a record: what the installation is called, and whether it takes acts without a signature."""

import re
import secrets
import sys

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from runtime.databases import Databases
from runtime.errors import StackError
from runtime.logins import Login
from selection.decision.command import Command
from selection.decision.machine import Report
from selection.register.key_commands import FoundInstallation, RenewCode
from selection.register.key_decide import CODE_LASTS
from selection.register.state import INSTALLATION
from selection.signing.key import ADDRESS_DAYS, Founded
from selection.signing.one_time_code import LENGTH, code_of, fingerprint_code
from starter.cli.output import Output

FOUNDING = "founding"
LOCAL = "For this machine alone: acts by --as count without a key. This cannot be changed later."
STAYS = (
    "This installation was not started as local, so acts need a signature, and that cannot be changed. Leave --local "
    "out, or start a local one in a new folder with --data."
)


async def found_installation(
    databases: Databases, portal: str, *, local: bool, address_days: int | None = None
) -> str:
    """Found the installation unless its log has begun, with where people are to reach it, where acts must be signed.

    While nobody has a key it makes another code where the first one ran out, or where people reach it elsewhere now.

    Returns the one-time code by which the first administrator enrols a key: it is stored nowhere, and is empty where
    there is no new one. A changed mail address waits `address_days` there, for good.

    Raises StackError `not-local` where `local` is asked of an installation that is not.
    """
    ledger = await Ledger.connect(databases.url(Login.WORKER), role=RECORDER_ROLE, size=1)
    try:
        if await ledger.reading.head(INSTALLATION):
            founded = await ledger.keys.get_founding()
            if local and not founded.local:
                raise StackError("not-local", STAYS)
            return await _renew_code(ledger, founded, portal)
        name = secrets.token_hex(8)
        code, known = ("", "") if local else _make_code(name)
        days = ADDRESS_DAYS if address_days is None else address_days
        portals = () if local else (portal,)
        command = FoundInstallation(
            installation=name, local=local, code=known, address_days=days, portals=portals
        )
        return code if await _record(ledger, command, FOUNDING) else ""
    finally:
        await ledger.close()


async def read_portals(databases: Databases) -> tuple[str, ...]:
    """Return where the record says that people reach the portal; nothing where any page of a passkey's site counts."""
    ledger = await Ledger.connect(databases.url(Login.READER), size=1)
    try:
        founded = await ledger.keys.find_founded()
        return founded.portals if founded else ()
    finally:
        await ledger.close()


async def require_address(databases: Databases, origin: str) -> None:
    """Raise StackError `portal-elsewhere` where the record names other names of the portal than this one."""
    portals = await read_portals(databases)
    if portals and origin not in portals:
        how, names = name_variable(portals[0]), ", ".join(portals)
        raise StackError(
            "portal-elsewhere",
            f"Passkeys count at {names} alone, as the record says, and not at {origin}: set {how}. To serve the pages "
            "at another address all the same, name it by SELECTION_PORTAL_PORT or SELECTION_PORTAL_URL.",
            f"记录写明的访问地址为 {names}，通行密钥在 {origin} 上无效：请设置 {how}。如确需在其他地址提供页面，"
            "请用 SELECTION_PORTAL_PORT 或 SELECTION_PORTAL_URL 写明。",
        )


def name_variable(portal: str) -> str:
    """Return the setting by which the portal is at an address."""
    on_this_machine = re.fullmatch(r"http://localhost:([0-9]+)", portal)
    return f"SELECTION_PORTAL_{f'PORT={on_this_machine[1]}' if on_this_machine else f'URL={portal}'}"


async def _renew_code(ledger: Ledger, founded: Founded, portal: str) -> str:
    """Return another code where nobody has a key, and the former one ran out or was for another portal."""
    code, known = _make_code(founded.installation)
    command = RenewCode(code=known, portals=() if founded.local else (portal,))
    command_id = f"renewal-{await ledger.reading.head(INSTALLATION)}"
    # A refusal would be an entry: it is not asked for where there would be one.
    foreseen = await ledger.deciding.foresee(INSTALLATION, Report(command, command_id))
    if foreseen.refused is not None:
        return ""
    return code if await _record(ledger, command, command_id) else ""


def _make_code(installation: str) -> tuple[str, str]:
    """Return a code of chance, and what the record knows it by."""
    code = code_of(secrets.token_bytes(LENGTH))
    return code, fingerprint_code(code, installation)


async def _record(ledger: Ledger, command: Command, command_id: str) -> bool:
    """Have a command of the engine's own recorded; False where another process was first, whose code counts then."""
    decided = await ledger.deciding.decide(INSTALLATION, Report(command, command_id))
    return bool(decided.receipts) and decided.refused is None


def tell_code_once(out: Output, code: str, portal: str) -> None:
    """Print the code at once, with the page of the portal that takes it: it is stored nowhere, and printed once."""
    out.fields("founding", {"code": code, "page": f"{portal}/enrol"})
    out.say(
        "This code enrols the first administrator's key, once: in a browser on that page, or with "
        "`selection --as PERSON key enrol FILE --code CODE`. "
        f"It is not shown again. If {CODE_LASTS.days} days pass before that, start again, or run `selection db found`, "
        "for another.",
        "首位管理员凭此登记码登记密钥，仅限一次：在浏览器中打开上述页面，或运行 "
        "`selection --as 人员 key enrol 文件 --code 登记码`。登记码不再显示。"
        f"{CODE_LASTS.days} 日内未使用的，重新启动或运行 `selection db found` 可另行取得。",
    )
    sys.stdout.flush()
