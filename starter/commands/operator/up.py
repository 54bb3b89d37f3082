"""`selection up`: the whole stack on one machine, until Ctrl-C or SIGTERM."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated

import typer

from activities.revive import require_workflow
from ledger.database.migrate import migrate
from ledger.rebuild import renew_projections
from ledger.record import Ledger
from runtime import environments
from runtime.data_folder import DataFolder
from runtime.databases import Databases
from runtime.embedded.plan import USUAL, Ports, Program, StackPlan
from runtime.embedded.ports import choose_port, is_answering
from runtime.embedded.stack import PORTAL, EmbeddedStack
from runtime.endpoints import Endpoints, connect
from runtime.logins import Login
from runtime.settings import Settings
from runtime.temporal.address import find_socket
from runtime.temporal.namespace import wait_for_worker
from selection.register.state import INSTALLATION
from starter.cli.command_table import example, single
from starter.cli.options import options_of
from starter.cli.output import Output
from starter.cli.session import settings_of
from starter.people.founding import (
    LOCAL,
    found_installation,
    read_portals,
    require_address,
    tell_code_once,
)
from starter.people.initial_key import make_first_key, public_key_file
from starter.people.portal_link import make_sign_in_link

app = single()
LOOK_AGAIN = 0.1
"""Seconds."""
TellCode = Callable[[str], None]
MailPort = Annotated[int | None, typer.Option(help="Port of the mail sink; if it is taken, nothing starts.")]
PortalPort = Annotated[int | None, typer.Option(help="Port of the portal; if it is taken, nothing starts.")]


CHOOSE = (
    "choose another port with SELECTION_PORTAL_PORT, which is to stay the same where people have passkeys",
    "用 SELECTION_PORTAL_PORT 改用其他端口（已有人登记通行密钥的，端口应保持不变）",
)


def _keep_quiet(_: str) -> None:
    return None


@app.command(
    epilog=example(
        "selection up",
        "selection up --data /var/lib/selection --workers 2",
        "Set SELECTION_DATABASE_URL and TEMPORAL_ADDRESS to use your own servers instead of the embedded ones.",
    )
)
def up(
    ctx: typer.Context,
    workers: Annotated[int, typer.Option(help="Number of worker processes to start.", min=0, max=64)] = 1,
    postgres_port: Annotated[
        int | None, typer.Option(help="Port of PostgreSQL; if it is taken, nothing starts.")
    ] = None,
    temporal_port: Annotated[
        int | None,
        typer.Option(
            help="Open Temporal to every user of this machine, on this port; if it is taken, nothing starts."
        ),
    ] = None,
    ui_port: Annotated[
        int | None, typer.Option(help="Port of Temporal's UI; if it is taken, nothing starts.")
    ] = None,
    ui: Annotated[
        bool, typer.Option("--ui", help="Serve Temporal's UI, to every user and browser of this machine.")
    ] = False,
    mail_port: MailPort = None,
    portal_port: PortalPort = None,
    portal: Annotated[bool, typer.Option(help="Serve the pages.")] = True,
    local: Annotated[bool, typer.Option("--local", help=LOCAL)] = False,
) -> None:
    """Start PostgreSQL, Temporal, a mail sink and a worker in one data folder; migrate the database.

    All data stays in the folder for the next start. Ctrl-C stops everything in order.

    The first start prints a one-time code, by which the first administrator enrols a key; with --local none is needed.
    """
    options = options_of(ctx)
    out, settings = Output(options.lang, as_json=options.json), settings_of(options)
    ports = Ports(postgres=postgres_port, temporal=temporal_port, ui=ui_port, mail=mail_port)
    teller = make_teller(out, lambda: plan)
    plan = plan_stack(settings, ports, workers, local=local, tell_code=teller)
    if portal:
        # Whoever starts a second stack on a folder is told that, and not that its first one has the portal's port.
        DataFolder.open(settings.data).close()
        plan = with_portal(plan, portal_port or settings.portal_port)
    asyncio.run(serve(replace(plan, ui=ui), out, local=local))


def make_teller(out: Output, get_plan: Callable[[], StackPlan]) -> TellCode:
    """Return what tells the founding's code once, with the address of the plan that is made by then."""
    return lambda code: tell_code_once(out, code, get_plan().settings.portal_origin)


def plan_stack(
    settings: Settings, ports: Ports, workers: int, *, local: bool, tell_code: TellCode = _keep_quiet
) -> StackPlan:
    """Return the plan of a stack that migrates its database, founds the installation once, and runs workers.

    `tell_code` is told the one-time code of an installation that was founded and is not local.
    """
    names = ["worker", *(f"worker-{count}" for count in range(2, workers + 1))][:workers]
    return StackPlan(
        settings=settings,
        ports=ports,
        preferred=USUAL,
        encrypted=True,
        prepare=_Preparation(settings, local, tell_code),
        programs=dict.fromkeys(names, Program(worker_command)),
    )


def with_portal(plan: StackPlan, wanted: int | None, *, moves: bool = False) -> StackPlan:
    """Return the plan with the portal on the port that is asked for, else on its usual one.

    One that `moves` takes any other where nobody asked for one and the usual one is taken: of no other stack is the
    address told anew at each start, and passkeys count at one address alone. Raises StackError port-taken.
    """
    usual = plan.preferred.portal
    port = choose_port("the portal", wanted if moves else wanted or usual, usual, set(), CHOOSE)

    def command(_: Endpoints) -> Sequence[str]:
        return [sys.executable, "-m", "portal", str(port)]

    program = Program(command, logins=(Login.PORTAL, Login.AUDITOR), variables=environments.PORTAL)
    settings = plan.settings.model_copy(update={"portal_port": port})
    prepare = plan.prepare
    if isinstance(prepare, _Preparation):
        # Passkeys count at the address that the record was founded with: on this port, whatever the usual one is.
        prepare = replace(prepare, settings=settings, is_usual=not wanted and settings.portal_url is None)
    return replace(plan, settings=settings, prepare=prepare, programs={**plan.programs, PORTAL: program})


def worker_command(_: Endpoints) -> Sequence[str]:
    """Return the command line of a worker; where the parts are stands in its environment."""
    return [sys.executable, "-m", "worker"]


async def serve(plan: StackPlan, out: Output, *, local: bool = False) -> None:
    """Run a stack until it is asked to end; a part that ends by itself ends all, with the end of its log.

    The portal is started again instead, once it was seen to serve.
    """
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    stack = EmbeddedStack(plan)
    with out.show_busy("Starting", "正在启动"):
        started = asyncio.create_task(stack.start_all())
        waiting = asyncio.create_task(asked.wait())
        await asyncio.wait({started, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if not started.done():
            started.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await started
            return
        started.result()
    try:
        watching = asyncio.create_task(stack.watch())
        with out.show_busy("Waiting for the worker", "等待工作进程"):
            served = asyncio.create_task(_wait_until_served(plan, stack, out))
            await asyncio.wait({served, watching, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if served.done():
            served.result()
            plan = stack.plan
            portals = await read_portals(stack.endpoints.databases) if PORTAL in plan.programs else ()
            tell_where(plan, stack, out, await find_link(plan, stack) if local else "", portals)
            await asyncio.wait({watching, waiting}, return_when=asyncio.FIRST_COMPLETED)
        served.cancel()
        if watching.done():
            watching.result()
        watching.cancel()
        out.say("Stopping in order.", "正在依次停止。")
    finally:
        await stack.stop_all(partial(_tell_stopped, out))
    out.say("Stopped; everything is kept.", "已停止，数据均已保留。")


def _tell_stopped(out: Output, part: str) -> None:
    # Whoever read this may be gone, as `| tee` is after Ctrl-C: what is left must be stopped all the same.
    with contextlib.suppress(OSError, SystemExit):
        out.say(f"- {out.name_column(part)}: stopped.", f"- {out.name_column(part)}：已停止。")


def _tell_revival(out: Output, plan: StackPlan, pause: float) -> None:
    log = plan.settings.data.absolute() / "logs" / f"{PORTAL}.log"
    # As in stopping, whoever read this may be gone.
    with contextlib.suppress(OSError, SystemExit):
        out.say(
            f"The portal ended by itself ({log}); it is started again in {pause:g} s.",
            f"门户自行终止（日志：{log}），将在 {pause:g} 秒后重新启动。",
        )
        sys.stdout.flush()


async def find_link(plan: StackPlan, stack: EmbeddedStack) -> str:
    """Return a link to sign in at the portal of a local installation, empty where there is no portal."""
    if PORTAL not in plan.programs:
        return ""
    return (await make_sign_in_link(stack.endpoints.databases, plan.settings.portal_origin)).address


async def wait_for_portal(stack: EmbeddedStack) -> None:
    """Wait until the portal accepts connections, where there is one."""
    port = stack.plan.settings.portal_port
    while PORTAL in stack.plan.programs and port and not is_answering(port, stack.pids.get(PORTAL, 0)):  # noqa: ASYNC110 # a port of another process
        await asyncio.sleep(LOOK_AGAIN)


async def _wait_until_served(plan: StackPlan, stack: EmbeddedStack, out: Output) -> None:
    await wait_for_portal(stack)
    if PORTAL in plan.programs:
        stack.revive(PORTAL, partial(_tell_revival, out, plan))
    if not plan.programs.keys() - {PORTAL}:
        return
    at = stack.endpoints
    temporal = await connect(at.temporal_address, at.temporal_namespace, plan.settings)
    await wait_for_worker(temporal, at.task_queue)
    ledger = await Ledger.connect(at.databases.url(Login.READER), size=1)
    try:
        # Founding left an entry, and whoever looks at the parts expects a workflow of what the record holds.
        await require_workflow(temporal, ledger, at.task_queue, INSTALLATION)
    finally:
        await ledger.close()


def tell_where(
    plan: StackPlan, stack: EmbeddedStack, out: Output, link: str = "", portals: Sequence[str] = ()
) -> None:
    """Say where each part is, but no password; and that no passkey counts elsewhere than at the record's `portals`."""
    at = stack.endpoints
    facts = {
        "data": plan.settings.data.absolute(),
        "database": at.databases.place or Login.READER.variable,
        "temporal": f"{at.temporal_address} ({at.temporal_namespace})",
        **({"ui": at.ui_url} if at.ui_url else {}),
        "mail": f"{at.mail.host}:{at.mail.port}",
        **({"portal": plan.settings.portal_origin} if PORTAL in plan.programs else {}),
        **({"sign_in": link} if link else {}),
        "worker": at.task_queue,
        "logs": plan.settings.data.absolute() / "logs",
        "public_file": public_key_file(plan.settings),
    }
    out.fields("stack", facts)
    if not plan.programs.keys() - {PORTAL}:
        out.say(
            "No worker runs here: no act is answered; only `selection round outage` is kept until one does.",
            "此处没有运行工作进程：操作不会得到答复；仅 `selection round outage` 会保留至有工作进程时处理。",
        )
    if portals and (origin := plan.settings.portal_origin) not in portals:
        names = ", ".join(portals)
        out.say(
            f"No passkey counts at {origin}: the record names {names}. Have two administrators name the new address "
            "(/do/name-portals), or start at the one that is named.",
            f"通行密钥在 {origin} 上无效：记录写明的访问地址为 {names}。请由两名管理员写明新地址（/do/name-portals），"
            "或在已写明的地址启动。",
        )
    if plan.settings.temporal is None and find_socket(at.temporal_address) is None:
        _tell_open(plan, out)
    out.say("Ready. Ctrl-C stops all in order.", "已就绪。按 Ctrl-C 依次停止。")
    out.finish()
    sys.stdout.flush()


def _tell_open(plan: StackPlan, out: Output) -> None:
    if plan.is_closed:
        out.say(
            "Temporal's port is open to every user of this machine: it allows no network of one's own here.",
            "Temporal 的端口对本机所有用户开放：本机不允许在此建立独立的网络。",
        )
    else:
        out.say(
            "Temporal's port is open to every user of this machine, as was asked for.",
            "已按要求将 Temporal 的端口向本机所有用户开放。",
        )


@dataclass(frozen=True)
class _Preparation:
    """What is done as soon as the database answers."""

    settings: Settings
    local: bool
    tell_code: TellCode
    is_usual: bool = False
    """Whether there is a portal, and nobody asked for an address of it by name."""

    async def __call__(self, databases: Databases) -> None:
        """Migrate where the migrator's login is here: on servers of one's own it may be kept elsewhere; found."""
        if Login.MIGRATOR in databases.given or databases.place:
            await migrate(databases.url(Login.MIGRATOR), logins=databases.urls())
            await renew_projections(databases.url(Login.MIGRATOR))
        await make_first_key(self.settings, databases)
        if Login.WORKER not in databases.given and not databases.place:
            return
        origin, days = self.settings.portal_origin, self.settings.address_days
        code = await found_installation(databases, origin, local=self.local, address_days=days)
        if code:
            self.tell_code(code)
        if self.is_usual:
            await require_address(databases, origin)
