"""Parts of a running stack put off, one at a time: really off, for as long as somebody looks, and then well again."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo
from temporalio.api.operatorservice.v1 import RemoveSearchAttributesRequest
from temporalio.client import Client

from ledger.database.migrate import migrate
from runtime.embedded.ports import LOOPBACK, free_port
from runtime.settings import Settings
from runtime.temporal import namespace, search_attributes
from runtime.temporal.address import find_way
from selection.kernel.actor import SYSTEM
from selection.kernel.leaf import Leaf, leaf_bytes
from selection.register.events import MessageRefused
from selection.register.state import INSTALLATION
from tests.databases import superuser_on
from tests.starter.support.stack import Up, UpHere

WITHOUT_ROOM = next(path for path in ("/proc", "/dev") if Path(path).is_dir())
"""A file system of the machine that has no room: of processes on Linux, of devices on macOS."""


@dataclass(frozen=True)
class Off:
    """What is put off and how; the parts that the doctor must name for it, each with words of its cure."""

    name: str
    put: Callable[[Up], AbstractContextManager[Up]]
    cures: dict[str, str]


def there(up: Up) -> dict[str, str]:
    """What the stack tells of itself."""
    told: dict[str, str] = json.loads((up.data / "stack.json").read_text(encoding="utf-8"))
    return told


@contextmanager
def elsewhere(up: Up, **named: str) -> Iterator[Up]:
    """The same stack, but with these variables."""
    yield UpHere(up.data, **named)


def nobody_listens(variable: str, form: str = "{}") -> Callable[[Up], AbstractContextManager[Up]]:
    """Name a server at which nobody listens."""
    return lambda up: elsewhere(up, **{variable: form.format(f"{LOOPBACK}:{free_port()}")})


@contextmanager
def no_stack(up: Up) -> Iterator[Up]:
    yield UpHere(up.data / "nothing-here")


def another_database(*statements: str) -> Callable[[Up], AbstractContextManager[Up]]:
    """Name a new database, in which nothing is but what the statements make."""

    @contextmanager
    def put(up: Up) -> Iterator[Up]:
        url = superuser_on(up.data)
        another = make_conninfo(url, dbname="another")
        _run(url, "CREATE DATABASE another")
        try:
            _run(another, *statements)
            yield UpHere(up.data, SELECTION_DATABASE_URL=another)
        finally:
            _run(url, "DROP DATABASE another")

    return put


@contextmanager
def nobody_signs(up: Up) -> Iterator[Up]:
    """Name a record that the stack's signer does not follow: ten minutes ago an entry came that nobody signed."""
    at = datetime.now(UTC) - timedelta(minutes=10)
    data = {"target": "", "kind": "late", "code": "late", "params": {}, "command_id": "late"}
    leaf = Leaf(
        type=MessageRefused.TYPE,
        stream=INSTALLATION,
        version=1,
        actor=SYSTEM,
        at=at,
        recorded=at,
        register_size=0,
        rules="",
        data=data,
    )
    with another_database()(up) as looked_at:
        url = looked_at.environment["SELECTION_DATABASE_URL"]
        asyncio.run(migrate(url))
        with psycopg.connect(url) as connection:
            append = "SELECT selection.append_entries(%s, %s, 0, %s)"
            connection.execute(append, [INSTALLATION, INSTALLATION, [leaf_bytes(leaf)]])
        yield looked_at


@contextmanager
def a_session_in_the_way(up: Up) -> Iterator[Up]:
    """Somebody has begun to write, and has gone away from the keyboard."""
    with psycopg.connect(superuser_on(up.data)) as connection:
        connection.execute("LOCK TABLE selection.outbox IN ROW EXCLUSIVE MODE")
        yield up


@contextmanager
def another_clock(up: Up) -> Iterator[Up]:
    """The database's clock goes an hour after ours."""
    url = superuser_on(up.data)
    _run(
        url,
        "ALTER FUNCTION pg_catalog.clock_timestamp() RENAME TO right_clock",
        "CREATE FUNCTION pg_catalog.clock_timestamp() RETURNS timestamptz LANGUAGE sql"
        " AS 'SELECT pg_catalog.right_clock() - interval ''1 hour'''",
    )
    try:
        yield up
    finally:
        _run(
            url,
            "DROP FUNCTION pg_catalog.clock_timestamp()",
            "ALTER FUNCTION pg_catalog.right_clock() RENAME TO clock_timestamp",
        )


@contextmanager
def short_retention(up: Up) -> Iterator[Up]:
    _ask(up, lambda client: namespace.keep_for(client, timedelta(days=30)))
    try:
        yield up
    finally:
        _ask(up, lambda client: namespace.keep_for(client, namespace.RETENTION))


@contextmanager
def an_attribute_missing(up: Up) -> Iterator[Up]:
    async def remove(client: Client) -> None:
        request = RemoveSearchAttributesRequest(
            namespace=client.namespace, search_attributes=[search_attributes.OUTCOME.name]
        )
        await client.operator_service.remove_search_attributes(request)

    _ask(up, remove)
    try:
        yield up
    finally:
        _ask(up, namespace.register_search_attributes)


@contextmanager
def another_version(up: Up) -> Iterator[Up]:
    """The record says of a round that it is further than its workflow knows."""
    url = superuser_on(up.data)
    further = "UPDATE selection.snapshots SET version = version {} 1 WHERE stream = 'round/r1'"
    _run(url, further.format("+"))
    try:
        yield up
    finally:
        _run(url, further.format("-"))


@contextmanager
def other_codes_projections(up: Up) -> Iterator[Up]:
    """Code of another version projected a round last."""
    url, said = superuser_on(up.data), "UPDATE selection.snapshots SET fold = {} WHERE stream = 'round/r1'"
    _run(url, said.format("fold || '-'"))
    try:
        yield up
    finally:
        _run(url, said.format("rtrim(fold, '-')"))


@contextmanager
def a_stream_without_workflow(up: Up) -> Iterator[Up]:
    """The record holds a stream open of which Temporal knows nothing."""
    url = superuser_on(up.data)
    _run(
        url,
        "INSERT INTO selection.snapshots (stream, log, fold, version, state) SELECT 'round/r0', 'r0', fold, version,"
        " replace(state, 'round/r1', 'round/r0') FROM selection.snapshots WHERE stream = 'round/r1'",
    )
    try:
        yield up
    finally:
        _run(url, "DELETE FROM selection.snapshots WHERE stream = 'round/r0'")


@contextmanager
def a_log_that_lost_entries(up: Up) -> Iterator[Up]:
    url = superuser_on(up.data)
    _run(url, "SELECT selection.halt_log('r0', '3 entries, were 5')")
    try:
        yield up
    finally:
        go_on_with_all_logs(up)


def go_on_with_all_logs(up: Up) -> None:
    """Have the record take entries again of logs that were halted: no other test of the stack is to meet them."""
    _run(superuser_on(up.data), "DELETE FROM selection.halts")


@contextmanager
def open_to_others(up: Up) -> Iterator[Up]:
    password = up.data / "logins" / "worker"
    password.chmod(0o644)
    try:
        yield up
    finally:
        password.chmod(0o600)


def nowhere(up: Up) -> AbstractContextManager[Up]:
    """A namespace that the server does not have."""
    return elsewhere(up, TEMPORAL_ADDRESS=there(up)["temporal_address"], TEMPORAL_NAMESPACE="nowhere")


@contextmanager
def no_room(up: Up) -> Iterator[Up]:
    told = there(up)
    yield UpHere(
        Path(WITHOUT_ROOM),
        SELECTION_DATABASE_URL=superuser_on(up.data),
        SELECTION_PAYLOAD_KEYS=f"@{Settings(data=up.data).payload_key_file}",
        TEMPORAL_ADDRESS=told["temporal_address"],
    )


def without_keys(up: Up) -> AbstractContextManager[Up]:
    """A client that was not given what Temporal's answers are encrypted with."""
    return elsewhere(up, SELECTION_PAYLOAD_KEYS="none")


OFF = (
    Off("no stack", no_stack, {"stack": "selection up"}),
    Off(
        "postgres",
        nobody_listens("SELECTION_DATABASE_URL", "postgresql://somebody@{}/selection"),
        {"postgres": "mend SELECTION_DATABASE_URL"},
    ),
    Off("migrations", another_database(), {"migrations": "selection db migrate"}),
    Off(
        "altered migration",
        another_database(
            "CREATE SCHEMA selection",
            "CREATE TABLE selection.migrations AS SELECT '0001_pre_record.sql' AS name, 'other' AS sha256",
        ),
        {"migrations": "the version that the database was migrated with"},
    ),
    Off("clock", another_clock, {"clock": "by NTP"}),
    Off("locks", a_session_in_the_way, {"locks": "SELECT pg_terminate_backend("}),
    Off("temporal", nobody_listens("TEMPORAL_ADDRESS"), {"temporal": "mend TEMPORAL_ADDRESS"}),
    Off("retention", short_retention, {"retention": "namespace update --retention 3650d default"}),
    Off(
        "search attributes",
        an_attribute_missing,
        {"search-attributes": "search-attribute create --name SelectionOutcome --type Keyword"},
    ),
    Off(
        "workers",
        lambda up: elsewhere(up, SELECTION_TASK_QUEUE="nobody-polls"),
        {"worker": "python -m worker", "signer": "SELECTION_SIGNING_KEY", "workflows": "selection resume"},
    ),
    Off(
        "namespace",
        nowhere,
        dict.fromkeys(
            (
                "temporal-clock",
                "retention",
                "search-attributes",
                "worker",
                "workflow-tasks",
                "signer",
                "workflows",
            ),
            "Mend the namespace",
        ),
    ),
    Off("projections", other_codes_projections, {"projections": "selection db migrate"}),
    Off("versions", another_version, {"versions": "selection resume"}),
    Off("forgotten workflows", a_stream_without_workflow, {"workflows": "selection resume"}),
    Off("halted logs", a_log_that_lost_entries, {"halted-logs": "selection reconcile"}),
    Off(
        "mail",
        lambda up: elsewhere(up, SELECTION_SMTP_HOST=LOOPBACK, SELECTION_SMTP_PORT=str(free_port())),
        {
            "mail": "mend SELECTION_SMTP_HOST",
            "letter-links": "Set SELECTION_PORTAL_URL",
            "letter-contact": "Set SELECTION_CONTACT",
        },
    ),
    # What the workflows know stands in the other record.
    Off("signatures", nobody_signs, {"signer": "the log of the worker", "versions": "selection reconcile"}),
    Off("disk", no_room, {"disk": "Make room"}),
    Off(
        "plaintext",
        lambda up: elsewhere(
            up,
            SELECTION_ALLOW_PLAINTEXT="smtp,temporal",
            SELECTION_SMTP_HOST="mail.invalid",
            SELECTION_PORTAL_URL="https://portal.example",
            SELECTION_CONTACT="Office, 010-5555-0100",
        ),
        {"plaintext": "SELECTION_SMTP_SECURITY", "mail": "mend SELECTION_SMTP_HOST"},
    ),
    Off(
        "plaintext that nobody allowed",
        lambda up: elsewhere(up, SELECTION_DATABASE_URL="postgresql://reader@db.example/selection"),
        {"stack": "sslmode=verify-full"},
    ),
    Off("payload keys", without_keys, dict.fromkeys(("signer", "workflows"), "SELECTION_PAYLOAD_KEYS")),
    Off("passwords", open_to_others, {"passwords": "chmod -R go="}),
)


def _run(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def _ask(up: Up, work: Callable[[Client], Awaitable[None]]) -> None:
    async def connect() -> None:
        await work(await Client.connect(**find_way(there(up)["temporal_address"])))

    asyncio.run(connect())
