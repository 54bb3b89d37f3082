"""A draw for which no panels exist is proven by counting, not by the solver; one that is only called so is found."""

from pathlib import Path
from typing import Any

import pytest

from audit.claims import Verdict
from audit.outcome.pool import LIMITS
from tests import factories as f
from tests.audit.support.small_round import DAY, before_the_draw, judge_round
from tests.audit.support.tampering import place, point, with_data
from tests.desk import pause_counting
from tests.whole_round import WholeRound

FIRST = f"application/{f.ROUND}/0001"


def _draw_again() -> WholeRound:
    """A round whose first draw found too few experts for seats and alternates, and whose second did not."""
    made = before_the_draw(5)
    with pause_counting():
        made.draw("main")
        assert set(made.log[-1].data["clashing"]) == {"alternates", FIRST}
        made.now += DAY
        made.register(f.person("newcomer-1", "expert"))
        made.draw("again")
        made.look()
        assert made.app("0001").state.seats
    return made


def test_an_honest_round_with_an_impossible_draw_is_proven(tmp_path: Path) -> None:
    made = _draw_again()
    claims = judge_round(tmp_path, made)
    # The round goes on, so nobody has an outcome yet.
    open_ = {code: claim for code, claim in claims.items() if claim.verdict is not Verdict.PROVEN}
    assert open_.keys() == {"list-equals-outcomes"}, open_
    assert claims["draws-recompute"].counted == 2


@pytest.mark.parametrize(
    ("draw", "finding", "data"),
    [
        ("again", "panels-exist", {"result": None, "clashing": ["alternates", FIRST]}),
        ("main", "clash-differs", {"clashing": ["load", FIRST]}),
        ("main", "clash-differs", {"clashing": [*LIMITS]}),
        ("main", "clash-differs", {"clashing": [*LIMITS, FIRST, "application/other/0001"]}),
    ],
)
def test_what_does_not_clash_is_found_at_its_entry(
    tmp_path: Path, draw: str, finding: str, data: dict[str, Any]
) -> None:
    made = _draw_again()
    at = place(made.log, "draw.drawn.v1", draw=draw)
    made.log = with_data(made.log[: at + 1], at, **data)
    claim = judge_round(tmp_path, made)["draws-recompute"]
    assert (claim.verdict, claim.finding, claim.point) == (Verdict.REFUTED, finding, point(at))
