"""What a checked application comes near to stands before who rules on it, and no check passes over it."""

from typing import Any

import pytest

from selection.application import commands as c, events as e
from selection.decision.facts import Facts
from selection.decision.likeness import Likeness
from selection.kernel.stages import Stage
from tests import factories as f, paths
from tests.desk import Desk

NEAR = {"directions": ("vr", "sound"), "twins": ("0003",)}
RULED = ("direction-similar", "same-form")


def checking(near: Likeness) -> Desk:
    desk = paths.application()
    desk.act(f.submit(), f.APPLICANT)
    paths.lead_to(desk, Stage.CHECKING)
    desk.world = desk.world.merge(Facts(likeness=near))
    return desk


def pass_check(**said: Any) -> c.PassCheck:
    return c.PassCheck(revision=1, **said)


def test_a_check_passes_over_nothing_that_comes_near() -> None:
    desk = checking(Likeness.model_validate(NEAR))
    assert desk.refuse(pass_check(), f.OFFICER) == "missing"
    assert desk.leaves[-1].data["params"] == {"place": "rulings: direction-similar, same-form"}
    assert desk.refuse(pass_check(rulings=RULED[:1], text=f.ref(), **NEAR), f.OFFICER) == "missing"
    assert desk.refuse(pass_check(rulings=RULED, **NEAR), f.OFFICER) == "missing"
    assert desk.leaves[-1].data["params"] == {"place": "text"}


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({}, {"directions": "sound, vr", "applications": "0003"}),
        ({"directions": ("vr", "sound")}, {"directions": "-", "applications": "0003"}),
        ({"directions": ("vr",), "twins": ("0003",)}, {"directions": "sound", "applications": "-"}),
    ],
)
def test_who_passes_it_names_all_that_they_saw_beside_it(
    named: dict[str, tuple[str, ...]], told: dict[str, str]
) -> None:
    desk = checking(Likeness.model_validate(NEAR))
    assert desk.refuse(pass_check(rulings=RULED, text=f.ref(), **named), f.OFFICER) == "similar-unseen"
    assert desk.leaves[-1].data["params"] == told
    ruled = pass_check(rulings=RULED, text=f.ref(), **NEAR)
    assert desk.act(ruled, f.OFFICER) == (e.CheckPassed(rulings=RULED, text=f.ref(), **NEAR),)


def test_the_entry_holds_what_was_found_and_nothing_that_was_named_beside_it() -> None:
    desk = checking(Likeness())
    assert desk.act(pass_check(**NEAR), f.OFFICER) == (e.CheckPassed(),)
    assert "directions" not in desk.leaves[-1].data


@pytest.mark.parametrize(
    ("ground", "seen"),
    [
        ("direction-held", {"directions": NEAR["directions"]}),
        ("direction-similar", {"directions": NEAR["directions"]}),
        ("same-form", {"twins": NEAR["twins"]}),
        ("outside-field", {}),
    ],
)
def test_a_held_direction_is_failed_with_the_similar_ones_in_view(
    ground: str, seen: dict[str, tuple[str, ...]]
) -> None:
    desk = checking(Likeness.model_validate(NEAR))
    fail = c.FailCheck(revision=1, grounds=(ground,), text=f.ref())
    if seen:
        assert desk.refuse(fail, f.OFFICER) == "similar-unseen"
    assert desk.act(fail.with_(**NEAR), f.OFFICER) == (
        e.CheckFailed(grounds=(ground,), text=f.ref(), **seen),
    )


def test_nothing_is_sent_back_for_what_comes_near() -> None:
    desk = checking(Likeness.model_validate(NEAR))
    back = c.SendBack(faults=("same-form",), text=f.ref())
    assert desk.refuse(back, f.OFFICER) == "ground-not-mendable"


def test_the_act_asks_for_the_answers_beside_the_units_and_the_directions_of_the_rules() -> None:
    held = f.terms(held_directions=[{"code": "vr", "en": "virtual reality", "zh": "虚拟现实"}])
    desk = paths.application(held)
    desk.act(f.submit(), f.APPLICANT)
    paths.lead_to(desk, Stage.CHECKING)
    asked = desk.aggregate.needs(desk.state, f.OFFICER, pass_check(), desk.now, Facts(terms=held))
    assert asked.likeness is not None
    assert asked.likeness.units == tuple(desk.state.submission.employers)
    assert [item.code for item in asked.likeness.held] == ["vr"]
    assert asked.likeness.contents == (desk.state.submission.form,)
    assert asked.likeness.agent == "applicant-1"
