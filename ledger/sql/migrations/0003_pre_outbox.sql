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

GRANT SELECT, INSERT, UPDATE ON outbox TO selection_app;
GRANT SELECT ON open_tasks TO selection_app, selection_auditor;
GRANT SELECT ON outbox TO selection_auditor;
