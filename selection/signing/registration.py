"""What a browser hands over when a person makes a passkey: the new key, if it was made here and for this."""

from collections.abc import Sequence

from fido2 import cbor
from fido2.webauthn import AttestationObject, CollectedClientData
from pydantic import Field

from selection.kernel.model import Frozen
from selection.kernel.proof import Base64
from selection.refusals.refused import Refused
from selection.signing.base64 import encode
from selection.signing.ceremony import ALGORITHMS, is_ours
from selection.signing.key import NAMED_AT_MOST, Key, key_id
from selection.signing.verify import UNFIT


class Passkey(Frozen):
    """A new key, and the name by which its authenticator finds it when it is to sign."""

    key: Key
    credential: Base64 = Field(min_length=1)


def read_registration(
    client_data: bytes, attestation: bytes, challenge: bytes, site: str, portals: Sequence[str]
) -> Passkey:
    """Return the passkey that was made for a challenge of ours on a page of ours, with the person verified.

    The make of the authenticator is not asked for, so the key signed nothing here: that whoever enrols it has it is
    shown by the first statement that it signs. Raises Refused `registration-wrong`.
    """
    try:
        return _read(client_data, attestation, challenge, site, portals)
    except UNFIT:
        raise Refused("registration-wrong") from None


def _read(
    client_data: bytes, attestation: bytes, challenge: bytes, site: str, portals: Sequence[str]
) -> Passkey:
    data = AttestationObject(attestation).auth_data
    made = data.credential_data
    collected = CollectedClientData(client_data)
    kind = CollectedClientData.TYPE.CREATE
    if made is None or not is_ours(collected, data, kind, challenge, site, portals):
        raise ValueError("made elsewhere, for something else, or without the person")
    if made.public_key.ALGORITHM not in ALGORITHMS:
        raise ValueError("an algorithm that was not asked for")
    public = cbor.encode(dict(made.public_key))
    credential = encode(made.credential_id)
    named = credential if len(credential) <= NAMED_AT_MOST else ""
    key = Key(key=key_id(public), scheme="webauthn", public=encode(public), site=site, credential=named)
    return Passkey(key=key, credential=credential)
