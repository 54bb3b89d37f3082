"""Who founds an installation, invites signers, enrols and revokes keys, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest

from selection.decision.aggregate import ActRefused
from selection.decision.envelope import Envelope, envelope_of
from selection.decision.facts import Facts, FactsRequest
from selection.decision.machine import Act, answer_from, decide
from selection.decision.making import Outcome
from selection.decision.register_views import CodeFact, RegisterFacts, SignerFact
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.model import Frozen, Ref
from selection.kernel.proof import Assurance
from selection.letters.writing import list_outgoing
from selection.register import key_commands as c, key_events as e
from selection.register.key_decide import CODE_LASTS, KEYS_AT_MOST, MISSES
from selection.register.state import INSTALLATION
from selection.signing.key import Key
from selection.signing.one_time_code import code_of, fingerprint_code, token_of
from selection.signing.possession import Enrolment, enrol
from selection.streams import REGISTER
from tests import factories as f
from tests.desk import Desk, reach
from tests.selection.signing.keys import HOUR, INSTALLATION as HERE, draft_proof, software

CODE = code_of(bytes(range(26)))
ADMIN, OFFICER, EXPERT = (f.actor(f"{role}-1", role) for role in (Role.ADMIN, Role.OFFICER, Role.EXPERT))
KEYS = {"admin-1": software(1), "officer-1": software(2), "expert-1": software(3), "officer-2": software(4)}
NEW = software(9)
UNTIL = f.OPENED + CODE_LASTS
INVITED = SignerFact(known=fingerprint_code(CODE, HERE, "expert-1"), until=UNTIL)


def make_installation(local: bool = False, code: str = CODE, **signers: SignerFact) -> Desk:
    """A new installation, whose people are those of the factories, and what keys and codes they have."""
    named = {name.replace("_", "-"): fact for name, fact in signers.items()}
    known = {**dict.fromkeys((*f.people(), "expert-1"), SignerFact()), **named}
    facts = RegisterFacts(signers=known)
    desk = Desk(INSTALLATION, Facts(people=f.people(), registry=facts), f.OPENED)
    known_code = "" if local else fingerprint_code(code, HERE)
    desk.act(c.FoundInstallation(installation=HERE, local=local, code=known_code), SYSTEM)
    return desk


def begin(local: bool = False, **signers: SignerFact) -> Desk:
    """The same, once the first administrator has a key."""
    desk = make_installation(local, CODE, **signers)
    desk.act(of_keys(ask_key("admin-1")), ADMIN)
    return desk


def ask_key(person: str, key: Any = None) -> Enrolment:
    return enrol(key or KEYS[person], person, HERE)


def of_keys(*keys: Enrolment, token: str = "") -> c.EnrolKey:
    return c.EnrolKey(keys=keys, token=token)


def by_code(person: str, whose: str = "", code: str = CODE, place: str = HERE, key: Any = None) -> c.EnrolKey:
    """An enrolment by a code: of the founding, or the one that somebody was sent."""
    item = ask_key(person, key)
    return of_keys(item, token=token_of(code, item, place, whose))


def having(*keys: Key) -> SignerFact:
    return SignerFact(keys=keys)


def send_signed(desk: Desk, command: Frozen, actor: Actor, by: Any = None) -> Outcome[Any]:
    """Decide on a signed act of an installation that is not local, where nobody has a key yet."""
    bare = envelope_of(INSTALLATION, command, actor, "id-1")
    terms = draft_proof(issued=desk.now, expires=desk.now + HOUR, rules="")
    proof = (by or KEYS[actor.person]).prove(bare.intent, terms)
    message: Envelope = bare.with_(proof=proof)

    def answer(request: FactsRequest) -> Facts:
        return desk.world.with_(founded=desk.state.founded, keys={})

    return reach(answer_from(decide(REGISTER, desk.state, Act(message), desk.now, desk.frame()), answer))


def test_an_installation_is_founded_once_and_first() -> None:
    desk = make_installation()
    assert desk.state.founded is not None
    assert (desk.state.founded.installation, desk.state.founded.local) == (HERE, False)
    again = c.FoundInstallation(installation="other", local=True, code="")
    assert desk.refuse(again, SYSTEM) == "already-founded"
    assert desk.refuse(again, ADMIN) == "already-founded"


def test_before_the_founding_nobody_enrols_a_key() -> None:
    unsaid = RegisterFacts(signers=dict.fromkeys(f.people(), SignerFact()))
    desk = Desk(INSTALLATION, Facts(people=f.people(), registry=unsaid), f.OPENED)
    outcome = send_signed(desk, by_code("admin-1"), ADMIN)
    assert (outcome.refused and outcome.refused.code, outcome.leaves) == ("not-founded", [])


def test_whoever_has_the_code_enrols_the_very_first_key_by_itself() -> None:
    desk = make_installation()
    outcome = send_signed(desk, by_code("admin-1"), ADMIN)
    (leaf,) = outcome.leaves
    assert (leaf.type, leaf.data["person"], leaf.data["by"]) == ("key.enrolled.v1", "admin-1", "admin-1")
    assert outcome.state.first == KEYS["admin-1"].key.key


@pytest.mark.parametrize(
    "enrolling",
    [
        of_keys(ask_key("admin-1")),
        by_code("admin-1", code=CODE[:-1]),
        by_code("admin-1", place="installation-2"),
        by_code("admin-1", "admin-1"),
        of_keys(ask_key("admin-1"), token=by_code("admin-1", key=NEW).token),
    ],
)
def test_without_the_code_nobody_does_and_nothing_is_recorded(enrolling: c.EnrolKey) -> None:
    outcome = send_signed(make_installation(), enrolling, ADMIN)
    assert outcome.refused is not None
    assert (outcome.refused.code, outcome.leaves) == ("signature-key", [])


def test_the_code_counts_once_and_for_one_key_of_ones_own() -> None:
    mine = by_code("admin-1")
    of_another = send_signed(make_installation(), by_code("officer-1"), ADMIN, KEYS["officer-1"])
    both = send_signed(
        make_installation(), of_keys(*mine.keys, ask_key("officer-1"), token=mine.token), ADMIN
    )
    later = send_signed(begin(), by_code("admin-1", key=NEW), ADMIN, NEW)
    for outcome in (of_another, both, later):
        assert outcome.refused is not None
        assert (outcome.refused.code, outcome.leaves) == ("signature-key", [])


def test_a_first_key_needs_the_code_of_its_letter_and_another_persons_word() -> None:
    desk = begin(expert_1=INVITED)
    mine = by_code("expert-1", "expert-1")
    (told,) = desk.act(mine, OFFICER)
    assert told == e.KeyEnrolled(person="expert-1", key=KEYS["expert-1"].key, by="officer-1")


@pytest.mark.parametrize(
    ("signer", "enrolling", "code"),
    [
        (INVITED, by_code("expert-1"), "code-wrong"),
        (INVITED, by_code("expert-1", "expert-2"), "code-wrong"),
        (INVITED, of_keys(ask_key("expert-1")), "code-wrong"),
        (SignerFact(), by_code("expert-1", "expert-1"), "code-spent"),
        (INVITED.with_(misses=MISSES), by_code("expert-1", "expert-1"), "code-spent"),
        (having(NEW.key), by_code("expert-1", "expert-1"), "signer-has-key"),
    ],
)
def test_who_gets_no_first_key(signer: SignerFact, enrolling: c.EnrolKey, code: str) -> None:
    desk = begin(expert_1=signer)
    assert desk.refuse(enrolling, OFFICER) == code


def test_who_confirms_a_key_can_t_put_another_in_its_place() -> None:
    """What the person's code showed of their key is in the officer's hands, and shows nothing of the officer's."""
    desk = begin(expert_1=INVITED)
    handed_over = by_code("expert-1", "expert-1")
    swapped = of_keys(ask_key("expert-1", NEW), token=handed_over.token)
    assert desk.refuse(swapped, OFFICER) == "code-wrong"
    assert desk.act(handed_over, OFFICER)


def test_wrong_codes_are_counted_beside_their_refusal() -> None:
    desk = begin(expert_1=INVITED)
    wrong = of_keys(ask_key("expert-1"), token="0" * 128)
    leaves = desk.run(Act(envelope_of(INSTALLATION, wrong, OFFICER, "id-1"))).leaves
    assert [leaf.type for leaf in leaves] == [e.CodeMissed.TYPE, ActRefused.TYPE]
    assert leaves[0].data["person"] == "expert-1"
    assert leaves[1].data["params"]["left"] == str(MISSES - 1)


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.EXPERT, Role.SUPERVISOR, Role.APPROVER])
def test_only_officers_and_administrators_vouch_for_others(role: Role) -> None:
    desk = begin(expert_1=INVITED)
    mine = by_code("expert-1", "expert-1")
    assert desk.refuse(mine, f.actor(f"{role.value}-2", role)) == "not-entitled"
    assert (
        desk.refuse(c.InviteSigner(people=("expert-1",)), f.actor(f"{role.value}-2", role)) == "not-entitled"
    )


def test_a_key_must_have_signed_its_own_enrolment_for_this_person_and_place() -> None:
    desk, own = begin(expert_1=having(KEYS["expert-1"].key)), ask_key("expert-1", NEW)
    forged = own.with_(possession=ask_key("expert-1").possession)
    for item in (
        forged,
        enrol(NEW, "expert-1", "elsewhere"),
        enrol(NEW, "expert-2", HERE).with_(person="expert-1"),
    ):
        assert desk.refuse(of_keys(item), EXPERT) == "key-unproven"
    assert len(desk.act(of_keys(own), EXPERT)) == 1


def test_a_key_is_one_persons_once() -> None:
    desk = begin()
    facts = desk.world.registry
    assert facts is not None
    desk.world = desk.world.with_(registry=facts.with_(taken=(NEW.key.key,)))
    assert desk.refuse(of_keys(ask_key("expert-1", NEW)), EXPERT) == "key-known"
    assert desk.refuse(of_keys(ask_key("expert-1"), ask_key("expert-1")), EXPERT) == "unreadable"


def test_a_person_has_so_many_keys_at_most() -> None:
    desk = begin(expert_1=having(*[software(number).key for number in range(50, 50 + KEYS_AT_MOST)]))
    assert desk.refuse(of_keys(ask_key("expert-1", NEW)), EXPERT) == "too-many"


def test_sessions_that_ran_out_are_not_counted() -> None:
    ran_out = [software(number, level="session", expires=f.OPENED).key for number in range(50, 90)]
    desk = begin(expert_1=having(*ran_out))
    assert len(desk.act(of_keys(ask_key("expert-1", NEW)), EXPERT)) == 1


def test_a_session_is_ones_own_and_ends_within_twelve_hours() -> None:
    desk = begin(expert_1=having(KEYS["expert-1"].key))

    def session(**lasts: float) -> Enrolment:
        expires = desk.now + timedelta(**lasts)
        return ask_key("expert-1", software(8, level=Assurance.SESSION, expires=expires))

    assert desk.refuse(of_keys(session(hours=13)), EXPERT) == "session-too-long"
    assert desk.refuse(of_keys(session(hours=-1)), EXPERT) == "session-too-long"
    assert desk.refuse(of_keys(session(hours=8)), OFFICER) == "session-of-another"
    lasting = ask_key("expert-1", software(8, level=Assurance.SESSION))
    ending = ask_key("expert-1", software(8, expires=desk.now + HOUR))
    assert {desk.refuse(of_keys(item), EXPERT) for item in (lasting, ending)} == {"session-too-long"}
    assert len(desk.act(of_keys(session(hours=12)), EXPERT)) == 1


def test_on_a_local_installation_an_administrator_enrols_many_at_once_without_codes() -> None:
    desk = begin(local=True)
    told = desk.act(of_keys(ask_key("officer-1"), ask_key("expert-1")), ADMIN)
    assert [event.TYPE for event in told] == ["key.enrolled.v1"] * 2
    assert (
        begin(expert_1=INVITED).refuse(of_keys(ask_key("officer-1"), ask_key("expert-1")), ADMIN)
        == "unreadable"
    )


def test_one_revokes_ones_own_keys_and_two_others_a_lost_one() -> None:
    key = KEYS["expert-1"].key
    desk = begin(expert_1=having(key))
    (told,) = desk.act(c.RevokeKey(key=key.key), EXPERT)
    assert told == e.KeyRevoked(person="expert-1", key=key.key)
    (told,) = desk.act(c.RevokeLostKey(person="expert-1", key=key.key), OFFICER)
    assert told == e.KeyRevoked(person="expert-1", key=key.key)
    assert c.RevokeLostKey.ACT.assurance is Assurance.SIGNED_BY_TWO
    assert desk.refuse(c.RevokeKey(key=NEW.key.key), EXPERT) == "key-unknown"
    assert desk.refuse(c.RevokeKey(key=key.key), OFFICER) == "key-unknown"
    assert desk.refuse(c.RevokeLostKey(person="expert-1", key=NEW.key.key), OFFICER) == "key-unknown"
    assert desk.refuse(c.RevokeLostKey(person="officer-1", key=key.key), OFFICER) == "signer-self"
    assert desk.refuse(c.RevokeLostKey(person="expert-1", key=key.key), EXPERT) == "not-entitled"


def test_a_person_ends_a_session_of_theirs_and_nothing_that_outlasts_it() -> None:
    own, session = KEYS["expert-1"].key, software(8, level="session", expires=f.OPENED + HOUR).key
    desk = begin(expert_1=having(own, session))
    before = desk.state
    (told,) = desk.act(c.EndSession(key=session.key), EXPERT)
    assert told == e.KeyEnded(person="expert-1", key=session.key)
    assert c.EndSession.ACT.assurance is Assurance.SESSION
    # Nobody is written to each time that they log out.
    assert not list(list_outgoing(before, desk.leaves[-1], desk.state))
    for actor, key in ((EXPERT, own), (EXPERT, NEW.key), (OFFICER, session)):
        assert desk.refuse(c.EndSession(key=key.key), actor) == "key-unknown"


def test_a_letter_tells_a_person_of_every_change_and_alone_holds_the_code() -> None:
    code = CodeFact(known=INVITED.known, ref=Ref(id="code-1", sha256="0" * 64))
    desk = begin(expert_1=INVITED)
    facts = desk.world.registry
    assert facts is not None
    desk.world = desk.world.with_(registry=facts.with_(codes={"expert-1": code}))
    before = desk.state
    desk.act(c.InviteSigner(people=("expert-1",)), OFFICER)
    desk.act(by_code("expert-1", "expert-1"), OFFICER)
    sent = [letter for leaf in desk.leaves for letter in list_outgoing(before, leaf, desk.state)]
    told = {letter.template: letter.params for letter in sent}  # type: ignore[union-attr]
    # The founder's first key tells nobody: they are not registered yet.
    assert told == {
        "signer-invited": {
            "account": "expert-1",
            "code": "code-1",
            "until": (desk.now + CODE_LASTS).isoformat(),
        },
        "key-enrolled": {"key": KEYS["expert-1"].key.key, "by": "officer-1"},
    }
    assert {letter.to for letter in sent} == {"expert-1"}  # type: ignore[union-attr]


def test_who_is_not_registered_is_not_invited() -> None:
    assert begin().refuse(c.InviteSigner(people=("stranger",)), OFFICER) == "unknown-signer"
    with_key = begin(expert_1=having(NEW.key))
    assert with_key.refuse(c.InviteSigner(people=("expert-1",)), OFFICER) == "signer-has-key"
