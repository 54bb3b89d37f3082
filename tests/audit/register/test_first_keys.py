"""By whose hands somebody came to a first key, judged by the audit itself: where the program would let it pass, too."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from audit.claims import Claim, Verdict
from benchmarks.in_memory.register import SECOND_ADMIN, RegisterInMemory
from selection.kernel.actor import Actor, Role
from selection.register import commands as c, decide, events as e, key_commands as k, key_decide
from selection.signing.one_time_code import token_of
from selection.signing.possession import enrol
from tests import factories as f
from tests.audit.support.register import claim_about
from tests.signatures import INSTALLATION, Signatures

PEOPLE = Signatures()
ADMIN, SECOND, OFFICER = f.actor("admin-1"), f.actor("admin-2", Role.ADMIN), f.actor("officer-1")
EXPERT, WAIT = "expert-2", timedelta(days=3)
LATER = f.OPENED + WAIT


class Register(RegisterInMemory):
    """An installation of two administrators and an officer with keys, where single steps to a key are taken."""

    def enter(self, address: str, at: Any = f.OPENED, by: Actor = ADMIN, *, complete: bool = True) -> None:
        """Register the expert with an address; an earlier version told none in its entry."""
        fact = self.people[EXPERT].model_dump() | {"identity": sha256(address.encode()).hexdigest()}
        mark = sha256(f"mark {address}".encode()).hexdigest() if complete else ""
        registration = c.Registered.model_validate(fact | {"address": mark})
        self.act(c.RegisterPeople(people=(registration,)), at, by)

    def invite(self, by: Actor, at: Any) -> None:
        self.act(k.InviteSigner(people=(EXPERT,)), at, by)

    def confirm(self, by: Actor, at: Any) -> None:
        enrolment = enrol(PEOPLE.own(EXPERT), EXPERT, INSTALLATION)
        token = token_of(self._codes[EXPERT], enrolment, INSTALLATION, EXPERT)
        self.act(k.EnrolKey(keys=(enrolment,), token=token), at, by)


@pytest.fixture
def log() -> Register:
    register = Register(PEOPLE.founded, f.OPENED, PEOPLE)
    register.register([*f.people().values(), SECOND_ADMIN], f.OPENED)
    for person in ("admin-2", "officer-1"):
        register.enrol(person, f.OPENED)
    return register


def judge(log: Register) -> Claim:
    return claim_about(log.leaves)


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that asks nothing of who enters an address, sends a code or confirms a key."""
    for rule in ("refuse_inviting", "refuse_confirming"):
        monkeypatch.setattr(key_decide, rule, lambda *_: None)


def test_a_key_that_came_by_three_pairs_of_hands_is_proven(log: Register) -> None:
    log.enter("new")
    log.invite(SECOND, LATER)
    log.confirm(OFFICER, LATER)
    (told,) = [leaf.data for leaf in log.leaves if leaf.data.get("former")]
    assert datetime.fromisoformat(told["keys_from"]) == LATER
    assert judge(log).verdict is Verdict.PROVEN, judge(log)


@pytest.mark.parametrize(
    ("sender", "after", "finding"),
    [(OFFICER, WAIT - timedelta(minutes=1), "code-too-soon"), (ADMIN, WAIT, "code-by-changer")],
)
@pytest.mark.usefixtures("careless")
def test_a_code_that_went_to_a_changed_address_too_soon_or_by_who_changed_it_is_refuted(
    log: Register, sender: Actor, after: timedelta, finding: str
) -> None:
    log.enter("new")
    log.invite(sender, f.OPENED + after)
    claim = judge(log)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, finding)


@pytest.mark.parametrize(
    ("changed", "sender", "confirming"),
    [(True, OFFICER, ADMIN), (True, OFFICER, OFFICER), (False, OFFICER, ADMIN), (False, SECOND, SECOND)],
)
@pytest.mark.usefixtures("careless")
def test_a_key_confirmed_by_who_entered_the_address_or_sent_the_code_is_refuted(
    log: Register, changed: bool, sender: Actor, confirming: Actor
) -> None:
    if changed:
        log.enter("new")
    log.invite(sender, LATER)
    log.confirm(confirming, LATER)
    claim = judge(log)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "key-by-one-hand")
    assert claim.params["named"] == EXPERT


def say_nothing(item: c.Registered, *_: Any) -> e.PersonRegistered:
    return e.PersonRegistered.model_validate(item.model_dump())


def test_a_change_of_which_the_entry_says_nothing_is_refuted(
    log: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No letter would go to the former address."""
    monkeypatch.setattr(decide, "register_person", say_nothing)
    log.enter("new")
    claim = judge(log)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "address-untold")


@pytest.mark.usefixtures("careless")
def test_what_an_earlier_version_decided_is_decided_again_as_it_was(log: Register) -> None:
    """One administrator registered somebody again, and confirmed their key by a code that was sent before."""
    log.enter("first", complete=False)
    log.invite(ADMIN, f.OPENED)
    log.enter("first", complete=False)
    log.confirm(ADMIN, f.OPENED)
    assert judge(log).verdict is Verdict.PROVEN, judge(log)


@pytest.mark.usefixtures("careless")
def test_registered_anew_by_this_version_the_entry_says_whether_the_address_is_another(
    log: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record's database knows it by the stored identity, which no verifier sees."""
    log.enter("first", complete=False)
    with monkeypatch.context() as patched:
        patched.setattr(decide, "register_person", say_nothing)
        log.enter("first")
    log.invite(SECOND, f.OPENED)
    assert judge(log).verdict is Verdict.PROVEN, judge(log)
    log.enter("another")
    log.invite(SECOND, f.OPENED)
    claim = judge(log)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "code-too-soon")


@pytest.mark.usefixtures("careless")
def test_where_nobody_else_could_one_pair_of_hands_is_enough() -> None:
    log = Register(PEOPLE.founded, f.OPENED, PEOPLE)
    log.register(f.people().values(), f.OPENED)
    log.invite(ADMIN, f.OPENED)
    log.confirm(ADMIN, f.OPENED)
    assert judge(log).verdict is Verdict.PROVEN, judge(log)
