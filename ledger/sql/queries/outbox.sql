-- claim --
-- Lease what is pending and due to one courier. A reminder whose task is done is dropped instead.
WITH due AS (
    SELECT o.id, o.task IS NOT NULL
        AND NOT EXISTS (SELECT FROM tasks t WHERE t.stream = o.stream AND t.key = o.task) AS needless
    FROM outbox o
    WHERE o.state = 'pending' AND o.due <= coalesce(%(now)s, now())
        AND (o.lease_until IS NULL OR o.lease_until < now())
    -- Messages and wakes carry rounds on; letters come after them however many wait.
    ORDER BY o.kind = 'letter', o.due, o.id LIMIT %(limit)s FOR UPDATE OF o SKIP LOCKED
)
UPDATE outbox o SET
    state = CASE WHEN due.needless THEN 'dropped' ELSE o.state END,
    closed_at = CASE WHEN due.needless THEN now() END,
    lease_until = CASE WHEN due.needless THEN NULL ELSE now() + %(lease)s END,
    attempts = o.attempts + 1
FROM due WHERE o.id = due.id
RETURNING o.id, o.log, o.stream, o.version, o.key, o.kind, o.body, o.message_id, o.due, o.attempts, o.state;

-- close --
-- Mark a claimed row sent or refused, unless a later claim holds it.
UPDATE outbox SET state = %(state)s, closed_at = now(), lease_until = NULL, error = %(error)s
WHERE id = %(id)s AND attempts = %(attempt)s AND state = 'pending' RETURNING id;

-- renew --
-- Lease a claimed row anew, unless a later claim holds it.
UPDATE outbox SET lease_until = now() + %(lease)s
WHERE id = %(id)s AND attempts = %(attempt)s AND state = 'pending' RETURNING id;

-- postpone --
-- Give a claimed row back, to be tried again after a pause.
UPDATE outbox SET lease_until = NULL, due = now() + %(pause)s, error = %(error)s
WHERE id = %(id)s AND attempts = %(attempt)s AND state = 'pending' RETURNING id;

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
