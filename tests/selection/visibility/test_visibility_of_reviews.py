"""What reviews say, and that one was corrected: to whom it shows, and from when."""

import pytest

from selection.visibility.reading import list_readable
from tests.selection.short_stories import short_applications
from tests.selection.visibility.viewing import MAIN, types, viewer_of, views


@pytest.mark.parametrize("name", ["expert-1", "expert-2", "applicant-1", "surveyor-1"])
def test_that_a_review_was_corrected_shows_to_its_reviewer_alone_and_not_to_the_chair(name: str) -> None:
    """The chair is expert-1: whoever asks a member for another score is not told whether it was given."""
    corrected = "review.corrected.v1"
    assert corrected not in types(MAIN, viewer_of(MAIN, name))
    (own,) = [view for view in views(MAIN, viewer_of(MAIN, "expert-3")) if view["type"] == corrected]
    assert (own["data"]["former_total"], own["data"]["total"]) == ("67.5", "67.5")


def test_the_chair_reads_what_reviews_say_once_nobody_is_awaited_and_never_whose_they_are() -> None:
    chair = viewer_of(MAIN, "expert-1")
    others = [view["data"] for view in views(MAIN, chair) if view["type"] == "review.submitted.v1"][1:]
    assert {tuple(data) for data in others} == {("form",)}
    assert set(others[0]["form"]) == {"version", "answers", "told", "files"}
    for step in MAIN.steps:
        reviews = [leaf for leaf in MAIN.leaves if leaf.type == "review.submitted.v1"][1:]
        shown = list_readable(reviews, viewer_of(MAIN, "expert-1"), step.after)
        assert bool(shown) is (step.after.score is not None)


def test_an_applicant_reads_what_is_for_them_of_reviews_that_count_and_of_nobody_by_name() -> None:
    """Expert-3 corrected: what the entry before it said to the applicant does not show, nor its content."""
    agent = viewer_of(MAIN, "agent-1")
    told = [view for view in views(MAIN, agent) if view["type"].startswith("review.")]
    assert sorted(view["data"]["form"]["told"]["id"] for view in told) == [
        "corrected-expert-3",
        *(f"review-expert-{number}" for number in (1, 2, 5, 8)),
    ]
    assert {tuple(view["data"]["form"]) for view in told} == {("version", "told")}
    assert {tuple(view["data"]) for view in told} == {("form",)}
    assert not any(view["actor"].get("person") for view in told)
    assert "review-expert-3" not in list_readable(MAIN.leaves, agent, MAIN.state)


def test_an_applicant_reads_nothing_of_a_panel_that_never_finished() -> None:
    """Its round was cancelled while the panel reviewed: one review is there, and no score."""
    told = next(
        item for item in short_applications() if "review.submitted.v1" in [leaf.type for leaf in item.leaves]
    )
    assert told.state.ended
    assert told.state.score is None
    agent = viewer_of(told, "agent-1")
    assert not [kind for kind in types(told, agent) if kind.startswith("review.")]
    assert "review-expert-1" not in list_readable(told.leaves, agent, told.state)
