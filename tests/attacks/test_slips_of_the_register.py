"""What the register said by mistake binds nobody once it is put right; what was true is not put right away."""

from datetime import timedelta
from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.application import commands as c
from selection.kernel.actor import Actor, Role
from selection.recusal import conflicts
from selection.refusals.refused import Refused
from selection.register.unit_commands import RegisterUnits, UnitEntry
from tests import factories as f
from tests.audit.support.small_round import judge_round
from tests.whole_round import WholeRound

HOST, HOUSE = "99SYNTH90000000010", "99SYNTH90000000099"
BECAUSE = f.actor("admin-1", Role.ADMIN).with_(reason=f.ref())
SILENT = f.actor("admin-1", Role.ADMIN)
PASS = c.PassCheck(revision=1)


def before_the_check() -> WholeRound:
    """A round in its check, whose host has a code that may be registered."""
    people = f.people()
    people["applicant-1"] = f.person("applicant-1", "applicant", employer=HOST)
    whole = WholeRound(f.rules(panel=f.SMALL_PANEL), people.values())
    whole.now += f.DAY
    whole.app("0001").act(f.submit(host=f.unit(HOST)), f.APPLICANT)
    whole.recommend("bj", "recommender-1", "0001")
    whole.wait(f.deadline("recommendation") + f.DAY)
    return whole


def register_slip() -> WholeRound:
    """A round in its check whose host an administrator registered below the officers' unit."""
    whole = before_the_check()
    whole.register_unit(HOUSE)
    whole.register(f.person("officer-1", "officer", employer=HOUSE))
    whole.register_unit(HOST, HOUSE)
    with pytest.raises(Refused, match="unit-related"):
        whole.app("0001").act(PASS, f.OFFICER)
    return whole


def leave_out(whole: WholeRound, by: Actor) -> None:
    """Register the host without its parent."""
    known = [leaf for leaf in whole.read_register() if leaf.type == "unit.registered.v1"]
    entry = UnitEntry(code=HOST, name_zh=HOST, replaces=known[-1].version)
    whole.act_on_register(RegisterUnits(units=(entry,)), by)


def test_a_wrong_parent_that_is_corrected_for_a_reason_binds_nobody(tmp_path: Path) -> None:
    """Seen before: corrected a minute later, it still bound 300 days on."""
    whole = register_slip()
    whole.now += timedelta(minutes=1)
    leave_out(whole, BECAUSE)
    whole.app("0001").act(PASS, f.OFFICER)
    assert judge_round(tmp_path, whole)["no-conflict-from-data"].verdict is Verdict.PROVEN


@pytest.mark.parametrize("days", [1, 4])
def test_nor_does_a_wrong_employer(tmp_path: Path, days: int) -> None:
    whole = before_the_check()
    officer = f.person("officer-1", "officer", employer=HOST)
    whole.register(officer)
    whole.now += timedelta(days=days)
    whole.register(officer.with_(employer="91-office"), by=BECAUSE)
    if days > 3:
        with pytest.raises(Refused, match="employed-before"):
            whole.app("0001").act(PASS, f.OFFICER)
        return
    whole.app("0001").act(PASS, f.OFFICER)
    assert judge_round(tmp_path, whole)["no-conflict-from-data"].verdict is Verdict.PROVEN


def test_without_a_reason_it_is_what_the_unit_left() -> None:
    whole = register_slip()
    leave_out(whole, SILENT)
    with pytest.raises(Refused, match="unit-related"):
        whole.app("0001").act(PASS, f.OFFICER)


@pytest.mark.parametrize("reasoned", [False, True])
def test_a_core_that_takes_any_change_for_a_correction_is_refuted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, reasoned: bool
) -> None:
    """A true parent is registered away: silently, or for a reason long after it was first registered."""
    whole = register_slip()
    whole.now += timedelta(days=4)
    leave_out(whole, BECAUSE if reasoned else SILENT)
    monkeypatch.setattr(conflicts, "_is_corrected", lambda *link: True)
    whole.app("0001").act(PASS, f.OFFICER)
    claim = judge_round(tmp_path, whole)["no-conflict-from-data"]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "bound-by-related-unit")


def test_a_true_parent_is_not_corrected_by_registering_it_twice() -> None:
    """A cheat: left out and named again, so that the days begin anew, and then put right."""
    whole = register_slip()
    for _ in range(2):
        whole.now += timedelta(days=2)
        leave_out(whole, BECAUSE)
        whole.register_unit(HOST, HOUSE)
    leave_out(whole, BECAUSE)
    with pytest.raises(Refused, match="unit-related"):
        whole.app("0001").act(PASS, f.OFFICER)
