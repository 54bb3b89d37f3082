"""What a part of the installation finds by its own login: what only the servers' own machine can tell is left out."""

from functools import partial

from runtime.databases import Databases
from runtime.endpoints import Servers
from runtime.errors import StackError
from runtime.logins import Login
from runtime.settings import Settings
from starter.doctor.asking import ask_part
from starter.doctor.checks import is_readable, look_at_database, look_at_temporal, look_at_transport
from starter.doctor.finding import Finding

NOWHERE = (
    "Nothing says where it is, or what is said must not be used.",
    "未设置其地址，或所设地址不得使用。",
)
WITHIN_S = 6.0
"""Seconds that each part is given, so that a slow one hides none of the others [D]."""
CURE = (
    "Start what does not run, or mend the settings of this part: `selection doctor` beside the servers says which.",
    "请启动未运行的部分，或修正本部分的设置；在服务器上运行 `selection doctor` 可查明。",
)


async def examine_by(settings: Settings, login: Login) -> list[Finding]:
    """Return a finding for the record, for Temporal with its workers and the signer, and for open connections.

    Disk, passwords and mail are the servers' own; whether each stream has its workflow asks too much for a page. What
    is away or slow is a finding itself.
    """
    try:
        url = Databases.find(settings).url(login)
    except StackError:
        return [Finding("postgres", NOWHERE, False, CURE)]
    record = await ask_part("postgres", partial(look_at_database, url), WITHIN_S, CURE)
    try:
        ends = Servers.find(settings)
    except StackError:
        return [*record, Finding("temporal", NOWHERE, False, CURE)]
    own = ends.model_copy(update={"databases": Databases(given={Login.READER: url})})
    temporal = await look_at_temporal(
        settings, own, record=is_readable(record), streams=False, within=WITHIN_S
    )
    return [*record, *temporal, look_at_transport(settings)]
