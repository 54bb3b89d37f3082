"""By which entry an application ended, and which of its ends stands: as its state has it at every entry."""

from collections.abc import Iterable

import pytest

from selection.application import commands as c
from selection.application.ends import ENDS, End, find_present, list_ends
from selection.application.state import ApplicationState
from selection.kernel.leaf import Leaf
from selection.kernel.stages import Stage
from selection.streams import aggregate
from tests import factories as f
from tests.audit.support.reversed_round import make_reversed_round
from tests.chance.lively import LivelyRound
from tests.desk import pause_counting
from tests.selection.reversing.reversals import OTHER, SECOND, agree, know_list, know_round, standing
from tests.selection.reversing.test_rulings_on_objections import WRONG, remove_item
from tests.selection.short_stories import short_applications

SEEDS = (1, 8)


def ends_of(leaves: Iterable[Leaf]) -> tuple[End, ...]:
    return list_ends((leaf.version, leaf.type, leaf.recorded) for leaf in leaves)


def check_each(leaves: list[Leaf]) -> int:
    """See at every entry that the last end stands where the application has ended, and is undone where it has not."""
    made = aggregate(leaves[0].stream)
    state = made.initial(leaves[0].stream)
    for place, leaf in enumerate(leaves, start=1):
        state = made.evolve(state, leaf)
        assert isinstance(state, ApplicationState)
        ends = ends_of(leaves[:place])
        assert bool(ends and ends[-1].undone is None) is state.ended, leaf
        assert all(end.undone is not None for end in ends[:-1])
        assert find_present(ends, leaf.recorded) == (ends[-1].version if state.ended else None)
    return len(ends_of(leaves))


def test_an_end_that_two_posts_undid_is_undone_from_then_on_and_the_next_one_stands() -> None:
    desk = know_round(standing(Stage.CHECKING))
    failed = c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref())
    desk.act(failed, f.OFFICER)
    assert [end.undone for end in ends_of(desk.leaves)] == [None]
    agree(desk, "check")
    assert [end.undone for end in ends_of(desk.leaves)] == [desk.leaves[-1].recorded]
    know_list(desk).act(failed, OTHER)
    first, second = ends_of(desk.leaves)
    assert (first.undone is None, second.undone, second.version) == (False, None, desk.leaves[-1].version)
    assert check_each(desk.leaves) == 2


def test_an_item_that_came_back_from_its_end_has_none() -> None:
    desk = remove_item()
    for actor in (OTHER, SECOND):
        desk.act(WRONG, actor)
    (end,) = ends_of(desk.leaves)
    assert end.undone is not None
    assert check_each(desk.leaves) == 1


def test_each_story_of_an_application_and_its_ends_agree() -> None:
    told = [story.leaves for story in short_applications()]
    told += [desk.leaves for desk in make_reversed_round().desks.values()]
    ends = [check_each(leaves) for leaves in told if leaves[0].stream.startswith("application/")]
    found = {leaf.type for leaves in told for leaf in leaves}
    assert sum(ends)
    assert found >= ENDS


@pytest.mark.parametrize("seed", SEEDS)
def test_at_every_entry_of_a_round_of_chance_the_ends_are_those_of_the_state(seed: int) -> None:
    with pause_counting():
        made = LivelyRound(seed).run()
    logs = [desk.leaves for desk in made.desks.values() if desk.leaves[0].stream.startswith("application/")]
    assert sum(map(check_each, logs))
