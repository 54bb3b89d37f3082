"""Everything on one machine under one folder: started together, stopped in order, killed one by one in tests."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from runtime import namespace
from runtime.data_folder import DataFolder, StackFile
from runtime.endpoints import Endpoints, connect
from runtime.errors import StackError
from runtime.ports import LOOPBACK, choose_port, is_answering
from runtime.postgres import EmbeddedPostgres
from runtime.process import ChildProcess
from runtime.settings import MailServer, Settings
from runtime.temporal_server import NAMESPACE, TemporalServer

PROGRAM_STOPS_WITHIN = timedelta(seconds=30)
MAIL_STOPS_WITHIN = timedelta(seconds=5)
MAIL_READY_WITHIN = timedelta(seconds=20)
WATCH_EVERY = 0.5

Prepare = Callable[[str], Awaitable[None]]
"""Brings a database, given by its URL, to the form the program needs."""

Command = Callable[[Endpoints], Sequence[str]]
"""Gives the command line of a program that works on the stack, such as a worker."""


class Part(StrEnum):
    """A part of the stack that can be killed and started on its own."""

    POSTGRES = "postgres"
    TEMPORAL = "temporal"
    MAIL = "mail"


@dataclass(frozen=True)
class Ports:
    """Ports that were asked for by name. None: the usual one if free, else any free one."""

    postgres: int | None = None
    temporal: int | None = None
    ui: int | None = None
    mail: int | None = None


USUAL = Ports(postgres=15432, temporal=7233, ui=8233, mail=2525)
ANY = Ports()


@dataclass(frozen=True)
class StackPlan:
    """How to start a stack.

    `synced`: commits survive a power cut too, at about 0.7 of the speed. `usual`: ports to prefer; `ANY` where
    several stacks run side by side. `prepare` runs when PostgreSQL takes connections, while Temporal starts.
    `programs` are started last, in order, and stopped first; their environment names the parts.
    """

    settings: Settings
    ports: Ports = ANY
    usual: Ports = USUAL
    synced: bool = True
    ui: bool = True
    prepare: Prepare | None = None
    programs: Mapping[str, Command] = field(default_factory=dict)
    dynamic_config: Mapping[str, str] = field(default_factory=dict)


class Server(Protocol):
    """What the stack asks of PostgreSQL, Temporal and the mail sink."""

    @property
    def pid(self) -> int | None: ...
    async def start(self) -> None: ...
    async def stop(self) -> None: ...
    def kill(self) -> None: ...
    def require_running(self) -> None: ...


class EmbeddedStack:
    """A running stack; use it as an async context manager. A part named by the settings is not started."""

    def __init__(self, plan: StackPlan) -> None:
        self.plan = plan
        self._folder: DataFolder | None = None
        self._servers: dict[str, Server] = {}
        self._programs: dict[str, ChildProcess] = {}
        self._endpoints: Endpoints | None = None

    @property
    def endpoints(self) -> Endpoints:
        """Where the parts are. Raises StackError before the stack is started."""
        if self._endpoints is None:
            raise StackError("server-unreachable", "This stack is not started.")
        return self._endpoints
