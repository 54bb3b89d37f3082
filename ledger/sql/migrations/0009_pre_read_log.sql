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
