"""Timeouts and retry policies of every activity, in one place, with their reasons."""

from datetime import timedelta

from temporalio.common import RetryPolicy

from activities.messages import FactsQuery
from selection.model import Frozen

# The record must be written whatever happens to Postgres: without limit. An attempt is given up after 5 s, so
# that a worker killed in the middle holds an act up for no longer; Postgres' own time-outs are shorter still.
RECORD_TIMEOUT = timedelta(seconds=5)
RECORD_RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=200),
    backoff_coefficient=1.5,
    maximum_interval=timedelta(seconds=3),
)

# A view of every application of a round takes seconds at 10,000 of them; all others are as short as the record.
WIDE_VIEWS = ("ranking", "draw-inputs")
WIDE_VIEW_TIMEOUT = timedelta(minutes=1)

# A draw of 1,000 applications takes seconds; naming what clashes in an impossible one takes longer.
DRAW_TIMEOUT = timedelta(minutes=10)

# A batch over 10,000 applications takes minutes; it tells every second how far it is, so a dead worker's is
# taken over quickly.
BATCH_TIMEOUT = timedelta(hours=12)
BATCH_HEARTBEAT = timedelta(seconds=5)
LONG_RETRY = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=30))

# Another workflow's answer waits for its own record.
TELL_TIMEOUT = timedelta(seconds=30)

# One turn of the courier lasts up to an hour.
DELIVER_TIMEOUT = timedelta(hours=2)
DELIVER_HEARTBEAT = timedelta(seconds=10)

# As the courier's; an attempt that finds the key file held by a signer that still ends is soon tried again.
SIGN_TIMEOUT = timedelta(hours=2)
SIGN_HEARTBEAT = timedelta(seconds=10)

# After a round's end its workflows close within moments; what is stuck is not waited for longer than 17 minutes.
UNTIL_CLOSED = tuple(timedelta(seconds=2**step) for step in range(10))


def time_for(argument: Frozen) -> timedelta:
    """Return the time limit of one attempt at a short activity."""
    wide = isinstance(argument, FactsQuery) and argument.request.view in WIDE_VIEWS
    return WIDE_VIEW_TIMEOUT if wide else RECORD_TIMEOUT
