"""A passkey is taken only if it was made for our challenge, on our own page, with its person verified."""

from typing import Any

import pytest
from fido2 import cbor

from selection.refusals.refused import Refused
from selection.signing.base64 import encode
from selection.signing.registration import Passkey, read_registration
from selection.signing.statement import Intent, message_of
from selection.signing.verify import holds
from tests.selection.signing.keys import Authenticator, draft_proof

CHALLENGE = bytes(range(32))
HERE = "http://localhost:8000"
INTENT = Intent(stream="installation", command_id="id-1", person="admin-1", role="admin", digest="ab" * 32)


def register(client_data: bytes, attestation: bytes, challenge: bytes = CHALLENGE) -> Passkey | str:
    """The passkey, or the code of the refusal."""
    try:
        return read_registration(client_data, attestation, challenge, "localhost", (HERE,))
    except Refused as refused:
        return refused.code


def make_authenticator(**changes: Any) -> Authenticator:
    return Authenticator(**{"kind": "webauthn.create", **changes})


def test_a_new_passkey_is_the_key_that_its_authenticator_signs_with() -> None:
    authenticator = make_authenticator()
    passkey = register(*authenticator.register(CHALLENGE))
    credential = encode(b"credential")
    assert passkey == Passkey(key=authenticator.key.with_(credential=credential), credential=credential)
    authenticator.kind = "webauthn.get"
    proof = authenticator.prove(INTENT, draft_proof())
    assert holds(proof.signature, authenticator.key, message_of(INTENT, proof), (HERE,))


def test_members_of_the_client_data_that_nobody_asked_for_say_nothing() -> None:
    authenticator = make_authenticator(more={"other_keys_can_be_added_here": "do not compare"})
    assert isinstance(register(*authenticator.register(CHALLENGE)), Passkey)


@pytest.mark.parametrize(
    "change",
    [
        {"flags": 0x01},
        {"flags": 0x04},
        {"kind": "webauthn.get"},
        {"more": {"crossOrigin": True}},
        {"origin": "http://127.0.0.1:8000"},
        {"origin": "https://localhost.example.org"},
        {"site": "example.org"},
        {"origin": "http://localhost:8001"},
        {"origin": "https://localhost:8000"},
    ],
    ids=[
        *("unverified", "absent", "a signature", "framed", "by number", "another host", "for another site"),
        *("another port", "another scheme"),
    ],
)
def test_a_passkey_of_another_kind_is_not_taken(change: dict[str, Any]) -> None:
    assert register(*make_authenticator(**change).register(CHALLENGE)) == "registration-wrong"


def test_a_passkey_made_for_another_challenge_is_not_taken() -> None:
    assert register(*make_authenticator().register(b"another"), CHALLENGE) == "registration-wrong"


def test_a_passkey_of_an_algorithm_that_was_not_asked_for_is_not_taken() -> None:
    client_data, attestation = make_authenticator().register(CHALLENGE)
    found = cbor.decode(attestation)
    assert isinstance(found, dict)
    es384 = found["authData"].replace(bytes.fromhex("0326"), bytes.fromhex("033822"))
    assert es384 != found["authData"]
    assert register(client_data, cbor.encode({**found, "authData": es384})) == "registration-wrong"


@pytest.mark.parametrize(
    "attestation", [b"", b"\x80", b"\xa0", cbor.encode({"fmt": "none", "authData": b""})]
)
def test_what_is_no_registration_is_not_taken(attestation: bytes) -> None:
    client_data, _ = make_authenticator().register(CHALLENGE)
    assert register(client_data, attestation) == "registration-wrong"


def test_a_signature_is_no_registration() -> None:
    authenticator = make_authenticator()
    client_data, attestation = authenticator.register(CHALLENGE)
    found = cbor.decode(attestation)
    assert isinstance(found, dict)
    bare = found["authData"][:32] + b"\x05" + found["authData"][33:37]
    assert register(client_data, cbor.encode({**found, "authData": bare})) == "registration-wrong"


def test_client_data_that_is_a_list_is_not_taken() -> None:
    _, attestation = make_authenticator().register(CHALLENGE)
    assert register(b"[]", attestation) == "registration-wrong"
