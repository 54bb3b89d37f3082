"""A passkey that is made in a page: what the browser is asked, and what it answers, kept by no server in between.

The question is made of what this browser alone has and of when it was asked, so that every process knows it again, and
an answer to another's is none.
"""

import hashlib
import hmac
import time
from dataclasses import dataclass

from pydantic import ValidationError
from starlette.datastructures import FormData

from portal.faults import Fault
from portal.routing import text_of
from selection.kernel.proof import WebAuthnSignature
from selection.refusals.refused import Refused
from selection.signing.base64 import decode, encode
from selection.signing.ceremony import ALGORITHMS
from selection.signing.key import Founded, host_of
from selection.signing.possession import Enrolment, possession_message
from selection.signing.registration import Passkey, read_registration
from selection.signing.statement import challenge_of

LASTS = 900
"""Seconds in which a passkey is made and has signed, from when its page was opened [D]."""
LONGEST = 8_000
"""Characters of each part of what a browser hands over."""
MADE = ("made_client_data", "made_attestation")
SIGNED = ("signature", "authenticator_data", "client_data")


@dataclass(frozen=True)
class PasskeyRequest:
    """What a page of a portal asks of a browser so that it makes a passkey; `secret` is what this browser alone has."""

    secret: str
    portal: str
    issued: int

    @classmethod
    def now(cls, secret: str, portal: str) -> "PasskeyRequest":
        """Return a new question."""
        return cls(secret, portal, int(time.time()))

    @classmethod
    def of(cls, form: FormData, secret: str, portal: str) -> "PasskeyRequest":
        """Return the question that a form answers. Raises Fault for one that is too old, or was asked of nobody."""
        issued = text_of(form, "issued", 12)
        if not (issued.isascii() and issued.isdigit() and secret):
            raise Fault("form-unfit")
        if not 0 <= time.time() - int(issued) <= LASTS:
            raise Fault("key-outdated", 403)
        return cls(secret, portal, int(issued))

    @property
    def site(self) -> str:
        """The host that the passkey is to belong to."""
        return host_of(self.portal)

    @property
    def challenge(self) -> str:
        """What the browser is to put into its answer."""
        return encode(self._challenge)

    @property
    def algorithms(self) -> str:
        """What the key may sign with, by number."""
        return " ".join(str(number) for number in ALGORITHMS)

    @property
    def _challenge(self) -> bytes:
        return hmac.new(self.secret.encode(), f"passkey {self.issued}".encode(), hashlib.sha256).digest()

    def read(self, form: FormData) -> "NewPasskey":
        """Return the passkey that a form hands over. Raises Refused `registration-wrong`."""
        given = {name: text_of(form, name, LONGEST) for name in MADE}
        try:
            client_data, attestation = (decode(given[name]) for name in MADE)
        except ValueError:
            raise Refused("registration-wrong") from None
        passkey = read_registration(client_data, attestation, self._challenge, self.site, (self.portal,))
        return NewPasskey(self, passkey, given)


@dataclass(frozen=True)
class NewPasskey:
    """A passkey that was made for a question; `given` is how the browser told of it, to be told again."""

    asked: PasskeyRequest
    passkey: Passkey
    given: dict[str, str]

    def show(self, installation: str, person: str) -> dict[str, str]:
        """Return what a page needs so that the key signs that it is to be the person's."""
        message = possession_message(installation, person, self.passkey.key)
        return {"statement": message.decode(), "to_sign": encode(challenge_of(message))}

    def enrol(self, form: FormData, founded: Founded, person: str) -> Enrolment:
        """Return the enrolment that the key signed. Raises Refused `key-elsewhere` or `key-unproven`."""
        key = self.passkey.key
        parts = {name: text_of(form, name, LONGEST) for name in SIGNED}
        try:
            possession = WebAuthnSignature(key=key.key, **parts)
        except ValidationError:
            raise Refused("key-unproven") from None
        enrolment = Enrolment(person=person, key=key, possession=possession)
        here = founded.with_(portals=(self.asked.portal,))
        if not key.is_of(founded):
            raise Refused("key-elsewhere", site=key.site, portals=", ".join(founded.portals))
        if not enrolment.holds_on(here):
            raise Refused("key-unproven")
        return enrolment
