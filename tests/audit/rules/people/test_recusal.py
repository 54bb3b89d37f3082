"""Conflicts out of data: an honest round is proven, and one whose rule was broken on purpose is refuted."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.claims import Claim, Verdict
from selection.application import commands as c
from selection.decision.relations import Tie
from selection.kernel.actor import Role
from selection.kernel.unit_codes import canonical_code
from selection.refusals.refused import Refused
from selection.register.commands import DeclareTie
from selection.register.unit_commands import RegisterUnits, UnitEntry
from selection.round.commands import FixShortlist
from tests import factories as f
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.desk import pause_counting
from tests.whole_round import WholeRound

CODE = "no-conflict-from-data"
HOST, GROUP = canonical_code("99SYNTH90000000002"), canonical_code("99SYNTH9000000001X")
Bind = Callable[[WholeRound, str, str], None]


@pytest.fixture(autouse=True)
def _apart_from_the_core() -> Iterator[None]:
    with pause_counting():
        yield


def to_the_host(made: WholeRound, person: str, role: str) -> None:
    """Register a person anew, at the host."""
    made.register(f.person(person, role, employer=f.HOST))


def away_from_the_host(made: WholeRound, person: str, role: str) -> None:
    """Register a person anew twice: at the host, and elsewhere again."""
    to_the_host(made, person, role)
    made.now += f.DAY
    made.register(f.person(person, role))


def relate_to_host(made: WholeRound, person: str, role: str) -> None:
    """Register a person anew, with a close relative whom the host employs."""
    made.register(f.person(person, role), Tie(kind="relative", unit=f.HOST))


def declare_adviser(made: WholeRound, person: str, role: str) -> None:
    """Register who applies anew, twice: they declare an adviser, and leave that out again."""
    applicant = made.people["applicant-1"]
    made.register(applicant, Tie(kind="adviser", other=person))
    made.now += f.DAY
    made.register(applicant)


def declare_own_tie(made: WholeRound, person: str, role: str) -> None:
    """Have somebody declare a project shared with the host and end it, and an administrator register them anew."""
    told = DeclareTie(tie="project", unit=canonical_code(f.HOST))
    for command in (told, told.with_(holds=False)):
        made.act_on_register(command, f.actor(person, role))
    made.register(f.person(person, role))


BINDS: dict[str, tuple[Bind, str]] = {
    "same-employer": (to_the_host, "bound-by-employer"),
    "employed-before": (away_from_the_host, "bound-by-employer"),
    "relative-declared": (relate_to_host, "bound-by-declared-tie"),
    "project-declared": (declare_own_tie, "bound-by-declared-tie"),
    "adviser-declared": (declare_adviser, "bound-by-declared-tie"),
}


def draw_and_accept(made: WholeRound) -> str:
    """Draw, let all accept, and return the expert of the first seat."""
    made.draw("main")
    desk = made.app("0001")
    for seat in desk.state.seats:
        desk.act(f.accept(), f.actor(seat.expert))
    return str(desk.state.seats[0].expert)


def claim_of(folder: Path, made: WholeRound) -> Claim:
    return judge_round(folder, made)[CODE]


@pytest.mark.parametrize("how", BINDS)
def test_an_expert_who_moved_is_refused_steps_back_and_all_is_proven(tmp_path: Path, how: str) -> None:
    made = before_the_draw(24)
    expert = draw_and_accept(made)
    BINDS[how][0](made, expert, "expert")
    with pytest.raises(Refused, match=how):
        made.app("0001").act(f.review(), f.actor(expert))
    made.app("0001").act(c.DeclareConflict(text=f.ref("conflict")), f.actor(expert))
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims[CODE].verdict is Verdict.PROVEN


def test_no_applicant_has_somebody_stand_aside_by_a_word_of_their_own(tmp_path: Path) -> None:
    made = before_the_draw(24)
    expert = draw_and_accept(made)
    made.act_on_register(DeclareTie(tie="project", other=expert), f.APPLICANT)
    assert made.app("0001").act(f.review(), f.actor(expert))
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims[CODE].verdict is Verdict.PROVEN


@pytest.mark.parametrize("how", BINDS)
def test_who_moved_before_the_draw_is_not_drawn(tmp_path: Path, how: str) -> None:
    made = before_the_draw(24)
    BINDS[how][0](made, "expert-1", "expert")
    made.draw("main")
    state = made.app("0001").state
    assert "expert-1" not in {*(seat.expert for seat in state.seats), *state.alternates}
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []


@pytest.mark.parametrize("how", BINDS)
def test_a_score_by_who_moved_is_found_where_no_act_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    made = before_the_draw(24)
    expert = draw_and_accept(made)
    BINDS[how][0](made, expert, "expert")
    monkeypatch.setattr("selection.application.decide.refuse_recused", _refuse_nobody)
    made.app("0001").act(f.review(), f.actor(expert))
    claim = claim_of(tmp_path, made)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, BINDS[how][1])


def test_so_is_who_was_bound_and_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = before_the_draw(10)
    monkeypatch.setattr("selection.application.decide.refuse_recused", _refuse_nobody)
    monkeypatch.setattr("selection.draw.pool.RecusedByBid.of", lambda _self, _state: frozenset())
    away_from_the_host(made, "expert-1", "expert")
    made.draw("main")
    state = made.app("0001").state
    panel = {*(seat.expert for seat in state.seats), *state.alternates}
    verdict = claim_of(tmp_path, made).verdict
    assert verdict is (Verdict.REFUTED if "expert-1" in panel else Verdict.PROVEN)


def check_bound(
    folder: Path, made: WholeRound, monkeypatch: pytest.MonkeyPatch, refused: str, found: str
) -> None:
    """See that an officer is refused a check, and that one which they did all the same is found."""
    with pytest.raises(Refused, match=refused):
        made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)
    assert claim_of(folder, made).verdict is Verdict.PROVEN
    monkeypatch.setattr("selection.application.decide.refuse_recused", _refuse_nobody)
    made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)
    claim = claim_of(folder, made)
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, found)


def test_an_officer_of_a_parent_of_the_host_checks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = checking()
    made.register_unit(GROUP)
    made.register_unit(HOST, GROUP)
    made.register(f.person("officer-1", "officer", employer=GROUP))
    check_bound(tmp_path, made, monkeypatch, "unit-related", "bound-by-related-unit")


def test_nor_after_an_administrator_took_the_parent_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = checking()
    for parents in ((GROUP,), (GROUP,), ()):
        for unit, above in ((GROUP, ()), (HOST, parents)):
            made.register_unit(unit, *above)
        made.now += f.DAY
    made.register(f.person("officer-1", "officer", employer=GROUP))
    check_bound(tmp_path, made, monkeypatch, "unit-related", "bound-by-related-unit")


def test_nobody_rules_on_what_follows_from_a_unit_that_they_registered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = checking()
    made.register(f.person("officer-1", "officer", employer=GROUP))
    made.register(f.person("supervisor-1", "supervisor", "admin"))
    for unit, above in ((GROUP, ()), (HOST, (GROUP,))):
        made.act_on_register(register_unit(unit, *above), f.actor("supervisor-1", Role.ADMIN))
    desk = made.app("0001")
    desk.act(c.ReferConflict(report="referred", expert="officer-1"), f.actor("officer-2"))
    rule = c.RuleOnConflict(report="referred", upheld=True, text=f.ref())
    with pytest.raises(Refused, match="registrar-of-unit"):
        desk.act(rule, f.SUPERVISOR)
    monkeypatch.setattr("selection.application.review.decide.refuse_unit_registrars", _refuse_nobody)
    desk.act(rule, f.SUPERVISOR)
    claim = judge_round(tmp_path, made)["recusals-kept"]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "named-by-registrar")


def register_unit(code: str, *parents: str) -> RegisterUnits:
    return RegisterUnits(units=(UnitEntry(code=code, name_zh=code, parents=parents),))


def test_an_officer_whose_unit_bids_in_the_same_field_checks_no_rival(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = checking()
    made.register(f.person("officer-1", "officer", employer="91-other"))
    check_bound(tmp_path, made, monkeypatch, "rival-bid", "bound-by-rival-bid")


def test_an_officer_whose_unit_took_its_bid_back_checks_the_others(tmp_path: Path) -> None:
    made = checking(withdrawn=True)
    made.register(f.person("officer-1", "officer", employer="91-other"))
    made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)
    assert claim_of(tmp_path, made).verdict is Verdict.PROVEN


def checking(*, withdrawn: bool = False) -> WholeRound:
    """A round in its check, with a rival in the same field."""
    people = f.people()
    people["applicant-1"] = f.person("applicant-1", "applicant", employer=HOST)
    made = WholeRound(f.rules(panel=f.SMALL_PANEL), people.values())
    made.now += f.DAY
    made.app("0001").act(f.submit(host=f.unit(HOST)), f.APPLICANT)
    made.app("0002").act(f.submit(host=f.unit("91-other")), f.actor("applicant-3"))
    made.recommend("bj", "recommender-1", "0001")
    if withdrawn:
        made.app("0002").act(c.Withdraw(), f.actor("applicant-3"))
    else:
        made.recommend("bj", "recommender-1", "0002")
    made.wait(f.deadline("recommendation") + f.DAY)
    return made


def _refuse_nobody(*told: Any) -> None:
    return None


def _score(made: WholeRound) -> None:
    """Bring the application to the shortlist, and have an officer move to its host."""
    draw_and_accept(made)
    made.look()
    desk = made.app("0001")
    for seat in desk.state.seats[:4]:
        desk.act(f.review("20"), f.actor(seat.expert))
    made.look()
    to_the_host(made, "officer-1", "officer")


def test_an_officer_whom_the_host_employs_fixes_no_shortlist_and_another_does(tmp_path: Path) -> None:
    made = before_the_draw(9)
    _score(made)
    with pytest.raises(Refused, match="same-employer"):
        made.fix_shortlist({}, {})
    made.round.act(FixShortlist(), f.OPENER)
    assert judge_round(tmp_path, made)[CODE].verdict is Verdict.PROVEN


def test_a_shortlist_that_they_fixed_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = before_the_draw(9)
    _score(made)
    monkeypatch.setattr("selection.round.lists.refuse_entangled", lambda *_asked: None)
    made.round.act(FixShortlist(), f.OFFICER)
    found = claim_of(tmp_path, made)
    assert (found.verdict, found.finding) == (Verdict.REFUTED, "bound-by-employer")
