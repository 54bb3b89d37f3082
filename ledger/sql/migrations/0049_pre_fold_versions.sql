-- Snapshots and all that is projected with them carry the version of the code that folded them.

ALTER TABLE snapshots ADD COLUMN fold text NOT NULL DEFAULT '';
COMMENT ON TABLE snapshots IS 'The folded state of each stream as the core writes it, at its version. fold is the version of the code that wrote it, and the stream''s row, tasks and deadlines with it; empty of code that has none.';

CREATE OR REPLACE FUNCTION project_stream(
    p_log text, p_stream text, p_version integer, p_state text, p_row jsonb, p_tasks jsonb, p_deadlines jsonb
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever calls says which code folded the state; code from before that was asked says nothing.
    INSERT INTO snapshots (stream, log, version, state, fold)
    VALUES (p_stream, p_log, p_version, p_state, coalesce(current_setting('selection.fold', true), ''))
    ON CONFLICT (stream) DO UPDATE SET version = excluded.version, state = excluded.state, fold = excluded.fold;

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
COMMENT ON FUNCTION project_stream IS 'Makes the projections of a stream equal to its state, of the version of the code that selection.fold names; what is null stays as it is.';

CREATE OR REPLACE FUNCTION record_erasure(p_expected integer, p_bodies bytea[], p_state text, p_reads jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp SET enable_seqscan = off AS $$
DECLARE
    stands jsonb;
    stands_by text;
    reached integer := p_expected + cardinality(p_bodies);
    after jsonb;
    first_seq bigint;
BEGIN
    -- Nobody is erased from an installation that has not begun.
    IF p_expected = 0 OR NOT hold_stream('installation', 'installation', p_expected) THEN
        RETURN NULL;
    END IF;
    SELECT s.state::jsonb, s.fold INTO stands, stands_by FROM snapshots s WHERE s.stream = 'installation';
    -- Of the state, the version moves on, and whoever is erased is no administrator any more.
    SELECT jsonb_set(jsonb_set(stands, '{version}', to_jsonb(reached)), '{admins}', coalesce((
        SELECT jsonb_agg(admin ORDER BY place)
        FROM jsonb_array_elements_text(stands -> 'admins') WITH ORDINALITY AS a (admin, place)
        WHERE admin NOT IN (
            SELECT convert_from(body, 'UTF8')::json -> 'data' ->> 'person' FROM unnest(p_bodies) AS b (body)
        )
    ), '[]'))
    INTO after;
    IF stands_by <> coalesce(current_setting('selection.fold', true), '') THEN
        -- What other code folded is not what the eraser's code makes of it: it stays that code's, and is folded anew later.
        PERFORM set_config('selection.fold', stands_by, true);
        p_state := after::text;
    ELSIF p_state::jsonb IS DISTINCT FROM after THEN
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
COMMENT ON FUNCTION record_erasure IS 'Appends that people were erased, and erases them; null, and nothing done, when the installation stands at another version. Fails as record_leaves does, and with record_erasing when a leaf tells of anything else.';
