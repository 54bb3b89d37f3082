"""The rules that were sealed are the ones that every entry was made under."""

from pathlib import Path

import pytest

from selection.kernel.actor import Role
from selection.rules.model import RoundRules, rules_hash
from tests import factories as f
from tests.audit.support.tampering import (
    Change,
    Log,
    Tampered,
    change_actor,
    check_found,
    claim_of,
    insert,
    move,
    place,
    with_data,
)
from tests.round_story import tell_round

pytestmark = pytest.mark.long


def _other_rules(log: Log) -> Tampered:
    rules = RoundRules.model_validate({**log[0].data["rules"], "places": 4})
    return with_data(log, 0, rules=rules.model_dump(mode="json"), rules_hash=rules_hash(rules)), 0


def _rules_beside_the_hash(log: Log) -> Tampered:
    return with_data(log, 0, rules={**log[0].data["rules"], "places": 4}), 0


def _deadline_beside_the_calendar(log: Log) -> Tampered:
    deadlines = {**log[0].data["deadlines"], "review": "2024-11-30T16:00:00Z"}
    return with_data(log, 0, deadlines=deadlines), 0


def _rehearsal(log: Log) -> Tampered:
    return with_data(log, 0, rehearsal=True), 0


def _under_other_rules(log: Log) -> Tampered:
    at = place(log, "review.submitted.v1", "0001")
    changed = list(log)
    changed[at] = log[at].model_copy(update={"rules": "0" * 64})
    return changed, at


def _other_staff(log: Log) -> Tampered:
    at = place(log, "application.submitted.v1", "0003")
    return with_data(log, at, supervisors=["supervisor-1"]), at


RULES = [
    _other_rules,
    _rules_beside_the_hash,
    _deadline_beside_the_calendar,
    _rehearsal,
    _under_other_rules,
    _other_staff,
]


def _pass_before_check(log: Log) -> Tampered:
    at = place(log, "application.check-passed.v1", "0001")
    to = place(log, "application.check-opened.v1", "0001")
    return move(log, at, to), to


def _after_the_end(log: Log) -> Tampered:
    ended = place(log, "application.not-shortlisted.v1", "0010")
    listed = place(log, "application.shortlisted.v1", "0001")
    data = {"rank": 1, "reason": None}
    return insert(
        log, ended + 1, "application.shortlisted.v1", log[listed].actor, data, like=ended
    ), ended + 1


def _in_the_wrong_role(log: Log) -> Tampered:
    at = place(log, "application.check-passed.v1", "0001")
    return change_actor(log, at, f.actor("supervisor-1")), at


def _stage_left_out(log: Log) -> Tampered:
    at = place(log, "round.stage-finished.v1", finished="survey")
    return with_data(log, at, next="proposal"), at


STAGES = [_pass_before_check, _after_the_end, _in_the_wrong_role, _stage_left_out]


def _officer_of_another_round(log: Log) -> Tampered:
    at = place(log, "application.check-passed.v1", "0001")
    return change_actor(log, at, f.actor("officer-3")), at


def _recommender_of_another_unit(log: Log) -> Tampered:
    at = place(log, "list.recommended.v1", "sh")
    return change_actor(log, at, f.actor("agent-bj", Role.RECOMMENDER)), at


def _applicant_of_another_host(log: Log) -> Tampered:
    at = place(log, "application.submitted.v1", "0003")
    return change_actor(with_data(log, at, agent="host-0002"), at, f.actor("host-0002", Role.APPLICANT)), at


def _chair_who_is_none(log: Log) -> Tampered:
    at = place(log, "appraisal.recorded.v1", "0001")
    other = log[at].data["present"][1]
    return change_actor(log, at, f.actor(other, Role.CHAIR)), at


def _examiner_who_is_none(log: Log) -> Tampered:
    at = place(log, "objection.settled.v1", "0001")
    return change_actor(log, at, f.actor("examiner-3")), at


ACTORS = [
    _officer_of_another_round,
    _recommender_of_another_unit,
    _applicant_of_another_host,
    _chair_who_is_none,
    _examiner_who_is_none,
]

CHANGES = (
    *(("rules-sound", change) for change in RULES),
    *(("acts-in-stage", change) for change in STAGES),
    *(("actors-entitled", change) for change in ACTORS),
)


@pytest.mark.parametrize(("code", "change"), CHANGES)
def test_what_the_rules_do_not_allow_is_found_at_its_entry(tmp_path: Path, code: str, change: Change) -> None:
    check_found(tmp_path, code, change)


def test_numbers_that_whoever_sealed_the_rules_could_know_are_found(tmp_path: Path) -> None:
    rules = f.rules(draws=f.lottery(count=5, least=0, most=9, as_drawn=True))
    log = with_data(tell_round().log, 0, rules=rules.model_dump(mode="json"), rules_hash=rules_hash(rules))
    claim = claim_of(tmp_path, "rules-sound", log)
    assert (claim.finding, claim.point) == ("numbers-foreseeable", f"{f.ROUND}#0")


@pytest.mark.parametrize(
    "table", [f.levels(issue_list="signed"), f.levels(no_act="signed"), {"issue-list": "signed-by-two"}]
)
def test_rules_that_do_not_say_of_each_act_how_it_is_signed_are_found(
    tmp_path: Path, table: dict[str, str]
) -> None:
    rules = f.rules(assurance=table)
    log = with_data(tell_round().log, 0, rules=rules.model_dump(mode="json"), rules_hash=rules_hash(rules))
    claim = claim_of(tmp_path, "rules-sound", log)
    assert (claim.finding, claim.point) == ("levels-unsound", f"{f.ROUND}#0")
