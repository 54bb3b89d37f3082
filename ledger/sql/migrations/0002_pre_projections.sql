-- What is read: pure functions of the folded streams, rebuilt from the log at any time.

CREATE TABLE snapshots (
    stream text PRIMARY KEY,
    log text NOT NULL,
    version integer NOT NULL,
    state text NOT NULL
);
COMMENT ON TABLE snapshots IS 'The folded state of each stream as the core writes it, at its version.';

CREATE TABLE applications (
    stream text PRIMARY KEY,
    log text NOT NULL,
    "row" jsonb NOT NULL,
    stage text NOT NULL GENERATED ALWAYS AS ("row" ->> 'stage') STORED
);
COMMENT ON TABLE applications IS 'One row per application; the columns beside the row are what is searched by.';
CREATE INDEX applications_by_stage ON applications (log, stage);

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
    PRIMARY KEY (stream, key)
);
COMMENT ON TABLE tasks IS 'What waits for a person now; a finished task has no row.';
CREATE INDEX tasks_by_person ON tasks (person) WHERE person IS NOT NULL;
CREATE INDEX tasks_by_role ON tasks (log, role, unit);

GRANT SELECT ON snapshots, applications, rounds, recommendation_lists, deadlines, tasks
    TO selection_app, selection_auditor;
