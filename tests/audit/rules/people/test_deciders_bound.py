"""Who decides on a request and moves to the host: the honest round is proven, one that lets it pass is refuted."""

from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.application import commands as c
from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from tests import factories as f
from tests.audit.rules.people.test_found_conflicts import list_refuted, touch
from tests.audit.rules.people.test_fresh_panels import anew
from tests.audit.rules.people.test_recusal import to_the_host
from tests.audit.rules.people.test_requests import GROUND, make_request
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import judge_round
from tests.desk import pause_counting
from tests.whole_round import WholeRound

CODE = "review-requests-decided"


def find_bound() -> tuple[WholeRound, str]:
    """A round in which one who decides found something, then moved to the host: it, and the report."""
    with pause_counting():
        made = make_request()
        made.app("0001").act(f.rule_on_request(), f.actor("examiner-1", Role.EXAMINER))
        to_the_host(made, "examiner-1", "examiner")
        touch(made)
        (report,) = made.app("0001").state.open_reports
    return made, report


def enter(made: WholeRound, person: str) -> None:
    with pause_counting():
        made.app("0001").act(f.rule_on_request(), f.actor(person, Role.EXAMINER))


def rule(made: WholeRound, report: str, *, upheld: bool) -> None:
    with pause_counting():
        made.app("0001").act(f.rule(report, upheld=upheld), f.SUPERVISOR)


def test_confirmed_and_replaced_is_proven(tmp_path: Path) -> None:
    made, report = find_bound()
    rule(made, report, upheld=True)
    with pause_counting():
        made.app("0001").act(c.AppointDeciders(ground=GROUND, deciders=("examiner-3",)), f.OFFICER)
    for person in ("examiner-2", "examiner-3"):
        enter(made, person)
    assert made.app("0001").state.requests[GROUND].outcome == "upheld"
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert (claims[CODE].verdict, claims["outcomes-final"].verdict) == (Verdict.PROVEN, Verdict.PROVEN)
    assert findings(decide_again(tmp_path, made)) == []


def test_a_finding_of_whom_a_supervisor_confirmed_to_be_bound_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, report = find_bound()
    rule(made, report, upheld=True)
    monkeypatch.setattr(
        "selection.application.requests.decide.list_able", lambda state, request: request.deciders
    )
    enter(made, "examiner-2")
    assert list_refuted(tmp_path, made) == {CODE: "decided-by-too-few"}


def test_a_request_decided_before_the_ruling_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = find_bound()
    with monkeypatch.context() as broken:
        broken.setattr(ApplicationState, "open_reports", {})
        enter(made, "examiner-2")
    assert list_refuted(tmp_path, made) == {CODE: "decider-unruled"}


def test_nothing_is_looked_for_where_no_request_waits(tmp_path: Path) -> None:
    made = anew()
    over = made.app("0001").state
    found = next(leaf for leaf in find_bound()[0].log if leaf.type == "conflict.found.v1")
    made.log = [*made.log, found.model_copy(update={"stream": over.stream, "version": over.version + 1})]
    assert list_refuted(tmp_path, made)["outcomes-final"] == "after-the-end"
