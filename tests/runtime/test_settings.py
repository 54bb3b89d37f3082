from pathlib import Path

import pytest

from runtime.errors import StackError
from runtime.logins import Login
from runtime.portal_limits import PortalLimits
from runtime.settings import Deployment, MailSecurity, MailServer, Settings


def test_an_empty_environment_means_the_embedded_stack() -> None:
    settings = Settings.from_environment({})
    assert settings == Settings()
    assert settings.data == Path(".selection")
    assert settings.databases == {}
    assert settings.mail is None
    assert settings.temporal_connection() is None


EVERY_VARIABLE = {
    "SELECTION_DATA": "/srv/selection",
    "SELECTION_DATABASE_URL": "postgresql://db/selection",
    "SELECTION_WORKER_DATABASE_URL": "postgresql://db/worker",
    "SELECTION_SMTP_HOST": "mail",
    "SELECTION_SMTP_PORT": "465",
    "SELECTION_SMTP_SECURITY": "tls",
    "SELECTION_SMTP_USER": "office",
    "SELECTION_SMTP_PASSWORD": "secret",
    "SELECTION_SMTP_SENDER": "office@selection.invalid",
    "SELECTION_TASK_QUEUE": "other",
    "SELECTION_DEPLOYMENT": "selection",
    "SELECTION_BUILD_ID": "0.2.0",
    "SELECTION_LOG_JSON": "1",
    "SELECTION_LOG_LEVEL": "DEBUG",
    "SELECTION_PAYLOAD_KEYS": "k:AAAA",
    "SELECTION_PORTAL_PORT": "8701",
    "SELECTION_PORTAL_URL": "https://selection.example",
    "SELECTION_CONTACT": "Selection office, 010-5555-0100",
    "SELECTION_PORTAL_CONNECTIONS": "80",
    "SELECTION_PORTAL_HEAD_S": "5",
    "SELECTION_PORTAL_UNREAD_S": "30",
    "SELECTION_PORTAL_BODY_S": "4.5",
    "SELECTION_PORTAL_PACE": "32768",
    "SELECTION_ACTS_A_MINUTE": "60",
    "SELECTION_REFUSALS_A_DAY": "40",
    "SELECTION_ADDRESS_DAYS": "5",
    "SELECTION_SIGNING_KEY": "/etc/selection/signing.key",
    "SELECTION_TSA_URL": "https://tsa.example/",
}
EVERY_SETTING = Settings(
    data=Path("/srv/selection"),
    databases={Login.READER: "postgresql://db/selection", Login.WORKER: "postgresql://db/worker"},
    mail=MailServer(
        host="mail",
        port=465,
        security=MailSecurity.TLS,
        user="office",
        password="secret",
        sender="office@selection.invalid",
    ),
    task_queue="other",
    deployment=Deployment(name="selection", build_id="0.2.0"),
    log_json=True,
    log_level="DEBUG",
    payload_keys="k:AAAA",
    portal_port=8701,
    portal_url="https://selection.example",
    contact="Selection office, 010-5555-0100",
    portal_limits=PortalLimits(connections=80, head_s=5, unread_s=30, body_s=4.5, pace=32768),
    acts_a_minute=60,
    refusals_a_day=40,
    address_days=5,
    signing_key=Path("/etc/selection/signing.key"),
    tsa_url="https://tsa.example/",
)


def test_every_variable_is_read() -> None:
    assert Settings.from_environment(EVERY_VARIABLE) == EVERY_SETTING


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SELECTION_SMTP_PORT", "a-secret-port"),
        ("SELECTION_SMTP_SECURITY", "a-secret-way"),
        ("SELECTION_LOG_LEVEL", "a-secret-level"),
        ("SELECTION_PORTAL_HEAD_S", "a-secret-limit"),
        # As many as there are of all addresses together.
        ("SELECTION_PORTAL_CONNECTIONS", "601"),
        ("SELECTION_LOG_JSON", "a-secret-choice"),
    ],
)
def test_a_wrong_variable_is_named_and_its_value_is_not(variable: str, value: str) -> None:
    with pytest.raises(StackError) as refused:
        Settings.from_environment({"SELECTION_SMTP_HOST": "mail", variable: value})
    assert refused.value.code == "settings-wrong"
    assert variable in refused.value.sentence
    assert value not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"SELECTION_DEPLOYMENT": "selection"}, "SELECTION_BUILD_ID"),
        ({"SELECTION_BUILD_ID": "0.2.0"}, "SELECTION_DEPLOYMENT"),
        ({"SELECTION_DEPLOYMENT": "a.b", "SELECTION_BUILD_ID": "0.2.0"}, "SELECTION_DEPLOYMENT"),
    ],
)
def test_a_deployment_has_a_name_and_a_build(given: dict[str, str], named: str) -> None:
    with pytest.raises(StackError) as refused:
        Settings.from_environment(given)
    assert (refused.value.code, named in refused.value.sentence) == ("settings-wrong", True)


def test_secrets_are_not_shown() -> None:
    settings = Settings.from_environment(
        {
            "SELECTION_DATABASE_URL": "postgresql://u:canary@db/selection",
            "SELECTION_SMTP_HOST": "mail",
            "SELECTION_SMTP_PASSWORD": "canary",
            "SELECTION_PAYLOAD_KEYS": "k:canary",
            "TEMPORAL_ADDRESS": "cluster:7233",
            "TEMPORAL_API_KEY": "canary",
        }
    )
    assert "canary" not in repr(settings)


def test_temporals_own_variables_choose_a_server() -> None:
    settings = Settings.from_environment(
        {"TEMPORAL_ADDRESS": "cluster:7233", "TEMPORAL_NAMESPACE": "centres", "TEMPORAL_API_KEY": "key"}
    )
    connection = settings.temporal_connection()
    assert connection is not None
    assert connection["target_host"] == "cluster:7233"
    assert connection["namespace"] == "centres"
    assert connection["api_key"] == "key"


def test_a_profile_is_used_only_when_it_is_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "temporal.toml"
    file.write_text('[profile.default]\naddress = "a:1"\n[profile.prod]\naddress = "b:2"\nnamespace = "n"\n')
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(file))
    assert Settings.from_environment({}).temporal is None
    chosen = Settings.from_environment({"TEMPORAL_CONFIG_FILE": str(file), "TEMPORAL_PROFILE": "prod"})
    connection = chosen.temporal_connection()
    assert connection is not None
    assert connection["target_host"] == "b:2"
    assert connection["namespace"] == "n"


@pytest.mark.parametrize(
    "content", ["this is no toml", "[profile.other]\naddress = 'a:1'\n", "[profile.prod]\nnamespace = 'n'\n"]
)
def test_a_profile_that_leads_nowhere_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "temporal.toml"
    file.write_text(content)
    with pytest.raises(StackError) as refused:
        Settings.from_environment({"TEMPORAL_CONFIG_FILE": str(file), "TEMPORAL_PROFILE": "prod"})
    assert refused.value.code == "settings-wrong"


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://selection.example:443", "https://selection.example"),
        ("https://selection.example:8443", "https://selection.example:8443"),
        ("http://localhost:80", "http://localhost"),
        ("http://localhost:8443", "http://localhost:8443"),
    ],
)
def test_the_portals_address_is_as_browsers_write_it(given: str, origin: str) -> None:
    assert Settings.from_environment({"SELECTION_PORTAL_URL": given}).portal_origin == origin


def test_no_portal_is_reached_by_http_from_elsewhere() -> None:
    for given in ("http://selection.example", "http://localhost.example", "http://127.0.0.1:8700"):
        with pytest.raises(StackError, match="SELECTION_PORTAL_URL"):
            Settings.from_environment({"SELECTION_PORTAL_URL": given})
