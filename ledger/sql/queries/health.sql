-- look --
-- The server's version and its clock, to compare with ours.
SELECT current_setting('server_version') AS version, clock_timestamp() AS at;

-- takes_entries --
-- Whether this is no copy that only reads; of the session's own setting as well.
SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off' AS takes_entries;

-- list_holders --
-- The sessions whose transaction holds a table of the record as who writes does, or for whom another session waits, and that
-- wait for nobody themselves. A login sees since when and by which statement only of its own sessions; a superuser of all.
WITH places AS (
    SELECT pid, min(virtualtransaction) AS transaction FROM pg_locks GROUP BY pid
), tables AS (
    SELECT l.pid, array_agg(DISTINCT c.relname::text ORDER BY c.relname::text) AS names
    FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
    WHERE l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND c.relnamespace = to_regnamespace('selection') AND c.relkind = 'r'
        -- Neither reading nor a vacuum holds up an act.
        AND l.mode NOT IN ('AccessShareLock', 'ShareUpdateExclusiveLock')
    GROUP BY l.pid
), waits AS (
    SELECT w.pid, w.waitstart, blocker.pid AS blocker
    FROM pg_locks w, unnest(pg_blocking_pids(w.pid)) AS blocker (pid) WHERE NOT w.granted
)
SELECT a.pid, a.usename::text AS login, a.application_name AS program, p.transaction,
    coalesce(t.names, '{}') AS tables, a.xact_start AS since,
    CASE WHEN a.state IS NOT NULL THEN left(a.query, 200) ELSE '' END AS statement,
    (SELECT count(DISTINCT w.pid) FROM waits w WHERE w.blocker = a.pid) AS waiting,
    (SELECT clock_timestamp() - min(w.waitstart) FROM waits w WHERE w.blocker = a.pid) AS longest
FROM pg_stat_activity a JOIN places p USING (pid) LEFT JOIN tables t USING (pid)
WHERE a.datname = current_database() AND a.usename IS NOT NULL AND a.pid <> pg_backend_pid()
    AND (t.names IS NOT NULL OR EXISTS (SELECT FROM waits w WHERE w.blocker = a.pid))
    AND NOT EXISTS (SELECT FROM waits w WHERE w.pid = a.pid)
ORDER BY a.pid;
