"""One administrator alone puts nobody in who recommends, and the audit finds whoever recommended all the same."""

from pathlib import Path

import pytest

from audit.bundle.register import Hands, register_of
from audit.claims import Claim, Verdict
from selection.kernel.leaf import leaf_bytes
from selection.kernel.unit_codes import NO_UNIT
from selection.register import commands as c, decide as register
from tests import factories as f
from tests.audit.support.register import slipped_in
from tests.audit.support.register_acts import ADMIN, AGENT, PEOPLE, log, registered
from tests.audit.support.small_round import DAY, judged
from tests.whole_round import WholeRound

CODE = "recommenders-by-two"


def _judge(folder: Path, *, put_in: bool) -> Claim:
    """A round with two administrators, in which whoever was put in after the second recommends."""
    known = f.people()
    made = WholeRound(f.rules(panel=f.SMALL_PANEL), known.values())
    made.register(f.person("admin-2", "admin"))
    if put_in:
        made.register(f.person("confidant", "recommender", unit="bj", employer=NO_UNIT))
    made.now += DAY
    made.app("0001").act(f.submit(), f.APPLICANT)
    made.recommend("bj", "confidant" if put_in else "recommender-1", "0001")
    return judged(folder, made)[CODE]


def test_whom_one_administrator_put_in_is_found_where_they_recommend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = _judge(tmp_path, put_in=False)
    assert claim.verdict is Verdict.PROVEN
    assert claim.counted
    monkeypatch.setattr(register, "_refuse_otherwise", lambda *_: None)
    claim = _judge(tmp_path, put_in=True)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "recommender-by-one")
    assert claim.params["person"] == "confidant"


def test_the_audit_reads_off_the_log_who_signed_a_registration_and_whether_for_a_reason() -> None:
    because, command, event = (
        ADMIN.with_(reason=f.ref()),
        c.RegisterAgents(people=(AGENT,)),
        registered(AGENT),
    )
    for by, second in ((ADMIN, ""), (because, ""), (because, "admin-2")):
        made = slipped_in(log(), PEOPLE, command, by, event, second=second)
        hands = register_of(map(leaf_bytes, made)).hands(AGENT.person, len(made))
        assert hands == Hands(len(log()), two=second != "", reason=by is because)
