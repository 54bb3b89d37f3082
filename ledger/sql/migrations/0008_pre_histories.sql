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
