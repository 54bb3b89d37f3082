"""Points of a story: the state after any of them is the one that the engine had."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.story.story import Instant, Place, PointOutside, Story, Version, read_story
from selection.streams import aggregate
from tests.audit.support.tampering import Log, later, place, with_data
from tests.bundling import write_bundle
from tests.round_story import NUMBERS, tell_round


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bundle]:
    with Bundle(write_bundle(tmp_path_factory.mktemp("story") / "round.zip", tell_round())) as opened:
        yield opened


@pytest.fixture(scope="module")
def story(bundle: Bundle) -> Story:
    return read_story(bundle, "0003")


@pytest.mark.parametrize("number", NUMBERS)
def test_the_state_after_every_version_is_what_the_core_had(bundle: Bundle, number: str) -> None:
    found = read_story(bundle, number)
    leaves = tell_round().app(number).leaves
    folding = aggregate(found.stream)
    state = folding.initial(found.stream)
    for leaf in leaves:
        state = folding.evolve(state, leaf)
        then = found.at(Version(leaf.version)).state
        assert then == state.with_(seen={})
    assert found.end().state.version == len(leaves) == len(found.entries)


def test_a_place_in_the_log_is_after_that_entry_whatever_it_is_about(story: Story) -> None:
    for entry, after in zip(story.entries, [*story.entries[1:], None], strict=True):
        assert story.at(Place(entry.seq)).last is entry
        if after is not None:
            assert story.at(Place(after.seq - 1)).last is entry
    assert story.at(Place(story.size - 1)).last is story.entries[-1]
    # The round's own state is that of the same place: the deadline was not yet extended.
    extended = place(tell_round().log, "round.deadline-extended.v1")
    old, new = (story.at(Place(seq)).round.deadlines["recommendation"] for seq in (extended - 1, extended))
    assert new > old


def test_an_instant_holds_what_is_dated_at_it_and_before(story: Story) -> None:
    for entry in story.entries:
        then = story.at(Instant(entry.leaf.at))
        assert then.entries[-1].leaf.at == entry.leaf.at
        assert then.moment == entry.leaf.at
        assert len(then.entries) == sum(other.leaf.at <= entry.leaf.at for other in story.entries)
    late = story.at(Instant(story.entries[-1].leaf.at + timedelta(days=900)))
    assert late.last is story.entries[-1]


def with_acts_in_the_grace() -> Log:
    """The log with a review in the grace of a deadline, and behind it what the deadline brought, dated at it."""
    log = tell_round().log
    acted, passed, after = (place(log, "review.submitted.v1", "0003", nth=nth) for nth in range(3))
    log = later(later(log, acted, timedelta(minutes=5)), after, timedelta(minutes=6))
    return with_data(log, passed, command_id="deadline/review/9")


def test_a_time_is_before_the_first_entry_that_is_dated_later_in_the_order_of_the_log(tmp_path: Path) -> None:
    log = with_acts_in_the_grace()
    with Bundle(write_bundle(tmp_path / "round.zip", tell_round(), log)) as bundle:
        story = read_story(bundle, "0003")
    assert story.broken is None
    deadline = story.entries[16].leaf.at
    assert story.entries[15].leaf.at == deadline + timedelta(minutes=5)
    for minutes, version in ((0, 15), (4, 15), (5, 17), (6, 18)):
        then = story.at(Instant(deadline + timedelta(minutes=minutes)))
        assert (then.state.version, len(then.entries)) == (version, version)
        assert then.state == story.at(Version(version)).state


def test_what_the_bundle_does_not_reach_is_outside(story: Story) -> None:
    for point in (Version(0), Version(len(story.entries) + 1), Place(len(tell_round().log))):
        with pytest.raises(PointOutside) as outside:
            story.at(point)
        assert not outside.value.early


def test_before_the_first_entry_there_is_nothing_yet(story: Story) -> None:
    first = story.entries[0]
    for point in (Place(first.seq - 1), Instant(first.leaf.at - timedelta(seconds=1))):
        with pytest.raises(PointOutside) as outside:
            story.at(point)
        assert outside.value.early


def test_where_the_record_can_not_be_followed_the_story_ends_and_says_so(tmp_path: Path) -> None:
    gone = place(tell_round().log, "review.submitted.v1", "0003")
    log = [*tell_round().log[:gone], *tell_round().log[gone + 1 :]]
    stream = tell_round().app("0003").state.stream
    broken = next(seq for seq, leaf in enumerate(log) if seq >= gone and leaf.stream == stream)
    with Bundle(write_bundle(tmp_path / "round.zip", tell_round(), log)) as bundle:
        story = read_story(bundle, "0003")
    assert story.broken is not None
    assert (story.broken.point, story.broken.finding) == (f"{bundle.round}#{broken}", "version-gap")
    assert [entry.seq for entry in story.entries] == [
        seq for seq, leaf in enumerate(log[:broken]) if leaf.stream == stream
    ]


def test_an_application_that_the_log_does_not_know_has_no_story(bundle: Bundle) -> None:
    story = read_story(bundle, "0099")
    assert (story.entries, story.broken) == ([], None)
    assert story.numbers == {*NUMBERS, "0009"}
