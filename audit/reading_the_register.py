"""The register as a decision read it: at one moment of a span that the record bounds (docs/decisions/0019)."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from audit.claims import Difference
from audit.fold import Step
from audit.judging import NotHeld

CLOSE = timedelta(seconds=10)
"""What dates may differ by from the order of things: the clocks of database and Temporal, which `selection doctor`
wants within 2 seconds, and the time from an entry's date to the commit that makes it readable.
"""


def moments(step: Step) -> Iterator[datetime]:
    """Yield an instant of each state of the register that the entry's decision may have read, the likeliest first.

    Raises NotHeld when the bundle does not hold the register.
    """
    register, at = step.record.register, step.leaf.at
    if not register.known:
        raise NotHeld("register-missing", step.point)
    yield at
    yield at - CLOSE
    yield from register.changed(at - CLOSE, at + CLOSE)
    # An act waits for the database: what it reads then may be long after its own date.
    if register.changed(at + CLOSE, None):
        by = step.record.stood_by(step)
        yield from register.changed(at + CLOSE, by and by + CLOSE)


def at_some_reading(step: Step, check: Callable[[datetime], None]) -> None:
    """Check the register at one of the moments. Raises the first Difference when it holds at none, or NotHeld."""
    first = None
    for moment in moments(step):
        try:
            return check(moment)
        except Difference as difference:
            first = first or difference
    assert first is not None
    raise first
