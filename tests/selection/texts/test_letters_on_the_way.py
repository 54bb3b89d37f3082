"""Whoever is awaited by what another person entered, or reported what was ruled on, is told by letter."""

import pytest

from selection.application import commands as c
from selection.kernel.stages import Stage
from selection.letters.rendering import render
from selection.letters.writing import Letter
from selection.round import commands as r
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.application.test_settling import over, settle, short_of
from tests.selection.round.test_public_numbers import drawing


def letters_of(desk: Desk, template: str) -> list[str]:
    return [item.to for item in desk.sent if isinstance(item, Letter) and item.template == template]


@pytest.mark.parametrize(("upheld", "said"), [(True, "upheld"), (False, "dismissed")])
def test_officers_one_of_whom_reported_fraud_are_told_of_the_ruling_and_nobody_else_is(
    upheld: bool, said: str
) -> None:
    desk = paths.application_in(Stage.REVIEW)
    desk.act(f.report_fraud(), f.OFFICER)
    desk.sent.clear()
    desk.act(c.RuleOnFraud(upheld=upheld, text=f.ref()), f.SUPERVISOR)
    assert letters_of(desk, "fraud-ruled") == list(desk.state.officers)
    (letter, *_) = [item for item in desk.sent if isinstance(item, Letter) and item.template == "fraud-ruled"]
    assert said in render(letter.template, letter.params, "en")[0]
    # Who is not ruled out learns of no report.
    assert upheld or {item.to for item in desk.sent if isinstance(item, Letter)} == {*desk.state.officers}


def test_the_other_post_is_asked_about_a_panel_that_cannot_be_filled_and_nobody_once_they_agree() -> None:
    desk = over(short_of(3))
    desk.act(settle(), f.OFFICER)
    assert letters_of(desk, "panel-settlement-entered") == list(desk.state.supervisors)
    desk.sent.clear()
    desk.act(settle(), f.SUPERVISOR)
    assert letters_of(desk, "panel-settlement-entered") == []


def test_both_posts_are_told_where_they_entered_different_things_about_a_panel() -> None:
    desk = over(short_of(3))
    desk.act(settle(), f.SUPERVISOR)
    assert letters_of(desk, "panel-settlement-entered") == list(desk.state.officers)
    desk.sent.clear()
    desk.act(settle("fewer", 3), f.OFFICER)
    both = [*desk.state.officers, *desk.state.supervisors]
    assert letters_of(desk, "panel-settlement-entered") == both


def test_officers_are_told_of_a_draw_that_filled_no_seat() -> None:
    desk = drawing()
    paths.commit(desk)
    paths.open_(desk)
    desk.sent.clear()
    desk.act(r.ReportDraw(draw="main", clashing=("load", f"application/{f.ROUND}/0001")))
    assert letters_of(desk, "draw-unfilled") == list(desk.state.current.staff.officers)
    letters = [item for item in desk.sent if isinstance(item, Letter)]
    said = [render(item.template, item.params, language)[1] for item in letters for language in ("en", "zh")]
    assert any("0001 (so many applications for each expert at most)" in text for text in said)
    assert any("0001（每名专家的评审项数上限）无法组成专家组" in text for text in said)


def test_the_others_of_both_posts_are_asked_to_open_what_one_committed() -> None:
    desk = drawing()
    paths.commit(desk)
    staff = desk.state.current.staff
    others = [name for name in (*staff.officers, *staff.supervisors) if name != f.OFFICER.person]
    assert letters_of(desk, "draw-committed") == others


def test_both_posts_are_told_that_a_draw_was_voided_and_another_is_wanted() -> None:
    desk = drawing()
    paths.commit(desk)
    desk.act(r.VoidDraw(draw="main", reason=f.ref()), f.SUPERVISOR)
    staff = desk.state.current.staff
    assert letters_of(desk, "draw-voided") == [*staff.officers, *staff.supervisors]
