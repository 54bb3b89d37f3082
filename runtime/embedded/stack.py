"""Everything on one machine under one folder: started together, stopped in order, killed part by part."""

import asyncio
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from runtime.data_folder import DataFolder, StackFile
from runtime.databases import Databases
from runtime.embedded import own_network
from runtime.embedded.mail_process import MailSink
from runtime.embedded.payload_keys import make_payload_key, name_payload_keys
from runtime.embedded.plan import StackPlan
from runtime.embedded.ports import LOOPBACK, choose_port, is_free
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.embedded.process import ChildProcess
from runtime.embedded.reviving import Revival, TellEnd
from runtime.embedded.server import Server
from runtime.embedded.temporal_server import NAMESPACE, TemporalServer
from runtime.endpoints import Endpoints, connect, sink_at
from runtime.environments import pick
from runtime.errors import StackError
from runtime.logins import Login
from runtime.settings import Part
from runtime.temporal import namespace
from runtime.transport import require_closed

POSTGRES = "postgres"
TEMPORAL = "temporal"
MAIL = "mail"
PORTAL = "portal"

PROGRAM_STOPS_WITHIN = timedelta(seconds=30)
STARTS = 3
"""How often a start is tried when somebody else takes a port between its choice and its use."""
WATCH_EVERY = timedelta(milliseconds=500)


class EmbeddedStack:
    """A stack that runs; an async context manager. A part that the settings name a server for is not started.

    Enter it in a thread that outlives it (the main thread): its processes end with that thread.
    """

    def __init__(self, plan: StackPlan) -> None:
        self.plan = plan
        self._folder: DataFolder | None = None
        self._servers: dict[str, Server] = {}
        self._programs: dict[str, ChildProcess] = {}
        self._revivals: dict[str, Revival] = {}
        self._endpoints: Endpoints | None = None
        self._in_use: set[int] = set()

    async def __aenter__(self) -> Self:
        await self.start_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop_all()

    @property
    def endpoints(self) -> Endpoints:
        """Where the parts are. Raises StackError while the stack is not started."""
        if self._endpoints is None:
            raise StackError("server-unreachable", "This stack is not started.")
        return self._endpoints

    @property
    def pids(self) -> Mapping[str, int]:
        """The process id of each server and program that runs."""
        servers = {name: server.pid for name, server in self._servers.items()}
        programs = {name: program.pid for name, program in self._programs.items() if program.running}
        return {name: pid for name, pid in {**servers, **programs}.items() if pid is not None}

    async def start_all(self) -> Endpoints:
        """Start every part, servers side by side, programs last, and write `stack.json`.

        Where a chosen port was taken by somebody else before a part could use it, others are chosen. Raises
        StackError; nothing is left running then, nor after a cancellation.
        """
        for _ in range(STARTS - 1):
            try:
                return await self._start_once()
            except StackError as why:
                # All of ours has ended: whatever holds a port now is not, and who took one may have left it since.
                if not why.lost_its_port and all(is_free(port) for port in self._in_use):
                    raise
        return await self._start_once()

    async def _start_once(self) -> Endpoints:
        plan = self.plan
        require_closed(plan.settings, *Part)
        self._folder = DataFolder.open(plan.settings.data)
        try:
            postgres, temporal, mail = self._choose_servers(self._folder)
            async with asyncio.TaskGroup() as group:
                group.create_task(self._start_database(postgres))
                group.create_task(self._start_temporal(temporal))
                if mail:
                    group.create_task(mail.start())
            self._endpoints = self._locate(postgres, temporal, mail)
            for name in plan.programs:
                self._start_program(name)
            self._announce()
        except BaseExceptionGroup as failures:
            await self.stop_all()
            raise failures.exceptions[0] from None
        except BaseException:
            await self.stop_all()
            raise
        return self.endpoints

    async def stop_all(self, tell: Callable[[str], None] = lambda name: None) -> None:
        """Stop programs, mail, Temporal and PostgreSQL in this order, and free the folder. Safe to repeat.

        `tell` is called with the name of each once it has ended.
        """
        for name, program in reversed(self._programs.items()):
            await program.stop(PROGRAM_STOPS_WITHIN)
            tell(name)
        self._programs.clear()
        self._revivals.clear()
        for name in (MAIL, TEMPORAL, POSTGRES):
            if name in self._servers:
                await self._servers.pop(name).stop()
                tell(name)
        self._endpoints = None
        if self._folder is not None:
            self._folder.close()
            self._folder = None

    def kill(self, name: str) -> None:
        """Kill one server or program as a crash would; `start` brings it back."""
        if name in self._programs:
            self._programs.pop(name).kill()
        else:
            self._servers[name].kill()

    async def start(self, name: str) -> None:
        """Start one server or program that was killed or stopped, on the same port and files."""
        if name in self.plan.programs:
            self._start_program(name)
        else:
            await self._servers[name].start()
        self._announce()

    async def stop(self, name: str) -> None:
        """Stop one server or program in order; `start` brings it back."""
        if name in self._programs:
            await self._programs.pop(name).stop(PROGRAM_STOPS_WITHIN)
        else:
            await self._servers[name].stop()

    def revive(self, name: str, tell: TellEnd) -> None:
        """Have `watch` start a program again from now on, on its port, whenever it ends by itself."""
        self._revivals[name] = Revival(tell)

    async def watch(self) -> None:
        """Wait until a part ends by itself that is not revived, then raise StackBroken with the end of its log."""
        while True:
            for server in self._servers.values():
                server.require_running()
            for name, program in list(self._programs.items()):
                if name not in self._revivals:
                    program.require_running()
                elif self._revivals[name].is_due(running=program.running):
                    await self.start(name)
            await asyncio.sleep(WATCH_EVERY.total_seconds())

    def _choose_servers(
        self, folder: DataFolder
    ) -> tuple[EmbeddedPostgres | None, TemporalServer | None, MailSink | None]:
        plan, asked, preferred = self.plan, self.plan.ports, self.plan.preferred
        in_use = self._in_use = set()
        postgres = temporal = mail = None
        if not plan.settings.databases:
            port = choose_port("PostgreSQL", asked.postgres, preferred.postgres, in_use)
            postgres = EmbeddedPostgres(
                folder.postgres,
                port=port,
                log=folder.log(POSTGRES),
                synced=plan.synced,
                passwords=folder.passwords,
            )
            self._servers[POSTGRES] = postgres
        if plan.settings.temporal is None:
            closed = plan.is_closed and own_network.is_possible()
            shown = None if closed else choose_port("Temporal", asked.temporal, preferred.temporal, in_use)
            ui_port = choose_port("Temporal's UI", asked.ui, preferred.ui, in_use) if plan.ui else None
            temporal = TemporalServer(
                folder.temporal,
                port=shown,
                ui_port=ui_port,
                log=folder.log(TEMPORAL),
                synced=plan.synced,
                dynamic_config=plan.dynamic_config,
            )
            self._servers[TEMPORAL] = temporal
        if plan.settings.mail is None:
            port = choose_port("mail", asked.mail, preferred.mail, in_use)
            mail = MailSink(
                folder.mail,
                port=port,
                refused=folder.refused_mail,
                password=folder.mail_password,
                log=folder.log(MAIL),
            )
            self._servers[MAIL] = mail
        return postgres, temporal, mail

    async def _start_database(self, postgres: EmbeddedPostgres | None) -> None:
        if postgres:
            await postgres.start()
        if self.plan.prepare:
            await self.plan.prepare(self._databases(postgres))

    def _databases(self, postgres: EmbeddedPostgres | None) -> Databases:
        if postgres is None:
            return Databases(given=self.plan.settings.databases)
        return Databases(place=postgres.place, passwords=postgres.passwords)

    async def _start_temporal(self, temporal: TemporalServer | None) -> None:
        settings = self.plan.settings
        if temporal:
            if self.plan.encrypted and temporal.is_new:
                make_payload_key(self.plan.settings)
            await temporal.start()
        client = await connect(*self._temporal_at(temporal), settings)
        await namespace.register_search_attributes(client)
        if temporal:
            await namespace.keep_for(client, namespace.RETENTION)

    def _temporal_at(self, temporal: TemporalServer | None) -> tuple[str, str]:
        if temporal:
            return temporal.address, NAMESPACE
        chosen = self.plan.settings.temporal_connection() or {}
        return str(chosen.get("target_host")), chosen.get("namespace") or NAMESPACE

    def _locate(
        self, postgres: EmbeddedPostgres | None, temporal: TemporalServer | None, mail: MailSink | None
    ) -> Endpoints:
        settings = self.plan.settings
        address, name = self._temporal_at(temporal)
        server = sink_at(LOOPBACK, mail.port, mail.password) if mail else settings.mail
        assert server is not None
        return Endpoints(
            databases=self._databases(postgres),
            temporal_address=address,
            temporal_namespace=name,
            mail=server,
            task_queue=settings.task_queue,
            ui_url=temporal.ui_url if temporal else None,
            mail_folder=mail.folder if mail else None,
        )

    def _start_program(self, name: str) -> None:
        assert self._folder is not None
        program = self.plan.programs[name]
        signing_key = self.plan.settings.signing_key_file if Login.SIGNER in program.logins else ""
        where = {
            **pick(program.variables),
            **self.endpoints.environment(*program.logins),
            "SELECTION_SIGNING_KEY": str(signing_key),
            **name_payload_keys(self.plan.settings),
        }
        if PORTAL in self.plan.programs:
            # Where the portal is: the letters of those that send them lead there. It itself may be reached directly.
            settings = self.plan.settings
            in_front = settings.portal_url or ""
            where["SELECTION_PORTAL_URL"] = in_front if name == PORTAL else settings.portal_origin
        command = program.command(self.endpoints)
        self._programs[name] = ChildProcess.start(
            name, command, log=self._folder.log(name), environment=where
        )

    def _announce(self) -> None:
        assert self._folder is not None
        at, settings = self.endpoints, self.plan.settings
        self._folder.announce(
            StackFile(
                started_at=datetime.now(UTC),
                pid=os.getpid(),
                pids=dict(self.pids),
                database=at.databases.place,
                temporal_address=at.temporal_address,
                temporal_namespace=at.temporal_namespace,
                portal_url=settings.portal_origin if PORTAL in self.plan.programs else None,
                ui_url=at.ui_url,
                mail_host=at.mail.host,
                mail_port=at.mail.port,
                mail_folder=at.mail_folder,
                task_queue=at.task_queue,
            )
        )
