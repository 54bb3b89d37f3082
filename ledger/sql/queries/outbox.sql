-- claim --
-- Lease what is pending and due to one courier. A reminder whose task is done is dropped, one whose task moved waits on.
SELECT id, log, stream, version, key, kind, body, message_id, due, attempts, state
FROM claim_outbox(%(limit)s, %(lease)s, %(now)s) WHERE lease_until IS NOT NULL;

-- close --
-- Mark a claimed row sent or refused; no row when a later claim holds it.
SELECT true AS closed WHERE close_outbox(%(id)s, %(attempt)s, %(state)s, %(error)s);

-- renew --
-- Lease a claimed row anew; no row when a later claim holds it.
SELECT true AS leased WHERE lease_outbox(%(id)s, %(attempt)s, %(lease)s);

-- postpone --
-- Give a claimed row back, to be tried again after a pause; no row when a later claim holds it.
SELECT true AS postponed WHERE postpone_outbox(%(id)s, %(attempt)s, %(pause)s, %(error)s);

-- seconds_to_next --
-- How long until the next row may be claimed; null when none waits.
SELECT extract(epoch FROM min(greatest(due, lease_until)) - now())::float8 AS seconds
FROM outbox WHERE state = 'pending';

-- count_states --
-- How many rows of a log stand in each state.
SELECT kind, state, count(*) AS n FROM outbox
WHERE %(log)s::text IS NULL OR log = %(log)s GROUP BY kind, state ORDER BY kind, state;

-- list_letters --
-- The letters of a log with their fate.
SELECT id, stream, version, key, body, message_id, due, state, attempts, closed_at, error
FROM outbox WHERE kind = 'letter' AND (%(log)s::text IS NULL OR log = %(log)s) ORDER BY id;

-- listen --
-- Be woken when something is queued.
LISTEN selection_outbox;
