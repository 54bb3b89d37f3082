from pathlib import Path

from pydantic import BaseModel, ConfigDict
from temporalio.client import Client
from temporalio.envconfig import ClientConnectConfig

from runtime.data_folder import COURIER, DataFolder, StackFile, find_running_stack
from runtime.databases import Databases
from runtime.errors import StackError
from runtime.logins import Login
from runtime.settings import MailServer, Part, Settings
from runtime.temporal.address import Way, find_way
from runtime.temporal.codec import parse_keys
from runtime.temporal.plugin import selection_plugin
from runtime.transport import require_closed

NOT_RUNNING = "No stack runs on {data}. Start one with `selection up`, or name servers with {named}."


class Servers(BaseModel):
    """Where the record and Temporal of this installation are, which is all that a client needs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    databases: Databases
    temporal_address: str
    temporal_namespace: str
    task_queue: str

    @property
    def database_url(self) -> str:
        """The record's URL for who only reads: a client. Raises StackError login-missing."""
        return self.databases.url(Login.READER)

    @classmethod
    def find(cls, settings: Settings) -> "Servers":
        """Take what the settings name, and the rest from the stack that runs on the data folder.

        Raises StackError server-unreachable if a part is in neither place, plaintext-refused if one is open.
        """
        require_closed(settings, Part.POSTGRES, Part.TEMPORAL)
        stack = find_running_stack(settings.data)
        temporal = settings.temporal_connection()
        if stack is None and (temporal is None or not settings.databases):
            raise _report_not_running(settings, "SELECTION_DATABASE_URL and TEMPORAL_ADDRESS")
        return Servers(
            databases=Databases.find(settings),
            temporal_address=_address(temporal, stack),
            temporal_namespace=_namespace(temporal, stack),
            task_queue=settings.task_queue,
        )


class Endpoints(Servers):
    """Where all parts of this installation are, with mail: embedded parts or servers."""

    mail: MailServer
    ui_url: str | None = None
    mail_folder: Path | None = None

    @classmethod
    def find(cls, settings: Settings) -> "Endpoints":
        """Take what the settings name, and the rest from the stack that runs on the data folder.

        Raises StackError server-unreachable if a part is in neither place, plaintext-refused if one is open.
        """
        require_closed(settings, *Part)
        servers = Servers.find(settings)
        stack = find_running_stack(settings.data)
        mail = settings.mail or (_sink(stack, settings) if stack else None)
        if mail is None:
            raise _report_not_running(settings, "SELECTION_SMTP_HOST")
        embedded = stack is not None and settings.temporal_connection() is None
        return Endpoints(
            **dict(servers),
            mail=mail,
            ui_url=stack.ui_url if stack and embedded else None,
            mail_folder=stack.mail_folder if stack and settings.mail is None else None,
        )

    def environment(self, *logins: Login) -> dict[str, str]:
        """Give the variables from which another process finds the same parts, with these logins and no other.

        Where mail is handed over only the worker is told, whose courier does it.
        """
        mail = {
            "SELECTION_SMTP_HOST": self.mail.host,
            "SELECTION_SMTP_PORT": str(self.mail.port),
            "SELECTION_SMTP_SECURITY": self.mail.security,
            "SELECTION_SMTP_USER": self.mail.user or "",
            "SELECTION_SMTP_PASSWORD": self.mail.password or "",
            "SELECTION_SMTP_SENDER": self.mail.sender,
        }
        return {
            **self.databases.environment(*logins),
            **(mail if Login.WORKER in logins else {}),
            "SELECTION_TASK_QUEUE": self.task_queue,
            "TEMPORAL_ADDRESS": self.temporal_address,
            "TEMPORAL_NAMESPACE": self.temporal_namespace,
        }


async def connect(address: str, name: str, settings: Settings, *, identity: str | None = None) -> Client:
    """Connect to the namespace `name` with the plugin all of ours share, TLS and keys as the settings say.

    Raises StackError server-unreachable.
    """
    chosen: ClientConnectConfig = settings.temporal_connection() or {}
    plugin = selection_plugin(find_keys(settings), settings.plain_payloads_until)
    try:
        way: Way = {**chosen, **find_way(address, name)}
        return await Client.connect(**way, plugins=[plugin], identity=identity)
    except (RuntimeError, OSError) as exc:
        # Where RUST_BACKTRACE is set, the SDK's own stack follows.
        reason = str(exc).partition("\n\nStack backtrace:")[0]
        raise StackError(
            "server-unreachable",
            f"Temporal at {address} does not answer: {reason}. Start it, or mend TEMPORAL_ADDRESS.",
        ) from exc


def find_keys(settings: Settings) -> dict[str, bytes] | None:
    """Return the keys of the payloads: those that the settings name, or those of an embedded Temporal; None without.

    `SELECTION_PAYLOAD_KEYS` is a ring, `@FILE` with one, or `none`. Raises StackError settings-wrong.
    """
    given, own = settings.payload_keys, settings.payload_key_file
    if given is None and settings.temporal is None and own.exists():
        given = f"@{own}"
    if given is None or given == "none":
        return None
    if not given.startswith("@"):
        return parse_keys(given)
    try:
        return parse_keys(Path(given[1:]).read_text(encoding="ascii").strip())
    except (OSError, UnicodeError) as exc:
        raise StackError(
            "settings-wrong", f"The payload keys in {given[1:]} cannot be read: {exc}."
        ) from None


def _report_not_running(settings: Settings, named: str) -> StackError:
    return StackError("server-unreachable", NOT_RUNNING.format(data=settings.data, named=named))


def sink_at(host: str, port: int, password: Path) -> MailServer:
    """Return the mail sink, to which mail is handed with the password of the file. Raises OSError."""
    return MailServer(host=host, port=port, user=COURIER, password=password.read_text(encoding="ascii"))


def _sink(stack: StackFile, settings: Settings) -> MailServer | None:
    try:
        return sink_at(stack.mail_host, stack.mail_port, DataFolder(settings.data).mail_password)
    except OSError:
        return None


def _address(temporal: ClientConnectConfig | None, stack: StackFile | None) -> str:
    if temporal is not None:
        return str(temporal.get("target_host"))
    assert stack is not None
    return stack.temporal_address


def _namespace(temporal: ClientConnectConfig | None, stack: StackFile | None) -> str:
    if temporal is not None:
        return temporal.get("namespace") or "default"
    assert stack is not None
    return stack.temporal_namespace
