"""Nothing comes of a refused act but the end of a stream that it would have begun: by both ways to verify acts."""

from typing import Any

import pytest

from audit.claims import Verdict
from selection.kernel.leaf import Leaf
from tests import factories as f
from tests.audit.support.acts import acts_of
from tests.audit.support.independent import find_fault
from tests.audit.support.tampering import place
from tests.round_story import tell_signed_round

pytestmark = pytest.mark.repo

REFUSED = place(tell_signed_round().log, "act.refused.v1", "bj")
WITHDRAWN: tuple[str, dict[str, Any]] = ("application.withdrawn.v1", {"reason": None})
LAPSED: tuple[str, dict[str, Any]] = (
    "application.lapsed.v1",
    {"outcome": "never-submitted", "deadline": "2026-01-01T00:00:00Z"},
)
UNOPENED: tuple[str, dict[str, Any]] = ("list.never-opened.v1", {})


def with_entries(*told: tuple[str, dict[str, Any]], after: bool = False, version: int = 0) -> list[Leaf]:
    """The signed round with entries of a refused act, before its refusal or after it."""
    log, refusal = tell_signed_round().log, tell_signed_round().log[REFUSED]
    hashed = {name: refusal.data[name] for name in ("command_id", "command_hash")}
    more = [
        refusal.with_(type=type_, data={**data, **hashed}, version=version or refusal.version)
        for type_, data in told
    ]
    act = [refusal, *more] if after else [*more, refusal]
    unsigned = [leaf.with_(signed=None) for leaf in act[1:]]
    return [*log[:REFUSED], act[0], *unsigned, *log[REFUSED + 1 :]]


FORGED = {
    "an event before it": with_entries(WITHDRAWN),
    "an event after it": with_entries(WITHDRAWN, after=True),
    "the end of what had begun": with_entries(LAPSED, version=2),
    "another end than of what never began": with_entries(
        ("application.lapsed.v1", {**LAPSED[1], "outcome": "withdrawn"}), version=1
    ),
    "the end of a list of a round that there is": with_entries(UNOPENED, version=1),
    "two ends": with_entries(LAPSED, LAPSED, version=1),
}


@pytest.mark.parametrize("name", FORGED)
def test_what_came_of_a_refused_act_is_found(name: str) -> None:
    installation = tell_signed_round().installation
    claim = acts_of(FORGED[name], installation)[f.ROUND]
    found = (claim.verdict, claim.finding)
    assert found == (Verdict.REFUTED, "refusal-outlived")
    assert find_fault(installation, FORGED[name]) != ""


def test_the_end_of_what_never_began_is_taken() -> None:
    claim = acts_of(with_entries(LAPSED, version=1), tell_signed_round().installation)[f.ROUND]
    assert claim.verdict is Verdict.PROVEN
