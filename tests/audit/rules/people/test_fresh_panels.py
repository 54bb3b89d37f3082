"""Fresh panels: an honest one is proven, and what was tampered with is refuted."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.application import commands as c
from selection.kernel.actor import Role
from tests import factories as f
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.audit.support.tampering import Log, drop, insert, place, with_data
from tests.desk import pause_counting
from tests.whole_round import LoggedDesk, WholeRound

CODE = "fresh-panels-kept"
GROUND = "conflict-overlooked"
DECIDERS = ("examiner-1", "examiner-2")
ORDERED, REVIEWED = "review-request.panel-ordered.v1", "review-request.panel-reviewed.v1"


def review_all(desk: LoggedDesk, value: str) -> None:
    for seat in desk.state.seats:
        desk.act(f.accept(), f.actor(seat.expert))
    for seat in desk.state.seats:
        desk.act(f.review(value), f.actor(seat.expert))


def decide(desk: LoggedDesk, remedy: str) -> None:
    for person in DECIDERS:
        desk.act(f.rule_on_request(remedy), f.actor(person, Role.EXAMINER))


def anew() -> WholeRound:
    """A round whose only application was reviewed and ruled out, and reviewed by a fresh panel on its request."""
    made = before_the_draw(24)
    with pause_counting():
        made.draw("main")
        desk = made.app("0001")
        review_all(desk, "15")
        desk.act(f.report_fraud(), f.OFFICER)
        desk.act(c.RuleOnFraud(upheld=True, text=f.ref("ruling")), f.SUPERVISOR)
        review_anew(made)
    return made


def review_anew(made: WholeRound) -> None:
    """Have the only application, which has ended, reviewed by a fresh panel, and the remedy carried out."""
    with pause_counting():
        made.now += timedelta(days=1)
        desk = made.app("0001")
        desk.act(f.request_review(), f.APPLICANT)
        desk.act(c.AppointDeciders(ground=GROUND, deciders=DECIDERS), f.OFFICER)
        decide(desk, "fresh-panel")
        for report in desk.state.open_reports:
            desk.act(f.rule(report, upheld=True), f.actor("supervisor-2", Role.SUPERVISOR))
        made.draw("fresh")
        desk = made.app("0001")
        review_all(desk, "20")
        decide(desk, "place-given")
        desk.act(c.RecordRemedy(ground=GROUND, text=f.ref("remedy")), f.OFFICER)


def test_an_honest_fresh_panel_is_proven(tmp_path: Path) -> None:
    made = anew()
    first, fresh = ({*leaf.data["seats"].values()} for leaf in made.log if leaf.type == "panel.seated.v1")
    assert not first & fresh
    claims = judge_round(tmp_path, made)
    refuted = [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED]
    assert refuted == []
    for code in (CODE, "review-requests-decided", "outcomes-final", "panels-as-drawn", "draw-inputs-follow"):
        assert claims[code].verdict is Verdict.PROVEN, claims[code]


def _last(log: Log, kind: str) -> int:
    return max(index for index, leaf in enumerate(log) if leaf.type == kind)


def _earlier_member(log: Log) -> Log:
    first, fresh = place(log, "panel.seated.v1"), _last(log, "panel.seated.v1")
    seats = {**log[fresh].data["seats"], "1": log[first].data["seats"]["1"]}
    return with_data(log, fresh, seats=seats)


def _fewer_aside(log: Log) -> Log:
    at = place(log, ORDERED)
    return with_data(log, at, aside=log[at].data["aside"][1:])


def _never_ordered(log: Log) -> Log:
    return drop(log, place(log, ORDERED))


def _without_a_word(log: Log) -> Log:
    return drop(log, place(log, REVIEWED))


def _better(log: Log) -> Log:
    return with_data(log, place(log, REVIEWED), fresh="99.00")


def _worse_before(log: Log) -> Log:
    return with_data(log, place(log, REVIEWED), earlier="1.00")


def _decide_meanwhile(log: Log) -> Log:
    """Let one who decides enter what follows before the fresh panel has scored."""
    entered, at = _last(log, "review-request.finding-entered.v1"), place(log, ORDERED) + 1
    found = log[entered]
    return insert(log, at, found.type, found.actor, {**found.data}, like=at - 1)


def _by_a_day_of_their_own(log: Log) -> Log:
    return with_data(log, place(log, ORDERED), until="2030-01-01T00:00:00Z")


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (_earlier_member, "earlier-member-again"),
        (_fewer_aside, "other-members-aside"),
        (_never_ordered, "panel-not-followed"),
        (_without_a_word, "panel-not-followed"),
        (_better, "panel-score-differs"),
        (_worse_before, "panel-score-differs"),
        (_decide_meanwhile, "panel-not-awaited"),
        (_by_a_day_of_their_own, "panel-day-differs"),
    ],
)
def test_a_fresh_panel_that_was_not_as_decided_is_refuted(
    tmp_path: Path, change: Callable[[Log], Log], finding: str
) -> None:
    made = anew()
    made.log = change(made.log)
    claim = judge_round(tmp_path, made)[CODE]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, finding), claim


def test_a_panel_without_a_decision_for_it_comes_after_the_end(tmp_path: Path) -> None:
    made = anew()
    made.log = drop(made.log, place(made.log, ORDERED))
    claim = judge_round(tmp_path, made)["outcomes-final"]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "after-the-end")
