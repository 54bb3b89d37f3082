"""Who looks over a round, approves its list or competes in it would like to act on an application as well."""

from itertools import combinations

import pytest

from selection.application import events as e
from selection.decision.facts import PersonFact
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import Stage
from selection.process.duties import CLASHES, DUTIES, TOGETHER
from tests import factories as f, paths
from tests.desk import Desk

POSTS = ("officer-2", "supervisor-2", "approver-1", "approver-3", "auditor-1", "admin-1")
"""Somebody of each post that the sealed rules give, whether or not they ever acted here."""


def stand(stage: Stage, person: str) -> Desk:
    """Return an application at a stage, in a world where the person holds the roles of an outsider as well."""
    desk = paths.application()
    both = PersonFact(
        person=person,
        roles=dict.fromkeys(
            ("objector", "expert", *(desk.world.people[person].roles if person in desk.world.people else ())),
            (),
        ),
        employer=f"91-{person}",
    )
    desk.world = desk.world.with_(people={**desk.world.people, person: both})
    return paths.lead_to(desk, stage)


@pytest.mark.parametrize("person", POSTS)
def test_whoever_has_a_post_in_the_round_does_not_object(person: str) -> None:
    desk = stand(Stage.NOTICE, person)
    assert desk.refuse(f.objection(), Actor(person=person, role=Role.OBJECTOR)) == "same-hands"


@pytest.mark.parametrize("person", POSTS)
def test_nor_surveys(person: str) -> None:
    desk = stand(Stage.SURVEY, person)
    assert desk.refuse(f.team("surveyor-1", "surveyor-2", person), f.OFFICER) == "same-hands"


@pytest.mark.parametrize("person", POSTS)
def test_nor_examines(person: str) -> None:
    desk = stand(Stage.NOTICE, person)
    desk.act(f.objection(), f.actor("objector-1"))
    assert desk.refuse(f.examiners("examiner-1", person), f.OFFICER) == "same-hands"


@pytest.mark.parametrize("person", POSTS)
def test_nor_sits_on_a_panel(person: str) -> None:
    desk = stand(Stage.ELIGIBLE, person)
    experts = ("expert-1", "expert-2", "expert-3", "expert-4", "expert-5", "expert-6", person)
    (event,) = desk.act(f.panel(experts=experts))
    assert isinstance(event, e.PanelSeated)
    assert (event.passed_over, person in event.seats.values()) == ((person,), False)


@pytest.mark.parametrize("person", POSTS)
def test_nor_recommends(person: str) -> None:
    desk = stand(Stage.SUBMITTED, person)
    assert desk.refuse(f.take(agent=person)) == "same-hands"


@pytest.mark.parametrize("person", POSTS)
def test_nor_applies(person: str) -> None:
    desk = paths.application()
    both = f.person(person, "applicant", employer=f.HOST)
    desk.world = desk.world.with_(people={**desk.world.people, person: both})
    assert desk.refuse(f.submit(), Actor(person=person, role=Role.APPLICANT)) == "same-hands"


def test_who_had_a_post_before_it_changed_is_no_examiner() -> None:
    """An officer who proposed, was removed, and would examine an objection against it."""
    desk = stand(Stage.NOTICE, "officer-9")
    desk.act(f.objection(), f.actor("objector-1"))
    terms = desk.world.terms
    assert terms is not None
    desk.world = desk.world.with_(terms=terms.with_(former={"officer": ("officer-9",)}))
    assert desk.refuse(f.examiners("examiner-1", "officer-9"), f.OFFICER) == "same-hands"


def test_every_pair_of_duties_is_apart_or_together_with_a_reason() -> None:
    pairs = {frozenset(pair) for pair in combinations(DUTIES, 2)}
    apart = {frozenset((duty, other)) for duty, others in CLASHES.items() for other in others}
    together = {frozenset(pair) for pair in TOGETHER}
    assert apart | together == pairs
    assert not apart & together
    assert all(TOGETHER.values())
