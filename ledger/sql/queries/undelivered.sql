-- read_letters --
-- Letters with their fate, and when the addressee was registered anew since; every filter that is null admits all.
WITH registered AS MATERIALIZED (
    SELECT convert_from(body, 'UTF8')::json -> 'data' ->> 'person' AS person, max(at) AS at
    FROM entries
    WHERE log = 'installation' AND type = 'person.registered.v1'
    GROUP BY 1
)
SELECT o.id, o.log, o.stream, o.version, o.body, o.message_id, o.state, o.closed_at AS since, o.error, r.at AS anew
FROM outbox o
LEFT JOIN registered r ON r.person = o.body ->> 'to' AND r.at > o.closed_at
WHERE o.kind = 'letter'
    AND (%(log)s::text IS NULL OR o.log = %(log)s)
    AND (%(state)s::text IS NULL OR o.state = %(state)s)
    AND (%(ids)s::bigint[] IS NULL OR o.id = ANY(%(ids)s))
ORDER BY o.id;

-- read_to_settle --
-- What is to be known of letters that are to be settled: where each stands, who it was for and which entry settled it.
SELECT o.id, o.log, o.stream, o.version, o.key, o.message_id, o.body ->> 'to' AS "to", o.error,
    o.state = 'refused' AS waits,
    coalesce((SELECT p.erased FROM people p WHERE p.person = o.body ->> 'to'), false) AS gone,
    coalesce((
        SELECT max(e.version) FROM entries e
        WHERE e.log = 'installation' AND e.type = 'letter.settled.v1'
            AND convert_from(e.body, 'UTF8')::json -> 'data' ->> 'task' = 'undelivered/' || o.id
    ), 0) AS settled
FROM outbox o WHERE o.kind = 'letter' AND o.id = ANY(%(letters)s) ORDER BY o.id;

-- read_settled --
-- The entry that settled a letter last.
SELECT version FROM entries
WHERE log = 'installation' AND type = %(type)s
    AND convert_from(body, 'UTF8')::json -> 'data' ->> 'task' = %(task)s
ORDER BY version DESC LIMIT 1;
