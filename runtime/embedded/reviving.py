"""Programs that are started again when they end by themselves, after a pause that grows."""

import time
from collections.abc import Callable

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds from an end to the next start [D]: twice as long each time, up to the longest."""
STEADY_AFTER = 60.0
"""Seconds after which a program that runs is taken for well: its next end is a first one [D]."""
TellEnd = Callable[[float], None]
"""Is told that a program ended, and in how many seconds it is started again."""


class Revival:
    """When one program is to be started again. It is taken to run from now on."""

    def __init__(self, tell: TellEnd, clock: Callable[[], float] = time.monotonic) -> None:
        self._tell = tell
        self._clock = clock
        self._pause = FIRST_PAUSE
        self._started = clock()
        self._due: float | None = None

    def is_due(self, *, running: bool) -> bool:
        """Tell whether the program is to be started now; asked again and again. An end is told once."""
        now = self._clock()
        if running:
            if now - self._started >= STEADY_AFTER:
                self._pause = FIRST_PAUSE
            return False
        if self._due is None:
            self._due = now + self._pause
            self._tell(self._pause)
        if now < self._due:
            return False
        self._due, self._started = None, now
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
        return True
