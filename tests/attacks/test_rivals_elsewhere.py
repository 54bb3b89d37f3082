"""Whoever competes for the same last place judges a rival, as its field has another code."""

from pathlib import Path

import pytest

from audit.claims import Claim, Verdict
from selection.application import commands as c
from selection.application.review import decide
from selection.kernel.leaf import Leaf
from selection.process.letter import Letter
from tests import factories as f
from tests.audit.support.small_round import judge_round
from tests.whole_round import WholeRound

HONEST, RIVAL = "91-honest", "91-rival"
EXPERT, SURVEYOR, EXAMINER = f.expert(1), "surveyor-2", "examiner-2"
NUMBERS = ("0001", "0002")
TEAM, OTHERS = ("surveyor-1", SURVEYOR, "surveyor-3"), ("surveyor-4", "surveyor-5", "surveyor-6")
Patch = pytest.MonkeyPatch


def test_who_sits_though_their_unit_competes_in_another_field_is_disclosed(tmp_path: Path) -> None:
    whole = seat_panels()
    event = find_seating(whole)
    assert EXPERT in (*event.data["seats"].values(), *event.data["alternates"])
    assert event.data["disclosed"] == {EXPERT: ["0002"]}
    letters = [item for item in whole.app("0001").sent if isinstance(item, Letter)]
    recipients = {letter.to for letter in letters if letter.template == "rivals-disclosed"}
    assert recipients == {"supervisor-1", "supervisor-2"}
    assert judge(tmp_path, whole).verdict is Verdict.PROVEN


def test_where_the_rules_say_so_all_who_compete_for_the_places_stand_aside(tmp_path: Path) -> None:
    whole = seat_panels(rivals="places")
    event = find_seating(whole)
    assert EXPERT not in (*event.data["seats"].values(), *event.data["alternates"])
    assert "disclosed" not in event.data
    assert judge(tmp_path, whole).verdict is Verdict.PROVEN


def test_a_panel_that_does_not_disclose_it_is_refuted(tmp_path: Path, monkeypatch: Patch) -> None:
    monkeypatch.setattr(decide, "disclose_rivals", lambda *asked: {})
    claim = judge(tmp_path, seat_panels())
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "rival-undisclosed")


def test_a_core_that_lets_who_competes_for_the_places_sit_is_refuted(
    tmp_path: Path, monkeypatch: Patch
) -> None:
    monkeypatch.setattr("selection.recusal.conflicts._list_rivals", lambda *asked: ())
    claim = judge(tmp_path, seat_panels(rivals="places"))
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "bound-by-rival-bid")


@pytest.fixture
def in_notice() -> WholeRound:
    """The same round up to the notice: one who surveyed the site, and one who examines, work for the second bidder."""
    whole = seat_panels()
    for person in (*TEAM, *OTHERS, EXAMINER, "examiner-1"):
        works_there = person in (SURVEYOR, EXAMINER)
        whole.register(f.person(person, "objector", employer=RIVAL if works_there else "91-elsewhere"))
    for number in NUMBERS:
        review(whole, number)
    whole.look()
    whole.fix_shortlist({}, {})
    whole.look()
    for number, team in zip(NUMBERS, (TEAM, OTHERS), strict=True):
        whole.app(number).act(f.team(*team, lead=team[0]), f.OFFICER)
        whole.app(number).act(f.survey(whole.now), f.actor(team[0], "surveyor"))
    whole.look()
    for number in NUMBERS:
        state = whole.app(number).state
        panel = [seat.expert for seat in state.seats]
        for act, actor in f.hold_meeting(panel, state.chair):
            whole.app(number).act(act, actor)
    whole.look()
    whole.propose(*NUMBERS)
    whole.open_notice()
    whole.app("0001").act(f.objection(), f.actor("objector-1"))
    whole.app("0001").act(f.examiners(EXAMINER, "examiner-1"), f.OFFICER)
    return whole


@pytest.mark.parametrize(
    ("kind", "person"),
    [("survey.team-appointed.v1", "surveyor-2"), ("objection.examiners-appointed.v1", "examiner-2")],
)
def test_who_surveys_or_examines_for_a_rival_elsewhere_is_disclosed_too(
    in_notice: WholeRound, tmp_path: Path, kind: str, person: str
) -> None:
    event = next(leaf for leaf in in_notice.app("0001").leaves if leaf.type == kind)
    assert event.data["disclosed"] == {person: ["0002"]}
    letters = [item for item in in_notice.app("0001").sent if isinstance(item, Letter)]
    assert [item.to for item in letters if item.template == "rivals-disclosed"].count("supervisor-1") == 3
    assert judge(tmp_path, in_notice).verdict is Verdict.PROVEN


@pytest.mark.parametrize("room", ["survey", "notice"])
def test_what_names_them_without_disclosing_it_is_refuted(
    tmp_path: Path, monkeypatch: Patch, request: pytest.FixtureRequest, room: str
) -> None:
    monkeypatch.setattr(f"selection.application.{room}.decide.disclose_rivals", lambda *asked: {})
    claim = judge(tmp_path, request.getfixturevalue("in_notice"))
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "rival-undisclosed")


def review(whole: WholeRound, number: str) -> None:
    """Let a panel accept, hand in its scores and get a chair."""
    desk = whole.app(number)
    for seat in desk.state.seats:
        desk.act(f.accept(), f.actor(seat.expert))
        desk.act(f.review("20"), f.actor(seat.expert))
    desk.act(c.AppointChair(chair=desk.state.seats[0].expert, reason=f.ref("why")), f.OFFICER)


def seat_panels(*, rivals: str = "field") -> WholeRound:
    """A round with two bids of different fields and their panels; the first expert works for the second bidder.

    One of the pool is avoided by the first bid, and all others are drawn for it, unless the rules keep that expert out.
    """
    pool = {f.expert(number) for number in range(1, 8)}
    people = {
        item.person: item for item in f.people().values() if "expert" not in item.roles or item.person in pool
    }
    people["applicant-1"] = f.person("applicant-1", "applicant", employer=HONEST)
    people["applicant-3"] = f.person("applicant-3", "applicant", employer=RIVAL)
    people[EXPERT] = f.person(EXPERT, "expert", employer=RIVAL)
    panel = {"seats": 3, "alternates": 2 if rivals == "places" else 3, "min_valid": 3}
    whole = WholeRound(f.rules(panel=panel, recusal={"rivals": rivals}), people.values())
    whole.now += f.DAY
    whole.app("0001").act(f.submit(host=f.unit(HONEST), avoid=(f.expert(7),)), f.APPLICANT)
    whole.app("0002").act(f.submit(host=f.unit(RIVAL), field="tourism"), f.actor("applicant-3"))
    for number in ("0001", "0002"):
        whole.recommend("bj", "recommender-1", number)
    whole.wait(f.deadline("recommendation") + f.DAY)
    for number in ("0001", "0002"):
        whole.app(number).act(c.PassCheck(revision=1), f.OFFICER)
    whole.look()
    whole.draw("main")
    return whole


def find_seating(whole: WholeRound) -> Leaf:
    return next(leaf for leaf in whole.app("0001").leaves if leaf.type == "panel.seated.v1")


def judge(folder: Path, whole: WholeRound) -> Claim:
    return judge_round(folder, whole)["no-conflict-from-data"]
