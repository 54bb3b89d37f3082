from runtime.embedded.reviving import FIRST_PAUSE, LONGEST_PAUSE, STEADY_AFTER, Revival


class Program:
    """A program that ends whenever it is started, on a clock of its own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []
        self.revival = Revival(self.pauses.append, lambda: self.now)

    def end(self) -> float:
        """End, and return how long it took until the next start was due."""
        ended = self.now
        while not self.revival.is_due(running=False):
            self.now += 0.5
        return self.now - ended


def test_the_pause_before_each_start_grows_up_to_the_longest_and_each_end_is_told_once() -> None:
    program = Program()
    waits = [program.end() for _ in range(9)]
    assert waits == program.pauses
    assert waits[:3] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert waits[-2:] == [LONGEST_PAUSE, LONGEST_PAUSE]


def test_what_ran_for_long_is_started_again_as_soon_as_at_first() -> None:
    program = Program()
    assert [program.end(), program.end()] == [FIRST_PAUSE, 2 * FIRST_PAUSE]
    assert not program.revival.is_due(running=True)
    assert program.end() == 4 * FIRST_PAUSE
    program.now += STEADY_AFTER
    assert not program.revival.is_due(running=True)
    assert program.end() == FIRST_PAUSE
