"""Timeouts and retry policies of every activity, in one place, with their reasons."""

from datetime import timedelta

from temporalio.common import RetryPolicy

# The record must be written whatever happens to Postgres: without limit. An attempt is given up after 5 s, so
# that a worker killed in the middle holds an act up for no longer; Postgres' own time-outs are shorter still.
RECORD_TIMEOUT = timedelta(seconds=5)
RECORD_RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=200),
    backoff_coefficient=1.5,
    maximum_interval=timedelta(seconds=3),
)

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
