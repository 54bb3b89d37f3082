"""Where the organiser's own house binds everybody in a post, two people with reasons and in the open let one act.

Seen before: an affiliated unit that the call lets apply was registered with its parent; all officers and supervisors
were `unit-related`, nobody could dismiss it, and the round stayed in its check.
"""

from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.application import commands as c, events as e
from selection.application.report import Report
from selection.decision.command import Command
from selection.decision.reference import Decision
from selection.kernel.actor import Actor
from selection.kernel.unit_codes import canonical_code
from selection.refusals.refused import Refused
from tests import factories as f
from tests.audit.support.small_round import judge_round
from tests.whole_round import WholeRound

AFFILIATE, HOUSE = canonical_code("99SYNTH90000000002"), canonical_code("99SYNTH9000000001X")
PASS = c.PassCheck(revision=1)
POSTS = {
    **dict.fromkeys(("officer-1", "officer-2"), "officer"),
    **dict.fromkeys(("supervisor-1", "supervisor-2"), "supervisor"),
    **dict.fromkeys(("approver-1", "approver-2"), "approver"),
}
OTHER_OFFICER, OTHER_SUPERVISOR = f.actor("officer-2"), f.actor("supervisor-2")


def refer(person: str = "officer-1", *, reasoned: bool = True, report: str = "house") -> c.ReferConflict:
    return c.ReferConflict(report=report, expert=person, text=f.ref("why") if reasoned else None)


def in_check(*, house: tuple[str, ...] = (HOUSE,), outside: str = "") -> WholeRound:
    """A round in its check: a unit below the organiser's applies, which employs all in a post but one `outside`."""
    people = f.people()
    people["applicant-1"] = f.person("applicant-1", "applicant", employer=AFFILIATE)
    for person, role in POSTS.items():
        if person != outside:
            people[person] = f.person(person, role, employer=HOUSE)
    whole = WholeRound(f.rules(panel=f.SMALL_PANEL, recusal={"house": house}), people.values())
    whole.register_unit(HOUSE)
    whole.register_unit(AFFILIATE, HOUSE)
    whole.now += f.DAY
    whole.app("0001").act(f.submit(host=f.unit(AFFILIATE)), f.APPLICANT)
    whole.recommend("bj", "recommender-1", "0001")
    whole.wait(f.deadline("recommendation") + f.DAY)
    return whole


def refuse(whole: WholeRound, code: str, command: Command, actor: Actor) -> None:
    with pytest.raises(Refused) as refused:
        whole.app("0001").act(command, actor)
    assert refused.value.code == code


def prove(folder: Path, whole: WholeRound) -> None:
    claims = judge_round(folder, whole)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims["no-conflict-from-data"].verdict is Verdict.PROVEN
    assert claims["found-conflicts-hold"].verdict is Verdict.PROVEN


def test_two_of_the_house_let_a_third_act_and_everybody_reads_it(tmp_path: Path) -> None:
    whole = in_check()
    desk = whole.app("0001")
    refuse(whole, "unit-related", PASS, f.OFFICER)
    desk.act(refer(), OTHER_OFFICER)
    brought = desk.act(f.rule("house", upheld=False), f.SUPERVISOR)
    assert brought[-1] == e.HouseTieDismissed(person="officer-1", units=(HOUSE,))
    desk.act(PASS, f.OFFICER)
    prove(tmp_path, whole)


def test_without_the_house_in_the_rules_nobody_of_it_rules() -> None:
    whole = in_check(house=())
    whole.app("0001").act(refer(), OTHER_OFFICER)
    refuse(whole, "unit-related", f.rule("house", upheld=False), f.SUPERVISOR)


def test_a_supervisor_from_outside_rules_on_it_without_its_being_in_the_rules(tmp_path: Path) -> None:
    whole = in_check(house=(), outside="supervisor-2")
    whole.app("0001").act(refer(reasoned=False), OTHER_OFFICER)
    whole.app("0001").act(f.rule("house", upheld=False), OTHER_SUPERVISOR)
    whole.app("0001").act(PASS, f.OFFICER)
    prove(tmp_path, whole)


def test_nobody_gives_the_reason_for_themselves_nor_rules_on_it() -> None:
    whole = in_check()
    refuse(whole, "same-hands", refer(), f.OFFICER)
    refuse(whole, "missing", refer(reasoned=False), OTHER_OFFICER)
    whole.app("0001").act(refer("supervisor-1"), OTHER_OFFICER)
    refuse(whole, "same-hands", f.rule("house", upheld=False), f.SUPERVISOR)
    whole.app("0001").act(f.rule("house", upheld=False), OTHER_SUPERVISOR)
    whole.app("0001").act(refer(report="again"), OTHER_SUPERVISOR)
    refuse(whole, "unit-related", f.rule("again", upheld=False), OTHER_SUPERVISOR)
    whole.app("0001").act(f.rule("again", upheld=False), f.SUPERVISOR)


def test_one_reason_lets_one_act() -> None:
    whole = in_check()
    desk = whole.app("0001")
    desk.act(refer(), OTHER_OFFICER)
    desk.act(f.rule("house", upheld=False), f.SUPERVISOR)
    refuse(whole, "unit-related", PASS, OTHER_OFFICER)


def test_an_expert_of_the_house_stands_aside_unless_somebody_outside_of_it_rules() -> None:
    whole = in_check()
    whole.register(f.person("expert-1", "expert", employer=HOUSE))
    whole.app("0001").act(refer("expert-1"), OTHER_OFFICER)
    refuse(whole, "unit-related", f.rule("house", upheld=False), f.SUPERVISOR)


def test_nor_is_it_a_matter_of_the_house_where_the_applicant_itself_employs_them() -> None:
    whole = in_check(house=(HOUSE, AFFILIATE))
    whole.register(f.person("officer-1", "officer", employer=AFFILIATE))
    whole.app("0001").act(refer(), OTHER_OFFICER)
    refuse(whole, "unit-related", f.rule("house", upheld=False), f.SUPERVISOR)


def test_nor_does_whoever_the_applicant_employs_rule_on_it() -> None:
    whole = in_check(house=(HOUSE, AFFILIATE))
    whole.register(f.person("supervisor-1", "supervisor", employer=AFFILIATE))
    whole.app("0001").act(refer(), OTHER_OFFICER)
    refuse(whole, "same-employer", f.rule("house", upheld=False), f.SUPERVISOR)


def test_a_supervisor_of_whom_it_was_dismissed_dismisses_it_of_no_other_alone() -> None:
    """Seen before: freed once, a supervisor of the house dismissed an expert's tie to it, and nobody gave a reason."""
    whole = in_check()
    desk = whole.app("0001")
    desk.act(refer("supervisor-1"), OTHER_OFFICER)
    desk.act(f.rule("house", upheld=False), OTHER_SUPERVISOR)
    whole.register(f.person("expert-1", "expert", employer=HOUSE))
    desk.act(refer("expert-1", report="expert"), OTHER_OFFICER)
    refuse(whole, "unit-related", f.rule("expert", upheld=False), f.SUPERVISOR)
    assert desk.act(f.rule("expert", upheld=True), f.SUPERVISOR)


def test_one_dismissed_all_the_same_is_refuted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = in_check()
    desk = whole.app("0001")
    desk.act(refer("supervisor-1"), OTHER_OFFICER)
    desk.act(f.rule("house", upheld=False), OTHER_SUPERVISOR)
    whole.register(f.person("expert-1", "expert", employer=HOUSE))
    desk.act(refer("expert-1", report="expert"), OTHER_OFFICER)
    monkeypatch.setattr("selection.application.recusal._find_barring", lambda *_asked: ())
    desk.act(f.rule("expert", upheld=False), f.SUPERVISOR)
    claim = judge_round(tmp_path, whole)["no-conflict-from-data"]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "bound-by-related-unit")


def test_whoever_more_than_the_house_binds_gives_no_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen before: an officer whom the applicant employs said why another should act, and they did."""
    whole = in_check()
    whole.register(f.person("officer-2", "officer", employer=AFFILIATE))
    refuse(whole, "same-employer", refer(), OTHER_OFFICER)
    monkeypatch.setattr("selection.application.found_conflicts.decide.refuse_referrer", lambda *_asked: None)
    whole.app("0001").act(refer(), OTHER_OFFICER)
    whole.app("0001").act(f.rule("house", upheld=False), f.SUPERVISOR)
    claim = judge_round(tmp_path, whole)["no-conflict-from-data"]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "bound-by-related-unit")


def test_nor_does_whoever_a_conflict_was_upheld_against() -> None:
    whole = in_check()
    desk = whole.app("0001")
    desk.act(refer("officer-2", report="second"), f.SUPERVISOR)
    desk.act(f.rule("second", upheld=True), OTHER_SUPERVISOR)
    refuse(whole, "conflict-upheld", refer(), OTHER_OFFICER)


@pytest.mark.parametrize(
    ("by", "reasoned"), [(OTHER_OFFICER, False), (f.OFFICER, True), (f.SUPERVISOR, True)]
)
def test_a_ruling_of_the_house_that_nobody_else_gave_a_reason_for_is_refuted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: Actor, *, reasoned: bool
) -> None:
    whole = in_check()
    monkeypatch.setattr(
        "selection.application.found_conflicts.decide.is_matter_of_house", lambda *_asked: False
    )
    monkeypatch.setattr("selection.application.recusal._has_reason", lambda *_asked: True)
    monkeypatch.setattr(Report, "reporters", ())
    whole.app("0001").act(refer(reasoned=reasoned), by)
    whole.app("0001").act(f.rule("house", upheld=False), f.SUPERVISOR)
    claim = judge_round(tmp_path, whole)["no-conflict-from-data"]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "bound-by-related-unit")


def test_what_the_engine_found_and_holds_no_more_is_ruled_on_and_proven(tmp_path: Path) -> None:
    """An officer who sent the application back joins the house and leaves it again: the evidence is another by then."""
    whole = in_check(outside="officer-1")
    desk = whole.app("0001")
    desk.act(c.SendBack(faults=("seals-missing",), text=f.ref()), f.OFFICER)
    whole.register(f.person("officer-1", "officer", employer=HOUSE))
    desk.carry(Decision(stream="installation", version=len(whole.installation)))
    (report,) = desk.state.open_reports
    refuse(whole, "unit-related", f.rule(report, upheld=False), f.SUPERVISOR)
    whole.now += f.DAY
    whole.register(f.person("officer-1", "officer", employer="91-elsewhere"))
    desk.act(refer(), OTHER_OFFICER)
    for name in ("house", report):
        desk.act(f.rule(name, upheld=False), f.SUPERVISOR)
    prove(tmp_path, whole)


@pytest.mark.parametrize("last", [True, False])
def test_one_that_nobody_may_read_of_is_refuted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, last: bool
) -> None:
    whole = in_check()
    monkeypatch.setattr("selection.application.review.decide.is_matter_of_house", lambda *_asked: False)
    whole.app("0001").act(refer(), OTHER_OFFICER)
    whole.app("0001").act(f.rule("house", upheld=False), f.SUPERVISOR)
    if not last:
        whole.app("0001").act(PASS, f.OFFICER)
    claim = judge_round(tmp_path, whole)["found-conflicts-hold"]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "house-undisclosed")
