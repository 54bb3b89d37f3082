"""What is seldom tried by anybody, and found as well: twice the same, out of turn, or on nothing."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.claims import Verdict
from selection.kernel.proof import Signed
from tests import factories as f
from tests.audit.support.tampering import (
    Change,
    Log,
    Tampered,
    claim_of,
    drop,
    insert,
    later,
    move,
    place,
    point,
    with_data,
)
from tests.round_story import tell_round
from tests.signatures import terms_at

pytestmark = pytest.mark.long


def _again(type_: str, number: str = "", nth: int = 0, **data: Any) -> Change:
    """An entry stands twice, the second time perhaps with other values."""

    def change(log: Log) -> Tampered:
        at = place(log, type_, number, nth)
        values = {**log[at].data, **data}
        return insert(log, at + 1, type_, log[at].actor, values, like=at), at + 1

    return change


def _without(type_: str, number: str, then: str, nth: int = 0) -> Change:
    """An entry is left out, and what rests on it is found."""

    def change(log: Log) -> Tampered:
        changed = drop(log, place(log, type_, number))
        return changed, place(changed, then, number, nth)

    return change


def _before(type_: str, number: str, other: str, nth: int = 0) -> Change:
    """An entry comes before another that must come first."""

    def change(log: Log) -> Tampered:
        to = place(log, other, number, nth)
        return move(log, place(log, type_, number), to), to

    return change


def _with(type_: str, number: str = "", nth: int = 0, **data: Any) -> Change:
    def change(log: Log) -> Tampered:
        at = place(log, type_, number, nth)
        return with_data(log, at, **data), at

    return change


def _other_region(log: Log) -> Tampered:
    at = place(log, "application.submitted.v1", "0001")
    submission = log[at].data["submission"]
    host = {**submission["host"], "region": "CN-SH"}
    changed = with_data(log, at, submission={**submission, "region": "CN-SH", "host": host})
    return changed, place(changed, "application.recommended.v1", "0001")


def _another_version(log: Log) -> Tampered:
    listed = place(log, "list.recommended.v1", "sh")
    at = place(log, "application.recommended.v1", "0004")
    return with_data(with_data(log, listed, revision=2), at, revision=2), at


def _two_routes(log: Log) -> Tampered:
    listed, at = place(log, "list.recommended.v1", "unit-2"), place(log, "application.recommended.v1", "0006")
    earlier = place(log, "application.recommended.v1", "0003")
    instead = insert(drop(log, at), at, log[at].type, log[at].actor, log[at].data, like=earlier)
    return with_data(instead, listed, application="0003"), at


def _notice_again(log: Log) -> Tampered:
    at, to = place(log, "round.notice-opened.v1", nth=1), place(log, "round.proposed.v1", nth=1)
    return move(with_data(log, at, proposal=1), at, to), to


def _present(log: Log) -> Tampered:
    at = place(log, "appraisal.recorded.v1", "0001")
    return with_data(log, at, aside=log[at].data["present"][:2], votes_for=3), at


def _list_in_notice(log: Log) -> Tampered:
    passed = place(log, "notice.passed.v1", "0001", nth=1)
    changed = drop(log, passed)
    return changed, place(changed, "round.list-issued.v1")


def _idle_reason(log: Log) -> Tampered:
    at = place(log, "round.shortlist-fixed.v1")
    reasons = log[at].data["reasons"]
    return with_data(log, at, reasons={**reasons, "0008": reasons["0005"]}), at


def _extend_past_next(log: Log) -> Tampered:
    at = place(log, "round.deadline-extended.v1")
    opened = log[0].data["deadlines"]
    beyond = log[at].at + timedelta(days=400)
    data = {"name": "review", "old": opened["review"], "until": beyond.replace(hour=16, minute=0).isoformat()}
    return with_data(log, at, **data), at


def _outage(**changes: Any) -> Change:
    def change(log: Log) -> Tampered:
        at = place(log, "round.outage-recorded.v1")
        return with_data(log, at, **changes), at

    return change


def _outage_over_what_is_settled(log: Log) -> Tampered:
    at = place(log, "round.outage-recorded.v1")
    extended = log[place(log, "round.deadline-extended.v1")].data["until"]
    names = {"recommendation": extended, "check": extended, **log[at].data["moved"]}
    return with_data(log, at, began=extended, moved=names), at


def _outage_too_late(log: Log) -> Tampered:
    at = place(log, "round.outage-recorded.v1")
    return later(log, at, timedelta(days=3)), at


def _commit_beside(log: Log) -> Tampered:
    at = place(log, "draw.committed.v1", draw="second")
    data = {**log[at].data, "draw": "third"}
    return insert(log, at + 1, "draw.committed.v1", log[at].actor, data, like=at), at + 1


def _void_draw(draw: str) -> Change:
    """Insert that a draw was voided after the second one was committed."""

    def change(log: Log) -> Tampered:
        at = place(log, "draw.committed.v1", draw="second")
        data = {"draw": draw, "reason": {"id": "reason", "sha256": "0" * 64}, "expired": False}
        return insert(log, at + 1, "draw.voided.v1", log[at].actor, data, like=at), at + 1

    return change


def _open_though_voided(log: Log) -> Tampered:
    voided, _ = _void_draw("second")(log)
    return voided, place(voided, "draw.opened.v1", draw="second")


def _list_though_unruled(log: Log) -> Tampered:
    at = place(log, "integrity.ruled.v1")
    changed = drop(log, at)
    return changed, place(changed, "round.list-issued.v1")


def _propose_though_stopped(log: Log) -> Tampered:
    """Insert a hit that was upheld before the last proposal."""
    at = place(log, "round.proposed.v1", nth=1)
    checked, ruled = log[place(log, "integrity.checked.v1")], log[place(log, "integrity.ruled.v1")]
    number = log[at].data["items"][0]["application"]
    hit = {**checked.data, "hits": {number: {"id": "hit", "sha256": "0" * 64}}}
    found = insert(log, at, "integrity.checked.v1", checked.actor, hit, like=at)
    upheld = {**ruled.data, "application": number, "cleared": False}
    return insert(found, at + 1, "integrity.ruled.v1", ruled.actor, upheld, like=at), at + 2


def _lift_for_nothing(log: Log) -> Tampered:
    at = place(log, "integrity.ruled.v1") + 1
    ruled = log[at - 1]
    data = {"application": ruled.data["application"], "text": ruled.data["text"]}
    return insert(log, at, "integrity.stop-lifted.v1", ruled.actor, data, like=at - 1), at


def _reopen(**changes: Any) -> Change:
    """Insert that the ruling on the first objection was reversed."""

    def change(log: Log) -> Tampered:
        at = place(log, "objection.settled.v1", "0001")
        key, examiners = log[at].data["objection"], ("examiner-1", "examiner-2")
        data = {
            "objection": key,
            "was": log[at].data["outcome"],
            "examiners": examiners,
            "text": log[at].data["text"],
        }
        by = f.SUPERVISOR
        return insert(log, at + 1, "objection.reopened.v1", by, {**data, **changes}, like=at), at + 1

    return change


def _settle_alone(log: Log) -> Tampered:
    """One examiner signs the ruling where acts are signed, and nobody beside them."""
    at = place(log, "objection.settled.v1", "0001")
    signed = Signed(proof=terms_at(log[at].at), command={})
    return [*log[:at], log[at].model_copy(update={"signed": signed}), *log[at + 1 :]], at


CASES: list[tuple[str, str, Change]] = [
    ("quotas-kept", "other-region", _other_region),
    ("quotas-kept", "other-version", _another_version),
    ("quotas-kept", "two-routes", _two_routes),
    ("quotas-kept", "listed-twice", _again("list.recommended.v1", "sh")),
    (
        "reviews-locked",
        "not-accepted",
        _without("panel.invitation-accepted.v1", "0001", "review.submitted.v1"),
    ),
    ("reviews-locked", "not-invited", _again("panel.invitation-accepted.v1", "0001")),
    ("reviews-locked", "review-outlives-seat", _without("review.voided.v1", "0002", "panel.seat-vacated.v1")),
    ("scores-founded", "seat-open", _before("application.scored.v1", "0001", "review.submitted.v1", -1)),
    ("appraisals-add-up", "too-few-present", _present),
    ("approvals-in-order", "checked-twice", _again("integrity.checked.v1")),
    ("approvals-in-order", "no-open-hit", _again("integrity.ruled.v1")),
    ("approvals-in-order", "not-proposed", _notice_again),
    ("approvals-in-order", "notice-not-passed", _list_in_notice),
    ("approvals-in-order", "other-proposal", _with("approval.given.v1", proposal=1)),
    ("integrity-stops-hold", "stopped-yet-listed", _list_though_unruled),
    ("integrity-stops-hold", "stopped-yet-proposed", _propose_though_stopped),
    ("integrity-stops-hold", "lifted-without-stop", _lift_for_nothing),
    ("reversals-founded", "reversed-nothing", _reopen(was="upheld")),
    ("reversals-founded", "reversal-differs", _reopen(examiners=("examiner-3",))),
    ("objections-settled", "no-open-objection", _again("objection.settled.v1", "0001")),
    ("objections-settled", "settled-alone", _settle_alone),
    ("replaced-openly", "replaced-unexplained", _again("survey.team-appointed.v1", "0001")),
    ("replaced-openly", "left-differs", _with("survey.team-appointed.v1", "0001", left=["surveyor-4"])),
    ("objections-settled", "objection-raised-twice", _again("objection.raised.v1", "0001")),
    ("windows-measured", "no-day", _with("survey.reported.v1", "0001", day="2024-02-30")),
    ("windows-measured", "day-outside", _with("survey.reported.v1", "0001", day="1900-01-01")),
    ("windows-measured", "day-outside", _with("survey.reported.v1", "0001", day="2099-12-31")),
    ("objections-settled", "not-the-objector", _with("objection.raised.v1", "0001", objector="objector-2")),
    ("draws-committed", "drawn-twice", _again("draw.opened.v1")),
    ("draws-committed", "draw-beside", _commit_beside),
    ("draws-committed", "drawn-twice", _open_though_voided),
    ("draws-committed", "drawn-twice", _void_draw("main")),
    ("draws-committed", "no-result", _with("draw.drawn.v1", clashing=["load"])),
    ("shortlist-once", "shortlist-made-anew", _again("round.shortlist-fixed.v1")),
    ("outcome-ranks", "outcome-reason-idle", _idle_reason),
    ("rules-sound", "rules-sealed-twice", _again("round.opened.v1")),
    ("deadlines-dated", "deadline-passes-next", _extend_past_next),
    ("deadlines-dated", "outage-unclear", _outage(began="2025-01-01T00:00:00Z")),
    ("deadlines-dated", "other-deadlines-moved", _outage(moved={})),
    ("deadlines-dated", "settled-deadline-moved", _outage_over_what_is_settled),
    ("deadlines-dated", "outage-moves-nothing", _outage_too_late),
]


@pytest.mark.parametrize(("code", "finding", "change"), CASES)
def test_the_finding_is_named(tmp_path: Path, code: str, finding: str, change: Change) -> None:
    log, at = change(tell_round().log)
    claim = claim_of(tmp_path, code, log)
    assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, finding, point(at)), claim
