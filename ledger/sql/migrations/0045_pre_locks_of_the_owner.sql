-- What keeps appends apart is locked where only the owner may lock: an advisory lock any login of the database can hold, and
-- with it every act of the installation. Couriers are told of what is queued, and of nothing else.

-- Whoever appends by the former functions has done so.
LOCK TABLE snapshots IN SHARE ROW EXCLUSIVE MODE;

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

CREATE OR REPLACE FUNCTION record_leaves(
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

CREATE OR REPLACE FUNCTION record_erasure(p_expected integer, p_bodies bytea[], p_state text, p_reads jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp SET enable_seqscan = off AS $$
DECLARE
    stands jsonb;
    reached integer := p_expected + cardinality(p_bodies);
    after jsonb;
    first_seq bigint;
BEGIN
    -- Nobody is erased from an installation that has not begun.
    IF p_expected = 0 OR NOT hold_stream('installation', 'installation', p_expected) THEN
        RETURN NULL;
    END IF;
    SELECT s.state::jsonb INTO stands FROM snapshots s WHERE s.stream = 'installation';
    -- Of the state, the version moves on, and whoever is erased is no administrator any more.
    SELECT jsonb_set(jsonb_set(stands, '{version}', to_jsonb(reached)), '{admins}', coalesce((
        SELECT jsonb_agg(admin ORDER BY place)
        FROM jsonb_array_elements_text(stands -> 'admins') WITH ORDINALITY AS a (admin, place)
        WHERE admin NOT IN (
            SELECT convert_from(body, 'UTF8')::json -> 'data' ->> 'person' FROM unnest(p_bodies) AS b (body)
        )
    ), '[]'))
    INTO after;
    IF p_state::jsonb IS DISTINCT FROM after THEN
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

REVOKE ALL ON FUNCTION exclude_appends, hold_stream FROM PUBLIC;
GRANT EXECUTE ON FUNCTION exclude_appends TO selection_recorder;

DROP TRIGGER outbox_announced ON outbox;
-- Of each row, as of a statement also one that queues nothing would be announced, and commits that announce come one by one.
CREATE TRIGGER outbox_announced AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION announce_outbox();
CREATE TRIGGER outbox_announced_again AFTER UPDATE OF state, rearmed ON outbox FOR EACH ROW
    WHEN (NEW.state = 'pending' AND (OLD.state, OLD.rearmed) <> (NEW.state, NEW.rearmed))
    EXECUTE FUNCTION announce_outbox();
