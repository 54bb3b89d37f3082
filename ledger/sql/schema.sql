-- The whole schema of this version, for reading and for comparison: a test holds it equal to the migrations.
-- Run after roles.sql as selection_owner with search_path = selection.

CREATE TABLE migrations (
    name text PRIMARY KEY,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

-- The append-only record: one Merkle log per round and one for the installation.

CREATE TABLE head (
    log text PRIMARY KEY,
    size bigint NOT NULL CONSTRAINT head_size CHECK (size >= 0)
);
COMMENT ON TABLE head IS 'How many entries each log holds. Its row lock makes the order of a log the order of commits.';

CREATE TABLE entries (
    log text NOT NULL,
    seq bigint NOT NULL,
    stream text NOT NULL,
    version integer NOT NULL CONSTRAINT entries_version CHECK (version > 0),
    type text NOT NULL,
    at timestamptz NOT NULL,
    recorded timestamptz NOT NULL,
    person text NOT NULL,
    command_id text NOT NULL,
    nth smallint NOT NULL,
    body bytea NOT NULL CONSTRAINT entries_body_limit CHECK (octet_length(body) <= 65535),
    leaf_hash bytea NOT NULL CONSTRAINT entries_leaf_hash CHECK (leaf_hash = sha256('\x00'::bytea || body)),
    CONSTRAINT entries_sequence PRIMARY KEY (log, seq),
    CONSTRAINT entries_key UNIQUE (stream, version)
);
COMMENT ON TABLE entries IS 'The leaves, for good. (stream, version) is the idempotency key; the other columns are read from the body.';
CREATE UNIQUE INDEX entries_command ON entries (
    command_id, person, (CASE WHEN person = 'system' OR log = 'installation' THEN stream ELSE '' END), nth
);
COMMENT ON INDEX entries_command IS 'A command id belongs to a person and stands for one act, on whatever stream; the engine''s stand for one act on each stream.';

CREATE INDEX entries_handing_in ON entries (log, person) WHERE type IN (
    'application.submitted.v1', 'application.mended.v1', 'application.co-building-confirmed.v1'
);

CREATE INDEX entries_of_people ON entries (person, recorded) WHERE person <> 'system';
CREATE TABLE halts (
    log text NOT NULL,
    found text NOT NULL,
    since timestamptz NOT NULL,
    lifted timestamptz,
    PRIMARY KEY (log, found)
);
COMMENT ON TABLE halts IS 'Losses that were found in a log: nothing is recorded in it until a person has chosen, which lifts them all. What was chosen about once does not halt the log again.';

CREATE FUNCTION record_clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
    SELECT clock_timestamp()
$$;
COMMENT ON FUNCTION record_clock IS 'The one clock of the record: no act is dated after it. Tests with a clock of their own replace this function.';

CREATE FUNCTION append_entries(
    p_log text, p_stream text, p_expected integer, p_bodies bytea[], p_erases boolean DEFAULT false
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    added integer := cardinality(p_bodies);
    first_seq bigint;
    found record;
    placed record;
BEGIN
    INSERT INTO head AS h (log, size) VALUES (p_log, added)
    ON CONFLICT (log) DO UPDATE SET size = h.size + added
    RETURNING h.size - added INTO first_seq;

    -- What a repair brings back is let in: it is checked against what the record once answered.
    IF EXISTS (SELECT FROM halts h WHERE h.log = p_log AND h.lifted IS NULL)
        AND current_setting('selection.repairing', true) IS DISTINCT FROM p_log THEN
        RAISE EXCEPTION 'log % is halted', p_log
            USING ERRCODE = 'object_not_in_prerequisite_state', CONSTRAINT = 'record_halted';
    END IF;

    SELECT e.version, e.log, e.at INTO found
    FROM entries e WHERE e.stream = p_stream ORDER BY e.version DESC LIMIT 1;
    IF coalesce(found.version, 0) <> p_expected OR coalesce(found.log, p_log) <> p_log
        OR p_log <> coalesce(nullif(split_part(p_stream, '/', 2), ''), p_stream)
        OR (p_log = 'installation') <> (p_stream = 'installation') THEN
        RAISE EXCEPTION 'stream is at version %, not %', coalesce(found.version, 0), p_expected
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entries_stream_continues';
    END IF;

    -- What was placed is judged as it is written: read again, it would be looked for in all that the log holds.
    WITH part AS (
        SELECT b.body, b.i::integer AS i, convert_from(b.body, 'UTF8')::json AS leaf
        FROM unnest(p_bodies) WITH ORDINALITY AS b (body, i)
    ), told AS (
        SELECT body, i, leaf ->> 'type' AS type, leaf ->> 'stream' AS stream, (leaf ->> 'version')::integer AS version,
            (leaf ->> 'at')::timestamptz AS at, (leaf ->> 'recorded')::timestamptz AS recorded,
            leaf -> 'actor' ->> 'person' AS person, leaf -> 'data' ->> 'command_id' AS command_id
        FROM part
    ), written AS (
        INSERT INTO entries (log, seq, stream, version, type, at, recorded, person, command_id, nth, body, leaf_hash)
        SELECT p_log, first_seq + t.i - 1, p_stream, t.version, t.type, t.at, t.recorded, t.person, t.command_id,
            row_number() OVER (PARTITION BY t.person, t.command_id ORDER BY t.i) - 1 + (
                SELECT count(*) FROM entries e
                WHERE e.command_id = t.command_id AND e.person = t.person AND e.stream = p_stream
            ),
            t.body, sha256('\x00'::bytea || t.body)
        FROM told t
        WHERE t.stream = p_stream AND t.version = p_expected + t.i
        RETURNING type, at, recorded, person, command_id
    )
    SELECT count(*) AS count,
        bool_or((w.type = 'person.erased.v1') <> p_erases) AS wrongly_erasing,
        -- Deadlines carry their own instant, which may lie before acts that came in its grace.
        bool_or(w.at > w.recorded OR w.recorded > record_clock()
            OR (w.at < found.at AND NOT (w.person = 'system' AND w.command_id LIKE 'deadline/%'))) AS misdated
    INTO placed FROM written w;
    IF added IS NULL OR added = 0 OR placed.count <> added THEN
        RAISE EXCEPTION 'a leaf names another stream or version'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entries_leaf_in_place';
    END IF;
    -- Who records what is decided erases nobody, and who erases does nothing else.
    IF placed.wrongly_erasing THEN
        RAISE EXCEPTION 'an erasure is appended by record_erasure, and nothing else is'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'record_erasing';
    END IF;
    IF placed.misdated THEN
        RAISE EXCEPTION 'an entry is dated after the clock, or before the one that it follows'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entries_dated';
    END IF;
    IF p_log = 'installation' THEN
        PERFORM project_register(first_seq);
    END IF;
    RETURN first_seq;
END
$$;
COMMENT ON FUNCTION append_entries IS 'The only way into a log: locks its head, checks that the stream belongs to the log and continues without a hole, that no date is impossible, that erasures stand alone, and reads every column from the leaf itself. What the installation''s entries bring about is done with them.';

CREATE FUNCTION halt_log(p_log text, p_found text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    INSERT INTO halts (log, found, since) VALUES (p_log, p_found, record_clock()) ON CONFLICT DO NOTHING
$$;
COMMENT ON FUNCTION halt_log IS 'Lets nothing more into a log of which entries were lost, until a person has chosen.';

CREATE FUNCTION lift_halt(p_log text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    UPDATE halts SET lifted = record_clock() WHERE log = p_log AND lifted IS NULL;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION lift_halt IS 'Opens a log again, once the choice stands in the log of the installation.';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % refused: the record is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'record_append_only';
END
$$;

CREATE FUNCTION refuse_shrinking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.log <> OLD.log OR NEW.size <= OLD.size THEN
        RAISE EXCEPTION 'the head of a log only grows'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'record_append_only';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER head_append_only BEFORE DELETE OR TRUNCATE ON head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER head_grows BEFORE UPDATE ON head FOR EACH ROW EXECUTE FUNCTION refuse_shrinking();
ALTER TABLE entries ENABLE ALWAYS TRIGGER entries_append_only;
ALTER TABLE head ENABLE ALWAYS TRIGGER head_append_only;
ALTER TABLE head ENABLE ALWAYS TRIGGER head_grows;

REVOKE ALL ON FUNCTION append_entries, halt_log, lift_halt FROM PUBLIC;
GRANT USAGE ON SCHEMA selection TO selection_app, selection_recorder, selection_auditor, selection_eraser;
GRANT EXECUTE ON FUNCTION halt_log, lift_halt TO selection_recorder;
GRANT SELECT ON migrations, head, entries, halts TO selection_app, selection_auditor;

-- What is read: pure functions of the folded streams, rebuilt from the log at any time.

CREATE TABLE snapshots (
    stream text PRIMARY KEY,
    log text NOT NULL,
    version integer NOT NULL,
    state text NOT NULL,
    fold text NOT NULL DEFAULT ''
);
COMMENT ON TABLE snapshots IS 'The folded state of each stream as the core writes it, at its version. fold is the version of the code that wrote it, and the stream''s row, tasks and deadlines with it; empty of code that has none.';

CREATE TABLE applications (
    stream text PRIMARY KEY,
    log text NOT NULL,
    "row" jsonb NOT NULL,
    stage text NOT NULL GENERATED ALWAYS AS ("row" ->> 'stage') STORED
);
COMMENT ON TABLE applications IS 'One row per application; the columns beside the row are what is searched by.';
CREATE INDEX applications_by_stage ON applications (log, stage);
CREATE INDEX applications_running ON applications (stage) WHERE stage <> 'ended';
CREATE INDEX applications_requested ON applications (stream) WHERE stage = 'ended' AND "row" ->> 'requested' = 'true';
-- Without a list of what is still to be sorted in: each search would read all of that.
CREATE INDEX applications_of_units ON applications USING gin (("row" -> 'units')) WITH (fastupdate = off);
CREATE INDEX applications_behind ON applications USING gin (("row" -> 'behind')) WITH (fastupdate = off);

CREATE TABLE rounds (
    stream text PRIMARY KEY,
    log text NOT NULL CONSTRAINT rounds_log UNIQUE,
    "row" jsonb NOT NULL,
    stage text NOT NULL GENERATED ALWAYS AS ("row" ->> 'stage') STORED
);

CREATE TABLE recommendation_lists (
    stream text PRIMARY KEY,
    log text NOT NULL,
    "row" jsonb NOT NULL
);
CREATE INDEX recommendation_lists_by_round ON recommendation_lists (log);

CREATE TABLE deadlines (
    log text NOT NULL,
    name text NOT NULL,
    until timestamptz NOT NULL,
    PRIMARY KEY (log, name)
);
COMMENT ON TABLE deadlines IS 'The deadlines in force, extensions included; exclusive ends.';

CREATE TABLE tasks (
    stream text NOT NULL,
    key text NOT NULL,
    log text NOT NULL,
    kind text NOT NULL,
    role text NOT NULL,
    person text,
    unit text,
    since timestamptz NOT NULL,
    until timestamptz,
    deadline text,
    region text,
    places integer,
    PRIMARY KEY (stream, key)
);
COMMENT ON TABLE tasks IS 'What waits for a person now; a finished task has no row. It is due at until, or with the deadline of the round that it names.
One with places waits for a unit while its list has fewer and an application of the region, or of any, is recommended by nobody.';
CREATE INDEX tasks_by_person ON tasks (person) WHERE person IS NOT NULL;
CREATE INDEX tasks_by_role ON tasks (log, role, unit);

GRANT SELECT ON snapshots, applications, rounds, recommendation_lists, deadlines, tasks
    TO selection_app, selection_auditor;

-- What is to be sent: written with the act that causes it, claimed by couriers.

CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    log text NOT NULL,
    stream text NOT NULL,
    version integer NOT NULL,
    key text NOT NULL,
    kind text NOT NULL CONSTRAINT outbox_kind CHECK (kind IN ('letter', 'message', 'wake')),
    body jsonb NOT NULL,
    message_id text NOT NULL,
    task text,
    due timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'pending'
        CONSTRAINT outbox_state CHECK (state IN ('pending', 'sent', 'refused', 'dropped')),
    attempts integer NOT NULL DEFAULT 0,
    rearmed integer NOT NULL DEFAULT 0,
    lease_until timestamptz,
    closed_at timestamptz,
    error text,
    CONSTRAINT outbox_key UNIQUE (stream, version, key)
);
COMMENT ON TABLE outbox IS 'Letters, messages to workflows and wakes of a round. attempts fences: only the last claim may close a row.';
CREATE INDEX outbox_pending ON outbox (due, id) WHERE state = 'pending';
CREATE INDEX outbox_refused ON outbox (log) WHERE state = 'refused';

CREATE FUNCTION announce_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('selection_outbox', '');
    RETURN NULL;
END
$$;
-- Of each row, as of a statement also one that queues nothing would be announced, and commits that announce come one by one.
CREATE TRIGGER outbox_announced AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION announce_outbox();
CREATE TRIGGER outbox_announced_again AFTER UPDATE OF state, rearmed ON outbox FOR EACH ROW
    WHEN (NEW.state = 'pending' AND (OLD.state, OLD.rearmed) <> (NEW.state, NEW.rearmed))
    EXECUTE FUNCTION announce_outbox();

CREATE VIEW open_tasks AS
    SELECT t.log, t.stream, t.key, t.kind, t.role, t.person, t.unit, t.since, greatest(d.until, t.until) AS until
    FROM tasks t LEFT JOIN deadlines d ON d.log = t.log AND d.name = t.deadline
    WHERE t.places IS NULL OR (
        EXISTS (
            SELECT FROM applications a WHERE a.log = t.log AND a.stage = 'submitted'
                AND (t.region IS NULL OR a."row" ->> 'region' = t.region)
        )
        AND t.places > coalesce((
            SELECT jsonb_array_length(l."row" -> 'listed') FROM recommendation_lists l
            WHERE l.stream = 'recommender/' || t.log || '/' || t.unit
        ), 0)
    )
    UNION ALL
    SELECT log, stream, 'undelivered/' || id, 'undelivered', 'officer', NULL, NULL, closed_at, NULL
    FROM outbox WHERE state = 'refused';
COMMENT ON VIEW open_tasks IS 'The tasks of the streams, and every refused letter, which is a task of the officer until it is settled.';

CREATE FUNCTION claim_outbox(p_limit integer, p_lease interval, p_now timestamptz) RETURNS SETOF outbox
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    WITH due AS (
        SELECT o.id, o.task IS NOT NULL AND t.key IS NULL AS needless, greatest(d.until, t.until) AS until,
            coalesce(greatest(d.until, t.until) > (o.body #>> '{params,until}')::timestamptz, false) AS moved
        FROM outbox o
        LEFT JOIN tasks t ON t.stream = o.stream AND t.key = o.task
        LEFT JOIN deadlines d ON d.log = t.log AND d.name = t.deadline
        WHERE o.state = 'pending' AND o.due <= coalesce(p_now, now())
            AND (o.lease_until IS NULL OR o.lease_until < now())
        -- Messages and wakes carry rounds on; letters come after them however many wait.
        ORDER BY o.kind = 'letter', o.due, o.id LIMIT p_limit FOR UPDATE OF o SKIP LOCKED
    )
    UPDATE outbox o SET
        state = CASE WHEN due.needless THEN 'dropped' ELSE o.state END,
        closed_at = CASE WHEN due.needless THEN now() END,
        lease_until = CASE WHEN due.needless OR due.moved THEN NULL ELSE now() + p_lease END,
        attempts = o.attempts + 1,
        due = CASE WHEN due.moved THEN o.due + (due.until - (o.body #>> '{params,until}')::timestamptz) ELSE o.due END,
        body = CASE WHEN due.moved THEN jsonb_set(o.body, '{params,until}', to_jsonb(due.until)) ELSE o.body END
    FROM due WHERE o.id = due.id
    RETURNING o.*
$$;
COMMENT ON FUNCTION claim_outbox IS 'Leases what is pending and due to one courier. A reminder whose task is done is dropped instead; one whose task is due later by now waits as much longer.';

CREATE FUNCTION close_outbox(p_id bigint, p_attempt integer, p_state text, p_error text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    UPDATE outbox SET state = p_state, closed_at = now(), lease_until = NULL, error = p_error
    WHERE id = p_id AND attempts = p_attempt AND state = 'pending' AND p_state IN ('sent', 'refused');
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION close_outbox IS 'Marks a claimed row sent or refused, unless a later claim holds it.';

CREATE FUNCTION lease_outbox(p_id bigint, p_attempt integer, p_lease interval) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    UPDATE outbox SET lease_until = now() + p_lease
    WHERE id = p_id AND attempts = p_attempt AND state = 'pending';
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION lease_outbox IS 'Leases a claimed row anew, unless a later claim holds it.';

CREATE FUNCTION postpone_outbox(p_id bigint, p_attempt integer, p_pause interval, p_error text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    UPDATE outbox SET lease_until = NULL, due = now() + p_pause, error = p_error
    WHERE id = p_id AND attempts = p_attempt AND state = 'pending';
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION postpone_outbox IS 'Gives a claimed row back, to be tried again after a pause.';

REVOKE ALL ON FUNCTION claim_outbox, close_outbox, lease_outbox, postpone_outbox FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_outbox, close_outbox, lease_outbox, postpone_outbox TO selection_recorder;
GRANT SELECT ON outbox, open_tasks TO selection_app, selection_auditor;

-- How leaves are recorded with all that follows from them: one call, so that an act costs few round trips.

CREATE TABLE append_gate ();
COMMENT ON TABLE append_gate IS 'Never a row: every append locks it as shared, and what reaches many, or rebuilds, exclusively. No login may lock it, as none has a right on it.';

CREATE FUNCTION exclude_appends() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    LOCK TABLE append_gate IN EXCLUSIVE MODE;
END
$$;
COMMENT ON FUNCTION exclude_appends IS 'Waits for every append under way and keeps all others out until the end of the transaction: what is read after it is all that there is.';

CREATE FUNCTION hold_stream(p_log text, p_stream text, p_expected integer) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE append_gate IN ROW SHARE MODE;
    IF p_expected = 0 THEN
        INSERT INTO snapshots (stream, log, version, state) VALUES (p_stream, p_log, 0, '') ON CONFLICT DO NOTHING;
    ELSE
        PERFORM FROM snapshots WHERE stream = p_stream AND version = p_expected FOR UPDATE;
    END IF;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION hold_stream IS 'Waits for whoever appends to this stream or keeps appends out, and holds the stream where it then stands at the expected version; false when it stands elsewhere.';

CREATE FUNCTION project_stream(
    p_log text, p_stream text, p_version integer, p_state text, p_row jsonb, p_tasks jsonb, p_deadlines jsonb
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever calls says which code folded the state; code from before that was asked says nothing.
    INSERT INTO snapshots (stream, log, version, state, fold)
    VALUES (p_stream, p_log, p_version, p_state, coalesce(current_setting('selection.fold', true), ''))
    ON CONFLICT (stream) DO UPDATE SET version = excluded.version, state = excluded.state, fold = excluded.fold;

    IF p_row IS NOT NULL THEN
        CASE split_part(p_stream, '/', 1)
        WHEN 'application' THEN
            INSERT INTO applications (stream, log, "row") VALUES (p_stream, p_log, p_row)
            ON CONFLICT (stream) DO UPDATE SET "row" = excluded."row" WHERE applications."row" <> excluded."row";
        WHEN 'round' THEN
            INSERT INTO rounds (stream, log, "row") VALUES (p_stream, p_log, p_row)
            ON CONFLICT (stream) DO UPDATE SET "row" = excluded."row" WHERE rounds."row" <> excluded."row";
        WHEN 'recommender' THEN
            INSERT INTO recommendation_lists (stream, log, "row") VALUES (p_stream, p_log, p_row)
            ON CONFLICT (stream) DO UPDATE SET "row" = excluded."row"
            WHERE recommendation_lists."row" <> excluded."row";
        END CASE;
    END IF;

    IF p_tasks IS NOT NULL THEN
        DELETE FROM tasks t
        WHERE t.stream = p_stream AND t.key NOT IN (SELECT w.value ->> 'key' FROM jsonb_array_elements(p_tasks) w);
        INSERT INTO tasks AS t (stream, key, log, kind, role, person, unit, since, until, deadline, region, places)
        SELECT p_stream, w.key, p_log, w.kind, w.role, w.person, w.unit, w.since, w.until, w.deadline, w.region, w.places
        FROM jsonb_to_recordset(p_tasks) AS w (
            key text, kind text, role text, person text, unit text, since timestamptz, until timestamptz, deadline text,
            region text, places integer
        )
        ON CONFLICT (stream, key) DO UPDATE SET kind = excluded.kind, role = excluded.role, person = excluded.person,
            unit = excluded.unit, since = excluded.since, until = excluded.until, deadline = excluded.deadline,
            region = excluded.region, places = excluded.places
        WHERE (t.kind, t.role, t.person, t.unit, t.since, t.until, t.deadline, t.region, t.places) IS DISTINCT FROM (
            excluded.kind, excluded.role, excluded.person, excluded.unit, excluded.since, excluded.until,
            excluded.deadline, excluded.region, excluded.places
        );
    END IF;

    IF p_deadlines IS NOT NULL THEN
        DELETE FROM deadlines d WHERE d.log = p_log AND NOT p_deadlines ? d.name;
        INSERT INTO deadlines AS d (log, name, until)
        SELECT p_log, w.key, w.value::timestamptz FROM jsonb_each_text(p_deadlines) AS w
        ON CONFLICT (log, name) DO UPDATE SET until = excluded.until WHERE d.until <> excluded.until;
    END IF;
END
$$;
COMMENT ON FUNCTION project_stream IS 'Makes the projections of a stream equal to its state, of the version of the code that selection.fold names; what is null stays as it is.';

CREATE FUNCTION queue_wake(p_log text, p_stage text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO outbox AS o (log, stream, version, key, kind, body, message_id, due)
    SELECT p_log, place.stream, 0, place.key, 'wake',
        jsonb_build_object('round', p_log, 'stage', p_stage), place.stream || '#' || place.key, now()
    FROM (
        SELECT 'round/' || p_log AS stream,
            'wake/' || p_stage || '/' || coalesce((SELECT r.stage FROM rounds r WHERE r.log = p_log), '') AS key
    ) AS place
    WHERE NOT EXISTS (SELECT FROM applications a WHERE a.log = p_log AND a.stage = p_stage)
    ON CONFLICT ON CONSTRAINT outbox_key DO UPDATE
        SET state = 'pending', rearmed = o.rearmed + 1, attempts = o.attempts + 1, lease_until = NULL,
            closed_at = NULL, due = now() + interval '1 second' * least(greatest(o.rearmed - 19, 0), 60)
        WHERE o.state = 'sent' OR o.lease_until IS NOT NULL
$$;
COMMENT ON FUNCTION queue_wake IS 'Wakes the round when a stage is empty; called while the head is locked, so that exactly one append sees it empty.
A stage that fills and empties again while the round waits wakes it again; beyond 20 times a little later each time, up to a minute, so that a stage emptied by thousands one by one does not swell the history of the round.
attempts + 1 fences a courier that is sending the earlier wake now.';

CREATE FUNCTION mark_of(p_log text, p_stages text[]) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT count(*) || '/' || coalesce(sum(hashtextextended(s.stream, s.version)::numeric), 0)
    FROM applications a JOIN snapshots s USING (stream)
    WHERE a.log = p_log AND a.stage = ANY(p_stages)
$$;
COMMENT ON FUNCTION mark_of IS 'What tells whether any application of these stages came, went or changed.';

CREATE FUNCTION count_stages(p_log text) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_object_agg(c.stage, c.n), '{}') FROM (
        SELECT stage, count(*) AS n FROM applications WHERE log = p_log GROUP BY stage
    ) AS c
$$;
COMMENT ON FUNCTION count_stages IS 'How many applications of a round stand in each stage.';

CREATE FUNCTION reads_stand(p_log text, p_reads jsonb) RETURNS boolean LANGUAGE sql VOLATILE AS $$
    SELECT NOT EXISTS (
        SELECT FROM jsonb_each_text(p_reads -> 'streams') AS r
        LEFT JOIN snapshots s ON s.stream = r.key
        WHERE coalesce(s.version, 0) <> r.value::integer
    ) AND NOT EXISTS (
        SELECT FROM entries e
        WHERE e.log = 'installation' AND e.seq >= (p_reads ->> 'register')::bigint
            AND (e.type LIKE 'person.%' OR e.type LIKE 'key.%' OR e.type LIKE 'unit.%')
    ) AND (p_reads -> 'counts' IS NULL OR p_reads -> 'counts' = count_stages(p_log))
    AND NOT EXISTS (
        SELECT FROM jsonb_each_text(p_reads -> 'marks') AS m
        WHERE m.value <> mark_of(p_log, string_to_array(m.key, ','))
    ) AND NOT EXISTS (
        SELECT FROM entries e
        WHERE e.log = p_log AND e.seq >= (p_reads #>> '{others,size}')::bigint
            AND e.stream <> p_reads #>> '{others,stream}' AND p_reads #> '{others,types}' ? e.type
    )
$$;
COMMENT ON FUNCTION reads_stand IS 'Whether all that a decision read is as it was read: streams by version, the register by its size, stages by count or mark, and no entry of certain types on another stream since a size.';

-- With values that it does not know PostgreSQL plans to read a large table whole where it takes any row to do: whoever else
-- appends would wait for that. All that an append looks for it finds by a key, also in the functions that it calls.
CREATE FUNCTION record_leaves(
    p_log text, p_stream text, p_expected integer, p_bodies bytea[], p_version integer, p_state text,
    p_row jsonb, p_tasks jsonb, p_deadlines jsonb, p_items jsonb, p_left text, p_reads jsonb
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp SET enable_seqscan = off AS $$
DECLARE
    first_seq bigint;
BEGIN
    -- Lock order of every append: gate (shared), stream, own rows, head. One stream per transaction. All of it belongs to
    -- the owner: what a login could lock by itself would stop whoever else appends.
    IF NOT hold_stream(p_log, p_stream, p_expected) THEN
        RETURN NULL;
    END IF;
    PERFORM project_stream(p_log, p_stream, p_version, p_state, p_row, p_tasks, p_deadlines);
    IF p_items IS NOT NULL THEN
        INSERT INTO outbox (log, stream, version, key, kind, body, message_id, task, due)
        SELECT p_log, p_stream, o.version, o.key, o.kind, o.body, o.message_id, o.task, coalesce(o.due, now())
        FROM jsonb_to_recordset(p_items) AS o
            (version integer, key text, kind text, body jsonb, message_id text, task text, due timestamptz);
    END IF;
    -- The head is locked last and held until the commit: every append of the log waits for it, so from here on
    -- nothing that the decision read in this log can change before its entries stand.
    first_seq := append_entries(p_log, p_stream, p_expected, p_bodies);
    IF p_reads IS NOT NULL AND NOT reads_stand(p_log, p_reads) THEN
        RAISE EXCEPTION 'what the decision read has changed'
            USING ERRCODE = 'serialization_failure', CONSTRAINT = 'record_reads';
    END IF;
    IF p_left IS NOT NULL THEN
        PERFORM queue_wake(p_log, p_left);
    END IF;
    RETURN first_seq;
END
$$;
COMMENT ON FUNCTION record_leaves IS 'Appends leaves to a stream that stands at the expected version, with projections, letters and wakes; null, and nothing written, when it stands elsewhere. Fails with record_reads when what was read has changed, and with record_erasing when a leaf erases somebody. The only way to write a projection, a letter or an entry of a round.';

CREATE FUNCTION record_erasure(p_expected integer, p_bodies bytea[], p_state text, p_reads jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp SET enable_seqscan = off AS $$
DECLARE
    stands jsonb;
    stands_by text;
    reached integer := p_expected + cardinality(p_bodies);
    after jsonb;
    first_seq bigint;
BEGIN
    -- Nobody is erased from an installation that has not begun.
    IF p_expected = 0 OR NOT hold_stream('installation', 'installation', p_expected) THEN
        RETURN NULL;
    END IF;
    SELECT s.state::jsonb, s.fold INTO stands, stands_by FROM snapshots s WHERE s.stream = 'installation';
    -- Of the state, the version moves on, and whoever is erased is no administrator any more.
    SELECT jsonb_set(jsonb_set(stands, '{version}', to_jsonb(reached)), '{admins}', coalesce((
        SELECT jsonb_agg(admin ORDER BY place)
        FROM jsonb_array_elements_text(stands -> 'admins') WITH ORDINALITY AS a (admin, place)
        WHERE admin NOT IN (
            SELECT convert_from(body, 'UTF8')::json -> 'data' ->> 'person' FROM unnest(p_bodies) AS b (body)
        )
    ), '[]'))
    INTO after;
    IF stands_by <> coalesce(current_setting('selection.fold', true), '') THEN
        -- What other code folded is not what the eraser's code makes of it: it stays that code's, and is folded anew later.
        PERFORM set_config('selection.fold', stands_by, true);
        p_state := after::text;
    ELSIF p_state::jsonb IS DISTINCT FROM after THEN
        RAISE EXCEPTION 'an erasure changes nothing of the state but its version and who is an administrator'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'record_erasing';
    END IF;
    PERFORM project_stream('installation', 'installation', reached, p_state, NULL, NULL, NULL);
    first_seq := append_entries('installation', 'installation', p_expected, p_bodies, true);
    IF p_reads IS NOT NULL AND NOT reads_stand('installation', p_reads) THEN
        RAISE EXCEPTION 'what the decision read has changed'
            USING ERRCODE = 'serialization_failure', CONSTRAINT = 'record_reads';
    END IF;
    RETURN first_seq;
END
$$;
COMMENT ON FUNCTION record_erasure IS 'Appends that people were erased, and erases them; null, and nothing done, when the installation stands at another version. Fails as record_leaves does, and with record_erasing when a leaf tells of anything else.';

REVOKE ALL ON FUNCTION exclude_appends, hold_stream, project_stream, queue_wake, record_leaves, record_erasure FROM PUBLIC;
GRANT EXECUTE ON FUNCTION exclude_appends, record_leaves TO selection_recorder;
GRANT EXECUTE ON FUNCTION record_erasure TO selection_eraser;

-- People, and what can be erased: identities, files and texts, kept apart from the permanent record.

CREATE TABLE people (
    person text PRIMARY KEY,
    roles jsonb NOT NULL,
    employer text NOT NULL,
    language text NOT NULL,
    active boolean NOT NULL,
    identity text NOT NULL,
    erased boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE people IS 'A projection of the installation log; identity is the salted hash of the identity in force.';
CREATE INDEX people_by_role ON people USING gin (roles);
CREATE INDEX people_by_employer ON people (employer);

CREATE TABLE identities (
    person text NOT NULL,
    sha256 text NOT NULL,
    salt bytea NOT NULL,
    name text NOT NULL,
    mail text NOT NULL,
    employer_name text NOT NULL,
    stored_for text NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT now(),
    registered boolean NOT NULL DEFAULT false,
    address text NOT NULL DEFAULT '',
    PRIMARY KEY (person, sha256)
);
COMMENT ON TABLE identities IS 'Personal data; erasing a row leaves the log provable, since the log holds SHA-256(salt, identity) only, and of the address SHA-256(salt, mail) by the first salt with which the person was registered with it. A row is stored for one command (person/command id); until an entry names its hash, it is not registered.';
CREATE INDEX identities_unregistered ON identities (stored_at) WHERE NOT registered;
CREATE UNIQUE INDEX identities_once ON identities (person, stored_for, name, mail, employer_name);

CREATE TABLE contents (
    id text PRIMARY KEY,
    kind text NOT NULL CONSTRAINT contents_kind CHECK (kind IN ('file', 'text')),
    media_type text NOT NULL,
    size integer NOT NULL,
    sha256 text NOT NULL,
    salt bytea,
    body bytea CONSTRAINT contents_limit CHECK (octet_length(body) <= 20971520),
    stored_at timestamptz NOT NULL DEFAULT now(),
    stored_by text NOT NULL,
    erased_at timestamptz
);
ALTER TABLE contents ALTER COLUMN body SET STORAGE EXTERNAL;
COMMENT ON TABLE contents IS 'Files and texts by id, with SHA-256(salt, body). stored_at is this clock, so nobody can date a file.';

CREATE FUNCTION put_content(p_id text, p_kind text, p_media_type text, p_body bytea, p_stored_by text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    INSERT INTO contents (id, kind, media_type, size, sha256, salt, body, stored_by)
    SELECT p_id, p_kind, p_media_type, octet_length(p_body), encode(sha256(s.salt || p_body), 'hex'), s.salt,
        p_body, p_stored_by
    FROM (SELECT uuid_send(gen_random_uuid()) AS salt) AS s
    ON CONFLICT (id) DO NOTHING;
    RETURN FOUND OR EXISTS (
        SELECT FROM contents c
        WHERE c.id = p_id AND (c.kind, c.media_type, c.stored_by) = (p_kind, p_media_type, p_stored_by) AND c.body = p_body
    );
END
$$;
COMMENT ON FUNCTION put_content IS 'The only way for a content: under a salt that is made here, once; false when the id holds another.';

CREATE FUNCTION own_salt(p_id text, p_person text) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT salt FROM contents WHERE id = p_id AND stored_by = p_person
$$;
COMMENT ON FUNCTION own_salt IS 'The salt of a content to who stored it, so that its hash can be made from what is seen.';

CREATE TABLE content_keys (
    person text PRIMARY KEY,
    key bytea NOT NULL
);
COMMENT ON TABLE content_keys IS 'What the ids of a person''s contents are made with; without it an id tells nothing of its bytes.';

CREATE FUNCTION content_key(p_person text) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    INSERT INTO content_keys (person, key) VALUES (p_person, uuid_send(gen_random_uuid())) ON CONFLICT DO NOTHING;
    RETURN (SELECT key FROM content_keys WHERE person = p_person);
END
$$;
COMMENT ON FUNCTION content_key IS 'The secret of a person''s content ids; the first call makes it.';

CREATE TABLE numbers (
    log text NOT NULL,
    number integer NOT NULL,
    person text NOT NULL,
    command_id text NOT NULL,
    PRIMARY KEY (log, number),
    CONSTRAINT numbers_command UNIQUE (log, person, command_id)
);
COMMENT ON TABLE numbers IS 'The number of an application, fixed by the command of a person that asked for it first. What the log itself holds counts more.';

CREATE FUNCTION application_begun(p_log text, p_number integer) RETURNS TABLE (person text, command_id text)
LANGUAGE sql STABLE SET search_path = selection, pg_temp AS $$
    SELECT e.person, e.command_id FROM entries e
    WHERE e.stream = 'application/' || p_log || '/' || lpad(p_number::text, greatest(4, length(p_number::text)), '0')
        AND e.version = 1
$$;
COMMENT ON FUNCTION application_begun IS 'Whose command began the application of this number, by the log itself.';

CREATE FUNCTION give_number(p_log text, p_person text, p_command_id text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp SET lock_timeout = '500ms' AS $$
DECLARE
    given integer;
    passed_over integer := 0;
BEGIN
    LOOP
        SELECT n.number INTO given FROM numbers n
        WHERE n.log = p_log AND n.person = p_person AND n.command_id = p_command_id;
        IF given IS NULL THEN
            -- Another may be given this number just now: it is waited for a while, and passed over where it never commits.
            BEGIN
                INSERT INTO numbers (log, number, person, command_id)
                SELECT p_log, coalesce(max(n.number), 0) + 1 + passed_over, p_person, p_command_id
                FROM numbers n WHERE n.log = p_log
                ON CONFLICT DO NOTHING RETURNING number INTO given;
            EXCEPTION WHEN lock_not_available THEN
                passed_over := 4 * passed_over + 3;
            END;
            CONTINUE WHEN given IS NULL;
        END IF;
        EXIT WHEN NOT EXISTS (
            SELECT FROM application_begun(p_log, given) AS b
            WHERE (b.person, b.command_id) <> (p_person, p_command_id)
        );
        -- Another command began it: a database that was set back had forgotten whose it is.
        UPDATE numbers SET person = '', command_id = given::text WHERE log = p_log AND number = given;
    END LOOP;
    RETURN given;
END
$$;
COMMENT ON FUNCTION give_number IS 'The number of a command''s application, always the same; never one under which the log holds another''s.';

CREATE FUNCTION keep_number(p_log text, p_number integer, p_person text, p_command_id text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    INSERT INTO numbers (log, number, person, command_id)
    SELECT p_log, p_number, p_person, p_command_id
    WHERE NOT EXISTS (
        SELECT FROM numbers n WHERE n.log = p_log AND n.person = p_person AND n.command_id = p_command_id
    ) AND NOT EXISTS (
        SELECT FROM application_begun(p_log, p_number) AS b WHERE (b.person, b.command_id) <> (p_person, p_command_id)
    )
    ON CONFLICT (log, number) DO UPDATE SET person = excluded.person, command_id = excluded.command_id
$$;
COMMENT ON FUNCTION keep_number IS 'A number as it was given before the record forgot that; whoever got it since is given another.';

CREATE FUNCTION store_identities(p_command text, p_people jsonb) RETURNS TABLE (person text, sha256 text, address text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
#variable_conflict use_column
BEGIN
    -- What another call removes just now is left to it.
    DELETE FROM identities WHERE (person, sha256) IN (
        SELECT i.person, i.sha256 FROM identities i WHERE NOT i.registered AND (
            i.stored_at < now() - interval '7 days' OR EXISTS (SELECT FROM people e WHERE e.person = i.person AND e.erased)
        ) FOR UPDATE OF i SKIP LOCKED
    );
    IF EXISTS (SELECT FROM jsonb_array_elements(p_people) AS p WHERE is_erased(p ->> 'person')) THEN
        RAISE EXCEPTION 'a person under this id was erased'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'identities_erased';
    END IF;
    -- Whoever sends the same at the same time waits for the other, and is told the hash that the other stored.
    INSERT INTO identities (person, sha256, salt, name, mail, employer_name, stored_for, address)
    SELECT t.person, t.sha256, decode(t.salt, 'hex'), t.name, t.mail, t.employer_name, p_command, coalesce(
        (
            SELECT i.address FROM identities i LEFT JOIN addresses a USING (person)
            WHERE i.person = t.person AND i.mail = t.mail AND i.registered
            ORDER BY i.address = a.address DESC NULLS LAST, i.stored_at DESC LIMIT 1
        ),
        encode(sha256(decode(t.salt, 'hex') || convert_to(t.mail, 'UTF8')), 'hex')
    )
    FROM jsonb_to_recordset(p_people) AS t
        (person text, sha256 text, salt text, name text, mail text, employer_name text)
    ORDER BY t.person
    ON CONFLICT (person, stored_for, name, mail, employer_name) DO NOTHING;
    RETURN QUERY
    SELECT i.person, i.sha256, i.address
    FROM jsonb_to_recordset(p_people) AS t (person text, name text, mail text, employer_name text)
    JOIN identities i USING (person, name, mail, employer_name) WHERE i.stored_for = p_command;
END
$$;
COMMENT ON FUNCTION store_identities IS 'Stores identities before the act that registers them, and returns their hashes: for the same command and identity always the same one, and for the address with which a person is registered always the same. What no entry named within a week is deleted.';

CREATE FUNCTION is_erased(p_person text) RETURNS boolean
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    BEGIN
        PERFORM FROM people WHERE person = p_person FOR SHARE;
        RAISE EXCEPTION 'nothing stays locked';
    EXCEPTION WHEN raise_exception THEN
        NULL; -- with the block its lock is gone: no erasure ever waits for whoever asks
    END;
    RETURN EXISTS (SELECT FROM people WHERE person = p_person AND erased);
END
$$;
COMMENT ON FUNCTION is_erased IS 'Whether a person was erased; waits for an erasure that is under way, and holds nothing.';

CREATE FUNCTION refuse_of_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    IF is_erased(NEW.person) THEN
        RAISE EXCEPTION 'a person under this id was erased'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'identities_erased';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION refuse_of_erased IS 'Nothing of who was erased meanwhile is kept: an erasure waits for nobody who stores, whoever stores finds it at the commit.';
CREATE CONSTRAINT TRIGGER identities_of_nobody_erased AFTER INSERT ON identities DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION refuse_of_erased();

CREATE FUNCTION erase_person(p_person text, p_contents json) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM identities WHERE person = p_person;
    DELETE FROM content_keys WHERE person = p_person;
    UPDATE contents SET body = NULL, salt = NULL, erased_at = now()
    WHERE erased_at IS NULL AND id IN (SELECT json_array_elements_text(p_contents));
END
$$;
COMMENT ON FUNCTION erase_person IS 'Removes identities, content key and the bytes and salts of the contents that an entry names. Hashes stay. Nobody may call it: it is a part of appending.';

REVOKE ALL ON FUNCTION content_key, is_erased, refuse_of_erased, erase_person FROM PUBLIC;
GRANT EXECUTE ON FUNCTION content_key TO selection_app;
REVOKE ALL ON FUNCTION put_content, own_salt, store_identities FROM PUBLIC;
GRANT EXECUTE ON FUNCTION put_content, own_salt, store_identities TO selection_app;
GRANT SELECT (id, kind, media_type, size, sha256, body, stored_at, stored_by, erased_at) ON contents TO selection_app;
GRANT SELECT (person, sha256, name, mail, employer_name, address) ON identities TO selection_app;
GRANT SELECT ON people TO selection_app;
REVOKE ALL ON FUNCTION application_begun, give_number, keep_number FROM PUBLIC;
GRANT EXECUTE ON FUNCTION give_number TO selection_app;
GRANT EXECUTE ON FUNCTION keep_number TO selection_recorder;
GRANT SELECT ON numbers TO selection_app;
GRANT SELECT ON people, contents, numbers TO selection_auditor;


-- What was signed of each log: checkpoints, cosignatures of outside witnesses, and time stamps. Append-only.

CREATE TABLE checkpoints (
    log text NOT NULL,
    size bigint NOT NULL CONSTRAINT checkpoints_size CHECK (size > 0),
    root bytea NOT NULL CONSTRAINT checkpoints_root CHECK (octet_length(root) = 32),
    note text NOT NULL CONSTRAINT checkpoints_note CHECK (
        octet_length(note) <= 4096
        AND split_part(note, E'\n', 2) = size::text
        AND split_part(note, E'\n', 3) = encode(root, 'base64')
    ),
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (log, size)
);
COMMENT ON TABLE checkpoints IS 'Signed notes as the signer made them (C2SP tlog-checkpoint), for good; at is this clock and proves nothing.';

CREATE TABLE cosignatures (
    log text NOT NULL,
    size bigint NOT NULL,
    line text NOT NULL CONSTRAINT cosignatures_line CHECK (octet_length(line) <= 1024 AND line LIKE E'%\n'),
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (log, size, line),
    FOREIGN KEY (log, size) REFERENCES checkpoints (log, size)
);
COMMENT ON TABLE cosignatures IS 'Signature lines of outside witnesses, checked against a key from outside before they came here.';

CREATE TABLE timestamps (
    log text NOT NULL,
    size bigint NOT NULL,
    service text NOT NULL CONSTRAINT timestamps_service CHECK (octet_length(service) <= 1024),
    token bytea NOT NULL CONSTRAINT timestamps_token CHECK (octet_length(token) <= 65535),
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (log, size, service),
    FOREIGN KEY (log, size) REFERENCES checkpoints (log, size)
);
COMMENT ON TABLE timestamps IS 'RFC 3161 responses over the text of a checkpoint, by the service''s address.';

CREATE FUNCTION append_checkpoint(p_log text, p_size bigint, p_root bytea, p_note text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM head WHERE log = p_log AND size >= p_size) THEN
        RAISE EXCEPTION 'log % does not hold % entries', p_log, p_size
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'checkpoints_within_log';
    END IF;
    INSERT INTO checkpoints (log, size, root, note) VALUES (p_log, p_size, p_root, p_note)
    ON CONFLICT (log, size) DO NOTHING;
    IF FOUND THEN
        RETURN true;
    END IF;
    IF NOT EXISTS (SELECT FROM checkpoints WHERE log = p_log AND size = p_size AND note = p_note) THEN
        RAISE EXCEPTION 'log % has another checkpoint at %', p_log, p_size
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'checkpoints_one_per_size';
    END IF;
    RETURN false;
END
$$;
COMMENT ON FUNCTION append_checkpoint IS 'The only way for a checkpoint: once per size; the same again changes nothing, another one is refused.';

CREATE FUNCTION append_cosignature(p_log text, p_size bigint, p_line text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    INSERT INTO cosignatures (log, size, line) VALUES (p_log, p_size, p_line) ON CONFLICT DO NOTHING;
    RETURN FOUND;
END
$$;

CREATE FUNCTION append_timestamp(p_log text, p_size bigint, p_service text, p_token bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    INSERT INTO timestamps (log, size, service, token) VALUES (p_log, p_size, p_service, p_token)
    ON CONFLICT DO NOTHING;
    RETURN FOUND;
END
$$;

CREATE TRIGGER checkpoints_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cosignatures_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cosignatures
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER timestamps_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON timestamps
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE checkpoints ENABLE ALWAYS TRIGGER checkpoints_append_only;
ALTER TABLE cosignatures ENABLE ALWAYS TRIGGER cosignatures_append_only;
ALTER TABLE timestamps ENABLE ALWAYS TRIGGER timestamps_append_only;

REVOKE ALL ON FUNCTION append_checkpoint, append_cosignature, append_timestamp FROM PUBLIC;
GRANT USAGE ON SCHEMA selection TO selection_signer;
GRANT EXECUTE ON FUNCTION append_checkpoint, append_timestamp, halt_log TO selection_signer;
GRANT EXECUTE ON FUNCTION append_cosignature TO selection_app;
GRANT SELECT ON head, entries TO selection_signer;
GRANT SELECT ON checkpoints, cosignatures, timestamps TO selection_app, selection_auditor, selection_signer;

-- Temporal's histories, kept for the proof: Temporal itself forgets them when their retention ends.

CREATE TABLE histories (
    log text NOT NULL,
    workflow_id text NOT NULL,
    run_id text NOT NULL,
    events integer NOT NULL CONSTRAINT histories_events CHECK (events > 0),
    closed boolean NOT NULL,
    body bytea NOT NULL,
    sha256 text NOT NULL GENERATED ALWAYS AS (encode(sha256(body), 'hex')) STORED,
    PRIMARY KEY (log, workflow_id, run_id, sha256)
);
COMMENT ON TABLE histories IS 'Runs as temporal.api.history.v1.History, up to and with event number events. An open run is kept again when it is longer; which bytes count, entries of the stream archive/<round> say by hash.';

CREATE FUNCTION keep_history(
    p_log text, p_workflow_id text, p_run_id text, p_events integer, p_closed boolean, p_body bytea
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    INSERT INTO histories (log, workflow_id, run_id, events, closed, body)
    VALUES (p_log, p_workflow_id, p_run_id, p_events, p_closed, p_body)
    ON CONFLICT DO NOTHING;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION keep_history IS 'The only way for a history; the same bytes again change nothing. False when they were kept already.';

CREATE TRIGGER histories_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON histories
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE histories ENABLE ALWAYS TRIGGER histories_append_only;

REVOKE ALL ON FUNCTION keep_history FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keep_history TO selection_recorder;
GRANT SELECT ON histories TO selection_app, selection_auditor;

-- Who read what is confidential: kept beside the record, outside of every log, for as long as reads_kept() says.

CREATE FUNCTION reads_kept() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '6 months' $$;
COMMENT ON FUNCTION reads_kept IS 'How long a read is kept [D].';

CREATE TABLE reads (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    person text NOT NULL,
    session text NOT NULL,
    means text NOT NULL,
    what text NOT NULL,
    log text NOT NULL,
    target text NOT NULL,
    item text NOT NULL,
    CONSTRAINT reads_short CHECK (
        greatest(length(person), length(session), length(means), length(what), length(log)) <= 100
        AND greatest(length(target), length(item)) <= 300
    )
);
COMMENT ON TABLE reads IS 'One row for each read of what is confidential: who, in which session and how authenticated, what, of which stream (target) in which log; item is the content, if it was one.';
CREATE INDEX reads_by_log ON reads (log, id);
CREATE INDEX reads_by_age ON reads (at);

CREATE FUNCTION note_read(
    p_person text, p_session text, p_means text, p_what text, p_log text, p_target text, p_item text
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    INSERT INTO reads (person, session, means, what, log, target, item)
    VALUES (p_person, p_session, p_means, p_what, p_log, p_target, p_item)
$$;
COMMENT ON FUNCTION note_read IS 'The only way for a read; its time is this clock.';

CREATE FUNCTION prune_reads() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    DELETE FROM reads WHERE id IN (
        SELECT id FROM reads WHERE at < now() - reads_kept() ORDER BY at LIMIT 10000 FOR UPDATE SKIP LOCKED
    );
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$$;
COMMENT ON FUNCTION prune_reads IS 'Removes reads that have been kept long enough, 10,000 at most, and returns how many. Whoever calls it names none.';

CREATE FUNCTION refuse_early_removal() RETURNS trigger LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    IF OLD.at >= now() - reads_kept() THEN
        RAISE EXCEPTION 'DELETE on % refused: a read is kept for %', TG_TABLE_NAME, reads_kept()
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'record_append_only';
    END IF;
    RETURN OLD;
END
$$;

CREATE TRIGGER reads_append_only BEFORE UPDATE OR TRUNCATE ON reads
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reads_kept_long_enough BEFORE DELETE ON reads
    FOR EACH ROW EXECUTE FUNCTION refuse_early_removal();
ALTER TABLE reads ENABLE ALWAYS TRIGGER reads_append_only;
ALTER TABLE reads ENABLE ALWAYS TRIGGER reads_kept_long_enough;

REVOKE ALL ON FUNCTION note_read, prune_reads FROM PUBLIC;
GRANT EXECUTE ON FUNCTION note_read TO selection_app, selection_auditor;
GRANT EXECUTE ON FUNCTION prune_reads TO selection_app;
GRANT SELECT ON reads TO selection_app, selection_auditor;

-- What the entries of the installation bring about, in the transaction that appends them. No login writes these tables.

CREATE FUNCTION project_person(p_type text, p_data json) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    IF p_type = 'person.registered.v1' THEN
        INSERT INTO people (person, roles, employer, language, active, identity)
        SELECT p.person, p.roles, p.employer, p.language, p.active, p.identity
        FROM json_to_record(p_data) AS p
            (person text, roles jsonb, employer text, language text, active boolean, identity text)
        ON CONFLICT (person) DO UPDATE SET roles = excluded.roles, employer = excluded.employer,
            language = excluded.language, active = excluded.active, identity = excluded.identity;
    ELSIF p_type = 'person.erased.v1' THEN
        UPDATE people SET erased = true, active = false WHERE person = p_data ->> 'person';
    END IF;
END
$$;
COMMENT ON FUNCTION project_person IS 'Who is registered after one more entry of the installation.';

CREATE TABLE employments (
    person text NOT NULL,
    nth integer NOT NULL,
    unit text NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz,
    ties jsonb NOT NULL DEFAULT '[]',
    own jsonb NOT NULL DEFAULT '[]',
    reasoned boolean NOT NULL DEFAULT false,
    PRIMARY KEY (person, nth)
);
COMMENT ON TABLE employments IS 'A projection of the installation log: the employers that people were registered with, the ties that registrations tell of and those that they declared themselves, each until an entry said otherwise, and whether the entry that began it gave a reason. It stays when a person is erased, as codes and ids are no personal data.';
CREATE INDEX employments_tied ON employments USING gin (ties jsonb_path_ops) WHERE ties <> '[]';

CREATE FUNCTION project_employment(p_type text, p_data json, p_at timestamptz, p_reasoned boolean) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    named text := p_data ->> 'person';
    latest employments;
    next_unit text;
    next_ties jsonb;
    next_own jsonb;
BEGIN
    IF p_type NOT IN ('person.registered.v1', 'person.tie-declared.v1') THEN
        RETURN;
    END IF;
    SELECT * INTO latest FROM employments WHERE person = named ORDER BY nth DESC LIMIT 1;
    next_own := coalesce(latest.own, '[]');
    IF p_type = 'person.registered.v1' THEN
        next_unit := p_data ->> 'employer';
        next_ties := coalesce(p_data -> 'ties', '[]')::jsonb;
    ELSE
        next_unit := latest.unit;
        next_ties := latest.ties;
        SELECT coalesce(jsonb_agg(tie), '[]') INTO next_own FROM jsonb_array_elements(next_own) AS t (tie)
        WHERE tie <> (p_data -> 'tie')::jsonb;
        IF (p_data ->> 'holds')::boolean THEN
            next_own := next_own || jsonb_build_array((p_data -> 'tie')::jsonb);
        END IF;
    END IF;
    IF (latest.unit, latest.ties, latest.own) = (next_unit, next_ties, next_own) THEN
        RETURN;
    END IF;
    UPDATE employments SET until = p_at WHERE person = named AND nth = latest.nth;
    INSERT INTO employments (person, nth, unit, since, ties, own, reasoned)
    VALUES (named, coalesce(latest.nth, 0) + 1, next_unit, p_at, next_ties, next_own, p_reasoned);
END
$$;
COMMENT ON FUNCTION project_employment IS 'Who is and was employed where, and what they declared, after one more entry of the installation.';

CREATE TABLE registrars (
    person text NOT NULL,
    registrar text NOT NULL,
    PRIMARY KEY (person, registrar)
);
COMMENT ON TABLE registrars IS 'A projection of the installation log: everybody who ever signed a registration of a person, as the first or the second. It stays when a person is erased, as ids are no personal data.';

CREATE TABLE unit_registrars (
    code text NOT NULL,
    registrar text NOT NULL,
    PRIMARY KEY (code, registrar)
);
COMMENT ON TABLE unit_registrars IS 'A projection of the installation log: everybody who ever signed a registration of a unit, as the first or the second.';

CREATE FUNCTION hands_of(p_by text, p_command text) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = selection, pg_temp AS $$
    SELECT p_by
    UNION
    SELECT convert_from(e.body, 'UTF8')::json #>> '{signed,second,person}' FROM entries e
    WHERE e.command_id = p_command AND e.person = p_by AND e.log = 'installation' AND e.nth = 0
        AND convert_from(e.body, 'UTF8')::json #>> '{signed,second,person}' IS NOT NULL
$$;
COMMENT ON FUNCTION hands_of IS 'Who signed an act on the register. The second signature stands in the first entry of its act alone.';

CREATE FUNCTION project_registrars(p_type text, p_data json, p_by text, p_command text) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    IF p_type = 'person.registered.v1' THEN
        INSERT INTO registrars (person, registrar)
        SELECT p_data ->> 'person', hand FROM hands_of(p_by, p_command) AS hand ON CONFLICT DO NOTHING;
    ELSIF p_type = 'unit.registered.v1' THEN
        INSERT INTO unit_registrars (code, registrar)
        SELECT p_data ->> 'code', hand FROM hands_of(p_by, p_command) AS hand ON CONFLICT DO NOTHING;
    END IF;
END
$$;
COMMENT ON FUNCTION project_registrars IS 'Who registered whom, and which unit, after one more entry of the installation.';

CREATE TABLE addresses (
    person text PRIMARY KEY,
    address text NOT NULL,
    since timestamptz NOT NULL,
    changed boolean NOT NULL,
    hands text[] NOT NULL
);
COMMENT ON TABLE addresses IS 'A projection of the installation log: the salted hash of the mail address that each person is registered with, since when, who signed that, and whether another one was registered before; of what an earlier version registered the address alone, by the stored identity. It goes when a person is erased.';

CREATE FUNCTION project_address(p_type text, p_data json, p_by text, p_command text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    named text := p_data ->> 'person';
    next_address text := p_data ->> 'address';
BEGIN
    IF p_type = 'person.erased.v1' THEN
        DELETE FROM addresses WHERE person = named;
    ELSIF p_type <> 'person.registered.v1' THEN
        RETURN;
    ELSIF next_address IS NULL THEN
        -- What an earlier version registered tells neither the address nor a change: by the stored identity it is
        -- known whether the next one is another, and nothing is asked of whose hands it came from.
        INSERT INTO addresses (person, address, since, changed, hands) VALUES (
            named, coalesce((
                SELECT i.address FROM identities i WHERE i.person = named AND i.sha256 = p_data ->> 'identity'
            ), ''), p_at, false, '{}'
        ) ON CONFLICT (person) DO UPDATE
        SET address = excluded.address, since = excluded.since, changed = false, hands = '{}';
    ELSIF NOT EXISTS (SELECT FROM addresses a WHERE a.person = named AND a.address = next_address) THEN
        INSERT INTO addresses (person, address, since, changed, hands) VALUES (
            named, next_address, p_at, false, ARRAY(SELECT hand FROM hands_of(p_by, p_command) AS hand ORDER BY hand)
        ) ON CONFLICT (person) DO UPDATE
        SET address = excluded.address, since = excluded.since, changed = true, hands = excluded.hands;
        DELETE FROM invitations WHERE person = named;
    END IF;
END
$$;
COMMENT ON FUNCTION project_address IS 'With which address a person is registered, by whose hands, after one more entry of the installation. Another address ends what was sent to the former one.';

CREATE TABLE units (
    code text PRIMARY KEY,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    kind text NOT NULL,
    parents jsonb NOT NULL,
    active boolean NOT NULL,
    version integer NOT NULL
);
COMMENT ON TABLE units IS 'A projection of the installation log: each unit as its latest entry says, of that version.';

CREATE TABLE unit_parents (
    code text NOT NULL,
    parent text NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz,
    reasoned boolean NOT NULL DEFAULT false,
    PRIMARY KEY (code, parent)
);
COMMENT ON TABLE unit_parents IS 'A projection of the installation log: to which units a unit ever belonged, since when first, until when, and whether the entry that ended it gave a reason. One that it belongs to has no end.';
CREATE INDEX unit_parents_by_parent ON unit_parents (parent);

CREATE FUNCTION project_unit(p_type text, p_data json, p_version integer, p_at timestamptz, p_reasoned boolean) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    told record;
BEGIN
    IF p_type <> 'unit.registered.v1' THEN
        RETURN;
    END IF;
    SELECT * INTO told FROM json_to_record(p_data) AS u
        (code text, name_zh text, name_en text, kind text, parents jsonb, active boolean);
    UPDATE unit_parents p SET until = p_at, reasoned = p_reasoned
    WHERE p.code = told.code AND p.until IS NULL AND NOT jsonb_exists(told.parents, p.parent);
    INSERT INTO unit_parents (code, parent, since)
    SELECT told.code, parent, p_at FROM jsonb_array_elements_text(told.parents) AS parent
    ON CONFLICT (code, parent) DO UPDATE SET until = NULL, reasoned = false;
    INSERT INTO units (code, name_zh, name_en, kind, parents, active, version)
    VALUES (told.code, told.name_zh, told.name_en, told.kind, told.parents, told.active, p_version)
    ON CONFLICT (code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en,
        kind = excluded.kind, parents = excluded.parents, active = excluded.active, version = excluded.version;
END
$$;
COMMENT ON FUNCTION project_unit IS 'Which units there are, and what each belongs or belonged to, after one more entry of the installation.';

CREATE TABLE founding (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    installation text NOT NULL,
    local boolean NOT NULL,
    portals jsonb NOT NULL DEFAULT '[]',
    address_days integer NOT NULL DEFAULT 3
);
COMMENT ON TABLE founding IS 'What the installation is for good, by the first entry of its log, and where people reach it by the latest that says so.';

CREATE TABLE keys (
    key text PRIMARY KEY,
    person text NOT NULL,
    body jsonb NOT NULL,
    since timestamptz NOT NULL,
    enrolled_by text NOT NULL,
    revoked timestamptz,
    revoked_by text
);
COMMENT ON TABLE keys IS 'Every public key that a person may sign with, or could until it was revoked. Private keys never reach a server.';
CREATE INDEX keys_of_person ON keys (person) WHERE revoked IS NULL;

CREATE TABLE invitations (
    person text PRIMARY KEY,
    known text NOT NULL,
    until timestamptz,
    misses integer NOT NULL DEFAULT 0,
    invited_by text NOT NULL DEFAULT ''
);
COMMENT ON TABLE invitations IS 'What knows the one-time code that a person was sent for a first key, by whom, until when it counts, and how often another one was shown.';

CREATE FUNCTION project_key(p_type text, p_data json, p_by text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    CASE p_type
    WHEN 'installation.founded.v1' THEN
        INSERT INTO founding (installation, local, portals, address_days)
        VALUES (
            p_data ->> 'installation', (p_data ->> 'local')::boolean, coalesce((p_data -> 'portals')::jsonb, '[]'),
            coalesce((p_data ->> 'address_days')::integer, 3)
        );
    WHEN 'code.renewed.v1' THEN
        UPDATE founding SET portals = coalesce((p_data -> 'portals')::jsonb, portals);
    WHEN 'portals.named.v1' THEN
        UPDATE founding SET portals = (p_data -> 'portals')::jsonb;
    WHEN 'signer.invited.v1' THEN
        INSERT INTO invitations (person, known, until, invited_by)
        VALUES (p_data ->> 'person', p_data ->> 'known', (p_data ->> 'until')::timestamptz, p_by)
        ON CONFLICT (person) DO UPDATE
        SET known = excluded.known, until = excluded.until, invited_by = excluded.invited_by, misses = 0;
    WHEN 'code.missed.v1' THEN
        UPDATE invitations SET misses = misses + 1 WHERE person = p_data ->> 'person';
    WHEN 'key.enrolled.v1' THEN
        INSERT INTO keys (key, person, body, since, enrolled_by)
        VALUES (p_data -> 'key' ->> 'key', p_data ->> 'person', p_data -> 'key', p_at, p_data ->> 'by');
        DELETE FROM invitations WHERE person = p_data ->> 'person';
    WHEN 'key.revoked.v1', 'key.ended.v1' THEN
        UPDATE keys SET revoked = p_at, revoked_by = p_by
        WHERE key = p_data ->> 'key' AND person = p_data ->> 'person' AND revoked IS NULL;
    ELSE
        NULL;
    END CASE;
END
$$;
COMMENT ON FUNCTION project_key IS 'Who may sign with what, and on which pages, after one more entry of the installation.';

CREATE FUNCTION settle_letter(p_letter bigint, p_how text) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    UPDATE outbox SET state = CASE p_how WHEN 'resend' THEN 'pending' ELSE 'dropped' END,
        due = CASE p_how WHEN 'resend' THEN now() ELSE due END,
        closed_at = CASE p_how WHEN 'resend' THEN NULL ELSE now() END
    WHERE id = p_letter AND kind = 'letter' AND state = 'refused';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'letter % waits for nobody', p_letter
            USING ERRCODE = 'serialization_failure', CONSTRAINT = 'record_reads';
    END IF;
END
$$;
COMMENT ON FUNCTION settle_letter IS 'Ends the task of a refused letter: sends it again, or gives it up. Fails with record_reads when it waits no longer.';

CREATE FUNCTION project_register(p_first bigint) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    told record;
BEGIN
    FOR told IN
        SELECT e.type, e.version, e.person, e.command_id, e.at, e.leaf -> 'data' AS data,
            e.leaf #>> '{actor,reason}' IS NOT NULL AS reasoned
        FROM (
            SELECT *, convert_from(body, 'UTF8')::json AS leaf FROM entries
            WHERE log = 'installation' AND seq >= p_first
        ) AS e ORDER BY e.seq
    LOOP
        PERFORM project_person(told.type, told.data);
        PERFORM project_address(told.type, told.data, told.person, told.command_id, told.at);
        PERFORM project_employment(told.type, told.data, told.at, told.reasoned);
        PERFORM project_registrars(told.type, told.data, told.person, told.command_id);
        PERFORM project_key(told.type, told.data, told.person, told.at);
        PERFORM project_unit(told.type, told.data, told.version, told.at, told.reasoned);
        CASE told.type
        WHEN 'person.registered.v1' THEN
            UPDATE identities SET registered = true
            WHERE person = told.data ->> 'person' AND sha256 = told.data ->> 'identity';
        WHEN 'person.erased.v1' THEN
            PERFORM erase_person(told.data ->> 'person', told.data -> 'contents');
        WHEN 'letter.settled.v1' THEN
            PERFORM settle_letter(split_part(told.data ->> 'task', '/', 2)::bigint, told.data ->> 'how');
        ELSE
            NULL;
        END CASE;
    END LOOP;
END
$$;
COMMENT ON FUNCTION project_register IS 'What the entries of the installation bring about, from one on: people with their addresses, employments, ties and registrars, keys, units with their parents and registrars, erasures, letters that were settled.';

CREATE FUNCTION rebuild_register() RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM people;
    DELETE FROM addresses;
    DELETE FROM employments;
    DELETE FROM registrars;
    DELETE FROM unit_registrars;
    DELETE FROM founding;
    DELETE FROM keys;
    DELETE FROM invitations;
    DELETE FROM units;
    DELETE FROM unit_parents;
    PERFORM project_person(e.type, e.data), project_address(e.type, e.data, e.person, e.command_id, e.at),
        project_employment(e.type, e.data, e.at, e.reasoned),
        project_registrars(e.type, e.data, e.person, e.command_id), project_key(e.type, e.data, e.person, e.at),
        project_unit(e.type, e.data, e.version, e.at, e.reasoned)
    FROM (
        SELECT type, version, person, command_id, at, leaf -> 'data' AS data,
            leaf #>> '{actor,reason}' IS NOT NULL AS reasoned
        FROM (
            SELECT *, convert_from(body, 'UTF8')::json AS leaf FROM entries WHERE log = 'installation' ORDER BY seq
        ) AS known
    ) AS e;
END
$$;
COMMENT ON FUNCTION rebuild_register IS 'Replaces all that follows from the installation''s log by what the log says: people with their addresses, employments, ties and registrars, keys, the founding, units with their parents and registrars. It erases nothing.';

REVOKE ALL ON FUNCTION project_address, project_key, project_unit, project_employment, project_registrars, hands_of
FROM PUBLIC;
GRANT SELECT ON addresses, employments, registrars, unit_registrars, unit_parents TO selection_app, selection_auditor;
GRANT SELECT ON founding, keys, invitations, units TO selection_app;
GRANT SELECT ON founding, keys, units TO selection_auditor;
REVOKE ALL ON FUNCTION project_person, settle_letter, project_register, rebuild_register FROM PUBLIC;

-- Who is signed in at the portal: a part of its own beside the record, outside of every log. Tokens are stored hashed.

CREATE TABLE portal_sessions (
    token bytea PRIMARY KEY CONSTRAINT portal_sessions_token CHECK (octet_length(token) = 32),
    name text NOT NULL UNIQUE,
    person text NOT NULL,
    means text NOT NULL,
    key text NOT NULL,
    started timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen timestamptz NOT NULL DEFAULT clock_timestamp(),
    until timestamptz NOT NULL,
    agent text NOT NULL,
    CONSTRAINT portal_sessions_short CHECK (
        greatest(length(name), length(person), length(means), length(key), length(agent)) <= 200
    )
);
COMMENT ON TABLE portal_sessions IS 'One row for each session at the portal: whose, by which key or turn they were let in (reading/access), until when at most; name is told to its person, the token to nobody.';
CREATE INDEX portal_sessions_by_person ON portal_sessions (person);

CREATE TABLE portal_links (
    token bytea PRIMARY KEY CONSTRAINT portal_links_token CHECK (octet_length(token) = 32),
    until timestamptz NOT NULL
);
COMMENT ON TABLE portal_links IS 'Sign-in links of a local installation that were not used yet.';

CREATE FUNCTION portal_idle() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '30 minutes' $$;
COMMENT ON FUNCTION portal_idle IS 'How long a session lasts in which nothing is asked for [D].';
CREATE FUNCTION portal_longest() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '12 hours' $$;
COMMENT ON FUNCTION portal_longest IS 'How long a session lasts at most [D].';
CREATE FUNCTION portal_ended_counts() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '3 days' $$;
COMMENT ON FUNCTION portal_ended_counts IS 'How long after its end a session lays a form by for its person [D]: from a Friday evening to a Monday morning.';
CREATE FUNCTION portal_link_counts() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '1 hour' $$;
COMMENT ON FUNCTION portal_link_counts IS 'How long a sign-in link counts [D].';

CREATE FUNCTION begin_portal_session(
    p_token bytea, p_name text, p_person text, p_means text, p_key text, p_until timestamptz, p_agent text
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_sessions
    WHERE least(until, seen + portal_idle()) <= clock_timestamp() - portal_ended_counts();
    INSERT INTO portal_sessions (token, name, person, means, key, until, agent)
    VALUES (
        p_token, p_name, p_person, p_means, p_key,
        least(coalesce(p_until, 'infinity'), clock_timestamp() + portal_longest()), p_agent
    )
$$;
COMMENT ON FUNCTION begin_portal_session IS 'Keeps a session, for portal_longest() at most, and removes those that ended by time portal_ended_counts() ago.';

CREATE FUNCTION resume_portal_session(p_token bytea)
RETURNS TABLE (name text, person text, means text, key text, started timestamptz, seen timestamptz, until timestamptz, agent text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    present timestamptz := clock_timestamp();
BEGIN
    UPDATE portal_sessions s SET seen = present
    WHERE s.token = p_token AND s.until > present
        AND s.seen > present - portal_idle() AND s.seen < present - interval '1 minute';
    RETURN QUERY SELECT s.name, s.person, s.means, s.key, s.started, s.seen, s.until, s.agent
    FROM portal_sessions s WHERE s.token = p_token AND s.until > present AND s.seen > present - portal_idle();
END
$$;
COMMENT ON FUNCTION resume_portal_session IS 'Returns the session of a token unless it has ended, and notes to the minute that it was used.';

CREATE FUNCTION end_portal_session(p_token bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_sessions WHERE token = p_token
$$;

CREATE FUNCTION end_portal_session_named(p_person text, p_name text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_sessions WHERE person = p_person AND name = p_name
$$;
COMMENT ON FUNCTION end_portal_session_named IS 'Ends a session of this person, wherever it is; of another person, none.';

CREATE FUNCTION list_portal_sessions(p_person text)
RETURNS TABLE (name text, person text, means text, key text, started timestamptz, seen timestamptz, until timestamptz, agent text)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT name, person, means, key, started, seen, until, agent FROM portal_sessions
    WHERE person = p_person AND until > clock_timestamp() AND seen > clock_timestamp() - portal_idle()
    ORDER BY started
$$;

CREATE FUNCTION offer_portal_link(p_token bytea) RETURNS timestamptz
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_links WHERE until <= clock_timestamp();
    INSERT INTO portal_links (token, until) VALUES (p_token, clock_timestamp() + portal_link_counts()) RETURNING until
$$;
COMMENT ON FUNCTION offer_portal_link IS 'Keeps a sign-in link and returns until when it counts. For who runs the servers; the portal makes none.';

CREATE FUNCTION has_portal_link(p_token bytea) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT EXISTS (SELECT FROM portal_links WHERE token = p_token AND until > clock_timestamp())
$$;

CREATE FUNCTION take_portal_link(p_token bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_links WHERE token = p_token AND until > clock_timestamp();
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION take_portal_link IS 'Takes a sign-in link away, and tells whether it was there and counted.';

REVOKE ALL ON FUNCTION begin_portal_session, resume_portal_session, end_portal_session, end_portal_session_named,
    list_portal_sessions, offer_portal_link, has_portal_link, take_portal_link FROM PUBLIC;
GRANT USAGE ON SCHEMA selection TO selection_portal;
GRANT EXECUTE ON FUNCTION begin_portal_session, resume_portal_session, end_portal_session, end_portal_session_named,
    list_portal_sessions, has_portal_link, take_portal_link TO selection_portal;
GRANT EXECUTE ON FUNCTION offer_portal_link TO selection_recorder;

-- What people have begun at the portal: drafts of forms, and acts that wait for their person's signature.

CREATE SEQUENCE portal_draft_versions;
CREATE TABLE portal_drafts (
    person text NOT NULL,
    place text NOT NULL,
    version bigint NOT NULL,
    body text NOT NULL,
    changed timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (person, place),
    CONSTRAINT portal_drafts_short CHECK (greatest(length(person), length(place)) <= 400 AND octet_length(body) <= 1000000)
);
COMMENT ON TABLE portal_drafts IS 'What a person typed into a form so far, as JSON text; place names the form and what it is about. No version is given twice.';
CREATE INDEX portal_drafts_by_change ON portal_drafts (changed);

CREATE TABLE portal_acts (
    id text PRIMARY KEY,
    person text NOT NULL,
    session text NOT NULL,
    body text NOT NULL,
    until timestamptz NOT NULL,
    sent timestamptz,
    CONSTRAINT portal_acts_short CHECK (
        greatest(length(id), length(person), length(session)) <= 200 AND octet_length(body) <= 4000000
    )
);
COMMENT ON TABLE portal_acts IS 'Acts by their command id as they were shown to their person in a session (portal_sessions.name), to be signed until then; sent says that they were handed on.';
CREATE INDEX portal_acts_by_person ON portal_acts (person, until);

CREATE FUNCTION portal_draft_counts() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '90 days' $$;
COMMENT ON FUNCTION portal_draft_counts IS 'How long a draft is kept that nobody changes [D].';
CREATE FUNCTION portal_act_counts() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '1 hour' $$;
COMMENT ON FUNCTION portal_act_counts IS 'How long an act that is shown can be signed [D].';

CREATE FUNCTION save_portal_draft(p_person text, p_place text, p_version bigint, p_body text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    given bigint := nextval('portal_draft_versions');
BEGIN
    DELETE FROM portal_drafts WHERE changed <= clock_timestamp() - portal_draft_counts();
    IF p_version = 0 THEN
        INSERT INTO portal_drafts (person, place, version, body) VALUES (p_person, p_place, given, p_body)
        ON CONFLICT DO NOTHING;
    ELSE
        UPDATE portal_drafts SET version = given, body = p_body, changed = clock_timestamp()
        WHERE person = p_person AND place = p_place AND version = p_version;
    END IF;
    RETURN CASE WHEN FOUND THEN given END;
END
$$;
COMMENT ON FUNCTION save_portal_draft IS 'Keeps a draft in place of the version that its writer had before them, 0 for none, and returns the new one; NULL, and nothing is changed, where another stands there.';

CREATE FUNCTION read_portal_draft(p_person text, p_place text)
RETURNS TABLE (version bigint, body text, changed timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT version, body, changed FROM portal_drafts
    WHERE person = p_person AND place = p_place AND changed > clock_timestamp() - portal_draft_counts()
$$;

CREATE FUNCTION drop_portal_draft(p_person text, p_place text, p_version bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_drafts WHERE person = p_person AND place = p_place AND version = p_version
$$;
COMMENT ON FUNCTION drop_portal_draft IS 'Removes one version of a draft; what was saved over it since stays.';

CREATE FUNCTION portal_act_answered(p_id text, p_person text, p_body json) RETURNS boolean
LANGUAGE sql STABLE SET search_path = selection, pg_temp AS $$
    SELECT CASE WHEN p_body -> 'items' IS NULL
        -- The second signer's page of an act goes by an id of its own; what answers it is the first signer's entry.
        THEN EXISTS (
            SELECT FROM entries e WHERE e.command_id = p_body #>> '{act,command_id}'
                AND e.person IN (p_person, p_body #>> '{act,actor,person}')
        )
        -- The signature of many goes once all of them are answered.
        ELSE NOT EXISTS (
            SELECT FROM portal_drafts d WHERE d.person = p_person AND d.place = 'signature-together ' || p_id
        ) END
$$;
COMMENT ON FUNCTION portal_act_answered IS 'Tells of what a person handed on whether all of it is answered.';

CREATE FUNCTION keep_portal_act(p_id text, p_person text, p_session text, p_body text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_acts WHERE until <= clock_timestamp() - interval '1 day';
    DELETE FROM portal_acts WHERE (SELECT count(*) FROM portal_acts WHERE person = p_person) > 49 AND id IN (
        SELECT id FROM portal_acts
        WHERE person = p_person
            AND CASE WHEN sent IS NULL OR body::json ->> 'two' = 'true' THEN true
                ELSE portal_act_answered(id, person, body::json) END
        ORDER BY until DESC OFFSET 49
    );
    INSERT INTO portal_acts (id, person, session, body, until)
    VALUES (p_id, p_person, p_session, p_body, clock_timestamp() + portal_act_counts())
$$;
COMMENT ON FUNCTION keep_portal_act IS 'Keeps an act that is shown to its person; of one person fifty at most, the latest, beside those that were handed on and are not answered, which stay for a day; what waits for a second signature has its own place.';

CREATE FUNCTION read_portal_act(p_id text, p_person text, p_session text)
RETURNS TABLE (body text, sent boolean, expired boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT body, sent IS NOT NULL, until <= clock_timestamp() FROM portal_acts
    WHERE id = p_id AND person = p_person AND (session = p_session OR sent IS NOT NULL)
$$;
COMMENT ON FUNCTION read_portal_act IS 'Returns an act to its person: in the session that it was shown in, and once it was handed on in any of theirs.';

CREATE FUNCTION note_portal_act(p_id text, p_person text, p_session text, p_sent boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    UPDATE portal_acts SET sent = CASE WHEN p_sent THEN clock_timestamp() END, session = p_session
    WHERE id = p_id AND person = p_person AND (session = p_session OR sent IS NOT NULL)
$$;
COMMENT ON FUNCTION note_portal_act IS 'Notes that an act was handed on, or that it came to nothing and may be sent again in the session that found that out.';

CREATE FUNCTION list_portal_acts_under_way(p_person text) RETURNS TABLE (body text, sent timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT a.body, a.sent FROM portal_acts a
    WHERE a.person = p_person AND a.sent IS NOT NULL
        -- What waits for a second signature has its own place; what another release kept is read by nobody.
        AND coalesce(a.body::json ->> 'two', 'false') = 'false'
        AND coalesce(a.body::json -> 'items', a.body::json #> '{act,command_id}') IS NOT NULL
        AND NOT portal_act_answered(a.id, a.person, a.body::json)
    ORDER BY a.sent DESC LIMIT 20
$$;
COMMENT ON FUNCTION list_portal_acts_under_way IS 'Returns what a person handed on of late and what may not be answered yet, the latest first, without what waits for a second signature.';

CREATE FUNCTION forget_portal_work() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_drafts WHERE person = NEW.person;
    DELETE FROM portal_acts WHERE person = NEW.person;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION forget_portal_work IS 'Who is erased leaves no draft and no act behind that waits.';
CREATE TRIGGER people_erased AFTER INSERT OR UPDATE OF erased ON people
FOR EACH ROW WHEN (NEW.erased) EXECUTE FUNCTION forget_portal_work();
CREATE CONSTRAINT TRIGGER portal_drafts_of_nobody_erased AFTER INSERT ON portal_drafts DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION refuse_of_erased();

REVOKE ALL ON FUNCTION save_portal_draft, read_portal_draft, drop_portal_draft, keep_portal_act, read_portal_act,
    note_portal_act, portal_act_answered, list_portal_acts_under_way, forget_portal_work FROM PUBLIC;
GRANT EXECUTE ON FUNCTION save_portal_draft, read_portal_draft, drop_portal_draft, keep_portal_act, read_portal_act,
    note_portal_act, list_portal_acts_under_way TO selection_portal;

-- A large content on its way, in pieces: what brings it holds one at a time. No piece outlasts the transaction.

CREATE UNLOGGED TABLE content_pieces (
    upload uuid NOT NULL,
    part integer NOT NULL CONSTRAINT content_pieces_count CHECK (part BETWEEN 0 AND 127),
    piece bytea NOT NULL CONSTRAINT content_pieces_limit CHECK (octet_length(piece) <= 1048576),
    PRIMARY KEY (upload, part)
);
ALTER TABLE content_pieces ALTER COLUMN piece SET STORAGE EXTERNAL;
COMMENT ON TABLE content_pieces IS 'Pieces of contents that are being stored, each in one transaction, at whose end they are gone.';

CREATE FUNCTION put_content_piece(p_upload uuid, p_part integer, p_piece bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    INSERT INTO content_pieces (upload, part, piece) VALUES (p_upload, p_part, p_piece)
$$;
COMMENT ON FUNCTION put_content_piece IS 'Keeps a piece of a content until put_content_of_pieces, in the same transaction.';

CREATE FUNCTION put_content_of_pieces(p_id text, p_kind text, p_media_type text, p_upload uuid, p_stored_by text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    whole bytea;
BEGIN
    SELECT coalesce(string_agg(piece, ''::bytea ORDER BY part), ''::bytea) INTO whole
    FROM content_pieces WHERE upload = p_upload;
    DELETE FROM content_pieces WHERE upload = p_upload;
    RETURN put_content(p_id, p_kind, p_media_type, whole, p_stored_by);
END
$$;
COMMENT ON FUNCTION put_content_of_pieces IS 'put_content of all pieces in their order, which go.';

CREATE FUNCTION refuse_left_piece() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM content_pieces WHERE upload = NEW.upload AND part = NEW.part) THEN
        RAISE EXCEPTION 'a piece of no content is left'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'content_pieces_left';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION refuse_left_piece IS 'No piece outlasts its transaction: what no content was made of ends it.';
CREATE CONSTRAINT TRIGGER content_pieces_left AFTER INSERT ON content_pieces DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION refuse_left_piece();

-- What nobody cites is bounded: who stores file after file fills nothing.

CREATE INDEX contents_of_people ON contents (stored_by, stored_at) INCLUDE (size);
CREATE FUNCTION content_quota() RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT 1073741824::bigint $$;
COMMENT ON FUNCTION content_quota IS 'Bytes of one person that no entry of theirs cites, while a draft may still need them, at most [D].';

CREATE FUNCTION uncited_bytes(p_person text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = selection, pg_temp AS $$
    WITH cited AS (
        SELECT DISTINCT found.words[1] AS id FROM entries e
        CROSS JOIN LATERAL regexp_matches(convert_from(e.body, 'UTF8'), '"id":"([^"]+)"', 'g') AS found(words)
        WHERE e.person = p_person
    )
    SELECT coalesce(sum(c.size), 0)::bigint FROM contents c
    WHERE c.stored_by = p_person AND c.stored_at > clock_timestamp() - portal_draft_counts() AND c.erased_at IS NULL
        AND c.id NOT IN (SELECT id FROM cited)
$$;
COMMENT ON FUNCTION uncited_bytes IS 'What a person stored of late that no entry of theirs cites.';

CREATE FUNCTION refuse_more_contents() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    -- Entries are read only of who stored so much at all.
    IF (SELECT sum(c.size) FROM contents c
        WHERE c.stored_by = NEW.stored_by AND c.stored_at > clock_timestamp() - portal_draft_counts()) > content_quota()
        AND uncited_bytes(NEW.stored_by) > content_quota() THEN
        RAISE EXCEPTION 'too much is stored that no entry cites'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contents_quota';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION refuse_more_contents IS 'Takes no large content of who has stored too much that nothing cites; texts as people type them are small.';
CREATE TRIGGER contents_quota AFTER INSERT ON contents
FOR EACH ROW WHEN (NEW.size > 65536) EXECUTE FUNCTION refuse_more_contents();

REVOKE ALL ON FUNCTION put_content_piece, put_content_of_pieces, refuse_left_piece, uncited_bytes, refuse_more_contents
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION put_content_piece, put_content_of_pieces TO selection_app;

-- One after the other, where processes of the portal would each not see what another one counts or keeps. Lost with a crash.

CREATE UNLOGGED TABLE portal_turns (
    name text PRIMARY KEY
);
COMMENT ON TABLE portal_turns IS 'What is done one after the other, of whom: its row is locked until the end of the transaction, which only the owner may.';

CREATE FUNCTION take_portal_turn(p_name text) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    LOOP
        PERFORM FROM portal_turns WHERE name = p_name FOR UPDATE;
        EXIT WHEN FOUND;
        INSERT INTO portal_turns (name) VALUES (p_name) ON CONFLICT DO NOTHING;
    END LOOP;
END
$$;
COMMENT ON FUNCTION take_portal_turn IS 'Waits for whoever has this turn, and keeps it until the end of the transaction.';
REVOKE ALL ON FUNCTION take_portal_turn FROM PUBLIC;

-- Acts that two must sign, signed at the portal by the first: they wait there for the second, whatever becomes of sessions.

CREATE TABLE portal_seconds (
    id text PRIMARY KEY,
    person text NOT NULL,
    stream text NOT NULL,
    role text NOT NULL,
    head text NOT NULL,
    body text NOT NULL,
    until timestamptz NOT NULL,
    CONSTRAINT portal_seconds_short CHECK (
        greatest(length(id), length(person), length(role)) <= 200 AND length(stream) <= 300
        AND octet_length(head) <= 40000 AND octet_length(body) <= 4000000
    )
);
COMMENT ON TABLE portal_seconds IS 'Acts by their command id that a person signed and another must sign too, until the signature runs out: head is the act with its title, body how it was shown. Neither holds a name of somebody who is registered by it.';
CREATE INDEX portal_seconds_by_person ON portal_seconds (person, until);

CREATE FUNCTION offer_portal_second(
    p_id text, p_person text, p_stream text, p_role text, p_head text, p_body text, p_until timestamptz
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    -- Two tabs that offer for one person at once would each not see what the other keeps.
    PERFORM take_portal_turn('seconds ' || p_person);
    -- What another call removes just now is left to it.
    DELETE FROM portal_seconds WHERE id IN (
        SELECT o.id FROM portal_seconds o WHERE o.until <= clock_timestamp() FOR UPDATE SKIP LOCKED
    );
    IF 50 <= (
        SELECT count(*) FROM portal_seconds s
        WHERE s.person = p_person AND s.id <> p_id AND s.until > clock_timestamp()
            AND NOT EXISTS (SELECT FROM entries e WHERE e.command_id = s.id AND e.person = s.person)
    ) THEN
        RETURN false;
    END IF;
    INSERT INTO portal_seconds (id, person, stream, role, head, body, until)
    VALUES (p_id, p_person, p_stream, p_role, p_head, p_body, p_until)
    ON CONFLICT (id) DO UPDATE SET head = excluded.head, body = excluded.body, until = excluded.until
        WHERE portal_seconds.person = excluded.person;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION offer_portal_second IS 'Keeps an act with its first signature for whoever signs second, and tells whether it does: where fifty others of that person wait there is no place, and none of them goes for it.';

CREATE FUNCTION put_back_portal_second(
    p_id text, p_person text, p_stream text, p_role text, p_head text, p_body text, p_until timestamptz
) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    INSERT INTO portal_seconds (id, person, stream, role, head, body, until)
    VALUES (p_id, p_person, p_stream, p_role, p_head, p_body, p_until)
    ON CONFLICT (id) DO NOTHING
$$;
COMMENT ON FUNCTION put_back_portal_second IS 'Keeps again what was taken away to be signed second and came to nothing, however many others of its person wait by now; what its first signer signed anew meanwhile stays.';

CREATE FUNCTION list_portal_seconds(p_person text, p_roles text[])
RETURNS TABLE (id text, person text, stream text, role text, head text, until timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_seconds s WHERE s.until <= clock_timestamp()
        OR EXISTS (SELECT FROM entries e WHERE e.command_id = s.id AND e.person = s.person);
    SELECT s.id, s.person, s.stream, s.role, s.head, s.until FROM portal_seconds s
    WHERE s.person = p_person OR s.stream <> 'installation' OR s.role = ANY (p_roles)
    ORDER BY s.until, s.id
$$;
COMMENT ON FUNCTION list_portal_seconds IS 'Removes what ran out or was answered, and returns what a person signed first, and what may wait for them: on the register by the roles that they hold there. Who may be the second, is asked before any of it is shown.';

CREATE FUNCTION read_portal_second(p_id text)
RETURNS TABLE (id text, person text, stream text, role text, head text, until timestamptz, body text)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT s.id, s.person, s.stream, s.role, s.head, s.until, s.body FROM portal_seconds s
    WHERE s.id = p_id AND s.until > clock_timestamp()
        AND NOT EXISTS (SELECT FROM entries e WHERE e.command_id = s.id AND e.person = s.person)
$$;
COMMENT ON FUNCTION read_portal_second IS 'Returns one act that waits; who may be its second, is asked before it is shown.';

CREATE FUNCTION take_portal_second(p_id text, p_second text)
RETURNS TABLE (id text, person text, stream text, role text, head text, until timestamptz, body text)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_seconds s WHERE s.id = p_id AND s.person <> p_second AND s.until > clock_timestamp()
    RETURNING s.id, s.person, s.stream, s.role, s.head, s.until, s.body
$$;
COMMENT ON FUNCTION take_portal_second IS 'Takes away and returns what somebody signs as the second: of this and of taking it back one comes first.';

CREATE FUNCTION withdraw_portal_second(p_id text, p_person text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_seconds WHERE id = p_id AND person = p_person;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION withdraw_portal_second IS 'Takes back what a person signed first, and tells whether it was there.';

CREATE FUNCTION forget_portal_seconds() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_seconds WHERE person = NEW.person;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION forget_portal_seconds IS 'Of who is erased nothing waits for a second person.';
CREATE TRIGGER people_erased_seconds AFTER INSERT OR UPDATE OF erased ON people
FOR EACH ROW WHEN (NEW.erased) EXECUTE FUNCTION forget_portal_seconds();

REVOKE ALL ON FUNCTION offer_portal_second, put_back_portal_second, list_portal_seconds, read_portal_second,
    take_portal_second, withdraw_portal_second, forget_portal_seconds FROM PUBLIC;
GRANT EXECUTE ON FUNCTION offer_portal_second, put_back_portal_second, list_portal_seconds, read_portal_second,
    take_portal_second, withdraw_portal_second TO selection_portal;
-- Names are shown of those only whom no act has registered yet.
GRANT SELECT (registered) ON identities TO selection_app;

CREATE TABLE portal_first_keys (
    person text PRIMARY KEY,
    known text NOT NULL,
    body text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT portal_first_keys_short CHECK (
        greatest(length(person), length(known)) <= 200 AND octet_length(body) <= 20000
    )
);
COMMENT ON TABLE portal_first_keys IS 'One first key of each person who was sent a code, as they handed it in, with what knows that code; for seven days. It holds public keys and signatures, and no code.';

CREATE FUNCTION ask_portal_first_key(p_person text, p_known text, p_body text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_first_keys WHERE at <= clock_timestamp() - interval '7 days';
    INSERT INTO portal_first_keys (person, known, body)
    SELECT person, known, p_body FROM invitations WHERE person = p_person AND known = p_known
    ON CONFLICT (person) DO UPDATE SET known = excluded.known, body = excluded.body, at = clock_timestamp();
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION ask_portal_first_key IS 'Keeps a first key whose person was sent the code that is known so, in the place of the one before, and tells whether they were: there are never more than invitations.';

CREATE FUNCTION list_portal_first_keys()
RETURNS TABLE (person text, known text, body text, at timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_first_keys f WHERE f.at <= clock_timestamp() - interval '7 days'
        OR NOT EXISTS (SELECT FROM invitations i WHERE i.person = f.person AND i.known = f.known);
    SELECT f.person, f.known, f.body, f.at FROM portal_first_keys f ORDER BY f.at, f.person
$$;
COMMENT ON FUNCTION list_portal_first_keys IS 'Removes what ran out, and whose code was used or is another now; returns what waits, the longest first.';

CREATE FUNCTION forget_portal_first_key() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_first_keys WHERE person = NEW.person;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION forget_portal_first_key IS 'Of who is erased no key waits.';
CREATE TRIGGER people_erased_first_keys AFTER INSERT OR UPDATE OF erased ON people
FOR EACH ROW WHEN (NEW.erased) EXECUTE FUNCTION forget_portal_first_key();

REVOKE ALL ON FUNCTION ask_portal_first_key, list_portal_first_keys, forget_portal_first_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ask_portal_first_key, list_portal_first_keys TO selection_portal;

-- Files on their way to the portal, in pieces of one size: an upload that broke off goes on where it stopped. Lost with a crash.

CREATE FUNCTION portal_piece() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 262144 $$;
COMMENT ON FUNCTION portal_piece IS 'Bytes of each piece of an upload but the last [D].';
CREATE FUNCTION portal_upload_counts() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '3 days' $$;
COMMENT ON FUNCTION portal_upload_counts IS 'How long an upload is kept that was begun [D].';
CREATE FUNCTION portal_uploads_at_most() RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT 10000000000 $$;
COMMENT ON FUNCTION portal_uploads_at_most IS 'Bytes of all uploads together, so that many people fill no disk [D].';

CREATE UNLOGGED TABLE portal_uploads (
    id text PRIMARY KEY DEFAULT gen_random_uuid()::text,
    person text NOT NULL,
    place text NOT NULL,
    name text NOT NULL,
    size integer NOT NULL CONSTRAINT portal_uploads_size CHECK (size BETWEEN 1 AND 20971520),
    parts integer NOT NULL DEFAULT 0,
    begun timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT portal_uploads_place UNIQUE (person, place),
    CONSTRAINT portal_uploads_short CHECK (greatest(length(person), length(place), length(name)) <= 400)
);
COMMENT ON TABLE portal_uploads IS 'Files that people began to send: place is the page of the field that one is for, parts how many pieces are there.';

CREATE UNLOGGED TABLE portal_upload_pieces (
    upload text NOT NULL REFERENCES portal_uploads ON DELETE CASCADE,
    part integer NOT NULL,
    piece bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (upload, part)
);
ALTER TABLE portal_upload_pieces ALTER COLUMN piece SET STORAGE EXTERNAL;
COMMENT ON TABLE portal_upload_pieces IS 'What came of an upload, each piece with its SHA-256.';

CREATE FUNCTION begin_portal_upload(p_person text, p_place text, p_name text, p_size integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    made text;
BEGIN
    -- One after the other of each person, so that however many begin at once, no more are there.
    PERFORM take_portal_turn('upload ' || p_person);
    DELETE FROM portal_uploads WHERE begun <= clock_timestamp() - portal_upload_counts()
        OR (person = p_person AND place = p_place);
    DELETE FROM portal_uploads WHERE id IN (
        SELECT id FROM portal_uploads WHERE person = p_person ORDER BY begun DESC OFFSET 4
    );
    IF (SELECT coalesce(sum(size), 0) FROM portal_uploads) + p_size > portal_uploads_at_most() THEN
        RETURN NULL;
    END IF;
    INSERT INTO portal_uploads (person, place, name, size) VALUES (p_person, p_place, p_name, p_size)
    RETURNING id INTO made;
    RETURN made;
END
$$;
COMMENT ON FUNCTION begin_portal_upload IS 'Begins an upload in the place of the one before at the same place; of one person five at most, the latest; NULL while all together are too large.';

CREATE FUNCTION find_portal_upload(p_person text, p_id text)
RETURNS TABLE (id text, place text, name text, size integer, received integer, seen bytea)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT u.id, u.place, u.name, u.size, least(u.parts * portal_piece(), u.size), (
        SELECT sha256(coalesce(string_agg(p.hash, ''::bytea ORDER BY p.part), ''::bytea))
        FROM portal_upload_pieces p WHERE p.upload = u.id
    )
    FROM portal_uploads u
    WHERE u.person = p_person AND u.id = p_id AND u.begun > clock_timestamp() - portal_upload_counts()
$$;
COMMENT ON FUNCTION find_portal_upload IS 'Returns how far an upload of this person is; seen is the SHA-256 over those of its pieces.';

CREATE FUNCTION find_portal_upload_at(p_person text, p_place text)
RETURNS TABLE (id text, place text, name text, size integer, received integer, seen bytea)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT f.* FROM portal_uploads u, LATERAL find_portal_upload(p_person, u.id) f
    WHERE u.person = p_person AND u.place = p_place
$$;
COMMENT ON FUNCTION find_portal_upload_at IS 'find_portal_upload by the place that it is for.';

CREATE FUNCTION add_portal_upload_piece(p_person text, p_id text, p_part integer, p_piece bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    UPDATE portal_uploads SET parts = parts + 1
    WHERE id = p_id AND person = p_person AND parts = p_part AND begun > clock_timestamp() - portal_upload_counts()
        AND octet_length(p_piece) = least(portal_piece(), size - parts * portal_piece());
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO portal_upload_pieces (upload, part, piece, hash) VALUES (p_id, p_part, p_piece, sha256(p_piece));
    RETURN true;
END
$$;
COMMENT ON FUNCTION add_portal_upload_piece IS 'Keeps the next piece of an upload; false, and nothing is changed, where it is not the next, or not as long as it has to be.';

CREATE FUNCTION read_portal_upload_piece(p_person text, p_id text, p_part integer) RETURNS bytea
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT p.piece FROM portal_upload_pieces p JOIN portal_uploads u ON u.id = p.upload
    WHERE u.person = p_person AND u.id = p_id AND p.part = p_part
$$;

CREATE FUNCTION drop_portal_upload(p_person text, p_id text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_uploads WHERE person = p_person AND id = p_id
$$;

CREATE FUNCTION forget_portal_uploads() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_uploads WHERE person = NEW.person;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION forget_portal_uploads IS 'Of who is erased no upload waits.';
CREATE TRIGGER people_erased_uploads AFTER INSERT OR UPDATE OF erased ON people
FOR EACH ROW WHEN (NEW.erased) EXECUTE FUNCTION forget_portal_uploads();

REVOKE ALL ON FUNCTION begin_portal_upload, find_portal_upload, find_portal_upload_at, add_portal_upload_piece,
    read_portal_upload_piece, drop_portal_upload, forget_portal_uploads FROM PUBLIC;
GRANT EXECUTE ON FUNCTION begin_portal_upload, find_portal_upload, find_portal_upload_at, add_portal_upload_piece,
    read_portal_upload_piece, drop_portal_upload TO selection_portal;

-- How much one person sends through the portal: counted here for all its processes together.

CREATE TABLE portal_sent (
    person text NOT NULL,
    id text NOT NULL,
    acts integer NOT NULL CONSTRAINT portal_sent_some CHECK (acts > 0),
    at timestamptz NOT NULL,
    PRIMARY KEY (person, id),
    CONSTRAINT portal_sent_short CHECK (greatest(length(person), length(id)) <= 200)
);
COMMENT ON TABLE portal_sent IS 'What people sent of late, by its id: an act, or as many as were signed together; what is older than portal_pace() goes.';
CREATE INDEX portal_sent_by_time ON portal_sent (at);

CREATE FUNCTION portal_pace() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '1 minute' $$;
COMMENT ON FUNCTION portal_pace IS 'Within which time the acts of a person are counted [D].';
CREATE FUNCTION portal_refusals_count() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '1 day' $$;
COMMENT ON FUNCTION portal_refusals_count IS 'Within which time the refused acts of a person on a stream are counted [D].';

CREATE FUNCTION count_portal_acts(
    p_person text, p_id text, p_streams text[], p_acts integer, p_refusals integer, OUT reached text, OUT again_s integer
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    present timestamptz;
    free timestamptz;
BEGIN
    -- Two processes that count for one person at once would each see the other's as not sent.
    PERFORM take_portal_turn('sent ' || p_person);
    present := record_clock();
    IF EXISTS (SELECT FROM portal_sent WHERE person = p_person AND id = p_id AND at > present - portal_pace()) THEN
        RETURN;
    END IF;
    SELECT max(f.at) INTO free FROM (SELECT DISTINCT unnest(p_streams) AS stream) s, LATERAL (
        SELECT e.recorded + portal_refusals_count() AS at FROM entries e
        WHERE e.person = p_person AND e.person <> 'system' AND e.recorded > present - portal_refusals_count()
            AND e.stream = s.stream AND e.type = 'act.refused.v1'
        ORDER BY e.recorded DESC OFFSET p_refusals - 1 LIMIT 1
    ) f;
    IF free IS NOT NULL THEN
        reached := 'refusals';
    ELSE
        SELECT max(l.at) + portal_pace() INTO free FROM (
            SELECT t.at, sum(t.acts) OVER (ORDER BY t.at DESC) AS since FROM portal_sent t
            WHERE t.person = p_person AND t.at > present - portal_pace()
        ) l WHERE l.since >= p_acts;
        IF free IS NOT NULL THEN
            reached := 'acts';
        END IF;
    END IF;
    IF reached IS NOT NULL THEN
        again_s := greatest(1, ceil(extract(epoch FROM free - present)));
        RETURN;
    END IF;
    -- What another call removes just now is left to it.
    DELETE FROM portal_sent WHERE (person, id) IN (
        SELECT o.person, o.id FROM portal_sent o WHERE o.at <= present - portal_pace() FOR UPDATE SKIP LOCKED
    );
    INSERT INTO portal_sent (person, id, acts, at) VALUES (p_person, p_id, cardinality(p_streams), present)
    ON CONFLICT (person, id) DO UPDATE SET acts = excluded.acts, at = excluded.at;
END
$$;
COMMENT ON FUNCTION count_portal_acts IS 'Counts what a person sends, one act on each of these streams, unless so many acts were sent within portal_pace(), or so many on one of the streams refused within portal_refusals_count(): then it returns which limit is reached, and in how many seconds it is no more. Under one id it is counted once.';

CREATE FUNCTION forget_portal_sent() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_sent WHERE person = NEW.person;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION forget_portal_sent IS 'Of who is erased nothing is counted.';
CREATE TRIGGER people_erased_sent AFTER INSERT OR UPDATE OF erased ON people
FOR EACH ROW WHEN (NEW.erased) EXECUTE FUNCTION forget_portal_sent();

REVOKE ALL ON FUNCTION count_portal_acts, forget_portal_sent FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_portal_acts TO selection_portal;

-- Who wants in at the portal: what knows its questions again, and what came to nothing; kept here for all its processes.

CREATE FUNCTION portal_attempts_count() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '10 minutes' $$;
COMMENT ON FUNCTION portal_attempts_count IS 'Within which time what somebody tries at the sign-in is counted [D].';

CREATE TABLE portal_seal (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    secret bytea NOT NULL CONSTRAINT portal_seal_secret CHECK (octet_length(secret) = 32)
);
COMMENT ON TABLE portal_seal IS 'By which every process of the portal knows again what any of them asked at the sign-in. It signs nothing of the record.';
INSERT INTO portal_seal (secret)
SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

CREATE FUNCTION read_portal_seal() RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = selection, pg_temp AS $$ SELECT secret FROM portal_seal $$;
COMMENT ON FUNCTION read_portal_seal IS 'What questions of the sign-in are sealed with, for who has the portal''s login.';

CREATE TABLE portal_answers (
    challenge bytea PRIMARY KEY CONSTRAINT portal_answers_challenge CHECK (octet_length(challenge) = 32),
    expires timestamptz NOT NULL
);
COMMENT ON TABLE portal_answers IS 'Questions of the sign-in that somebody answered rightly, each by the SHA-256 of what is random in it, until it runs out: none counts twice.';
CREATE INDEX portal_answers_by_time ON portal_answers (expires);

CREATE FUNCTION use_portal_answer(p_challenge bytea, p_expires timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    -- What another call removes just now is left to it.
    DELETE FROM portal_answers WHERE challenge IN (
        SELECT a.challenge FROM portal_answers a WHERE a.expires < record_clock() - interval '1 minute'
        LIMIT 100 FOR UPDATE SKIP LOCKED
    );
    INSERT INTO portal_answers (challenge, expires) VALUES (p_challenge, p_expires) ON CONFLICT DO NOTHING;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION use_portal_answer IS 'Uses a question up, and returns true the first time: of two that answer it at once, to one.';

CREATE UNLOGGED TABLE portal_misses (
    whose bytea PRIMARY KEY CONSTRAINT portal_misses_whose CHECK (octet_length(whose) = 32),
    since timestamptz NOT NULL,
    missed integer NOT NULL
);
COMMENT ON TABLE portal_misses IS 'How often somebody tried to sign in and came to nothing, by the SHA-256 of their network, or of it and the person they named; which hides it from a glance and not from who tries all addresses. What began longer ago than portal_attempts_count() goes.';
CREATE INDEX portal_misses_by_time ON portal_misses (since);

CREATE FUNCTION count_portal_miss(p_whose bytea, p_most integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    now_ timestamptz := record_clock();
    counted integer;
BEGIN
    INSERT INTO portal_misses AS m (whose, since, missed) VALUES (p_whose, now_, 1)
    ON CONFLICT (whose) DO UPDATE SET
        since = CASE WHEN m.since <= now_ - portal_attempts_count() THEN now_ ELSE m.since END,
        missed = CASE WHEN m.since <= now_ - portal_attempts_count() THEN 1 ELSE least(m.missed + 1, p_most + 1) END
    RETURNING missed INTO counted;
    -- After its own row: whoever deleted others' first could wait for who deletes theirs.
    DELETE FROM portal_misses WHERE whose IN (
        SELECT m.whose FROM portal_misses m WHERE m.since <= now_ - portal_attempts_count() AND m.whose <> p_whose
        LIMIT 100 FOR UPDATE SKIP LOCKED
    );
    RETURN counted <= p_most;
END
$$;
COMMENT ON FUNCTION count_portal_miss IS 'Counts one more attempt that came to nothing; false once more than so many did since the first of them, within portal_attempts_count().';

CREATE FUNCTION forget_portal_miss(p_whose bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    UPDATE portal_misses SET missed = greatest(missed - 1, 0) WHERE whose = p_whose
$$;
COMMENT ON FUNCTION forget_portal_miss IS 'Counts one attempt less: it came to something.';

REVOKE ALL ON FUNCTION read_portal_seal, use_portal_answer, count_portal_miss, forget_portal_miss FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_portal_seal, use_portal_answer, count_portal_miss, forget_portal_miss
TO selection_portal;

-- Forms that were sent after their session had ended by time, for their person.

CREATE FUNCTION find_ended_portal_session(p_token bytea) RETURNS TABLE (name text, person text, means text, key text)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT s.name, s.person, s.means, s.key FROM portal_sessions s
    WHERE s.token = p_token AND least(s.until, s.seen + portal_idle()) <= clock_timestamp()
        AND least(s.until, s.seen + portal_idle()) > clock_timestamp() - portal_ended_counts()
$$;
COMMENT ON FUNCTION find_ended_portal_session IS 'Returns the session of a token that ended by time within portal_ended_counts(); one that was ended otherwise is known no more.';

CREATE FUNCTION leave_portal_form(p_token bytea, p_hash text, p_body text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    whose text;
    of_session text;
    taken text;
BEGIN
    SELECT s.person, 'left-form ' || s.name || '.' INTO whose, of_session FROM find_ended_portal_session(p_token) s;
    IF is_erased(whose) OR NOT EXISTS (SELECT FROM people p WHERE p.person = whose AND p.active) THEN
        RETURN NULL;
    END IF;
    -- Two forms that are left at once would each not be counted for the other.
    PERFORM take_portal_turn('left-form ' || whose);
    taken := of_session || p_hash;
    DELETE FROM portal_drafts WHERE changed <= clock_timestamp() - portal_draft_counts();
    IF EXISTS (SELECT FROM portal_drafts d WHERE d.person = whose AND d.place = taken) THEN
        RETURN taken;
    END IF;
    IF (SELECT count(*) FROM portal_drafts d WHERE d.person = whose AND starts_with(d.place, of_session)) >= 5
        OR (SELECT count(*) FROM portal_drafts d WHERE d.person = whose AND starts_with(d.place, 'left-form ')) >= 20 THEN
        RETURN NULL;
    END IF;
    INSERT INTO portal_drafts (person, place, version, body)
    VALUES (whose, taken, nextval('portal_draft_versions'), p_body);
    RETURN taken;
END
$$;
COMMENT ON FUNCTION leave_portal_form IS 'Keeps a form beside the drafts of whom a session was that ended by time, once however often it is sent, and returns its place; NULL, and nothing is kept, for any other session, where its person may no longer act, and beyond 5 forms of a session or 20 of a person [D].';

CREATE FUNCTION list_left_portal_forms(p_person text) RETURNS TABLE (place text, path text, changed timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT place, body::json ->> 'path', changed FROM portal_drafts
    WHERE person = p_person AND starts_with(place, 'left-form ') AND changed > clock_timestamp() - portal_draft_counts()
    ORDER BY changed DESC
$$;
COMMENT ON FUNCTION list_left_portal_forms IS 'Returns where a person''s left forms are kept, and the page of each, the latest first.';

REVOKE ALL ON FUNCTION find_ended_portal_session, leave_portal_form, list_left_portal_forms FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_ended_portal_session, leave_portal_form, list_left_portal_forms TO selection_portal;
