"""A person ends a session of theirs with its own key; of nothing else is a session's signature enough."""

from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from audit.bundle.register import LOG as INSTALLATION
from audit.claims import Claim, Verdict
from selection.kernel.leaf import Leaf
from selection.kernel.proof import Assurance
from selection.signing.key import Key
from selection.signing.possession import enrol
from selection.signing.software_key import SoftwareKey
from tests import factories as f
from tests.audit.support.acts import PEOPLE, acts_of, prove_by
from tests.audit.support.independent import find_fault
from tests.audit.support.tampering import place
from tests.round_story import tell_signed_round
from tests.signatures import INSTALLATION as NAME

INSIDER = SoftwareKey(seed=b"i" * 32)
PERSON = "expert-1"
OWN = PEOPLE.own(PERSON).key


@cache
def session() -> SoftwareKey:
    ends = tell_signed_round().now + timedelta(hours=12)
    return SoftwareKey(seed=b"e" * 32, level=Assurance.SESSION, expires=ends)


def entry(type_: str, command: dict[str, Any], number: int, *, signer: str = "", **data: Any) -> Leaf:
    """The next entry of the installation's log: what the person asked for, and what came of it."""
    made = tell_signed_round()
    told_ = PEOPLE.entry(PERSON, f"act-{number}", command, made.now)
    leaf = Leaf(
        type=type_,
        stream=INSTALLATION,
        version=len(made.installation) + number,
        actor=told_["actor"],
        at=made.now,
        recorded=made.now,
        register_size=len(made.installation) + number - 1,
        rules="",
        data={**data, "person": PERSON, "command_id": f"act-{number}", "command_hash": told_["command_hash"]},
        signed=told_["signed"],
    )
    if not signer:
        return leaf
    PEOPLE._known["session"] = session()
    return prove_by(leaf, signer)


def login() -> Leaf:
    enrolment = enrol(session(), PERSON, NAME).model_dump(mode="json", exclude_none=True)
    public = session().key.model_dump(mode="json")
    command = {"kind": "enrol-key", "keys": [{**enrolment, "key": public}]}
    return entry("key.enrolled.v1", command, 1, key=public, by=PERSON)


def logout(
    key: Key | None = None, kind: str = "end-session", type_: str = "key.ended.v1", **more: Any
) -> Leaf:
    name = (key or session().key).key
    return entry(type_, {"kind": kind, "key": name, **more}, 2, signer="session", key=name)


def claim_of(*entries: Leaf) -> Claim:
    made = tell_signed_round()
    return acts_of(made.log, [*made.installation, *entries])[INSTALLATION]


def test_a_session_ends_itself_and_signs_nothing_from_then_on() -> None:
    made = tell_signed_round()
    assert claim_of(login(), logout()).verdict is Verdict.PROVEN
    installation = [*made.installation, login(), logout()]
    at = place(made.log, "review.submitted.v1")
    seen = made.log[at].model_copy(update={"register_size": len(installation)})
    PEOPLE._known["session"] = session()
    late = prove_by(seen, "session")
    claim = acts_of([*made.log[:at], late, *made.log[at + 1 :]], installation)[f.ROUND]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "key-not-enrolled")


ENDINGS: dict[str, tuple[dict[str, Any], str]] = {
    "of a key that outlasts it": ({"key": OWN}, "enrolment-unproven"),
    "by a revocation": ({"key": OWN, "kind": "revoke-key", "type_": "key.revoked.v1"}, "key-of-session"),
    "by another command": ({"kind": "revoke-key"}, "enrolment-unproven"),
    "that revokes another": ({"key": OWN, "type_": "key.revoked.v1"}, "enrolment-unproven"),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_a_stolen_session_ends_nothing_but_sessions(name: str) -> None:
    told, finding = ENDINGS[name]
    claim = claim_of(login(), logout(**told))
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, finding)


def riding() -> list[Leaf]:
    """A thief's key, enrolled by the act that ends the stolen session."""
    public = INSIDER.key.model_dump(mode="json")
    first = logout(keys=[enrol(INSIDER, PERSON, NAME).model_dump(mode="json", exclude_none=True)])
    data = {**first.data, "key": public, "by": PERSON}
    enrolled = first.with_(type="key.enrolled.v1", version=first.version + 1, signed=None, data=data)
    return [login(), first, enrolled]


def test_no_key_is_enrolled_by_the_act_that_ends_a_session() -> None:
    claim = claim_of(*riding())
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "enrolment-unproven")


@pytest.mark.repo
def test_another_implementation_judges_alike() -> None:
    cases = {"honest": [login(), logout()], "riding": riding()}
    cases |= {name: [login(), logout(**told)] for name, (told, _) in ENDINGS.items()}
    made = tell_signed_round()
    taken = {name: not find_fault([*made.installation, *entries]) for name, entries in cases.items()}
    assert taken == {**dict.fromkeys(cases, False), "honest": True}
