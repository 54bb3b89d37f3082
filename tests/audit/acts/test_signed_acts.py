"""Every act in a person's name is shown to be theirs from the log alone, and what is not is named with its place."""

from collections.abc import Callable
from typing import Any

import pytest

from audit.bundle.register import LOG as INSTALLATION
from audit.claims import Claim, Verdict
from selection.kernel.actor import SYSTEM, Role
from selection.kernel.leaf import Leaf
from selection.kernel.proof import Assurance
from selection.signing.key import Founded
from selection.signing.software_key import SoftwareKey
from tests import factories as f
from tests.audit.support.acts import (
    PEOPLE,
    acts_of,
    find_in_round,
    prove_by,
    sign_anew,
)
from tests.audit.support.tampering import place
from tests.chance.rounds import RandomRound
from tests.desk import pause_counting
from tests.round_story import tell_round, tell_signed_round
from tests.signatures import INSTALLATION as HERE, Signatures
from tests.whole_round import WholeRound

pytestmark = pytest.mark.long

LOCAL = Signatures(Founded(installation=HERE, local=True))
SUBMITTED = place(tell_signed_round().log, "application.submitted.v1", "0002")
ISSUED = place(tell_signed_round().log, "round.list-issued.v1")
REFUSED = place(tell_signed_round().log, "act.refused.v1", "bj")
ENGINE = next(seq for seq, leaf in enumerate(tell_signed_round().log) if leaf.actor == SYSTEM)
LATER = next(
    seq
    for seq, leaf in enumerate(tell_signed_round().log)
    if leaf.actor.person != SYSTEM.person and leaf.signed is None
)


def _verdict(claim: Claim) -> tuple[Verdict, str, str]:
    return claim.verdict, claim.finding, claim.point


def test_every_act_of_a_round_in_which_everybody_signs_is_proven() -> None:
    made = tell_signed_round()
    claims = acts_of(made.log, made.installation)
    assert {claim.verdict for claim in claims.values()} == {Verdict.PROVEN}
    assert claims[f.ROUND].counted == sum(leaf.signed is not None for leaf in made.log)
    assert claims[INSTALLATION].counted == sum(leaf.signed is not None for leaf in made.installation)


@pytest.mark.parametrize("seed", [8, 14])
def test_every_act_of_a_round_led_by_chance_is_proven(seed: int) -> None:
    with pause_counting():
        made = RandomRound(seed, signatures=Signatures()).run()
    claims = acts_of(made.log, made.installation)
    assert [claim for claim in claims.values() if claim.verdict is not Verdict.PROVEN] == []


def test_of_a_local_installation_it_is_said_how_many_acts_are_unsigned() -> None:
    """It is not proven: that an installation was a local one all along is the one lie that an insider tells cheaply."""
    made = _local_round()
    claim = acts_of(made.log, made.installation)[f.ROUND]
    assert _verdict(claim) == (Verdict.NOT_PROVABLE, "acts-unsigned", f"{f.ROUND}#0")
    assert claim.params == {"unsigned": "2", "acts": "2"}


def _local_round() -> WholeRound:
    with pause_counting():
        made = WholeRound(f.rules(), f.people().values(), LOCAL)
        made.sign = lambda task, at: task  # type: ignore[method-assign]
        made.app("0001").act(f.submit(), f.APPLICANT)
    log = [made.log[0].model_copy(update={"signed": None}), *made.log[1:]]
    actor = log[0].actor.model_copy(update={"authority": "local"})
    made.log = [log[0].model_copy(update={"actor": actor}), *log[1:]]
    return made


def test_where_nothing_says_what_the_installation_is_no_act_counts() -> None:
    """It is not taken for a local one: what acts need there nobody knows."""
    installation = [leaf.with_(version=leaf.version - 1) for leaf in tell_round().installation[1:]]
    claims = acts_of(tell_round().log, installation)
    assert _verdict(claims[f.ROUND]) == (Verdict.REFUTED, "not-founded", f"{f.ROUND}#0")
    assert claims[INSTALLATION].finding in ("not-founded", "register-ahead")


def test_an_installation_is_founded_by_its_first_entry_and_never_again() -> None:
    made = tell_signed_round()
    again = made.installation[0].model_copy(update={"data": {**made.installation[0].data, "local": True}})
    with pytest.raises(Exception, match=f"entry-unreadable at {INSTALLATION}#{len(made.installation)}"):
        acts_of(made.log, [*made.installation, again])


# --- one entry that is another ------------------------------------------------------------------------------------


def _with(**changes: Any) -> Callable[[Leaf], Leaf]:
    return lambda leaf: leaf.model_copy(update=changes)


def _data(**changes: Any) -> Callable[[Leaf], Leaf]:
    return lambda leaf: leaf.model_copy(update={"data": {**leaf.data, **changes}})


def _actor(**changes: Any) -> Callable[[Leaf], Leaf]:
    return lambda leaf: leaf.model_copy(update={"actor": leaf.actor.model_copy(update=changes)})


def _change_signed(**changes: Any) -> Callable[[Leaf], Leaf]:
    def change(leaf: Leaf) -> Leaf:
        assert leaf.signed is not None
        return leaf.model_copy(update={"signed": leaf.signed.model_copy(update=changes)})

    return change


def _proof(**changes: Any) -> Callable[[Leaf], Leaf]:
    def change(leaf: Leaf) -> Leaf:
        assert leaf.signed is not None
        return _change_signed(proof=leaf.signed.proof.model_copy(update=changes))(leaf)

    return change


def _strip_signature(leaf: Leaf) -> Leaf:
    return _actor(authority="local")(_with(signed=None)(leaf))


OTHER_COMMAND = {"kind": "withdraw", "reason": None}
CHANGED: dict[str, tuple[int, Callable[[Leaf], Leaf], str]] = {
    "no signature": (SUBMITTED, _strip_signature, "act-unsigned"),
    "no signature, said to be by a key": (SUBMITTED, _with(signed=None), "act-unsigned"),
    "said to be without a key": (SUBMITTED, _actor(authority="local"), "authority-untrue"),
    "another command": (SUBMITTED, _change_signed(command=OTHER_COMMAND), "command-differs"),
    "another command, and its hash": (
        SUBMITTED,
        lambda leaf: sign_anew(_change_signed(command=OTHER_COMMAND)(leaf), "insider"),
        "key-not-enrolled",
    ),
    "no command": (SUBMITTED, _change_signed(command=None), "command-missing"),
    "a command of a refused act": (REFUSED, _change_signed(command=OTHER_COMMAND), "command-kept"),
    "another role": (SUBMITTED, _actor(role=Role.OFFICER), "command-differs"),
    "another reason": (SUBMITTED, _actor(reason=f.ref("another")), "command-differs"),
    "another reason of a refused act": (REFUSED, _actor(reason=f.ref("another")), "proof-wrong"),
    "another role of a refused act": (REFUSED, _actor(role=Role.OFFICER), "proof-wrong"),
    "another person": (SUBMITTED, _actor(person="host-0003"), "key-not-enrolled"),
    "another command id": (SUBMITTED, _data(command_id="another"), "proof-wrong"),
    "another hash of a refused act": (REFUSED, _data(command_hash="0" * 64), "proof-wrong"),
    "a later instant": (SUBMITTED, _with(at=f.OPENED + 30 * f.DAY), "proof-expired"),
    "another time of signing": (SUBMITTED, _proof(issued=f.OPENED + f.DAY * 8), "proof-wrong"),
    "a signature for ever": (SUBMITTED, _proof(expires=f.OPENED + 3000 * f.DAY), "proof-expired"),
    "another installation": (SUBMITTED, _proof(installation="another"), "proof-elsewhere"),
    "other rules": (SUBMITTED, _proof(rules="0" * 64), "proof-elsewhere"),
    "another version looked at": (SUBMITTED, _proof(looked_at=7), "proof-wrong"),
    "by somebody else's key": (SUBMITTED, lambda leaf: prove_by(leaf, "host-0003"), "key-not-enrolled"),
    "the second signature dropped": (ISSUED, _change_signed(second=None), "second-missing"),
    "a signature of the engine's": (ENGINE, _with(signed=tell_signed_round().log[0].signed), "proof-stray"),
    "the engine by another authority": (ENGINE, _actor(authority="key"), "engine-misnamed"),
    "the engine's role for a person": (SUBMITTED, _actor(role=Role.SYSTEM), "engine-misnamed"),
    "a signature further on": (LATER, _with(signed=tell_signed_round().log[0].signed), "proof-stray"),
    "a register that it did not see": (SUBMITTED, _with(register_size=1), "key-not-enrolled"),
    "a signature of nothing": (REFUSED, _with(data={"command_id": "r"}), "proof-unreadable"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_an_entry_that_is_not_as_it_was_signed_is_named(name: str) -> None:
    at, change, finding = CHANGED[name]
    assert find_in_round(at, change) == (finding, f"{f.ROUND}#{at}")


def test_an_act_whose_entries_differ_in_who_and_when_is_named_from_its_first_on() -> None:
    assert find_in_round(LATER, _with(at=f.OPENED)) == ("act-parted", f"{f.ROUND}#{LATER - 1}")


def test_the_signature_of_another_person_as_the_second_is_needed() -> None:
    leaf = tell_signed_round().log[ISSUED]
    assert leaf.signed is not None
    assert leaf.signed.second is not None
    same = leaf.signed.second.model_copy(update={"person": leaf.actor.person})
    assert find_in_round(ISSUED, _change_signed(second=same)) == ("second-same", f"{f.ROUND}#{ISSUED}")
    other = leaf.signed.second.model_copy(update={"person": "approver-1"})
    assert find_in_round(ISSUED, _change_signed(second=other)) == ("key-not-enrolled", f"{f.ROUND}#{ISSUED}")


def test_an_act_that_stands_twice_was_copied() -> None:
    made, log = tell_signed_round(), tell_signed_round().log
    claim = acts_of([*log, log[SUBMITTED]], made.installation)[f.ROUND]
    assert _verdict(claim) == (Verdict.REFUTED, "act-repeated", f"{f.ROUND}#{len(log)}")


def test_a_list_s_act_is_refused_late_once_and_as_it_was() -> None:
    made = tell_signed_round()
    at = place(made.log, "list.recommended.v1", "bj")
    refusal = made.log[REFUSED].data
    told_ = {**refusal, **{name: made.log[at].data[name] for name in ("command_id", "command_hash")}}
    by = made.log[at].actor.model_copy(update={"authority": "engine"})
    late = made.log[at].model_copy(
        update={"type": "act.refused.v1", "data": told_, "actor": by, "signed": None}
    )
    assert acts_of([*made.log, late], made.installation)[f.ROUND].verdict is Verdict.PROVEN
    end = f"{f.ROUND}#{len(made.log)}"
    other = _data(command_hash="0" * 64)(late)
    claim = acts_of([*made.log, other], made.installation)[f.ROUND]
    assert _verdict(claim) == (Verdict.REFUTED, "act-repeated", end)
    twice = [*made.log, late, made.log[ENGINE], late]
    assert acts_of(twice, made.installation)[f.ROUND].finding == "act-repeated"


def test_a_session_s_key_is_not_enough_for_what_must_be_signed() -> None:
    made = tell_signed_round()
    session = SoftwareKey(seed=b"s" * 32, level=Assurance.SESSION, expires=f.OPENED + 3000 * f.DAY)
    enrolment = _enrolment("officer-1", session)
    at = place(made.log, "application.check-passed.v1", "0001")
    PEOPLE._known["session"] = session
    seeing = prove_by(_with(register_size=len(made.installation) + 1)(made.log[at]), "session")
    log = [*made.log[:at], seeing, *made.log[at + 1 :]]
    claims = acts_of(log, [*made.installation, enrolment])
    assert claims[INSTALLATION].verdict is Verdict.PROVEN
    assert _verdict(claims[f.ROUND]) == (Verdict.REFUTED, "key-of-session", f"{f.ROUND}#{at}")


# --- the installation's log ---------------------------------------------------------------------------------------


def _enrolment(
    person: str, key: Any, by: str = "admin-1", signer: str = "", register: int | None = None
) -> Leaf:
    """The next entry of the installation's log: a key of a person, enrolled by somebody."""
    made = tell_signed_round()
    at = made.now
    public = key.key.model_dump(mode="json")
    command = {"kind": "enrol-key", "keys": [{"person": person, "key": public}]}
    told_ = PEOPLE.entry(by, "enrol-1", command, at)
    data = {"person": person, "key": public, "by": by}
    size = len(made.installation)
    leaf = Leaf(
        type="key.enrolled.v1",
        stream=INSTALLATION,
        version=size + 1,
        actor=told_["actor"],
        at=at,
        recorded=at,
        register_size=size if register is None else register,
        rules="",
        data={**data, "command_id": "enrol-1", "command_hash": told_["command_hash"]},
        signed=told_["signed"],
    )
    return prove_by(leaf, signer) if signer else leaf


INSIDER = SoftwareKey(seed=b"i" * 32)
ENROLMENTS: dict[str, tuple[Leaf, str]] = {
    "unsigned": (_strip_signature(_enrolment("officer-1", INSIDER)), "act-unsigned"),
    "by the engine": (
        _with(actor=SYSTEM, signed=None)(_enrolment("officer-1", INSIDER)),
        "enrolment-unproven",
    ),
    "by the key itself": (
        _enrolment("officer-1", PEOPLE.own("insider"), by="officer-1", signer="insider"),
        "key-not-enrolled",
    ),
    "by somebody who may not": (
        _enrolment("officer-1", INSIDER, by="supervisor-1"),
        "enrolment-unproven",
    ),
    "as if it had seen itself": (_enrolment("officer-1", INSIDER, register=10_000), "register-ahead"),
}


def _next(leaf: Leaf, **data: Any) -> Leaf:
    """One more entry of the same act, which says something else."""
    return leaf.with_(version=leaf.version + 1, signed=None, data={**leaf.data, **data})


def test_one_act_enrols_as_many_keys_as_its_signed_command_names() -> None:
    made, first = tell_signed_round(), _enrolment("officer-1", INSIDER)
    assert first.signed is not None
    insider = PEOPLE.own("insider").key.model_dump(mode="json")
    asked: dict[str, Any] = {"kind": "enrol-key", "keys": [*(first.signed.command or {})["keys"]]}
    asked["keys"].append({"person": "expert-1", "key": insider})
    told_ = PEOPLE.entry("admin-1", "enrol-1", asked, made.now)
    data = {**first.data, "command_hash": told_["command_hash"]}
    both = first.with_(signed=told_["signed"], data=data)
    at = len(made.installation)

    def verdict(*entries: Leaf) -> tuple[Verdict, str, str]:
        return _verdict(acts_of(made.log, [*made.installation, *entries])[INSTALLATION])

    assert verdict(both, _next(both, person="expert-1", key=insider))[0] is Verdict.PROVEN
    # What was not asked for is found in the entry that speaks for the act too, whoever signs the log anew.
    for entries in ((first, _next(first, person="expert-1", key=insider)), (_next(first, key=insider),)):
        stands_first = entries[0].with_(version=first.version, signed=first.signed)
        assert verdict(stands_first, *entries[1:]) == (
            Verdict.REFUTED,
            "enrolment-unproven",
            f"{INSTALLATION}#{at}",
        )


@pytest.mark.parametrize("name", ENROLMENTS)
def test_a_key_that_nobody_vouched_for_is_named(name: str) -> None:
    made = tell_signed_round()
    leaf, finding = ENROLMENTS[name]
    claim = acts_of(made.log, [*made.installation, leaf])[INSTALLATION]
    assert (claim.finding, claim.point) == (finding, f"{INSTALLATION}#{len(made.installation)}")


def test_a_key_counts_from_its_enrolment_to_its_revocation() -> None:
    made = tell_signed_round()
    at = place(made.log, "round.list-issued.v1")
    key = PEOPLE.own("officer-1").key.key
    told_ = PEOPLE.entry(
        "admin-1", "revoke-1", {"kind": "revoke", "person": "officer-1", "key": key}, made.now
    )
    revocation = _enrolment("officer-1", INSIDER).model_copy(
        update={
            "type": "key.revoked.v1",
            "data": {"person": "officer-1", "key": key, "command_id": "revoke-1"}
            | {"command_hash": told_["command_hash"]},
            "signed": told_["signed"],
        }
    )
    installation = [*made.installation, revocation]
    assert {claim.verdict for claim in acts_of(made.log, installation).values()} == {Verdict.PROVEN}
    seen = _with(register_size=len(installation))(made.log[at])
    claim = acts_of([*made.log[:at], seen, *made.log[at + 1 :]], installation)[f.ROUND]
    assert _verdict(claim) == (Verdict.REFUTED, "key-not-enrolled", f"{f.ROUND}#{at}")


def test_a_register_that_is_not_held_far_enough_proves_nothing() -> None:
    made = tell_signed_round()
    claim = acts_of(made.log, made.installation[:-1])[f.ROUND]
    assert (claim.verdict, claim.finding) == (Verdict.NOT_PROVABLE, "register-behind")


def test_a_round_in_which_everybody_signs_is_the_same_round() -> None:
    assert [leaf.type for leaf in tell_signed_round().log] == [leaf.type for leaf in tell_round().log]
