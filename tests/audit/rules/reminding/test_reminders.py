"""Reminders that stand on no rung, tell others, or tell of what was done are found; honest ones are proven."""

from collections import Counter
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from audit.bundle.reader import Bundle
from audit.claims import Claim, Verdict
from audit.rules.catalogue import outcome_claims
from selection.application import commands as c
from tests import factories as f
from tests.audit.support.tampering import Log, later, place, with_data
from tests.bundling import write_bundle
from tests.desk import pause_counting
from tests.whole_round import WholeRound

LADDER: dict[str, Any] = {"after": [1], "officer": 3, "supervisor": 7, "days": 10, "kinds": {"draw": 4}}
ROUND, APPLICATION = "round.reminded.v1", "application.reminded.v1"


@cache
def _make_reminded_round() -> WholeRound:
    """A round whose only check comes late, of an application on which a report then waits for a ruling."""
    made = WholeRound(f.rules(ladder=LADDER, panel=f.SMALL_PANEL), list(f.people().values()))
    made.now += f.DAY
    made.app("0001").act(f.submit(), f.APPLICANT)
    made.recommend("bj", "recommender-1", "0001")
    made.wait(f.deadline("check") + 2 * f.DAY)
    made.app("0001").act(c.PassCheck(revision=1), f.OFFICER)
    made.look()
    made.draw("main")
    # Who ruled has a part in it, so that a report about them holds it.
    made.app("0001").act(f.report_conflict("insider-1", "report-0"), f.OFFICER)
    made.app("0001").act(f.rule("report-0", upheld=False), f.SUPERVISOR)
    made.app("0001").act(f.report_conflict("supervisor-1"), f.OFFICER)
    made.app("0001").act(f.report_conflict("insider-1", "report-2"), f.OFFICER)
    made.app("0001").act(f.rule("report-2", upheld=False), f.actor("supervisor-2"))
    dismissal = c.ReverseDecision(decision="conflict", report="report-2", text=f.ref())
    made.app("0001").act(dismissal, f.actor("officer-2"))
    made.wait(made.now + 30 * f.DAY)
    return made


def _claim(folder: Path, log: Log | None = None) -> Claim:
    with pause_counting(), Bundle(write_bundle(folder / "round.zip", _make_reminded_round(), log)) as bundle:
        return next(claim for claim in outcome_claims(bundle) if claim.code == "reminders-climb")


def _move(log: Log) -> Log:
    return later(log, place(log, ROUND, rung="day"), timedelta(hours=1))


def _tell_others(log: Log) -> Log:
    return with_data(log, place(log, ROUND, rung="after"), told=("officer-1",))


def _early_escalation(log: Log) -> Log:
    return with_data(log, place(log, ROUND, rung="day"), rung="supervisor")


def _tell_the_reported(log: Log) -> Log:
    at = place(log, APPLICATION, rung="supervisor")
    return with_data(log, at, told=("supervisor-1", *log[at].data["told"]))


def _other_due_day(log: Log) -> Log:
    at = place(log, APPLICATION, rung="before")
    return with_data(log, at, until=f.deadline("survey").isoformat())


def _of_answers(log: Log) -> int:
    return place(log, APPLICATION, awaited="answer-invitation", rung="officer")


def _of_nobody_silent(log: Log) -> Log:
    return with_data(log, _of_answers(log), awaited="review", task="panel/review")


def _of_another_silence(log: Log) -> Log:
    return with_data(log, _of_answers(log), until=f.deadline("survey").isoformat())


def _to_the_silent(log: Log) -> Log:
    return with_data(log, _of_answers(log), rung="after")


def _to_a_unit_by_name(log: Log) -> Log:
    return with_data(log, place(log, ROUND, awaited="recommend"), told=("recommender-1",))


def _of_recommending_afterwards(log: Log) -> Log:
    at = place(log, ROUND, awaited="check", rung="after")
    return with_data(log, at, awaited="recommend", task="recommend", told=())


def _to_units_above(log: Log) -> Log:
    return with_data(log, place(log, ROUND, awaited="recommend", rung="day"), rung="after")


def _of_nothing(log: Log) -> Log:
    return with_data(log, place(log, APPLICATION, rung="before"), task="report/none")


def test_honest_reminders_are_proven(tmp_path: Path) -> None:
    claim = _claim(tmp_path)
    assert claim.verdict is Verdict.PROVEN
    log = _make_reminded_round().log
    assert {leaf.data["rung"] for leaf in log if leaf.type == ROUND} == {"before", "day", "after"}
    awaited = Counter(leaf.data["awaited"] for leaf in log if leaf.type == APPLICATION)
    assert awaited.keys() == {"rule-on-conflict", "reverse-decision", "answer-invitation"}
    assert {leaf.data["rung"] for leaf in log if leaf.type == APPLICATION} == {
        *("before", "day", "after", "officer", "supervisor"),
    }


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (_move, "no-such-rung"),
        (_tell_others, "others-reminded"),
        (_early_escalation, "no-such-rung"),
        (_tell_the_reported, "others-reminded"),
        (_other_due_day, "deadline-differs"),
        (_of_nothing, "nothing-awaited"),
        (_to_a_unit_by_name, "others-reminded"),
        (_of_recommending_afterwards, "nothing-awaited"),
        (_to_units_above, "no-such-rung"),
        (_of_nobody_silent, "nothing-awaited"),
        (_of_another_silence, "deadline-differs"),
        (_to_the_silent, "no-such-rung"),
    ],
)
def test_others_are_found(tmp_path: Path, change: Any, finding: str) -> None:
    claim = _claim(tmp_path, change(_make_reminded_round().log))
    assert claim.verdict is Verdict.REFUTED
    assert claim.finding == finding
