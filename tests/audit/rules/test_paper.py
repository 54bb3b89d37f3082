"""What came on paper and does not follow the rules is found; what does is proven."""

from pathlib import Path
from typing import Any

import pytest

from audit.claims import Verdict
from selection.application import commands as c
from selection.kernel.stages import Outcome
from tests import factories as f
from tests.audit.support.deciding import decided_again, findings
from tests.audit.support.small_round import judged
from tests.audit.support.tampering import later, place, with_data
from tests.desk import last_of
from tests.selection.recommendation.test_paper import LAST, on_paper, the_list, waiting
from tests.whole_round import WholeRound

CODE, LISTED = "paper-in-time", "list.recommended.v1"


def entered() -> WholeRound:
    made = waiting("0002")
    the_list(made).act(on_paper(), f.OFFICER)
    made.app("0001").carry(last_of(the_list(made)))
    made.app("0001").wait(made.now)
    made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)
    made.wait(made.now + 5 * f.DAY)
    made.look()
    return made


def test_an_honest_entry_is_proven_and_follows(tmp_path: Path) -> None:
    made = entered()
    claims = judged(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims[CODE].counted == 1
    assert made.app("0002").state.outcome == Outcome.NOT_RECOMMENDED.value
    assert findings(decided_again(tmp_path, made)) == []


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        ({"sent": str(LAST.replace(day=LAST.day + 1) if LAST else "")}, "sent-late"),
        ({"evidence": []}, "paper-unproven"),
        ({"agent": "recommender-2"}, "paper-of-a-stranger"),
        ({"sent": None}, "paper-unmarked"),
    ],
)
def test_an_entry_that_the_rules_forbid_is_found(tmp_path: Path, data: dict[str, Any], finding: str) -> None:
    made = entered()
    made.log = with_data(made.log, place(made.log, LISTED), **data)
    claim = judged(tmp_path, made)[CODE]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, finding)


def test_an_entry_after_the_rules_waited_is_found(tmp_path: Path) -> None:
    made = entered()
    made.log = later(made.log, place(made.log, LISTED), 4 * f.DAY)
    claim = judged(tmp_path, made)[CODE]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "paper-not-awaited")
