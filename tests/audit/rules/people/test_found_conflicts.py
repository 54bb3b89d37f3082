"""Conflicts found from data and what was said of them: honest rounds are proven, those tampered with are refuted."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Verdict
from audit.report.dismissals import FoundConflicts
from audit.rules.catalogue import outcome_claims
from selection.application.commands import DeclareProject, ReplaceAgent
from selection.application.state import ApplicationState
from selection.decision.reference import Decision
from selection.decision.relations import Tie
from selection.refusals.refused import Refused
from selection.register.state import INSTALLATION
from tests import factories as f
from tests.audit.rules.people.test_recusal import away_from_the_host, draw_and_accept, to_the_host
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.audit.support.tampering import Log, change_actor, insert, place, with_data
from tests.bundling import write_bundle
from tests.desk import pause_counting
from tests.whole_round import WholeRound

CODE, RECUSAL = "found-conflicts-hold", "no-conflict-from-data"
FOUND, RULED = "conflict.found.v1", "conflict.ruled.v1"


@pytest.fixture(autouse=True)
def _apart_from_the_core() -> Iterator[None]:
    with pause_counting():
        yield


def touch(made: WholeRound) -> None:
    """Have the application look at what the register's last entry binds."""
    made.app("0001").carry(Decision(stream=INSTALLATION, version=made.installation[-1].version))


def find_conflict(
    how: Callable[[WholeRound, str, str], None] = away_from_the_host,
) -> tuple[WholeRound, str, str]:
    """A round in which an expert who accepted was found to be bound: it, the expert and the report."""
    made = before_the_draw(24)
    expert = draw_and_accept(made)
    how(made, expert, "expert")
    touch(made)
    (report,) = made.app("0001").state.open_reports
    return made, expert, report


def dismiss_conflict() -> tuple[WholeRound, str]:
    """A round in which that was dismissed, and the expert scored."""
    made, expert, report = find_conflict()
    made.app("0001").act(f.rule(report, upheld=False), f.SUPERVISOR)
    made.app("0001").act(f.review(), f.actor(expert))
    return made, expert


def list_refuted(folder: Path, made: WholeRound) -> dict[str, str]:
    return {
        code: claim.finding
        for code, claim in judge_round(folder, made).items()
        if claim.verdict is Verdict.REFUTED
    }


def relate_to_new_agent(made: WholeRound, person: str, role: str) -> None:
    """Register a person anew, with a close relative who acts for the applicant from then on."""
    made.app("0001").act(ReplaceAgent(agent="applicant-2", reason=f.ref("left")), f.OFFICER)
    made.register(f.person(person, role), Tie(kind="relative", other="applicant-2"))


@pytest.mark.parametrize("upheld", [True, False])
def test_a_tie_to_who_replaced_an_agent_binds_as_one_to_the_agent(tmp_path: Path, upheld: bool) -> None:
    made, _, report = find_conflict(relate_to_new_agent)
    made.app("0001").act(f.rule(report, upheld=upheld), f.SUPERVISOR)
    assert list_refuted(tmp_path, made) == {}


def test_who_scores_in_spite_of_such_a_tie_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = before_the_draw(24)
    expert = draw_and_accept(made)
    relate_to_new_agent(made, expert, "expert")
    monkeypatch.setattr("selection.application.decide.refuse_recused", _refuse_nobody)
    made.app("0001").act(f.review(), f.actor(expert))
    assert list_refuted(tmp_path, made) == {RECUSAL: "bound-by-declared-tie"}


def test_an_officer_tied_to_the_agent_whom_they_appoint_judges_nothing_afterwards(tmp_path: Path) -> None:
    made = before_the_draw(24)
    made.register(f.people()["officer-1"], Tie(kind="relative", other="applicant-2"))
    made.app("0001").act(ReplaceAgent(agent="applicant-2", reason=f.ref("left")), f.OFFICER)
    with pytest.raises(Refused, match="declared"):
        made.app("0001").act(ReplaceAgent(agent="applicant-1", reason=f.ref("left")), f.OFFICER)
    assert list_refuted(tmp_path, made) == {}


@pytest.mark.parametrize("upheld", [True, False])
def test_an_honest_ruling_is_proven(tmp_path: Path, upheld: bool) -> None:
    made, expert, report = find_conflict()
    made.app("0001").act(f.rule(report, upheld=upheld), f.SUPERVISOR)
    if not upheld:
        made.app("0001").act(f.review(), f.actor(expert))
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims[CODE].verdict is claims[RECUSAL].verdict is Verdict.PROVEN


def test_a_dismissal_covers_no_evidence_that_came_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, expert, report = find_conflict()
    made.app("0001").act(f.rule(report, upheld=False), f.SUPERVISOR)
    to_the_host(made, expert, "expert")
    with pytest.raises(Refused, match="same-employer"):
        made.app("0001").act(f.review(), f.actor(expert))
    monkeypatch.setattr("selection.application.decide.refuse_recused", _refuse_nobody)
    made.app("0001").act(f.review(), f.actor(expert))
    assert list_refuted(tmp_path, made) == {RECUSAL: "bound-by-employer"}


def test_the_legal_person_itself_is_not_dismissed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _, report = find_conflict(to_the_host)
    with pytest.raises(Refused, match="conflict-stands"):
        made.app("0001").act(f.rule(report, upheld=False), f.SUPERVISOR)
    monkeypatch.setattr("selection.application.review.decide._refuse_standing", _refuse_nobody)
    made.app("0001").act(f.rule(report, upheld=False), f.SUPERVISOR)
    assert list_refuted(tmp_path, made) == {CODE: "dismissed-what-stands"}


def _of_another_person(log: Log) -> Log:
    at = place(log, FOUND)
    return with_data(log, at, expert="surveyor-1")


def _of_other_evidence(log: Log) -> Log:
    at = place(log, FOUND)
    (told,) = log[at].data["bound_by"]
    return with_data(log, at, bound_by=[{**told, "unit": "91-OTHER", "to": ["91-OTHER"]}])


def _without_evidence(log: Log) -> Log:
    return with_data(log, place(log, FOUND), bound_by=[])


def _on_another_entry(log: Log) -> Log:
    return with_data(log, place(log, FOUND), command_id=f"{INSTALLATION}#1")


def _on_one_to_come(log: Log) -> Log:
    return with_data(log, place(log, FOUND), command_id=f"{INSTALLATION}#9999")


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (_of_another_person, "conflict-not-shown"),
        (_of_other_evidence, "conflict-not-shown"),
        (_without_evidence, "conflict-not-shown"),
        (_on_another_entry, "no-change-behind"),
        (_on_one_to_come, "no-change-behind"),
    ],
)
def test_what_was_not_there_as_it_is_told_is_refuted(
    tmp_path: Path, change: Callable[[Log], Log], finding: str
) -> None:
    made, _ = dismiss_conflict()
    made.log = change(made.log)
    assert list_refuted(tmp_path, made)[CODE] == finding


def test_who_scored_without_a_dismissal_is_found(tmp_path: Path) -> None:
    made, _ = dismiss_conflict()
    made.log = with_data(made.log, place(made.log, RULED), upheld=True)
    assert RECUSAL in list_refuted(tmp_path, made)


def test_who_ruled_on_what_they_referred_themselves_is_found(tmp_path: Path) -> None:
    made, _ = dismiss_conflict()
    made.log = change_actor(made.log, place(made.log, FOUND), f.SUPERVISOR)
    assert list_refuted(tmp_path, made)["recusals-kept"] == "judge-in-own-case"


def test_all_of_it_follows_when_it_is_decided_again(tmp_path: Path) -> None:
    made, _ = dismiss_conflict()
    again = decide_again(tmp_path, made)
    assert findings(again) == []
    assert place(made.log, FOUND) > 0


def test_the_report_lists_each_with_what_became_of_it() -> None:
    made, expert = dismiss_conflict()
    told = FoundConflicts()
    for seq, leaf in enumerate(made.log):
        told.see(seq, leaf, b"")
    (listed,) = told.list()
    assert (listed.code, listed.subject) == ("conflict-dismissed", f"{expert}, 0001 (employer)")


def _refuse_nobody(*told: Any) -> None:
    return None


def confirm_project() -> WholeRound:
    """A round whose application named an expert by a shared project, which a supervisor confirmed before the draw."""
    made = before_the_draw(24)
    told = DeclareProject(report="project-1", expert="expert-1", text=f.ref("grant"))
    made.app("0001").act(told, f.APPLICANT)
    made.app("0001").act(f.rule("project-1", upheld=True), f.SUPERVISOR)
    made.draw("main")
    made.look()
    return made


def test_whom_an_application_names_is_in_no_draw_once_a_supervisor_confirmed_it(tmp_path: Path) -> None:
    made = confirm_project()
    assert "expert-1" not in [seat.expert for seat in made.app("0001").state.seats]
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert findings(decide_again(tmp_path, made)) == []


NAMED: dict[str, Callable[[Log, int], Log]] = {
    "as an ordinary report": lambda log, at: with_data(log, at, tie=""),
    "by another tie": lambda log, at: with_data(log, at, tie="relative"),
    "by an officer": lambda log, at: change_actor(log, at, f.OFFICER),
    "twice": lambda log, at: insert(
        log, at + 1, log[at].type, f.APPLICANT, {**log[at].data, "report": "project-2"}, like=at
    ),
}


@pytest.mark.parametrize("how", NAMED)
def test_who_named_whom_is_not_told_otherwise(tmp_path: Path, how: str) -> None:
    made = confirm_project()
    log = NAMED[how](made.log, place(made.log, "conflict.reported.v1"))
    with Bundle(write_bundle(tmp_path / "round.zip", made, log)) as bundle:
        claims = {claim.code: claim for claim in outcome_claims(bundle)}
    assert (claims[CODE].verdict, claims[CODE].finding) == (Verdict.REFUTED, "named-otherwise")


def test_a_draw_that_leaves_out_whom_nobody_confirmed_is_refuted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = before_the_draw(24)
    told = DeclareProject(report="project-1", expert="expert-1", text=f.ref("grant"))
    made.app("0001").act(told, f.APPLICANT)
    by_their_word = property(lambda state: tuple(item.expert for item in state.reports.values()))
    with monkeypatch.context() as broken:
        broken.setattr(ApplicationState, "people_in_conflict", by_their_word)
        made.draw("main")
        made.look()
    assert list_refuted(tmp_path, made) == {"draw-inputs-follow": "draw-input-differs"}
