-- read_signed --
-- Every size of a log that was signed, with its root.
SELECT size, root FROM checkpoints WHERE log = %(log)s ORDER BY size;

-- read_unhashed --
-- A page of a log as the signer follows it: each leaf's hash made anew from its bytes, beside the one stated.
SELECT seq, type, at, sha256('\x00'::bytea || body) AS computed, leaf_hash AS stated
FROM entries WHERE log = %(log)s AND seq >= %(first)s AND seq < %(end)s ORDER BY seq;

-- read_leaf_hashes --
-- The leaf hashes of a part of a log, made from the bytes.
SELECT sha256('\x00'::bytea || body) AS hash
FROM entries WHERE log = %(log)s AND seq >= %(first)s AND seq < %(end)s ORDER BY seq;

-- append_checkpoint --
-- Put a checkpoint under its size; false when it stood there already.
SELECT append_checkpoint(%(log)s, %(size)s, %(root)s, %(note)s) AS added;

-- append_cosignature --
-- Add a witness's line to a checkpoint; false when it stood there already.
SELECT append_cosignature(%(log)s, %(size)s, %(line)s) AS added;

-- append_timestamp --
-- Add a time stamp to a checkpoint; false when the service's stood there already.
SELECT append_timestamp(%(log)s, %(size)s, %(service)s, %(token)s) AS added;

-- read_checkpoints --
-- The checkpoints of one log or of all between two sizes, each with its cosignatures in the order they came.
SELECT c.log, c.size, c.root, c.note, c.at,
    coalesce((
        SELECT array_agg(s.line ORDER BY s.at, s.line) FROM cosignatures s WHERE s.log = c.log AND s.size = c.size
    ), '{}') AS cosignatures,
    coalesce((
        SELECT array_agg(t.service ORDER BY t.service) FROM timestamps t WHERE t.log = c.log AND t.size = c.size
    ), '{}') AS services
FROM checkpoints c
WHERE (%(log)s::text IS NULL OR c.log = %(log)s) AND c.size >= %(from_size)s
    AND (%(to_size)s::bigint IS NULL OR c.size <= %(to_size)s)
ORDER BY c.log, c.size LIMIT %(limit)s;

-- read_latest --
-- The size of a log's latest checkpoint.
SELECT max(size) AS size FROM checkpoints WHERE log = %(log)s;

-- read_timestamps --
-- The time stamps of one checkpoint.
SELECT service, token FROM timestamps WHERE log = %(log)s AND size = %(size)s ORDER BY service;

-- read_unstamped --
-- The latest checkpoint of each log, where a service has not stamped it.
SELECT DISTINCT ON (c.log) c.log, c.size, c.note FROM checkpoints c
WHERE NOT EXISTS (
    SELECT FROM timestamps t WHERE t.log = c.log AND t.service = %(service)s AND t.size >= c.size
)
ORDER BY c.log, c.size DESC;

-- read_unsigned --
-- The logs that hold more than was signed: how many entries more, and since when.
SELECT h.log, h.size - coalesce(c.size, 0) AS count, e.at AS since
FROM head h
LEFT JOIN LATERAL (SELECT max(size) AS size FROM checkpoints k WHERE k.log = h.log) c ON true
JOIN entries e ON e.log = h.log AND e.seq = coalesce(c.size, 0)
ORDER BY h.log;
