"""What runs from an act is moved for all, by an extension or an outage: honest rounds are proven, cheats found."""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.claims import Verdict
from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.day_clock import day_of, end_of_day
from selection.kernel.stages import Stage
from selection.refusals.refused import Refused
from selection.round import commands as r
from tests import factories as f
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.audit.support.tampering import place, with_data
from tests.chance.acting import CLIMBING
from tests.chance.rounds import RandomRound
from tests.whole_round import WholeRound

MEND, HOUR = c.Mend(submission=f.submit(staff=31).submission), timedelta(hours=1)


def extend(made: WholeRound, name: Any, days: int) -> None:
    until = day_of(made.rules.clock, made.now) + timedelta(days=days)
    made.round.act(
        r.ExtendDeadline(cause="organiser", name=name, until=until, reason=f.ref("why")), f.OFFICER
    )


class MovedRound(RandomRound):
    """A round by one seed in which everything that runs is moved once, and an outage comes in each stage."""

    def _outage(self) -> None:
        outage = f.outage(self.made.now - 2 * HOUR, self.made.now - HOUR)
        with suppress(Refused):
            self.made.round.act(outage, f.OFFICER)

    def _check(self) -> None:
        extend(self.made, "mend", 11)
        super()._check()
        self._outage()

    def _answers(self) -> None:
        with suppress(Refused):
            extend(self.made, "invitation", 9)
        self._outage()
        super()._answers()

    def _reconsider(self, number: str) -> None:
        with suppress(Refused):
            extend(self.made, "notice", 8)
        self._outage()


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 4])
def test_a_round_led_by_chance_in_which_all_that_runs_moves_is_proven(tmp_path: Path, seed: int) -> None:
    made = MovedRound(seed, **CLIMBING).run()
    moved = {leaf.data["name"] for leaf in made.log if leaf.type == "round.deadline-extended.v1"}
    assert {"mend", "invitation"} <= moved
    assert any("windows" in leaf.data for leaf in made.log if leaf.type == "round.outage-recorded.v1")
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert findings(decide_again(tmp_path, made)) == []


def send_back(extended: int = 0) -> WholeRound:
    """A round whose one application is to be mended; with mending extended before, so many days, if told so."""
    made = WholeRound(f.rules(panel=f.SMALL_PANEL), list(f.people().values()))
    made.now += f.DAY
    made.app("0001").act(f.submit(), f.APPLICANT)
    made.recommend("bj", "recommender-1", "0001")
    made.wait(f.deadline("recommendation") + f.DAY)
    if extended:
        extend(made, "mend", extended)
    made.app("0001").act(c.SendBack(faults=("seals-missing",), text=f.ref()), f.OFFICER)
    return made


def test_mending_ends_where_it_was_moved_to_and_not_before(tmp_path: Path) -> None:
    made = send_back()
    old = made.app("0001").state.until
    extend(made, "mend", 14)
    until = made.round.state.deadlines["mend"]
    made.wait(old + HOUR)
    assert made.app("0001").state.stage is Stage.MENDING
    made.app("0001").act(MEND, f.APPLICANT)
    made.app("0001").act(c.PassCheck(revision=2), f.OFFICER)
    made.look()
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    # Without the extension the same act came late, and an extension that nobody recorded is found.
    at = place(made.log, "round.deadline-extended.v1")
    made.log = with_data(made.log, at, name="survey", old=f.deadline("survey").isoformat())
    assert judge_round(tmp_path, made)["acts-in-time"].finding == "act-late"
    assert until > old + HOUR


@pytest.mark.parametrize("cause", ["", "favour", "system"])
def test_a_deadline_that_moved_for_no_cause_of_the_list_is_found(tmp_path: Path, cause: str) -> None:
    made = send_back()
    extend(made, "mend", 14)
    made.log = with_data(made.log, place(made.log, "round.deadline-extended.v1"), cause=cause)
    assert judge_round(tmp_path, made)["deadlines-dated"].finding == "cause-unknown"


def test_who_does_not_mend_lapses_at_the_moved_day() -> None:
    made = send_back()
    extend(made, "mend", 14)
    until = made.round.state.deadlines["mend"]
    made.wait(until + HOUR)
    assert made.app("0001").state.stage is Stage.CHECKING
    (lapsed,) = [leaf for leaf in made.log if leaf.type == "application.mending-lapsed.v1"]
    assert lapsed.at == until


def test_what_is_sent_back_later_has_the_moved_day_as_well(tmp_path: Path) -> None:
    made = send_back(extended=30)
    (told,) = [leaf.data["until"] for leaf in made.log if leaf.type == "application.sent-back.v1"]
    assert datetime.fromisoformat(told) == made.round.state.deadlines["mend"]
    assert judge_round(tmp_path, made)["windows-measured"].verdict is Verdict.PROVEN


def test_an_outage_that_names_other_windows_is_found(tmp_path: Path) -> None:
    made = send_back()
    made.now += f.DAY
    made.round.act(f.outage(made.now - 2 * HOUR, made.now - HOUR), f.OFFICER)
    assert made.round.state.deadlines["mend"] == end_of_day(
        made.rules.clock, day_of(made.rules.clock, made.now - HOUR) + timedelta(days=1)
    )
    at = place(made.log, "round.outage-recorded.v1")
    for windows in ((), ("mend", "notice")):
        log = list(made.log)
        told = WholeRound.__new__(WholeRound)
        told.__dict__ = {**made.__dict__, "log": with_data(log, at, windows=windows)}
        claim = judge_round(tmp_path, told)["deadlines-dated"]
        assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "other-deadlines-moved")


def test_an_extension_of_what_cannot_run_is_found(tmp_path: Path) -> None:
    made = send_back()
    extend(made, "mend", 14)
    at = place(made.log, "round.deadline-extended.v1")
    made.log = with_data(made.log, at, name="invitation")
    claim = judge_round(tmp_path, made)["deadlines-dated"]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "nothing-runs")


def test_an_invitation_is_answered_until_the_moved_day(tmp_path: Path) -> None:
    made = before_the_draw(10)
    made.draw("main")
    seat = made.app("0001").state.seats[0]
    extend(made, "invitation", 14)
    made.wait(seat.respond_by + HOUR)
    made.app("0001").act(f.accept(), f.actor(seat.expert, Role.EXPERT))
    claims = judge_round(tmp_path, made)
    assert claims["acts-in-time"].verdict is Verdict.PROVEN
    assert claims["deadlines-dated"].verdict is Verdict.PROVEN
    others = [item for item in made.app("0001").state.seats if item.status == "invited"]
    made.wait(made.round.state.deadlines["invitation"])
    after = made.app("0001").state
    assert all(after.seat_of(item.expert) is None for item in others)
    assert judge_round(tmp_path, made)["deadlines-dated"].verdict is Verdict.PROVEN
