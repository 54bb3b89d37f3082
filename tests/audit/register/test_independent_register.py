"""Another implementation holds the installation's log against docs/format.md, "Register", entry by entry."""

from datetime import timedelta
from functools import cache
from hashlib import sha256
from typing import Any

import pytest

from audit.bundle.register import LOG
from audit.claims import Verdict
from benchmarks.in_memory.register import RegisterInMemory
from selection.decision.relations import Tie
from selection.kernel.actor import SYSTEM, Actor
from selection.kernel.leaf import Leaf
from selection.register import key_commands as kc, key_events as k
from selection.register.commands import DeclareTie
from selection.register.decide import DECLARED_AT_MOST, TIES_AT_MOST
from selection.register.events import TieDeclared
from selection.signing.one_time_code import code_of, fingerprint_code, token_of
from selection.signing.possession import enrol
from tests import factories as f
from tests.audit.support.independent import find_fault
from tests.audit.support.register import claim_about, slip_in
from tests.audit.support.register_acts import FORGED, honest, log, miss_code
from tests.audit.support.tampering import place
from tests.round_story import tell_signed_round
from tests.signatures import INSTALLATION, Signatures

pytestmark = pytest.mark.repo

PEOPLE = Signatures()
ADMIN, OFFICER = f.actor("admin-1"), f.actor("officer-1")
INSTANT = timedelta(microseconds=1)
FOUNDINGS, ANOTHER = code_of(sha256(INSTALLATION.encode()).digest()), code_of(bytes(range(26, 52)))


# --- ties of one's own -----------------------------------------------------------------------------------------------


def test_nobody_declares_ties_more_often_than_anybody_may() -> None:
    """Whether they ended or not: who declares and ends one in turn has the applications look each time."""
    made = RegisterInMemory(PEOPLE.founded, f.OPENED, PEOPLE)
    made.register(f.people().values(), f.OPENED)
    by = f.actor("expert-1")
    for number in range(DECLARED_AT_MOST - 1):
        told = DeclareTie(tie="project", unit=f"91-{number}")
        made.act(told, f.OPENED, by)
        if number <= DECLARED_AT_MOST - TIES_AT_MOST:
            made.act(told.with_(holds=False), f.OPENED, by)
    for finding in ("", "tie-by-administrator"):
        told = DeclareTie(tie="relative", other=f"officer-{1 if finding else 2}")
        event = TieDeclared(person=by.person, tie=Tie(kind="relative", other=told.other), holds=True)
        forged = slip_in(made.leaves, PEOPLE, told, by, event)
        assert bool(find_fault(forged)) is bool(finding)
        assert claim_about(forged).params.get("found", "") == finding
        if not finding:
            made.act(told, f.OPENED, by)


# --- the code of the very first key ----------------------------------------------------------------------------------


@cache
def founding() -> Leaf:
    return tell_signed_round().installation[0]


def renew_code(late: timedelta = timedelta(), actor: Actor = SYSTEM, **changes: Any) -> Leaf:
    """Another first code, from when the one of the founding ran out."""
    at = founding().at + timedelta(days=14) + late
    known = fingerprint_code(ANOTHER, INSTALLATION)
    event = k.CodeRenewed(code=known, until=at + timedelta(days=14))
    told = {**event.model_dump(mode="json"), "command_id": "renewal", **changes}
    return founding().with_(
        type=k.CodeRenewed.TYPE, version=2, actor=actor, at=at, recorded=at, register_size=1, data=told
    )


def first_key(code: str, *before: Leaf, at: timedelta = timedelta()) -> list[Leaf]:
    """The log with a key after it that its person enrols by a code."""
    enrolment = enrol(PEOPLE.own("admin-1"), "admin-1", INSTALLATION)
    command = kc.EnrolKey(keys=(enrolment,), token=token_of(code, enrolment, INSTALLATION))
    later = [*before[:-1], before[-1].with_(recorded=before[-1].recorded + at)]
    event = k.KeyEnrolled(person="admin-1", key=PEOPLE.own("admin-1").key, by="admin-1")
    made = slip_in(later, PEOPLE, command, ADMIN, event)
    return [*before, made[-1]]


def test_a_code_that_was_made_anew_enrols_the_very_first_key() -> None:
    for made in (
        first_key(ANOTHER, founding(), renew_code()),
        first_key(ANOTHER, founding(), renew_code(), at=timedelta(days=14) - INSTANT),
    ):
        assert (find_fault(made), claim_about(made).verdict) == ("", Verdict.PROVEN)


def _sign_renewal() -> Leaf:
    """A renewal that a person signs."""
    told = renew_code()
    event = k.CodeRenewed(code=told.data["code"], until=told.at + timedelta(days=14))
    by = [founding().with_(recorded=told.at)]
    return slip_in(by, PEOPLE, kc.RenewCode(code=event.code), ADMIN, event)[-1]


FORGED_CODES = {
    "while the founding's counts": ([renew_code(-INSTANT)], "a code before the former ran out"),
    "while the last one counts": (
        [renew_code(), renew_code(timedelta(days=14) - INSTANT).with_(version=3, register_size=2)],
        "a code before the former ran out",
    ),
    "by a person's word": ([renew_code(actor=ADMIN.with_(authority="local"))], "a code not by the engine"),
    "by an administrator who signs": ([_sign_renewal()], "a code not by the engine"),
    "by the engine, with a reason": (
        [renew_code(actor=SYSTEM.with_(reason=f.ref("why")))],
        "a code not by the engine",
    ),
    "that counts for years": (
        [renew_code(until=(founding().at + timedelta(days=999)).isoformat())],
        "a code that lasts otherwise",
    ),
    "that never ends": ([renew_code(until=None)], "a code without an end"),
}


@pytest.mark.parametrize("name", FORGED_CODES)
def test_no_code_is_made_anew(name: str) -> None:
    entries, finding = FORGED_CODES[name]
    made = first_key(ANOTHER, founding(), *entries)
    assert find_fault(made) == f"{LOG}#{len(entries)}: {finding}"
    assert claim_about(made).verdict is Verdict.REFUTED


def test_no_code_is_made_anew_once_there_is_a_key_or_where_none_is_asked_for() -> None:
    own = tell_signed_round().installation[:2]
    later = renew_code().with_(version=3, register_size=2)
    assert find_fault([*own, later]) == f"{LOG}#2: a code for the first key, which there is"
    local = founding().with_(data={**founding().data, "local": True, "code": "", "until": None})
    assert find_fault([local, renew_code()]) == f"{LOG}#1: a code where none is asked for"


def test_a_code_that_ran_out_enrols_no_key() -> None:
    for made in (
        first_key(ANOTHER, founding(), renew_code(), at=timedelta(days=14)),
        first_key(FOUNDINGS, founding(), at=timedelta(days=14)),
    ):
        assert find_fault(made) == f"{LOG}#{len(made) - 1}: a code that ran out"
        assert claim_about(made).verdict is Verdict.REFUTED


# --- acts on the register --------------------------------------------------------------------------------------------

FINDINGS = {
    "a unit registered by an officer": "a role that the person does not hold",
    "a unit in place of an entry that there is not": "in place of another entry than the latest",
    "a unit below one that is not registered": "a parent that is not registered",
    "a unit by another name than was asked for": "another entry than was asked for",
    "a first key without its code": "a first key without its code",
    "a first key of one who was sent none": "a first key of somebody who was sent no code",
    "another key for one who has one": "somebody who has a key",
    "a key that did not sign its own enrolment": "a signature that does not hold",
    "a key that somebody has already": "a key that was enrolled before",
    "a session without end": "a session of another, or for too long",
    "a role of one's own giving": "a role that the person does not hold",
    "a role given as an officer": "another role than may ask for it",
    "other roles than were asked for": "another entry than was asked for",
    "a role of the staff given by one": "staff by one person",
    "one of two administrators registered away": "too few administrators left",
    "an agent of a recommending unit put in by one": "an agent by one person, or without a reason",
    "a stopped agent's id made somebody else's": "an agent by one person, or without a reason",
    "a former agent's id made somebody else's": "an agent by one person, or without a reason",
    "a stopped agent given to another unit": "an agent by one person, or without a reason",
    "an agent put in among staff": "an agent by one person, or without a reason",
    "an agent put in for no reason": "agents without a reason",
    "a tie that somebody else declared": "another entry than was asked for",
    "a tie ended that its person never declared": "a tie that was declared before, or was not",
    "a tie in another spelling than it was signed in": "another entry than was asked for",
    "somebody's tie in another spelling": "another entry than was asked for",
    "a tie to oneself": "a tie to nobody, to two, or to oneself",
    "a role of the staff given by one as if by two": "a second signature is missing",
    "a key beyond as many as anyone may have": "too many keys",
    "somebody who is the engine": "the engine as a person",
    "an erasure of whom nothing is left": "an erasure of nothing",
    "an erasure of oneself": "an erasure of oneself",
    "an erasure of somebody active who has duties": "an erasure of somebody active",
    "somebody who was erased": "somebody who was erased",
    "a lost key revoked by one": "a second signature is missing",
    "a lost key revoked as if it were one's own": "a key that its person does not have",
    "a lost key revoked by one and its own person": "a role that the person does not hold",
    "an erasure by one": "a second signature is missing",
    "an erasure by one and an officer": "a role that the person does not hold",
    "a letter settled by who is no officer of its round": "another role than may ask for it",
    "a letter that no round sent": "a letter that no round sent",
    "papers that left by the word of who is no officer": "another role than may ask for it",
    "papers that left in place of those that were listed": "another entry than was asked for",
    "a choice without its reason": "a choice without its reason",
}


def test_it_finds_each_act_that_could_not_be_decided() -> None:
    found = {
        name: find_fault(
            slip_in(log(), PEOPLE, forged.command, forged.by, forged.event, second=forged.second)
        )
        for name, forged in FORGED.items()
    }
    assert found == {name: f"{LOG}#{len(log())}: {why}" for name, why in FINDINGS.items()}


def test_it_takes_what_could_be_decided() -> None:
    assert [find_fault(made) for made in honest()] == [""] * len(honest())


def test_it_finds_a_code_that_was_not_missed() -> None:
    one, other = k.CodeMissed(person="expert-2"), k.CodeMissed(person="expert-3")
    assert not find_fault(miss_code("expert-2", "4", one))
    point = f"{LOG}#{len(log())}"
    for who, left, events, why in (
        ("expert-2", "3", (one,), "another code than was missed"),
        ("expert-3", "4", (other,), "a code that could not be missed"),
        ("expert-2", "4", (), "something came of a refused act"),
        ("expert-2", "4", (other,), "another code than was missed"),
    ):
        assert find_fault(miss_code(who, left, *events)) == f"{point}: {why}"
    of_another = miss_code("expert-2", "4", one, kind="invite-signer")
    assert find_fault(of_another) == f"{point}: another code than was missed"
    assert (
        find_fault(miss_code("expert-2", "4", one, late=timedelta(days=14)))
        == f"{point}: a code that ran out"
    )


# --- where entries stand, and what they saw --------------------------------------------------------------------------


def find_fault_in_round(at: int, **changes: Any) -> str:
    """What it finds where one entry of a signed round is another."""
    made = tell_signed_round()
    leaves = [leaf.with_(**changes) if seq == at else leaf for seq, leaf in enumerate(made.log)]
    return find_fault(made.installation, leaves).partition(": ")[2]


def test_it_finds_entries_in_another_log_than_theirs() -> None:
    made = tell_signed_round()
    engines = next(seq for seq, leaf in enumerate(made.log) if leaf.actor == SYSTEM)
    for stream, type_ in (
        ("round/another", made.log[engines].type),
        ("application/another/0001", made.log[engines].type),
        (f"round/{f.ROUND}", "person.registered.v1"),
        (f"round/{f.ROUND}", "histories.archived.v1"),
        ("archive/another", "histories.archived.v1"),
        (f"archive/{f.ROUND}", made.log[engines].type),
    ):
        assert (
            find_fault_in_round(engines, stream=stream, type=type_) == "an entry that does not belong here"
        ), stream
    last = made.installation[-1].with_(type="round.cancelled.v1", actor=SYSTEM, signed=None)
    assert "a change of the register by the engine" in find_fault([*made.installation[:-1], last])


def test_it_finds_an_entry_that_saw_less_than_one_before_or_more_than_there_is() -> None:
    made = tell_signed_round()
    last = max(seq for seq, leaf in enumerate(made.log) if leaf.actor == SYSTEM)
    for size, why in (
        (0, "it saw less than one before"),
        (-1, "it saw less than nothing"),
        (len(made.installation) + 1, "it saw more than this bundle holds"),
    ):
        assert find_fault_in_round(last, register_size=size) == why


def test_it_finds_rules_that_nobody_sealed() -> None:
    made = tell_signed_round()
    opened = place(made.log, "round.opened.v1")
    leaf = made.log[opened]
    assert find_fault_in_round(opened, actor=SYSTEM, signed=None) == "rules sealed by nobody"
    rules = {**leaf.data["rules"], "assurance": {}}
    assert find_fault_in_round(opened, data={**leaf.data, "rules": rules}) == "rules of another hash"
    size = len(made.installation)
    again = leaf.with_(version=99, signed=None, actor=SYSTEM, at=made.log[-1].at, register_size=size)
    assert "rules sealed twice" in find_fault(made.installation, [*made.log, again])


def test_it_finds_what_came_of_a_refused_act() -> None:
    made = tell_signed_round()
    at = next(seq for seq, leaf in enumerate(made.log) if leaf.type == "act.refused.v1" and leaf.signed)
    refusal = made.log[at]
    before = refusal.with_(type="review.submitted.v1", version=refusal.version)
    after = refusal.with_(version=refusal.version + 1, signed=None)
    forged = [*made.log[:at], before, after, *made.log[at + 1 :]]
    assert find_fault(made.installation, forged).endswith(": something came of a refused act")
