-- lock_stream --
-- The locks that record_leaves begins with, in its order.
SELECT pg_advisory_xact_lock_shared(hashtextextended('selection projections', 0)),
    pg_advisory_xact_lock(hashtextextended(%(stream)s, 1));

-- read_snapshot_version --
-- The version of a stream's folded state, if it has one.
SELECT version FROM snapshots WHERE stream = %(stream)s;

-- read_stored --
-- What is already recorded under the idempotency keys of a batch.
SELECT log, seq, stream, version, command_id, at, body, leaf_hash
FROM entries WHERE stream = %(stream)s AND version BETWEEN %(first)s AND %(last)s ORDER BY version;

-- record_leaves --
-- Append to a stream that stands at the expected version, with all that follows; null when it stands elsewhere.
SELECT record_leaves(%(log)s, %(stream)s, %(expected)s, %(bodies)s, %(version)s, %(state)s, %(row)s::jsonb,
    %(tasks)s::jsonb, %(deadlines)s::jsonb, %(items)s::jsonb, %(left)s, %(reads)s::jsonb) AS seq;

-- record_erasure --
-- Append that somebody was erased, which erases them; null when the installation stands at another version.
SELECT record_erasure(%(expected)s, %(bodies)s, %(state)s, %(reads)s::jsonb) AS seq;

-- begin_repair --
-- Let this transaction put entries back into a log that is halted because it lost them.
SELECT set_config('selection.repairing', %(log)s, true);

-- list_concerned --
-- Whom deadlines of a round concern: the applicants of applications that have not ended, who has a task that is due with
-- one of them, and with those of the intake who recommends for one of its units.
SELECT a."row" ->> 'agent' AS person FROM applications a
WHERE a.log = %(log)s AND a.stage <> 'ended' AND a."row" ->> 'agent' <> ''
UNION
SELECT t.person FROM tasks t
WHERE t.log = %(log)s AND t.person IS NOT NULL AND (
    t.deadline = ANY(%(names)s::text[])
    OR t.kind IN ('answer-invitation', 'review') AND %(names)s::text[] && '{review,review_last}'
)
UNION
SELECT p.person FROM people p
WHERE p.active AND %(names)s::text[] && '{submission,recommendation}'
    AND jsonb_exists_any(p.roles -> 'recommender', %(units)s::text[]);
