"""What the page is asked to do, and what its answers make."""

import hashlib
from dataclasses import dataclass
from secrets import token_bytes

from selection.decision.envelope import Envelope
from selection.kernel.model import Ref
from selection.kernel.proof import Proof, WebAuthnSignature
from selection.signing.base64 import decode, encode
from selection.signing.ceremony import ALGORITHMS
from selection.signing.registration import Passkey, read_registration
from tests.browser.support.chromium import Tab
from tests.browser.support.site import Site

STATED = {"installation", "rules", "looked_at", "issued", "expires"}
"""What a statement says beside the act."""


@dataclass(frozen=True)
class Text:
    """A stored text with its salt, which the page is given so that it can hash what it shows."""

    words: str
    id: str = "review"
    salt: bytes = bytes(16)

    @property
    def ref(self) -> Ref:
        return Ref(id=self.id, sha256=hashlib.sha256(self.salt + self.words.encode()).hexdigest())

    @property
    def shown(self) -> dict[str, str]:
        return {"id": self.id, "salt": encode(self.salt), "body": encode(self.words.encode())}


@dataclass(frozen=True)
class Answer:
    """The proof that the page's answer makes, the bytes that it signed, and how long that took in the browser."""

    proof: Proof
    statement: bytes
    milliseconds: float


@dataclass(frozen=True)
class NewPasskey:
    """What the page hands over of a new passkey."""

    client_data: bytes
    attestation: bytes
    challenge: bytes

    def read(self, site: str = "localhost") -> Passkey:
        """Return the passkey as one of a site. Raises Refused."""
        return read_registration(self.client_data, self.attestation, self.challenge, site, ())


async def register(tab: Tab, site: Site, host: str, asked: str) -> NewPasskey:
    """Press the button that makes a passkey, for the site that is asked for, on the page at a host."""
    challenge = token_bytes(32)
    wanted = {"site": asked, "person": "expert-1", "algorithms": ALGORITHMS}
    site.task = {**wanted, "challenge": encode(challenge)}
    await tab.open(site.address(host))
    made = await tab.click("register")
    return NewPasskey(decode(made["client_data"]), decode(made["attestation"]), challenge)


async def make_passkey(tab: Tab, site: Site) -> Passkey:
    """Make a passkey on the site's own page."""
    return (await register(tab, site, "localhost", "localhost")).read()


def ask(site: Site, message: Envelope, terms: Proof, passkey: Passkey, *texts: Text) -> None:
    """Have the page ask for the signature of an act, and show these texts."""
    site.task = {
        "intent": message.intent.model_dump(mode="json", exclude={"digest"}),
        "command": message.command,
        "terms": terms.model_dump(mode="json", include=STATED),
        "contents": [text.shown for text in texts],
        "passkey": {"site": passkey.key.site, "credential": passkey.credential},
    }


async def sign(tab: Tab, terms: Proof, passkey: Passkey) -> Answer:
    """Press the button that signs, on the page as it is open. Raises PageRefused."""
    made = await tab.click("sign")
    signature = WebAuthnSignature(key=passkey.key.key, **made["signature"])
    return Answer(
        terms.model_copy(update={"signature": signature}), decode(made["statement"]), made["milliseconds"]
    )
