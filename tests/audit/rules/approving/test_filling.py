"""A round in which a place that fell empty was filled is proven; what was tampered with is refuted by its claim."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Verdict
from audit.rules.catalogue import outcome_claims
from selection.kernel.actor import SYSTEM
from selection.kernel.stages import Stage
from selection.refusals.refused import Refused
from selection.round.filling import decide as filling
from tests.audit.support.small_round import judge_round
from tests.audit.support.tampering import Change, Log, Tampered, drop, insert, place, point, with_data
from tests.bundling import write_bundle
from tests.desk import pause_counting
from tests.rounds.filling_rules import MANY, Filling
from tests.whole_round import WholeRound

CODE = "places-filled-openly"
FILLED = "round.places-filled.v1"
SEED = 109
"""Of a round in which an objection empties a place, that is filled with the last of three in reserve."""


@cache
def make_filled_round(**rules: Any) -> WholeRound:
    """Read only."""
    with pause_counting():
        return Filling(SEED, **{**MANY, **rules}).run()


def test_an_honest_round_with_a_filled_place_is_proven(tmp_path: Path) -> None:
    made = make_filled_round()
    [filled] = [leaf for leaf in made.log if leaf.type == FILLED]
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims[CODE].verdict is Verdict.PROVEN
    [item] = filled.data["items"]
    assert made.round.state.places[item["application"]]


class _EndOfFilling(Exception):
    """Places were filled: what follows is of no interest."""


class _BoundOfficer(Filling):
    """The officer who fills is employed by the host of one in reserve by then; the core refuses, and then does not."""

    def _fill_with(self, most: int) -> bool:
        reserve = self.made.applications(Stage.RESERVE)
        if not (self.made.round.state.empty_places and reserve):
            return False
        host = reserve[-1].submission.host.code if reserve[-1].submission else ""
        self.made.register(self.made.people["officer-1"].with_(employer=host))
        with pytest.raises(Refused, match=r"rival-bid|same-employer"):
            super()._fill_with(most)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(filling, "refuse_entangled", lambda *_: None)
            patch.setattr(self, "_notice", lambda: None)
            super()._fill_with(most)
        raise _EndOfFilling


def test_an_officer_bound_to_one_in_reserve_fills_no_place_and_is_found_where_one_did(tmp_path: Path) -> None:
    chance = _BoundOfficer(SEED, **MANY)
    with pause_counting(), pytest.raises(_EndOfFilling):
        chance.run()
    claim = judge_round(tmp_path, chance.made)["no-conflict-from-data"]
    at = point(place(chance.made.log, FILLED))
    assert (claim.verdict, claim.point) == (Verdict.REFUTED, at)
    assert claim.finding in ("bound-by-employer", "bound-by-rival-bid")


def _change_filling(**data: Any) -> Change:
    def change(log: Log) -> Tampered:
        at = place(log, FILLED)
        return with_data(log, at, **data), at

    return change


def _item(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Change:
    def change_item(log: Log) -> Tampered:
        at = place(log, FILLED)
        [item] = log[at].data["items"]
        return with_data(log, at, items=[{**item, **change(item)}]), at

    return change_item


def _twice(log: Log) -> Tampered:
    """One place is filled with two."""
    at = place(log, FILLED)
    [item] = log[at].data["items"]
    other = next(number for number in log[at].data["ranking"] if number != item["application"])
    added = {**item, "application": other, "rank": item["rank"] + 1}
    return with_data(log, at, items=[item, added]), at


def _against_rules(log: Log) -> Tampered:
    opened = place(log, "round.opened.v1")
    rules = {key: value for key, value in log[opened].data["rules"].items() if key != "filled_from_reserve"}
    return with_data(log, opened, rules=rules), place(log, FILLED)


def _drop_notice(log: Log) -> Tampered:
    """The added one's own notice is gone: it is listed all the same."""
    [item] = log[place(log, FILLED)].data["items"]
    changed = drop(log, place(log, "notice.opened.v1", item["application"]))
    return changed, place(changed, "round.list-issued.v1")


def _back_to_what_was_filled(log: Log) -> Tampered:
    """One comes back whose place was filled, while no other is empty."""
    at = place(log, FILLED)
    held = {"removed": [], "held": log[at].data["replaced"]}
    return insert(log, at + 1, "round.items-left.v1", SYSTEM, held, like=at), at + 1


CASES: list[tuple[str, Change]] = [
    ("back-without-place", _back_to_what_was_filled),
    ("filled-against-rules", _against_rules),
    ("filled-beyond-empty", _twice),
    ("filled-beyond-empty", _change_filling(replaced=["0009"])),
    ("filled-beyond-empty", _change_filling(items=[], replaced=[])),
    ("filled-not-from-reserve", _item(lambda item: {"application": "0099"})),
    ("filled-out-of-order", _item(lambda item: {"rank": 1})),
    ("filled-out-of-time", _change_filling(proposal=7)),
    ("filled-unnoticed", _drop_notice),
]


@pytest.mark.parametrize(("finding", "change"), CASES)
def test_what_was_tampered_with_is_found(finding: str, change: Change, tmp_path: Path) -> None:
    log, at = change(make_filled_round().log)
    with Bundle(write_bundle(tmp_path / "round.zip", make_filled_round(), log)) as bundle:
        claim = next(claim for claim in outcome_claims(bundle) if claim.code == CODE)
    assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, finding, point(at))


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (_change_filling(ranking=[]), "figure-differs"),
        (_change_filling(deviations={}), "outcome-reason-missing"),
        (_item(lambda item: {"application": "0099"}), "outcome-no-candidate"),
    ],
)
def test_the_order_of_the_reserve_is_worked_out_by_code_that_asks_no_core(
    change: Change, finding: str, tmp_path: Path
) -> None:
    log, at = change(make_filled_round().log)
    with Bundle(write_bundle(tmp_path / "round.zip", make_filled_round(), log)) as bundle:
        claim = next(claim for claim in outcome_claims(bundle) if claim.code == "outcome-choice")
    assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, finding, point(at))
