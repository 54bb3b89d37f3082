"""A browser that makes a passkey as a page of ours asks it to."""

import re
from dataclasses import replace
from typing import Any

from selection.signing.base64 import decode, encode
from tests.portal.support.browsing import ORIGIN, Browser
from tests.selection.signing.keys import Authenticator


def passkey_of(**told: Any) -> Authenticator:
    """An authenticator that makes a passkey for the portal, and signs with it."""
    return Authenticator(**{"site": "localhost", "origin": ORIGIN, "credential": b"credential", **told})


def read_hidden(page: Browser) -> dict[str, str]:
    """What the forms of the page that is open hide."""
    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page.page))


def hand_over(page: Browser, passkey: Authenticator) -> dict[str, str]:
    """What the form that is open sends once the passkey is made."""
    challenge = decode(re.findall(r'data-challenge="([^"]+)"', page.page)[0])
    client_data, attestation = making(passkey).register(challenge)
    return {
        **read_hidden(page),
        "made_client_data": encode(client_data),
        "made_attestation": encode(attestation),
    }


def making(passkey: Authenticator) -> Authenticator:
    """The same as it makes its key; one that does otherwise stays as it is."""
    kind = "webauthn.create" if not passkey.more.pop("as it is", False) else passkey.kind
    return replace(passkey, kind=kind)
