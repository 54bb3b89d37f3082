"""Rules of a running round change in the open: an officer enters it, an approver agrees, for what begins after."""

from typing import Any

import pytest

from selection.application import commands as a
from selection.kernel.actor import Actor, Role
from selection.kernel.day_clock import after_days
from selection.kernel.proof import Assurance
from selection.kernel.stages import RoundStage, Stage
from selection.letters.writing import Broadcast, Letter
from selection.projections.open_tasks import tasks_of
from selection.recommendation.commands import Recommend
from selection.rooms import LEAST_ASSURANCE
from selection.round import commands as c, events as e
from selection.round.amending_rules.sentences import FIELDS, name_path, name_value
from selection.round.amending_rules.table import AMENDABLE, list_paths
from selection.rules.changing.amendments import read_value
from selection.rules.model import rules_hash
from selection.rules.working_days import WorkingDays
from selection.wording.refusals import render_refusal
from tests import factories as f, paths
from tests.desk import Desk

APPROVER = f.actor("approver-1")
TOP = f.actor("approver-2")
"""One of the last level, which alone changes what decides on the list once panels were drawn."""


def enter(path: str, before: str, after: str) -> c.AmendRules:
    return c.AmendRules(path=path, before=before, after=after, reason=f.ref("why"))


def rule(number: int = 1, ruling: Any = "agreed") -> c.RuleOnAmendment:
    return c.RuleOnAmendment(number=number, ruling=ruling, reason=f.ref("consent"))


def amend(desk: Desk, path: str, before: str, after: str, number: int = 1) -> None:
    desk.act(enter(path, before, after), f.OFFICER)
    desk.act(rule(number), APPROVER)


def in_stage(stage: RoundStage) -> Desk:
    return paths.round_in(stage)


def test_a_change_counts_once_an_approver_agreed_and_the_event_says_all_of_it() -> None:
    desk = in_stage(RoundStage.CALL)
    assert desk.act(enter("days.mend", "10", "15"), f.OFFICER) == (
        e.AmendmentEntered(number=1, path="days.mend", before="10", after="15", reason=f.ref("why")),
    )
    assert desk.state.current == f.RULES
    (event,) = desk.act(rule(), APPROVER)
    expected = f.RULES.with_(days=f.RULES.days.with_(mend=15))
    assert event == e.RulesAmended(
        number=1,
        path="days.mend",
        before="10",
        after="15",
        entered_by="officer-1",
        approver="approver-1",
        reason=f.ref("why"),
        consent=f.ref("consent"),
        touches=("applicant",),
        again=(),
        amended_hash=rules_hash(expected),
    )
    assert desk.state.current == expected
    assert desk.state.sealed == f.RULES
    assert desk.refold() == desk.state


def test_what_is_signed_goes_on_naming_the_sealed_rules() -> None:
    desk = in_stage(RoundStage.CALL)
    amend(desk, "days.mend", "10", "15")
    terms = desk.state.make_terms()
    assert terms.days.mend == 15
    assert terms.rules_hash == rules_hash(f.RULES)
    assert {leaf.rules for leaf in desk.leaves} == {rules_hash(f.RULES)}


def test_whoever_is_sent_back_after_it_has_the_new_days_and_who_was_before_keeps_theirs() -> None:
    before, after = paths.application_in(Stage.MENDING), paths.application_in(Stage.CHECKING)
    kept = before.state.until
    desk = in_stage(RoundStage.CHECKING)
    amend(desk, "days.mend", "10", "15")
    terms = desk.state.make_terms()
    for application in (before, after):
        application.world = application.world.with_(terms=terms)
    before.settle()
    assert before.state.until == kept
    after.act(a.SendBack(faults=["seals-missing"], text=f.ref()), f.OFFICER)
    assert after.state.until == after_days(f.RULES.clock, after.now, 15)


def test_a_notice_opened_after_it_lasts_the_new_days_and_one_opened_before_ends_as_it_was_to() -> None:
    desk = in_stage(RoundStage.PROPOSAL)
    paths.proposal(desk)
    amend(desk, "days.notice", "7", "9")
    opened = desk.act(c.OpenPublicNotice(proposal=desk.state.proposal), f.OFFICER)[0]
    assert isinstance(opened, e.PublicNoticeOpened)
    assert opened.until == after_days(f.RULES.clock, desk.now, 9)
    paths.carry_out(desk)
    assert desk.refuse(enter("days.notice", "9", "12"), f.OFFICER) == "amendment-too-late"
    assert desk.state.notice_until == opened.until


def test_places_that_were_amended_are_those_of_the_proposal() -> None:
    desk = in_stage(RoundStage.APPRAISAL)
    desk.act(enter("places", str(f.RULES.places), str(f.RULES.places + 1)), f.OFFICER)
    assert desk.refuse(rule(), APPROVER) == "amendment-needs-top"
    for number in (2, 3):
        desk.act(rule(), f.actor(f"approver-{number}"))
    assert desk.state.free_places == f.RULES.places + 1


@pytest.mark.parametrize("stage", [RoundStage.REVIEW, RoundStage.SHORTLISTING])
def test_the_cut_of_the_shortlist_is_moved_by_nobody_who_may_know_the_scores(stage: RoundStage) -> None:
    desk = in_stage(stage)
    assert desk.refuse(enter("places", "2", "3"), f.OFFICER) == "amendment-moves-cut"
    # What was entered before the draw is not agreed to after it either.
    early = in_stage(RoundStage.CHECKING)
    early.act(enter("places", "2", "3"), f.OFFICER)
    desk.state = desk.state.with_(waiting_amendment=early.state.waiting_amendment)
    assert desk.refuse(rule(), TOP) == "amendment-moves-cut"
    drawing = in_stage(RoundStage.DRAWING)
    amend(drawing, "places", "2", "3")


def test_what_is_left_open_and_what_does_not_hold_together_is_told_in_words() -> None:
    assert [name_value(value, "en") for value in ("none", "3")] == ["none", "3"]
    assert [name_value(value, "zh") for value in ("none", "3")] == ["不设", "3"]
    desk = in_stage(RoundStage.CALL)
    for change, english, chinese in (
        (
            ("panel.seats", "7", "4"),
            "fewest valid scores asks for more valid scores",
            "最少有效评分要求的有效评分数",
        ),
        (("places", "2", "0"), "places is not valid here", "建设名额此处取值无效"),
    ):
        assert desk.refuse(enter(*change), f.OFFICER) == "amendment-unsound"
        params = desk.leaves[-1].data["params"]
        assert english in render_refusal("amendment-unsound", params, "en")
        assert chinese in render_refusal("amendment-unsound", params, "zh")


def test_a_list_has_the_quota_that_stands_when_it_recommends() -> None:
    unit = paths.unit_list(quota=1)
    agent = f.RECOMMENDER
    unit.act(Recommend(application="0001", revision=1), agent)
    unit.world = unit.world.with_(quota=2)
    assert unit.act(Recommend(application="0002", revision=1), agent)
    unit.world = unit.world.with_(quota=1)
    assert unit.refuse(Recommend(application="0003", revision=1), agent) == "quota-full"


def test_a_quota_that_grew_asks_its_units_again() -> None:
    desk = in_stage(RoundStage.CALL)
    desk.act(enter("recommenders.bj.quota", "none", "3"), f.OFFICER)
    (event,) = desk.act(rule(), APPROVER)
    assert isinstance(event, e.RulesAmended)
    assert (event.again, event.touches) == (("recommend",), ("applicant", "recommender"))
    assert desk.state.current.quota_of("bj") == 3


def test_a_quota_is_never_less_than_what_is_used() -> None:
    desk = in_stage(RoundStage.CALL)
    desk.world = desk.world.with_(used=2)
    assert desk.refuse(enter("routes.province.quota", "2", "1"), f.OFFICER) == "quota-used"
    desk.world = desk.world.with_(used=1)
    desk.act(enter("routes.province.quota", "2", "1"), f.OFFICER)
    desk.world = desk.world.with_(used=2)
    assert desk.refuse(rule(), APPROVER) == "quota-used"


@pytest.mark.parametrize(
    ("stage", "change", "code"),
    [
        (RoundStage.CHECKING, ("recommenders.bj.quota", "none", "9"), "amendment-too-late"),
        (RoundStage.CHECKING, ("check.mend_at_most", "1", "2"), "amendment-too-late"),
        (RoundStage.PROPOSAL, ("places", "2", "3"), "amendment-too-late"),
        (RoundStage.NOTICE, ("per_field_max", "none", "9"), "amendment-too-late"),
        (RoundStage.REVIEW, ("panel.min_valid", "5", "3"), "amendment-too-late"),
        (RoundStage.REVIEW, ("criteria.0.weight", "25", "20"), "not-amendable"),
        (RoundStage.CALL, ("criteria", "25", "20"), "not-amendable"),
        (RoundStage.CALL, ("days", "10", "11"), "not-amendable"),
        (RoundStage.CALL, ("days.mend.real", "10", "11"), "not-amendable"),
        (RoundStage.CALL, ("recommenders", "1", "2"), "not-amendable"),
        (RoundStage.CALL, ("recommenders.bj", "1", "2"), "not-amendable"),
        (RoundStage.CALL, ("recommenders.bj.route", "province", "ministry"), "not-amendable"),
        (RoundStage.CALL, ("recommenders.0.quota", "none", "2"), "unknown-value"),
        (RoundStage.CALL, ("staff.officers", "1", "2"), "not-amendable"),
        (RoundStage.CALL, ("assurance.issue-list", "signed-by-two", "session"), "not-amendable"),
        (RoundStage.CALL, ("calendar.submission", "2024-08-28", "2024-09-28"), "not-amendable"),
        (RoundStage.CALL, ("__class__", "1", "2"), "not-amendable"),
        (RoundStage.CALL, ("places", "11", "13"), "amendment-stale"),
        (RoundStage.CALL, ("places", "2", "2"), "amendment-unclear"),
        (RoundStage.CALL, ("places", "2", "03"), "amendment-unclear"),
        (RoundStage.CALL, ("places", "2", "many"), "amendment-unclear"),
        (RoundStage.CALL, ("places", "2", "0"), "amendment-unsound"),
        (RoundStage.CALL, ("places", "2", "none"), "amendment-unsound"),
        (RoundStage.CALL, ("panel.seats", "7", "4"), "amendment-unsound"),
        (RoundStage.CALL, ("days.mend", "10", "5"), "amendment-takes-away"),
        (RoundStage.CALL, ("days.notice", "7", "1"), "amendment-takes-away"),
        (RoundStage.CALL, ("days.notice", "7", "many"), "amendment-takes-away"),
    ],
)
def test_what_is_refused(stage: RoundStage, change: tuple[str, str, str], code: str) -> None:
    assert in_stage(stage).refuse(enter(*change), f.OFFICER) == code


def test_a_quota_changes_no_more_from_the_deadline_on() -> None:
    desk = in_stage(RoundStage.CALL)
    desk.act(enter("recommenders.bj.quota", "none", "9"), f.OFFICER)
    after = f.deadline("recommendation")
    assert desk.refuse(enter("recommenders.bj.quota", "none", "9"), f.OFFICER, after) == "amendment-too-late"
    assert desk.refuse(rule(), APPROVER, after) == "amendment-too-late"


def test_what_was_entered_in_time_is_agreed_to_in_time_or_not_at_all() -> None:
    desk = in_stage(RoundStage.APPRAISAL)
    desk.act(enter("places", "2", "3"), f.OFFICER)
    assert [task.role for task in tasks_of(desk.state) if task.kind == "rule-on-amendment"] == [Role.APPROVER]
    paths.ROUND_STEPS[RoundStage.PROPOSAL](desk)
    assert desk.state.stage is RoundStage.PROPOSAL
    assert desk.refuse(rule(), TOP) == "amendment-too-late"
    assert not [task for task in tasks_of(desk.state) if task.kind == "rule-on-amendment"]


def test_panels_change_before_the_first_draw_alone_and_no_draw_finds_itself_under_other_limits() -> None:
    desk = in_stage(RoundStage.DRAWING)
    desk.act(enter("panel.seats", "7", "9"), f.OFFICER)
    paths.commit(desk)
    assert desk.refuse(rule(), APPROVER) == "amendment-after-draw"
    for path, before, after in (("panel.max_load", "12", "15"), ("recusal.years", "3", "4")):
        assert desk.refuse(enter(path, before, after), f.OFFICER) == "amendment-after-draw"


def test_a_value_that_another_amendment_changed_meanwhile_is_not_overwritten() -> None:
    desk = in_stage(RoundStage.CALL)
    amend(desk, "places", "2", "3")
    assert desk.refuse(enter("places", "2", "4"), f.OFFICER) == "amendment-stale"
    amend(desk, "places", "3", "4", number=2)
    assert desk.state.current.places == 4


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (f.OFFICER, "not-entitled"),
        (f.OPENER, "not-entitled"),
        (f.SUPERVISOR, "not-entitled"),
        (f.actor("officer-1", "approver"), "not-entitled"),
        (f.actor("expert-1", "approver"), "not-entitled"),
    ],
)
def test_nobody_agrees_but_an_approver_of_the_round(actor: Actor, code: str) -> None:
    desk = in_stage(RoundStage.CALL)
    desk.act(enter("places", "2", "3"), f.OFFICER)
    assert desk.refuse(rule(), actor) == code
    assert desk.state.current == f.RULES


def test_whoever_entered_it_does_not_agree_to_it_once_they_became_an_approver() -> None:
    desk = in_stage(RoundStage.CALL)
    desk.act(enter("places", "2", "3"), f.OFFICER)
    both = desk.world.people["officer-1"]
    both = both.with_(roles={**both.roles, Role.APPROVER: ("*",)})
    desk.world = desk.world.with_(people={**desk.world.people, "officer-1": both})
    # No post is changed so; who agrees is compared with who entered it all the same.
    approvers = ("approver-1", "officer-1")
    desk.state = desk.state.with_(
        holders={"officers": ("officer-2", "officer-3"), "approvers/department": approvers}
    )
    assert desk.refuse(rule(), f.actor("officer-1", "approver")) == "own-amendment"
    assert desk.act(rule(), APPROVER)


def test_one_waits_at_a_time_and_what_was_declined_or_replaced_counts_no_more() -> None:
    desk = in_stage(RoundStage.CALL)
    assert desk.refuse(rule(), APPROVER) == "no-amendment"
    desk.act(enter("places", "2", "3"), f.OFFICER)
    desk.act(enter("places", "2", "4"), f.OFFICER)
    assert desk.refuse(rule(1), APPROVER) == "no-amendment"
    declined = desk.act(rule(2, "declined"), APPROVER)
    assert declined == (e.AmendmentDeclined(number=2, reason=f.ref("consent")),)
    assert desk.refuse(rule(2), APPROVER) == "no-amendment"
    assert desk.state.current == f.RULES


def test_nothing_changes_while_a_decision_is_carried_out() -> None:
    desk = in_stage(RoundStage.SHORTLISTING)
    desk.act(enter("per_field_max", "none", "9"), f.OFFICER)
    desk.state = desk.state.with_(batch="place-on-shortlist")
    assert desk.refuse(rule(), TOP) == "decision-under-way"


def test_approvers_are_asked_and_everyone_is_told() -> None:
    desk = in_stage(RoundStage.CALL)
    desk.act(enter("recommenders.bj.quota", "none", "3"), f.OFFICER)
    asked = {
        item.to for item in desk.sent if isinstance(item, Letter) and item.template == "amendment-entered"
    }
    assert {"approver-1", "approver-2"} <= asked
    desk.act(rule(), APPROVER)
    (told,) = [item for item in desk.sent if isinstance(item, Broadcast) and item.template == "rules-amended"]
    assert told.deadlines == ("recommendation",)
    assert "bj" in told.units


def test_each_signs_alone_and_no_rules_can_do_without() -> None:
    kinds = ("amend-rules", "rule-on-amendment")
    assert {LEAST_ASSURANCE[kind] for kind in kinds} == {Assurance.SIGNED}


def test_every_field_of_the_table_is_one_of_the_rules_and_has_a_name() -> None:
    assert FIELDS.keys() == {item.path for item in AMENDABLE}
    # Rules without working days have none to choose for.
    assert "working_days.unpublished" not in dict(list_paths(f.RULES, RoundStage.CALL))
    rules = f.rules(working_days=WorkingDays(windows=("mend",)))
    offered = list_paths(rules, RoundStage.CALL)
    assert all(read_value(rules, path) == value for path, value in offered)
    assert {item.path for item in AMENDABLE} <= {
        path if path in FIELDS else f"{path.partition('.')[0]}.*.quota" for path, _ in offered
    }
    assert name_path("recommenders.bj.quota", "en") == "quota of the unit bj"
    assert name_path("clock", "zh") == "clock"
