"""Who may connect to the port of the mail sink, as any user and any page in a browser may, leaves no letter there."""

import contextlib
import smtplib
import socket
from collections.abc import Callable, Iterator

import psutil
import pytest

from runtime.embedded.mail_sink import list_mail
from runtime.embedded.plan import StackPlan
from runtime.embedded.stack import EmbeddedStack
from runtime.endpoints import Endpoints
from runtime.settings import MailServer, Settings
from tests.running.stacks import run_stack
from tests.running.waiting import STUCK_AFTER

pytestmark = pytest.mark.stack

FORGED = b"From: office@selection.invalid\r\nTo: a@example.invalid\r\nSubject: You were chosen\r\n\r\nPay here.\r\n"
TO = ["a@example.invalid"]
POST = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n\r\n"
TALK = (
    b"EHLO x\r\nMAIL FROM:<o@x.example>\r\nRCPT TO:<a@example.invalid>\r\nDATA\r\n"
    + FORGED
    + b".\r\nQUIT\r\n"
)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStack]:
    settings = Settings(data=tmp_path_factory.mktemp("mail") / "data")
    with run_stack(StackPlan(settings, synced=False)) as running:
        yield running


def hand_over(mail: MailServer, *login: str) -> None:
    with smtplib.SMTP(mail.host, mail.port, timeout=STUCK_AFTER) as server:
        if login:
            server.login(*login)
        server.sendmail("office@selection.invalid", TO, FORGED)


def by_a_page(mail: MailServer) -> None:
    with socket.create_connection((mail.host, mail.port), timeout=STUCK_AFTER) as connection:
        connection.sendall(POST + TALK)
        while connection.recv(4096):
            pass


ATTACKS: tuple[Callable[[MailServer], None], ...] = (
    hand_over,
    lambda mail: hand_over(mail, "courier", ""),
    lambda mail: hand_over(mail, "courier", "password"),
    lambda mail: hand_over(mail, "", mail.password or ""),
    lambda mail: hand_over(mail, "courier", f"{mail.password}\n"),
    by_a_page,
)


async def test_a_stranger_leaves_no_letter(stack: EmbeddedStack) -> None:
    assert stack.endpoints.mail_folder is not None
    before = list_mail(stack.endpoints.mail_folder)
    for attack in ATTACKS:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            attack(stack.endpoints.mail)
        assert list_mail(stack.endpoints.mail_folder) == before


async def test_only_who_may_read_the_data_folder_knows_the_password(stack: EmbeddedStack) -> None:
    mail = Endpoints.find(Settings(data=stack.plan.settings.data)).mail
    assert mail.password
    assert stack.endpoints.mail_folder is not None
    before = list_mail(stack.endpoints.mail_folder)
    hand_over(mail, mail.user or "", mail.password)
    assert len(list_mail(stack.endpoints.mail_folder)) == len(before) + 1
    data = stack.plan.settings.data
    assert [path.name for path in data.rglob("*.password") if not path.stat().st_mode & 0o077] == [
        "mail.password"
    ]
    # What another user sees of the process is its command line.
    assert mail.password not in " ".join(psutil.Process(stack.pids["mail"]).cmdline())
    assert mail.password not in repr(mail)
    assert mail.password not in (data / "logs" / "mail.log").read_text()
