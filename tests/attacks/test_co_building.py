"""Who would like an application to look confirmed by a co-builder that did not confirm it."""

from typing import Any

import pytest

from selection.application import commands as c
from selection.kernel.actor import Actor
from selection.kernel.stages import Stage
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.application.test_co_building import (
    AGENT,
    COLLEAGUE,
    OTHER,
    PARTNER,
    PEOPLE,
    SECOND,
    confirm,
    joint,
    with_second,
)


def register(desk: Desk, **changes: Any) -> None:
    """Let the register say something else of somebody."""
    desk.world = desk.world.with_(people={**desk.world.people, **changes})


@pytest.mark.parametrize(
    ("who", "unit", "code"),
    [
        # Employed by another co-builder, by none, by the host; the host's agent; no applicant; nobody at all.
        (f.actor(SECOND, "applicant"), PARTNER, "not-entitled"),
        (f.actor("applicant-3", "applicant"), PARTNER, "not-entitled"),
        (f.actor("applicant-2", "applicant"), PARTNER, "not-entitled"),
        (f.actor("applicant-2", "applicant"), f.HOST, "not-entitled"),
        (f.APPLICANT, PARTNER, "not-entitled"),
        (f.actor("partner-3", "applicant"), PARTNER, "not-entitled"),
        (f.actor("nobody-1", "applicant"), PARTNER, "not-entitled"),
        # In another role, and for a unit that is not theirs.
        (f.actor("partner-1", "expert"), PARTNER, "not-entitled"),
        (f.OFFICER, PARTNER, "not-entitled"),
        (AGENT, OTHER, "not-entitled"),
        (AGENT, "91-stranger", "not-entitled"),
    ],
)
def test_nobody_confirms_for_a_unit_that_does_not_employ_them(who: Actor, unit: str, code: str) -> None:
    desk = paths.application(people=PEOPLE)
    desk.act(c.Submit(submission=with_second()), f.APPLICANT)
    assert desk.refuse(confirm(unit=unit), who) == code
    assert desk.state.confirmed == {}


def test_the_hosts_agent_does_not_confirm_whoever_employs_them_now() -> None:
    desk = joint()
    register(desk, **{"applicant-1": f.person("applicant-1", "applicant", employer=PARTNER)})
    assert desk.refuse(confirm(), f.APPLICANT) == "another-of-the-unit"


def test_the_hosts_agent_is_not_asked_to_confirm() -> None:
    moved = {"applicant-1": f.person("applicant-1", "applicant", employer=PARTNER)}
    desk = joint()
    register(desk, **moved)
    desk.act(c.Submit(submission=f.joint(agreement=f.ref("new"))), f.APPLICANT)
    assert desk.state.asked.people == {PARTNER: ("partner-1", "partner-2")}


def test_nobody_confirms_for_two_units_one_after_the_other() -> None:
    desk = paths.application(people=PEOPLE)
    desk.act(c.Submit(submission=with_second()), f.APPLICANT)
    desk.act(confirm(), AGENT)
    register(desk, **{"partner-1": f.person("partner-1", "applicant", employer=OTHER)})
    assert desk.refuse(confirm(unit=OTHER), AGENT) == "another-of-the-unit"
    assert desk.act(confirm(unit=OTHER), f.actor(SECOND, "applicant"))


def test_a_confirmation_at_the_deadline_is_late() -> None:
    desk = joint()
    assert desk.refuse(confirm(), AGENT, f.deadline("submission")) == "late"


def test_an_older_or_a_later_version_is_not_confirmed() -> None:
    desk = joint()
    desk.act(c.Submit(submission=f.joint(agreement=f.ref("new"))), f.APPLICANT)
    assert desk.refuse(confirm(1), AGENT) == "version-changed"
    assert desk.refuse(confirm(3), AGENT) == "version-changed"


def test_a_unit_confirms_once() -> None:
    desk = joint()
    desk.act(confirm(), AGENT)
    assert desk.refuse(confirm(), AGENT) == "already-done"
    assert desk.refuse(confirm(), COLLEAGUE) == "already-done"


def test_who_was_erased_or_left_off_the_register_does_not_confirm() -> None:
    desk = joint()
    register(desk, **{"partner-1": f.person("partner-1", "applicant", employer=PARTNER, active=False)})
    assert desk.refuse(confirm(), AGENT) == "not-entitled"


def test_what_was_confirmed_stays_when_its_person_is_erased() -> None:
    desk = joint()
    desk.act(confirm(), AGENT)
    register(desk, **{"partner-1": f.person("partner-1", "applicant", employer=PARTNER, active=False)})
    paths.lead_to(desk, Stage.CHECKING)
    assert desk.act(c.PassCheck(revision=1), f.OFFICER)


def test_the_agreement_is_not_exchanged_behind_a_confirmation() -> None:
    """Exchanging it and putting the first one back needs a new confirmation both times."""
    desk = joint()
    desk.act(confirm(), AGENT)
    desk.act(c.Submit(submission=f.joint(agreement=f.ref("worse"))), f.APPLICANT)
    desk.act(c.Submit(submission=f.joint()), f.APPLICANT)
    assert desk.state.confirmed == {}


def test_staff_of_the_round_and_who_is_to_judge_do_not_confirm() -> None:
    desk = joint()
    both = f.person("officer-1", "officer", "applicant", employer=PARTNER)
    register(desk, **{"officer-1": both})
    assert desk.refuse(confirm(), f.actor("officer-1", "applicant")) == "same-hands"


def test_who_confirmed_does_not_judge() -> None:
    desk = joint()
    both = f.person("recommender-1", "recommender", "applicant", employer=PARTNER, unit="bj")
    register(desk, **{"recommender-1": both})
    desk.act(confirm(), f.actor("recommender-1", "applicant"))
    assert desk.refuse(f.take()) == "same-employer"
    # Nor wherever they work afterwards: the act itself is remembered.
    register(desk, **{"recommender-1": f.person("recommender-1", "recommender", unit="bj")})
    assert desk.refuse(f.take()) == "same-hands"
