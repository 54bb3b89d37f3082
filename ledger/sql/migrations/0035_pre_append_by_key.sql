-- An append costs the same however much the record holds: whoever else appends to the log waits for it.

CREATE OR REPLACE FUNCTION append_entries(
    p_log text, p_stream text, p_expected integer, p_bodies bytea[], p_erases boolean DEFAULT false
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    added integer := cardinality(p_bodies);
    first_seq bigint;
    found record;
    placed record;
BEGIN
    INSERT INTO head AS h (log, size) VALUES (p_log, added)
    ON CONFLICT (log) DO UPDATE SET size = h.size + added
    RETURNING h.size - added INTO first_seq;

    -- What a repair brings back is let in: it is checked against what the record once answered.
    IF EXISTS (SELECT FROM halts h WHERE h.log = p_log AND h.lifted IS NULL)
        AND current_setting('selection.repairing', true) IS DISTINCT FROM p_log THEN
        RAISE EXCEPTION 'log % is halted', p_log
            USING ERRCODE = 'object_not_in_prerequisite_state', CONSTRAINT = 'record_halted';
    END IF;

    SELECT e.version, e.log, e.at INTO found
    FROM entries e WHERE e.stream = p_stream ORDER BY e.version DESC LIMIT 1;
    IF coalesce(found.version, 0) <> p_expected OR coalesce(found.log, p_log) <> p_log
        OR p_log <> coalesce(nullif(split_part(p_stream, '/', 2), ''), p_stream)
        OR (p_log = 'installation') <> (p_stream = 'installation') THEN
        RAISE EXCEPTION 'stream is at version %, not %', coalesce(found.version, 0), p_expected
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entries_stream_continues';
    END IF;

    -- What was placed is judged as it is written: read again, it would be looked for in all that the log holds.
    WITH part AS (
        SELECT b.body, b.i::integer AS i, convert_from(b.body, 'UTF8')::json AS leaf
        FROM unnest(p_bodies) WITH ORDINALITY AS b (body, i)
    ), told AS (
        SELECT body, i, leaf ->> 'type' AS type, leaf ->> 'stream' AS stream, (leaf ->> 'version')::integer AS version,
            (leaf ->> 'at')::timestamptz AS at, (leaf ->> 'recorded')::timestamptz AS recorded,
            leaf -> 'actor' ->> 'person' AS person, leaf -> 'data' ->> 'command_id' AS command_id
        FROM part
    ), written AS (
        INSERT INTO entries (log, seq, stream, version, type, at, recorded, person, command_id, nth, body, leaf_hash)
        SELECT p_log, first_seq + t.i - 1, p_stream, t.version, t.type, t.at, t.recorded, t.person, t.command_id,
            row_number() OVER (PARTITION BY t.person, t.command_id ORDER BY t.i) - 1 + (
                SELECT count(*) FROM entries e
                WHERE e.command_id = t.command_id AND e.person = t.person AND e.stream = p_stream
            ),
            t.body, sha256('\x00'::bytea || t.body)
        FROM told t
        WHERE t.stream = p_stream AND t.version = p_expected + t.i
        RETURNING type, at, recorded, person, command_id
    )
    SELECT count(*) AS count,
        bool_or((w.type = 'person.erased.v1') <> p_erases) AS wrongly_erasing,
        -- Deadlines carry their own instant, which may lie before acts that came in its grace.
        bool_or(w.at > w.recorded OR w.recorded > record_clock()
            OR (w.at < found.at AND NOT (w.person = 'system' AND w.command_id LIKE 'deadline/%'))) AS misdated
    INTO placed FROM written w;
    IF added IS NULL OR added = 0 OR placed.count <> added THEN
        RAISE EXCEPTION 'a leaf names another stream or version'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entries_leaf_in_place';
    END IF;
    -- Who records what is decided erases nobody, and who erases does nothing else.
    IF placed.wrongly_erasing THEN
        RAISE EXCEPTION 'an erasure is appended by record_erasure, and nothing else is'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'record_erasing';
    END IF;
    IF placed.misdated THEN
        RAISE EXCEPTION 'an entry is dated after the clock, or before the one that it follows'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entries_dated';
    END IF;
    IF p_log = 'installation' THEN
        PERFORM project_register(first_seq);
    END IF;
    RETURN first_seq;
END
$$;

-- With values that it does not know PostgreSQL plans to read a large table whole where it takes any row to do: whoever else
-- appends would wait for that. All that an append looks for it finds by a key, also in the functions that it calls.
ALTER FUNCTION record_leaves SET enable_seqscan = off;
ALTER FUNCTION record_erasure SET enable_seqscan = off;
