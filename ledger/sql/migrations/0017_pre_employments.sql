-- Who was registered with which unit, from when until when: what recusal goes by after somebody has moved.

CREATE TABLE employments (
    person text NOT NULL,
    nth integer NOT NULL,
    unit text NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz,
    PRIMARY KEY (person, nth)
);
COMMENT ON TABLE employments IS 'A projection of the installation log: the employers that people were registered with, each until another one was. It stays when a person is erased, as units are no personal data.';

CREATE FUNCTION project_employment(p_type text, p_data json, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    named text := p_data ->> 'person';
    known integer := (SELECT max(nth) FROM employments WHERE person = named);
BEGIN
    IF p_type <> 'person.registered.v1' OR EXISTS (
        SELECT FROM employments WHERE person = named AND nth = known AND unit = p_data ->> 'employer'
    ) THEN
        RETURN;
    END IF;
    UPDATE employments SET until = p_at WHERE person = named AND nth = known;
    INSERT INTO employments (person, nth, unit, since)
    VALUES (named, coalesce(known, 0) + 1, p_data ->> 'employer', p_at);
END
$$;
COMMENT ON FUNCTION project_employment IS 'Who is and was employed where after one more entry of the installation.';

CREATE OR REPLACE FUNCTION project_register(p_first bigint) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    told record;
BEGIN
    FOR told IN
        SELECT e.type, e.version, e.person, e.at, convert_from(e.body, 'UTF8')::json -> 'data' AS data FROM entries e
        WHERE e.log = 'installation' AND e.seq >= p_first ORDER BY e.seq
    LOOP
        PERFORM project_person(told.type, told.data);
        PERFORM project_employment(told.type, told.data, told.at);
        PERFORM project_key(told.type, told.data, told.person, told.at);
        PERFORM project_unit(told.type, told.data, told.version);
        CASE told.type
        WHEN 'person.registered.v1' THEN
            UPDATE identities SET registered = true
            WHERE person = told.data ->> 'person' AND sha256 = told.data ->> 'identity';
        WHEN 'person.erased.v1' THEN
            PERFORM erase_person(told.data ->> 'person', told.data -> 'contents');
        WHEN 'letter.settled.v1' THEN
            PERFORM settle_letter(split_part(told.data ->> 'task', '/', 2)::bigint, told.data ->> 'how');
        ELSE
            NULL;
        END CASE;
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION rebuild_register() RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM people;
    DELETE FROM employments;
    DELETE FROM founding;
    DELETE FROM keys;
    DELETE FROM invitations;
    DELETE FROM units;
    PERFORM project_person(e.type, e.data), project_employment(e.type, e.data, e.at),
        project_key(e.type, e.data, e.person, e.at), project_unit(e.type, e.data, e.version)
    FROM (
        SELECT type, version, person, at, convert_from(body, 'UTF8')::json -> 'data' AS data FROM entries
        WHERE log = 'installation' ORDER BY seq
    ) AS e;
END
$$;

CREATE OR REPLACE FUNCTION reads_stand(p_log text, p_reads jsonb) RETURNS boolean LANGUAGE sql VOLATILE AS $$
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
    ) AND NOT EXISTS (
        SELECT FROM entries e
        WHERE e.log = p_log AND e.seq >= (p_reads #>> '{others,size}')::bigint
            AND e.stream <> p_reads #>> '{others,stream}' AND p_reads #> '{others,types}' ? e.type
    )
$$;
COMMENT ON FUNCTION reads_stand IS 'Whether all that a decision read is as it was read: streams by version, the register by its size, stages by count or mark, and no entry of certain types on another stream since a size.';

REVOKE ALL ON FUNCTION project_employment FROM PUBLIC;
GRANT SELECT ON employments TO selection_app, selection_auditor;
DO $$ BEGIN
    PERFORM project_employment(e.type, e.data, e.at) FROM (
        SELECT type, at, convert_from(body, 'UTF8')::json -> 'data' AS data FROM entries
        WHERE log = 'installation' ORDER BY seq
    ) AS e;
END $$;
