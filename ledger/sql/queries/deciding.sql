-- read_place --
-- All that every decision begins with, as of one instant: the stream, who acts, the keys that the act names and that
-- were not revoked, the pages on which they count, the contents that it seems to cite, the round's deadlines, how far both logs go, and what stands
-- under the command's id; likewise the decision of another stream that is to be carried out, with that stream. An id of a person counts on every stream of a round, and apart from these on the
-- installation's; the engine's on one. The list is a subquery, as PostgreSQL plans anew for each length of one that is not,
-- which takes it longer than the statement itself.
SELECT s.version, s.state, s.fold, record_clock() AS clock,
    (SELECT e.at FROM entries e WHERE e.stream = %(stream)s ORDER BY e.version DESC LIMIT 1) AS last_at,
    coalesce((SELECT h.size FROM head h WHERE h.log = 'installation'), 0) AS register_size,
    coalesce((SELECT h.size FROM head h WHERE h.log = %(log)s), 0) AS size,
    (SELECT min(h.found) FROM halts h WHERE h.log = %(log)s AND h.lifted IS NULL) AS halted,
    (SELECT max(h.lifted) FROM halts h WHERE h.log = %(log)s) AS lifted,
    (SELECT to_jsonb(p) - 'language' - 'identity' - 'erased' FROM people p WHERE p.person = %(person)s) AS registered,
    (SELECT jsonb_agg(to_jsonb(k)) FROM (
        SELECT key, person, body FROM keys WHERE key IN (%(key)s, %(second_key)s) AND revoked IS NULL
    ) AS k) AS keys,
    (SELECT f.portals FROM founding f) AS portals,
    (SELECT jsonb_agg(to_jsonb(c)) FROM (
        SELECT id, kind, media_type, size, sha256, stored_at, stored_by, erased_at
        FROM contents WHERE id = ANY(ARRAY(SELECT unnest(%(cited)s::text[])))
    ) AS c) AS cards,
    coalesce((SELECT r.version FROM snapshots r WHERE r.stream = 'round/' || %(log)s), 0) AS round_version,
    (SELECT jsonb_object_agg(d.name, d.until) FROM deadlines d WHERE d.log = %(log)s) AS deadlines,
    before.log AS before_log, before.seq AS before_seq, before.stream AS before_stream,
    before.body AS before_body, before.leaf_hash AS before_hash,
    other.version AS named_stands, other.state AS named_state, other.fold AS named_fold, named.body AS named_body
FROM (VALUES (1)) AS one (row)
LEFT JOIN snapshots s ON s.stream = %(stream)s
LEFT JOIN snapshots other ON other.stream = %(named_stream)s
LEFT JOIN entries named ON named.stream = %(named_stream)s AND named.version = %(named_version)s
LEFT JOIN LATERAL (
    SELECT e.log, e.seq, e.stream, e.body, e.leaf_hash FROM entries e
    WHERE e.command_id = %(command_id)s AND e.person = %(person)s
        AND (e.log = 'installation') = (%(log)s = 'installation')
        AND (%(person)s <> 'system' OR e.stream = %(stream)s)
    ORDER BY e.nth DESC LIMIT 1
) AS before ON true;

-- read_cited --
-- Where a stream stands, and one entry of it, as of one instant.
SELECT s.stream, s.version, s.state, s.fold, e.body
FROM snapshots s LEFT JOIN entries e ON e.stream = s.stream AND e.version = %(version)s
WHERE s.stream = %(stream)s;

-- read_mark --
-- What tells whether any application of these stages came, went or changed.
SELECT mark_of(%(log)s, %(stages)s) AS mark;

-- read_hands --
-- In which applications of a round these people had a part.
SELECT h.person, array_agg(a."row" ->> 'number' ORDER BY a.stream) AS numbers
FROM applications a CROSS JOIN LATERAL jsonb_array_elements_text(a."row" -> 'hands') AS h (person)
WHERE a.log = %(log)s AND h.person = ANY(%(people)s::text[])
GROUP BY h.person;

-- halt_log --
-- Let nothing more into a log of which entries were lost.
SELECT halt_log(%(log)s, %(found)s);

-- lift_halt --
-- Open a log again.
SELECT lift_halt(%(log)s) AS lifted;

-- read_halts --
-- The logs that are halted, why and since when.
SELECT log, min(found) AS found, min(since) AS since FROM halts WHERE lifted IS NULL GROUP BY log ORDER BY log;

-- read_settled --
-- The logs of which a loss was chosen about, and that are not halted.
SELECT log FROM halts GROUP BY log HAVING bool_and(lifted IS NOT NULL);
