"""Decisions on integrity are reversed by two posts; hits outlast it, and what was approved meanwhile is void."""

from audit.rules.reminding.waits import SUPERVISORS, reverse_integrity
from selection.kernel.actor import Role
from selection.process.letter import Letter
from selection.projections.open_tasks import tasks_of
from selection.round import commands as r, events as e
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.reversing.reversals import OTHER, SECOND
from tests.selection.round.test_listing import ONE, approve, approving, integrity

TEXT = f.ref("wrong-decision")


def reverse(number: str = "") -> r.ReverseIntegrityDecision:
    return r.ReverseIntegrityDecision(application=number, text=TEXT)


def decline(number: str = "") -> r.DeclineIntegrityReversal:
    return r.DeclineIntegrityReversal(application=number, text=TEXT)


def clear_hit() -> Desk:
    """A proposal whose first item had a hit, which supervisor-1 cleared, as approved by one."""
    desk = approving()
    desk.act(integrity(1, "0001"), f.SUPERVISOR)
    desk.act(f.rule_on_hit("0001"), f.SUPERVISOR)
    desk.act(approve("department", 1), ONE)
    return desk


def test_a_hit_that_was_cleared_is_open_again_and_its_approvals_are_void() -> None:
    desk = clear_hit()
    assert desk.refuse(reverse("0001"), f.SUPERVISOR) == "own-decision"
    desk.act(reverse("0001"), f.OFFICER)
    task = next(task for task in tasks_of(desk.state) if task.kind == "reverse-integrity-decision")
    assert task.role is Role.SUPERVISOR
    assert reverse_integrity(desk.state, task.key) == SUPERVISORS
    found = desk.act(reverse("0001"), SECOND)
    told = {"proposal": 1, "application": "0001", "was": "cleared", "void": ("approvals",), "text": TEXT}
    assert found == (
        e.IntegrityReversalEntered.model_validate(told),
        e.IntegrityReversed.model_validate({**told, "people": ("supervisor-1",)}),
    )
    state = desk.state
    assert (state.hits, state.passed) == ({"0001": None}, ("department",))
    assert {one.application for item in state.agreed for one in item.items} == {"0002"}
    assert desk.refuse(f.rule_on_hit("0001"), f.SUPERVISOR) == "decided-before"
    desk.act(f.rule_on_hit("0001"), SECOND)
    assert desk.state.passed == ()
    assert desk.refuse(reverse("0001"), f.OFFICER) == "reversed-before"


def test_a_check_is_made_again_by_another_and_nobody_gets_rid_of_a_hit_by_it() -> None:
    desk = approving()
    desk.act(integrity(1, "0001"), f.SUPERVISOR)
    desk.act(approve("department", 1), ONE)
    desk.act(reverse(), f.OFFICER)
    desk.act(reverse(), SECOND)
    state = desk.state
    assert (state.integrity, state.hits, state.agreed) == (False, {"0001": None}, ())
    assert desk.refuse(integrity(1), f.SUPERVISOR) == "decided-before"
    desk.act(integrity(1), SECOND)
    assert desk.state.hits == {"0001": None}


def test_the_other_post_declines_it_and_who_entered_it_is_told_and_may_enter_it_again() -> None:
    desk = clear_hit()
    assert desk.refuse(decline("0001"), SECOND) == "nothing-to-decline"
    desk.act(reverse("0001"), f.OFFICER)
    assert desk.refuse(decline("0001"), OTHER) == "nothing-to-decline"
    assert desk.refuse(decline(), SECOND) == "nothing-to-decline"
    assert desk.refuse(decline("0001"), f.SUPERVISOR) == "own-decision"
    sent = len(desk.sent)
    assert desk.act(decline("0001"), SECOND) == (
        e.IntegrityReversalDeclined(proposal=1, application="0001", people=("officer-1",), text=TEXT),
    )
    told = [(item.to, item.template) for item in desk.sent[sent:] if isinstance(item, Letter)]
    assert told == [("officer-1", "integrity-reversal-declined")]
    assert "reverse-integrity-decision" not in [task.kind for task in tasks_of(desk.state)]
    # What was declined is not agreed to behind it: both enter it anew.
    assert len(desk.act(reverse("0001"), SECOND)) == 1
    desk.act(reverse("0001"), f.OFFICER)
    assert desk.state.hits == {"0001": None}


def test_only_a_post_that_the_rules_name_declines_a_reversal_of_integrity() -> None:
    desk = approving()
    desk.state = desk.state.with_(sealed=f.rules(reversals={"agree": ["supervisor"]}))
    assert desk.refuse(decline(), f.OFFICER) == "not-entitled"


def test_what_was_entered_before_more_was_approved_counts_no_more() -> None:
    desk = approving()
    desk.act(integrity(1), f.SUPERVISOR)
    desk.act(reverse(), f.OFFICER)
    task = next(task for task in tasks_of(desk.state) if task.kind == "reverse-integrity-decision")
    desk.act(approve("department", 1), ONE)
    assert task.kind not in [task.kind for task in tasks_of(desk.state)]
    assert reverse_integrity(desk.state, task.key) is None
    assert [type(event) for event in desk.act(reverse(), SECOND)] == [e.IntegrityReversalEntered]


def test_nothing_is_reversed_that_does_not_stand_or_that_a_list_rests_on() -> None:
    desk = approving()
    assert desk.refuse(reverse(), f.OFFICER) == "no-integrity-decision"
    desk.act(integrity(1, "0001"), f.SUPERVISOR)
    assert desk.refuse(reverse("0001"), f.OFFICER) == "no-integrity-decision"
    desk.act(f.rule_on_hit("0001", cleared=False), f.SUPERVISOR)
    # Its stop is lifted by an act of its own.
    assert desk.refuse(reverse("0001"), f.OFFICER) == "no-integrity-decision"
    issued = approving()
    paths.issue(issued)
    assert issued.refuse(reverse(), f.OFFICER) == "wrong-stage"
