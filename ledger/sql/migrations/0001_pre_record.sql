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
    command_id text NOT NULL,
    body bytea NOT NULL CONSTRAINT entries_body_limit CHECK (octet_length(body) <= 65535),
    leaf_hash bytea NOT NULL CONSTRAINT entries_leaf_hash CHECK (leaf_hash = sha256('\x00'::bytea || body)),
    CONSTRAINT entries_sequence PRIMARY KEY (log, seq),
    CONSTRAINT entries_key UNIQUE (stream, version)
);
COMMENT ON TABLE entries IS 'The leaves, for good. (stream, version) is the idempotency key; the other columns are read from the body.';
CREATE INDEX entries_by_command ON entries (command_id);

CREATE FUNCTION append_entries(p_log text, p_stream text, p_expected integer, p_bodies bytea[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    added integer := cardinality(p_bodies);
    first_seq bigint;
    found_version integer;
    found_log text;
BEGIN
    INSERT INTO head AS h (log, size) VALUES (p_log, added)
    ON CONFLICT (log) DO UPDATE SET size = h.size + added
    RETURNING h.size - added INTO first_seq;

    SELECT e.version, e.log INTO found_version, found_log
    FROM entries e WHERE e.stream = p_stream ORDER BY e.version DESC LIMIT 1;
    IF coalesce(found_version, 0) <> p_expected OR coalesce(found_log, p_log) <> p_log THEN
        RAISE EXCEPTION 'stream is at version %, not %', coalesce(found_version, 0), p_expected
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entries_stream_continues';
    END IF;

    INSERT INTO entries (log, seq, stream, version, type, at, command_id, body, leaf_hash)
    SELECT p_log, first_seq + part.i - 1, p_stream, p_expected + part.i, part.leaf ->> 'type',
        (part.leaf ->> 'at')::timestamptz, part.leaf -> 'data' ->> 'command_id', part.body,
        sha256('\x00'::bytea || part.body)
    FROM (
        SELECT b.body, b.i::integer AS i, convert_from(b.body, 'UTF8')::json AS leaf
        FROM unnest(p_bodies) WITH ORDINALITY AS b (body, i)
    ) AS part
    WHERE part.leaf ->> 'stream' = p_stream AND (part.leaf ->> 'version')::integer = p_expected + part.i;
    GET DIAGNOSTICS found_version = ROW_COUNT;
    IF added IS NULL OR added = 0 OR found_version <> added THEN
        RAISE EXCEPTION 'a leaf names another stream or version'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entries_leaf_in_place';
    END IF;
    RETURN first_seq;
END
$$;
COMMENT ON FUNCTION append_entries IS 'The only way into a log: locks its head, checks that the stream continues without a hole, reads every column from the leaf itself.';

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

REVOKE ALL ON FUNCTION append_entries FROM PUBLIC;
GRANT USAGE ON SCHEMA selection TO selection_app, selection_auditor, selection_eraser;
GRANT EXECUTE ON FUNCTION append_entries TO selection_app;
GRANT SELECT ON migrations, head, entries TO selection_app, selection_auditor;
