"""A person's public key as the installation's log holds it. Private keys never reach a server."""

import hashlib
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field

from selection.kernel.model import Frozen, Instant
from selection.kernel.proof import Assurance, Base64, KeyId
from selection.signing.base64 import decode, encode

NAMED_AT_MOST = 400
"""Characters of an authenticator's name for a key that are kept; of a longer one none is."""


class Key(Frozen):
    """A key that a person signs with.

    `public` holds the 32 bytes of an Ed25519 key, or the CBOR of an authenticator's COSE key, whose site is `site`
    (a host name without scheme and port) and whose name for it is `credential`, where that is known: by it a browser
    offers the key. A key of a session vouches for no other and ends at `expires`.
    """

    key: KeyId
    scheme: Literal["ed25519", "webauthn"]
    public: Base64
    level: Literal[Assurance.SESSION, Assurance.SIGNED] = Assurance.SIGNED
    site: Annotated[str, Field(max_length=253, pattern=r"^[a-z0-9.-]*$")] = ""
    expires: Instant | None = None
    credential: Annotated[Base64, Field(max_length=NAMED_AT_MOST, exclude_if=lambda name: not name)] = ""

    def is_of(self, founded: "Founded") -> bool:
        """Tell whether the key is of a site of the installation's own; one in a file is of no site."""
        if self.scheme == "ed25519":
            return not self.site
        return not founded.portals or self.site in map(host_of, founded.portals)

    def is_used_at(self, founded: "Founded") -> bool:
        """Tell whether the key signs where people now reach the installation, its first portal."""
        return self.is_of(founded.with_(portals=founded.portals[:1]))

    @property
    def is_named_well(self) -> bool:
        """Tell whether the key's name is that of its public part."""
        return self.key == key_id(decode(self.public))

    def holds_at(self, at: datetime) -> bool:
        """Tell whether the key has not run out at an instant."""
        return self.expires is None or at < self.expires


ADDRESS_DAYS = 3
"""[D] So many days a changed mail address waits until a code for a first key goes there."""
AddressDays = Annotated[int, Field(ge=0, le=60, strict=True, exclude_if=lambda days: days == ADDRESS_DAYS)]
Portal = Annotated[
    str, Field(max_length=300, pattern=r"^(https://[a-z0-9.-]+|http://localhost)(:[1-9][0-9]{0,4})?$")
]
"""Where people reach the pages: scheme, host and port as browsers write them, a port only where it is not usual."""
Portals = Annotated[tuple[Portal, ...], Field(max_length=4, exclude_if=lambda portals: not portals)]


class Founded(Frozen):
    """What an installation is called for good, and whether acts count on it without a signature.

    `local` is chosen once, when the installation is founded, for one machine and its own people: whoever reaches it
    may act as anybody. It stands in the first entry of the installation's log, and so does `address_days`: who could
    shorten it later would do so for the one address that they changed. `portals` are the pages on which a passkey's
    signature counts, the first of them where people are now to go; two administrators name others. Without any, as on a
    local installation, each page of a passkey's site counts.
    """

    installation: str
    local: bool
    address_days: AddressDays = ADDRESS_DAYS
    portals: Portals = ()


def host_of(portal: str) -> str:
    """Return the host name of a portal: the site of the passkeys that are made there."""
    return urlsplit(portal).hostname or ""


def as_browsers_write(portal: str) -> str:
    """Return a portal as it stands in an origin: without the port that its scheme has anyway."""
    return portal.removesuffix(":443" if portal.startswith("https:") else ":80")


def key_id(public: bytes) -> str:
    """Return the name of a key by its public part."""
    return encode(hashlib.sha256(public).digest()[:16])
