"""Whatever waits for somebody after an end climbs the ladder, and nothing of that is refuted."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import chain
from pathlib import Path

import pytest

from audit.rules.causes import APPLICATION as APPLICATION_CAUSES, FOLLOWS, ROUND as ROUND_CAUSES, VACATED
from audit.rules.decisions import (
    AFTER_THE_END,
    OF_A_PANEL,
    OF_A_REQUEST,
    REMINDED,
    REMINDED_OF_A_PANEL,
    REMINDED_OF_A_REQUEST,
)
from selection.application import commands as c, events as a
from selection.decision.aggregate import Event
from selection.kernel.stages import RoundStage, Stage
from selection.process.ladder import BY_LETTERS_THAT_WAIT
from selection.projections.open_tasks import tasks_of
from selection.rooms import APPLICATION_FLOW, ROUND_FLOW
from selection.round import commands as r
from selection.round.events import RoundReminded
from tests import factories as f
from tests.audit.rules.people.test_found_conflicts import list_refuted, touch
from tests.audit.rules.people.test_fresh_panels import DECIDERS, GROUND, decide, review_all
from tests.audit.rules.people.test_recusal import to_the_host
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import before_the_check, before_the_draw
from tests.desk import pause_counting
from tests.selection.reversing.reversals import OTHER, SECOND, decline, reverse
from tests.whole_round import WholeRound

APPLICATION, ROUND = "application.reminded.v1", "round.reminded.v1"
PATIENCE = timedelta(days=150)


def rule_out(made: WholeRound) -> WholeRound:
    """Have the only application ruled out, of which a review is requested a day later."""
    desk = made.app("0001")
    desk.act(f.report_fraud(), f.OFFICER)
    desk.act(c.RuleOnFraud(upheld=True, text=f.ref("ruling")), f.SUPERVISOR)
    made.now += f.DAY
    made.app("0001").act(f.request_review(), f.APPLICANT)
    return made


def request() -> WholeRound:
    return rule_out(before_the_draw(7, ladder=True))


def appoint(made: WholeRound | None = None) -> WholeRound:
    made = made or request()
    made.app("0001").act(c.AppointDeciders(ground=GROUND, deciders=DECIDERS), f.OFFICER)
    return made


def uphold() -> WholeRound:
    made = appoint()
    decide(made.app("0001"), "step-again")
    return made


def bind_decider() -> WholeRound:
    made = appoint()
    to_the_host(made, DECIDERS[0], "examiner")
    touch(made)
    return made


def order_panel() -> WholeRound:
    made = before_the_draw(24, ladder=True)
    made.draw("main")
    review_all(made.app("0001"), "15")
    appoint(rule_out(made))
    decide(made.app("0001"), "fresh-panel")
    return made


def draw_panel() -> WholeRound:
    made = order_panel()
    made.draw("fresh")
    return made


def accept_all() -> WholeRound:
    made = draw_panel()
    for seat in made.app("0001").state.seats:
        made.app("0001").act(f.accept(), f.actor(seat.expert))
    return made


def report_lobbying() -> WholeRound:
    """A round that was cancelled while a report of lobbying waits for a ruling."""
    made = before_the_draw(7, ladder=True)
    told = r.ReportLobbying(report="lobbying-1", named=("officer-2",), text=f.ref("why"))
    made.round.act(told, f.actor("expert-1"))
    made.round.act(r.CancelRound(reason=f.ref()), f.OFFICER)
    made.carry_out(*(stream for stream in made.desks if stream.startswith("application")))
    return made


LEADS: Mapping[str, Callable[[], WholeRound]] = {
    "appoint-deciders": request,
    "rule-on-request": appoint,
    "record-remedy": uphold,
    "rule-on-conflict": bind_decider,
    "supplement-panel": order_panel,
    "answer-invitation": draw_panel,
    "review": accept_all,
    "rule-on-lobbying": report_lobbying,
}
"""By the kind of a task a round in which it waits after an end."""


def test_each_kind_that_may_wait_after_an_end_is_here() -> None:
    assert LEADS.keys() == {*REMINDED, *REMINDED_OF_A_PANEL, *REMINDED_OF_A_REQUEST}


@pytest.mark.parametrize("event", [*AFTER_THE_END, *OF_A_PANEL, *OF_A_REQUEST, a.TaskReminded, RoundReminded])
def test_what_may_follow_an_end_is_possible_there(event: type[Event]) -> None:
    table: dict[type[Event], tuple[str, ...]] = {**APPLICATION_CAUSES, **ROUND_CAUSES}
    table[a.SeatVacated] = tuple(chain(*VACATED.values()))
    ends = {Stage.ENDED, RoundStage.ISSUED, RoundStage.CANCELLED}
    ways = {way.cause for way in (*APPLICATION_FLOW, *ROUND_FLOW) if not ends.isdisjoint(way.stages)}
    assert not {*ways, FOLLOWS}.isdisjoint(table[event])


@pytest.mark.parametrize("kind", LEADS)
def test_who_is_reminded_after_the_end_refutes_nothing(tmp_path: Path, kind: str) -> None:
    with pause_counting():
        made = LEADS[kind]()
        ended = made.round.state.ended or made.app("0001").state.ended
        began = len(made.log)
        made.wait(made.now + PATIENCE)
    told = [leaf.data for leaf in made.log[began:] if leaf.type in (APPLICATION, ROUND)]
    rungs = {item["rung"] for item in told if item["awaited"] == kind}
    assert ended
    assert rungs >= ({"officer"} if kind in BY_LETTERS_THAT_WAIT else {"day", "after", "supervisor"})
    assert list_refuted(tmp_path, made) == {}
    assert findings(decide_again(tmp_path, made)) == []


def enter_reversal() -> WholeRound:
    """A round whose only application failed its check, which a supervisor would reverse as a review is requested."""
    made = before_the_check(7, ladder=True)
    desk = made.app("0001")
    desk.act(c.FailCheck(revision=1, grounds=("seals-missing",), text=f.ref()), f.OFFICER)
    desk.act(reverse("check"), SECOND)
    made.now += f.DAY
    made.app("0001").act(f.request_review(), f.APPLICANT)
    return made


def test_nobody_is_asked_to_reverse_what_a_request_for_review_keeps_as_it_is(tmp_path: Path) -> None:
    with pause_counting():
        made = enter_reversal()
        desk = made.app("0001")
        assert desk.refuse(reverse("check"), OTHER) == "request-open"
        assert [task.kind for task in tasks_of(desk.state)] == ["appoint-deciders"]
        made.wait(made.now + PATIENCE)
    assert list_refuted(tmp_path, made) == {}
    assert findings(decide_again(tmp_path, made)) == []


def test_once_the_request_is_decided_the_reversal_waits_again(tmp_path: Path) -> None:
    with pause_counting():
        made = appoint(enter_reversal())
        decide(made.app("0001"), "step-again")
        made.app("0001").act(c.RecordRemedy(ground=GROUND, text=f.ref("remedy")), f.OFFICER)
        desk = made.app("0001")
        assert [task.kind for task in tasks_of(desk.state)] == ["reverse-decision"]
        desk.act(decline("check"), OTHER)
        assert tasks_of(desk.state) == ()
    assert list_refuted(tmp_path, made) == {}
