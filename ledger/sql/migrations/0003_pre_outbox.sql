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
CREATE TRIGGER outbox_announced AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION announce_outbox();

CREATE VIEW open_tasks AS
    SELECT log, stream, key, kind, role, person, unit, since, until FROM tasks
    UNION ALL
    SELECT log, stream, 'undelivered/' || id, 'undelivered', 'officer', NULL, NULL, closed_at, NULL
    FROM outbox WHERE state = 'refused';
COMMENT ON VIEW open_tasks IS 'The tasks of the streams, and every refused letter, which is a task of the officer until it is settled.';

CREATE FUNCTION claim_outbox(p_limit integer, p_lease interval, p_now timestamptz) RETURNS SETOF outbox
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    WITH due AS (
        SELECT o.id, o.task IS NOT NULL
            AND NOT EXISTS (SELECT FROM tasks t WHERE t.stream = o.stream AND t.key = o.task) AS needless
        FROM outbox o
        WHERE o.state = 'pending' AND o.due <= coalesce(p_now, now())
            AND (o.lease_until IS NULL OR o.lease_until < now())
        -- Messages and wakes carry rounds on; letters come after them however many wait.
        ORDER BY o.kind = 'letter', o.due, o.id LIMIT p_limit FOR UPDATE OF o SKIP LOCKED
    )
    UPDATE outbox o SET
        state = CASE WHEN due.needless THEN 'dropped' ELSE o.state END,
        closed_at = CASE WHEN due.needless THEN now() END,
        lease_until = CASE WHEN due.needless THEN NULL ELSE now() + p_lease END,
        attempts = o.attempts + 1
    FROM due WHERE o.id = due.id
    RETURNING o.*
$$;
COMMENT ON FUNCTION claim_outbox IS 'Leases what is pending and due to one courier. A reminder whose task is done is dropped instead.';

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
