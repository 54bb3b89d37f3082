"""After the end an applicant has the procedure reviewed by people who had no part in it."""

from datetime import timedelta

import pytest

from selection.application import commands as c, events as e
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import Outcome, Stage
from selection.letters.writing import Letter
from selection.projections.open_tasks import tasks_of
from selection.projections.standing import measure_standing
from selection.rules.ladder import Ladder
from selection.rules.sections import Requests
from selection.rules.terms import Terms
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.reversing import reversals as rev

AGENT = f.actor("applicant-1")
GROUND = "conflict-overlooked"


def decider(person: str) -> Actor:
    return f.actor(person, Role.EXAMINER)


def request(ground: str = GROUND) -> c.RequestReview:
    return c.RequestReview(ground=ground, text=f.ref("wronged"), evidence=(f.ref("proof"),))


def appoint(*people: str) -> c.AppointDeciders:
    return c.AppointDeciders(ground=GROUND, deciders=people or ("examiner-1", "examiner-2"))


def find(*, upheld: bool = True, remedy: str | None = None, ground: str = GROUND) -> c.RuleOnRequest:
    told = ("step-again" if upheld else "") if remedy is None else remedy
    return c.RuleOnRequest(ground=ground, upheld=upheld, remedy=told, text=f.ref("found"))


def not_selected(terms: Terms = f.TERMS) -> Desk:
    desk = paths.application_in(Stage.RESERVE, terms)
    desk.act(c.Issue(proposal=1, place=0))
    return desk


def make_request(terms: Terms = f.TERMS) -> Desk:
    desk = not_selected(terms)
    desk.act(request(), AGENT)
    return desk


def appoint_deciders(terms: Terms = f.TERMS) -> Desk:
    desk = make_request(terms)
    desk.act(appoint(), f.OFFICER)
    return desk


def kinds(desk: Desk) -> list[str]:
    return [task.kind for task in tasks_of(desk.state)]


def is_over(desk: Desk) -> bool:
    return measure_standing(desk.aggregate, desk.state, desk.known).ended


def test_a_request_is_decided_by_two_and_its_remedy_recorded() -> None:
    desk = not_selected()
    assert (is_over(desk), kinds(desk)) == (True, [])
    (made,) = desk.act(request(), AGENT)
    assert isinstance(made, e.ReviewRequested)
    assert made.until == f.TERMS.after(desk.now, Requests().decide_days)
    assert (is_over(desk), kinds(desk), desk.state.outcome) == (
        False,
        ["appoint-deciders"],
        Outcome.NOT_SELECTED,
    )
    desk.act(appoint(), f.OFFICER)
    assert kinds(desk) == ["rule-on-request", "rule-on-request"]
    assert [type(event) for event in desk.act(find(), decider("examiner-1"))] == [e.FindingEntered]
    assert kinds(desk) == ["rule-on-request"]
    decided = desk.act(find(), decider("examiner-2"))[-1]
    assert decided == e.RequestDecided(
        ground=GROUND, outcome="upheld", remedy="step-again", reasons=(f.ref("found"), f.ref("found"))
    )
    assert (is_over(desk), kinds(desk)) == (False, ["record-remedy"])
    done = c.RecordRemedy(ground=GROUND, text=f.ref("done"))
    assert desk.refuse(done, AGENT) == "not-entitled"
    desk.act(done, f.OFFICER)
    assert (is_over(desk), kinds(desk), desk.state.stage) == (True, [], Stage.ENDED)
    assert desk.refuse(done, f.OFFICER) == "no-remedy-awaited"
    told = {item.template for item in desk.sent if isinstance(item, Letter)}
    assert {"request-received", "request-to-appoint", "request-to-decide"} <= told
    assert {"request-decided", "remedy-wanted", "remedy-recorded"} <= told


def test_a_dismissed_request_ends_at_once() -> None:
    desk = appoint_deciders()
    desk.act(find(upheld=False), decider("examiner-1"))
    desk.act(find(upheld=False), decider("examiner-2"))
    assert (is_over(desk), desk.state.requests[GROUND].outcome) == (True, "dismissed")
    assert desk.refuse(find(), decider("examiner-1")) == "no-open-request"


def test_a_request_that_comes_late_is_refused() -> None:
    desk = not_selected()
    last = f.TERMS.after(desk.state.since, Requests().days)
    assert desk.refuse(request(), AGENT, last) == "request-late"
    early = not_selected()
    assert early.act(request(), AGENT, last - timedelta(seconds=1))


def test_nobody_else_requests_a_review() -> None:
    desk = not_selected()
    for person in (f.actor("applicant-2"), f.actor("objector-1"), f.OFFICER, f.RECOMMENDER):
        assert desk.refuse(request(), person) == "not-entitled"
    assert is_over(desk)


def test_the_merit_is_no_ground_and_no_ground_counts_twice() -> None:
    desk = make_request()
    assert desk.refuse(request("score-too-low"), AGENT) == "ground-not-procedural"
    assert desk.refuse(request(), AGENT) == "ground-used"
    assert desk.act(request("reasons-missing"), AGENT)


def test_only_what_was_decided_against_the_applicant_is_reviewed() -> None:
    listed = paths.application_in(Stage.ENDED)
    assert listed.refuse(request(), AGENT) == "not-reviewable"
    gave_up = paths.application_in(Stage.REVIEW)
    gave_up.act(c.GiveUp(), AGENT)
    assert gave_up.refuse(request(), AGENT) == "not-reviewable"
    assert paths.application_in(Stage.RESERVE).refuse(request(), AGENT) == "wrong-stage"


@pytest.mark.parametrize(
    ("people", "code"),
    [
        (("expert-1", "examiner-2"), "same-hands"),
        (("surveyor-1", "examiner-2"), "same-hands"),
        (("officer-2", "examiner-2"), "same-hands"),
        (("approver-1", "examiner-2"), "same-hands"),
        (("supervisor-2", "examiner-2"), "same-hands"),
        (("recommender-1", "examiner-2"), "same-hands"),
        (("examiner-1",), "two-deciders"),
        (("examiner-1", "examiner-1"), "two-deciders"),
        (("nobody", "examiner-2"), "unknown-person"),
    ],
)
def test_nobody_decides_who_had_a_part_or_alone(people: tuple[str, ...], code: str) -> None:
    desk = make_request()
    assert desk.refuse(appoint(*people), f.OFFICER) == code
    assert desk.refuse(appoint(), f.SUPERVISOR) == "not-entitled"


def test_nobody_decides_who_got_a_part_elsewhere_since() -> None:
    desk = appoint_deciders()
    desk.world = desk.world.with_(elsewhere={"examiner-1": ("0002",)})
    assert desk.refuse(find(), decider("examiner-1")) == "involved-before"
    assert desk.act(find(), decider("examiner-2"))


def test_nobody_decides_who_examined_an_objection_or_had_a_part_elsewhere_in_the_round() -> None:
    desk = paths.application_in(Stage.NOTICE)
    desk.act(f.objection(), f.actor("objector-1"))
    desk.act(f.examiners(), f.OFFICER)
    upheld = c.UpholdObjection(objection="objection-1", text=f.ref())
    desk.act(upheld, f.actor("examiner-1", Role.EXAMINER))
    desk.act(request(), AGENT)
    assert desk.refuse(appoint(), f.OFFICER) == "involved-before"
    other = make_request()
    other.world = other.world.with_(elsewhere={"examiner-2": ("0002",)})
    assert other.refuse(appoint(), f.OFFICER) == "involved-before"


def test_nobody_but_the_deciders_decides_and_with_a_remedy_of_the_rules() -> None:
    desk = appoint_deciders()
    for person in (decider("examiner-3"), decider("expert-1"), f.OFFICER, AGENT):
        assert desk.refuse(find(), person) == "not-entitled"
    assert desk.refuse(find(remedy=""), decider("examiner-1")) == "unknown-value"
    assert desk.refuse(find(remedy="a-place"), decider("examiner-1")) == "unknown-value"
    assert desk.refuse(find(upheld=False, remedy="fresh-panel"), decider("examiner-1")) == "unknown-value"
    for _ in range(2):
        # The same person twice is still one.
        assert [type(event) for event in desk.act(find(), decider("examiner-1"))] == [e.FindingEntered]


def test_others_are_added_only_where_those_appointed_disagree_or_are_late() -> None:
    desk = appoint_deciders()
    assert desk.refuse(appoint("examiner-3"), f.OFFICER) == "deciders-at-work"
    desk.act(find(), decider("examiner-1"))
    desk.act(find(upheld=False), decider("examiner-2"))
    assert kinds(desk) == ["appoint-deciders"]
    desk.act(appoint("examiner-3"), f.OFFICER)
    desk.act(find(upheld=False), decider("examiner-3"))
    assert desk.state.requests[GROUND].outcome == "dismissed"
    late = appoint_deciders()
    late.wait(late.state.requests[GROUND].until)
    assert late.act(appoint("examiner-3"), f.OFFICER)


def test_a_late_decision_climbs_the_ladder() -> None:
    desk = appoint_deciders(f.terms(ladder=Ladder()))
    brought = desk.wait(desk.state.requests[GROUND].until + 8 * f.DAY)
    rungs = [event.rung for event in brought if isinstance(event, e.TaskReminded)]
    assert {"day", "officer", "supervisor"} <= set(rungs), rungs


def test_a_request_fixes_no_score_that_was_taken_away_before_the_end() -> None:
    desk = rev.standing(Stage.SCORED)
    desk.act(f.report_conflict(paths.experts(desk, "submitted")[0]), f.OFFICER)
    rev.agree(desk, "check")
    desk.act(f.rule(upheld=True), f.SUPERVISOR)
    desk.act(c.FailCheck(revision=1, grounds=("seals-missing",), text=f.ref()), rev.OTHER)
    assert (desk.state.stage, desk.state.score) == (Stage.ENDED, None)
    assert [type(event) for event in desk.act(request(), AGENT)] == [e.ReviewRequested]
    assert desk.state.score is None
