"""Two administrators register staff once two have had a key, which the log tells whoever decides it again."""

import pytest

from audit.claims import Verdict
from benchmarks.in_memory.register import SECOND_ADMIN, RegisterInMemory
from selection.kernel.actor import Role
from selection.register import commands as c, decide, key_commands as kc
from tests import factories as f
from tests.audit.support.independent import find_fault
from tests.audit.support.register import claim_about, slip_in
from tests.audit.support.register_acts import (
    ADMIN,
    LEAVING,
    OFFICER,
    PEOPLE,
    RISEN,
    key_of,
    log,
    make_key_revoked,
    make_person_registered,
    person,
)


def test_one_registers_staff_until_another_administrator_has_had_a_key() -> None:
    made = RegisterInMemory(PEOPLE.founded, f.OPENED, PEOPLE)
    made.register([*f.people().values(), SECOND_ADMIN], f.OPENED)
    made.enrol("admin-2", f.OPENED + f.DAY)
    before = [leaf for leaf in made.leaves if leaf.at == f.OPENED]
    alone = (c.RegisterPeople(people=(RISEN,)), ADMIN, make_person_registered(RISEN))
    assert claim_about(slip_in(before, PEOPLE, *alone)).verdict is Verdict.PROVEN
    claim = claim_about(slip_in(made.leaves, PEOPLE, *alone))
    assert (claim.verdict, claim.params["found"]) == (Verdict.REFUTED, "staff-by-two")


def test_whose_key_was_revoked_counts_all_the_same() -> None:
    """Else whoever has another administrator's key revoked, as an officer with an officer, is alone from then on."""
    revoking = kc.RevokeLostKey(person="admin-2", key=key_of("admin-2").key)
    made = slip_in(log(), PEOPLE, revoking, OFFICER, make_key_revoked("admin-2"), second="officer-2")
    assert claim_about(made).verdict is Verdict.PROVEN
    alone = slip_in(
        made, PEOPLE, c.RegisterPeople(people=(RISEN,)), ADMIN, make_person_registered(RISEN), name="alone"
    )
    claim = claim_about(alone)
    assert (claim.verdict, claim.params["found"]) == (Verdict.REFUTED, "staff-by-two")


@pytest.mark.parametrize("everybody", [True, False])
def test_no_registration_leaves_too_few_administrators(
    everybody: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen before: two registered both as something else, and nobody could ever register anybody again.

    The audit looks by itself: it says so as well of a program that would have let it pass.
    """
    people = (LEAVING, *((person("admin-1", Role.AUDITOR),) if everybody else ()))
    told = map(make_person_registered, people)
    made = slip_in(log(), PEOPLE, c.RegisterStaff(people=people), ADMIN, *told, second="admin-2")
    assert claim_about(made).params["found"] == "administrators-too-few"
    assert find_fault(made)
    monkeypatch.setattr(decide, "refuse_too_few", lambda *_: None)
    claim = claim_about(made)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "administrators-gone")
    assert claim.params["least"] == "2"


def test_an_administrator_leaves_once_a_successor_has_a_key() -> None:
    """`expert-1` has a key, and becomes the second administrator as the former one leaves."""
    people = (RISEN, LEAVING)
    told = map(make_person_registered, people)
    made = slip_in(log(), PEOPLE, c.RegisterStaff(people=people), ADMIN, *told, second="admin-2")
    assert claim_about(made).verdict is Verdict.PROVEN, claim_about(made)
    assert not find_fault(made)
