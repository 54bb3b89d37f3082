"""Links that would look alike are told apart."""

from portal.pages.everywhere import Board, tell_apart


def test_lists_in_rounds_of_one_title_are_told_apart_by_the_round() -> None:
    boards = [
        Board("second-batch%3A1", "bj", "Second batch · Beijing"),
        Board("second-batch%3A2", "bj", "Second batch · Beijing"),
        Board("third-batch", "bj", "Third batch · Beijing"),
    ]
    assert [board.called for board in tell_apart(boards)] == [
        "Second batch · Beijing · second-batch:1",
        "Second batch · Beijing · second-batch:2",
        "Third batch · Beijing",
    ]
