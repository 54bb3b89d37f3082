"""What was carried out is what was decided, and every application ends once, as the list says."""

from pathlib import Path
from typing import Any

import pytest

from audit.claims import Verdict
from tests.audit.support.tampering import (
    Change,
    Log,
    Tampered,
    check_found,
    claims_of,
    drop,
    insert,
    place,
    with_data,
)
from tests.round_story import tell_round

pytestmark = pytest.mark.long


def _change_entry(type_: str, number: str, **data: Any) -> Change:
    def change(log: Log) -> Tampered:
        at = place(log, type_, number)
        return with_data(log, at, **data), at

    return change


def _swap_entry(type_: str, number: str, other: str, data: dict[str, Any]) -> Change:
    """An entry is of another type: the opposite of what was decided."""

    def change(log: Log) -> Tampered:
        at = place(log, type_, number)
        kept = {"command_id": log[at].data["command_id"]}
        leaf = log[at].model_copy(update={"type": other, "data": {**data, **kept}})
        return [*log[:at], leaf, *log[at + 1 :]], at

    return change


def _release_at_will(log: Log) -> Tampered:
    at = place(log, "application.recommended.v1", "0003") + 1
    actor = log[at - 1].actor
    changed = insert(
        log, at, "application.recommendation-released.v1", actor, {"unit": "unit-1"}, like=at - 1
    )
    return changed, at


def _lapse_though_recommended(log: Log) -> Tampered:
    at = place(log, "application.check-opened.v1", "0010")
    data = {"outcome": "not-recommended", "deadline": log[at].data["deadline"]}
    return insert(log, at + 1, "application.lapsed.v1", log[at].actor, data, like=at), at + 1


def _free_at_will(log: Log) -> Tampered:
    at = place(log, "application.recommended.v1", "0003") + 1
    like = place(log, "list.recommended.v1", "unit-1")
    data = {"application": "0003", "why": "edited"}
    return insert(log, at, "list.freed.v1", log[at - 1].actor, data, like=like), at


def _over_a_report(log: Log) -> Tampered:
    like = place(log, "conflict.reported.v1", "0003")
    at = place(log, "application.not-selected.v1", "0003")
    judged_by = log[place(log, "review.submitted.v1", "0003")].data["expert"]
    data = {**log[like].data, "report": "report-unruled", "expert": judged_by}
    return insert(log, at, "conflict.reported.v1", log[like].actor, data, like=like), at + 1


CARRIED_OUT = [
    _over_a_report,
    _change_entry("application.shortlisted.v1", "0001", rank=2),
    _change_entry("application.shortlisted.v1", "0005", reason=None),
    _swap_entry(
        "application.not-shortlisted.v1", "0010", "application.shortlisted.v1", {"rank": 0, "reason": None}
    ),
    _swap_entry(
        "application.shortlisted.v1", "0001", "application.not-shortlisted.v1", {"rank": 1, "reason": None}
    ),
    _change_entry("application.proposed.v1", "0004", rank=1),
    _change_entry("application.in-reserve.v1", "0002", proposal=2),
    _change_entry("notice.opened.v1", "0001", proposal=2),
    _change_entry("application.listed.v1", "0001", place=2),
    _swap_entry("application.listed.v1", "0001", "application.not-selected.v1", {"proposal": 2}),
    _release_at_will,
    _lapse_though_recommended,
    _free_at_will,
]


def _end_twice(log: Log) -> Tampered:
    at = place(log, "application.not-selected.v1", "0002")
    return insert(log, at + 1, "application.not-selected.v1", log[at].actor, log[at].data, like=at), at + 1


def _no_such_outcome(log: Log) -> Tampered:
    at = place(log, "application.lapsed.v1", "0008")
    return with_data(log, at, outcome="forgotten"), at


def _end_left_out(log: Log) -> Tampered:
    changed = drop(log, place(log, "application.not-selected.v1", "0002"))
    return changed, place(changed, "round.list-issued.v1", nth=-1)


def _leave_out_places(log: Log) -> Tampered:
    at = place(log, "round.list-issued.v1")
    return with_data(log, at, places={}), place(log, "round.list-issued.v1", nth=-1)


CHANGES = (
    *(("decisions-carried-out", change) for change in CARRIED_OUT),
    *(("outcomes-final", change) for change in (_end_twice, _no_such_outcome)),
    *(("list-equals-outcomes", change) for change in (_end_left_out, _leave_out_places)),
)


@pytest.mark.parametrize(("code", "change"), CHANGES)
def test_what_was_not_decided_is_found_at_its_entry(tmp_path: Path, code: str, change: Change) -> None:
    check_found(tmp_path, code, change)


def test_the_outcomes_of_an_open_round_are_not_provable(tmp_path: Path) -> None:
    log = tell_round().log
    claims = claims_of(tmp_path, log[: place(log, "round.list-issued.v1", nth=-1)])
    found = claims.pop("list-equals-outcomes")
    assert (found.verdict, found.finding) == (Verdict.NOT_PROVABLE, "round-open")
    assert {claim.verdict for claim in claims.values()} == {Verdict.PROVEN}
