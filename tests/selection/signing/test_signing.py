"""An act counts as its person's own only with their key's signature over this very act, here and now."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from selection.kernel.leaf import Leaf, leaf_bytes
from selection.kernel.proof import Assurance, Ed25519Signature, Proof, Second, Signed
from selection.refusals.refused import Refused
from selection.signing.base64 import decode, encode
from selection.signing.check import LONGEST, Signing, check_signatures
from selection.signing.key import Founded, Key
from selection.signing.refusals import SIGNING
from selection.signing.software_key import SoftwareKey
from selection.signing.statement import Intent, statement_of
from tests import factories as f
from tests.desk import REACHED
from tests.selection.signing.keys import HOUR, INSTALLATION, Authenticator, draft_proof, software

INTENT = Intent(
    stream=f"application/{f.ROUND}/0001",
    command_id="id-1",
    person="officer-1",
    role="officer",
    digest="ab" * 32,
)
FIRST, OTHER, UNKNOWN = software(1), software(2), software(3)
SESSION = software(4, level="session", expires=f.OPENED + 2 * HOUR)
KEYS = {"officer-1": (FIRST.key, SESSION.key), "officer-2": (OTHER.key,)}
CLOSED = Founded(installation=INSTALLATION, local=False)
NOW = f.OPENED + timedelta(minutes=1)


def check(
    proof: Proof | None,
    second: Second | None = None,
    level: Assurance = Assurance.SIGNED,
    *,
    intent: Intent = INTENT,
    **changes: Any,
) -> Signed | None:
    told = {"founded": CLOSED, "keys": KEYS, "rules": f.TERMS.rules_hash, "at": NOW}
    return check_signatures(intent, proof, second, level, Signing(**{**told, **changes}))


def code(*args: Any, **told: Any) -> str:
    with pytest.raises(Refused) as refused:
        check(*args, **told)
    assert refused.value.code in SIGNING
    REACHED["refusal"][refused.value.code] += 1
    return refused.value.code


def test_the_statement_is_canonical_and_says_all_that_counts() -> None:
    assert statement_of(INTENT, draft_proof(looked_at=3)).decode() == (
        '{"command_id":"id-1","digest":"' + "ab" * 32 + '","expires":"2024-07-15T01:00:00Z",'
        '"installation":"installation-1","issued":"2024-07-15T00:00:00Z","looked_at":3,"person":"officer-1","reason":null,'
        f'"role":"officer","rules":"{f.TERMS.rules_hash}","second_to":"",'
        f'"stream":"application/{f.ROUND}/0001","version":1}}'
    ).replace("2024-07-15T01:00:00Z", (f.OPENED + HOUR).isoformat().replace("+00:00", "Z")).replace(
        "2024-07-15T00:00:00Z", f.OPENED.isoformat().replace("+00:00", "Z")
    )


def test_an_act_signed_by_its_persons_key_counts() -> None:
    proof = FIRST.prove(INTENT, draft_proof())
    assert check(proof) == Signed(proof=proof)


def test_an_unsigned_act_counts_on_a_local_installation_only() -> None:
    assert code(None) == "unsigned"
    assert code(None, founded=None) == "unsigned"
    assert check(None, founded=Founded(installation=INSTALLATION, local=True)) is None


def test_a_local_installation_still_refuses_a_wrong_signature() -> None:
    local = Founded(installation=INSTALLATION, local=True)
    assert code(UNKNOWN.prove(INTENT, draft_proof()), founded=local) == "signature-key"


@pytest.mark.parametrize("key", [OTHER, UNKNOWN])
def test_another_persons_key_and_an_unknown_one_do_not_count(key: SoftwareKey) -> None:
    assert code(key.prove(INTENT, draft_proof())) == "signature-key"


def test_a_key_cannot_pass_for_another_by_its_name() -> None:
    proof = UNKNOWN.prove(INTENT, draft_proof())
    posing = proof.signature.model_copy(update={"key": FIRST.key.key})
    assert code(proof.model_copy(update={"signature": posing})) == "signature-wrong"


def test_a_revoked_key_does_not_count() -> None:
    assert code(FIRST.prove(INTENT, draft_proof()), keys={"officer-1": ()}) == "signature-key"


@pytest.mark.parametrize(
    "change",
    [
        {"stream": f"application/{f.ROUND}/0002"},
        {"command_id": "id-2"},
        {"role": "supervisor"},
        {"digest": "cd" * 32},
        {"reason": f.ref("another")},
        {"second_to": "officer-3"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_signature_counts_for_nothing_but_its_act(change: dict[str, Any]) -> None:
    assert code(FIRST.prove(INTENT, draft_proof()), intent=INTENT.with_(**change)) == "signature-wrong"


CHANGED: dict[str, tuple[dict[str, Any], str]] = {
    "installation": ({"installation": "installation-2"}, "signature-elsewhere"),
    "rules": ({"rules": "0" * 64}, "signature-elsewhere"),
    "looked_at": ({"looked_at": 2}, "signature-wrong"),
    "issued": ({"issued": f.OPENED - HOUR}, "signature-wrong"),
    "expires": ({"expires": f.OPENED + 2 * HOUR}, "signature-wrong"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_nothing_in_a_proof_can_be_changed(name: str) -> None:
    change, refusal = CHANGED[name]
    assert code(FIRST.prove(INTENT, draft_proof()).model_copy(update=change)) == refusal


def test_every_byte_of_a_signature_counts() -> None:
    proof = FIRST.prove(INTENT, draft_proof())
    whole = decode(proof.signature.signature)
    for place in range(len(whole)):
        spoilt = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        changed = proof.signature.model_copy(update={"signature": encode(spoilt)})
        assert code(proof.model_copy(update={"signature": changed})) == "signature-wrong"


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ({}, f.OPENED + HOUR),
        ({}, f.OPENED - timedelta(minutes=3)),
        ({"expires": f.OPENED + LONGEST + timedelta(seconds=1)}, NOW),
    ],
    ids=["run out", "of the future", "for too long"],
)
def test_a_signature_counts_for_its_time_only(told: dict[str, Any], at: Any) -> None:
    assert code(FIRST.prove(INTENT, draft_proof(**told)), at=at) == "signature-expired"


def test_a_sessions_key_is_enough_where_the_rules_ask_for_a_session() -> None:
    proof = SESSION.prove(INTENT, draft_proof(expires=f.OPENED + 3 * HOUR))
    assert check(proof, level=Assurance.SESSION) == Signed(proof=proof)
    assert code(proof) == "signature-weak"
    assert code(proof, level=Assurance.SESSION, at=f.OPENED + 2 * HOUR) == "signature-key"


def test_two_must_sign_where_the_rules_ask_for_two() -> None:
    two = Assurance.SIGNED_BY_TWO
    proof, second = FIRST.prove(INTENT, draft_proof()), OTHER.second("officer-2", INTENT, draft_proof())
    assert check(proof, second, two) == Signed(proof=proof, second=second)
    assert code(proof, None, two) == "second-missing"
    assert code(proof, FIRST.second("officer-1", INTENT, draft_proof()), two) == "second-same"
    assert code(proof, FIRST.second("officer-2", INTENT, draft_proof()), two) == "signature-key"
    alone = Second(person="officer-2", proof=OTHER.prove(INTENT.with_(person="officer-2"), draft_proof()))
    assert code(proof, alone, two) == "signature-wrong"
    assert code(SESSION.prove(INTENT, draft_proof()), second, two) == "signature-weak"


def test_a_second_signature_is_checked_even_where_one_is_enough() -> None:
    proof = FIRST.prove(INTENT, draft_proof())
    assert code(proof, UNKNOWN.second("officer-2", INTENT, draft_proof())) == "signature-key"
    assert code(None, OTHER.second("officer-2", INTENT, draft_proof()), founded=CLOSED) == "unsigned"


@pytest.mark.parametrize("size", [2, 3, 8, 21])
def test_many_acts_are_signed_once_and_each_counts_by_itself(size: int) -> None:
    intents = [INTENT.with_(command_id=f"id-{number}") for number in range(size)]
    proofs = FIRST.prove_all([(intent, draft_proof()) for intent in intents])
    assert len({proof.signature.signature for proof in proofs}) == 1
    for intent, proof in zip(intents, proofs, strict=True):
        assert check(proof, intent=intent) == Signed(proof=proof)
        assert code(proof, intent=intent.with_(digest="cd" * 32)) == "signature-wrong"
        assert proof.manifest is not None
        elsewhere = proof.manifest.model_copy(update={"index": (proof.manifest.index + 1) % size})
        assert code(proof.model_copy(update={"manifest": elsewhere}), intent=intent) == "signature-wrong"
        assert code(proof.model_copy(update={"manifest": None}), intent=intent) == "signature-wrong"


# --- authenticators -------------------------------------------------------------------------------------------


def by(authenticator: Authenticator) -> dict[str, Any]:
    return {"keys": {"officer-1": (authenticator.key,)}}


@pytest.mark.parametrize(
    "more", [{}, {"other_keys_can_be_added_here": "do not compare clientDataJSON against a template"}]
)
def test_an_authenticators_assertion_counts(more: dict[str, object]) -> None:
    passkey = Authenticator(more=more)
    proof = passkey.prove(INTENT, draft_proof())
    assert check(proof, **by(passkey)) == Signed(proof=proof)
    assert code(proof, intent=INTENT.with_(digest="cd" * 32), **by(passkey)) == "signature-wrong"


@pytest.mark.parametrize(
    ("origin", "site", "counts"),
    [
        ("https://centres.example.org", "centres.example.org", True),
        ("https://officers.centres.example.org:8443", "centres.example.org", True),
        ("http://centres.example.org", "centres.example.org", False),
        ("https://example.org", "centres.example.org", False),
        ("https://centres.example.org.evil.net", "centres.example.org", False),
        ("https://evilcentres.example.org", "centres.example.org", False),
        ("http://localhost.evil.net", "localhost", False),
        ("http://127.0.0.1:8000", "localhost", False),
    ],
)
def test_an_assertion_counts_from_pages_of_its_site(origin: str, site: str, counts: bool) -> None:
    passkey = Authenticator(site=site, origin=origin)
    proof = passkey.prove(INTENT, draft_proof())
    if counts:
        assert check(proof, **by(passkey)) is not None
    else:
        assert code(proof, **by(passkey)) == "signature-wrong"


HTTPS = "https://centres.example.org"


@pytest.mark.parametrize(
    ("origin", "counts"),
    [
        (HTTPS, True),
        ("https://new.example.org:8443", False),
        (f"{HTTPS}:8443", False),
        (f"{HTTPS}:443", False),
        ("http://centres.example.org", False),
        ("https://officers.centres.example.org", False),
        (f"{HTTPS}/", False),
        ("HTTPS://centres.example.org", False),
        ("", False),
    ],
)
def test_an_assertion_counts_from_the_portals_of_the_record_alone(origin: str, counts: bool) -> None:
    """The second is a portal too, of another site than the key's: no browser signs so, a key in software would."""
    passkey = Authenticator(site="centres.example.org", origin=origin)
    founded = CLOSED.with_(portals=("https://new.example.org:8443", HTTPS))
    proof = passkey.prove(INTENT, draft_proof())
    if counts:
        assert check(proof, founded=founded, **by(passkey)) is not None
    else:
        assert code(proof, founded=founded, **by(passkey)) == "signature-wrong"


def test_a_key_in_a_file_signs_on_no_page_and_counts_whatever_the_portals_are() -> None:
    proof = software(2).prove(INTENT, draft_proof())
    founded = CLOSED.with_(portals=(HTTPS,))
    assert check(proof, founded=founded, keys={"officer-1": (software(2).key,)}) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"flags": 0x01},
        {"flags": 0x04},
        {"kind": "webauthn.create"},
        {"more": {"crossOrigin": True}},
        {"more": {"challenge": encode(b"another")}},
    ],
    ids=["unverified", "absent", "registration", "framed", "another challenge"],
)
def test_an_assertion_of_another_kind_does_not_count(change: dict[str, Any]) -> None:
    passkey = Authenticator(**change)
    assert code(passkey.prove(INTENT, draft_proof()), **by(passkey)) == "signature-wrong"


def test_an_assertion_for_another_site_does_not_count() -> None:
    passkey = Authenticator()
    elsewhere = passkey.key.model_copy(update={"site": "centres.example.org"})
    assert code(passkey.prove(INTENT, draft_proof()), keys={"officer-1": (elsewhere,)}) == "signature-wrong"


SPOILT: dict[str, Callable[[Proof], Any]] = {
    "no client data": lambda proof: proof.signature.model_copy(update={"client_data": ""}),
    "client data that is a list": lambda proof: proof.signature.model_copy(
        update={"client_data": encode(b"[]")}
    ),
    "no authenticator data": lambda proof: proof.signature.model_copy(update={"authenticator_data": ""}),
    "base64 with stray bits": lambda proof: proof.signature.model_copy(update={"signature": "AB"}),
    "another scheme": lambda proof: Ed25519Signature(
        key=proof.signature.key, signature=proof.signature.signature
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_cannot_be_read_does_not_count(name: str) -> None:
    passkey = Authenticator()
    proof = passkey.prove(INTENT, draft_proof())
    spoilt = proof.model_copy(update={"signature": SPOILT[name](proof)})
    assert code(spoilt, **by(passkey)) == "signature-wrong"


@pytest.mark.parametrize("public", ["", "AAAA", encode(b"\x80"), encode(b"\xa0"), encode(b"\xa1\x03\x26")])
def test_a_key_that_is_none_holds_nothing(public: str) -> None:
    passkey = Authenticator()
    proof = passkey.prove(INTENT, draft_proof())
    broken = Key.model_validate({**passkey.key.model_dump(), "public": public})
    assert code(proof, keys={"officer-1": (broken,)}) == "signature-wrong"


def test_a_proof_stands_in_the_leaf_and_is_small() -> None:
    passkey = Authenticator(site="centres.example.org", origin="https://centres.example.org")
    bare = Leaf(
        type="application.check-passed.v1",
        stream=INTENT.stream,
        version=1,
        actor=f.OFFICER,
        at=NOW,
        recorded=NOW,
        register_size=0,
        rules="",
        data={"command_id": "id-1"},
    )
    signed = bare.model_copy(update={"signed": Signed(proof=passkey.prove(INTENT, draft_proof()))})
    body = leaf_bytes(signed)
    assert b'"signed"' not in leaf_bytes(bare)
    assert Leaf.model_validate_json(body) == signed
    assert len(body) - len(leaf_bytes(bare)) < 1_100
