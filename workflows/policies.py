"""Timeouts and retry policies of every activity, in one place, with their reasons."""

from datetime import timedelta

from temporalio.common import RetryPolicy

# A local activity answers within 3 s by itself, away or not; this catches a worker that could not even run it. It
# ends before the SDK keeps the task alive (at 4/5 of its 5 s): a task that ended with nothing to tell is taken together
# with the next one on replay, and what came with that one then comes too early (docs/decisions/0090).
LOCAL_TIMEOUT = timedelta(seconds=3.2)
ONCE = RetryPolicy(maximum_attempts=1)

# The record must be asked whatever happens to Postgres: without limit. An attempt ranks thousands of applications,
# or reads a draw's inputs, within a minute; one on a database that is away fails within seconds by itself.
RECORD_TIMEOUT = timedelta(minutes=1)
# It tells every second that its worker lives, so that an act whose worker died does not wait out that minute.
RECORD_HEARTBEAT = timedelta(seconds=10)
RECORD_RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=200),
    backoff_coefficient=1.5,
    maximum_interval=timedelta(seconds=3),
)

# Whether a worker that may erase is there shows at once. While it is waited for, nothing else of the register is.
ERASER_WITHIN = timedelta(seconds=5)

# How soon a halted log is asked again whether a person has chosen.
HALTED_AGAIN = timedelta(seconds=30)

# A draw of 1,000 applications takes seconds; naming what clashes in an impossible one takes longer. It computes in a
# thread beside its heartbeat, which that may hold up for moments.
DRAW_TIMEOUT = timedelta(minutes=10)
DRAW_HEARTBEAT = timedelta(seconds=10)

# A batch over 10,000 applications takes minutes; it tells every second how far it is, so a dead worker's is
# taken over quickly.
BATCH_TIMEOUT = timedelta(hours=12)
BATCH_HEARTBEAT = timedelta(seconds=5)
LONG_RETRY = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=30))

# Another workflow's answer waits for its own record. While a list waits for one application, it serves nobody else: it
# gives up one that does not answer (after 10 s, activities/rounds.py), and tells it again later by itself.
TELL_TIMEOUT = timedelta(seconds=15)
TELL_AT_MOST = timedelta(seconds=45)
TELL_AGAIN = timedelta(minutes=1)

# One turn of the courier lasts up to an hour.
DELIVER_TIMEOUT = timedelta(hours=2)
DELIVER_HEARTBEAT = timedelta(seconds=10)

# Reading which rounds go on.
WIDE_TIMEOUT = timedelta(minutes=1)

# As the courier's; an attempt that finds the key file held by a signer that still ends is soon tried again.
SIGN_TIMEOUT = timedelta(hours=2)
SIGN_HEARTBEAT = timedelta(seconds=10)

# After a round's end its workflows close within moments; what is stuck is not waited for longer than 17 minutes.
UNTIL_CLOSED = tuple(timedelta(seconds=2**step) for step in range(10))
