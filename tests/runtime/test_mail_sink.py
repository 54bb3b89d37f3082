import smtplib
from email.message import EmailMessage

import pytest

from runtime.embedded.mail_sink import list_mail
from runtime.embedded.stack import MAIL, EmbeddedStack
from tests.running.waiting import STUCK_AFTER

pytestmark = pytest.mark.stack


def mail_to(*recipients: str, message_id: str = "<1@selection>") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "office@selection.invalid"
    message["To"] = ", ".join(recipients)
    message["Subject"] = "评审邀请 Invitation to review"
    message["Message-ID"] = message_id
    message.set_content("请在期限前答复。\nPlease answer before the deadline.\n")
    return message


def send(stack: EmbeddedStack, message: EmailMessage) -> dict[str, tuple[int, bytes]]:
    mail = stack.endpoints.mail
    with smtplib.SMTP(mail.host, mail.port, timeout=STUCK_AFTER) as server:
        server.login(mail.user or "", mail.password or "")
        return server.send_message(message)


async def test_an_accepted_mail_is_kept_as_it_was_sent(stack: EmbeddedStack) -> None:
    assert send(stack, mail_to("a@example.invalid", "b@example.invalid")) == {}
    assert stack.endpoints.mail_folder is not None
    (mail,) = list_mail(stack.endpoints.mail_folder)
    assert mail.message_id == "<1@selection>"
    assert mail.sender == "office@selection.invalid"
    assert mail.recipients == ("a@example.invalid", "b@example.invalid")
    assert mail.subject == "评审邀请 Invitation to review"
    assert mail.body == "请在期限前答复。\nPlease answer before the deadline.\n"


async def test_mails_are_listed_in_order_of_arrival_with_repeats_and_survive_a_kill(
    stack: EmbeddedStack,
) -> None:
    for number in (2, 1, 1):
        send(stack, mail_to("a@example.invalid", message_id=f"<{number}@selection>"))
    stack.kill(MAIL)
    await stack.start(MAIL)
    send(stack, mail_to("a@example.invalid", message_id="<3@selection>"))
    assert stack.endpoints.mail_folder is not None
    listed = [mail.message_id for mail in list_mail(stack.endpoints.mail_folder)]
    assert listed == ["<2@selection>", "<1@selection>", "<1@selection>", "<3@selection>"]


async def test_a_listed_address_is_refused_for_good_until_the_list_is_mended(stack: EmbeddedStack) -> None:
    refused = stack.plan.settings.data / "refused-mail.txt"
    refused.write_text("Gone@example.invalid\n", encoding="utf-8")
    with pytest.raises(smtplib.SMTPRecipientsRefused) as error:
        send(stack, mail_to("gone@example.invalid"))
    assert error.value.recipients["gone@example.invalid"][0] == 550

    others = send(stack, mail_to("gone@example.invalid", "b@example.invalid"))
    assert set(others) == {"gone@example.invalid"}
    assert stack.endpoints.mail_folder is not None
    (mail,) = list_mail(stack.endpoints.mail_folder)
    assert mail.recipients == ("b@example.invalid",)

    refused.write_text("", encoding="utf-8")
    assert send(stack, mail_to("gone@example.invalid")) == {}


async def test_a_mail_that_is_too_large_is_refused(stack: EmbeddedStack) -> None:
    message = mail_to("a@example.invalid")
    message.set_content("x" * 2_000_000)
    with pytest.raises(smtplib.SMTPException):
        send(stack, message)
    assert stack.endpoints.mail_folder is not None
    assert list_mail(stack.endpoints.mail_folder) == []
