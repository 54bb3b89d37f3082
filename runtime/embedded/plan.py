from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from runtime.databases import Databases
from runtime.endpoints import Endpoints
from runtime.environments import WORKER
from runtime.logins import Login
from runtime.settings import PORTAL_PORT, Settings

Prepare = Callable[[Databases], Awaitable[None]]
"""Brings a database to the form the program needs, by the logins that it has use for."""

Command = Callable[[Endpoints], Sequence[str]]
"""Gives the command line of a program that works on the stack, such as a worker."""


OF_WORKERS = (Login.WORKER, Login.ERASER, Login.SIGNER)


@dataclass(frozen=True)
class Program:
    """A program that works on the stack, and what it may have: logins of the database, and names of variables.

    Of the variables it gets those that are set where the stack is started (`runtime.environments`).
    """

    command: Command
    logins: tuple[Login, ...] = OF_WORKERS
    variables: tuple[str, ...] = WORKER


@dataclass(frozen=True)
class Ports:
    """Ports of the embedded parts; None where it does not matter."""

    postgres: int | None = None
    temporal: int | None = None
    ui: int | None = None
    mail: int | None = None
    portal: int | None = None


ANY = Ports()
USUAL = Ports(postgres=15432, temporal=7233, ui=8233, mail=2525, portal=PORTAL_PORT)
"""Temporal's are those that its own programs take without being told."""


@dataclass(frozen=True)
class StackPlan:
    """How to start a stack on `settings.data`.

    `ports` must be free, `preferred` are taken if free; both may leave a choice open. `synced`: commits
    survive a power cut too, at about 0.7 of the speed. `encrypted`: a Temporal that is new
    here gets a key for its payloads. `ui`: Temporal serves its UI, which
    takes every request for whoever opens its port. Without it, and without a port asked for, Temporal is closed
    to other users of the machine where that allows it. `prepare` runs as soon as the database answers, while
    Temporal starts. `programs` are started last, in order, and stopped first; they find the parts in their
    environment. `dynamic_config` is passed to Temporal, its values in JSON.
    """

    settings: Settings
    ports: Ports = ANY
    preferred: Ports = ANY
    synced: bool = True
    ui: bool = False
    encrypted: bool = False
    prepare: Prepare | None = None
    programs: Mapping[str, Program] = field(default_factory=dict)
    dynamic_config: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_closed(self) -> bool:
        """Whether nobody asked for a port of Temporal by name."""
        return not self.ui and self.ports.temporal is None
