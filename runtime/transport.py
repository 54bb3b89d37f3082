"""Which connections to servers of one's own can be read or answered by others on the way."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from runtime.errors import StackError
from runtime.settings import MailSecurity, Part, Settings
from runtime.temporal.address import find_socket

VERIFIED = "verify-full"
SCHEMES = ("postgresql://", "postgres://")
WORD = re.compile(r"(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\S*))")
CURES = {
    Part.POSTGRES: "end its URL with sslmode=verify-full and sslrootcert=FILE",
    Part.TEMPORAL: "give TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH, or TEMPORAL_API_KEY",
    Part.SMTP: "set SELECTION_SMTP_SECURITY to tls or starttls",
}


def find_open(settings: Settings) -> dict[Part, str]:
    """Return each part whose connection is open, with the place that it leads to.

    Closed is what does not leave the machine, PostgreSQL with `verify-full`, Temporal with mTLS or an API key over
    TLS, and SMTP with TLS or STARTTLS. Embedded parts are not looked at.
    """
    found = dict[Part, str]()
    for login, url in settings.databases.items():
        if is_open_database(url):
            found.setdefault(Part.POSTGRES, login.variable)
    temporal = settings.temporal_connection()
    if temporal and _is_open_temporal(temporal):
        found[Part.TEMPORAL] = str(temporal["target_host"])
    if settings.mail and settings.mail.security is MailSecurity.NONE and not is_loopback(settings.mail.host):
        found[Part.SMTP] = f"{settings.mail.host}:{settings.mail.port}"
    return found


def require_closed(settings: Settings, *parts: Part) -> None:
    """Raise StackError plaintext-refused if one of these parts is open and the operator does not allow it."""
    for part, place in find_open(settings).items():
        if part in parts and part not in settings.allow_plaintext:
            raise StackError(
                "plaintext-refused",
                f"The connection to {part} ({place}) could be read or answered by others: {CURES[part]}. "
                f"To allow it all the same, name it: SELECTION_ALLOW_PLAINTEXT={part}.",
            )


def is_open_database(url: str) -> bool:
    """Tell whether a URL or connection string lets anybody on the way read or answer.

    It must say so itself: what PG* variables, service files or defaults of the client would add does not count.
    """
    given = dict(_read_url(url) if url.startswith(SCHEMES) else _read_words(url))
    if given.get("sslmode") == VERIFIED:
        return False
    hosts = [host for name in ("host", "hostaddr") if name in given for host in given[name].split(",")]
    return "service" in given or not hosts or not all(is_loopback(host) for host in hosts)


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine: localhost, an address of loopback, or the folder of a Unix socket."""
    if host == "localhost" or host.startswith("/"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _read_url(url: str) -> Iterator[tuple[str, str]]:
    parts = urlsplit(url)
    places = parts.netloc.rpartition("@")[2].split(",")
    yield "host", ",".join(unquote(re.sub(r":\d*$", "", place)) for place in places)
    # What the query says again takes the place of what stands before it.
    yield from parse_qsl(parts.query, keep_blank_values=True)


def _read_words(text: str) -> Iterator[tuple[str, str]]:
    for name, quoted, bare in WORD.findall(text):
        yield name, re.sub(r"\\(.)", r"\1", quoted or bare)


def _is_open_temporal(given: Any) -> bool:
    address = str(given["target_host"])
    if find_socket(address) or is_loopback(address.rpartition(":")[0]):
        return False
    tls = given.get("tls")
    certified = getattr(tls, "client_cert", None) is not None
    return not (tls and (certified or given.get("api_key")))
