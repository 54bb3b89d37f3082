-- A unit belonged to others until an instant: what it left binds its people as long as a former employer does. And who
-- signed that a unit is registered: they rule on no conflict that follows from it.

-- No append runs between the functions before and these: its entries would be in neither.
SELECT pg_advisory_xact_lock(hashtextextended('selection projections', 0));

CREATE TABLE former_parents (
    code text NOT NULL,
    parent text NOT NULL,
    until timestamptz NOT NULL,
    PRIMARY KEY (code, parent)
);
COMMENT ON TABLE former_parents IS 'A projection of the installation log: to which units a unit belonged, until when. One that it belongs to again is none.';
CREATE INDEX former_parents_by_parent ON former_parents (parent);

CREATE TABLE unit_registrars (
    code text NOT NULL,
    registrar text NOT NULL,
    PRIMARY KEY (code, registrar)
);
COMMENT ON TABLE unit_registrars IS 'A projection of the installation log: everybody who ever signed a registration of a unit, as the first or the second.';

CREATE FUNCTION hands_of(p_by text, p_command text) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = selection, pg_temp AS $$
    SELECT p_by
    UNION
    SELECT convert_from(e.body, 'UTF8')::json #>> '{signed,second,person}' FROM entries e
    WHERE e.command_id = p_command AND e.person = p_by AND e.log = 'installation' AND e.nth = 0
        AND convert_from(e.body, 'UTF8')::json #>> '{signed,second,person}' IS NOT NULL
$$;
COMMENT ON FUNCTION hands_of IS 'Who signed an act on the register. The second signature stands in the first entry of its act alone.';

CREATE OR REPLACE FUNCTION project_registrars(p_type text, p_data json, p_by text, p_command text) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    IF p_type = 'person.registered.v1' THEN
        INSERT INTO registrars (person, registrar)
        SELECT p_data ->> 'person', hand FROM hands_of(p_by, p_command) AS hand ON CONFLICT DO NOTHING;
    ELSIF p_type = 'unit.registered.v1' THEN
        INSERT INTO unit_registrars (code, registrar)
        SELECT p_data ->> 'code', hand FROM hands_of(p_by, p_command) AS hand ON CONFLICT DO NOTHING;
    END IF;
END
$$;
COMMENT ON FUNCTION project_registrars IS 'Who registered whom, and which unit, after one more entry of the installation.';

DROP FUNCTION project_unit(text, json, integer);
CREATE FUNCTION project_unit(p_type text, p_data json, p_version integer, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    told record;
BEGIN
    IF p_type <> 'unit.registered.v1' THEN
        RETURN;
    END IF;
    SELECT * INTO told FROM json_to_record(p_data) AS u
        (code text, name_zh text, name_en text, kind text, parents jsonb, active boolean);
    DELETE FROM former_parents f WHERE f.code = told.code AND jsonb_exists(told.parents, f.parent);
    INSERT INTO former_parents (code, parent, until)
    SELECT u.code, parent, p_at FROM units u, jsonb_array_elements_text(u.parents) AS parent
    WHERE u.code = told.code AND NOT jsonb_exists(told.parents, parent)
    ON CONFLICT (code, parent) DO UPDATE SET until = excluded.until;
    INSERT INTO units (code, name_zh, name_en, kind, parents, active, version)
    VALUES (told.code, told.name_zh, told.name_en, told.kind, told.parents, told.active, p_version)
    ON CONFLICT (code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en,
        kind = excluded.kind, parents = excluded.parents, active = excluded.active, version = excluded.version;
END
$$;
COMMENT ON FUNCTION project_unit IS 'Which units there are, and what each belonged to until when, after one more entry of the installation.';

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
        PERFORM project_unit(told.type, told.data, told.version, told.at);
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
COMMENT ON FUNCTION project_register IS 'What the entries of the installation bring about, from one on: people with their employments, ties and registrars, keys, units with their former parents and registrars, erasures, letters that were settled.';

CREATE OR REPLACE FUNCTION rebuild_register() RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM people;
    DELETE FROM employments;
    DELETE FROM registrars;
    DELETE FROM unit_registrars;
    DELETE FROM founding;
    DELETE FROM keys;
    DELETE FROM invitations;
    DELETE FROM units;
    DELETE FROM former_parents;
    PERFORM project_person(e.type, e.data), project_employment(e.type, e.data, e.at),
        project_registrars(e.type, e.data, e.person, e.command_id), project_key(e.type, e.data, e.person, e.at),
        project_unit(e.type, e.data, e.version, e.at)
    FROM (
        SELECT type, version, person, command_id, at, convert_from(body, 'UTF8')::json -> 'data' AS data FROM entries
        WHERE log = 'installation' ORDER BY seq
    ) AS e;
END
$$;
COMMENT ON FUNCTION rebuild_register IS 'Replaces all that follows from the installation''s log by what the log says: people with their employments, ties and registrars, keys, the founding, units with their former parents and registrars. It erases nothing.';

REVOKE ALL ON FUNCTION project_unit, hands_of FROM PUBLIC;
GRANT SELECT ON unit_registrars, former_parents TO selection_app, selection_auditor;
DELETE FROM units;
DO $$ BEGIN
    PERFORM project_registrars(e.type, e.data, e.person, e.command_id), project_unit(e.type, e.data, e.version, e.at)
    FROM (
        SELECT type, version, person, command_id, at, convert_from(body, 'UTF8')::json -> 'data' AS data FROM entries
        WHERE log = 'installation' AND type = 'unit.registered.v1' ORDER BY seq
    ) AS e;
END $$;
