import pytest

from selection.application import commands as c, events as e
from selection.kernel.stages import Stage
from selection.letters.writing import Wake
from tests import factories as f, paths
from tests.desk import Desk

pytestmark = pytest.mark.long

OBJECTOR = f.actor("objector-1")
EXAMINER = f.actor("examiner-1")


def raise_objection() -> Desk:
    desk = paths.application_in(Stage.NOTICE)
    desk.act(f.objection(), OBJECTOR)
    return desk


def appoint_examiners() -> Desk:
    desk = raise_objection()
    desk.act(f.examiners(), f.OFFICER)
    return desk


def test_the_notice_opens_for_the_present_proposal_and_passes() -> None:
    desk = paths.application_in(Stage.PROPOSED)
    until = f.TERMS.after(desk.now, 7)
    assert desk.refuse(c.OpenNotice(proposal=2)) == "proposal-changed"
    assert desk.act(c.OpenNotice(proposal=1)) == (e.NoticeOpened(proposal=1, until=until),)
    assert desk.wait(until) == (e.NoticePassed(deadline=until),)


def test_an_item_s_notice_ends_with_the_round_s_also_when_it_is_opened_a_day_later() -> None:
    desk = paths.application_in(Stage.PROPOSED)
    together = f.TERMS.after(desk.now, 7)
    desk.now += f.DAY
    assert desk.act(c.OpenNotice(proposal=1, until=together)) == (e.NoticeOpened(proposal=1, until=together),)
    late = paths.application_in(Stage.PROPOSED)
    late.now = together
    [opened] = late.act(c.OpenNotice(proposal=1, until=together))
    assert opened == e.NoticeOpened(proposal=1, until=f.TERMS.after(together, 7))


def publishing(desk: Desk) -> Desk:
    """The same, of an application that has public answers."""
    submission = desk.state.submission.with_(public=f.ref("public"))
    desk.state = desk.state.model_copy(update={"submission": submission})
    return desk


def test_public_answers_are_published_once_with_the_notice_or_without_one_with_the_list() -> None:
    desk = publishing(paths.application_in(Stage.PROPOSED))
    [opened] = desk.act(c.OpenNotice(proposal=1))
    assert isinstance(opened, e.NoticeOpened)
    assert opened.public == f.ref("public")
    desk.wait(opened.until)
    assert desk.act(c.Issue(proposal=1, place=1)) == (e.ApplicationListed(place=1, proposal=1),)
    unnoticed = publishing(paths.application_in(Stage.CLEARED))
    unnoticed.state = unnoticed.state.model_copy(update={"noticed": False})
    listed = e.ApplicationListed(place=1, proposal=1, public=f.ref("public"))
    assert unnoticed.act(c.Issue(proposal=1, place=1)) == (listed,)
    passed_over = publishing(paths.application_in(Stage.RESERVE))
    assert passed_over.act(c.Issue(proposal=1, place=0)) == (e.ApplicationNotSelected(proposal=1),)


def test_an_objection_is_raised_within_the_notice() -> None:
    desk = paths.application_in(Stage.NOTICE)
    raised = e.ObjectionRaised(
        objection="objection-1",
        objector="objector-1",
        text=f.ref("objection"),
        evidence=(f.ref("evidence"),),
    )
    assert desk.act(f.objection(), OBJECTOR) == (raised,)
    assert desk.refuse(f.objection(), OBJECTOR) == "objection-exists"
    assert desk.refuse(f.objection("objection-2"), OBJECTOR, desk.state.until) == "no-notice"


def test_after_the_notice_there_is_nothing_to_object_to() -> None:
    desk = paths.application_in(Stage.NOTICE)
    assert desk.refuse(f.objection(), OBJECTOR, desk.state.until) == "no-notice"


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("stranger-1", "not-entitled"),
        ("retired-1", "not-entitled"),
        ("expert-1", "same-hands"),
        ("officer-2", "same-hands"),
        ("supervisor-1", "same-hands"),
    ],
)
def test_who_may_not_object(who: str, code: str) -> None:
    assert paths.application_in(Stage.NOTICE).refuse(f.objection(), f.actor(who, "objector")) == code


def test_people_not_involved_before_are_appointed_to_examine() -> None:
    desk = raise_objection()
    due = f.TERMS.after(desk.now, 15)
    appointed = e.ExaminersAppointed(
        objection="objection-1", examiners=("examiner-1", "examiner-2"), until=due
    )
    assert desk.act(f.examiners("examiner-2", "examiner-1"), f.OFFICER) == (appointed,)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (f.examiners(objection="objection-9"), "no-open-objection"),
        (f.examiners("stranger-1"), "unknown-person"),
        (f.examiners("insider-1"), "same-employer"),
        (f.examiners("expert-1"), "same-hands"),
        (f.examiners("surveyor-1"), "same-hands"),
        (f.examiners("recommender-1"), "same-hands"),
        (f.examiners("objector-1"), "same-hands"),
        (f.examiners("officer-2"), "same-hands"),
        (f.examiners("supervisor-2"), "same-hands"),
        (f.examiners("examiner-1"), "two-examiners"),
        (f.examiners("examiner-1", "examiner-1"), "two-examiners"),
    ],
)
def test_who_may_not_examine(command: c.AppointExaminers, code: str) -> None:
    assert raise_objection().refuse(command, f.OFFICER) == code


def test_an_upheld_objection_removes_the_item() -> None:
    desk = appoint_examiners()
    settled = e.ObjectionSettled(objection="objection-1", outcome="upheld", text=f.ref("reasons"))
    removed = e.ItemRemoved(objection="objection-1")
    assert desk.act(f.settle("upheld"), EXAMINER) == (settled, removed)
    assert desk.state.outcome == "removed"


@pytest.mark.parametrize("outcome", ["dismissed", "partly-upheld"])
def test_any_other_end_lets_the_notice_go_on(outcome: str) -> None:
    desk = appoint_examiners()
    settled = e.ObjectionSettled(objection="objection-1", outcome=outcome, text=f.ref("reasons"))
    until = desk.state.until
    assert desk.act(f.settle(outcome), EXAMINER) == (settled,)
    assert desk.wait(until) == (e.NoticePassed(deadline=until),)


def test_an_open_objection_holds_the_item_beyond_the_notice() -> None:
    desk = appoint_examiners()
    until = desk.state.until
    assert desk.wait(until + 30 * f.DAY) == (e.ItemHeld(deadline=until),)
    assert desk.refuse(c.Issue(proposal=1, place=1)) == "wrong-stage"
    assert desk.refuse(c.PlaceInProposal(proposal=2, rank=0)) == "wrong-stage"
    assert desk.act(f.settle(), EXAMINER)[1:] == (e.NoticePassed(deadline=until),)
    assert desk.act(c.Issue(proposal=2, place=1)) == (e.ApplicationListed(place=1, proposal=2),)


def test_a_held_item_waits_for_each_of_its_objections() -> None:
    desk = appoint_examiners()
    desk.act(f.objection("objection-2"), f.actor("objector-2"))
    desk.wait(desk.state.until)
    desk.act(f.settle(), EXAMINER)
    assert desk.state.stage is Stage.HELD
    desk.act(f.examiners("examiner-2", "examiner-3", objection="objection-2"), f.OFFICER)
    assert desk.act(f.settle("upheld", "objection-2"), f.actor("examiner-2"))
    assert desk.state.outcome == "removed"


def test_what_is_no_longer_held_wakes_its_round() -> None:
    for outcome in ("dismissed", "upheld"):
        desk = paths.application_in(Stage.HELD)
        sent = len(desk.sent)
        desk.act(f.settle(outcome), EXAMINER)
        wakes = [item for item in desk.sent[sent:] if isinstance(item, Wake)]
        assert wakes == [Wake(round=f.ROUND, stage="held")]


def test_an_objection_is_settled_once_by_its_own_examiners() -> None:
    desk = raise_objection()
    desk.act(f.objection("objection-2"), f.actor("objector-2"))
    desk.act(f.examiners("examiner-2", "examiner-3", objection="objection-2"), f.OFFICER)
    other = f.actor("examiner-2")
    assert desk.refuse(f.settle(), other) == "examiners-missing"
    desk.act(f.examiners("examiner-1", "examiner-3"), f.OFFICER)
    assert desk.refuse(f.settle(), other) == "not-entitled"
    assert desk.refuse(f.settle(), f.actor("objector-1", "examiner")) == "not-entitled"
    desk.act(f.settle(), EXAMINER)
    assert desk.refuse(f.settle("upheld"), EXAMINER) == "no-open-objection"


def test_the_list_names_what_was_cleared_and_ends_the_rest() -> None:
    listed = paths.application_in(Stage.CLEARED)
    assert listed.act(c.Issue(proposal=1, place=2)) == (e.ApplicationListed(place=2, proposal=1),)
    reserve = paths.application_in(Stage.RESERVE)
    assert reserve.refuse(c.Issue(proposal=1, place=1)) == "wrong-stage"
    assert reserve.act(c.Issue(proposal=1, place=0)) == (e.ApplicationNotSelected(proposal=1),)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.ENDED])
def test_a_cancelled_round_ends_an_application_wherever_it_stands(stage: Stage) -> None:
    desk = paths.application_in(stage)
    assert desk.act(c.CancelWithRound(reason=f.ref())) == (e.ApplicationCancelled(reason=f.ref()),)
    assert desk.refuse(c.CancelWithRound()) == "ended"
