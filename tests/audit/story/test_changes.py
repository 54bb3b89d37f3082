from audit.story.changes import Change, changes
from selection.application.state import ApplicationState
from tests import factories as f
from tests.round_story import tell_round

INITIAL = ApplicationState(stream=f"application/{f.ROUND}/0001", round=f.ROUND)


def fields(found: list[Change]) -> list[str]:
    return [change.field for change in found]


def test_nothing_differs_from_itself() -> None:
    state = tell_round().app("0003").state
    assert changes(state, state) == []


def test_each_seat_is_compared_with_itself_and_only_what_moved_is_told() -> None:
    state = tell_round().app("0003").state
    seat = state.seats[1].with_(status="accepted", expert="expert-9")
    after = state.with_(version=99, seats=(state.seats[0], seat, *state.seats[2:]))
    assert changes(state, after) == [
        Change("seats.2.expert", state.seats[1].expert, "expert-9"),
        Change("seats.2.status", "submitted", "accepted"),
    ]


def test_something_new_is_one_change_as_a_whole() -> None:
    state = tell_round().app("0003").state
    found = changes(INITIAL, state)
    assert [name for name in fields(found) if name.startswith("seats")] == [f"seats.{n}" for n in range(1, 6)]
    assert [name for name in fields(found) if name.startswith("submission")] == ["submission"]
    assert [name for name in fields(found) if name.startswith("employers")] == ["employers"]
    assert all(name.count(".") == 2 for name in fields(found) if name.startswith("reviews"))


def test_a_field_within_the_submission_is_told_by_its_path() -> None:
    state = tell_round().app("0006").state
    assert state.submission is not None
    after = state.with_(submission=state.submission.with_(staff=40))
    assert changes(state, after) == [Change("submission.staff", 31, 40)]
