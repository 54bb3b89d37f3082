"""Who decides about others, or looks over them, is registered by two administrators once there are two."""

from typing import Any

import pytest

from selection.decision.facts import Facts
from selection.decision.register_views import PeopleToRegister, RegisterFacts
from selection.kernel.actor import SYSTEM, Role
from selection.kernel.proof import Assurance
from selection.register import commands as c
from selection.register.key_commands import FoundInstallation
from selection.register.state import INSTALLATION
from tests import factories as f
from tests.desk import Desk

ADMIN = f.actor("admin-1")
UNIT = "91-UNIT"
STAFF = [Role.ADMIN, Role.OFFICER, Role.SUPERVISOR, Role.APPROVER, Role.AUDITOR]


def registering(*people: tuple[str, Role], **changes: Any) -> tuple[c.Registered, ...]:
    told = [{"person": name, "roles": {role: ()}, "identity": "0" * 64, **changes} for name, role in people]
    return tuple(c.Registered.model_validate(item) for item in told)


def make_installation(*with_key: str, local: bool = False) -> Desk:
    """The stream with its first administrator, and who of the administrators ever had a key."""
    known = {**f.people(), "admin-2": f.person("admin-2", "admin")}
    known["recommender-1"] = known["recommender-1"].with_(employer=UNIT)
    stored = RegisterFacts(stored=(*known, "new"), with_key=with_key)
    made = Desk(INSTALLATION, Facts(people=known, registry=stored), f.OPENED)
    made.act(FoundInstallation(installation="here", local=local, code="" if local else "0" * 64), SYSTEM)
    made.act(c.RegisterPeople(people=registering(("admin-1", Role.ADMIN))), ADMIN)
    return made


@pytest.fixture
def desk() -> Desk:
    """One where the first administrator has a key, and the second will have one."""
    return make_installation("admin-1", "admin-2")


def two(desk: Desk) -> Desk:
    """The same once it has a second one."""
    if "admin-2" not in desk.state.admins:
        desk.act(c.RegisterPeople(people=registering(("admin-2", Role.ADMIN))), ADMIN)
    return desk


@pytest.mark.parametrize("role", STAFF)
def test_one_alone_makes_nobody_staff_once_there_are_two(desk: Desk, role: Role) -> None:
    people = registering(("new", role))
    assert desk.act(c.RegisterPeople(people=people), ADMIN)
    assert two(desk).refuse(c.RegisterPeople(people=people), ADMIN) == "staff-by-two"
    assert desk.act(c.RegisterStaff(people=people), ADMIN)
    assert c.RegisterStaff.ACT.assurance is Assurance.SIGNED_BY_TWO


@pytest.mark.parametrize("person", ["officer-1", "supervisor-1", "approver-1", "admin-2"])
def test_nor_takes_the_role_of_one_away(desk: Desk, person: str) -> None:
    two(desk)
    for changes in ({}, {"active": False}):
        people = registering((person, Role.EXPERT), **changes)
        assert desk.refuse(c.RegisterPeople(people=people), ADMIN) == "staff-by-two"


def test_who_serves_beside_somebody_in_a_round_does_not_register_them_anew(desk: Desk) -> None:
    facts = two(desk).world.registry
    assert facts is not None
    desk.world = desk.world.with_(registry=facts.with_(beside=("officer-1", "admin-1")))
    anew = registering(("new", Role.OFFICER), ("officer-1", Role.OFFICER))
    assert desk.refuse(c.RegisterStaff(people=anew), ADMIN) == "registrar-in-office"
    assert desk.act(c.RegisterStaff(people=registering(("new", Role.OFFICER))), ADMIN)
    stopped = registering(("officer-1", Role.OFFICER), active=False)
    assert desk.act(c.RegisterStaff(people=stopped), ADMIN), "whoever is stopped acts no more"
    themselves = registering(("admin-1", Role.ADMIN))
    assert desk.act(c.RegisterStaff(people=themselves), ADMIN), "themselves, beside another who may"


def test_who_serves_in_a_round_makes_nobody_an_administrator_where_two_others_could(desk: Desk) -> None:
    """Two officers who are administrators made two who serve nowhere, and these gave a supervisor another address."""
    facts = two(desk).world.registry
    assert facts is not None
    desk.world = desk.world.with_(registry=facts.with_(apart=True))
    for name in ("new", "expert-1"):
        made = registering((name, Role.ADMIN))
        assert desk.refuse(c.RegisterStaff(people=made), ADMIN) == "registrar-makes-registrars"
    for active in (True, False):
        again = registering(("admin-2", Role.ADMIN), active=active)
        assert desk.refuse(c.RegisterStaff(people=again), ADMIN) == "registrar-makes-registrars"
    for name, role in (("new", Role.OFFICER), ("admin-1", Role.ADMIN)):
        assert desk.act(c.RegisterStaff(people=registering((name, role))), ADMIN), name


BECAUSE = ADMIN.with_(reason=f.ref("why"))
AGENT: dict[str, Any] = {"roles": {Role.RECOMMENDER: ("bj",)}}
WAYS_IN: dict[str, tuple[str, dict[str, Any]]] = {
    "somebody new": ("new", AGENT),
    "somebody registered for something else": ("expert-1", AGENT),
    "an agent for another unit": ("recommender-1", {"roles": {Role.RECOMMENDER: ("unit-1",)}}),
    "an agent for one unit more": ("recommender-1", {"roles": {Role.RECOMMENDER: ("bj", "unit-1")}}),
    "an agent under another's name and address": ("recommender-1", {**AGENT, "identity": "1" * 64}),
    "an agent who is one no more": ("recommender-1", {"roles": {Role.EXPERT: ()}}),
}


@pytest.mark.parametrize("way", WAYS_IN)
def test_one_alone_puts_nobody_in_who_recommends(desk: Desk, way: str) -> None:
    person, changes = WAYS_IN[way]
    people = registering((person, Role.EXPERT), **changes)
    assert two(desk).refuse(c.RegisterPeople(people=people), BECAUSE) == "agent-by-two"
    assert desk.refuse(c.RegisterStaff(people=people), BECAUSE) == "agent-by-two"
    assert desk.refuse(c.RegisterAgents(people=people), ADMIN) == "missing"
    assert desk.act(c.RegisterAgents(people=people), BECAUSE)
    assert c.RegisterAgents.ACT.assurance is Assurance.SIGNED_BY_TWO


def agent(**changes: Any) -> tuple[c.Registered, ...]:
    return registering(("recommender-1", Role.EXPERT), **{**AGENT, "employer": UNIT, **changes})


def know_agent_as(desk: Desk, **changes: Any) -> None:
    """What the registry says of the agent from here on."""
    fact = desk.world.people["recommender-1"].with_(**changes)
    desk.world = desk.world.with_(people={**desk.world.people, "recommender-1": fact})


def test_one_alone_stops_an_agent_at_once_and_has_nobody_come_back(desk: Desk) -> None:
    two(desk).act(c.RegisterPeople(people=agent(active=False)), ADMIN)
    know_agent_as(desk, active=False)
    assert desk.act(c.RegisterPeople(people=agent(active=False)), ADMIN)
    assert desk.refuse(c.RegisterPeople(people=agent()), ADMIN) == "agent-by-two"
    assert desk.act(c.RegisterAgents(people=agent()), BECAUSE)


NOT_BUT_A_STOP: dict[str, dict[str, Any]] = {
    "without the role": {"roles": {Role.EXPERT: ()}},
    "for another unit": {"roles": {Role.RECOMMENDER: ("unit-1",)}},
    "with a role more": {"roles": {Role.RECOMMENDER: ("bj",), Role.EXPERT: ()}},
    "of another employer": {"employer": "91-OTHER"},
}


@pytest.mark.parametrize("how", NOT_BUT_A_STOP)
def test_one_alone_does_nothing_to_an_agent_but_stop_them(desk: Desk, how: str) -> None:
    people = agent(active=False, **NOT_BUT_A_STOP[how])
    assert two(desk).refuse(c.RegisterPeople(people=people), ADMIN) == "agent-by-two"
    know_agent_as(desk, active=False)
    assert desk.refuse(c.RegisterPeople(people=people), ADMIN) == "agent-by-two"


def test_the_id_of_who_is_an_agent_no_more_does_not_become_another_persons(desk: Desk) -> None:
    """Seen before: stopped by one, registered as an expert with a confidant's address, given a key, brought back."""
    somebody = agent(roles={Role.EXPERT: ()}, identity="1" * 64)
    two(desk).act(c.RegisterPeople(people=agent(active=False)), ADMIN)
    know_agent_as(desk, active=False)
    assert desk.refuse(c.RegisterPeople(people=somebody), ADMIN) == "agent-by-two"
    # Nor once two took the role away, when no registration in force tells of it any more.
    desk.act(c.RegisterAgents(people=agent()), BECAUSE)
    desk.act(c.RegisterAgents(people=agent(roles={Role.EXPERT: ()})), BECAUSE)
    know_agent_as(desk, roles={Role.EXPERT.value: ()}, active=True)
    assert desk.refuse(c.RegisterPeople(people=somebody), ADMIN) == "agent-by-two"
    assert desk.refuse(c.RegisterStaff(people=somebody), ADMIN) == "agent-by-two"
    assert desk.refold() == desk.state


def test_nobody_is_made_a_stopped_agent_by_one(desk: Desk) -> None:
    people = registering(("expert-1", Role.EXPERT), **AGENT, active=False)
    assert two(desk).refuse(c.RegisterPeople(people=people), ADMIN) == "agent-by-two"


def test_the_agents_are_set_up_by_one_before_there_are_two(desk: Desk) -> None:
    assert desk.act(c.RegisterPeople(people=registering(("new", Role.EXPERT), **AGENT)), ADMIN)


def test_everybody_else_is_registered_by_one(desk: Desk) -> None:
    others = [role for role in Role if role not in (*STAFF, Role.RECOMMENDER, Role.SYSTEM)]
    for role in others:
        assert two(desk).act(c.RegisterPeople(people=registering(("new", role))), ADMIN)
        assert desk.refold() == desk.state


def test_who_is_no_administrator_any_more_does_not_count(desk: Desk) -> None:
    two(desk)
    desk.act(c.ErasePerson(person="admin-2"), ADMIN)
    assert desk.state.admins == ("admin-1",)
    assert desk.act(c.RegisterPeople(people=registering(("new", Role.OFFICER))), ADMIN)


AWAY: dict[str, tuple[c.Registered, ...]] = {
    "all of them, as something else": registering(("admin-1", Role.AUDITOR), ("admin-2", Role.AUDITOR)),
    "all of them, as no longer active": registering(
        ("admin-1", Role.ADMIN), ("admin-2", Role.ADMIN), active=False
    ),
    "one of the two": registering(("admin-2", Role.AUDITOR)),
    "one, for somebody who has no key": registering(("admin-2", Role.AUDITOR), ("new", Role.ADMIN)),
}


@pytest.mark.parametrize("local", [False, True])
@pytest.mark.parametrize("way", AWAY)
def test_nobody_registers_the_administrators_away(way: str, local: bool) -> None:
    """Seen before: two gave both another role, and nobody could ever register anybody again."""
    desk = two(make_installation("admin-1", "admin-2", local=local))
    if local and "no key" in way:
        assert desk.act(c.RegisterStaff(people=AWAY[way]), ADMIN)
        return
    assert desk.refuse(c.RegisterStaff(people=AWAY[way]), ADMIN) == "administrators-too-few"
    assert desk.state.admins == ("admin-1", "admin-2")


def test_nor_does_the_only_one_go_or_come_without_being_active(desk: Desk) -> None:
    for changes in ({"roles": {Role.EXPERT: ()}}, {"active": False}):
        people = registering(("admin-1", Role.ADMIN), **changes)
        assert desk.refuse(c.RegisterPeople(people=people), ADMIN) == "administrators-too-few"
    # Nor to one who could sign nothing: only a key of theirs makes a successor.
    people = registering(("admin-1", Role.EXPERT), ("new", Role.ADMIN))
    assert desk.refuse(c.RegisterPeople(people=people), ADMIN) == "administrators-too-few"
    new = Desk(INSTALLATION, desk.world, f.OPENED)
    first = registering(("admin-1", Role.ADMIN), active=False)
    assert new.refuse(c.RegisterPeople(people=first), ADMIN) == "administrators-too-few"


def test_an_administrator_leaves_once_a_successor_has_a_key() -> None:
    desk = two(make_installation("admin-1", "admin-2", "new"))
    people = registering(("admin-2", Role.AUDITOR), ("new", Role.ADMIN))
    desk.act(c.RegisterStaff(people=people), ADMIN)
    assert desk.state.admins == ("admin-1", "new")
    assert desk.refold() == desk.state


def test_a_second_who_never_had_a_key_could_sign_nothing_and_does_not_count() -> None:
    people = registering(("new", Role.OFFICER))
    assert two(make_installation("admin-1")).act(c.RegisterPeople(people=people), ADMIN)


def test_the_record_is_asked_who_of_the_administrators_had_a_key(desk: Desk) -> None:
    people = registering(("new", Role.OFFICER))
    command = c.RegisterPeople(people=people)
    asked = desk.aggregate.needs(two(desk).state, ADMIN, command, desk.now, desk.world).registry
    assert isinstance(asked, PeopleToRegister)
    assert asked.admins == ("admin-1", "admin-2")


def test_where_nobody_signs_every_administrator_counts() -> None:
    people = registering(("new", Role.OFFICER))
    assert two(make_installation(local=True)).refuse(c.RegisterPeople(people=people), ADMIN) == "staff-by-two"
