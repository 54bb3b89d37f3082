"""Whoever somebody came into the register through appoints them to nothing, and rules on nothing registered of them."""

from collections.abc import Callable

import pytest

from selection.application import commands as c
from selection.decision.command import Command
from selection.decision.relations import Employment
from selection.kernel.actor import Actor
from selection.kernel.stages import RoundStage, Stage
from selection.kernel.unit_codes import canonical_code
from selection.refusals.refused import Refused
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.application.test_recusal import belong, bind, employ
from tests.selection.recusal.test_found_conflicts import change_register, in_review
from tests.selection.requests.test_requesting import appoint, make_request

SECOND_SUPERVISOR = f.actor("supervisor-2")


def hand(desk: Desk, person: str, *registrars: str) -> Desk:
    """Have the record tell that somebody came into the register through these people."""
    desk.world = desk.world.with_(registrars={person: registrars})
    return desk


def notice() -> Desk:
    desk = paths.application_in(Stage.NOTICE)
    desk.act(f.objection(), f.actor("objector-1"))
    return desk


@pytest.mark.parametrize(
    ("make", "act", "named"),
    [
        (lambda: paths.application_in(Stage.SURVEY), f.team(), "surveyor-2"),
        (notice, f.examiners(), "examiner-2"),
        (make_request, appoint(), "examiner-1"),
        (
            lambda: paths.application_in(Stage.CHECKING),
            c.ReplaceAgent(agent="applicant-2", reason=f.ref()),
            "applicant-2",
        ),
    ],
)
def test_nobody_appoints_whom_they_registered(make: Callable[[], Desk], act: Command, named: str) -> None:
    """Seen before: an officer who is an administrator registered two, had them examine, and they removed an item."""
    desk = hand(make(), named, "admin-1", "officer-1")
    assert desk.refuse(act, f.OFFICER) == "registrar-of-named"
    assert desk.act(act, f.OPENER), "another officer, through whom nobody came"


def test_nor_rules_on_what_was_registered_of_them() -> None:
    """Seen before: a supervisor who is an administrator registered a tie of a reviewer, and upheld it."""
    desk = in_review()
    bind(desk, "expert-1", "same-employer")
    change_register(desk)
    (report,) = desk.state.open_reports
    hand(desk, "expert-1", "admin-1", "supervisor-1")
    rule = c.RuleOnConflict(report=report, upheld=True, text=f.ref())
    assert desk.refuse(rule, f.SUPERVISOR) == "registrar-of-named"
    assert desk.act(rule, SECOND_SUPERVISOR)


@pytest.mark.parametrize("unit", ["91-GROUP", "91-MID", canonical_code(f.HOST)])
def test_nor_on_what_follows_from_a_unit_that_they_registered(unit: str) -> None:
    """Seen before: a supervisor who is an administrator put a unit between a reviewer's and the host, and upheld it."""
    desk = in_review()
    employ(desk, "expert-1", Employment(unit="91-group"))
    belong(desk, host=("91-MID",), mid=("91-GROUP",))
    change_register(desk)
    (report,) = desk.state.open_reports
    world = desk.world.relations
    assert world is not None
    signed = {unit: ("admin-1", "supervisor-1"), "91-ELSE": ("supervisor-2",)}
    desk.world = desk.world.with_(relations=world.with_(registrars=signed))
    rule = c.RuleOnConflict(report=report, upheld=True, text=f.ref())
    assert desk.refuse(rule, f.SUPERVISOR) == "registrar-of-unit"
    assert desk.act(rule, SECOND_SUPERVISOR)


@pytest.mark.parametrize("opening", [False, True])
def test_nor_does_who_registers_people_draw(opening: bool) -> None:
    """Seen before: who had committed a draw bound one panel's expert by the register, and had that one drawn anew."""
    desk = paths.round_in(RoundStage.DRAWING)
    if opening:
        paths.commit(desk)
        paths.until_public(desk)
    actor: Actor = f.OPENER if opening else f.OFFICER
    both = f.person(actor.person, "officer", "admin")
    desk.world = desk.world.with_(people={**desk.world.people, actor.person: both})
    with pytest.raises(Refused, match="registrar-draws"):
        (paths.open_ if opening else paths.commit)(desk)
    assert isinstance(desk.state.waiting_draw, str) is opening
