"""An upheld request has a fresh panel review without the earlier members, and people decide on its score (12, 11)."""

from datetime import timedelta

import pytest

from selection.application import commands as c, events as e
from selection.decision.aggregate import event_of
from selection.decision.relations import Relations
from selection.draw.pool import draw_inputs
from selection.kernel.stages import Outcome, Stage
from selection.letters.writing import Letter
from selection.projections.rows import row_of
from selection.rules.sections import Requests
from selection.visibility.reading import view_entry
from selection.visibility.viewer import relation
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.requests.test_requesting import (
    AGENT,
    GROUND,
    appoint,
    appoint_deciders,
    decider,
    find,
    is_over,
    kinds,
    request,
)

ANEW = find(remedy="fresh-panel")
SEATS = f.TERMS.panel.seats
DECIDERS = ("examiner-1", "examiner-2")
RECORD = c.RecordRemedy(ground=GROUND, text=f.ref("done"))


def order_panel() -> Desk:
    """One that was not selected, and of which two found that a fresh panel is to review it."""
    desk = appoint_deciders()
    for person in DECIDERS:
        desk.act(ANEW, decider(person))
    return desk


def draw_panel(desk: Desk) -> Desk:
    desk.act(f.panel(11, seats=SEATS, draw="fresh"))
    return desk


def review_anew(value: str = "25") -> Desk:
    desk = draw_panel(order_panel())
    paths.review_all(desk, value)
    return desk


def test_a_fresh_panel_reviews_beside_the_outcome_and_people_decide_on_its_score() -> None:
    desk = order_panel()
    members = tuple(sorted(f.expert(number) for number in range(1, SEATS + 1)))
    old = desk.state.earlier[0].score
    assert old is not None
    told = next(event for event in map(event_of, desk.leaves) if isinstance(event, e.FreshPanelOrdered))
    assert told == e.FreshPanelOrdered(
        ground=GROUND, aside=members, until=f.TERMS.after(desk.now, Requests().decide_days)
    )
    assert (desk.state.stage, desk.state.outcome, desk.state.score) == (
        Stage.ENDED,
        Outcome.NOT_SELECTED,
        None,
    )
    assert (kinds(desk), is_over(desk)) == (["supplement-panel"], False)
    draw_panel(desk)
    assert set(kinds(desk)) == {"answer-invitation"}
    paths.review_all(desk, "25")
    score, last = desk.state.score, event_of(desk.leaves[-1])
    assert score is not None
    assert last == e.FreshPanelReviewed(
        ground=GROUND,
        earlier=str(old.shown),
        fresh=score.shown,
        until=f.TERMS.after(desk.now, Requests().decide_days),
    )
    assert score.shown > old.shown
    assert (kinds(desk), desk.state.outcome) == (["rule-on-request"] * 2, Outcome.NOT_SELECTED)
    for person in DECIDERS:
        desk.act(find(remedy="place-given"), decider(person))
    assert (kinds(desk), is_over(desk)) == (["record-remedy"], False)
    desk.act(RECORD, f.OFFICER)
    assert (is_over(desk), desk.state.stage, desk.state.outcome) == (True, Stage.ENDED, Outcome.NOT_SELECTED)
    letters = {item.template for item in desk.sent if isinstance(item, Letter)}
    assert {
        "fresh-panel-wanted",
        "fresh-panel-ordered",
        "fresh-panel-scored",
        "fresh-panel-reviewed",
    } <= letters


def test_the_outcome_may_stand_after_a_fresh_panel() -> None:
    desk = review_anew("5")
    for person in DECIDERS:
        desk.act(find(upheld=False), decider(person))
    assert (is_over(desk), desk.state.requests[GROUND].outcome) == (True, "stands")
    assert desk.refuse(RECORD, f.OFFICER) == "no-remedy-awaited"


@pytest.mark.parametrize("number", [1, SEATS])
def test_nobody_of_the_earlier_panel_sits_on_the_fresh_one(number: int) -> None:
    desk = order_panel()
    people = [f.expert(11 + seat) for seat in range(SEATS)]
    people[3] = f.expert(number)
    seated = f.panel(11, seats=SEATS, draw="fresh", experts=tuple(people))
    (event,) = order_panel().act(seated)
    assert isinstance(event, e.PanelSeated)
    assert event.passed_over == (f.expert(number),)
    (wanted,) = draw_inputs(
        f.RULES, [], [desk.state], f.people().values(), Relations(), desk.now
    ).applications
    assert set(wanted.exclude) == {f.expert(seat) for seat in range(1, SEATS + 1)}
    assert wanted.seats_wanted == SEATS


def test_whoever_left_the_earlier_panel_or_decides_is_not_drawn_either() -> None:
    desk = order_panel()
    (wanted,) = draw_inputs(
        f.RULES, [], [desk.state], f.people().values(), Relations(), desk.now
    ).applications
    assert set(DECIDERS) <= set(wanted.conflicts)


def test_earlier_members_can_do_nothing_and_lose_what_they_read() -> None:
    desk = order_panel()
    for act in (f.accept(), f.review(), c.DeclareConflict(text=f.ref())):
        assert desk.refuse(act, f.actor("expert-1")) == "seat-closed"
    viewer = relation(desk.state, "expert-1", f.people()["expert-1"], f.RULES)
    assert "reviewer" not in viewer.standings


def test_nobody_else_goes_on_while_the_panel_has_time() -> None:
    desk = order_panel()
    assert desk.refuse(find(remedy="place-given"), decider("examiner-1")) == "panel-at-work"
    assert desk.refuse(appoint("examiner-3"), f.OFFICER) == "panel-at-work"
    assert desk.refuse(RECORD, f.OFFICER) == "no-remedy-awaited"


def test_a_panel_that_never_scores_is_decided_without_it() -> None:
    desk = order_panel()
    desk.wait(desk.state.requests[GROUND].until)
    for person in DECIDERS:
        desk.act(find(remedy="place-given"), decider(person))
    assert kinds(desk) == ["record-remedy"]
    assert desk.refuse(f.panel(11, seats=SEATS, draw="fresh")) == "ended"


def test_no_second_fresh_panel_follows_from_the_first() -> None:
    desk = review_anew()
    assert desk.refuse(ANEW, decider("examiner-1")) == "unknown-value"


def test_no_fresh_panel_where_none_reviewed() -> None:
    desk = paths.application_in(Stage.CHECKING)
    desk.act(c.FailCheck(revision=1, grounds=("seals-missing",), text=f.ref()), f.OFFICER)
    desk.act(request(), AGENT)
    desk.act(appoint(), f.OFFICER)
    assert desk.refuse(ANEW, decider("examiner-1")) == "no-panel-to-replace"
    assert desk.act(find(), decider("examiner-1"))


def test_one_fresh_panel_reviews_at_a_time() -> None:
    desk = appoint_deciders()
    other = "reasons-missing"
    desk.act(request(other), AGENT)
    desk.act(c.AppointDeciders(ground=other, deciders=("surveyor-4", "surveyor-5")), f.OFFICER)
    for person in DECIDERS:
        desk.act(ANEW, decider(person))
    assert desk.refuse(ANEW.with_(ground=other), decider("surveyor-4")) == "panel-under-way"
    assert desk.act(find(ground=other), decider("surveyor-4"))


def test_seats_are_lost_and_filled_by_the_rules_days_alone() -> None:
    desk = draw_panel(order_panel())
    seat = desk.state.seats[0]
    assert seat.respond_by == f.TERMS.end("invitation", desk.now)
    assert seat.review_by == f.TERMS.end("review_after_invitation", desk.now)
    desk.act(c.DeclineInvitation(), f.actor(seat.expert))
    assert desk.state.seats[0].expert == f.expert(11 + SEATS)
    desk.wait(desk.state.seats[0].respond_by + timedelta(days=1))
    assert "no-response" in {leaf.data.get("why") for leaf in desk.leaves}
    assert (desk.state.stage, desk.state.fresh_panel) == (Stage.ENDED, GROUND)


def test_the_applicant_goes_on_reading_what_the_earlier_panel_said() -> None:
    desk = order_panel()
    viewer = relation(desk.state, AGENT.person, f.people()[AGENT.person], f.RULES)

    def list_views(type_: str) -> list[object]:
        views = (view_entry(leaf, viewer, desk.state) for leaf in desk.leaves if leaf.type == type_)
        return [view for view in views if view is not None and "form" in view["data"]]

    assert len(list_views("review.submitted.v1")) == SEATS
    draw_panel(desk)
    paths.review_all(desk)
    assert len(list_views("review.submitted.v1")) == 2 * SEATS


def test_the_row_names_a_fresh_panel_to_the_draw_alone() -> None:
    assert '"fresh_panel"' not in row_of(appoint_deciders().state).model_dump_json()
    assert '"fresh_panel":true' in row_of(order_panel().state).model_dump_json()
    assert '"fresh_panel"' not in row_of(review_anew().state).model_dump_json()


def test_a_conflict_in_the_fresh_panel_is_ruled_on() -> None:
    desk = draw_panel(order_panel())
    desk.act(f.report_conflict(f.expert(11)), AGENT)
    desk.act(f.rule(upheld=True), f.SUPERVISOR)
    assert desk.state.seats[0].expert == f.expert(11 + SEATS)
    done = review_anew()
    assert done.refuse(f.report_conflict(f.expert(11)), AGENT) == "ended"
