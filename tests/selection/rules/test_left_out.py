"""A scheme without recommendation, survey, appraisal and notice, to its list; tests/audit/test_schemes.py has all."""

from selection.kernel.stages import RoundStage, Stage
from selection.round import commands as r
from selection.round.tasks import tasks_of_round
from tests import factories as f, paths
from tests.chance.rounds import RandomRound

WITHOUT = frozenset({"recommendation", "survey", "appraisal", "notice"})


def test_what_the_rules_leave_out_is_left_in_the_act_that_led_there() -> None:
    made = next(
        made for seed in range(12) if (made := RandomRound(seed, without=WITHOUT).run()).round.state.issued
    )
    assert made.round.state.stage is RoundStage.ISSUED
    for state in made.applications(Stage.ENDED):
        told = [leaf for leaf in made.log if leaf.stream == state.stream]
        ids = {leaf.type: leaf.data["command_id"] for leaf in told}
        if "application.shortlisted.v1" in ids:
            assert (
                ids["survey.left-out.v1"] == ids["application.shortlisted.v1"] == ids["appraisal.left-out.v1"]
            )
        if "application.proposed.v1" in ids:
            assert ids["notice.left-out.v1"] == ids["application.proposed.v1"]


def test_no_notice_is_opened_where_the_rules_have_none() -> None:
    rules = f.rules(stages={"notice": False})
    desk = paths.round_in(RoundStage.PROPOSAL)
    desk.state = desk.state.with_(sealed=rules, proposed=True, proposal=1, items=(), batch="")
    assert desk.refuse(r.OpenPublicNotice(proposal=1), f.OFFICER) == "stage-left-out"
    assert "open-notice" not in [task.kind for task in tasks_of_round(desk.state)]


def test_staff_of_whom_the_register_knows_nothing_opens_no_round() -> None:
    """Else one administrator could make a whole staff of people who were registered as something harmless."""
    for changed in (f.person("supervisor-2", "expert"), f.person("supervisor-2", "supervisor", active=False)):
        desk = paths.round_desk()
        desk.world = desk.world.with_(people={**desk.world.people, "supervisor-2": changed})
        assert desk.refuse(f.open_round(), f.OFFICER) == "staff-unregistered"


def test_who_was_deactivated_acts_no_more_though_the_sealed_rules_name_them() -> None:
    desk = paths.round_in(RoundStage.CALL)
    gone = desk.world.people["officer-1"].with_(active=False)
    desk.world = desk.world.with_(people={**desk.world.people, "officer-1": gone})
    assert desk.refuse(r.CancelRound(reason=f.ref()), f.OFFICER) == "not-entitled"
