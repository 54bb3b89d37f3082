-- save_snapshot --
-- Store the folded state of a stream.
INSERT INTO snapshots (stream, log, version, state) VALUES (%(stream)s, %(log)s, %(version)s, %(state)s)
ON CONFLICT (stream) DO UPDATE SET version = excluded.version, state = excluded.state;

-- save_application --
-- Store the row of an application.
INSERT INTO applications (stream, log, "row") VALUES (%(stream)s, %(log)s, %(row)s::jsonb)
ON CONFLICT (stream) DO UPDATE SET "row" = excluded."row" WHERE applications."row" <> excluded."row";

-- save_round --
-- Store the row of a round.
INSERT INTO rounds (stream, log, "row") VALUES (%(stream)s, %(log)s, %(row)s::jsonb)
ON CONFLICT (stream) DO UPDATE SET "row" = excluded."row" WHERE rounds."row" <> excluded."row";

-- save_list --
-- Store the row of a recommender's list.
INSERT INTO recommendation_lists (stream, log, "row") VALUES (%(stream)s, %(log)s, %(row)s::jsonb)
ON CONFLICT (stream) DO UPDATE SET "row" = excluded."row" WHERE recommendation_lists."row" <> excluded."row";

-- replace_tasks --
-- Make the open tasks of a stream exactly these.
WITH wanted AS (
    SELECT * FROM jsonb_to_recordset(%(tasks)s::jsonb) AS t
        (key text, kind text, role text, person text, unit text, since timestamptz, until timestamptz)
), finished AS (
    DELETE FROM tasks WHERE stream = %(stream)s AND key NOT IN (SELECT w.key FROM wanted w)
)
INSERT INTO tasks AS t (stream, key, log, kind, role, person, unit, since, until)
SELECT %(stream)s, w.key, %(log)s, w.kind, w.role, w.person, w.unit, w.since, w.until FROM wanted w
ON CONFLICT (stream, key) DO UPDATE SET kind = excluded.kind, role = excluded.role, person = excluded.person,
    unit = excluded.unit, since = excluded.since, until = excluded.until
WHERE (t.kind, t.role, t.person, t.unit, t.since, t.until)
    IS DISTINCT FROM (excluded.kind, excluded.role, excluded.person, excluded.unit, excluded.since, excluded.until);

-- replace_deadlines --
-- Make the deadlines of a round exactly these.
WITH wanted AS (
    SELECT d.key AS name, d.value::timestamptz AS until FROM jsonb_each_text(%(deadlines)s::jsonb) AS d
), gone AS (
    DELETE FROM deadlines WHERE log = %(log)s AND name NOT IN (SELECT w.name FROM wanted w)
)
INSERT INTO deadlines (log, name, until) SELECT %(log)s, w.name, w.until FROM wanted w
ON CONFLICT (log, name) DO UPDATE SET until = excluded.until WHERE deadlines.until <> excluded.until;

-- queue_outgoing --
-- Queue what an act sends, in the transaction that records it.
INSERT INTO outbox (log, stream, version, key, kind, body, message_id, task, due)
SELECT %(log)s, %(stream)s, o.version, o.key, o.kind, o.body, o.message_id, o.task, coalesce(o.due, now())
FROM jsonb_to_recordset(%(items)s::jsonb) AS o
    (version integer, key text, kind text, body jsonb, message_id text, task text, due timestamptz);

-- save_person --
-- Store a person as last registered.
INSERT INTO people (person, roles, employer, language, active, identity)
VALUES (%(person)s, %(roles)s::jsonb, %(employer)s, %(language)s, %(active)s, %(identity)s)
ON CONFLICT (person) DO UPDATE SET roles = excluded.roles, employer = excluded.employer,
    language = excluded.language, active = excluded.active, identity = excluded.identity;

-- mark_erased --
-- A person as erased; erase_person does the same when it happens.
UPDATE people SET erased = true, active = false WHERE person = %(person)s;
