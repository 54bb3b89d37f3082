"""Reports of lobbying are ruled on by others: an honest round is proven, and one that was tampered with is refuted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from audit.claims import Verdict
from selection.round import commands as r
from tests import factories as f
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.audit.support.tampering import Log, change_actor, drop, place, with_data
from tests.desk import pause_counting
from tests.whole_round import WholeRound

CODE = "lobbying-ruled-by-others"
REPORTED, RULED = "lobbying.reported.v1", "lobbying.ruled.v1"


def rule_on_lobbying() -> WholeRound:
    made = before_the_draw(7)
    with pause_counting():
        told = r.ReportLobbying(report="lobbying-1", named=("officer-2",), text=f.ref("why"))
        made.round.act(told, f.actor("expert-1"))
        made.round.act(r.RuleOnLobbying(report="lobbying-1", upheld=True, text=f.ref()), f.SUPERVISOR)
    return made


def test_an_honest_ruling_is_proven(tmp_path: Path) -> None:
    claims = judge_round(tmp_path, rule_on_lobbying())
    refuted = [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED]
    assert (refuted, claims[CODE].verdict) == ([], Verdict.PROVEN)


def test_who_is_given_the_post_that_rules_after_the_end_is_proven(tmp_path: Path) -> None:
    """Seen before: the way out that a round has whose supervisors are all parties was found to be after its end."""
    made = before_the_draw(7)
    made.register(f.person("supervisor-3", "supervisor"))
    with pause_counting():
        told = r.ReportLobbying(
            report="lobbying-1", named=("supervisor-1", "supervisor-2"), text=f.ref("why")
        )
        made.round.act(told, f.actor("expert-1"))
        made.round.act(r.CancelRound(reason=f.ref()), f.OFFICER)
        made.carry_out(*(stream for stream in made.desks if stream.startswith("application")))
        assert made.round.state.ended
        change = r.ChangePost(post="supervisors", add=("supervisor-3",), reason=f.ref())
        made.round.act(change, f.OFFICER)
        ruling = r.RuleOnLobbying(report="lobbying-1", upheld=True, text=f.ref())
        made.round.act(ruling, f.actor("supervisor-3"))
        assert made.round.state.over
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []


def _by_who_is_named(log: Log) -> Log:
    return with_data(log, place(log, REPORTED), named=["supervisor-1"])


def _by_an_officer(log: Log) -> Log:
    return change_actor(log, place(log, RULED), f.OFFICER)


def _of_nothing(log: Log) -> Log:
    return drop(log, place(log, REPORTED))


@pytest.mark.parametrize(
    ("change", "findings"),
    [
        (_by_who_is_named, {"lobbying-ruled-by-party"}),
        (_by_an_officer, {"lobbying-ruled-by-party"}),
        (_of_nothing, {"lobbying-not-reported", "fold-broken"}),
    ],
)
def test_a_ruling_by_a_party_is_refuted(
    tmp_path: Path, change: Callable[[Log], Log], findings: set[str]
) -> None:
    made = rule_on_lobbying()
    made.log = change(made.log)
    claim = judge_round(tmp_path, made)[CODE]
    assert claim.verdict is not Verdict.PROVEN
    assert claim.finding in findings, claim
