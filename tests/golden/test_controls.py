"""The guards themselves: each change that they are there for is found, and told so that one can act on it."""

import asyncio
import json

import pytest
from temporalio.api.common.v1 import Payload

from activities.messages import Delivered
from tests.golden.crossing import LEFT_OUT, OPTIONAL, REQUIRED, Crossing
from tests.golden.faulty import ShowsOtherwise, WaitsFirst, WaitsFirstWhereNew
from tests.golden.files import UNRELEASED, Golden
from tests.golden.guards import DIVERGES, MAKE, PATCH, STOPS, replay_broken
from tests.golden.replays import replay
from tests.golden.test_models import changes, difference

pytestmark = pytest.mark.long

CHANGED = Golden(UNRELEASED, "application.ineligible")


@pytest.mark.parametrize(
    ("workflow", "why", "shown"), [(WaitsFirst, STOPS, "+ timer at first"), (ShowsOtherwise, DIVERGES, "")]
)
def test_a_workflow_that_was_changed_is_told_with_what_to_do(workflow: type, why: str, shown: str) -> None:
    replayed = asyncio.run(replay([CHANGED], [workflow]))[CHANGED]
    assert replayed.fault
    told = replay_broken(CHANGED, replayed)
    assert all(part in told for part in (str(CHANGED), replayed.point, why, PATCH, MAKE))
    assert shown in told


def test_a_change_behind_a_patch_leaves_the_history_as_it_is() -> None:
    replayed = asyncio.run(replay([CHANGED], [WaitsFirstWhereNew]))[CHANGED]
    assert not replayed.fault
    assert replayed.sequence == CHANGED.sequence.read_text(encoding="utf-8").splitlines()


def test_a_model_may_gain_a_field_that_is_left_out_and_do_nothing_else() -> None:
    before = {"m.A.one": REQUIRED, "m.A.two": OPTIONAL}
    assert changes(before, {**before, "m.A.three": LEFT_OUT, "m.B.four": REQUIRED}) == []
    assert changes(before, {"m.A.one": REQUIRED}) == ["m.A.two is gone"]
    assert changes(before, {**before, "m.A.two": REQUIRED}) == ["m.A.two was optional, and is now required"]
    for told in (REQUIRED, OPTIONAL):
        [said] = changes(before, {**before, "m.A.three": told})[-1:]
        assert said == f"m.A.three is new and {told}; it must be {LEFT_OUT}"


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ({}, ".messages was not there before"),
        ({"messages": 0, "refused": 0, "more": 1}, "more"),
    ],
)
def test_a_payload_that_would_be_read_or_written_otherwise_is_told(old: dict[str, object], said: str) -> None:
    payload = Payload(metadata={"encoding": b"json/plain"}, data=json.dumps({"letters": 1, **old}).encode())
    assert said in difference(Crossing(5, Delivered, payload))
