"""One administrator alone puts nobody in who recommends, and the audit finds whoever recommended all the same."""

from pathlib import Path
from typing import Any

import pytest

from audit.bundle.hands import Hands
from audit.bundle.register import register_of
from audit.claims import Claim, Verdict
from selection.decision.facts import PersonFact
from selection.kernel.actor import Role
from selection.kernel.leaf import leaf_bytes
from selection.kernel.unit_codes import NO_UNIT
from selection.register import commands as c, decide as register
from tests import factories as f
from tests.audit.support.register import slip_in
from tests.audit.support.register_acts import ADMIN, AGENT, PEOPLE, log, make_person_registered
from tests.audit.support.small_round import DAY, judge_round
from tests.whole_round import WholeRound

CODE = "recommenders-by-two"


def _registering(**changes: Any) -> tuple[c.Registered]:
    told = {"person": "recommender-1", "roles": {Role.RECOMMENDER: ("bj",)}, "identity": "0" * 64}
    return (c.Registered.model_validate({**told, **changes}),)


def _judge(folder: Path, *, put_in: bool = False, between: bool = False) -> Claim:
    """A round with two administrators, in which whoever was put in after the second recommends.

    Or an agent does whose id one of the two made another's `between` the stop and the return.
    """
    known = f.people()
    made = WholeRound(f.rules(panel=f.SMALL_PANEL), known.values())
    made.register(f.person("admin-2", "admin"))
    if put_in:
        made.register(f.person("confidant", "recommender", unit="bj", employer=NO_UNIT))
    if between:
        for alone in (_registering(active=False), _registering(roles={Role.EXPERT: ()}, identity="1" * 64)):
            made.act_on_register(c.RegisterPeople(people=alone), ADMIN)
        made.act_on_register(c.RegisterAgents(people=_registering()), ADMIN.with_(reason=f.ref()))
    made.now += DAY
    made.app("0001").act(f.submit(), f.APPLICANT)
    made.recommend("bj", "confidant" if put_in else "recommender-1", "0001")
    return judge_round(folder, made)[CODE]


def test_whom_one_administrator_put_in_is_found_where_they_recommend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = _judge(tmp_path)
    assert claim.verdict is Verdict.PROVEN
    assert claim.counted
    monkeypatch.setattr(register, "refuse_otherwise", lambda *_: None)
    claim = _judge(tmp_path, put_in=True)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "recommender-by-one")
    assert claim.params["person"] == "confidant"


def test_an_agents_id_that_one_gave_to_another_is_found_also_after_two_brought_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "refuse_otherwise", lambda *_: None)
    claim = _judge(tmp_path, between=True)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "recommender-by-one")


def test_the_audit_reads_off_the_log_who_signed_a_registration_and_whether_for_a_reason() -> None:
    because, command, event = (
        ADMIN.with_(reason=f.ref()),
        c.RegisterAgents(people=(AGENT,)),
        make_person_registered(AGENT),
    )
    for by, second in ((ADMIN, ""), (because, ""), (because, "admin-2")):
        made = slip_in(log(), PEOPLE, command, by, event, second=second)
        hands = register_of(map(leaf_bytes, made)).hands(AGENT.person, len(made))[-1]
        fact = PersonFact(person=AGENT.person, roles={role.value: () for role in AGENT.roles})
        people = (by.person, second) if second else (by.person,)
        assert hands == Hands(len(log()), people, by is because, fact)
