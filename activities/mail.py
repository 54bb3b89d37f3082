"""Letters as mails: rendered in the recipient's language, or in both, handed over by SMTP under a stable Message-ID."""

import re
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

import aiosmtplib

from ledger.errors import UnknownPerson
from ledger.letters.outbox import ClaimedRow
from ledger.people.contents import Contents
from ledger.people.register import Identity, People
from runtime.settings import MailSecurity, MailServer
from selection.kernel.mail_address import is_one_address
from selection.letters.rendering import NOWHERE, Office, render
from selection.register.key_letters import SECRETS
from selection.wording.round_words import USUAL, RoundWords

PERMANENT = 500
BOTH, BETWEEN = ("zh", "en"), "\n\n* * *\n\n"
WORDS = re.compile(r"[\w.·'’-]+")
"""What a name is made of; anything else in it could be read as an address, a list, or as text in another encoding."""


class MailRefused(Exception):
    """The letter cannot be delivered to this address; a person must look at it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Mailer:
    """Sends one letter at a time over a connection that is kept open while it works."""

    def __init__(
        self, server: MailServer, people: People, contents: Contents, office: Office = NOWHERE
    ) -> None:
        self._server = server
        self._office = office
        self._people = people
        self._contents = contents
        self._smtp: aiosmtplib.SMTP | None = None

    async def send(self, item: ClaimedRow, words: RoundWords = USUAL) -> None:
        """Hand the letter over, in the words of its round.

        Raises MailRefused for a recipient without usable address, else what failed.
        """
        try:
            address, message = await self._compose(item, words)
        except ValueError:
            raise MailRefused("the registered address cannot be written into a mail") from None
        smtp = await self._connect()
        try:
            # Said apart from the header, in which a name stands that its owner chose.
            await smtp.send_message(message, recipients=[address])
        except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPResponseException) as exc:
            code = _code_of(exc)
            if code >= PERMANENT:
                raise MailRefused(f"the mail server answered {code}") from None
            raise
        except aiosmtplib.SMTPNotSupported:
            raise MailRefused("the mail server cannot take this address") from None
        except BaseException:
            # Given up midway too: what the server still says would be read as its answer to the next letter.
            smtp.close()
            self._smtp = None
            raise

    async def close(self) -> None:
        """End the connection, whatever the server says to it."""
        if self._smtp is not None and self._smtp.is_connected:
            with suppress(aiosmtplib.SMTPException, OSError):
                await self._smtp.quit()

    async def _compose(self, item: ClaimedRow, words: RoundWords) -> tuple[str, EmailMessage]:
        """Return address and letter. Raises MailRefused, or ValueError for what cannot be written into a mail."""
        person = str(item.body["to"])
        identity = await self._find_identity(person, str(item.body.get("identity", "")))
        if identity is None or not identity.mail:
            gone = person in await self._people.list_erased()
            raise MailRefused("the person was erased" if gone else "no mail address is registered")
        if not is_one_address(identity.mail):
            raise ValueError("not one address")
        try:
            language = (await self._people.get(person)).language
        except UnknownPerson:
            raise MailRefused("nobody is registered under this id") from None
        template, params = str(item.body["template"]), dict(item.body["params"])
        if template in SECRETS:
            # No entry and no outbox holds what only the letter may tell.
            _, secret = await self._contents.get(params[SECRETS[template]])
            params[SECRETS[template]] = secret.decode()
        # Whoever changed an address may have changed the language with it: the former one is told in both.
        spoken = BOTH if item.body.get("identity") else (words.choose_language(language),)
        texts = [render(template, params, each, words, self._office) for each in spoken]
        subject, body = " / ".join(text[0] for text in texts), BETWEEN.join(text[1] for text in texts)
        message = EmailMessage()
        message["From"] = self._server.sender
        message["To"] = Address(" ".join(WORDS.findall(identity.name)), addr_spec=identity.mail)
        message["Subject"] = subject
        message["Message-ID"] = item.message_id
        message["Date"] = format_datetime(item.due)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body)
        return identity.mail, message

    async def _find_identity(self, person: str, identity: str) -> Identity | None:
        """Return who a letter goes to: as they are registered now, or as they were where it is about that."""
        if identity:
            return await self._people.former_identity(person, identity)
        return await self._people.identity(person)

    async def _connect(self) -> aiosmtplib.SMTP:
        if self._smtp is None or not self._smtp.is_connected:
            smtp = aiosmtplib.SMTP(
                hostname=self._server.host,
                port=self._server.port,
                use_tls=self._server.security is MailSecurity.TLS,
                start_tls=self._server.security is MailSecurity.STARTTLS,
                username=self._server.user,
                password=self._server.password,
                # What is urgent waits for one letter at most, and for a mail server that hangs no longer than this.
                timeout=8,
            )
            await smtp.connect()
            self._smtp = smtp
        return self._smtp


def _code_of(failed: aiosmtplib.SMTPException) -> int:
    if isinstance(failed, aiosmtplib.SMTPRecipientsRefused):
        return max(item.code for item in failed.recipients)
    return int(getattr(failed, "code", 0))
