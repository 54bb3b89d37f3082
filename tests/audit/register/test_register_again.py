"""Every entry of the installation's log is decided again: what its people could not do is found, whoever signed it."""

from datetime import timedelta
from typing import Any

import pytest

from audit.bundle.register import LOG
from audit.claims import Claim, Verdict
from selection.decision.envelope import digest_of
from selection.kernel.actor import SYSTEM, Role
from selection.kernel.leaf import Leaf
from selection.register import commands as c, events as e, key_commands as kc, key_events as k
from selection.register.key_decide import CODE_LASTS
from selection.signing.possession import enrol
from tests import factories as f
from tests.audit.support.acts import acts_of
from tests.audit.support.register import claim_about, slip_in
from tests.audit.support.register_acts import (
    ADMIN,
    ANEW,
    BACK,
    EXPERT,
    FORGED,
    LOST,
    OFFICER,
    PEOPLE,
    asking,
    honest,
    log,
    make_key_enrolled,
    make_key_revoked,
    make_person_registered,
    miss_code,
    person,
)
from tests.chance.rounds import RandomRound
from tests.desk import pause_counting
from tests.round_story import tell_round, tell_signed_round
from tests.signatures import INSTALLATION, Signatures

pytestmark = pytest.mark.long

INSTANT = timedelta(microseconds=1)


def test_every_entry_follows_of_rounds_in_memory() -> None:
    for leaves in (tell_round().installation, tell_signed_round().installation, log()):
        claim = claim_about(leaves)
        assert (claim.verdict, claim.counted) == (Verdict.PROVEN, len(leaves)), claim


@pytest.mark.parametrize("seed", [8, 14])
def test_every_entry_of_a_round_led_by_chance_follows(seed: int) -> None:
    with pause_counting():
        made = RandomRound(seed, signatures=Signatures()).run()
    assert claim_about(made.installation).verdict is Verdict.PROVEN


# --- acts that nobody decided, signed by who did them ----------------------------------------------------------------

SEEN_BY_SIGNATURES = {
    "a lost key revoked by one",
    "an erasure by one",
    "a role of the staff given by one as if by two",
}


@pytest.mark.parametrize("name", FORGED)
def test_what_was_not_to_be_decided_is_found_though_its_person_signed_it(name: str) -> None:
    forged = FORGED[name]
    made = slip_in(log(), PEOPLE, forged.command, forged.by, forged.event, second=forged.second)
    claim, place = claim_about(made), f"{LOG}#{len(log())}"
    assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, "decision-differs", place)
    assert claim.params["found"] == forged.found
    acts = acts_of((), made)[LOG]
    assert (acts.verdict is Verdict.REFUTED) == (name in SEEN_BY_SIGNATURES), acts


def test_what_could_be_decided_raises_no_alarm() -> None:
    for made in honest():
        assert claim_about(made).verdict is Verdict.PROVEN, (made[-1], claim_about(made))


def test_the_founding_tells_whose_first_key_it_is() -> None:
    """Who rewrites the log after its first entry has seen how the code was used, and can use it for no other key."""
    founding, first = log()[:2]
    assert first.signed is not None
    assert first.signed.command is not None
    told_ = make_key_enrolled("admin-1", "admin-1", PEOPLE.own("insider"))
    for token in (first.signed.command["token"], ""):
        own = kc.EnrolKey(keys=(enrol(PEOPLE.own("insider"), "admin-1", INSTALLATION),), token=token)
        made = slip_in([founding], PEOPLE, own, ADMIN, told_, own="insider")
        acts, claim = acts_of((), made)[LOG], claim_about(made)
        assert (acts.verdict, acts.finding, acts.point) == (Verdict.REFUTED, "code-unshown", f"{LOG}#1")
        assert (claim.verdict, claim.point) == (Verdict.REFUTED, f"{LOG}#1")
        assert claim.params["found"] == "signature-key"


def test_a_code_counts_for_one_key_also_when_that_is_revoked() -> None:
    revoked_ = slip_in(log(), PEOPLE, LOST, OFFICER, make_key_revoked("expert-1"), second="officer-2")
    again = (asking("expert-1", "USED"), OFFICER, make_key_enrolled("expert-1", "officer-1"))
    assert claim_about(slip_in(revoked_, PEOPLE, *again)).params["found"] == "code-spent"


# --- what nobody signed, and what was refused ------------------------------------------------------------------------


def last_changed(made: list[Leaf], **changes: Any) -> Claim:
    return claim_about([*made[:-1], made[-1].with_(**changes)])


def test_an_entry_by_nobodys_act_is_found() -> None:
    asked = c.RegisterPeople(people=(ANEW,))
    made = slip_in(log(), PEOPLE, asked, ADMIN, make_person_registered(ANEW))
    assert claim_about(made).verdict is Verdict.PROVEN
    unsigned = last_changed(made, signed=None, actor=ADMIN)
    assert (unsigned.verdict, unsigned.finding) == (Verdict.REFUTED, "act-unsigned")
    engines = last_changed(made, signed=None, actor=SYSTEM)
    assert (engines.verdict, engines.finding) == (Verdict.REFUTED, "decision-differs")
    assert made[-1].signed is not None
    nothing_asked = last_changed(made, signed=made[-1].signed.with_(command=None))
    assert (nothing_asked.verdict, nothing_asked.finding) == (Verdict.REFUTED, "command-missing")
    further = slip_in(log(), PEOPLE, asked, ADMIN, make_person_registered(ANEW), make_person_registered(BACK))
    assert (claim_about(further).finding, claim_about(further).point) == (
        "decision-differs",
        f"{LOG}#{len(log()) + 1}",
    )
    two = c.RegisterPeople(people=(ANEW, person("expert-3", Role.EXPERT)))
    short = claim_about(slip_in(log(), PEOPLE, two, ADMIN, make_person_registered(ANEW)))
    assert (short.verdict, short.finding) == (Verdict.REFUTED, "decision-cut-short")


def test_where_an_act_stands_is_what_it_saw() -> None:
    made = slip_in(log(), PEOPLE, c.RegisterPeople(people=(ANEW,)), ADMIN, make_person_registered(ANEW))
    for changes in ({"register_size": len(log()) - 1}, {"at": f.OPENED - f.DAY / 1440}):
        assert last_changed(made, **changes).finding == "decision-differs", changes


def test_a_code_is_missed_for_who_was_sent_one_and_so_often() -> None:
    one, other = k.CodeMissed(person="expert-2"), k.CodeMissed(person="expert-3")
    claim = claim_about(miss_code("expert-2", "4", one))
    assert (claim.verdict, claim.counted) == (Verdict.PROVEN, len(log()))
    for who, left, *events in (
        ("expert-2", "3", one),
        ("expert-3", "4", other),
        ("expert-2", "4"),
        ("expert-2", "4", other),
    ):
        assert claim_about(miss_code(who, left, *events)).finding == "decision-differs"
    for made in (
        miss_code("expert-2", "4", one, kind="invite-signer"),
        miss_code("expert-2", "4", one, late=CODE_LASTS),
    ):
        assert claim_about(made).finding == "decision-differs"
    assert claim_about(miss_code("expert-2", "4", one, late=CODE_LASTS - INSTANT)).verdict is Verdict.PROVEN


def test_of_a_local_installation_what_was_asked_is_told_by_its_hash() -> None:
    made = list(tell_round().installation)
    at = next(seq for seq, leaf in enumerate(made) if leaf.type == e.PersonErased.TYPE)
    asked = c.ErasePerson(person=made[at].data["person"], force=True).model_dump(mode="json")

    def judge_change(leaf: Leaf, **data: Any) -> Claim:
        return claim_about([*made[:at], leaf.with_(data={**leaf.data, **data}), *made[at + 1 :]])

    nobody_asked = judge_change(made[at], person="expert-1")
    assert (nobody_asked.verdict, nobody_asked.finding) == (Verdict.NOT_PROVABLE, "act-not-held")
    by_an_expert = judge_change(made[at].with_(actor=EXPERT), command_hash=digest_of(LOG, EXPERT, asked))
    assert (by_an_expert.verdict, by_an_expert.point) == (Verdict.REFUTED, f"{LOG}#{at}")
    assert by_an_expert.params["found"] == "not-entitled"
