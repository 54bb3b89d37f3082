"""The register changes in each phase of a request for review: the honest round is proven whenever that is."""

from contextlib import suppress
from itertools import combinations
from pathlib import Path

import pytest

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from tests import factories as f
from tests.audit.rules.people.test_found_conflicts import list_refuted, touch
from tests.audit.rules.people.test_fresh_panels import GROUND, review_all
from tests.audit.rules.people.test_inactive import stop
from tests.audit.rules.people.test_recusal import to_the_host
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import before_the_draw
from tests.desk import pause_counting
from tests.whole_round import WholeRound

DECIDERS = ("examiner-1", "examiner-2", "examiner-3", "surveyor-4")
PHASES = (
    *("requested", "appointed", "one found", "two found", "ordered", "drawn", "reviewed", "upheld"),
    "remedied",
)
AWAITED = PHASES[1:-1]
"""Those in which somebody is appointed, and the request not over."""

pytestmark = pytest.mark.long


def make_appointed(*, reviewed: bool = False) -> WholeRound:
    """A round whose only application ended, after its review or before, and on whose request four are to decide."""
    made = before_the_draw(24 if reviewed else 7)
    with pause_counting():
        if reviewed:
            made.draw("main")
            review_all(made.app("0001"), "15")
        end(made)
        request(made)
        appoint(made)
    return made


def end(made: WholeRound) -> None:
    made.register(f.person("surveyor-4", "examiner"))
    made.app("0001").act(f.report_fraud(), f.OFFICER)
    made.app("0001").act(c.RuleOnFraud(upheld=True, text=f.ref("ruling")), f.SUPERVISOR)
    made.now += f.DAY


def request(made: WholeRound) -> None:
    made.app("0001").act(f.request_review(), f.APPLICANT)


def appoint(made: WholeRound) -> None:
    made.app("0001").act(c.AppointDeciders(ground=GROUND, deciders=DECIDERS), f.OFFICER)


def enter(made: WholeRound, *people: str, remedy: str = "fresh-panel") -> None:
    """Enter what people find, those who still may."""
    for person in people:
        with suppress(Refused):
            made.app("0001").act(f.rule_on_request(remedy), f.actor(person, Role.EXAMINER))


def lead(made: WholeRound, phase: str) -> None:
    """Lead a request from the phase before into this one, if it is not further on."""
    match phase:
        case "requested":
            made.draw("main")
            review_all(made.app("0001"), "15")
            end(made)
            request(made)
        case "appointed":
            appoint(made)
        case "one found":
            enter(made, DECIDERS[0])
        case "two found":
            enter(made, DECIDERS[1])
        case "ordered":
            enter(made, *DECIDERS[2:])
        case "drawn":
            made.draw("fresh")
        case "reviewed":
            review_all(made.app("0001"), "20")
        case "upheld":
            enter(made, *DECIDERS, remedy="place-given")
        case "remedied":
            made.app("0001").act(c.RecordRemedy(ground=GROUND, text=f.ref("remedy")), f.OFFICER)


def play(stopped: str, back: str | None, person: str) -> WholeRound:
    """Lead a request through all phases, and register within two of them that somebody acts no more, and again."""
    made = before_the_draw(24)
    for phase in PHASES:
        with pause_counting():
            lead(made, phase)
        if phase in (stopped, back):
            stop(made, person, "examiner", active=phase == back)
    assert made.app("0001").state.over
    return made


@pytest.mark.parametrize("remedy", ["step-again", "fresh-panel"])
def test_a_request_that_is_decided_as_a_decider_is_stopped_is_proven(tmp_path: Path, remedy: str) -> None:
    made = make_appointed(reviewed=True)
    with pause_counting():
        enter(made, *DECIDERS[:2], remedy=remedy)
    assert made.app("0001").state.requests[GROUND].outcome == ""
    stop(made, DECIDERS[2], "examiner")
    found = made.app("0001").state.requests[GROUND]
    assert (found.outcome, found.panel) == (("upheld", "") if remedy == "step-again" else ("", "ordered"))
    assert list_refuted(tmp_path, made) == {}
    assert findings(decide_again(tmp_path, made)) == []


@pytest.mark.parametrize("person", [DECIDERS[0], DECIDERS[3]])
@pytest.mark.parametrize(
    ("stopped", "back"), [*combinations(AWAITED, 2), *((phase, None) for phase in AWAITED)]
)
def test_who_is_stopped_in_one_phase_and_comes_back_in_another_is_proven(
    tmp_path: Path, stopped: str, back: str | None, person: str
) -> None:
    made = play(stopped, back, person)
    assert list_refuted(tmp_path, made) == {}


@pytest.mark.parametrize("phase", AWAITED)
def test_who_is_bound_in_any_phase_is_proven(tmp_path: Path, phase: str) -> None:
    made = before_the_draw(24)
    with pause_counting():
        for each in PHASES:
            lead(made, each)
            if each == phase:
                to_the_host(made, DECIDERS[3], "examiner")
                touch(made)
            for report in made.app("0001").state.open_reports:
                made.app("0001").act(f.rule(report, upheld=True), f.SUPERVISOR)
    assert made.app("0001").state.over
    assert list_refuted(tmp_path, made) == {}
    assert findings(decide_again(tmp_path, made)) == []
