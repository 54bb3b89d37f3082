from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from selection.application import commands as c, events as e
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from tests import factories as f, paths
from tests.desk import Desk

SECOND = timedelta(seconds=1)
ONE = f.actor("expert-1")


def seat_panel() -> Desk:
    return paths.application_in(Stage.REVIEW)


def accept_seats(*numbers: int) -> Desk:
    desk = seat_panel()
    for number in numbers or range(1, 8):
        desk.act(f.accept(), f.actor(f.expert(number)))
    return desk


def make_seat_filled(seat: int, number: int, at: datetime) -> e.SeatFilled:
    respond = f.TERMS.after(at, 3)
    review_by = max(f.deadline("review"), f.TERMS.after(at, 14))
    return e.SeatFilled(
        seat=seat,
        expert=f.expert(number),
        respond_by=respond,
        review_by=review_by,
        remind_answer=f.TERMS.reminders(at, respond),
        remind_review=f.TERMS.reminders(at, review_by),
    )


def make_seat_vacated(seat: int, why: str, number: int | None = None, **changes: Any) -> e.SeatVacated:
    return e.SeatVacated(seat=seat, expert=f.expert(number or seat), why=why, **changes)


def test_a_draw_takes_its_seats() -> None:
    desk = paths.application_in(Stage.ELIGIBLE)
    respond, until = f.TERMS.after(desk.now, 3), f.deadline("review")
    assert desk.act(f.panel()) == (
        e.PanelSeated(
            draw="main",
            revision=1,
            seats={str(seat): f.expert(seat) for seat in range(1, 8)},
            alternates=("expert-8", "expert-9", "expert-10"),
            employers=f.panel().employers,
            lot="ab" * 16,
            respond_by=respond,
            review_by=until,
            remind_answer=f.TERMS.reminders(desk.now, respond),
            remind_review=f.TERMS.reminders(desk.now, until),
        ),
    )


@pytest.mark.parametrize(
    ("command", "out"),
    [
        (f.panel(employers={**f.panel().employers, "expert-4": f.HOST}), "expert-4"),
        (f.panel(5), "expert-11"),
        (f.panel(experts=(*map(f.expert, range(1, 7)), "recommender-1")), "recommender-1"),
        (f.panel(experts=(*map(f.expert, range(1, 7)), "supervisor-2")), "supervisor-2"),
    ],
)
def test_whoever_may_not_sit_is_passed_over_for_the_next_of_the_draw(command: c.SeatPanel, out: str) -> None:
    desk = paths.application()
    desk.act(f.submit(avoid=("expert-11",)), f.APPLICANT)
    (event,) = paths.lead_to(desk, Stage.ELIGIBLE).act(command)
    assert isinstance(event, e.PanelSeated)
    left = [person for person in (*command.experts, *command.alternates) if person != out]
    assert ([*event.seats.values(), *event.alternates], event.passed_over) == (left, (out,))
    assert (len(event.seats), event.vacant) == (7, ())


def test_a_draw_is_taken_once_and_only_for_free_seats() -> None:
    desk = seat_panel()
    assert desk.refuse(f.panel()) == "already-done"
    assert desk.refuse(f.panel(11, draw="second")) == "no-seat-empty"


def test_a_draw_after_the_last_day_of_review_is_late_unless_that_was_extended() -> None:
    desk = paths.application_in(Stage.ELIGIBLE)
    last = f.deadline("review_last")
    assert desk.refuse(f.panel(), at=last) == "late"
    assert desk.act(f.panel(deadlines={"review_last": last + 10 * f.DAY}))
    assert desk.state.seats[0].respond_by == f.TERMS.after(last, 3)


def test_an_expert_accepts_with_a_pledge_once() -> None:
    desk = seat_panel()
    assert desk.act(f.accept(), ONE) == (
        e.InvitationAccepted(seat=1, expert="expert-1", pledge=f.ref("pledge")),
    )
    assert desk.refuse(f.accept(), ONE) == "already-done"


def test_a_decline_invites_the_next_alternate() -> None:
    desk = seat_panel()
    assert desk.act(c.DeclineInvitation(), ONE) == (
        make_seat_vacated(1, "declined"),
        make_seat_filled(1, 8, desk.now),
    )
    assert desk.refuse(f.accept(), ONE) == "seat-closed"


def test_silence_is_replaced_at_the_invitations_end() -> None:
    desk = accept_seats(*range(2, 8))
    until = desk.state.seats[0].respond_by
    assert desk.refuse(f.accept(), ONE, until) == "seat-closed"
    assert desk.leaves[-3].data["why"] == "no-response"
    assert desk.leaves[-3].at == desk.leaves[-2].at == until
    assert paths.experts(desk, "invited") == ["expert-8"]


def test_a_review_that_does_not_come_is_replaced_after_the_grace() -> None:
    desk = accept_seats()
    until = f.deadline("review")
    brought = desk.wait(until + f.TERMS.grace)
    assert brought[0] == make_seat_vacated(1, "no-review", deadline=until)
    assert paths.experts(desk, "invited") == ["expert-8", "expert-9", "expert-10"]
    assert desk.leaves[-1].at == until


def test_an_extension_moves_the_review_later_for_all_who_still_write() -> None:
    desk = accept_seats()
    until = f.deadline("review") + f.DAY
    paths.extend(desk, "review", until)
    assert desk.act(f.review(), ONE, until - SECOND)
    assert desk.wait(until) == ()
    assert desk.refuse(f.review(), f.actor("expert-2"), until) == "late"


def test_a_review_locks_its_scores() -> None:
    desk = accept_seats(1)
    assert desk.act(f.review("20.50", technical="0E-3"), ONE) == (
        e.ReviewSubmitted(
            seat=1,
            expert="expert-1",
            scores=f.scores("20.5", technical="0"),
            total=Decimal("61.5"),
            form=f.review_form(),
        ),
    )
    assert desk.refuse(f.review("21"), ONE) == "score-locked"
    assert desk.refuse(c.DeclineInvitation(), ONE) == "score-locked"


def test_a_review_stored_in_time_counts_within_the_grace() -> None:
    desk = accept_seats()
    until = f.deadline("review")
    desk.world = desk.world.with_(contents=f.list_stored(until - SECOND, "review", "blank"))
    (event,) = desk.act(f.review(), ONE, until)
    assert event.model_dump()["stored_before"] == until - SECOND


@pytest.mark.parametrize(
    "value", ["-0.5", "25.5", "20.25", "0.1E-50", "1E+40", "24.99999999999999999999999999999999999999"]
)
def test_a_score_off_the_scale_or_between_steps_is_refused(value: str) -> None:
    assert accept_seats(1).refuse(f.review("20", technical=value), ONE) == "score-outside"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN", "twenty"])
def test_a_score_that_is_no_number_is_unreadable(value: str) -> None:
    body = f.review().model_dump(mode="json")
    body["scores"]["technical"] = value
    assert accept_seats(1).refuse(body, ONE) == "unreadable"


def test_a_score_of_each_content_is_wanted_and_of_no_other() -> None:
    desk = accept_seats(1)
    less = {key: value for key, value in f.scores().items() if key != "technical"}
    assert desk.refuse(c.SubmitReview(scores=less, form=f.review_form()), ONE) == "missing"
    more = f.scores() | {"style": Decimal(1)}
    assert desk.refuse(c.SubmitReview(scores=more, form=f.review_form()), ONE) == "missing"


def test_a_review_comes_after_the_pledge_and_from_the_panel() -> None:
    desk = seat_panel()
    assert desk.refuse(f.review(), ONE) == "not-accepted"
    assert desk.refuse(f.review(), f.actor("expert-20")) == "not-entitled"
    assert desk.refuse(f.review(), f.actor("expert-8")) == "not-entitled"
    desk.act(c.DeclineInvitation(), ONE)
    assert desk.refuse(f.review(), ONE) == "seat-closed"


def test_a_declared_conflict_voids_the_review_and_frees_the_seat() -> None:
    desk = accept_seats()
    desk.act(f.review(), ONE)
    declared = e.ConflictDeclared(expert="expert-1", text=f.ref())
    voided = e.ReviewVoided(seat=1, expert="expert-1", report="declared")
    assert desk.act(c.DeclareConflict(text=f.ref()), ONE) == (
        declared,
        voided,
        make_seat_vacated(1, "conflict"),
        make_seat_filled(1, 8, desk.now),
    )
    assert desk.state.valid_reviews == ()
    assert len(desk.state.reviews) == 1


def test_a_declared_conflict_before_the_review_frees_the_seat() -> None:
    desk = seat_panel()
    declared = e.ConflictDeclared(expert="expert-1", text=f.ref())
    found = desk.act(c.DeclareConflict(text=f.ref()), ONE)
    assert found == (declared, make_seat_vacated(1, "conflict"), make_seat_filled(1, 8, desk.now))


def test_all_reviews_in_fix_the_score() -> None:
    desk = accept_seats()
    for number in range(1, 7):
        desk.act(f.review(str(number)), f.actor(f.expert(number)))
    submitted, scored = desk.act(f.review("25"), f.actor("expert-7"))
    assert isinstance(submitted, e.ReviewSubmitted)
    # Totals 4, 8, 12, 16, 20, 24 and 100: the ends dropped, (8 + 12 + 16 + 20 + 24) / 5.
    assert scored == e.ApplicationScored(
        valid=7, mean="16/1", untrimmed="184/7", technical="46/7", shown=Decimal("16.00"), lot="ab" * 16
    )


def test_an_open_report_holds_the_score_back_until_it_is_ruled_on() -> None:
    desk = accept_seats()
    desk.act(f.report_conflict("expert-2"), f.OFFICER)
    paths.review_all(desk)
    assert desk.state.stage is Stage.REVIEW
    ruled, scored = desk.act(f.rule(upheld=False), f.SUPERVISOR)
    assert ruled == e.ConflictRuled(report="report-1", upheld=False, text=f.ref("ruling"))
    assert isinstance(scored, e.ApplicationScored)


def test_a_report_that_is_upheld_late_voids_the_score_and_redraws_the_seat() -> None:
    desk = paths.application_in(Stage.SCORED)
    reported = e.ConflictReported(report="report-1", expert="expert-2", text=f.ref("report"))
    assert desk.act(f.report_conflict("expert-2"), f.APPLICANT) == (reported,)
    assert desk.act(f.rule(upheld=True), f.SUPERVISOR) == (
        e.ConflictRuled(report="report-1", upheld=True, text=f.ref("ruling")),
        e.ReviewVoided(seat=2, expert="expert-2", report="report-1"),
        make_seat_vacated(2, "report-upheld"),
        make_seat_filled(2, 8, desk.now),
    )
    assert (desk.state.stage, desk.state.score) == (Stage.REVIEW, None)
    paths.review_all(desk)
    assert desk.state.score.valid == 7


def test_after_the_last_day_nobody_is_invited_and_the_rest_is_scored() -> None:
    desk = paths.application_in(Stage.SCORED)
    desk.act(f.report_conflict("expert-2"), f.OFFICER)
    events = desk.act(f.rule(upheld=True), f.SUPERVISOR, f.deadline("review_last"))
    assert [type(event) for event in events[1:]] == [e.ReviewVoided, e.SeatVacated, e.ApplicationScored]
    assert desk.state.score.valid == 6


def test_an_extended_last_day_still_invites_though_nobody_told_the_application() -> None:
    desk = seat_panel()
    last = f.deadline("review_last")
    paths.extend(desk, "review", last + 10 * f.DAY)
    paths.extend(desk, "review_last", last + 20 * f.DAY)
    for number in range(1, 8):
        desk.act(f.accept(), f.actor(f.expert(number)))
    events = desk.act(c.DeclineInvitation(), ONE, last + f.DAY)
    assert [type(event) for event in events] == [e.SeatVacated, e.SeatFilled]


def test_the_answer_to_a_report_does_not_tell_who_reviews() -> None:
    desk = seat_panel()
    for number, expert in enumerate(("expert-1", "expert-8", "expert-20")):
        report = f.report_conflict(expert, f"report-{number}")
        assert [type(event) for event in desk.act(report, f.APPLICANT)] == [e.ConflictReported]


def test_an_alternate_found_in_conflict_is_passed_over() -> None:
    desk = seat_panel()
    desk.act(f.report_conflict("expert-8"), f.OFFICER)
    assert len(desk.act(f.rule(upheld=True), f.SUPERVISOR)) == 1
    assert desk.act(c.DeclineInvitation(), ONE)[1] == make_seat_filled(1, 9, desk.now)


def test_who_was_found_in_conflict_is_not_drawn_again() -> None:
    desk = paths.application(f.SMALL)
    paths.lead_to(desk, Stage.REVIEW)
    desk.act(f.report_conflict("expert-20"), f.OFFICER)
    desk.act(f.rule(upheld=True), f.SUPERVISOR)
    for number in range(1, 7):
        desk.act(c.DeclineInvitation(), f.actor(f.expert(number)))
    (event,) = desk.act(f.panel(17, 4, 0, draw="second"))
    assert isinstance(event, e.PanelSeated)
    assert (event.passed_over, len(event.seats), event.vacant) == (("expert-20",), 3, (4,))


def test_a_report_is_made_once_and_ruled_on_once_by_someone_else() -> None:
    desk = seat_panel()
    desk.act(f.report_conflict("expert-2"), f.SUPERVISOR)
    assert desk.refuse(f.report_conflict("expert-2"), f.OFFICER) == "already-done"
    assert desk.refuse(f.rule("report-9", upheld=True), f.SUPERVISOR) == "no-open-report"
    assert desk.refuse(f.rule(upheld=True), f.SUPERVISOR) == "same-hands"
    assert desk.act(f.rule(upheld=True), f.actor("supervisor-2"))
    assert desk.refuse(f.rule(upheld=False), f.actor("supervisor-2")) == "no-open-report"


def test_the_only_supervisor_reports_nothing_that_nobody_else_could_rule_on() -> None:
    alone = f.terms(staff={"officers": ["officer-1"], "supervisors": ["supervisor-1"]})
    desk = paths.application_in(Stage.REVIEW, alone)
    assert desk.refuse(f.report_conflict("expert-1"), f.SUPERVISOR) == "not-entitled"
    assert desk.act(f.report_conflict("expert-1"), f.OFFICER)


def test_too_few_reviews_wait_for_a_supplementary_draw() -> None:
    desk = paths.application_in(Stage.REVIEW)
    for number in range(1, 11):
        desk.act(c.DeclineInvitation(), f.actor(f.expert(number)))
    assert paths.experts(desk) == []
    assert desk.act(f.panel(11, draw="second"))
    assert desk.state.lot == "ab" * 16
    paths.review_all(desk)
    assert desk.state.score.valid == 7


def test_a_member_who_accepted_becomes_chair_until_the_seat_is_lost() -> None:
    desk = accept_seats(1)
    assert desk.refuse(c.AppointChair(chair="expert-2", reason=f.ref("why")), f.OFFICER) == "no-such-seat"
    assert desk.act(c.AppointChair(chair="expert-1", reason=f.ref("why")), f.OFFICER) == (
        e.ChairAppointed(chair="expert-1", reason=f.ref("why")),
    )
    assert desk.refuse(c.AppointChair(chair="expert-1", reason=f.ref("why")), f.OFFICER) == "already-done"
    assert desk.refuse(f.report_conflict("expert-2"), f.actor("expert-2", Role.CHAIR)) == "not-entitled"
    desk.act(c.DeclineInvitation(), ONE)
    assert desk.state.chair == ""
