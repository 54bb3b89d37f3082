-- Recommending units have a task while the call is open, as long as an application waits for them and a place is left.
-- Rounds whose call is open get theirs with their next entry, or when the projections are rebuilt.

ALTER TABLE tasks ADD COLUMN region text, ADD COLUMN places integer;
COMMENT ON TABLE tasks IS 'What waits for a person now; a finished task has no row. It is due at until, or with the deadline of the round that it names.
One with places waits for a unit while its list has fewer and an application of the region, or of any, is recommended by nobody.';

CREATE OR REPLACE VIEW open_tasks AS
    SELECT t.log, t.stream, t.key, t.kind, t.role, t.person, t.unit, t.since, greatest(d.until, t.until) AS until
    FROM tasks t LEFT JOIN deadlines d ON d.log = t.log AND d.name = t.deadline
    WHERE t.places IS NULL OR (
        EXISTS (
            SELECT FROM applications a WHERE a.log = t.log AND a.stage = 'submitted'
                AND (t.region IS NULL OR a."row" ->> 'region' = t.region)
        )
        AND t.places > coalesce((
            SELECT jsonb_array_length(l."row" -> 'listed') FROM recommendation_lists l
            WHERE l.stream = 'recommender/' || t.log || '/' || t.unit
        ), 0)
    )
    UNION ALL
    SELECT log, stream, 'undelivered/' || id, 'undelivered', 'officer', NULL, NULL, closed_at, NULL
    FROM outbox WHERE state = 'refused';
CREATE OR REPLACE FUNCTION project_stream(
    p_log text, p_stream text, p_version integer, p_state text, p_row jsonb, p_tasks jsonb, p_deadlines jsonb
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO snapshots (stream, log, version, state) VALUES (p_stream, p_log, p_version, p_state)
    ON CONFLICT (stream) DO UPDATE SET version = excluded.version, state = excluded.state;

    IF p_row IS NOT NULL THEN
        CASE split_part(p_stream, '/', 1)
        WHEN 'application' THEN
            INSERT INTO applications (stream, log, "row") VALUES (p_stream, p_log, p_row)
            ON CONFLICT (stream) DO UPDATE SET "row" = excluded."row" WHERE applications."row" <> excluded."row";
        WHEN 'round' THEN
            INSERT INTO rounds (stream, log, "row") VALUES (p_stream, p_log, p_row)
            ON CONFLICT (stream) DO UPDATE SET "row" = excluded."row" WHERE rounds."row" <> excluded."row";
        WHEN 'recommender' THEN
            INSERT INTO recommendation_lists (stream, log, "row") VALUES (p_stream, p_log, p_row)
            ON CONFLICT (stream) DO UPDATE SET "row" = excluded."row"
            WHERE recommendation_lists."row" <> excluded."row";
        END CASE;
    END IF;

    IF p_tasks IS NOT NULL THEN
        DELETE FROM tasks t
        WHERE t.stream = p_stream AND t.key NOT IN (SELECT w.value ->> 'key' FROM jsonb_array_elements(p_tasks) w);
        INSERT INTO tasks AS t (stream, key, log, kind, role, person, unit, since, until, deadline, region, places)
        SELECT p_stream, w.key, p_log, w.kind, w.role, w.person, w.unit, w.since, w.until, w.deadline, w.region, w.places
        FROM jsonb_to_recordset(p_tasks) AS w (
            key text, kind text, role text, person text, unit text, since timestamptz, until timestamptz, deadline text,
            region text, places integer
        )
        ON CONFLICT (stream, key) DO UPDATE SET kind = excluded.kind, role = excluded.role, person = excluded.person,
            unit = excluded.unit, since = excluded.since, until = excluded.until, deadline = excluded.deadline,
            region = excluded.region, places = excluded.places
        WHERE (t.kind, t.role, t.person, t.unit, t.since, t.until, t.deadline, t.region, t.places) IS DISTINCT FROM (
            excluded.kind, excluded.role, excluded.person, excluded.unit, excluded.since, excluded.until,
            excluded.deadline, excluded.region, excluded.places
        );
    END IF;

    IF p_deadlines IS NOT NULL THEN
        DELETE FROM deadlines d WHERE d.log = p_log AND NOT p_deadlines ? d.name;
        INSERT INTO deadlines AS d (log, name, until)
        SELECT p_log, w.key, w.value::timestamptz FROM jsonb_each_text(p_deadlines) AS w
        ON CONFLICT (log, name) DO UPDATE SET until = excluded.until WHERE d.until <> excluded.until;
    END IF;
END
$$;
