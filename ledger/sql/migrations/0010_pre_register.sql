-- What the entries of the installation bring about, in the transaction that appends them. No login writes these tables.

CREATE FUNCTION project_person(p_type text, p_data json) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    IF p_type = 'person.registered.v1' THEN
        INSERT INTO people (person, roles, employer, language, active, identity)
        SELECT p.person, p.roles, p.employer, p.language, p.active, p.identity
        FROM json_to_record(p_data) AS p
            (person text, roles jsonb, employer text, language text, active boolean, identity text)
        ON CONFLICT (person) DO UPDATE SET roles = excluded.roles, employer = excluded.employer,
            language = excluded.language, active = excluded.active, identity = excluded.identity;
    ELSIF p_type = 'person.erased.v1' THEN
        UPDATE people SET erased = true, active = false WHERE person = p_data ->> 'person';
    END IF;
END
$$;
COMMENT ON FUNCTION project_person IS 'Who is registered after one more entry of the installation.';

CREATE TABLE units (
    code text PRIMARY KEY,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    kind text NOT NULL,
    parents jsonb NOT NULL,
    active boolean NOT NULL,
    version integer NOT NULL
);
COMMENT ON TABLE units IS 'A projection of the installation log: each unit as its latest entry says, of that version.';

CREATE FUNCTION project_unit(p_type text, p_data json, p_version integer) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    IF p_type = 'unit.registered.v1' THEN
        INSERT INTO units (code, name_zh, name_en, kind, parents, active, version)
        SELECT u.code, u.name_zh, u.name_en, u.kind, u.parents, u.active, p_version
        FROM json_to_record(p_data) AS u
            (code text, name_zh text, name_en text, kind text, parents jsonb, active boolean)
        ON CONFLICT (code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en,
            kind = excluded.kind, parents = excluded.parents, active = excluded.active, version = excluded.version;
    END IF;
END
$$;
COMMENT ON FUNCTION project_unit IS 'Which units there are after one more entry of the installation.';

CREATE TABLE founding (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    installation text NOT NULL,
    local boolean NOT NULL
);
COMMENT ON TABLE founding IS 'What the installation is for good: the first entry of its log.';

CREATE TABLE keys (
    key text PRIMARY KEY,
    person text NOT NULL,
    body jsonb NOT NULL,
    since timestamptz NOT NULL,
    enrolled_by text NOT NULL,
    revoked timestamptz,
    revoked_by text
);
COMMENT ON TABLE keys IS 'Every public key that a person may sign with, or could until it was revoked. Private keys never reach a server.';
CREATE INDEX keys_of_person ON keys (person) WHERE revoked IS NULL;

CREATE TABLE invitations (
    person text PRIMARY KEY,
    known text NOT NULL,
    until timestamptz,
    misses integer NOT NULL DEFAULT 0
);
COMMENT ON TABLE invitations IS 'What knows the one-time code that a person was sent for a first key, until when it counts, and how often another one was shown.';

CREATE FUNCTION project_key(p_type text, p_data json, p_by text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    CASE p_type
    WHEN 'installation.founded.v1' THEN
        INSERT INTO founding (installation, local)
        VALUES (p_data ->> 'installation', (p_data ->> 'local')::boolean);
    WHEN 'signer.invited.v1' THEN
        INSERT INTO invitations (person, known, until)
        VALUES (p_data ->> 'person', p_data ->> 'known', (p_data ->> 'until')::timestamptz)
        ON CONFLICT (person) DO UPDATE SET known = excluded.known, until = excluded.until, misses = 0;
    WHEN 'code.missed.v1' THEN
        UPDATE invitations SET misses = misses + 1 WHERE person = p_data ->> 'person';
    WHEN 'key.enrolled.v1' THEN
        INSERT INTO keys (key, person, body, since, enrolled_by)
        VALUES (p_data -> 'key' ->> 'key', p_data ->> 'person', p_data -> 'key', p_at, p_data ->> 'by');
        DELETE FROM invitations WHERE person = p_data ->> 'person';
    WHEN 'key.revoked.v1', 'key.ended.v1' THEN
        UPDATE keys SET revoked = p_at, revoked_by = p_by
        WHERE key = p_data ->> 'key' AND person = p_data ->> 'person' AND revoked IS NULL;
    ELSE
        NULL;
    END CASE;
END
$$;
COMMENT ON FUNCTION project_key IS 'Who may sign with what after one more entry of the installation.';

CREATE FUNCTION settle_letter(p_letter bigint, p_how text) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    UPDATE outbox SET state = CASE p_how WHEN 'resend' THEN 'pending' ELSE 'dropped' END,
        due = CASE p_how WHEN 'resend' THEN now() ELSE due END,
        closed_at = CASE p_how WHEN 'resend' THEN NULL ELSE now() END
    WHERE id = p_letter AND kind = 'letter' AND state = 'refused';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'letter % waits for nobody', p_letter
            USING ERRCODE = 'serialization_failure', CONSTRAINT = 'record_reads';
    END IF;
END
$$;
COMMENT ON FUNCTION settle_letter IS 'Ends the task of a refused letter: sends it again, or gives it up. Fails with record_reads when it waits no longer.';

CREATE FUNCTION project_register(p_first bigint) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
DECLARE
    told record;
BEGIN
    FOR told IN
        SELECT e.type, e.version, e.person, e.at, convert_from(e.body, 'UTF8')::json -> 'data' AS data FROM entries e
        WHERE e.log = 'installation' AND e.seq >= p_first ORDER BY e.seq
    LOOP
        PERFORM project_person(told.type, told.data);
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
COMMENT ON FUNCTION project_register IS 'What the entries of the installation bring about, from one on: people, units, erasures, letters that were settled.';

CREATE FUNCTION rebuild_register() RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM people;
    DELETE FROM founding;
    DELETE FROM keys;
    DELETE FROM invitations;
    DELETE FROM units;
    PERFORM project_person(e.type, e.data), project_key(e.type, e.data, e.person, e.at),
        project_unit(e.type, e.data, e.version)
    FROM (
        SELECT type, version, person, at, convert_from(body, 'UTF8')::json -> 'data' AS data FROM entries
        WHERE log = 'installation' ORDER BY seq
    ) AS e;
END
$$;
COMMENT ON FUNCTION rebuild_register IS 'Replaces people and units by what the log says. It tells who is registered, and erases nothing.';

REVOKE ALL ON FUNCTION project_key, project_unit FROM PUBLIC;
GRANT SELECT ON founding, keys, invitations, units TO selection_app;
GRANT SELECT ON founding, keys, units TO selection_auditor;
REVOKE ALL ON FUNCTION project_person, settle_letter, project_register, rebuild_register FROM PUBLIC;
