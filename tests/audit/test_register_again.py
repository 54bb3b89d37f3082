"""Every entry of the installation's log is decided again: what its people could not do is found, whoever signed it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from audit.bundle.register import LOG
from audit.claims import Claim, Verdict
from benchmarks.in_memory.register import RegisterInMemory
from selection.decision.aggregate import ActRefused
from selection.decision.envelope import digest_of
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen
from selection.kernel.proof import Assurance
from selection.register import commands as c, events as e, key_commands as kc, key_events as k
from selection.signing.key import Key
from selection.signing.one_time_code import token_of
from selection.signing.possession import enrol
from selection.signing.software_key import SoftwareKey
from tests import factories as f
from tests.audit.support.acts import acts_of
from tests.audit.support.register import claim_about, slipped_in
from tests.desk import uncounted
from tests.random_round import RandomRound
from tests.round_story import told, told_signed
from tests.signatures import INSTALLATION, Signatures

PEOPLE = Signatures()
ADMIN, OFFICER, EXPERT = f.actor("admin-1"), f.actor("officer-1"), f.actor("expert-1")
ENROLLED = ("officer-1", "officer-2", "expert-1")
NOBODYS = SoftwareKey(seed=b"i" * 32)


@cache
def log() -> tuple[Leaf, ...]:
    """An installation where everybody signs: people, keys, somebody who was erased, somebody who was sent a code."""
    made = RegisterInMemory(PEOPLE.founded, f.OPENED, PEOPLE)
    made.register(f.people().values(), f.OPENED)
    for person in ENROLLED:
        made.enrol(person, f.OPENED)
    made.erase("expert-9", f.OPENED)
    made.act(kc.InviteSigner(people=("expert-2",)), f.OPENED)
    return tuple(made.leaves)


def test_every_entry_follows_of_rounds_in_memory() -> None:
    for leaves in (told().installation, told_signed().installation, log()):
        claim = claim_about(leaves)
        assert (claim.verdict, claim.counted) == (Verdict.PROVEN, len(leaves)), claim


@pytest.mark.parametrize("seed", [8, 14])
def test_every_entry_of_a_round_led_by_chance_follows(seed: int) -> None:
    with uncounted():
        made = RandomRound(seed, signatures=Signatures()).run()
    assert claim_about(made.installation).verdict is Verdict.PROVEN


# --- acts that nobody decided, signed by who did them ----------------------------------------------------------------


def key_of(person: str) -> Key:
    return PEOPLE.own(person).key


def person(name: str, *roles: Role) -> c.Registered:
    told_ = {"person": name, "roles": dict.fromkeys(roles, ()), "identity": "0" * 64}
    return c.Registered.model_validate(told_)


def registered(item: c.Registered) -> e.PersonRegistered:
    return e.PersonRegistered.model_validate(item.model_dump())


def asking(who: str, code: str = "", key: SoftwareKey = NOBODYS) -> kc.EnrolKey:
    enrolment = enrol(key, who, INSTALLATION)
    token = token_of(code, enrolment, INSTALLATION, who) if code else ""
    return kc.EnrolKey(keys=(enrolment,), token=token)


def enrolled(who: str, by: str, key: SoftwareKey = NOBODYS) -> k.KeyEnrolled:
    return k.KeyEnrolled(person=who, key=key.key, by=by)


def revoked(who: str) -> k.KeyRevoked:
    return k.KeyRevoked(person=who, key=key_of(who).key)


def settled(target: str) -> e.LetterSettled:
    told_ = {"target": target, "caused_by": 3, "letter": "told/expert-1", "message_id": "<m@x>"}
    return e.LetterSettled.model_validate(
        {"task": "undelivered/7", "to": "expert-1", "found": "", "how": "drop", **told_}
    )


ANEW = person("expert-1", Role.EXPERT, Role.OBJECTOR)
RISEN = person("expert-1", Role.EXPERT, Role.ADMIN)
BACK = person("expert-9", Role.EXPERT)
GONE = e.PersonErased(person="expert-2", contents=(), forced=True)
ERASE = c.ErasePerson(person="expert-2", force=True)
LOST = kc.RevokeLostKey(person="expert-1", key=key_of("expert-1").key)
DISGUISED = {"kind": "revoke-key", "person": "expert-1", "key": key_of("expert-1").key}
SESSION = SoftwareKey(seed=b"s" * 32, level=Assurance.SESSION, expires=f.OPENED + 3000 * f.DAY)
MENDED = {"target": "r", "choice": "go-on", "size": 3, "lost": 1}
OF_ROUND = settled(f"application/{f.ROUND}/0001")
DROPPED = c.SettleLetters(letters=(7,), how="drop")


@dataclass(frozen=True)
class Forged:
    """An act with the entry that it was not to bring, and what comes of it instead."""

    command: Frozen | dict[str, Any]
    by: Actor
    event: Frozen
    found: str
    second: str = ""


STOLEN = enrol(NOBODYS, "expert-2", INSTALLATION).with_(person="officer-1")
FORGED = {
    "a first key without its code": Forged(
        asking("expert-2"), OFFICER, enrolled("expert-2", "officer-1"), "code-wrong"
    ),
    "a first key of one who was sent none": Forged(
        asking("expert-3", "GUESSED"), OFFICER, enrolled("expert-3", "officer-1"), "code-spent"
    ),
    "another key for one who has one": Forged(
        asking("expert-1"), OFFICER, enrolled("expert-1", "officer-1"), "signer-has-key"
    ),
    "a key that did not sign its own enrolment": Forged(
        kc.EnrolKey(keys=(STOLEN,)), OFFICER, enrolled("officer-1", "officer-1"), "key-unproven"
    ),
    "a key that somebody has already": Forged(
        asking("expert-1", key=PEOPLE.own("officer-2")),
        EXPERT,
        enrolled("expert-1", "expert-1", PEOPLE.own("officer-2")),
        "key-known",
    ),
    "a session without end": Forged(
        asking("expert-1", key=SESSION), EXPERT, enrolled("expert-1", "expert-1", SESSION), "session-too-long"
    ),
    "a role of one's own giving": Forged(
        c.RegisterPeople(people=(ANEW,)), f.actor("expert-1", Role.ADMIN), registered(ANEW), "not-entitled"
    ),
    "a role given as an officer": Forged(
        c.RegisterPeople(people=(ANEW,)), OFFICER, registered(ANEW), "not-entitled"
    ),
    "other roles than were asked for": Forged(
        c.RegisterPeople(people=(person("expert-1", Role.EXPERT),)),
        ADMIN,
        registered(ANEW),
        "person.registered.v1",
    ),
    "a role of the staff given by one": Forged(
        c.RegisterPeople(people=(RISEN,)), ADMIN, registered(RISEN), "staff-by-two"
    ),
    "a role of the staff given by one as if by two": Forged(
        c.RegisterStaff(people=(RISEN,)), ADMIN, registered(RISEN), "second-missing"
    ),
    "somebody who was erased": Forged(
        c.RegisterPeople(people=(BACK,)), ADMIN, registered(BACK), "person-erased"
    ),
    "a lost key revoked by one": Forged(LOST, OFFICER, revoked("expert-1"), "second-missing"),
    "a lost key revoked as if it were one's own": Forged(
        DISGUISED, OFFICER, revoked("expert-1"), "unreadable"
    ),
    "a lost key revoked by one and its own person": Forged(
        LOST, OFFICER, revoked("expert-1"), "not-entitled", "expert-1"
    ),
    "an erasure by one": Forged(ERASE, ADMIN, GONE, "second-missing"),
    "an erasure by one and an officer": Forged(ERASE, ADMIN, GONE, "not-entitled", "officer-1"),
    "a letter settled by who is no officer of its round": Forged(DROPPED, EXPERT, OF_ROUND, "not-entitled"),
    "a letter that no round sent": Forged(DROPPED, OFFICER, settled(LOG), "not-entitled"),
    "a choice without its reason": Forged(
        c.RecordRestoration.model_validate(MENDED),
        ADMIN,
        e.LogRestored.model_validate({**MENDED, "contents": ()}),
        "missing",
    ),
}
SEEN_BY_SIGNATURES = {
    "a lost key revoked by one",
    "an erasure by one",
    "a role of the staff given by one as if by two",
}


@pytest.mark.parametrize("name", FORGED)
def test_what_was_not_to_be_decided_is_found_though_its_person_signed_it(name: str) -> None:
    forged = FORGED[name]
    made = slipped_in(log(), PEOPLE, forged.command, forged.by, forged.event, second=forged.second)
    claim, place = claim_about(made), f"{LOG}#{len(log())}"
    assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, "decision-differs", place)
    assert claim.params["found"] == forged.found
    acts = acts_of((), made)[LOG]
    assert (acts.verdict is Verdict.REFUTED) == (name in SEEN_BY_SIGNATURES), acts


def test_what_could_be_decided_raises_no_alarm() -> None:
    for command, by, event, second in (
        (c.RegisterPeople(people=(ANEW,)), ADMIN, registered(ANEW), ""),
        (c.RegisterStaff(people=(RISEN,)), ADMIN, registered(RISEN), "admin-2"),
        (LOST, OFFICER, revoked("expert-1"), "officer-2"),
        (kc.RevokeKey(key=key_of("expert-1").key), EXPERT, revoked("expert-1"), ""),
        (asking("expert-1"), EXPERT, enrolled("expert-1", "expert-1"), ""),
        (ERASE, ADMIN, GONE, "admin-2"),
        (DROPPED, OFFICER, OF_ROUND, ""),
        (DROPPED, OFFICER, settled("application/elsewhere/0001"), ""),
    ):
        made = slipped_in(log(), PEOPLE, command, by, event, second=second)
        assert claim_about(made).verdict is Verdict.PROVEN, (command, claim_about(made))


def test_the_founding_tells_whose_first_key_it_is() -> None:
    """Who rewrites the log after its first entry has seen how the code was used, and can use it for no other key."""
    founding, first = log()[:2]
    assert first.signed is not None
    assert first.signed.command is not None
    told_ = enrolled("admin-1", "admin-1", PEOPLE.own("insider"))
    for token in (first.signed.command["token"], ""):
        own = kc.EnrolKey(keys=(enrol(PEOPLE.own("insider"), "admin-1", INSTALLATION),), token=token)
        made = slipped_in([founding], PEOPLE, own, ADMIN, told_, own="insider")
        acts, claim = acts_of((), made)[LOG], claim_about(made)
        assert (acts.verdict, acts.finding, acts.point) == (Verdict.REFUTED, "code-unshown", f"{LOG}#1")
        assert (claim.verdict, claim.point) == (Verdict.REFUTED, f"{LOG}#1")
        assert claim.params["found"] == "signature-key"


def test_a_code_counts_for_one_key_also_when_that_is_revoked() -> None:
    revoked_ = slipped_in(log(), PEOPLE, LOST, OFFICER, revoked("expert-1"), second="officer-2")
    again = (asking("expert-1", "USED"), OFFICER, enrolled("expert-1", "officer-1"))
    assert claim_about(slipped_in(revoked_, PEOPLE, *again)).params["found"] == "code-spent"


# --- what nobody signed, and what was refused ------------------------------------------------------------------------


def last_changed(made: list[Leaf], **changes: Any) -> Claim:
    return claim_about([*made[:-1], made[-1].with_(**changes)])


def test_an_entry_by_nobodys_act_is_found() -> None:
    asked = c.RegisterPeople(people=(ANEW,))
    made = slipped_in(log(), PEOPLE, asked, ADMIN, registered(ANEW))
    assert claim_about(made).verdict is Verdict.PROVEN
    unsigned = last_changed(made, signed=None, actor=ADMIN)
    assert (unsigned.verdict, unsigned.finding) == (Verdict.REFUTED, "act-unsigned")
    engines = last_changed(made, signed=None, actor=SYSTEM)
    assert (engines.verdict, engines.finding) == (Verdict.REFUTED, "decision-differs")
    assert made[-1].signed is not None
    nothing_asked = last_changed(made, signed=made[-1].signed.with_(command=None))
    assert (nothing_asked.verdict, nothing_asked.finding) == (Verdict.REFUTED, "command-missing")
    further = slipped_in(log(), PEOPLE, asked, ADMIN, registered(ANEW), registered(BACK))
    assert (claim_about(further).finding, claim_about(further).point) == (
        "decision-differs",
        f"{LOG}#{len(log()) + 1}",
    )
    two = c.RegisterPeople(people=(ANEW, person("expert-3", Role.EXPERT)))
    short = claim_about(slipped_in(log(), PEOPLE, two, ADMIN, registered(ANEW)))
    assert (short.verdict, short.finding) == (Verdict.REFUTED, "decision-cut-short")


def test_where_an_act_stands_is_what_it_saw() -> None:
    made = slipped_in(log(), PEOPLE, c.RegisterPeople(people=(ANEW,)), ADMIN, registered(ANEW))
    for changes in ({"register_size": len(log()) - 1}, {"at": f.OPENED - f.DAY / 1440}):
        assert last_changed(made, **changes).finding == "decision-differs", changes


def missed(who: str, left: str, *events: Frozen) -> Claim:
    """The claim where a code was refused: what was asked is not kept."""
    refusal = ActRefused(kind="enrol-key", code="code-wrong", params={"person": who, "left": left})
    made = slipped_in(log(), PEOPLE, asking(who), OFFICER, *events, refusal)
    first = made[len(log())]
    assert first.signed is not None
    made[len(log())] = first.with_(signed=first.signed.with_(command=None))
    return claim_about(made)


def test_a_code_is_missed_for_who_was_sent_one_and_so_often() -> None:
    one, other = k.CodeMissed(person="expert-2"), k.CodeMissed(person="expert-3")
    claim = missed("expert-2", "4", one)
    assert (claim.verdict, claim.counted) == (Verdict.PROVEN, len(log()))
    for who, left, *events in (
        ("expert-2", "3", one),
        ("expert-3", "4", other),
        ("expert-2", "4"),
        ("expert-2", "4", other),
    ):
        assert missed(who, left, *events).finding == "decision-differs"


def test_of_a_local_installation_what_was_asked_is_told_by_its_hash() -> None:
    made = list(told().installation)
    at = next(seq for seq, leaf in enumerate(made) if leaf.type == e.PersonErased.TYPE)
    asked = c.ErasePerson(person=made[at].data["person"], force=True).model_dump(mode="json")

    def changed(leaf: Leaf, **data: Any) -> Claim:
        return claim_about([*made[:at], leaf.with_(data={**leaf.data, **data}), *made[at + 1 :]])

    nobody_asked = changed(made[at], person="expert-1")
    assert (nobody_asked.verdict, nobody_asked.finding) == (Verdict.NOT_PROVABLE, "act-not-held")
    by_an_expert = changed(made[at].with_(actor=EXPERT), command_hash=digest_of(LOG, EXPERT, asked))
    assert (by_an_expert.verdict, by_an_expert.point) == (Verdict.REFUTED, f"{LOG}#{at}")
    assert by_an_expert.params["found"] == "not-entitled"
