"""People declare their own ties and end them; administrators and they take nothing back from each other."""

import pytest
from pydantic import ValidationError

from selection.decision.facts import Facts
from selection.decision.register_views import OwnTies, RegisterFacts
from selection.decision.relations import Tie
from selection.kernel.actor import SYSTEM, Actor
from selection.kernel.proof import Assurance
from selection.letters.writing import Touch
from selection.register import commands as c, events as e
from selection.register.decide import DECLARED_AT_MOST, TIES_AT_MOST
from selection.register.key_commands import FoundInstallation
from selection.register.state import INSTALLATION
from tests import factories as f
from tests.desk import Desk

ONE, GONE = f.actor("expert-1"), f.actor("expert-2")
HOST = f.HOST.upper()
SHARED = Tie(kind="project", unit=HOST)
DECLARED = c.DeclareTie(tie="project", unit=HOST)


@pytest.fixture
def desk() -> Desk:
    known = {**f.people(), "expert-2": f.person("expert-2", "expert", active=False)}
    made = Desk(INSTALLATION, Facts(people=known, registry=RegisterFacts(stored=("admin-1",))), f.OPENED)
    made.act(FoundInstallation(installation="here", local=True, code=""), SYSTEM)
    first = c.Registered.model_validate({"person": "admin-1", "roles": {"admin": ()}, "identity": "0" * 64})
    made.act(c.RegisterPeople(people=(first,)), f.actor("admin-1"))
    return made


def holding(desk: Desk, *ties: Tie) -> Desk:
    desk.world = desk.world.with_(registry=RegisterFacts(ties=ties))
    return desk


def test_a_person_declares_a_tie_by_their_own_signed_act(desk: Desk) -> None:
    assert desk.act(DECLARED, ONE) == (e.TieDeclared(person="expert-1", tie=SHARED, holds=True),)
    assert c.DeclareTie.ACT.assurance is Assurance.SIGNED
    assert desk.aggregate.needs(desk.state, ONE, DECLARED, desk.now, desk.world).registry == OwnTies(
        person="expert-1"
    )
    assert desk.refold() == desk.state


def test_who_declared_is_looked_at_where_it_holds_and_nobody_else_or_where_it_ends(desk: Desk) -> None:
    other = c.DeclareTie(tie="adviser", other="leader-1")
    desk.act(other, ONE)
    assert [item for item in desk.sent if isinstance(item, Touch) and item.tied] == [
        Touch(person="expert-1", tied=True)
    ]
    before = len(desk.sent)
    holding(desk, Tie(kind="adviser", other="leader-1")).act(other.with_(holds=False), ONE)
    assert [item for item in desk.sent[before:] if isinstance(item, Touch)] == []


@pytest.mark.parametrize(
    ("command", "actor", "code"),
    [
        (c.DeclareTie(tie="relative"), ONE, "tie-unclear"),
        (c.DeclareTie(tie="relative", unit=HOST, other="leader-1"), ONE, "tie-unclear"),
        (c.DeclareTie(tie="relative", other="expert-1"), ONE, "tie-unclear"),
        (DECLARED.with_(holds=False), ONE, "no-such-tie"),
        (DECLARED, GONE, "not-entitled"),
        (DECLARED, f.actor("nobody-1", "expert"), "not-entitled"),
    ],
)
def test_nobody_declares_what_is_none_or_ends_what_they_did_not_declare(
    desk: Desk, command: c.DeclareTie, actor: Actor, code: str
) -> None:
    assert desk.refuse(command, actor) == code


def test_what_holds_is_declared_once_and_so_many_at_most(desk: Desk) -> None:
    assert holding(desk, SHARED).refuse(DECLARED, ONE) == "tie-declared-already"
    many = (Tie(kind="relative", unit=f"91-{number}") for number in range(TIES_AT_MOST))
    assert holding(desk, *many).refuse(DECLARED, ONE) == "too-many"


def test_nobody_declares_and_ends_without_an_end(desk: Desk) -> None:
    """Each has running applications look: so all that somebody ever declared counts, whether it holds or not."""
    desk.world = desk.world.with_(registry=RegisterFacts(declared=DECLARED_AT_MOST - 1))
    assert desk.act(DECLARED, ONE)
    desk.world = desk.world.with_(registry=RegisterFacts(ties=(SHARED,), declared=DECLARED_AT_MOST))
    assert desk.refuse(DECLARED.with_(unit="91-X"), ONE) == "tie-by-administrator"
    assert desk.act(DECLARED.with_(holds=False), ONE)


def test_a_code_is_signed_as_it_is_recorded() -> None:
    """A verifier of another make knows no other spelling: what was signed is compared with the entry."""
    for unit in (f" {HOST} ", HOST.lower()):
        with pytest.raises(ValidationError, match="spelling"):
            c.DeclareTie(tie="project", unit=unit)
        told = {
            "person": "p-1",
            "roles": {},
            "identity": "0" * 64,
            "ties": [{"kind": "project", "unit": unit}],
        }
        with pytest.raises(ValidationError, match="spelling"):
            c.Registered.model_validate(told)
