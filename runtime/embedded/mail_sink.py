"""The embedded stack's mail server: takes every mail of the courier by real SMTP and keeps it in a Maildir.

Anybody on the machine, and any page in a browser, may connect to its port. What is kept there is read as a letter of
the engine's, so mail is taken only of who knows the password, which stands in the data folder: all else is refused.

Run as `python -m runtime.embedded.mail_sink FOLDER PORT REFUSED PASSWORD`. REFUSED is a file with one address per line;
it may be missing. It is read anew for each recipient, so a mailbox can break and be mended while everything runs.
PASSWORD is the file of the password, which must be there.
"""

import asyncio
import email
import email.policy
import errno
import hmac
import mailbox
import signal
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from runtime.data_folder import COURIER
from runtime.embedded.ports import LOOPBACK
from runtime.errors import PORT_LOST
from runtime.logging import configure_logging

ARGUMENTS = "FOLDER PORT REFUSED PASSWORD"
SIZE_LIMIT = 1024 * 1024
ACCEPTED = "250 OK"
REFUSED = "550 5.1.1 No such mailbox here"


@dataclass(frozen=True)
class Mail:
    """One mail as the sink took it. `recipients` are those of the envelope."""

    message_id: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    at: datetime
    body: str
    path: Path


class Sink:
    """The handler of aiosmtpd: refuses the listed addresses and stores the rest."""

    def __init__(self, folder: Path, refused: Path) -> None:
        self._folder = mailbox.Maildir(folder)
        self._refused = refused

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse for good (550) an address that is on the list."""
        if address.lower() in read_refused_addresses(self._refused):
            return REFUSED
        envelope.rcpt_tos.append(address)
        return ACCEPTED

    async def handle_DATA(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Store the mail, then say so: a mail that was accepted is on disk."""
        content = envelope.content
        text = content.encode() if isinstance(content, str) else content or b""
        recipients = ", ".join(envelope.rcpt_tos)
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {recipients}\r\n".encode()
        self._folder.add(head + text)
        return ACCEPTED


class Door:
    """Lets in who knows the password."""

    def __init__(self, password: bytes) -> None:
        self._password = password

    def __call__(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, said: object
    ) -> AuthResult:
        """Compare the name and the password that were said; aiosmtpd answers who is not let in."""
        known = (
            isinstance(said, LoginPassword)
            and said.login == COURIER.encode()
            and hmac.compare_digest(said.password, self._password)
        )
        return AuthResult(success=known, handled=False)


def read_refused_addresses(refused: Path) -> set[str]:
    """Read the list of addresses that the sink refuses; empty if there is no such file."""
    try:
        return {
            line.strip().lower() for line in refused.read_text(encoding="utf-8").splitlines() if line.strip()
        }
    except FileNotFoundError:
        return set()


def list_mail(folder: Path) -> list[Mail]:
    """Give every mail in the sink's folder, oldest first, repeated deliveries included."""
    paths = [path for part in ("new", "cur") for path in (folder / part).glob("*")]
    return [_read(path) for path in sorted(paths, key=lambda path: (path.stat().st_mtime_ns, path.name))]


def _read(path: Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    part = message.get_body(preferencelist=("plain", "html"))
    date = message["Date"]
    arrived = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Mail(
        message_id=str(message["Message-ID"] or ""),
        sender=str(message["X-Envelope-From"]),
        recipients=tuple(str(message["X-Envelope-To"]).split(", ")),
        subject=str(message["Subject"] or ""),
        at=parsedate_to_datetime(str(date)) if date else arrived,
        body=str(part.get_content()).replace("\r\n", "\n") if part else "",
        path=path,
    )


async def serve(folder: Path, port: int, refused: Path, password: Path) -> None:
    """Take mail on the loopback address until SIGTERM or SIGINT."""
    # On the loopback address nobody listens in who may not read the file as well.
    warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS", UserWarning)
    door = Door(await asyncio.to_thread(password.read_bytes))
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    sink = Sink(folder, refused)
    server = await loop.create_server(
        lambda: SMTP(
            sink,
            hostname="localhost",
            data_size_limit=SIZE_LIMIT,
            enable_SMTPUTF8=True,
            authenticator=door,
            auth_required=True,
            auth_require_tls=False,
        ),
        LOOPBACK,
        port,
    )
    async with server:
        await stopping.wait()


def main(arguments: Sequence[str]) -> None:
    """Serve as the arguments say; ends the process where they do not."""
    if len(arguments) != len(ARGUMENTS.split()) or not arguments[1].isdecimal():
        sys.exit(f"usage: python -m runtime.embedded.mail_sink {ARGUMENTS}")
    configure_logging(json=False)
    folder, port, refused, password = arguments
    try:
        asyncio.run(serve(Path(folder), int(port), Path(refused), Path(password)))
    except OSError as exc:
        if exc.errno != errno.EADDRINUSE:
            raise
        sys.exit(f"Port {port}: {PORT_LOST}")


if __name__ == "__main__":
    main(sys.argv[1:])
