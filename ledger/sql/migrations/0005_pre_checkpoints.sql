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
