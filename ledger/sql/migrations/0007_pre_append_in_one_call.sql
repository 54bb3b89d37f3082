-- How leaves are recorded with all that follows from them: one call, so that an act costs few round trips.

CREATE FUNCTION project_stream(
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
        INSERT INTO tasks AS t (stream, key, log, kind, role, person, unit, since, until)
        SELECT p_stream, w.key, p_log, w.kind, w.role, w.person, w.unit, w.since, w.until
        FROM jsonb_to_recordset(p_tasks) AS w
            (key text, kind text, role text, person text, unit text, since timestamptz, until timestamptz)
        ON CONFLICT (stream, key) DO UPDATE SET kind = excluded.kind, role = excluded.role,
            person = excluded.person, unit = excluded.unit, since = excluded.since, until = excluded.until
        WHERE (t.kind, t.role, t.person, t.unit, t.since, t.until) IS DISTINCT FROM
            (excluded.kind, excluded.role, excluded.person, excluded.unit, excluded.since, excluded.until);
    END IF;

    IF p_deadlines IS NOT NULL THEN
        DELETE FROM deadlines d WHERE d.log = p_log AND NOT p_deadlines ? d.name;
        INSERT INTO deadlines AS d (log, name, until)
        SELECT p_log, w.key, w.value::timestamptz FROM jsonb_each_text(p_deadlines) AS w
        ON CONFLICT (log, name) DO UPDATE SET until = excluded.until WHERE d.until <> excluded.until;
    END IF;
END
$$;
COMMENT ON FUNCTION project_stream IS 'Makes the projections of a stream equal to its state; what is null stays as it is.';

CREATE FUNCTION queue_wake(p_log text, p_stage text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO outbox AS o (log, stream, version, key, kind, body, message_id, due)
    SELECT p_log, place.stream, 0, place.key, 'wake',
        jsonb_build_object('round', p_log, 'stage', p_stage), place.stream || '#' || place.key, now()
    FROM (
        SELECT 'round/' || p_log AS stream,
            'wake/' || p_stage || '/' || coalesce((SELECT r.stage FROM rounds r WHERE r.log = p_log), '') AS key
    ) AS place
    WHERE NOT EXISTS (SELECT FROM applications a WHERE a.log = p_log AND a.stage = p_stage)
    ON CONFLICT ON CONSTRAINT outbox_key DO UPDATE
        SET state = 'pending', rearmed = o.rearmed + 1, attempts = o.attempts + 1, lease_until = NULL,
            closed_at = NULL, due = now() + interval '1 second' * least(greatest(o.rearmed - 19, 0), 60)
        WHERE o.state = 'sent' OR o.lease_until IS NOT NULL
$$;
COMMENT ON FUNCTION queue_wake IS 'Wakes the round when a stage is empty; called while the head is locked, so that exactly one append sees it empty.
A stage that fills and empties again while the round waits wakes it again; beyond 20 times a little later each time, up to a minute, so that a stage emptied by thousands one by one does not swell the history of the round.
attempts + 1 fences a courier that is sending the earlier wake now.';

CREATE FUNCTION mark_of(p_log text, p_stages text[]) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT count(*) || '/' || coalesce(sum(hashtextextended(s.stream, s.version)::numeric), 0)
    FROM applications a JOIN snapshots s USING (stream)
    WHERE a.log = p_log AND a.stage = ANY(p_stages)
$$;
COMMENT ON FUNCTION mark_of IS 'What tells whether any application of these stages came, went or changed.';

CREATE FUNCTION count_stages(p_log text) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_object_agg(c.stage, c.n), '{}') FROM (
        SELECT stage, count(*) AS n FROM applications WHERE log = p_log GROUP BY stage
    ) AS c
$$;
COMMENT ON FUNCTION count_stages IS 'How many applications of a round stand in each stage.';

CREATE FUNCTION reads_stand(p_log text, p_reads jsonb) RETURNS boolean LANGUAGE sql VOLATILE AS $$
    SELECT NOT EXISTS (
        SELECT FROM jsonb_each_text(p_reads -> 'streams') AS r
        LEFT JOIN snapshots s ON s.stream = r.key
        WHERE coalesce(s.version, 0) <> r.value::integer
    ) AND NOT EXISTS (
        SELECT FROM entries e
        WHERE e.log = 'installation' AND e.seq >= (p_reads ->> 'register')::bigint
            AND (e.type LIKE 'person.%' OR e.type LIKE 'key.%' OR e.type LIKE 'unit.%')
    ) AND (p_reads -> 'counts' IS NULL OR p_reads -> 'counts' = count_stages(p_log))
    AND NOT EXISTS (
        SELECT FROM jsonb_each_text(p_reads -> 'marks') AS m
        WHERE m.value <> mark_of(p_log, string_to_array(m.key, ','))
    )
$$;
COMMENT ON FUNCTION reads_stand IS 'Whether all that a decision read is as it was read: streams by version, the register by its size, stages by count or mark.';

CREATE FUNCTION record_leaves(
    p_log text, p_stream text, p_expected integer, p_bodies bytea[], p_version integer, p_state text,
    p_row jsonb, p_tasks jsonb, p_deadlines jsonb, p_items jsonb, p_left text, p_reads jsonb
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    first_seq bigint;
BEGIN
    -- Lock order of every append: projections (shared), stream, own rows, head. One stream per transaction.
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('selection projections', 0));
    PERFORM pg_advisory_xact_lock(hashtextextended(p_stream, 1));
    IF coalesce((SELECT s.version FROM snapshots s WHERE s.stream = p_stream), 0) <> p_expected THEN
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
COMMENT ON FUNCTION record_leaves IS 'Appends leaves to a stream that stands at the expected version, with projections, letters and wakes; null, and nothing written, when it stands elsewhere. Fails with record_reads when what was read has changed, and with record_erasing when a leaf erases somebody. The only way to write a projection, a letter or an entry of a round.';

CREATE FUNCTION record_erasure(p_expected integer, p_bodies bytea[], p_state text, p_reads jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    stands record;
    reached integer := p_expected + cardinality(p_bodies);
    after jsonb;
    first_seq bigint;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('selection projections', 0));
    PERFORM pg_advisory_xact_lock(hashtextextended('installation', 1));
    SELECT s.version, s.state::jsonb AS state INTO stands FROM snapshots s WHERE s.stream = 'installation';
    IF coalesce(stands.version, 0) <> p_expected THEN
        RETURN NULL;
    END IF;
    -- Of the state, the version moves on, and whoever is erased is no administrator any more.
    SELECT jsonb_set(jsonb_set(stands.state, '{version}', to_jsonb(reached)), '{admins}', coalesce((
        SELECT jsonb_agg(admin ORDER BY place)
        FROM jsonb_array_elements_text(stands.state -> 'admins') WITH ORDINALITY AS a (admin, place)
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
COMMENT ON FUNCTION record_erasure IS 'Appends that people were erased, and erases them; null, and nothing done, when the installation stands at another version. Fails as record_leaves does, and with record_erasing when a leaf tells of anything else.';

REVOKE ALL ON FUNCTION project_stream, queue_wake, record_leaves, record_erasure FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_leaves TO selection_recorder;
GRANT EXECUTE ON FUNCTION record_erasure TO selection_eraser;
