-- read_receipts --
-- Every entry that a command put into the record, in order.
SELECT log, seq, stream, version, command_id, at, leaf_hash
FROM entries WHERE command_id = %(command_id)s ORDER BY log, seq;

-- read_caused --
-- The same with their bytes.
SELECT log, seq, stream, version, command_id, at, body, leaf_hash
FROM entries WHERE command_id = %(command_id)s ORDER BY log, seq;

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
SELECT stream, version, state FROM snapshots
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
SELECT version, state FROM snapshots WHERE stream = %(stream)s;

-- read_these_states --
-- The folded states of these streams and their versions.
SELECT stream, version, state FROM snapshots WHERE stream = ANY(%(streams)s);

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
SELECT "row" FROM applications
WHERE log = %(round)s AND (%(stage)s::text IS NULL OR stage = %(stage)s) ORDER BY stream;

-- read_application --
-- The row of one application.
SELECT "row" FROM applications WHERE stream = %(stream)s;

-- read_round --
-- The row of a round.
SELECT "row" FROM rounds WHERE log = %(round)s;

-- read_round_states --
-- The folded states of all rounds.
SELECT s.state FROM rounds r JOIN snapshots s USING (stream) ORDER BY s.stream;

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

-- read_states --
-- The folded states of a round's applications in one stage.
SELECT s.state FROM applications a JOIN snapshots s USING (stream)
WHERE a.log = %(round)s AND a.stage = %(stage)s ORDER BY s.stream;
