"""What a checked application came near to, and was not ruled on with it in view, is found by the answers held."""

from pathlib import Path
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Claim, Verdict
from audit.rules.catalogue import outcome_claims
from selection.application import commands as c
from selection.kernel.canonical import canonical_bytes
from selection.refusals.refused import Refused
from tests import factories as f
from tests.bundling import write_bundle
from tests.chance.rounds import RandomRound
from tests.whole_round import WholeRound

HELD = [{"code": "vr", "en": "generic virtual-reality technology", "zh": "虚拟现实共性技术"}]
HELD_TOO = {"directions": ("vr",), "twins": ("0002",)}
RULED = ("direction-similar", "same-form")
BOTH = {"rulings": RULED, "text": f.ref(), **HELD_TOO}


def _check_round(**said: Any) -> WholeRound:
    """A round in which one host hands in the same form under two names; the first passes."""
    played = RandomRound(0, applications=2, without=frozenset({"recommendation"}), held_directions=HELD)
    made = played.made
    answers = {"text": "Generic virtual reality for stages, measured year by year in three theatres."}
    for number in played.numbers:
        host = f.unit(made.people["host-0001"].employer)
        made.people[f"host-{number}"] = made.people[f"host-{number}"].with_(employer=host.code)
        command = f.submit(host=host, name_en=f"Centre {number}")
        made.app(number).act(command, f.actor(f"host-{number}", "applicant"))
        made.contents[f"form.host-{number}"] = canonical_bytes(answers)
    made.wait(made.round.state.deadlines["submission"] + f.DAY)
    made.app("0001").act(c.PassCheck(revision=1, **said), f.OFFICER)
    return made


def _claim(path: Path, made: WholeRound, without: str = "") -> Claim:
    with Bundle(write_bundle(path, made, without=without)) as bundle:
        return next(claim for claim in outcome_claims(bundle) if claim.code == "similar-in-view")


@pytest.mark.parametrize(
    "said", [{}, {**BOTH, "rulings": RULED[:1]}, {**BOTH, "directions": ()}, {**BOTH, "twins": ()}]
)
def test_one_host_cannot_hand_in_the_same_form_under_two_names_unseen(said: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        _check_round(**said)


def test_a_check_with_both_in_view_is_proven(tmp_path: Path) -> None:
    found = _claim(tmp_path / "round.zip", _check_round(**BOTH))
    assert (found.verdict, found.counted) == (Verdict.PROVEN, 1)


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        ({"directions": []}, "near-not-named"),
        ({"twins": []}, "near-not-named"),
        ({"twins": ["0001"]}, "near-not-named"),
        ({"rulings": ["same-form"]}, "near-unruled"),
        ({"rulings": ["direction-similar"]}, "near-unruled"),
    ],
)
def test_what_an_entry_leaves_out_is_found(tmp_path: Path, data: dict[str, Any], finding: str) -> None:
    made = _check_round(**BOTH)
    place = next(place for place, leaf in enumerate(made.log) if leaf.type == "application.check-passed.v1")
    made.log[place] = made.log[place].with_(data={**made.log[place].data, **data})
    found = _claim(tmp_path / "round.zip", made)
    assert (found.verdict, found.finding, found.point) == (Verdict.REFUTED, finding, f"{f.ROUND}#{place}")


def test_answers_that_are_not_held_are_not_compared(tmp_path: Path) -> None:
    made = _check_round(**BOTH)
    place = next(place for place, leaf in enumerate(made.log) if leaf.type == "application.check-passed.v1")
    made.log[place] = made.log[place].with_(data={**made.log[place].data, "directions": ["another"]})
    found = _claim(tmp_path / "round.zip", made, without="form.host-0001")
    assert found.verdict is Verdict.PROVEN
