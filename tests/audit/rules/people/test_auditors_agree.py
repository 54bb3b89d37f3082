"""An auditor's part in who holds a post, where one person at most was left: each rule of it, broken, is found."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.kernel.actor import Actor, Role
from selection.round import commands as r
from selection.round.people import agreeing
from tests import factories as f
from tests.audit.rules.people.test_agreeing import (
    AGREED,
    CHANGE,
    DECLINED,
    ENTRY,
    WHY,
    judge,
    make_agreed,
    wait,
)
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.audit.support.tampering import Log, change_actor, insert, place, with_data
from tests.desk import pause_counting
from tests.whole_round import WholeRound

AUDITOR = f.actor("auditor-1")
STOPPED = ("officer-2", "supervisor-1", "supervisor-2", "approver-1", "approver-2", "approver-3")
COME = r.AgreeOnPost(post="supervisors", add=("supervisor-3", "supervisor-4"), reason=f.ref())


def lose(*people: str) -> WholeRound:
    made = before_the_draw(10)
    for name in ("supervisor-3", "supervisor-4"):
        made.register(f.person(name, "supervisor"))
    for name in people:
        made.register(f.person(name, name.rpartition("-")[0], active=False))
    return made


@cache
def make_audited() -> WholeRound:
    with pause_counting():
        made = lose(*STOPPED)
        made.round.act(COME, AUDITOR)
        wait(made)
        made.round.act(COME, f.OFFICER)
        return made


def test_whoever_holds_a_post_and_is_active_is_left_without_its_role_too(tmp_path: Path) -> None:
    made = lose(*STOPPED)
    made.register(f.person("supervisor-1", "expert"))
    with pause_counting(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(agreeing, "_list_left", lambda *_: frozenset({"officer-1"}))
        made.round.act(COME, AUDITOR)
    assert judge_round(tmp_path, made)[AGREED].verdict is Verdict.REFUTED


def test_a_round_to_which_an_auditor_had_supervisors_come_is_proven_and_decided_again(tmp_path: Path) -> None:
    claims = judge_round(tmp_path, make_audited())
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims[AGREED].verdict is Verdict.PROVEN
    assert findings(decide_again(tmp_path, make_audited())) == []


def _both(log: Log, **data: object) -> Log:
    return with_data(with_data(log, place(log, ENTRY), **data), place(log, CHANGE), **data)


TAMPERED: dict[str, tuple[Callable[[Log], Log], str]] = {
    "somebody removed": (lambda log: _both(log, removed=["supervisor-1"]), "post-agreed-by-auditor"),
    "another post": (lambda log: _both(log, post="auditors"), "post-agreed-by-auditor"),
    "two auditors while an officer is left": (
        lambda log: change_actor(log, place(log, CHANGE), f.actor("auditor-2")),
        "post-agreed-by-one",
    ),
    "an auditor of another round": (
        lambda log: change_actor(log, place(log, ENTRY), f.actor("auditor-2")),
        "post-agreed-with-who-left",
    ),
    "the officer as an auditor": (
        lambda log: change_actor(log, place(log, ENTRY), f.actor("officer-1", Role.AUDITOR)),
        "post-agreed-by-one",
    ),
}


@pytest.mark.parametrize(("tamper", "finding"), TAMPERED.values(), ids=TAMPERED)
def test_what_an_auditor_may_not_agree_on_is_found(
    tmp_path: Path, tamper: Callable[[Log], Log], finding: str
) -> None:
    claim = judge(tmp_path, make_audited(), AGREED, tamper(make_audited().log))
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, finding)


@pytest.mark.parametrize("first", [AUDITOR, f.OFFICER], ids=lambda by: by.person)
def test_an_auditor_who_had_a_part_in_it_while_two_were_left_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: Actor
) -> None:
    monkeypatch.setattr(agreeing, "_refuse_auditor", lambda _left: None)
    monkeypatch.setattr(agreeing, "_completes", lambda *_: True)
    made = lose(*STOPPED[1:])
    made.round.act(COME, first)
    wait(made)
    made.round.act(COME, AUDITOR if first is f.OFFICER else f.OFFICER)
    claim = judge(tmp_path, made, AGREED)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "post-agreed-by-auditor")


def test_one_who_came_back_before_the_second_entry_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One administrator stopped all but one for as long as it took an auditor to enter it."""
    made = lose(*STOPPED)
    made.round.act(COME, AUDITOR)
    wait(made)
    made.register(f.person("supervisor-1", "supervisor"))
    monkeypatch.setattr(agreeing, "_completes", lambda *_: True)
    made.round.act(COME, f.OFFICER)
    claim = judge(tmp_path, made, AGREED)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "post-agreed-by-auditor")


def test_an_auditor_who_declined_while_two_were_left_is_found(tmp_path: Path) -> None:
    log = make_agreed().log
    at, like = place(log, CHANGE), place(log, ENTRY)
    declined = insert(log, at, DECLINED, AUDITOR, {"reason": WHY, "number": 1}, like=like)
    claim = judge(tmp_path, make_agreed(), AGREED, declined)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "post-entry-declined-by-another")
    log = make_audited().log
    declined = insert(
        log, place(log, CHANGE), DECLINED, f.actor("auditor-2"), {"reason": WHY, "number": 1}, like=like
    )
    claim = judge(tmp_path, make_audited(), AGREED, declined)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "no-post-entry")
