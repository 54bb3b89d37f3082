-- Who ever signed that somebody is registered: they put them into no post of a round.

-- No append runs between the functions before and these: its entries would be in neither.
SELECT pg_advisory_xact_lock(hashtextextended('selection projections', 0));

CREATE TABLE registrars (
    person text NOT NULL,
    registrar text NOT NULL,
    PRIMARY KEY (person, registrar)
);
COMMENT ON TABLE registrars IS 'A projection of the installation log: everybody who ever signed a registration of a person, as the first or the second. It stays when a person is erased, as ids are no personal data.';

CREATE FUNCTION project_registrars(p_type text, p_data json, p_by text, p_command text) RETURNS void
LANGUAGE sql SET search_path = selection, pg_temp AS $$
    INSERT INTO registrars (person, registrar)
    SELECT p_data ->> 'person', h.hand FROM (
        SELECT p_by AS hand
        UNION
        SELECT convert_from(e.body, 'UTF8')::json #>> '{signed,second,person}' FROM entries e
        WHERE e.command_id = p_command AND e.person = p_by AND e.log = 'installation' AND e.nth = 0
    ) AS h WHERE p_type = 'person.registered.v1' AND h.hand IS NOT NULL
    ON CONFLICT DO NOTHING
$$;
COMMENT ON FUNCTION project_registrars IS 'Who registered whom after one more entry of the installation. The second signature stands in the first entry of its act alone.';

CREATE OR REPLACE FUNCTION project_register(p_first bigint) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    told record;
BEGIN
    FOR told IN
        SELECT e.type, e.version, e.person, e.command_id, e.at, convert_from(e.body, 'UTF8')::json -> 'data' AS data
        FROM entries e WHERE e.log = 'installation' AND e.seq >= p_first ORDER BY e.seq
    LOOP
        PERFORM project_person(told.type, told.data);
        PERFORM project_employment(told.type, told.data, told.at);
        PERFORM project_registrars(told.type, told.data, told.person, told.command_id);
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
    DELETE FROM registrars;
    DELETE FROM founding;
    DELETE FROM keys;
    DELETE FROM invitations;
    DELETE FROM units;
    PERFORM project_person(e.type, e.data), project_employment(e.type, e.data, e.at),
        project_registrars(e.type, e.data, e.person, e.command_id), project_key(e.type, e.data, e.person, e.at),
        project_unit(e.type, e.data, e.version)
    FROM (
        SELECT type, version, person, command_id, at, convert_from(body, 'UTF8')::json -> 'data' AS data FROM entries
        WHERE log = 'installation' ORDER BY seq
    ) AS e;
END
$$;

COMMENT ON FUNCTION project_register IS 'What the entries of the installation bring about, from one on: people with their employments, ties and registrars, keys, units, erasures, letters that were settled.';
COMMENT ON FUNCTION rebuild_register IS 'Replaces all that follows from the installation''s log by what the log says: people with their employments, ties and registrars, keys, the founding, units. It erases nothing.';
REVOKE ALL ON FUNCTION project_registrars FROM PUBLIC;
GRANT SELECT ON registrars TO selection_app, selection_auditor;
DO $$ BEGIN
    PERFORM project_registrars(e.type, e.data, e.person, e.command_id) FROM (
        SELECT type, person, command_id, convert_from(body, 'UTF8')::json -> 'data' AS data FROM entries
        WHERE log = 'installation' ORDER BY seq
    ) AS e;
END $$;

-- Who may act for a co-builder is asked by employer.
CREATE INDEX people_by_employer ON people (employer);
