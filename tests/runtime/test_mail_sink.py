import smtplib
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from runtime.data_folder import DataFolder
from runtime.embedded.mail_process import MailSink
from runtime.embedded.mail_sink import list_mail
from runtime.embedded.ports import LOOPBACK, free_port
from runtime.endpoints import sink_at
from tests.running.waiting import STUCK_AFTER

pytestmark = pytest.mark.stack


@pytest.fixture
async def sink(tmp_path: Path) -> AsyncIterator[MailSink]:
    """The mail sink alone, with the files that it has in a stack's folder."""
    folder = DataFolder.open(tmp_path / "data")
    started = MailSink(
        folder.mail,
        port=free_port(),
        refused=folder.refused_mail,
        password=folder.mail_password,
        log=folder.log("mail"),
    )
    await started.start()
    yield started
    await started.stop()
    folder.close()


def mail_to(*recipients: str, message_id: str = "<1@selection>") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "office@selection.invalid"
    message["To"] = ", ".join(recipients)
    message["Subject"] = "评审邀请 Invitation to review"
    message["Message-ID"] = message_id
    message.set_content("请在期限前答复。\nPlease answer before the deadline.\n")
    return message


def send(sink: MailSink, message: EmailMessage) -> dict[str, tuple[int, bytes]]:
    mail = sink_at(LOOPBACK, sink.port, sink.password)
    with smtplib.SMTP(mail.host, mail.port, timeout=STUCK_AFTER) as server:
        server.login(mail.user or "", mail.password or "")
        return server.send_message(message)


async def test_an_accepted_mail_is_kept_as_it_was_sent(sink: MailSink) -> None:
    assert send(sink, mail_to("a@example.invalid", "b@example.invalid")) == {}
    (mail,) = list_mail(sink.folder)
    assert mail.message_id == "<1@selection>"
    assert mail.sender == "office@selection.invalid"
    assert mail.recipients == ("a@example.invalid", "b@example.invalid")
    assert mail.subject == "评审邀请 Invitation to review"
    assert mail.body == "请在期限前答复。\nPlease answer before the deadline.\n"


async def test_mails_are_listed_in_order_of_arrival_with_repeats_and_survive_a_kill(
    sink: MailSink,
) -> None:
    for number in (2, 1, 1):
        send(sink, mail_to("a@example.invalid", message_id=f"<{number}@selection>"))
    sink.kill()
    await sink.start()
    send(sink, mail_to("a@example.invalid", message_id="<3@selection>"))
    listed = [mail.message_id for mail in list_mail(sink.folder)]
    assert listed == ["<2@selection>", "<1@selection>", "<1@selection>", "<3@selection>"]


async def test_a_listed_address_is_refused_for_good_until_the_list_is_mended(sink: MailSink) -> None:
    sink.refused.write_text("Gone@example.invalid\n", encoding="utf-8")
    with pytest.raises(smtplib.SMTPRecipientsRefused) as error:
        send(sink, mail_to("gone@example.invalid"))
    assert error.value.recipients["gone@example.invalid"][0] == 550

    others = send(sink, mail_to("gone@example.invalid", "b@example.invalid"))
    assert set(others) == {"gone@example.invalid"}
    (mail,) = list_mail(sink.folder)
    assert mail.recipients == ("b@example.invalid",)

    sink.refused.write_text("", encoding="utf-8")
    assert send(sink, mail_to("gone@example.invalid")) == {}


async def test_a_mail_that_is_too_large_is_refused(sink: MailSink) -> None:
    message = mail_to("a@example.invalid")
    message.set_content("x" * 2_000_000)
    with pytest.raises(smtplib.SMTPException):
        send(sink, message)
    assert list_mail(sink.folder) == []
