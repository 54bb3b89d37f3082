"""A key on a FIDO2 token: the token makes it, keeps it and signs with it once its owner is verified and touches it."""

import getpass
import hashlib
import secrets
import sys
from collections.abc import Sequence
from typing import Any

from fido2.client import ClientError, DefaultClientDataCollector, Fido2Client, UserInteraction
from fido2.ctap import CtapDevice, CtapError
from fido2.hid import CtapHidDevice
from fido2.webauthn import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialCreationOptions,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialParameters,
    PublicKeyCredentialRequestOptions,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from pydantic import ConfigDict, Field

from selection.kernel.proof import Base64, WebAuthnSignature
from selection.signing.base64 import decode, encode
from selection.signing.ceremony import ALGORITHMS, is_origin_of
from selection.signing.key import Key, host_of
from selection.signing.registration import Passkey, read_registration
from selection.signing.signing_key import SigningKey
from selection.signing.statement import challenge_of
from starter.keys.faults import KeyFault

SITE = "localhost"
PUBLIC_KEY = PublicKeyCredentialType.PUBLIC_KEY
FAULTS = (ClientError, CtapError, OSError, ValueError)
"""What the library raises for a token that refuses, was pulled out, or is too old to verify its owner."""


class AtTerminal(UserInteraction):
    """Asks for the token's PIN and touch on standard error."""

    def __init__(self, lang: str) -> None:
        self._chinese = lang == "zh"

    def prompt_up(self) -> None:
        """Ask for a touch."""
        print("请触摸令牌。" if self._chinese else "Touch your token.", file=sys.stderr)

    def request_pin(self, permissions: Any, rp_id: str | None) -> str | None:
        """Return the PIN, None where nobody can be asked."""
        if not sys.stdin.isatty():
            return None
        return getpass.getpass("令牌 PIN：" if self._chinese else "PIN of your token: ")


class TokenKey(SigningKey):
    """A credential of a token that is plugged in; `client` speaks with the token."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    public: Key
    credential: Base64
    client: Any = Field(repr=False)

    @property
    def key(self) -> Key:
        """The public key, to be enrolled."""
        return self.public

    def sign(self, message: bytes) -> WebAuthnSignature:
        """Let the token sign. Raises KeyFault `token-failed`."""
        wanted = PublicKeyCredentialDescriptor(type=PUBLIC_KEY, id=decode(self.credential))
        options = PublicKeyCredentialRequestOptions(
            challenge=challenge_of(message),
            rp_id=self.public.site,
            allow_credentials=[wanted],
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        try:
            answer = self.client.get_assertion(options).get_response(0).response
        except FAULTS as fault:
            raise _describe_failure(fault) from None
        return WebAuthnSignature(
            key=self.public.key,
            signature=encode(answer.signature),
            authenticator_data=encode(bytes(answer.authenticator_data)),
            client_data=encode(bytes(answer.client_data)),
        )


def find_token() -> CtapDevice:
    """Return the token that is plugged in. Raises KeyFault `token-missing`."""
    try:
        found = next(CtapHidDevice.list_devices(), None)
    except OSError:
        found = None
    if found is None:
        raise KeyFault("token-missing", broken=True)
    return found


def open_token(device: CtapDevice, site: str, portals: Sequence[str], lang: str) -> Fido2Client:
    """Return what speaks with a token as a page of a site's portal would; without any, as a page of the site."""
    page = f"http://{site}" if site == SITE else f"https://{site}"
    origin = next((portal for portal in portals if host_of(portal) == site), page)
    collector = DefaultClientDataCollector(origin, verify=lambda rp, page: is_origin_of(page, rp, ()))
    return Fido2Client(device, collector, AtTerminal(lang))


def make_credential(client: Fido2Client, person: str, site: str) -> Passkey:
    """Let a token make a key for a site. Raises KeyFault `token-failed`, Refused for what another made instead."""
    user = PublicKeyCredentialUserEntity(
        id=hashlib.sha256(person.encode()).digest(), name=person, display_name=person
    )
    challenge = secrets.token_bytes(32)
    options = PublicKeyCredentialCreationOptions(
        rp=PublicKeyCredentialRpEntity(id=site, name="center-selection"),
        user=user,
        challenge=challenge,
        pub_key_cred_params=[
            PublicKeyCredentialParameters(type=PUBLIC_KEY, alg=number) for number in ALGORITHMS
        ],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    try:
        made = client.make_credential(options).response
    except FAULTS as fault:
        raise _describe_failure(fault) from None
    return read_registration(bytes(made.client_data), bytes(made.attestation_object), challenge, site, ())


def _describe_failure(fault: Exception) -> KeyFault:
    return KeyFault("token-failed", broken=True, text=str(getattr(fault, "cause", None) or fault)[:200])
