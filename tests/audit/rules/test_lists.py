"""Shortlist, proposal, approvals, objections and the list: a swap or a missing reason is found at its entry."""

from pathlib import Path
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Verdict
from audit.rules.catalogue import outcome_claims
from tests import factories as f
from tests.audit.support.tampering import (
    Change,
    Log,
    Tampered,
    change_actor,
    check_found,
    claim_of,
    drop,
    insert,
    move,
    place,
    point,
    with_data,
)
from tests.bundling import write_bundle
from tests.round_story import tell_round, tell_signed_round

pytestmark = pytest.mark.long


def _change_entry(type_: str, nth: int = 0, number: str = "", **data: Any) -> Change:
    """An entry of the type says something else."""

    def change(log: Log) -> Tampered:
        at = place(log, type_, number, nth)
        return with_data(log, at, **data), at

    return change


def _ranks_swapped(log: Log) -> Tampered:
    at = place(log, "round.shortlist-fixed.v1")
    listed = log[at].data["listed"]
    swapped = {**listed, "0001": listed["0002"], "0002": listed["0001"]}
    return with_data(log, at, listed=swapped), at


def _leave_off_without_reason(log: Log) -> Tampered:
    at = place(log, "round.shortlist-fixed.v1")
    listed = {number: rank for number, rank in log[at].data["listed"].items() if number != "0003"}
    return with_data(log, at, listed=listed), at


def _still_under_review(log: Log) -> Tampered:
    at = place(log, "round.shortlist-fixed.v1")
    to = place(log, "application.scored.v1", "0003")
    return move(log, at, to), to


RANKS = [
    _ranks_swapped,
    _leave_off_without_reason,
    _change_entry("round.shortlist-fixed.v1", reasons={}),
]
SHORTLIST = [
    _still_under_review,
    _change_entry("round.shortlist-fixed.v1", listed={}),
]


def _items(log: Log, at: int, *numbers: str) -> list[dict[str, Any]]:
    model = log[at].data["items"][0]
    return [{**model, "application": number, "rank": rank} for rank, number in enumerate(numbers, 1)]


def _proposing(*numbers: str) -> Change:
    def change(log: Log) -> Tampered:
        at = place(log, "round.proposed.v1")
        return with_data(log, at, items=_items(log, at, *numbers)), at

    return change


CHOICES = [
    _change_entry("round.proposed.v1", deviations={}),
    _change_entry("round.proposed.v1", ranking=["0002", "0001", "0004", "0005", "0003"]),
    _proposing("0001", "0005"),
    _proposing("0004", "0001"),
    _proposing("0001", "0010"),
    # Nobody, with reasons for one of five.
    _proposing(),
]
PROPOSAL = [
    _proposing("0001", "0002", "0004", "0005"),
    _proposing("0001", "0001"),
    _change_entry("round.proposed.v1", 1, proposal=3),
]


def _without_the_first(log: Log) -> tuple[Log, int]:
    """The log up to its second proposal, which no longer has the item that was sent back."""
    at = place(log, "round.proposed.v1", nth=1)
    reason = log[at].data["items"][0]["reason"]
    return with_data(log, at, items=_items(log, at, "0002"), deviations={"0001": reason})[: at + 1], at


def _leaving_out(*left_out: str) -> Change:
    def change(log: Log) -> Tampered:
        changed, at = _without_the_first(log)
        return with_data(changed, at, left_out=list(left_out)), at

    return change


LEFT_OUT = [
    _without_the_first,
    _leaving_out("0004"),
    _leaving_out("0001", "0004"),
    _change_entry("round.proposed.v1", 1, left_out=["0001"]),
    _change_entry("round.proposed.v1", left_out=["0002"]),
]


def _stage_finished_early(log: Log) -> Tampered:
    at = place(log, "round.stage-finished.v1", finished="survey")
    to = place(log, "survey.reported.v1", nth=-1)
    return move(log, at, to), to


def _settle_early(log: Log) -> Tampered:
    at = place(log, "round.held-settled.v1")
    to = place(log, "notice.passed.v1", "0005")
    return move(log, at, to), to


FINISHED = [
    _stage_finished_early,
    _change_entry("round.stage-finished.v1", 1, counts={"review": 6}),
    _change_entry("round.stage-finished.v1", -2, removed=[]),
    _change_entry("round.stage-finished.v1", -2, held=[]),
    _change_entry("round.held-settled.v1", released=[]),
    _change_entry("round.held-settled.v1", released=[], removed=["0005"]),
    _settle_early,
]


def _level_skipped(log: Log) -> Tampered:
    at = place(log, "approval.given.v1", level="department")
    return drop(log, at), at


def _approve_before_check(log: Log) -> Tampered:
    at = place(log, "approval.given.v1", level="department")
    to = place(log, "integrity.ruled.v1")
    return move(log, at, to), to


def _approve_twice_by_one(log: Log) -> Tampered:
    at = place(log, "approval.given.v1", level="ministry", nth=1)
    return change_actor(log, at, f.actor("approver-2")), at


def _approve_at_another_level(log: Log) -> Tampered:
    at = place(log, "approval.given.v1", level="ministry")
    return change_actor(log, at, f.actor("approver-1")), at


def _one_is_enough(log: Log) -> Tampered:
    at = place(log, "approval.given.v1", level="ministry")
    return with_data(log, at, passed=True), at


def _one_approval_short(log: Log) -> Tampered:
    changed = drop(log, place(log, "approval.given.v1", level="ministry", nth=1))
    return changed, place(changed, "round.list-issued.v1")


APPROVALS = [
    _level_skipped,
    _approve_before_check,
    _approve_twice_by_one,
    _approve_at_another_level,
    _one_is_enough,
    _one_approval_short,
    _change_entry("round.list-issued.v1", places={"0001": 1, "0002": 2}),
    _change_entry("round.list-issued.v1", places={}),
    _change_entry("integrity.checked.v1", hits={"0004": {"id": "hit", "sha256": "0" * 64}}),
    _change_entry("approval.sent-back.v1", items=["0004"]),
]


LISTS = [
    _change_entry("round.list-issued.v1", places={"0001": 1, "0002": 2}),
    _change_entry("round.list-issued.v1", places={}),
]


def _settle_by_nobody(log: Log) -> Tampered:
    at = place(log, "objection.settled.v1", "0001")
    appointed = place(log, "objection.examiners-appointed.v1", "0001")
    return drop(log, appointed), at - 1


def _examine_by_one(log: Log) -> Tampered:
    at = place(log, "objection.examiners-appointed.v1", "0001")
    return with_data(log, at, examiners=["examiner-1"]), at


def _remove_without_ruling(log: Log) -> Tampered:
    at = place(log, "application.removed.v1", "0004")
    settled = place(log, "objection.settled.v1", "0004")
    return with_data(log, settled, outcome="dismissed"), at


def _pass_with_open_objection(log: Log) -> Tampered:
    changed = drop(log, place(log, "objection.settled.v1", "0001"))
    return changed, place(changed, "notice.passed.v1", "0001")


def _pass_though_upheld(log: Log) -> Tampered:
    changed = with_data(log, place(log, "objection.settled.v1", "0001"), outcome="upheld")
    return changed, place(changed, "notice.passed.v1", "0001")


def _hold_for_nothing(log: Log) -> Tampered:
    at = place(log, "notice.passed.v1", "0001")
    return [*log[:at], log[at].model_copy(update={"type": "notice.held.v1"}), *log[at + 1 :]], at


def _withdraw_by_another(log: Log) -> Tampered:
    at = place(log, "objection.raised.v1", "0001")
    data = {"objection": "objection-1", "reason": log[at].data["text"]}
    return insert(log, at + 1, "objection.withdrawn.v1", f.actor("objector-2"), data, like=at), at + 1


OBJECTIONS = [
    _withdraw_by_another,
    _change_entry("objection.raised.v1", evidence=[]),
    _change_entry("objection.examiners-appointed.v1", until="2030-01-01T16:00:00Z"),
    _hold_for_nothing,
    _settle_by_nobody,
    _examine_by_one,
    _remove_without_ruling,
    _pass_with_open_objection,
    _pass_though_upheld,
]

CHANGES = (
    *(("outcome-ranks", change) for change in RANKS),
    *(("outcome-choice", change) for change in CHOICES),
    *(("outcome-list", change) for change in LISTS),
    *(("shortlist-once", change) for change in SHORTLIST),
    *(("proposal-in-order", change) for change in PROPOSAL),
    *(("proposal-in-order", change) for change in LEFT_OUT),
    *(("stages-finished", change) for change in FINISHED),
    *(("approvals-in-order", change) for change in APPROVALS),
    *(("objections-settled", change) for change in OBJECTIONS),
)


@pytest.mark.parametrize(("code", "change"), CHANGES)
def test_a_list_that_does_not_follow_is_found_at_its_entry(tmp_path: Path, code: str, change: Change) -> None:
    check_found(tmp_path, code, change)


def test_an_entry_that_nothing_can_be_made_of_ends_every_claim_about_the_outcome(tmp_path: Path) -> None:
    log = tell_round().log
    at = place(log, "panel.seated.v1", "0001")
    changed = with_data(log, at, draw="no-such-draw")
    with Bundle(write_bundle(tmp_path / "round.zip", tell_round(), changed)) as bundle:
        claims = [claim for claim in outcome_claims(bundle) if claim.code.startswith("outcome-")]
    assert len(claims) == 5
    for claim in claims:
        assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, "state-unfit", point(at))


def test_what_a_proposal_says_that_it_leaves_out_it_may_leave_out(tmp_path: Path) -> None:
    log, _ = _leaving_out("0001")(tell_round().log)
    assert claim_of(tmp_path, "proposal-in-order", log).verdict is Verdict.PROVEN


@pytest.mark.parametrize(("kind", "finding"), [("propose-deviating", ""), ("propose", "deviating-by-one")])
def test_where_people_sign_the_act_is_the_one_that_two_sign(tmp_path: Path, kind: str, finding: str) -> None:
    log, at = _leaving_out("0001")(tell_signed_round().log)
    signed = log[at].signed
    assert signed is not None
    assert signed.command is not None
    asked = signed.with_(command={**signed.command, "kind": kind})
    log = [*log[:at], log[at].with_(signed=asked)]
    with Bundle(write_bundle(tmp_path / "round.zip", tell_signed_round(), log)) as bundle:
        claim = next(claim for claim in outcome_claims(bundle) if claim.code == "proposal-in-order")
    assert (claim.finding, claim.point) == (finding, point(at) if finding else "")
