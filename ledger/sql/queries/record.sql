-- lock_stream --
-- Lock order of every append: projections (shared), stream, own rows, head. One stream per transaction.
SELECT pg_advisory_xact_lock_shared(hashtextextended('selection projections', 0)),
    pg_advisory_xact_lock(hashtextextended(%(stream)s, 1));

-- read_snapshot --
-- The folded state of a stream, if it has one.
SELECT version, state FROM snapshots WHERE stream = %(stream)s;

-- read_stored --
-- What is already recorded under the idempotency keys of a batch.
SELECT log, seq, stream, version, command_id, at, body, leaf_hash
FROM entries WHERE stream = %(stream)s AND version BETWEEN %(first)s AND %(last)s ORDER BY version;

-- read_last_version --
-- The version of a stream that has no snapshot.
SELECT coalesce(max(version), 0) AS version FROM entries WHERE stream = %(stream)s;

-- read_by_command --
-- What an earlier attempt of the same command put into a stream.
SELECT log, seq, stream, version, command_id, at, body, leaf_hash
FROM entries WHERE command_id = %(command_id)s AND stream = %(stream)s ORDER BY version;

-- read_instant --
-- The time of the database, for entries whose origin is a client.
SELECT now() AS at;

-- append_entries --
-- Put leaves at the end of a log; returns the sequence of the first.
SELECT append_entries(%(log)s, %(stream)s, %(expected)s, %(bodies)s) AS seq;

-- queue_wake --
-- Wake the round when a stage is empty, while the head is locked, so that exactly one append sees it empty.
-- A stage that fills and empties again while the round waits wakes it again; beyond 20 times a little later
-- each time, up to a minute, so that a stage emptied by thousands one by one does not swell the round's history.
-- attempts + 1 fences a courier that is sending the earlier wake now.
INSERT INTO outbox AS o (log, stream, version, key, kind, body, message_id, due)
SELECT %(log)s, place.stream, 0, place.key, 'wake',
    jsonb_build_object('round', %(log)s::text, 'stage', %(stage)s::text), place.stream || '#' || place.key, now()
FROM (
    SELECT 'round/' || %(log)s AS stream,
        'wake/' || %(stage)s || '/' || coalesce((SELECT r.stage FROM rounds r WHERE r.log = %(log)s), '') AS key
) AS place
WHERE NOT EXISTS (SELECT FROM applications a WHERE a.log = %(log)s AND a.stage = %(stage)s)
ON CONFLICT ON CONSTRAINT outbox_key DO UPDATE
    SET state = 'pending', rearmed = o.rearmed + 1, attempts = o.attempts + 1, lease_until = NULL,
        closed_at = NULL, due = now() + interval '1 second' * least(greatest(o.rearmed - 19, 0), 60)
    WHERE o.state = 'sent' OR o.lease_until IS NOT NULL;
