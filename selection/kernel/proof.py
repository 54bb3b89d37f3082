"""What people's keys say of an act: sent with it, recorded in its first leaf, checked there and offline for good.

The statement that is signed is made from the leaf's own fields and those of the proof (selection/signing/statement.py).
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from selection.kernel.model import Counted, Frozen, Instant, JsonObject
from selection.kernel.named import PersonId

Base64 = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]*$", max_length=4_000)]
"""Bytes in the web's base64 alphabet, without padding (RFC 4648, section 5)."""
KeyId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16,86}$")]
"""A key's name: the first 128 bits of the SHA-256 of its public part, in base64."""
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Assurance(StrEnum):
    """How surely an act must be its person's own, as the sealed rules say of each kind of act.

    `session`: signed by a session's key, which a key of the person vouched for; `signed`: signed by a key that asks
    the person each time; `signed-by-two`: by two people, each of whom could do the act.
    """

    SESSION = "session"
    SIGNED = "signed"
    SIGNED_BY_TWO = "signed-by-two"


class Ed25519Signature(Frozen):
    """A signature of the message's SHA-256 (RFC 8032)."""

    scheme: Literal["ed25519"] = "ed25519"
    key: KeyId
    signature: Base64


class WebAuthnSignature(Frozen):
    """An assertion whose challenge is the message's SHA-256 (Web Authentication, level 2, section 7.2)."""

    scheme: Literal["webauthn"] = "webauthn"
    key: KeyId
    signature: Base64
    authenticator_data: Base64
    client_data: Base64


Signature = Annotated[Ed25519Signature | WebAuthnSignature, Field(discriminator="scheme")]
"""A signature by its scheme: another scheme, such as SM2, is one more member."""


class Place(Frozen):
    """Where a statement stands among those that one signature covers: hashes beside its way to the root."""

    index: Counted
    size: Annotated[int, Field(ge=2, le=1_000_000)]
    hashes: Annotated[tuple[Hash, ...], Field(max_length=20)]


class Proof(Frozen):
    """One person's signature of an act, with what the statement holds besides the act itself.

    `looked_at` is the stream's version that the person had before them, `rules` the hash of the round's sealed rules,
    empty outside a round. `manifest` is the place among the acts that one signature covers.
    """

    installation: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,64}$")]
    rules: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    looked_at: Counted = 0
    issued: Instant
    expires: Instant
    signature: Signature
    manifest: Place | None = None


class Second(Frozen):
    """The signature of the second person, of an act that two must sign."""

    person: PersonId
    proof: Proof


class Signed(Frozen):
    """What a leaf holds of the signatures of its act. `command` is what was asked; a refused act leaves it out.

    What somebody typed into an act that came to nothing may be personal, and goes nowhere.
    """

    proof: Proof
    second: Second | None = None
    command: JsonObject | None = None
