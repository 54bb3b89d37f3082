from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from selection.decision.aggregate import Context
from selection.decision.deposit import Deposit
from selection.decision.facts import DrawBasis
from selection.kernel.actor import Role
from selection.kernel.proof import Assurance
from selection.kernel.stages import RoundStage
from selection.refusals.refused import Refused
from selection.round import commands as c, events as e
from selection.round.opening import open_round
from selection.rules.terms import get_sealed_deadlines
from tests import factories as f, paths
from tests.desk import HERE, REACHED, Desk
from tests.draws import commit_draw, open_draw


def extend(name: Any, until: date) -> c.ExtendDeadline:
    return c.ExtendDeadline(cause="organiser", name=name, until=until, reason=f.ref())


def test_a_round_opens_with_its_rules_sealed() -> None:
    desk = paths.round_desk()
    assert desk.act(f.open_round(), f.OFFICER) == (
        e.RoundOpened(
            rules_hash=f.TERMS.rules_hash,
            rules=f.RULES.model_dump(mode="json"),
            rehearsal=False,
            deadlines=get_sealed_deadlines(f.RULES),
        ),
    )
    assert desk.refuse(f.open_round(), f.OFFICER) == "round-exists"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (f.open_round(rules_hash="0" * 64), "rules-unsealed"),
        (f.open_round(rules={"schema_version": 1}), "rules-faulty"),
        (f.open_round(f.rules(title={"en": "Two\nlines", "zh": "一行"})), "rules-faulty"),
        (f.open_round(f.rules(round_pattern="third-.*")), "unknown-value"),
        (f.open_round(f.rules(staff={"officers": ["o"], "supervisors": ["s"]})), "not-entitled"),
    ],
)
def test_rules_that_cannot_be_sealed_are_refused(command: c.OpenRound, code: str) -> None:
    assert paths.round_desk().refuse(command, f.OFFICER) == code


def test_rules_that_were_sealed_with_another_title_are_read_as_ever() -> None:
    title = {"en": "Two\nlines", "zh": "一行"}
    assert f.rules(title=title).title.en == title["en"]


def test_a_registered_officer_or_admin_opens_a_round() -> None:
    assert paths.round_desk().act(f.open_round(), f.actor("admin-1"))
    assert paths.round_desk().refuse(f.open_round(), f.actor("expert-1", Role.OFFICER)) == "not-entitled"
    assert paths.round_desk().refuse(f.open_round(), f.SUPERVISOR) == "not-entitled"


def test_a_deadline_moves_later_only() -> None:
    desk = paths.round_in(RoundStage.CALL)
    old = f.deadline("submission")
    assert desk.refuse(extend("submission", date(2024, 7, 31)), f.OFFICER) == "not-later"
    moved = desk.act(extend("submission", date(2024, 8, 2)), f.OFFICER)
    extended = e.DeadlineExtended(
        name="submission", old=old, until=old + 2 * f.DAY, cause="organiser", reason=f.ref()
    )
    assert moved == (extended,)
    assert desk.wait(old) == ()
    assert desk.wait(old + 2 * f.DAY) == (e.SubmissionClosed(deadline=old + 2 * f.DAY),)


def test_an_intake_is_extended_while_it_lasts() -> None:
    desk = paths.round_in(RoundStage.CALL)
    desk.wait(f.deadline("submission"))
    assert desk.refuse(extend("submission", date(2024, 8, 10)), f.OFFICER) == "late"
    assert desk.act(extend("recommendation", date(2024, 8, 20)), f.OFFICER)
    checking = paths.round_in(RoundStage.CHECKING)
    assert checking.refuse(extend("recommendation", date(2024, 8, 20)), f.OFFICER) == "late"
    assert checking.act(extend("review", date(2024, 10, 2)), f.OFFICER)


@pytest.mark.parametrize(
    ("name", "until"), [("submission", date(2024, 8, 16)), ("review", date(2024, 11, 1))]
)
def test_no_intake_outlasts_the_next_and_no_review_its_last_day(name: str, until: date) -> None:
    desk = paths.round_in(RoundStage.CALL)
    assert desk.refuse(extend(name, until), f.OFFICER) == "out-of-order"


def test_a_deadline_beyond_the_calendar_is_refused() -> None:
    desk = paths.round_in(RoundStage.CALL)
    assert desk.refuse(extend("survey", date(9999, 12, 31)), f.OFFICER) == "unknown-value"


def test_the_intake_closes_at_its_deadlines() -> None:
    desk = paths.round_in(RoundStage.CALL)
    submission, recommendation = f.deadline("submission"), f.deadline("recommendation")
    closed = (e.SubmissionClosed(deadline=submission), e.IntakeClosed(deadline=recommendation))
    assert desk.wait(recommendation) == closed
    assert [leaf.at for leaf in desk.leaves[-2:]] == [submission, recommendation]


def commit_main() -> Desk:
    desk = paths.round_in(RoundStage.DRAWING)
    paths.commit(desk)
    return desk


def waiting() -> Desk:
    """A round in which the numbers of a draw are public, and were entered by who committed it."""
    desk = commit_main()
    paths.until_public(desk)
    return desk


def test_a_draw_is_committed_opened_and_reported() -> None:
    desk = waiting()
    assert desk.leaves[-2].data["applications"] == 3
    assert desk.act(open_draw(published="7, 12+33"), f.OPENER) == (
        e.DrawOpened(draw="main", secret=f.SECRET, randomness="07 12 33"),
    )
    assert desk.state.batch == "draw/main"
    report = c.ReportDraw(draw="main", result=f.ref("result"), total_cost=9)
    assert desk.act(report) == (e.PanelsDrawn(draw="main", result=f.ref("result"), total_cost=9),)
    assert desk.state.batch == "seat-panel/main"
    assert desk.refuse(report) == "nothing-to-do"


def test_an_infeasible_draw_leaves_room_for_another() -> None:
    desk = commit_main()
    paths.open_(desk)
    desk.act(c.ReportDraw(draw="main", clashing=("load",)))
    assert (desk.state.batch, desk.state.draws["main"].clashing) == ("", ("load",))
    paths.commit(desk, "second")


def test_a_draw_is_committed_once_its_secret_is_deposited() -> None:
    desk = paths.round_in(RoundStage.DRAWING)
    desk.world = desk.world.with_(draw=DrawBasis(inputs=f.ref("inputs"), applications=3, experts=9))
    for deposit in (Deposit(), Deposit.of("ab" * 32)):
        desk.world = desk.world.with_(deposit=deposit)
        assert desk.refuse(commit_draw(at=desk.now), f.OFFICER) == "deposit-unfit"
    desk.world = desk.world.with_(deposit=None)
    desk.act(commit_draw(at=desk.now), f.OFFICER)


def test_a_draw_is_opened_once_with_the_secret_that_was_deposited() -> None:
    desk = waiting()
    assert desk.refuse(open_draw("second"), f.OPENER) == "draw-unfounded"
    for gone in (Deposit(), Deposit.of("ab" * 32)):
        desk.world = desk.world.with_(deposit=gone)
        assert desk.refuse(open_draw(), f.OPENER) == "deposit-gone"
    desk.world = desk.world.with_(deposit=None)
    desk.act(open_draw(), f.OPENER)
    assert desk.refuse(open_draw(), f.OPENER) == "decision-under-way"
    desk.act(c.ReportDraw(draw="main", clashing=("load",)))
    assert desk.refuse(open_draw(), f.OPENER) == "already-done"


def test_one_draw_waits_at_a_time_and_another_follows_once_it_is_opened_or_voided() -> None:
    desk = commit_main()
    assert desk.refuse(commit_draw("second", desk.now), f.OFFICER) == "draw-waiting"
    void = c.VoidDraw(draw="main", reason=f.ref("lost"))
    assert desk.refuse(void, f.OFFICER) == "not-entitled"
    assert desk.refuse(c.VoidDraw(draw="second", reason=f.ref("lost")), f.SUPERVISOR) == "draw-not-waiting"
    assert desk.act(void, f.SUPERVISOR) == (e.DrawVoided(draw="main", reason=f.ref("lost"), expired=False),)
    assert desk.refuse(void, f.SUPERVISOR) == "draw-not-waiting"
    assert desk.refuse(open_draw(), f.OPENER) == "draw-not-waiting"
    assert desk.refuse(commit_draw("main", desk.now), f.SUPERVISOR) == "already-done"
    assert desk.refuse(commit_draw("second", desk.now), f.OFFICER) == "drew-before"
    paths.commit(desk, "second", f.SUPERVISOR)
    assert desk.state.waiting_draw == "second"
    paths.open_(desk, "second")
    assert desk.state.waiting_draw is None
    void = c.VoidDraw(draw="second", reason=f.ref("disliked"))
    assert desk.refuse(void, f.SUPERVISOR) == "decision-under-way"
    desk.act(c.ReportDraw(draw="second", clashing=("load",)))
    assert desk.refuse(void, f.SUPERVISOR) == "draw-not-waiting"


def test_a_draw_needs_a_free_seat() -> None:
    desk = commit_main()
    desk.act(c.VoidDraw(draw="main", reason=f.ref("lost")), f.SUPERVISOR)
    desk.world = desk.world.model_copy(
        update={"draw": DrawBasis(inputs=f.ref("inputs"), applications=0, experts=0)}
    )
    second = commit_draw("second", desk.now, after=desk.state.draws["main"].public)
    assert desk.refuse(second, f.SUPERVISOR) == "no-seat-empty"


def test_a_conflict_found_while_shortlisting_can_still_be_drawn_for() -> None:
    paths.draw(paths.round_in(RoundStage.SHORTLISTING), "late")


def test_a_draw_waits_for_the_batch_before_it() -> None:
    desk = commit_main()
    paths.open_(desk)
    assert desk.refuse(commit_draw("second", desk.now), f.OFFICER) == "decision-under-way"


def test_two_open_a_round_and_an_administrator_needs_another_for_it() -> None:
    assert c.OpenRound.ACT.assurance is Assurance.SIGNED_BY_TWO
    people = {**f.people(), "admin-2": f.person("admin-2", "admin")}
    facts = f.facts(founded=HERE.model_copy(update={"local": False}), people=people)
    context = Context(actor=f.actor("admin-1"), at=f.OPENED, command_id="id-1", facts=facts)
    state, alone = paths.round_desk().state, f.rules(local=False)
    with pytest.raises(Refused) as refused:
        open_round(state, f.open_round(alone), context)
    assert refused.value.code == "opened-by-officers"
    REACHED["refusal"][refused.value.code] += 1
    staff = alone.staff.with_(admins=("admin-1", "admin-2"))
    assert open_round(state, f.open_round(alone.with_(staff=staff)), context)
    assert open_round(state, f.open_round(alone), replace(context, actor=f.OFFICER))


@pytest.mark.parametrize(("local", "code"), [(False, "rules-local"), (True, "rules-unsigned")])
def test_rules_say_whether_acts_count_unsigned_as_the_installation_was_founded(
    local: bool, code: str
) -> None:
    founded = HERE.model_copy(update={"local": not local})
    context = Context(actor=f.OFFICER, at=f.OPENED, command_id="id-1", facts=f.facts(founded=founded))
    with pytest.raises(Refused) as refused:
        open_round(paths.round_desk().state, f.open_round(f.rules(local=local)), context)
    assert refused.value.code == code
    REACHED["refusal"][code] += 1


def test_after_the_end_a_draw_waits_for_its_numbers_and_the_round_with_it() -> None:
    desk = paths.round_in(RoundStage.ISSUED)
    paths.carry_out(desk)
    assert (desk.state.ended, desk.state.over) == (True, True)
    # Nothing else is done on a round that is over, whoever asks.
    assert desk.refuse(extend("review", date(2024, 12, 1)), f.OFFICER) == "ended"
    assert desk.refuse(commit_draw("fresh", desk.now), f.APPLICANT) == "not-entitled"
    paths.commit(desk, "fresh")
    assert (desk.state.ended, desk.state.over) == (True, False)
    paths.open_(desk, "fresh")
    desk.act(c.ReportDraw(draw="fresh", result=f.ref("result"), total_cost=5))
    assert desk.state.over is False
    paths.carry_out(desk)
    assert (desk.state.stage, desk.state.over) == (RoundStage.ISSUED, True)


def test_a_draw_that_was_left_behind_keeps_no_round_open_and_can_be_voided() -> None:
    desk = commit_main()
    desk.act(c.CancelRound(reason=f.ref()), f.OFFICER)
    paths.carry_out(desk)
    assert desk.state.over is True
    desk.act(c.VoidDraw(draw="main", reason=f.ref("left")), f.SUPERVISOR)
    paths.commit(desk, "fresh", f.SUPERVISOR)
