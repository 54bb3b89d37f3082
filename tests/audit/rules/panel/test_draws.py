"""Draws are run again; inputs, secrets, seats and lots that were changed are found at their entry."""

import hashlib
import json
from copy import copy
from pathlib import Path
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Claim, Verdict
from audit.rules.catalogue import outcome_claims
from selection.kernel.canonical import canonical_bytes
from tests.audit.support.tampering import (
    Change,
    Log,
    Tampered,
    check_found,
    claim_of,
    claims_of,
    move,
    place,
    point,
    with_data,
)
from tests.bundling import write_bundle
from tests.round_story import tell_round

pytestmark = pytest.mark.long


def _change_entry(type_: str, number: str = "", **data: Any) -> Change:
    def change(log: Log) -> Tampered:
        at = place(log, type_, number)
        return with_data(log, at, **data), at

    return change


def _other_secret(log: Log) -> Tampered:
    opened = place(log, "draw.opened.v1")
    return with_data(log, opened, secret="6f" * 32), opened


def _open_before_commitment(log: Log) -> Tampered:
    opened = place(log, "draw.opened.v1", draw="second")
    to = place(log, "draw.committed.v1", draw="second")
    return move(log, opened, to), to


def _other_commitment(log: Log) -> Tampered:
    committed = place(log, "draw.committed.v1")
    commitment = hashlib.sha256(b"other").hexdigest()
    return with_data(log, committed, commitment=commitment), place(log, "draw.opened.v1")


def _randomness_chosen(log: Log) -> Tampered:
    opened = place(log, "draw.opened.v1")
    return with_data(log, opened, randomness="7 12 34"), place(log, "draw.drawn.v1")


def _seats_swapped(log: Log) -> Tampered:
    at = place(log, "panel.seated.v1", "0001")
    seats, alternates = log[at].data["seats"], log[at].data["alternates"]
    return with_data(log, at, seats={**seats, "1": alternates[0]}, alternates=[seats["1"], alternates[1]]), at


def _replace_out_of_order(log: Log) -> Tampered:
    at = place(log, "panel.seat-filled.v1", "0003")
    later = log[place(log, "panel.seat-filled.v1", "0003", nth=1)].data["expert"]
    return with_data(log, at, expert=later), at


def _by(type_: str, person: str, found_at: str) -> Change:
    """Let an entry of the first draw be somebody else's; found at the entry of a type."""

    def change(log: Log) -> Tampered:
        at = place(log, type_)
        actor = log[at].actor.with_(person=person)
        return [*log[:at], log[at].model_copy(update={"actor": actor}), *log[at + 1 :]], place(log, found_at)

    return change


def _others_numbers(log: Log) -> Tampered:
    entered = place(log, "draw.numbers-entered.v1")
    return with_data(log, entered, numbers="01 02 03"), place(log, "draw.opened.v1")


def _same_numbers_again(log: Log) -> Tampered:
    """The second draw names what opened the first."""
    first, second = place(log, "draw.committed.v1"), place(log, "draw.committed.v1", draw="second")
    named = {name: log[first].data[name] for name in ("source", "issue", "public", "until")}
    return with_data(log, second, **named), second


def _early(type_: str) -> Change:
    """Let an entry be of the time at which its draw was committed."""

    def change(log: Log) -> Tampered:
        at, committed = place(log, type_), place(log, "draw.committed.v1")
        return [
            *log[:at],
            log[at].model_copy(update={"at": log[committed].at}),
            *log[at + 1 :],
        ], at

    return change


def _commit_late(log: Log) -> Tampered:
    """The record took the commitment when its numbers were public, whatever its act says."""
    at = place(log, "draw.committed.v1")
    recorded = log[place(log, "draw.opened.v1")].at
    return [*log[:at], log[at].model_copy(update={"recorded": recorded}), *log[at + 1 :]], at


CHANGES = (
    ("randomness-named", _change_entry("draw.committed.v1", issue="2024-08-20T21:15")),
    ("randomness-named", _change_entry("draw.committed.v1", source="ssq")),
    ("randomness-named", _change_entry("draw.committed.v1", public="2024-08-20T13:00:00Z")),
    ("randomness-named", _change_entry("draw.committed.v1", until="2030-01-01T00:00:00Z")),
    ("randomness-named", _commit_late),
    ("randomness-named", _same_numbers_again),
    ("randomness-named", _early("draw.opened.v1")),
    ("randomness-named", _early("draw.numbers-entered.v1")),
    ("randomness-named", _by("draw.opened.v1", "officer-1", "draw.opened.v1")),
    ("randomness-authentic", _by("draw.numbers-entered.v1", "officer-2", "draw.opened.v1")),
    ("randomness-authentic", _others_numbers),
    ("randomness-authentic", _change_entry("draw.opened.v1", randomness="7 12 33")),
    ("randomness-authentic", _change_entry("draw.numbers-entered.v1", numbers="7 12 33")),
    ("draws-committed", _other_secret),
    ("draws-committed", _change_entry("draw.opened.v1", randomness="")),
    ("draws-committed", _other_commitment),
    ("record-folds", _open_before_commitment),
    ("draws-recompute", _randomness_chosen),
    ("draws-recompute", _change_entry("draw.drawn.v1", total_cost=1)),
    ("draws-recompute", _change_entry("draw.drawn.v1", result=None, clashing=["load"])),
    ("draw-inputs-follow", _change_entry("draw.committed.v1", applications=5)),
    (
        "draw-inputs-follow",
        _change_entry("draw.committed.v1", inputs={"id": "draw-inputs-main", "sha256": "0" * 64}),
    ),
    ("panels-as-drawn", _seats_swapped),
    ("panels-as-drawn", _replace_out_of_order),
    ("panels-as-drawn", _change_entry("panel.seated.v1", "0001", lot="00" * 16)),
    ("panels-as-drawn", _change_entry("panel.seated.v1", "0001", revision=2)),
    ("panels-as-drawn", _change_entry("panel.seated.v1", "0001", draw="other")),
)


@pytest.mark.parametrize(("code", "change"), CHANGES)
def test_a_changed_draw_is_found_at_its_entry(tmp_path: Path, code: str, change: Change) -> None:
    check_found(tmp_path, code, change)


def _with_content(folder: Path, name: str, body: bytes, *, registered: bool = True) -> dict[str, Claim]:
    """The claims about the round with a content changed, and its hash in every entry with it."""
    made = copy(tell_round())
    made.contents = dict(made.contents)
    old = made.store(name, made.contents[name])
    new = made.store(name, body)
    log = [
        leaf.model_copy(update={"data": _referring(leaf.data, old.sha256, new.sha256)}) for leaf in made.log
    ]
    with Bundle(write_bundle(folder / "round.zip", made, log, registered=registered)) as bundle:
        return {claim.code: claim for claim in outcome_claims(bundle)}


def _referring(data: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(data).replace(old, new))
    return found


def _inputs() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(tell_round().contents["draw-inputs-main"])
    return found


def _less_load(inputs: dict[str, Any]) -> None:
    inputs["max_load"] = 1000


def _nobody_avoided(inputs: dict[str, Any]) -> None:
    inputs["applications"][0]["avoid"] = []


def _a_smaller_pool(inputs: dict[str, Any]) -> None:
    inputs["experts"].pop()


def _another_employer(inputs: dict[str, Any]) -> None:
    inputs["experts"][0]["employer"] = "91-other"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (_less_load, "max_load"),
        (_nobody_avoided, "0001"),
        (_another_employer, "expert-1"),
    ],
)
def test_changed_inputs_do_not_follow_from_the_record(tmp_path: Path, change: Any, what: str) -> None:
    inputs = _inputs()
    change(inputs)
    found = _with_content(tmp_path, "draw-inputs-main", canonical_bytes(inputs))["draw-inputs-follow"]
    at = place(tell_round().log, "draw.committed.v1")
    assert (found.verdict, found.point) == (Verdict.REFUTED, point(at))
    assert (found.finding, found.params["what"]) == ("draw-input-differs", what)


def test_a_pool_that_lost_someone_is_counted(tmp_path: Path) -> None:
    inputs = _inputs()
    _a_smaller_pool(inputs)
    found = _with_content(tmp_path, "draw-inputs-main", canonical_bytes(inputs))["draw-inputs-follow"]
    assert (found.verdict, found.finding) == (Verdict.REFUTED, "draw-counts-differ")


def test_a_dearer_panel_is_found_by_running_the_draw_again(tmp_path: Path) -> None:
    result = json.loads(tell_round().contents["draw-result-main"])
    panel = next(iter(result["panels"].values()))
    panel["seats"][0], panel["alternates"][0] = panel["alternates"][0], panel["seats"][0]
    claims = _with_content(tmp_path, "draw-result-main", canonical_bytes(result))
    at = place(tell_round().log, "draw.drawn.v1")
    assert (claims["draws-recompute"].finding, claims["draws-recompute"].point) == ("draw-faulty", point(at))
    assert claims["panels-as-drawn"].finding == "panel-differs"


def test_a_content_that_is_not_the_one_referred_to_is_found(tmp_path: Path) -> None:
    made = copy(tell_round())
    made.contents = {**made.contents, "draw-result-main": made.contents["draw-result-second"]}
    with Bundle(write_bundle(tmp_path / "round.zip", made)) as bundle:
        claims = {claim.code: claim for claim in outcome_claims(bundle)}
    assert claims["draws-recompute"].finding == "draw-content-differs"


@pytest.mark.parametrize(
    ("without", "codes"),
    [
        ("draw-inputs-main", {"draw-inputs-follow", "draws-recompute", "panels-as-drawn"}),
        ("draw-result-second", {"draws-recompute", "panels-as-drawn"}),
    ],
)
def test_what_is_not_held_is_not_provable(tmp_path: Path, without: str, codes: set[str]) -> None:
    claims = claims_of(tmp_path, without=without)
    open_ = {code for code, claim in claims.items() if claim.verdict is Verdict.NOT_PROVABLE}
    assert open_ == codes
    assert {(claims[code].finding, claims[code].params["content"]) for code in codes} == {
        ("content-not-held", without)
    }
    assert not [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED]


def test_a_lot_is_checked_even_without_the_contents(tmp_path: Path) -> None:
    at = place(tell_round().log, "panel.seated.v1", "0001")
    log = with_data(tell_round().log, at, lot="00" * 16)
    found = claim_of(tmp_path, "panels-as-drawn", log, without="draw-inputs-main")
    assert (found.verdict, found.finding) == (Verdict.REFUTED, "lot-differs")


def test_a_bundle_without_the_register_leaves_open_what_it_shows(tmp_path: Path) -> None:
    with Bundle(write_bundle(tmp_path / "round.zip", tell_round(), registered=False)) as bundle:
        claims = {claim.code: claim for claim in outcome_claims(bundle)}
    missing = {code for code, claim in claims.items() if claim.finding == "register-missing"}
    assert missing == {
        "places-told",
        "rules-sound",
        "actors-entitled",
        "actors-active",
        "approvals-in-order",
        "recusals-kept",
        "no-conflict-from-data",
        "found-conflicts-hold",
        "draw-inputs-follow",
        "co-builders-confirmed",
        "citations-by-right",
        "recommenders-by-two",
    }
    assert {claim.verdict for code, claim in claims.items() if code not in missing} == {Verdict.PROVEN}


@pytest.mark.parametrize(
    ("conflicts", "finding"),
    [
        (["host-0001", "officer-1"], "draw-input-differs"),
        (["agent-bj", "by-data", "host-0001", "officer-1"], "register-missing"),
    ],
    ids=["one left out", "one more"],
)
def test_without_the_register_whoever_had_a_hand_in_it_is_in_conflict_still(
    tmp_path: Path, conflicts: list[str], finding: str
) -> None:
    inputs = _inputs()
    inputs["applications"][0]["conflicts"] = conflicts
    changed = canonical_bytes(inputs)
    found = _with_content(tmp_path, "draw-inputs-main", changed, registered=False)["draw-inputs-follow"]
    assert found.finding == finding
