-- read_receipts --
-- Every entry that a command put into the record, in order.
SELECT log, seq, stream, version, command_id, at, leaf_hash
FROM entries WHERE command_id = %(command_id)s ORDER BY log, seq;

-- read_caused --
-- The same with their bytes.
SELECT log, seq, stream, version, command_id, at, body, leaf_hash
FROM entries WHERE command_id = %(command_id)s ORDER BY log, seq;

-- count_carried --
-- On how many streams the engine did what a decision asks; where it was refused it did not.
SELECT count(DISTINCT stream) AS n FROM entries
WHERE command_id = %(command_id)s AND person = 'system' AND type <> 'act.refused.v1';

-- read_caused_by --
-- Every entry that any of these commands caused.
SELECT log, seq, stream, version, command_id, at, body, leaf_hash
FROM entries WHERE command_id = ANY(%(command_ids)s) ORDER BY log, seq;

-- read_acts --
-- The latest acts of a person, each by its first entry.
SELECT log, seq, stream, version, command_id, at, leaf_hash, type
FROM entries WHERE person = %(person)s AND person <> 'system' AND nth = 0
ORDER BY recorded DESC, log, seq DESC LIMIT %(limit)s;

-- read_entries --
-- A page of a log.
SELECT log, seq, stream, version, body, leaf_hash
FROM entries WHERE log = %(log)s AND seq > %(after)s ORDER BY seq LIMIT %(limit)s;

-- read_bodies --
-- The bytes of a part of a log.
SELECT body FROM entries WHERE log = %(log)s AND seq >= %(first)s AND seq < %(end)s ORDER BY seq;

-- read_stream_entries --
-- Everything that happened in a stream.
SELECT log, seq, stream, version, body, leaf_hash
FROM entries WHERE stream = %(stream)s AND version > %(after)s ORDER BY version;

-- read_streams --
-- The streams that have a workflow, of a round or of all.
SELECT DISTINCT stream FROM entries
WHERE (%(round)s::text IS NULL OR log = %(round)s) AND split_part(stream, '/', 1) = ANY(%(kinds)s)
ORDER BY stream;

-- read_snapshots --
-- A page of the folded states of streams that have a workflow, of a round or of all.
SELECT stream, version, state, fold FROM snapshots
WHERE (%(round)s::text IS NULL OR log = %(round)s) AND split_part(stream, '/', 1) = ANY(%(kinds)s)
    AND stream > %(after)s
ORDER BY stream LIMIT %(limit)s;

-- read_hashes --
-- A stream's leaf hashes, in order.
SELECT leaf_hash FROM entries WHERE stream = %(stream)s ORDER BY version;

-- read_head --
-- How many entries a log holds.
SELECT coalesce((SELECT size FROM head WHERE log = %(log)s), 0) AS size;

-- read_logs --
-- The logs there are.
SELECT log, size FROM head ORDER BY log;

-- read_state --
-- The folded state of a stream and its version.
SELECT stream, version, state, fold FROM snapshots WHERE stream = %(stream)s;

-- read_changed_states --
-- The folded states of these streams, each with the hash of its text; no text of those whose hash is known.
SELECT s.stream, s.version, s.fold, m.mark, CASE WHEN m.mark IS DISTINCT FROM k.mark THEN s.state END AS state
FROM unnest(%(streams)s::text[], %(marks)s::bytea[]) AS k (stream, mark) JOIN snapshots s USING (stream)
CROSS JOIN LATERAL (SELECT sha256(convert_to(s.state, 'UTF8')) AS mark OFFSET 0) m;

-- read_changed_applications --
-- How far a log has come, with the hash of its last entry, and the rows of its applications: if the log goes on from
-- the one that is known, those that changed since, else all of them.
WITH now AS (
    SELECT h.size, (SELECT e.leaf_hash FROM entries e WHERE e.log = h.log AND e.seq = h.size - 1) AS mark,
        EXISTS (
            SELECT FROM entries e
            WHERE e.log = h.log AND e.seq = %(size)s::bigint - 1 AND e.leaf_hash = %(mark)s::bytea
        ) AS goes_on
    FROM head h WHERE h.log = %(log)s
), changed AS (
    SELECT a.stream, a."row"::text FROM applications a
    WHERE a.log = %(log)s AND NOT (SELECT goes_on FROM now)
    UNION ALL
    SELECT a.stream, a."row"::text FROM applications a
    WHERE (SELECT goes_on FROM now) AND a.stream IN (
        SELECT e.stream FROM entries e WHERE e.log = %(log)s AND e.seq >= %(size)s::bigint
    )
)
SELECT now.size, now.mark, now.goes_on, changed.stream, changed."row" FROM now LEFT JOIN changed ON true;

-- read_version --
-- How far a stream has come.
SELECT version FROM snapshots WHERE stream = %(stream)s;

-- count_stages --
-- How many applications of a round stand in each stage.
SELECT stage, count(*) AS n FROM applications WHERE log = %(round)s GROUP BY stage ORDER BY stage;

-- count_outcomes --
-- How many applications of a round ended in each way.
SELECT "row" ->> 'outcome' AS outcome, count(*) AS n FROM applications
WHERE log = %(round)s AND "row" ->> 'outcome' IS NOT NULL GROUP BY 1 ORDER BY 1;

-- count_open_tasks --
-- How many tasks of a round wait, by kind and role, and how many of them are overdue.
SELECT kind, role, count(*) AS open, count(*) FILTER (WHERE until < now()) AS overdue FROM open_tasks
WHERE log = %(round)s GROUP BY kind, role ORDER BY 4 DESC, 3 DESC, kind, role;

-- list_late --
-- Who has overdue tasks in a round, those with the most first.
SELECT role, person, unit, count(*) AS overdue, min(until) AS until FROM open_tasks
WHERE log = %(round)s AND until < now() AND (person IS NOT NULL OR unit IS NOT NULL)
GROUP BY role, person, unit ORDER BY 4 DESC, 5, person, unit LIMIT %(limit)s;

-- read_applications --
-- The rows of a round's applications, all or those in one stage.
SELECT a.stream, a."row", s.version, s.fold FROM applications a LEFT JOIN snapshots s USING (stream)
WHERE a.log = %(round)s AND (%(stage)s::text IS NULL OR a.stage = %(stage)s) ORDER BY a.stream;

-- read_application --
-- The row of one application.
SELECT a.stream, a."row", s.version, s.fold FROM applications a LEFT JOIN snapshots s USING (stream)
WHERE a.stream = %(stream)s;

-- read_round --
-- The row of a round.
SELECT "row" FROM rounds WHERE log = %(round)s;

-- read_changed_rounds --
-- The folded states of all rounds, each with the hash of its text; no text of those whose hash is known.
SELECT s.stream, s.version, s.fold, m.mark, CASE WHEN m.mark IS DISTINCT FROM k.mark THEN s.state END AS state
FROM rounds r JOIN snapshots s USING (stream)
LEFT JOIN unnest(%(streams)s::text[], %(marks)s::bytea[]) AS k (stream, mark) USING (stream)
CROSS JOIN LATERAL (SELECT sha256(convert_to(s.state, 'UTF8')) AS mark OFFSET 0) m
ORDER BY s.stream;

-- read_rounds --
-- The rows of all rounds.
SELECT "row" FROM rounds ORDER BY log;

-- read_list_versions --
-- How far each of a round's recommendation lists has come.
SELECT stream, version FROM snapshots
WHERE log = %(round)s AND split_part(stream, '/', 1) = 'recommender' ORDER BY stream;

-- count_types --
-- How many entries of some types a log holds.
SELECT count(*) AS n FROM entries WHERE log = %(log)s AND type = ANY(%(types)s);

-- read_entries_of --
-- The entries of some types of a log.
SELECT log, seq, stream, version, body, leaf_hash
FROM entries WHERE log = %(log)s AND type = ANY(%(types)s) ORDER BY seq;

-- read_lists --
-- The rows of a round's recommendation lists.
SELECT "row" FROM recommendation_lists WHERE log = %(round)s ORDER BY stream;

-- read_deadline --
-- One deadline in force.
SELECT until FROM deadlines WHERE log = %(round)s AND name = %(name)s;

-- read_deadlines --
-- All deadlines in force of a round.
SELECT name, until FROM deadlines WHERE log = %(round)s ORDER BY until, name;

-- read_open_tasks --
-- What waits for somebody now; every filter that is null admits all.
SELECT log, stream, key, kind, role, person, unit, since, until FROM open_tasks
WHERE (%(person)s::text IS NULL OR person = %(person)s)
    AND (%(role)s::text IS NULL OR role = %(role)s)
    AND (%(unit)s::text IS NULL OR unit = %(unit)s)
    AND (%(round)s::text IS NULL OR log = %(round)s)
    AND (%(mine)s::text IS NULL OR person IS NULL OR person = %(mine)s)
ORDER BY until NULLS LAST, since, stream, key;

-- read_marked_rows --
-- The rows of these applications, each with its hash as a task for a role has it.
SELECT stream, "row"::text AS "row", sha256(convert_to("row"::text, 'UTF8')) AS mark
FROM applications WHERE stream = ANY(%(streams)s);

-- read_awaited --
-- A page of what waits for a person: by name, for the roles and the units that they have in rounds, and for any unit of
-- applicants where they are one; how many there are in all; and the kinds and rounds of what waits. What is asked for in
-- vain counts as not asked. Each task is a line of JSON, with the hash of its application's row if it waits for a role,
-- else with that of its state.
-- With them a hash over those of all rounds' states: what the person is to each round decides whom tasks wait for, and all
-- is of one moment.
WITH mine AS (
    SELECT t.* FROM open_tasks t WHERE t.person = %(person)s
    UNION ALL
    SELECT t.* FROM open_tasks t WHERE t.person IS NULL AND (
        t.unit IS NULL AND (t.log, t.role) IN (SELECT * FROM unnest(%(logs)s::text[], %(roles)s::text[]))
        OR (t.log, t.unit) IN (SELECT * FROM unnest(%(unit_logs)s::text[], %(units)s::text[]))
        OR (%(applies)s AND t.role = 'applicant' AND t.unit IS NOT NULL)
    )
), found AS (
    SELECT m.* FROM mine m
    WHERE (%(kind)s::text = '' OR m.kind = %(kind)s OR NOT EXISTS (SELECT FROM mine o WHERE o.kind = %(kind)s))
        AND (%(round)s::text = '' OR m.log = %(round)s OR NOT EXISTS (SELECT FROM mine o WHERE o.log = %(round)s))
), counted AS (
    SELECT (SELECT count(*) FROM found) AS total,
        (SELECT coalesce(array_agg(DISTINCT m.kind), '{}') FROM mine m) AS kinds,
        (SELECT coalesce(array_agg(DISTINCT m.log), '{}') FROM mine m) AS rounds
), page AS (
    SELECT f.*, f.person IS NULL AND f.unit IS NULL AS by_role, row_number() OVER (ORDER BY CASE %(sort)s::text
        WHEN 'since' THEN extract(epoch FROM f.since)::float8
        WHEN '-since' THEN -extract(epoch FROM f.since)::float8
        WHEN '-until' THEN -coalesce(extract(epoch FROM f.until)::float8, 'Infinity')
        ELSE 0 END, f.until NULLS LAST, f.since, f.stream, f.key) AS place
    FROM found f ORDER BY place
    LIMIT %(limit)s
    OFFSET (
        SELECT (least(%(page)s::bigint, greatest(1, -(-c.total / coalesce(%(limit)s::bigint, 1)))) - 1)
            * coalesce(%(limit)s::bigint, 0)
        FROM counted c
    )
)
SELECT c.total, c.kinds, c.rounds, (
    SELECT string_agg(row_to_json(task)::text, chr(10) ORDER BY p.place)
    FROM page p
    LEFT JOIN applications a ON p.by_role AND a.stream = p.stream
    LEFT JOIN snapshots s ON NOT p.by_role AND p.stream LIKE 'application/%%' AND s.stream = p.stream
    CROSS JOIN LATERAL (
        SELECT p.log, p.stream, p.key, p.kind, p.role, p.person, p.unit, p.since, p.until,
            encode(sha256(convert_to(CASE WHEN p.by_role THEN a."row"::text ELSE s.state END, 'UTF8')), 'hex') AS mark
    ) task
) AS tasks, (
    SELECT sha256(coalesce(string_agg(sha256(convert_to(s.state, 'UTF8')), '' ORDER BY s.stream COLLATE "C"), ''))
    FROM rounds r JOIN snapshots s USING (stream)
) AS mark
FROM counted c;

-- read_kinds --
-- What waits in a round of some kinds.
SELECT stream, kind, since, until FROM open_tasks WHERE log = %(log)s AND kind = ANY(%(kinds)s);

-- read_round_tasks --
-- A page of what waits in a round for anybody; how many there are in all, and of what kinds, roles, people and units all
-- of them are. What is asked for in vain counts as not asked.
WITH every AS MATERIALIZED (
    SELECT t.*, coalesce(t.person, t.unit, '') AS who, coalesce(t.until < now(), false) AS late
    FROM open_tasks t WHERE t.log = %(log)s
), counted AS (
    SELECT coalesce(array_agg(DISTINCT kind), '{}') AS kinds, coalesce(array_agg(DISTINCT role), '{}') AS roles,
        coalesce(array_agg(DISTINCT who) FILTER (WHERE who <> ''), '{}') AS whos,
        coalesce(bool_or(late), false) AS any_late
    FROM every
), found AS MATERIALIZED (
    SELECT e.* FROM every e, counted c
    WHERE (e.kind = %(kind)s::text OR NOT %(kind)s::text = ANY(c.kinds))
        AND (e.role = %(role)s::text OR NOT %(role)s::text = ANY(c.roles))
        AND (e.who = %(who)s::text OR NOT %(who)s::text = ANY(c.whos))
        AND (e.late OR NOT (%(late)s AND c.any_late))
), sized AS (
    SELECT count(*) AS total FROM found
)
SELECT s.total, c.*, p.* FROM counted c CROSS JOIN sized s LEFT JOIN LATERAL (
    SELECT f.log, f.stream, f.key, f.kind, f.role, f.person, f.unit, f.since, f.until FROM found f
    ORDER BY CASE %(sort)s::text
        WHEN 'since' THEN extract(epoch FROM f.since)::float8
        WHEN '-since' THEN -extract(epoch FROM f.since)::float8
        WHEN '-until' THEN -coalesce(extract(epoch FROM f.until)::float8, 'Infinity')
        ELSE 0 END, f.until NULLS LAST, f.since, f.stream, f.key
    LIMIT %(limit)s
    OFFSET (least(%(page)s::bigint, greatest(1, -(-s.total / %(limit)s::bigint))) - 1) * %(limit)s::bigint
) p ON true;

-- read_states --
-- The folded states of a round's applications in one stage.
SELECT s.stream, s.version, s.state, s.fold FROM applications a JOIN snapshots s USING (stream)
WHERE a.log = %(round)s AND a.stage = %(stage)s ORDER BY s.stream;

-- read_fresh_panels --
-- The folded states of a round's applications that a fresh panel reviews after their end.
SELECT s.stream, s.version, s.state, s.fold FROM applications a JOIN snapshots s USING (stream)
WHERE a.log = %(round)s AND a.stage = 'ended' AND a."row" ->> 'fresh_panel' = 'true' ORDER BY s.stream;
