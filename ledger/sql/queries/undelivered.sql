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

-- settle --
-- End the tasks of refused letters: send them again, or give them up.
SELECT id, stream, version, key, message_id, body ->> 'to' AS "to", error
FROM settle_letters(%(ids)s, %(state)s);

-- read_settled --
-- The entry that settled a letter last.
SELECT version FROM entries
WHERE log = 'installation' AND type = %(type)s
    AND convert_from(body, 'UTF8')::json -> 'data' ->> 'task' = %(task)s
ORDER BY version DESC LIMIT 1;
