"""A scheme without recommendation, survey, appraisal and notice, to its list; tests/audit/test_schemes.py has all."""

from selection.kernel.stages import RoundStage, Stage
from tests.random_round import RandomRound

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
