from pathlib import Path

import pytest

from runtime.databases import Databases
from runtime.embedded.plan import StackPlan
from runtime.embedded.stack import EmbeddedStack
from runtime.endpoints import Endpoints, Servers
from runtime.errors import StackError
from runtime.settings import Part, Settings
from runtime.transport import find_open, is_loopback, is_open_database

CERTIFIED = {"TEMPORAL_TLS_CLIENT_CERT_DATA": "cert", "TEMPORAL_TLS_CLIENT_KEY_DATA": "key"}
OPEN = {
    "SELECTION_WORKER_DATABASE_URL": "postgresql://worker@db.example/selection?sslmode=require",
    "TEMPORAL_ADDRESS": "temporal.example:7233",
    "SELECTION_SMTP_HOST": "mail.example",
}
CLOSED = {
    "SELECTION_WORKER_DATABASE_URL": "postgresql://worker@db.example/selection?sslmode=verify-full",
    "TEMPORAL_ADDRESS": "temporal.example:7233",
    **CERTIFIED,
    "SELECTION_SMTP_HOST": "mail.example",
    "SELECTION_SMTP_SECURITY": "starttls",
}


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("127.0.0.9", True),
        ("::1", True),
        ("[::1]", True),
        ("/run/postgresql", True),
        ("localhost.example", False),
        ("127.0.0.1.example", False),
        ("10.0.0.1", False),
        ("0.0.0.0", False),
        ("", False),
    ],
)
def test_loopback_is_this_machine_alone(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p@db.example/selection",
        "postgres://u:p@db.example:5432/selection?sslmode=prefer",
        "postgresql://u:p@db.example/selection?sslmode=require",
        "postgresql://u:p@db.example/selection?sslmode=verify-ca",
        "postgresql://u:p@db.example/selection?sslmode=verify-full&sslmode=disable",
        "postgresql://u:p@localhost,db.example/selection",
        "postgresql://u:p@localhost/selection?host=db.example",
        "postgresql://u:p@localhost/selection?hostaddr=10.0.0.1",
        "postgresql://u:p@localhost/selection?service=elsewhere",
        "postgresql://localhost@db.example/selection",
        "postgresql:///selection",
        "host=db.example dbname=selection",
        "host = 'db.example' sslmode=require",
        "host=localhost hostaddr=10.0.0.1",
        "service=elsewhere",
        "dbname=selection password='a://b'",
        "",
    ],
)
def test_a_database_elsewhere_is_open_unless_its_name_is_verified(url: str) -> None:
    assert is_open_database(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p@db.example/selection?sslmode=verify-full",
        "postgresql://u:p@a.example,b.example:1/selection?sslrootcert=x&sslmode=verify-full",
        "postgresql://u:p@127.0.0.1:15432/selection",
        "postgresql://u:p@[::1]:5432/selection",
        "postgresql://u@%2Frun%2Fpostgresql/selection",
        "postgresql:///selection?host=/run/postgresql",
        "host=localhost dbname=selection password='it''s at db.example'",
        "host=db.example sslmode='verify-full'",
    ],
)
def test_a_database_here_or_verified_is_closed(url: str) -> None:
    assert not is_open_database(url)


def test_each_open_part_is_named_with_where_it_leads() -> None:
    assert find_open(Settings.from_environment(OPEN)) == {
        Part.POSTGRES: "SELECTION_WORKER_DATABASE_URL",
        Part.TEMPORAL: "temporal.example:7233",
        Part.SMTP: "mail.example:25",
    }
    assert find_open(Settings.from_environment(CLOSED)) == {}
    assert find_open(Settings()) == {}


@pytest.mark.parametrize(
    ("given", "is_open"),
    [
        ({"TEMPORAL_TLS": "true"}, True),
        ({"TEMPORAL_API_KEY": "key"}, False),
        ({"TEMPORAL_API_KEY": "key", "TEMPORAL_TLS": "false"}, True),
        (CERTIFIED, False),
        ({"TEMPORAL_ADDRESS": "127.0.0.1:7233"}, False),
        ({"TEMPORAL_ADDRESS": "unix:/data/temporal/grpc.sock"}, False),
        ({"TEMPORAL_ADDRESS": "unix.example:7233"}, True),
    ],
)
def test_temporal_elsewhere_is_open_unless_it_knows_who_comes(given: dict[str, str], is_open: bool) -> None:
    settings = Settings.from_environment({"TEMPORAL_ADDRESS": "temporal.example:7233", **given})
    assert (Part.TEMPORAL in find_open(settings)) is is_open


@pytest.mark.parametrize("part", Part)
async def test_nothing_starts_over_an_open_connection_that_nobody_allowed(part: Part, tmp_path: Path) -> None:
    allowed = ",".join(other for other in Part if other is not part)
    environment = {**OPEN, "SELECTION_ALLOW_PLAINTEXT": allowed, "SELECTION_DATA": str(tmp_path / "data")}
    settings = Settings.from_environment(environment)
    with pytest.raises(StackError) as refused:
        await EmbeddedStack(StackPlan(settings)).start_all()
    assert refused.value.code == "plaintext-refused"
    assert f"SELECTION_ALLOW_PLAINTEXT={part}." in refused.value.sentence
    assert not (tmp_path / "data").exists()
    with pytest.raises(StackError, match="plaintext-refused"):
        Endpoints.find(settings)
    if part is Part.SMTP:
        Servers.find(settings)  # a client sends no mail
    if part is Part.POSTGRES:
        with pytest.raises(StackError, match="plaintext-refused"):
            Databases.find(settings)


def test_what_the_operator_allows_by_name_is_used() -> None:
    settings = Settings.from_environment({**OPEN, "SELECTION_ALLOW_PLAINTEXT": "postgres, temporal,smtp"})
    assert settings.allow_plaintext == frozenset(Part)
    assert Endpoints.find(settings).mail.host == "mail.example"
    with pytest.raises(StackError, match="SELECTION_ALLOW_PLAINTEXT"):
        Settings.from_environment({"SELECTION_ALLOW_PLAINTEXT": "everything"})
