"""An applicant's agent who leaves is replaced by officers; tasks, letters and access follow at once (12, 4)."""

import pytest

from selection.application import commands as c, events as e
from selection.decision.facts import PersonFact
from selection.kernel.actor import Actor
from selection.kernel.stages import Stage
from selection.letters.writing import Letter
from selection.projections.open_tasks import tasks_of
from selection.projections.standing import measure_standing
from selection.rooms import LEAST_ASSURANCE
from selection.visibility.viewer import Standing, relation
from tests import factories as f, paths
from tests.desk import Desk

FORMER, NEW = f.actor("applicant-1"), f.actor("applicant-2")


def replace(person: str = "applicant-2") -> c.ReplaceAgent:
    return c.ReplaceAgent(agent=person, reason=f.ref("left"))


def in_stage(stage: Stage, *people: PersonFact) -> Desk:
    desk = paths.application_in(stage)
    known = {**desk.world.people, **{item.person: item for item in people}}
    desk.world = desk.world.with_(people=known)
    return desk


def standings(desk: Desk, who: Actor) -> frozenset[Standing]:
    return relation(desk.state, who.person, f.people()[who.person], f.RULES).standings


def test_from_the_next_act_on_the_new_agent_acts_and_the_former_can_do_and_see_nothing() -> None:
    desk = in_stage(Stage.MENDING)
    assert [task.person for task in tasks_of(desk.state)] == ["applicant-1"]
    assert desk.act(replace(), f.OFFICER) == (
        e.AgentReplaced(former="applicant-1", agent="applicant-2", reason=f.ref("left")),
    )
    assert [task.person for task in tasks_of(desk.state)] == ["applicant-2"]
    assert standings(desk, FORMER) == {Standing.PARTICIPANT}
    assert standings(desk, NEW) == {Standing.APPLICANT}
    for act in (c.GiveUp(), f.report_conflict("expert-1")):
        assert desk.refuse(act, FORMER) == "not-entitled"
    desk.act(c.GiveUp(), NEW)
    told = {item.to: item.template for item in desk.sent if isinstance(item, Letter)}
    assert (told["applicant-1"], told["applicant-2"]) == ("agent-no-more", "given-up")
    assert "agent-now" in {item.template for item in desk.sent if isinstance(item, Letter)}


def test_after_the_end_the_new_agent_requests_a_review() -> None:
    desk = paths.application_in(Stage.RESERVE)
    desk.act(c.Issue(proposal=1, place=0))
    desk.act(replace(), f.OFFICER)
    assert measure_standing(desk.aggregate, desk.state, desk.known).ended
    assert desk.refuse(f.request_review(), FORMER) == "not-entitled"
    assert desk.act(f.request_review(), NEW)


def test_officers_alone_replace_and_two_sign() -> None:
    desk = in_stage(Stage.REVIEW)
    for who in (FORMER, NEW, f.SUPERVISOR, f.RECOMMENDER, f.actor("expert-1")):
        assert desk.refuse(replace(), who) == "not-entitled"
    assert LEAST_ASSURANCE["replace-agent"] == "signed-by-two"


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (f.person("joined-1", "applicant", employer="91-other"), "agent-elsewhere"),
        (f.person("joined-1", "applicant", employer=f.PARTNER), "agent-elsewhere"),
        (f.person("joined-1", "expert", employer=f.HOST), "no-such-agent"),
        (f.person("joined-1", "applicant", employer=f.HOST, active=False), "no-such-agent"),
        (f.person("officer-2", "applicant", "officer", employer=f.HOST), "same-hands"),
        (f.person("expert-1", "applicant", "expert", employer=f.HOST), "same-hands"),
        (f.person("approver-1", "applicant", employer=f.HOST), "same-hands"),
    ],
)
def test_nobody_else_becomes_the_agent(fact: PersonFact, code: str) -> None:
    desk = in_stage(Stage.REVIEW, fact)
    assert desk.refuse(replace(fact.person), f.OFFICER) == code


def test_nobody_unknown_or_the_same_becomes_the_agent() -> None:
    desk = in_stage(Stage.REVIEW)
    assert desk.refuse(replace("nobody-1"), f.OFFICER) == "no-such-agent"
    assert desk.refuse(replace("applicant-1"), f.OFFICER) == "already-done"


def test_no_officer_makes_themself_the_agent() -> None:
    desk = in_stage(Stage.REVIEW, f.person("officer-1", "applicant", "officer", employer=f.HOST))
    assert desk.refuse(replace("officer-1"), f.OFFICER) == "same-employer"


def test_whoever_acted_for_the_applicant_once_has_no_other_duty_in_it_later() -> None:
    desk = in_stage(Stage.REVIEW)
    desk.act(replace(), f.OFFICER)
    assert {"applicant-1", "applicant-2"} <= set(desk.state.hands["applicant"])
