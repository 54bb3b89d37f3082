"""Two administrators register staff once two have had a key, which the log tells whoever decides it again."""

from audit.claims import Verdict
from benchmarks.in_memory.register import SECOND_ADMIN, RegisterInMemory
from selection.register import commands as c, key_commands as kc
from tests import factories as f
from tests.audit.support.register import claim_about, slip_in
from tests.audit.support.register_acts import (
    ADMIN,
    OFFICER,
    PEOPLE,
    RISEN,
    key_of,
    log,
    make_key_revoked,
    make_person_registered,
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
