-- What the register said by mistake and somebody put right, for a reason and within the rules' days, binds nobody: since when
-- each first stood is kept of parents as of employers, and whether who ended it gave a reason.

-- No append runs between the functions before and these: its entries would be in neither.
SELECT pg_advisory_xact_lock(hashtextextended('selection projections', 0));

ALTER TABLE employments ADD COLUMN reasoned boolean NOT NULL DEFAULT false;
COMMENT ON TABLE employments IS 'A projection of the installation log: the employers that people were registered with, the ties that registrations tell of and those that they declared themselves, each until an entry said otherwise, and whether the entry that began it gave a reason. It stays when a person is erased, as codes and ids are no personal data.';

DROP FUNCTION project_employment(text, json, timestamptz);
CREATE FUNCTION project_employment(p_type text, p_data json, p_at timestamptz, p_reasoned boolean) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    named text := p_data ->> 'person';
    latest employments;
    next_unit text;
    next_ties jsonb;
    next_own jsonb;
BEGIN
    IF p_type NOT IN ('person.registered.v1', 'person.tie-declared.v1') THEN
        RETURN;
    END IF;
    SELECT * INTO latest FROM employments WHERE person = named ORDER BY nth DESC LIMIT 1;
    next_own := coalesce(latest.own, '[]');
    IF p_type = 'person.registered.v1' THEN
        next_unit := p_data ->> 'employer';
        next_ties := coalesce(p_data -> 'ties', '[]')::jsonb;
    ELSE
        next_unit := latest.unit;
        next_ties := latest.ties;
        SELECT coalesce(jsonb_agg(tie), '[]') INTO next_own FROM jsonb_array_elements(next_own) AS t (tie)
        WHERE tie <> (p_data -> 'tie')::jsonb;
        IF (p_data ->> 'holds')::boolean THEN
            next_own := next_own || jsonb_build_array((p_data -> 'tie')::jsonb);
        END IF;
    END IF;
    IF (latest.unit, latest.ties, latest.own) = (next_unit, next_ties, next_own) THEN
        RETURN;
    END IF;
    UPDATE employments SET until = p_at WHERE person = named AND nth = latest.nth;
    INSERT INTO employments (person, nth, unit, since, ties, own, reasoned)
    VALUES (named, coalesce(latest.nth, 0) + 1, next_unit, p_at, next_ties, next_own, p_reasoned);
END
$$;
COMMENT ON FUNCTION project_employment IS 'Who is and was employed where, and what they declared, after one more entry of the installation.';

DROP TABLE former_parents;
CREATE TABLE unit_parents (
    code text NOT NULL,
    parent text NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz,
    reasoned boolean NOT NULL DEFAULT false,
    PRIMARY KEY (code, parent)
);
COMMENT ON TABLE unit_parents IS 'A projection of the installation log: to which units a unit ever belonged, since when first, until when, and whether the entry that ended it gave a reason. One that it belongs to has no end.';
CREATE INDEX unit_parents_by_parent ON unit_parents (parent);
-- What programs of before read of it, until they stop: 0058.
CREATE VIEW former_parents AS SELECT code, parent, until FROM unit_parents WHERE until IS NOT NULL;

DROP FUNCTION project_unit(text, json, integer, timestamptz);
CREATE FUNCTION project_unit(p_type text, p_data json, p_version integer, p_at timestamptz, p_reasoned boolean) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    told record;
BEGIN
    IF p_type <> 'unit.registered.v1' THEN
        RETURN;
    END IF;
    SELECT * INTO told FROM json_to_record(p_data) AS u
        (code text, name_zh text, name_en text, kind text, parents jsonb, active boolean);
    UPDATE unit_parents p SET until = p_at, reasoned = p_reasoned
    WHERE p.code = told.code AND p.until IS NULL AND NOT jsonb_exists(told.parents, p.parent);
    INSERT INTO unit_parents (code, parent, since)
    SELECT told.code, parent, p_at FROM jsonb_array_elements_text(told.parents) AS parent
    ON CONFLICT (code, parent) DO UPDATE SET until = NULL, reasoned = false;
    INSERT INTO units (code, name_zh, name_en, kind, parents, active, version)
    VALUES (told.code, told.name_zh, told.name_en, told.kind, told.parents, told.active, p_version)
    ON CONFLICT (code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en,
        kind = excluded.kind, parents = excluded.parents, active = excluded.active, version = excluded.version;
END
$$;
COMMENT ON FUNCTION project_unit IS 'Which units there are, and what each belongs or belonged to, after one more entry of the installation.';

CREATE OR REPLACE FUNCTION project_register(p_first bigint) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    told record;
BEGIN
    FOR told IN
        SELECT e.type, e.version, e.person, e.command_id, e.at, e.leaf -> 'data' AS data,
            e.leaf #>> '{actor,reason}' IS NOT NULL AS reasoned
        FROM (
            SELECT *, convert_from(body, 'UTF8')::json AS leaf FROM entries
            WHERE log = 'installation' AND seq >= p_first
        ) AS e ORDER BY e.seq
    LOOP
        PERFORM project_person(told.type, told.data);
        PERFORM project_address(told.type, told.data, told.person, told.command_id, told.at);
        PERFORM project_employment(told.type, told.data, told.at, told.reasoned);
        PERFORM project_registrars(told.type, told.data, told.person, told.command_id);
        PERFORM project_key(told.type, told.data, told.person, told.at);
        PERFORM project_unit(told.type, told.data, told.version, told.at, told.reasoned);
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
COMMENT ON FUNCTION project_register IS 'What the entries of the installation bring about, from one on: people with their addresses, employments, ties and registrars, keys, units with their parents and registrars, erasures, letters that were settled.';

CREATE OR REPLACE FUNCTION rebuild_register() RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM people;
    DELETE FROM addresses;
    DELETE FROM employments;
    DELETE FROM registrars;
    DELETE FROM unit_registrars;
    DELETE FROM founding;
    DELETE FROM keys;
    DELETE FROM invitations;
    DELETE FROM units;
    DELETE FROM unit_parents;
    PERFORM project_person(e.type, e.data), project_address(e.type, e.data, e.person, e.command_id, e.at),
        project_employment(e.type, e.data, e.at, e.reasoned),
        project_registrars(e.type, e.data, e.person, e.command_id), project_key(e.type, e.data, e.person, e.at),
        project_unit(e.type, e.data, e.version, e.at, e.reasoned)
    FROM (
        SELECT type, version, person, command_id, at, leaf -> 'data' AS data,
            leaf #>> '{actor,reason}' IS NOT NULL AS reasoned
        FROM (
            SELECT *, convert_from(body, 'UTF8')::json AS leaf FROM entries WHERE log = 'installation' ORDER BY seq
        ) AS known
    ) AS e;
END
$$;
COMMENT ON FUNCTION rebuild_register IS 'Replaces all that follows from the installation''s log by what the log says: people with their addresses, employments, ties and registrars, keys, the founding, units with their parents and registrars. It erases nothing.';

REVOKE ALL ON FUNCTION project_unit, project_employment FROM PUBLIC;
GRANT SELECT ON unit_parents, former_parents TO selection_app, selection_auditor;
SELECT rebuild_register();
