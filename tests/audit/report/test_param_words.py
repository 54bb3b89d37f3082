"""Findings are read as people speak, and told to programs as they were found."""

import re

import pytest

from audit.claims import Claim, Difference, refute
from audit.report.param_words import NAMES, WHERE_EMPTY
from audit.report.sentences import CLAIMS, FINDINGS, say_finding
from audit.rules.course.call import FINDINGS as OF_CALL
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage, Stage
from selection.wording.code_names import ROLES, STAGES


def refute_with(code: str, **params: str) -> Claim:
    return refute(next(iter(CLAIMS)), "round/r", Difference("r#1", code, **params))


def test_roles_stages_and_entry_types_are_named() -> None:
    claim = refute_with(
        "not-in-this-stage", type="application.sent-back.v1", stage="recommended", role=Role.OFFICER.value
    )
    assert say_finding(claim, "en") == (
        "At the stage “recommended” this cannot be done as officer: “The application was sent back for correction”."
    )
    assert re.fullmatch(r"“已推荐”阶段不得以“经办人员”身份办理：“[^a-z。]+”。", say_finding(claim, "zh"))
    assert claim.params["type"] == "application.sent-back.v1"


@pytest.mark.parametrize(
    "written", ["2024-08-28T16:00:00+00:00", "2024-08-28 16:00:00+00:00", "2024-08-28T16:00:00Z"]
)
def test_an_instant_is_told_by_the_clock_in_both_languages(written: str) -> None:
    claim = refute_with("act-late", deadline="review", at=written, until=written)
    assert "2024-08-29 00:00:00 Beijing time" in say_finding(claim, "en")
    assert "北京时间2024年8月29日 00:00:00" in say_finding(claim, "zh")
    assert "“paper review”" in say_finding(claim, "en")
    assert written not in say_finding(claim, "en") + say_finding(claim, "zh")


def test_an_instant_that_no_clock_shows_stays_as_it_is() -> None:
    for odd in ("2024-13-45T16:00:00+00:00", "9999-12-31T23:59:59+00:00", "2024-08-28T16:00:00+00:00 or so"):
        assert odd in say_finding(refute_with("refused-in-time", until=odd), "en")


def test_no_value_is_nothing() -> None:
    claim = refute_with("call-differs", stated="2024-08-28 16:00:00+00:00", found="None")
    assert say_finding(claim, "en").endswith("by the rules it waits for nothing.")
    assert say_finding(claim, "zh").endswith("按规则须等待：无。")
    assert "{found}" in OF_CALL["call-differs"][0]


def test_rules_that_an_entry_names_before_any_were_sealed_are_said_to_be_so() -> None:
    claim = refute_with("other-rules", expected="", found="ab12")
    assert say_finding(claim, "en") == "The entry names rules ab12, but no rules were sealed before it."
    assert claim.finding == "other-rules"
    assert "not the sealed cd34" in say_finding(
        refute_with("other-rules", expected="cd34", found="ab12"), "en"
    )


def test_every_role_and_every_stage_has_a_name() -> None:
    assert NAMES["role"].keys() >= {role.value for role in Role}
    assert NAMES["stage"].keys() >= {stage.value for stage in (*Stage, *RoundStage)}
    assert NAMES["role"]["officer"] == ROLES["officer"]
    assert NAMES["stage"]["review"] == STAGES["review"]
    assert {code for code, _ in WHERE_EMPTY} | set(WHERE_EMPTY.values()) <= FINDINGS.keys()


def test_a_decision_is_named_with_what_it_is_on() -> None:
    assert "ruling on a conflict report-1" in say_finding(
        refute_with("none-to-reverse", decision="conflict/report-1"), "en"
    )
    assert "合法性审查" in say_finding(refute_with("none-to-reverse", decision="check"), "zh")


def test_instants_of_one_sentence_stay_exact_where_words_would_make_them_alike() -> None:
    late = refute_with(
        "act-late", deadline="review", at="2024-09-01T16:00:00.25+00:00", until="2024-09-01T16:00:00Z"
    )
    for lang in ("en", "zh"):
        assert "16:00:00.25+00:00" in say_finding(late, lang)
        assert "16:00:00Z" in say_finding(late, lang)


def test_both_duties_of_one_person_are_named() -> None:
    claim = refute_with("two-duties", duty="reviewer", other="officer", application="0001", person="p")
    assert "officer" not in say_finding(claim, "zh")
    assert "reviewer" not in say_finding(claim, "zh")
