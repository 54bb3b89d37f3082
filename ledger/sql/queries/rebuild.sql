-- exclude_appends --
-- Keep every append out until the end of the transaction.
SELECT exclude_appends();

-- digest --
-- One digest per projection, over its rows in order.
SELECT 'applications' AS name, count(*) AS n,
    encode(sha256(coalesce(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.stream), '')), 'hex') AS sha256
FROM applications t
UNION ALL
SELECT 'deadlines', count(*),
    encode(sha256(coalesce(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.log, t.name), '')), 'hex')
FROM deadlines t
UNION ALL
SELECT 'employments', count(*),
    encode(sha256(coalesce(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.person, t.nth), '')), 'hex')
FROM employments t
UNION ALL
SELECT 'people', count(*),
    encode(sha256(coalesce(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.person), '')), 'hex')
FROM people t
UNION ALL
SELECT 'recommendation_lists', count(*),
    encode(sha256(coalesce(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.stream), '')), 'hex')
FROM recommendation_lists t
UNION ALL
SELECT 'registrars', count(*),
    encode(sha256(coalesce(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.person, t.registrar), '')), 'hex')
FROM registrars t
UNION ALL
SELECT 'rounds', count(*),
    encode(sha256(coalesce(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.stream), '')), 'hex')
FROM rounds t
UNION ALL
SELECT 'snapshots', count(*),
    encode(sha256(coalesce(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.stream), '')), 'hex')
FROM snapshots t
UNION ALL
SELECT 'tasks', count(*),
    encode(sha256(coalesce(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.stream, t.key), '')), 'hex')
FROM tasks t
UNION ALL
SELECT 'unit_parents', count(*),
    encode(sha256(coalesce(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.code, t.parent), '')), 'hex')
FROM unit_parents t
UNION ALL
SELECT 'unit_registrars', count(*),
    encode(sha256(coalesce(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.code, t.registrar), '')), 'hex')
FROM unit_registrars t
UNION ALL
SELECT 'units', count(*),
    encode(sha256(coalesce(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea ORDER BY t.code), '')), 'hex')
FROM units t;

-- clear --
-- Drop every projection's rows but those of the register; the outbox is no projection, it remembers what was sent.
WITH a AS (DELETE FROM applications), b AS (DELETE FROM deadlines), c AS (DELETE FROM recommendation_lists),
    d AS (DELETE FROM rounds), e AS (DELETE FROM snapshots)
DELETE FROM tasks;

-- read_all_entries --
-- The whole record stream by stream.
SELECT log, stream, version, body FROM entries ORDER BY stream, version;
