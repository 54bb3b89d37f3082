"""Who judges and is stopped by the register: the honest round is proven, one that tells otherwise is refuted."""

from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.application import commands as c
from selection.kernel.actor import Role
from tests import factories as f
from tests.audit.rules.people.test_found_conflicts import list_refuted, touch
from tests.audit.rules.people.test_recusal import draw_and_accept
from tests.audit.rules.people.test_requests import GROUND, make_request
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.audit.support.tampering import place, with_data
from tests.desk import pause_counting
from tests.whole_round import WholeRound

CODE = "found-conflicts-hold"
CHANGED, VACATED = "judge.activity-changed.v1", "panel.seat-vacated.v1"


def stop(made: WholeRound, person: str, role: str, *, active: bool = False) -> None:
    """Register that a person acts no more, or again, and have the application look at it."""
    known = made.people[person]
    with pause_counting():
        made.register(f.person(person, role, employer=known.employer, active=active))
        touch(made)


def stop_reviewer() -> WholeRound:
    made = before_the_draw(24)
    with pause_counting():
        expert = draw_and_accept(made)
    stop(made, expert, "expert")
    return made


def replace_decider() -> WholeRound:
    """A round in which one of two who decide was stopped, came back and was stopped again, and another decides."""
    made = make_request()
    for active in (False, True, False):
        stop(made, "examiner-1", "examiner", active=active)
    with pause_counting():
        made.app("0001").act(c.AppointDeciders(ground=GROUND, deciders=("examiner-3",)), f.OFFICER)
        for person in ("examiner-2", "examiner-3"):
            made.app("0001").act(f.rule_on_request(), f.actor(person, Role.EXAMINER))
    return made


@pytest.mark.parametrize("make", [stop_reviewer, replace_decider])
def test_an_honest_round_is_proven(tmp_path: Path, make: object) -> None:
    assert callable(make)
    made = make()
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims[CODE].verdict is Verdict.PROVEN
    assert findings(decide_again(tmp_path, made)) == []
    assert {CHANGED, VACATED} & {leaf.type for leaf in made.log}


def test_a_seat_taken_from_who_may_act_is_found(tmp_path: Path) -> None:
    made = stop_reviewer()
    at = place(made.log, VACATED)
    seated = made.log[place(made.log, "panel.seated.v1")].data["seats"].values()
    active = next(person for person in seated if made.people[person].active)
    made.log = with_data(made.log, at, expert=active)
    assert list_refuted(tmp_path, made)[CODE] == "standing-not-shown"


@pytest.mark.parametrize(
    ("field", "value", "finding"),
    [
        ("standing", "active", "standing-not-shown"),
        ("person", "examiner-2", "standing-not-shown"),
        ("command_id", "installation#1", "no-change-behind"),
        ("command_id", "installation#9999", "no-change-behind"),
    ],
)
def test_who_is_told_to_act_no_more_and_does_is_found(
    tmp_path: Path, field: str, value: str, finding: str
) -> None:
    made = replace_decider()
    made.log = with_data(made.log, place(made.log, CHANGED), **{field: value})
    assert list_refuted(tmp_path, made)[CODE] == finding


def test_a_decider_replaced_by_who_had_them_stopped_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_request()
    stop(made, "examiner-1", "examiner")
    monkeypatch.setattr("selection.application.requests.decide._list_stopped", lambda state, request: ())
    hands = made.installation[-1]
    made.installation[-1] = hands.with_(actor=f.actor("officer-1", Role.ADMIN))
    with pause_counting():
        made.app("0001").act(c.AppointDeciders(ground=GROUND, deciders=("examiner-3",)), f.OFFICER)
    assert "named-by-registrar" in list_refuted(tmp_path, made).values()


def test_a_decider_who_may_act_is_not_counted_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Attack: the core lets an officer add others while one who is active has entered nothing."""
    made = make_request()
    monkeypatch.setattr("selection.application.requests.decide.list_waiting", lambda state, request: ())
    with pause_counting():
        made.app("0001").act(c.AppointDeciders(ground=GROUND, deciders=("examiner-3",)), f.OFFICER)
    assert list_refuted(tmp_path, made) == {"review-requests-decided": "deciders-outnumbered"}
