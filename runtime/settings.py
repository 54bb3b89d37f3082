"""What the environment says. Every variable is named here and nowhere else."""

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from temporalio.envconfig import ClientConfigProfile, ClientConnectConfig

from runtime.errors import StackError
from runtime.logins import Login
from runtime.portal_limits import PortalLimits

TASK_QUEUE = "center-selection"
PORTAL_PORT = 8700
DATA_FOLDER = ".selection"
ACTS_A_MINUTE, REFUSALS_A_DAY = 30, 20
"""What one person may send through the portal, and have refused on one stream [D]."""
# Temporal's own variables count as "use this server" only when set on purpose: a profile file in the home
# folder alone must not send a demo to somebody's cluster.
TEMPORAL_CHOSEN = ("TEMPORAL_ADDRESS", "TEMPORAL_PROFILE", "TEMPORAL_CONFIG_FILE")


def _as_browsers_write(url: str) -> str:
    """Return an origin as browsers name it, without the port that its scheme has anyway."""
    parts = urlsplit(url)
    if parts.scheme == "http" and parts.hostname != "localhost":
        raise ValueError("http is for localhost alone; people elsewhere reach the portal by https")
    return url.removesuffix(":443" if parts.scheme == "https" else ":80")


PortalUrl = Annotated[
    str, Field(pattern=r"^https?://[a-z0-9.-]{1,253}(:[1-9][0-9]{0,4})?$"), AfterValidator(_as_browsers_write)
]


class Part(StrEnum):
    """A server that a connection leads to, as SELECTION_ALLOW_PLAINTEXT names it."""

    POSTGRES = "postgres"
    TEMPORAL = "temporal"
    SMTP = "smtp"


class MailSecurity(StrEnum):
    """How the connection to the mail server is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class MailServer(BaseModel):
    """Where notifications are handed over by SMTP."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str
    port: int = Field(ge=1, le=65535)
    security: MailSecurity = MailSecurity.NONE
    user: str | None = None
    password: str | None = Field(default=None, repr=False)
    sender: str = "selection@localhost"


class SignInProvider(BaseModel):
    """Who says by OpenID Connect who somebody is: `claim` of its tokens is a person's id in the register.

    `name` is how people call it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str = Field(pattern=r"^(https://|http://(localhost|127\.0\.0\.1)[:/])[^?#@\s]{1,500}$")
    client: str = Field(pattern=r"^[!-~]{1,200}$")
    secret: str = Field(pattern=r"^[!-~]{1,500}$", repr=False)
    claim: str = Field(default="sub", pattern=r"^[A-Za-z0-9_:/.-]{1,100}$")
    name: str = Field(default="OpenID Connect", min_length=1, max_length=60)


class Deployment(BaseModel):
    """What Temporal calls the version of a worker deployment: an operator decides which build gets tasks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[A-Za-z0-9_-]{1,200}$")
    build_id: str = Field(pattern=r"^[A-Za-z0-9._+-]{1,200}$")


class Settings(BaseModel):
    """The settings of one process; never changed while it runs.

    `databases` is empty and `temporal` and `mail` are None where the embedded part is to be used; otherwise it has the
    URLs of the logins that this process has. Without a `deployment` workers are unversioned. `key` is a person's own;
    `state` keeps what is one user's on this machine: sessions. `allow_plaintext` names servers of somebody's own to
    which connections may be open. `letterhead` is a file with the letterhead of the papers, `paper_fonts` a folder of
    fonts for characters that the papers' own lack. The portal listens on `portal_port` of this machine alone, and
    people reach it at `portal_url`, which a server in front of it answers, or else at that port; `oidc` is who else
    than their passkeys lets people in. There a person sends `acts_a_minute`, and has `refusals_a_day` on a stream;
    `portal_limits` are of visitors. Founded by it, an installation has changed mail addresses wait `address_days`.
    Letters lead to `portal_url`, and name `contact` where no round's rules do.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    data: Path = Path(DATA_FOLDER)
    databases: Mapping[Login, str] = Field(default_factory=dict, repr=False)
    temporal: ClientConfigProfile | None = Field(default=None, repr=False)
    mail: MailServer | None = None
    task_queue: str = TASK_QUEUE
    deployment: Deployment | None = None
    log_json: bool = False
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")
    allow_plaintext: frozenset[Part] = frozenset()
    payload_keys: str | None = Field(default=None, repr=False)
    plain_payloads_until: AwareDatetime | None = None
    signing_key: Path | None = None
    key: Path | None = None
    key_passphrase_file: Path | None = None
    state: Path = Path("~/.local/state/selection")
    letterhead: Path | None = None
    paper_fonts: Path | None = None
    portal_port: int | None = Field(default=None, ge=1, le=65535)
    portal_url: PortalUrl | None = None
    contact: str | None = Field(default=None, min_length=1, max_length=200)
    oidc: SignInProvider | None = None
    acts_a_minute: int = Field(default=ACTS_A_MINUTE, ge=1, le=100_000)
    refusals_a_day: int = Field(default=REFUSALS_A_DAY, ge=1, le=100_000)
    address_days: int | None = Field(default=None, ge=0, le=60)
    portal_limits: PortalLimits = PortalLimits()
    tsa_url: str | None = Field(default=None, pattern=r"^https?://[^/@\s]+(/[^@\s]*)?$")

    @property
    def portal_origin(self) -> str:
        """Under which address people reach the portal; no passkey works under an IP address."""
        return self.portal_url or f"http://localhost:{self.portal_port or PORTAL_PORT}"

    @property
    def payload_key_file(self) -> Path:
        """Where the keys of an embedded Temporal's payloads are."""
        return (self.data / "keys" / "payload.keys").absolute()

    @property
    def signing_key_file(self) -> Path:
        """Where the signer's private key is looked for; a worker that finds it signs."""
        return (self.signing_key or self.data / "keys" / "signing.key").absolute()

    @property
    def state_folder(self) -> Path:
        """Where sessions are kept."""
        return self.state.expanduser()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings from SELECTION_* and TEMPORAL_* variables.

        Raises StackError settings-wrong that names each wrong variable, without its value.
        """
        env = dict(os.environ if environment is None else environment)
        allowed = env.get("SELECTION_ALLOW_PLAINTEXT", "")
        given = {
            "data": env.get("SELECTION_DATA"),
            "databases": {login: env[login.variable] for login in Login if env.get(login.variable)},
            "mail": _mail(env),
            "task_queue": env.get("SELECTION_TASK_QUEUE"),
            "deployment": _deployment(env),
            "log_json": env.get("SELECTION_LOG_JSON"),
            "log_level": env.get("SELECTION_LOG_LEVEL"),
            "allow_plaintext": {name.strip() for name in allowed.split(",") if name.strip()},
            "payload_keys": env.get("SELECTION_PAYLOAD_KEYS"),
            "plain_payloads_until": env.get("SELECTION_PLAIN_PAYLOADS_UNTIL"),
            "signing_key": env.get("SELECTION_SIGNING_KEY"),
            "key": env.get("SELECTION_KEY"),
            "key_passphrase_file": env.get("SELECTION_KEY_PASSPHRASE_FILE"),
            "state": _state(env),
            "letterhead": env.get("SELECTION_LETTERHEAD"),
            "paper_fonts": env.get("SELECTION_PAPER_FONTS"),
            "portal_port": env.get("SELECTION_PORTAL_PORT"),
            "portal_url": env.get("SELECTION_PORTAL_URL"),
            "contact": env.get("SELECTION_CONTACT"),
            "oidc": _oidc(env),
            "acts_a_minute": env.get("SELECTION_ACTS_A_MINUTE"),
            "refusals_a_day": env.get("SELECTION_REFUSALS_A_DAY"),
            "address_days": env.get("SELECTION_ADDRESS_DAYS"),
            "portal_limits": _portal_limits(env),
            "tsa_url": env.get("SELECTION_TSA_URL"),
        }
        try:
            settings = cls.model_validate({name: value for name, value in given.items() if value})
        except ValidationError as exc:
            wrong = "; ".join(f"{_variable(fault['loc'])}: {fault['msg']}" for fault in exc.errors())
            raise StackError("settings-wrong", f"Settings from the environment are wrong: {wrong}.") from None
        return settings.model_copy(update={"temporal": _temporal(env)})

    def temporal_connection(self) -> ClientConnectConfig | None:
        """Give the arguments for Client.connect from the chosen profile; None for the embedded server."""
        return self.temporal.to_client_connect_config() if self.temporal else None


def _variable(location: tuple[int | str, ...]) -> str:
    if location[0] == "mail":
        return "_".join(["SELECTION_SMTP", *(str(part).upper() for part in location[1:])])
    if location[0] == "oidc":
        return "_".join(["SELECTION_OIDC", *(str(part).upper() for part in location[1:])])
    if location[0] == "portal_limits":
        return "_".join(["SELECTION_PORTAL", *(str(part).upper() for part in location[1:])])
    if location[0] == "deployment":
        return "SELECTION_DEPLOYMENT" if location[1:] == ("name",) else "SELECTION_BUILD_ID"
    return f"SELECTION_{str(location[0]).upper()}"


def _state(env: Mapping[str, str]) -> str | None:
    of_user = env.get("XDG_STATE_HOME")
    return env.get("SELECTION_STATE") or (f"{of_user}/selection" if of_user else None)


def _deployment(env: Mapping[str, str]) -> dict[str, str] | None:
    given = {"name": env.get("SELECTION_DEPLOYMENT"), "build_id": env.get("SELECTION_BUILD_ID")}
    return {name: value for name, value in given.items() if value} or None


def _oidc(env: Mapping[str, str]) -> dict[str, str] | None:
    given = {name: env.get(f"SELECTION_OIDC_{name.upper()}") for name in SignInProvider.model_fields}
    return {name: value for name, value in given.items() if value} or None


def _portal_limits(env: Mapping[str, str]) -> dict[str, str]:
    given = {name: env.get(f"SELECTION_PORTAL_{name.upper()}") for name in PortalLimits.model_fields}
    return {name: value for name, value in given.items() if value}


def _mail(env: Mapping[str, str]) -> dict[str, str] | None:
    if not env.get("SELECTION_SMTP_HOST"):
        return None
    given = {
        "host": env.get("SELECTION_SMTP_HOST"),
        "port": env.get("SELECTION_SMTP_PORT", "25"),
        "security": env.get("SELECTION_SMTP_SECURITY"),
        "user": env.get("SELECTION_SMTP_USER"),
        "password": env.get("SELECTION_SMTP_PASSWORD"),
        "sender": env.get("SELECTION_SMTP_SENDER"),
    }
    return {name: value for name, value in given.items() if value}


def _temporal(env: Mapping[str, str]) -> ClientConfigProfile | None:
    if not any(env.get(name) for name in TEMPORAL_CHOSEN):
        return None
    try:
        profile = ClientConfigProfile.load(profile=env.get("TEMPORAL_PROFILE"), override_env_vars=dict(env))
    except RuntimeError:
        # What is said of a faulty file repeats its line, which may be that of the API key.
        raise StackError(
            "settings-wrong",
            "The TEMPORAL_* variables or the profile are wrong: mend them, or the file that they name.",
        ) from None
    if not profile.address:
        raise StackError("settings-wrong", "The TEMPORAL_* variables or profile name no address.")
    return profile
