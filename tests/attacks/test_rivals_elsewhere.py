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
EXPERT = f.expert(1)
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
