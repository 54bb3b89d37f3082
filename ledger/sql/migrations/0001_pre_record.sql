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
    placed integer;
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

    WITH part AS (
        SELECT b.body, b.i::integer AS i, convert_from(b.body, 'UTF8')::json AS leaf
        FROM unnest(p_bodies) WITH ORDINALITY AS b (body, i)
    ), told AS (
        SELECT body, i, leaf ->> 'type' AS type, leaf ->> 'stream' AS stream, (leaf ->> 'version')::integer AS version,
            (leaf ->> 'at')::timestamptz AS at, (leaf ->> 'recorded')::timestamptz AS recorded,
            leaf -> 'actor' ->> 'person' AS person, leaf -> 'data' ->> 'command_id' AS command_id
        FROM part
    )
    INSERT INTO entries (log, seq, stream, version, type, at, recorded, person, command_id, nth, body, leaf_hash)
    SELECT p_log, first_seq + t.i - 1, p_stream, t.version, t.type, t.at, t.recorded, t.person, t.command_id,
        row_number() OVER (PARTITION BY t.person, t.command_id ORDER BY t.i) - 1 + (
            SELECT count(*) FROM entries e
            WHERE e.command_id = t.command_id AND e.person = t.person AND e.stream = p_stream
        ),
        t.body, sha256('\x00'::bytea || t.body)
    FROM told t
    WHERE t.stream = p_stream AND t.version = p_expected + t.i;
    GET DIAGNOSTICS placed = ROW_COUNT;
    IF added IS NULL OR added = 0 OR placed <> added THEN
        RAISE EXCEPTION 'a leaf names another stream or version'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entries_leaf_in_place';
    END IF;

    -- Who records what is decided erases nobody, and who erases does nothing else.
    IF EXISTS (
        SELECT FROM entries e
        WHERE e.log = p_log AND e.seq >= first_seq AND (e.type = 'person.erased.v1') <> p_erases
    ) THEN
        RAISE EXCEPTION 'an erasure is appended by record_erasure, and nothing else is'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'record_erasing';
    END IF;

    -- Deadlines carry their own instant, which may lie before acts that came in its grace.
    IF EXISTS (
        SELECT FROM entries e
        WHERE e.log = p_log AND e.seq >= first_seq AND (
            e.at > e.recorded OR e.recorded > record_clock()
            OR (e.at < found.at AND NOT (e.person = 'system' AND e.command_id LIKE 'deadline/%'))
        )
    ) THEN
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
