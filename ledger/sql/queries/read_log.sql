-- note_read --
-- One read of what is confidential.
SELECT note_read(%(person)s, %(session)s, %(means)s, %(what)s, %(log)s, %(target)s, %(item)s);

-- find_reads --
-- The latest reads in a log; every filter that is null admits all.
SELECT id, at, person, session, means, what, log, target, item FROM reads
WHERE log = %(log)s
    AND (%(person)s::text IS NULL OR person = %(person)s)
    AND (%(target)s::text IS NULL OR target = %(target)s)
    AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)
ORDER BY id DESC LIMIT %(limit)s;

-- prune_reads --
-- Remove a part of what has been kept long enough.
SELECT prune_reads() AS gone;
