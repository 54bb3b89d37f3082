"""Nobody cites another person's content that the visibility table does not show them there."""

from pathlib import Path
from typing import Any

import pytest

from audit.claims import Verdict
from tests import factories as f
from tests.audit.support.tampering import (
    Change,
    Log,
    Tampered,
    change_actor,
    check_found,
    claim_of,
    place,
    with_data,
)
from tests.round_story import tell_round

pytestmark = pytest.mark.long

CODE = "citations-by-right"
FORM = f.ref("form").with_(id="form.host-0002")
"""The form of application 0002, as its host unit stored it."""


def cite_form(type_: str, number: str, **data: Any) -> Change:
    """An entry that refers to the form in some field."""

    def change(log: Log) -> Tampered:
        at = place(log, type_, number)
        form = {"id": FORM.id, "sha256": FORM.sha256}
        return with_data(log, at, **dict.fromkeys(data, form)), at

    return change


def _by_withdrawal(log: Log) -> Tampered:
    return cite_form("application.withdrawn.v1", "0007", reason=True)(log)


def _by_evidence(log: Log) -> Tampered:
    at = place(log, "application.submitted.v1", "0003")
    submission = log[at].data["submission"]
    form = {"id": FORM.id, "sha256": FORM.sha256}
    return with_data(log, at, submission={**submission, "evidence": [form]}), at


def _by_reason(log: Log) -> Tampered:
    at = place(log, "application.withdrawn.v1", "0007")
    return change_actor(log, at, log[at].actor.with_(reason=FORM)), at


def _by_an_expert_before_the_pledge(log: Log) -> Tampered:
    return cite_form("panel.invitation-accepted.v1", "0002", pledge=True)(log)


def _by_an_officer_in_another_case(log: Log) -> Tampered:
    return cite_form("application.check-passed.v1", "0003", text=True)(log)


@pytest.mark.parametrize(
    "change",
    [
        _by_withdrawal,
        _by_evidence,
        _by_reason,
        _by_an_expert_before_the_pledge,
        _by_an_officer_in_another_case,
    ],
)
def test_what_was_not_theirs_to_cite_is_found(tmp_path: Path, change: Change) -> None:
    check_found(tmp_path, CODE, change)


def _by_a_review(log: Log) -> Tampered:
    """A reviewer hands the application's own form in again, as what is for the panel."""
    at = place(log, "review.submitted.v1", "0002")
    form = {**log[at].data["form"], "answers": {"id": FORM.id, "sha256": FORM.sha256}}
    return with_data(log, at, form=form), at


@pytest.mark.parametrize(
    "change",
    [
        cite_form("application.check-passed.v1", "0002", text=True),
        _by_a_review,
    ],
)
def test_what_shows_to_them_they_may_cite(tmp_path: Path, change: Change) -> None:
    log, _ = change(tell_round().log)
    claim = claim_of(tmp_path, CODE, log)
    assert claim.verdict is Verdict.PROVEN, claim


def test_the_clean_round_is_proven_and_each_citation_counted(tmp_path: Path) -> None:
    claim = claim_of(tmp_path, CODE)
    assert (claim.verdict, claim.counted > 100) == (Verdict.PROVEN, True)
