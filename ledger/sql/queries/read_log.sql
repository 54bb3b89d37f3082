-- note_reads --
-- Reads of what is confidential, in their order.
SELECT note_read(r.person, r.session, r.means, r.what, r.log, r.target, r.item)
FROM ROWS FROM (jsonb_to_recordset(%(reads)s::jsonb) AS (
    person text, session text, means text, what text, log text, target text, item text
)) WITH ORDINALITY AS r ORDER BY r.ordinality;

-- find_reads --
-- The latest reads in a log; every filter that is null admits all.
SELECT id, at, person, session, means, what, log, target, item FROM reads
WHERE log = %(log)s
    AND (%(person)s::text IS NULL OR person = %(person)s)
    AND (%(target)s::text IS NULL OR target = %(target)s)
    AND (%(what)s::text IS NULL OR what = %(what)s)
    AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)
    AND (%(before)s::bigint IS NULL OR id < %(before)s)
ORDER BY id DESC LIMIT %(limit)s;

-- prune_reads --
-- Remove a part of what has been kept long enough.
SELECT prune_reads() AS gone;
