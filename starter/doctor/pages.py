"""What `selection doctor` says of the way to the pages: whether keys count there, and whether letters lead there."""

from ledger.errors import LedgerError
from ledger.record import Ledger
from runtime.data_folder import find_running_stack
from runtime.settings import Settings
from starter.doctor.asking import tell_failure
from starter.doctor.finding import Finding, list_names, same
from starter.people.founding import name_variable

NAMELESS = (
    "Have two administrators name it, on the page /do/name-portals: until then passkeys count on every port of its "
    "host.",
    "请由两名管理员在页面 /do/name-portals 上写明访问地址；写明之前，通行密钥在该主机的任何端口上均有效。",
)


async def look_at_address(settings: Settings, url: str) -> list[Finding]:
    """Compare where people reach the portal with the record, which a login reads.

    Nothing is said of a local installation, nor where no portal is known of.
    """
    stack = find_running_stack(settings.data)
    portal = settings.portal_url or (stack.portal_url if stack else None)
    if portal is None:
        return []
    try:
        ledger = await Ledger.connect(url, size=1)
        try:
            founded = await ledger.keys.find_founded()
        finally:
            await ledger.close()
    except LedgerError as error:
        return [tell_failure("portal-address", error, NAMELESS)]
    if founded is None or founded.local:
        return []
    if not founded.portals:
        said = f"{portal}, the record names none", f"{portal}，记录未写明访问地址"
        return [Finding("portal-address", said, False, NAMELESS)]
    en, zh = list_names(founded.portals)
    how = name_variable(founded.portals[0])
    cure = (
        f"Passkeys count at {en} alone. Start the portal with {how}, or have two administrators name {portal}, on the "
        f"page /do/name-portals at {founded.portals[0]}.",
        f"通行密钥仅在 {zh} 上有效。请以 {how} 启动门户，或由两名管理员在 {founded.portals[0]} 的页面 "
        f"/do/name-portals 上写明 {portal}。",
    )
    there = portal in founded.portals
    said = same(portal) if there else (f"{portal}, the record names {en}", f"{portal}，记录写明的是 {zh}")
    return [Finding("portal-address", said, there, cure)]


def look_at_letters(settings: Settings) -> list[Finding]:
    """Tell where letters lead and whom they name, if this place sends any to a mail server of somebody's own."""
    if settings.mail is None:
        return []
    portal = settings.portal_url
    cure = (
        "Set SELECTION_PORTAL_URL for the workers as for the portal: until then letters have no links.",
        "请为工作进程设置与门户相同的 SELECTION_PORTAL_URL；设置之前，邮件中没有链接。",
    )
    said = same(portal) if portal else ("SELECTION_PORTAL_URL is missing", "缺少 SELECTION_PORTAL_URL")
    whom = (
        "Set SELECTION_CONTACT: an office with its telephone number or mail address, on one line.",
        "请设置 SELECTION_CONTACT：在一行内写明办公室及其电话或邮箱。",
    )
    contact = (
        same(settings.contact)
        if settings.contact
        else ("SELECTION_CONTACT is missing", "缺少 SELECTION_CONTACT")
    )
    return [
        Finding("letter-links", said, bool(portal), cure),
        Finding("letter-contact", contact, bool(settings.contact), whom),
    ]
