"""A round in which decisions were reversed is proven; what was tampered with is refuted by the claim on reversals."""

from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Claim, Verdict
from audit.rules.catalogue import outcome_claims
from selection.kernel.actor import Role
from tests import factories as f
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.reversed_round import make_reversed_round
from tests.audit.support.small_round import judge_round
from tests.audit.support.tampering import (
    Change,
    Log,
    Tampered,
    change_actor,
    drop,
    insert,
    place,
    point,
    with_data,
)
from tests.bundling import write_bundle
from tests.selection.reversing.reversals import OTHER, SECOND

CODE = "decisions-reversed"
ENTERED, REVERSED, REOPENED = (
    "decision.reversal-entered.v1",
    "decision.reversed.v1",
    "conflict.reopened.v1",
)


def test_an_honest_round_with_reversals_is_proven(tmp_path: Path) -> None:
    claims = judge_round(tmp_path, make_reversed_round())
    refuted = [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED]
    assert (refuted, claims[CODE].verdict) == ([], Verdict.PROVEN)


def test_every_entry_of_it_follows_when_it_is_decided_again(tmp_path: Path) -> None:
    assert findings(decide_again(tmp_path, make_reversed_round())) == []


def _by_one(log: Log) -> Tampered:
    return drop(log, place(log, ENTERED)), place(drop(log, place(log, ENTERED)), REVERSED)


def _by_two_of_one_post(log: Log) -> Tampered:
    second = place(log, ENTERED) + 1
    log = change_actor(log, second, f.actor("officer-1", Role.OFFICER))
    return log, second


def _own(log: Log) -> Tampered:
    first = place(log, ENTERED)
    return change_actor(log, first, f.OFFICER), first


def _by_an_approver(log: Log) -> Tampered:
    first = place(log, ENTERED)
    return change_actor(log, first, f.actor("approver-1", Role.APPROVER)), first


def _decide_again(log: Log) -> Tampered:
    again = place(log, "application.check-passed.v1", nth=-1)
    return change_actor(log, again, f.OFFICER), again


def _same_team(log: Log) -> Tampered:
    again = place(log, "survey.team-appointed.v1", nth=-1)
    named = with_data(log, again, members=["surveyor-1", "surveyor-4", "surveyor-5"])
    return named, again


def _falls_less(log: Log) -> Tampered:
    first = place(log, ENTERED, nth=-2)
    return with_data(log, first, void=["meeting"]), first


def _not_whose(log: Log) -> Tampered:
    at = place(log, REVERSED)
    return with_data(log, at, people=["officer-2"]), at


def _rule_again(log: Log) -> Tampered:
    again = place(log, "conflict.ruled.v1", nth=-1)
    return change_actor(log, again, f.SUPERVISOR), again


def _nothing_stood(log: Log) -> Tampered:
    first = place(log, ENTERED)
    return with_data(log, first, was="failed"), first


def _notice_meanwhile(log: Log) -> Tampered:
    at, noticed = place(log, REVERSED, nth=-1) + 1, place(log, "round.notice-opened.v1")
    return insert(log, at, log[noticed].type, log[noticed].actor, log[noticed].data, like=noticed), at


def _once_more_by_one_of_them(log: Log) -> Tampered:
    again = place(log, "application.check-passed.v1", nth=-1)
    entered = place(log, ENTERED)
    return insert(log, again + 1, ENTERED, SECOND, log[entered].data, like=again), again + 1


def _by_who_made_it_before(log: Log) -> Tampered:
    again = place(log, "application.check-passed.v1", nth=-1)
    entered = place(log, ENTERED)
    return insert(log, again + 1, ENTERED, f.OFFICER, log[entered].data, like=again), again + 1


def _though_nobody_is_left(log: Log) -> Tampered:
    again = place(log, "application.check-passed.v1", nth=-1)
    entered = place(log, ENTERED)
    return insert(log, again + 1, ENTERED, f.SUPERVISOR, log[entered].data, like=again), again + 1


def _once_more_after_a_substitute(log: Log) -> Tampered:
    reversed_ = place(log, REVERSED, nth=-1)
    stand_in = f.actor("supervisor-7").with_(behalf=SECOND.person)
    log = change_actor(log, reversed_ - 1, stand_in)
    log = change_actor(log, reversed_, stand_in)
    made = place(log, "survey.reported.v1", nth=-1)
    data = {**log[reversed_ - 1].data, "stage": "appraisal", "void": []}
    return insert(log, made + 1, ENTERED, SECOND, data, like=made), made + 1


def _agree_though_others_ruled_since(log: Log) -> Tampered:
    at, made, third = place(log, REOPENED), place(log, "conflict.ruled.v1"), f.actor("supervisor-3")
    changed = insert(log, at - 1, log[made].type, third, log[made].data, like=at - 2)
    return with_data(changed, at + 1, people=[third.person]), at + 1


CASES: list[tuple[str, Change]] = [
    ("noticed-undecided", _notice_meanwhile),
    ("reversed-by-one", _by_one),
    ("reversed-own", _own),
    ("reversed-own", _by_two_of_one_post),
    ("reversed-by-other", _by_an_approver),
    ("decided-again", _decide_again),
    ("decided-again", _same_team),
    ("decided-again", _rule_again),
    ("falls-otherwise", _falls_less),
    ("not-whose-it-was", _not_whose),
    ("none-to-reverse", _nothing_stood),
    ("reversed-too-often", _once_more_by_one_of_them),
    ("reversed-own", _by_who_made_it_before),
    ("reversed-beyond-all", _though_nobody_is_left),
    ("reversed-too-often", _once_more_after_a_substitute),
    ("reversed-by-one", _agree_though_others_ruled_since),
]


AGAIN, CHECK_ENTERED, CHECK_DECLINED, CHECK_REVERSED = (
    "integrity-decided-again",
    "integrity.reversal-entered.v1",
    "integrity.reversal-declined.v1",
    "integrity.reversed.v1",
)


def _integrity_by_one(log: Log) -> Tampered:
    changed = drop(log, place(log, CHECK_ENTERED))
    return changed, place(changed, CHECK_REVERSED)


def _own_ruling(log: Log) -> Tampered:
    second = place(log, CHECK_REVERSED) - 1
    return change_actor(log, second, f.SUPERVISOR), second


def _rule_by_the_same(log: Log) -> Tampered:
    again = place(log, "integrity.ruled.v1", nth=-1)
    return change_actor(log, again, f.SUPERVISOR), again


def _nothing_falls(log: Log) -> Tampered:
    first = place(log, CHECK_ENTERED)
    return with_data(log, first, void=[]), first


def _not_whose_check(log: Log) -> Tampered:
    at = place(log, CHECK_REVERSED)
    return with_data(log, at, people=["supervisor-2"]), at


def _integrity_declined_for_nobody(log: Log) -> Tampered:
    at = place(log, CHECK_DECLINED)
    return with_data(log, at, people=[]), at


def _integrity_declined_by_its_own_post(log: Log) -> Tampered:
    at = place(log, CHECK_DECLINED)
    return change_actor(log, at, OTHER), at


def _integrity_declined_by_whose_it_was(log: Log) -> Tampered:
    at = place(log, CHECK_DECLINED)
    return change_actor(log, at, f.SUPERVISOR), at


def _integrity_agreed_to_though_declined(log: Log) -> Tampered:
    changed = drop(log, place(log, CHECK_DECLINED) + 1)
    return changed, place(changed, CHECK_REVERSED, nth=-1)


def _integrity_once_more_by_one_of_them(log: Log) -> Tampered:
    entered, made = place(log, CHECK_ENTERED, nth=-1), place(log, "integrity.checked.v1", nth=-1)
    return insert(log, made + 1, CHECK_ENTERED, f.OFFICER, log[entered].data, like=made), made + 1


def _integrity_though_nobody_is_left(log: Log) -> Tampered:
    entered, made = place(log, CHECK_ENTERED, nth=-1), place(log, "integrity.checked.v1", nth=-1)
    return insert(log, made + 1, CHECK_ENTERED, OTHER, log[entered].data, like=made), made + 1


OF_INTEGRITY: list[tuple[str, Change]] = [
    ("integrity-reversed-by-one", _integrity_by_one),
    ("integrity-reversed-by-own", _own_ruling),
    ("integrity-by-same", _rule_by_the_same),
    ("integrity-falls-otherwise", _nothing_falls),
    ("integrity-not-whose", _not_whose_check),
    ("integrity-declined-otherwise", _integrity_declined_for_nobody),
    ("integrity-declined-otherwise", _integrity_declined_by_its_own_post),
    ("integrity-declined-by-own", _integrity_declined_by_whose_it_was),
    ("integrity-reversed-by-one", _integrity_agreed_to_though_declined),
    ("integrity-reversed-often", _integrity_once_more_by_one_of_them),
    ("integrity-reversed-beyond-all", _integrity_though_nobody_is_left),
]
ALL = [*((CODE, *case) for case in CASES), *((AGAIN, *case) for case in OF_INTEGRITY)]


@pytest.mark.parametrize(("code", "finding", "change"), ALL, ids=[change.__name__ for _, _, change in ALL])
def test_what_was_tampered_with_is_found(code: str, finding: str, change: Change, tmp_path: Path) -> None:
    log, at = change(make_reversed_round().log)
    with Bundle(write_bundle(tmp_path / "round.zip", make_reversed_round(), log)) as bundle:
        claim: Claim = next(claim for claim in outcome_claims(bundle) if claim.code == code)
    assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, finding, point(at))
