"""When this process looks for what nothing leads to any more: seldom among what it keeps, as nobody is answered then.

What pages remember of rounds (reading/access/memory.py) is a great many objects. Left to itself Python looks at all of
them again whenever a quarter as many have come, and every page waits. So what is kept is put aside, and
looked at but once an hour; what nothing refers to goes at once all the same, and only what refers to itself waits.
"""

import gc
import time
from collections.abc import Callable

YOUNG = 5_000
"""Objects that are made and stay before the newest are looked at [D]; a page leaves hardly any."""
MANY = 20_000
"""Objects that stayed, from which on they are put aside [D]: to look at as many takes some 10 ms."""
WHOLE_EVERY = 3600.0
"""Seconds after which all objects are looked at [D]."""
ASKED_EVERY = 10
"""Seconds after which it is seen whether there is something to put aside [D]."""


class Collecting:
    """Puts aside what is kept; from when it is made on, the newest objects are looked at more seldom too."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._whole_at = clock() - WHOLE_EVERY
        gc.set_threshold(YOUNG, *gc.get_threshold()[1:])

    async def put_aside(self) -> None:
        """Put aside what has come to stay, if it is much; look at everything where that is due, at first as well."""
        now = self._clock()
        if now >= self._whole_at + WHOLE_EVERY:
            gc.unfreeze()
            gc.collect()
            self._whole_at = now
        elif len(gc.get_objects(generation=2)) < MANY:
            return
        else:
            # What refers to itself alone by now is not to be put aside with the others.
            gc.collect(1)
        gc.freeze()
