"""How one stream stands, case by case, without servers; what can be seen on a real stack is shown there too."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from selection.aggregate import ActRefused, leaf_of
from selection.application.decide import APPLICATION
from selection.application.events import ApplicationLapsed
from selection.leaf import Leaf, leaf_bytes
from selection.stages import Outcome
from starter.reconcile.held import Held
from starter.reconcile.judging import Finding, judge
from starter.reconcile.lived import Lived, Taken
from tests import factories as f

STREAM = "application/r/0001"
AT = datetime(2025, 3, 1, tzinfo=UTC)


def leaf(version: int, *, ends: bool = False, code: str = "nothing-to-do") -> Leaf:
    event = (
        ApplicationLapsed(outcome=Outcome.WITHDRAWN.value, deadline=AT)
        if ends
        else ActRefused(kind="unknown", code=code)
    )
    state = APPLICATION.initial(STREAM)
    return leaf_of(event, state=state, offset=version, actor=f.OFFICER, at=AT, command_id=f"c-{version}")


LEAVES = (leaf(1), leaf(2), leaf(3), leaf(4, ends=True))


def taken(*leaves: Leaf) -> tuple[Taken, ...]:
    """One record per leaf, as a history tells of them."""
    return tuple(Taken((item,), (leaf_bytes(item),), item.version) for item in leaves)


def held(*leaves: Leaf) -> Held:
    state = APPLICATION.initial(STREAM)
    for item in leaves:
        state = APPLICATION.evolve(state, item)
    return Held({item.version: leaf_bytes(item) for item in leaves}, state)


def found(lived: Lived, kept: Held, told: int | None) -> Finding:
    return judge(STREAM, lived, told, kept)


OPEN = Lived(taken(*LEAVES[:3]), run="run-1")


@pytest.mark.parametrize(
    ("lived", "kept", "told", "code", "run"),
    [
        (OPEN, held(*LEAVES[:3]), 3, "in-step", ""),
        (replace(OPEN, run=""), held(*LEAVES[:3]), None, "not-running", "start"),
        (Lived(), held(*LEAVES[:3]), None, "not-running", "start"),
        (Lived(taken(*LEAVES)), held(*LEAVES), None, "in-step", ""),
        (Lived(taken(*LEAVES)), held(*LEAVES[:2]), None, "ahead", ""),
        (OPEN, held(LEAVES[0]), 3, "ahead", ""),
        (replace(OPEN, run=""), held(), None, "ahead", "start"),
        (replace(OPEN, stopped=True), held(LEAVES[0]), 3, "ahead", "restart"),
        (replace(OPEN, stopped=True), held(*LEAVES[:3]), 3, "halted", "restart"),
        (replace(OPEN, was_reset=True), held(*LEAVES[:3]), 3, "reset", "restart"),
        (OPEN, held(*LEAVES[:3]), None, "no-answer", ""),
        (OPEN, held(*LEAVES), 3, "behind", "end"),
        (OPEN, held(*LEAVES[:3]), 2, "behind", "restart"),
        (Lived(taken(*LEAVES), "run-1", stopped=True), held(*LEAVES), 4, "halted", "end"),
        (replace(OPEN, busy=True), held(*LEAVES), 3, "in-step", ""),
        (Lived(run="run-1"), held(), 0, "unknown-stream", ""),
        (Lived(run="run-1", busy=True), held(), 0, "in-step", ""),
        (Lived(taken(LEAVES[2]), run="run-2"), held(LEAVES[0]), 3, "leaves-missing", ""),
        (Lived(run="run-2"), held(LEAVES[0]), 3, "leaves-missing", ""),
        (OPEN, replace(held(*LEAVES[:2]), damaged=3), 3, "record-damaged", ""),
        (OPEN, replace(held(*LEAVES[:3]), projected=False), 3, "projection-differs", ""),
    ],
)
def test_every_case_has_its_code_and_its_run(
    lived: Lived, kept: Held, told: int | None, code: str, run: str
) -> None:
    finding = found(lived, kept, told)
    assert (finding.code, finding.run) == (code, run)
    assert finding.fine == (code == "in-step")
    assert finding.mendable == (code in ("ahead", "behind", "halted", "not-running", "reset"))


def test_what_is_lost_is_told_once_though_a_reset_repeats_it() -> None:
    twice = Lived(taken(*LEAVES[:3], LEAVES[1]), run="run-2", was_reset=True)
    assert found(twice, held(LEAVES[0]), 3).lost == taken(*LEAVES[1:3])


def test_other_bytes_under_a_key_are_a_divergence_wherever_they_stand() -> None:
    other = taken(leaf(2, code="ended"))
    recorded = found(Lived(other, run="run-1"), held(*LEAVES[:3]), 3)
    assert (recorded.code, recorded.at, recorded.mendable) == ("record-diverged", 2, False)
    among_histories = found(Lived((*taken(*LEAVES[:2]), *other), run="run-1"), held(LEAVES[0]), 2)
    assert (among_histories.code, among_histories.at) == ("record-diverged", 2)
