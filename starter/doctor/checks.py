"""What `selection doctor` looks at, one finding per question; a finding that is off carries its cure."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from temporalio.api.workflowservice.v1 import GetSystemInfoRequest
from temporalio.client import Client
from temporalio.service import RPCError

from ledger.database.health import LONG, Holder, list_holders, look
from ledger.database.migrate import list_pending
from ledger.errors import LedgerError, NotMigrated
from ledger.rebuild import count_foreign
from runtime.data_folder import DataFolder
from runtime.endpoints import Endpoints, Servers, connect
from runtime.errors import StackError
from runtime.settings import Part, Settings
from runtime.temporal import namespace
from runtime.temporal.address import find_socket
from runtime.transport import CURES, find_open
from selection.kernel.counting import number_of
from starter.doctor.asking import ask_part, tell_failure
from starter.doctor.finding import Finding, Words, list_names, same
from starter.doctor.pages import look_at_address, look_at_letters
from starter.doctor.signing import look_at_signer
from starter.doctor.streams import look_at_streams
from starter.doctor.tasks import look_at_tasks

CLOCKS_WITHIN = timedelta(seconds=2)
LONG_ENOUGH = timedelta(days=365)
PORT = (
    "Start `selection up` without --ui and --temporal-port; where that does not close it, use a Temporal of your own. "
    "If nobody else uses this machine, say so: SELECTION_ALLOW_PLAINTEXT=temporal.",
    "请不带 --ui 与 --temporal-port 启动 `selection up`；若仍未关闭，请改用自备的 Temporal。"
    "若本机并无其他用户，请设置 SELECTION_ALLOW_PLAINTEXT=temporal 予以注明。",
)
CUT_OFF = (
    "No act is decided. Look at the workers' logs, and mend what keeps them from the database: network, login "
    "(SELECTION_WORKER_DATABASE_URL), or a copy that only reads.",
    "当前任何操作都无法得到处理。请查看工作进程的日志，并排除其无法访问数据库的原因：网络、其登录"
    "（SELECTION_WORKER_DATABASE_URL），或所连为只读副本。",
)
NTP = ("Set both machines' clocks by NTP.", "请用 NTP 校准两台机器的时钟。")
PROJECT = (
    "Once the workers of the other version have stopped, run `selection db migrate`: until then tasks and lists may "
    "lack something.",
    "请在其他版本的工作进程停止后运行 `selection db migrate`；在此之前，任务和列表可能有缺漏。",
)
FREE_BYTES = 512 * 1024 * 1024


async def examine(settings: Settings) -> list[Finding]:
    """Return a finding for every part; what needs another part that is off is left out."""
    try:
        ends = Servers.find(settings)
    except StackError as error:
        return [
            Finding(
                "stack",
                same(error.code),
                False,
                (error.sentence, "没有运行中的实例；请运行 `selection up`。"),
            )
        ]
    record = await look_at_database(ends.database_url)
    temporal = await look_at_temporal(settings, ends, record=is_readable(record))
    return [
        _disk(settings),
        _passwords(settings),
        look_at_transport(settings),
        *look_at_port(settings, ends.temporal_address),
        *record,
        *temporal,
        *await _mail(settings),
        *(await look_at_address(settings, ends.database_url) if is_readable(record) else []),
        *look_at_letters(settings),
    ]


async def look_at_database(url: str) -> list[Finding]:
    """Tell of the database that a login reaches: whether it answers, is migrated, and has the same time."""
    try:
        missing = await list_pending(url)
    except NotMigrated as error:
        cure = (
            "Use the version that the database was migrated with, or restore its backup.",
            "请使用迁移该数据库时的版本，或恢复其备份。",
        )
        return [tell_failure("migrations", error, cure)]
    except LedgerError as error:
        cure = (
            "Start PostgreSQL, or mend SELECTION_DATABASE_URL.",
            "请启动 PostgreSQL，或修正 SELECTION_DATABASE_URL。",
        )
        return [tell_failure("postgres", error, cure)]
    if missing:
        cure = ("Run `selection db migrate`.", "请运行 `selection db migrate`。")
        return [Finding("migrations", _tell_missing(len(missing)), False, cure)]
    before = datetime.now(UTC)
    health = await look(url)
    after = datetime.now(UTC)
    # The answer was made between the two readings; what lies outside of them is the clocks' difference.
    difference = max(before - health.at, health.at - after, timedelta())
    return [
        Finding("postgres", _tell_version(health.version), True),
        Finding("migrations", ("all applied", "均已应用"), True),
        Finding("clock", _tell_apart(difference), difference < CLOCKS_WITHIN, NTP),
        await _look_at_projections(url),
        _holders(await list_holders(url)),
    ]


async def _look_at_projections(url: str) -> Finding:
    """Tell whether rows, tasks and deadlines are as this version projects them."""
    try:
        foreign = await count_foreign(url)
    except LedgerError as error:
        return tell_failure("projections", error, PROJECT)
    said = (
        f"{number_of(foreign, 'stream', 'streams')} projected by another version",
        f"有 {foreign} 个流的投影由其他版本生成",
    )
    return Finding(
        "projections", said if foreign else ("of this version", "均由本版本生成"), not foreign, PROJECT
    )


def is_readable(record: Sequence[Finding]) -> bool:
    """Tell whether the database answers as this version needs it, so that what lies beyond it can be compared."""
    return all(item.fine for item in record if item.part in ("postgres", "migrations"))


def _holders(holders: Sequence[Holder]) -> Finding:
    """Name the sessions that hold up the others, and how each is ended."""
    if not holders:
        return Finding("locks", ("nobody holds up others", "无会话长时间占用数据表"), True)
    told = [_tell_holder(holder) for holder in holders]
    calls = "; ".join(f"SELECT pg_terminate_backend({holder.pid})" for holder in holders)
    cure = (
        f"End it by psql, as that login or as a superuser: {calls}. What it has not committed is undone. "
        "Then ask who uses that login so.",
        f"请在 psql 中以该登录或超级用户终止：{calls}；其未提交的内容将被撤销。然后查明由谁使用该登录。",
    )
    return Finding("locks", ("; ".join(en for en, _ in told), "；".join(zh for _, zh in told)), False, cure)


def _tell_holder(holder: Holder) -> Words:
    seconds = round(LONG.total_seconds())
    tables = list_names(holder.tables) if holder.tables else ("what others wait for", "其他会话所等待的内容")
    who = f"{holder.program}, " if holder.program else "", f"{holder.program}，" if holder.program else ""
    en = f"{holder.login} ({who[0]}pid {holder.pid}) holds {tables[0]} for more than {seconds} s"
    zh = f"{holder.login}（{who[1]}进程号 {holder.pid}）占用 {tables[1]} 超过 {seconds} 秒"
    if holder.since is not None:
        en, zh = f"{en}, since {holder.since:%H:%M:%SZ}", f"{zh}，始于 {holder.since:%H:%M:%SZ}"
    if holder.longest is not None:
        longest = round(holder.longest.total_seconds())
        en = f"{en}; {number_of(holder.waiting, 'session waits', 'sessions wait')}, up to {longest} s by now"
        zh = f"{zh}；{holder.waiting} 个会话在等待，最长已等 {longest} 秒"
    if holder.statement:
        statement = " ".join(holder.statement.split())
        en, zh = f"{en}; last: {statement}", f"{zh}；最近语句：{statement}"
    return en, zh


async def look_at_temporal(
    settings: Settings, ends: Servers, *, record: bool, streams: bool = True, within: float | None = None
) -> list[Finding]:
    """Look at Temporal; without a `record` that is well, what would be compared with it is left out.

    Of all `streams` each is compared with its workflow, which takes seconds. Each question is given so many seconds.
    """
    try:
        async with asyncio.timeout(within):
            client = await connect(ends.temporal_address, ends.temporal_namespace, settings)
            answer = await client.workflow_service.get_system_info(GetSystemInfoRequest())
    except (StackError, RPCError, TimeoutError) as error:
        cure = ("Start Temporal, or mend TEMPORAL_ADDRESS.", "请启动 Temporal，或修正 TEMPORAL_ADDRESS。")
        return [tell_failure("temporal", error, cure)]
    findings = [Finding("temporal", _tell_version(answer.server_version), True)]
    questions: dict[str, Callable[[Client, Servers], Awaitable[Finding | list[Finding]]]] = {
        "temporal-clock": _temporal_clock,
        "retention": _retention,
        "search-attributes": _search_attributes,
        "worker": _worker,
        "workflow-tasks": look_at_tasks,
    }
    questions |= {"signer": look_at_signer} if record else {}
    questions |= {"workflows": look_at_streams} if record and streams else {}
    asked = (ask_part(part, partial(ask, client, ends), within) for part, ask in questions.items())
    for found in await asyncio.gather(*asked):
        findings += found
    return findings


async def _retention(client: Client, ends: Servers) -> Finding:
    kept = await namespace.get_retention(client)
    days = namespace.RETENTION.days
    cure = (
        f"temporal operator namespace update --retention {days}d {ends.temporal_namespace}",
        f"请运行 temporal operator namespace update --retention {days}d {ends.temporal_namespace}",
    )
    found = (number_of(kept.days, "day", "days"), f"{kept.days} 天")
    return Finding("retention", found, kept >= LONG_ENOUGH, cure)


async def _search_attributes(client: Client, _: Servers) -> Finding:
    missing = await namespace.list_missing_attributes(client)
    names = " ".join(f"--name {name} --type Keyword" for name in missing)
    cure = (
        f"temporal operator search-attribute create {names}",
        f"请运行 temporal operator search-attribute create {names}",
    )
    found = _tell_missing(len(missing)) if missing else ("all there", "齐全")
    return Finding("search-attributes", found, not missing, cure)


async def _worker(client: Client, ends: Servers) -> Finding:
    """Look for workers that poll, and reach the record. A frozen one is still listed for minutes, but polls no more."""
    seen = await namespace.polls(client, ends.task_queue)
    frozen = [identity for identity, ago in seen.items() if ago > namespace.POLLS_EVERY]
    polling, seconds = len(seen) - len(frozen), namespace.POLLS_EVERY.seconds
    en, zh = f"{polling} polling {ends.task_queue}", f"{polling} 个正在轮询 {ends.task_queue}"
    if frozen:
        names = list_names(frozen)
        en, zh = (
            f"{en}; silent for more than {seconds} s: {names[0]}",
            f"{zh}；已静默超过 {seconds} 秒：{names[1]}",
        )
    cure = (
        "Start one: `python -m worker`; `selection up` does. Its log says why it ended; one that is frozen is killed.",
        "请启动 `python -m worker`（`selection up` 会自动启动）；日志中有其退出原因；已无响应的进程请终止。",
    )
    deciding = await namespace.find_deciders(client, ends.task_queue) if polling else []
    if polling and not deciding:
        en, zh = f"{en}, none reaches the record", f"{zh}，均无法访问记录"
        cure = CUT_OFF
    return Finding("worker", (en, zh), bool(deciding), cure)


async def _temporal_clock(client: Client, _: Servers) -> Finding:
    difference = await namespace.clock_difference(client)
    return Finding("temporal-clock", _tell_apart(difference), difference < CLOCKS_WITHIN, NTP)


async def _mail(settings: Settings) -> list[Finding]:
    """Look at the mail server, if this place knows one: a client needs none, a worker does."""
    import aiosmtplib

    try:
        mail = Endpoints.find(settings).mail
    except StackError:
        return []
    place = f"{mail.host}:{mail.port}"
    cure = (
        "Start the mail server, or mend SELECTION_SMTP_HOST and SELECTION_SMTP_PORT.",
        "请启动邮件服务器，或修正 SELECTION_SMTP_HOST 与 SELECTION_SMTP_PORT。",
    )
    server = aiosmtplib.SMTP(
        hostname=mail.host,
        port=mail.port,
        timeout=3,
        use_tls=mail.security == "tls",
        start_tls=mail.security == "starttls",
    )
    try:
        await server.connect()
        await server.quit()
    except (aiosmtplib.SMTPException, OSError) as error:
        return [Finding("mail", same(f"{place} {type(error).__name__}"), False, cure)]
    return [Finding("mail", same(place), True)]


def look_at_transport(settings: Settings) -> Finding:
    """Tell which connections anyone on the way can read, as the settings have them."""
    found = find_open(settings)
    cure = (
        f"Close them: {'; '.join(f'for {part}, {CURES[part]}' for part in found)}.",
        f"请为 {'、'.join(found)} 启用 TLS 并验证对方身份，然后从 SELECTION_ALLOW_PLAINTEXT 中删去。",
    )
    en = ", ".join(f"{part} ({place})" for part, place in found.items())
    zh = "、".join(f"{part}（{place}）" for part, place in found.items())
    said = (f"open: {en}", f"未加密：{zh}") if found else ("nothing open", "均已加密")
    return Finding("plaintext", said, not found, cure)


def look_at_port(settings: Settings, address: str) -> list[Finding]:
    """Tell whether other users of the machine can speak to the embedded Temporal; nothing of a server of one's own."""
    if settings.temporal is not None:
        return []
    closed = find_socket(address) is not None
    known = closed or Part.TEMPORAL in settings.allow_plaintext
    said = (
        ("closed to other users", "其他用户无法访问")
        if closed
        else (f"{address} is open to every user of this machine", f"本机所有用户均可访问 {address}")
    )
    return [Finding("temporal-port", said, known, PORT)]


def _disk(settings: Settings) -> Finding:
    folder = settings.data if settings.data.exists() else settings.data.absolute().parent
    free = shutil.disk_usage(folder).free if folder.exists() else 0
    cure = ("Make room, or move the data folder.", "请清理磁盘，或迁移数据目录。")
    room = free // 2**20
    return Finding("disk", (f"{room} MiB free", f"可用空间 {room} MiB"), free >= FREE_BYTES, cure)


def _passwords(settings: Settings) -> Finding:
    folder = DataFolder(settings.data).passwords
    kept = [folder, *folder.iterdir()] if folder.exists() else []
    closed = not any(path.stat().st_mode & 0o077 for path in kept)
    cure = (f"chmod -R go= {folder}: it holds passwords.", f"请运行 chmod -R go= {folder}：其中有密码。")
    said = ("closed to others", "他人无法读取") if closed else ("open to others", "他人可以读取")
    return Finding("passwords", said, closed, cure)


def _tell_missing(count: int) -> Words:
    return f"{count} missing", f"缺少 {count} 项"


def _tell_version(version: object) -> Words:
    return f"version {version}", f"版本 {version}"


def _tell_apart(difference: timedelta) -> Words:
    seconds = f"{difference.total_seconds():.3f}"
    return f"{seconds} s apart", f"相差 {seconds} 秒"
