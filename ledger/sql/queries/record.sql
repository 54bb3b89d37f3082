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
