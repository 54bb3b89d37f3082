-- People, and what can be erased: identities, files and texts, kept apart from the permanent record.

CREATE TABLE people (
    person text PRIMARY KEY,
    roles jsonb NOT NULL,
    employer text NOT NULL,
    language text NOT NULL,
    active boolean NOT NULL,
    identity text NOT NULL
);
COMMENT ON TABLE people IS 'A projection of the installation log; identity is the salted hash of the identity in force.';
CREATE INDEX people_by_role ON people USING gin (roles);

CREATE TABLE identities (
    person text NOT NULL,
    sha256 text NOT NULL,
    salt bytea NOT NULL,
    name text NOT NULL,
    mail text NOT NULL,
    employer_name text NOT NULL,
    stored_for text NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT now(),
    registered boolean NOT NULL DEFAULT false,
    PRIMARY KEY (person, sha256)
);
COMMENT ON TABLE identities IS 'Personal data; erasing a row leaves the log provable, since the log holds SHA-256(salt, identity) only. A row is stored for one command (person/command id); until an entry names its hash, it is not registered.';
CREATE INDEX identities_unregistered ON identities (stored_at) WHERE NOT registered;

CREATE TABLE contents (
    id text PRIMARY KEY,
    kind text NOT NULL CONSTRAINT contents_kind CHECK (kind IN ('file', 'text')),
    media_type text NOT NULL,
    size integer NOT NULL,
    sha256 text NOT NULL,
    salt bytea,
    body bytea CONSTRAINT contents_limit CHECK (octet_length(body) <= 20971520),
    stored_at timestamptz NOT NULL DEFAULT now(),
    stored_by text NOT NULL,
    erased_at timestamptz
);
ALTER TABLE contents ALTER COLUMN body SET STORAGE EXTERNAL;
COMMENT ON TABLE contents IS 'Files and texts by id, with SHA-256(salt, body). stored_at is this clock, so nobody can date a file.';

CREATE FUNCTION put_content(p_id text, p_kind text, p_media_type text, p_body bytea, p_stored_by text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    INSERT INTO contents (id, kind, media_type, size, sha256, salt, body, stored_by)
    SELECT p_id, p_kind, p_media_type, octet_length(p_body), encode(sha256(s.salt || p_body), 'hex'), s.salt,
        p_body, p_stored_by
    FROM (SELECT uuid_send(gen_random_uuid()) AS salt) AS s
    ON CONFLICT (id) DO NOTHING;
    RETURN FOUND OR EXISTS (
        SELECT FROM contents c
        WHERE c.id = p_id AND (c.kind, c.media_type, c.stored_by) = (p_kind, p_media_type, p_stored_by) AND c.body = p_body
    );
END
$$;
COMMENT ON FUNCTION put_content IS 'The only way for a content: under a salt that is made here, once; false when the id holds another.';

CREATE FUNCTION own_salt(p_id text, p_person text) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT salt FROM contents WHERE id = p_id AND stored_by = p_person
$$;
COMMENT ON FUNCTION own_salt IS 'The salt of a content to who stored it, so that its hash can be made from what is seen.';

CREATE TABLE numbers (
    log text NOT NULL,
    number integer NOT NULL,
    person text NOT NULL,
    command_id text NOT NULL,
    PRIMARY KEY (log, number),
    CONSTRAINT numbers_command UNIQUE (log, person, command_id)
);
COMMENT ON TABLE numbers IS 'The number of an application, fixed by the command of a person that asked for it first. What the log itself holds counts more.';

CREATE FUNCTION application_begun(p_log text, p_number integer) RETURNS TABLE (person text, command_id text)
LANGUAGE sql STABLE SET search_path = selection, pg_temp AS $$
    SELECT e.person, e.command_id FROM entries e
    WHERE e.stream = 'application/' || p_log || '/' || lpad(p_number::text, greatest(4, length(p_number::text)), '0')
        AND e.version = 1
$$;
COMMENT ON FUNCTION application_begun IS 'Whose command began the application of this number, by the log itself.';

CREATE FUNCTION give_number(p_log text, p_person text, p_command_id text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    given integer;
BEGIN
    -- One number at a time per round.
    PERFORM pg_advisory_xact_lock(hashtextextended(p_log, 2));
    LOOP
        SELECT n.number INTO given FROM numbers n
        WHERE n.log = p_log AND n.person = p_person AND n.command_id = p_command_id;
        IF given IS NULL THEN
            INSERT INTO numbers (log, number, person, command_id)
            SELECT p_log, coalesce(max(n.number), 0) + 1, p_person, p_command_id FROM numbers n WHERE n.log = p_log
            RETURNING number INTO given;
        END IF;
        EXIT WHEN NOT EXISTS (
            SELECT FROM application_begun(p_log, given) AS b
            WHERE (b.person, b.command_id) <> (p_person, p_command_id)
        );
        -- Another command began it: a database that was set back had forgotten whose it is.
        UPDATE numbers SET person = '', command_id = given::text WHERE log = p_log AND number = given;
    END LOOP;
    RETURN given;
END
$$;
COMMENT ON FUNCTION give_number IS 'The number of a command''s application, always the same; never one under which the log holds another''s.';

CREATE FUNCTION keep_number(p_log text, p_number integer, p_person text, p_command_id text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    INSERT INTO numbers (log, number, person, command_id)
    SELECT p_log, p_number, p_person, p_command_id
    WHERE NOT EXISTS (
        SELECT FROM numbers n WHERE n.log = p_log AND n.person = p_person AND n.command_id = p_command_id
    ) AND NOT EXISTS (
        SELECT FROM application_begun(p_log, p_number) AS b WHERE (b.person, b.command_id) <> (p_person, p_command_id)
    )
    ON CONFLICT (log, number) DO UPDATE SET person = excluded.person, command_id = excluded.command_id
$$;
COMMENT ON FUNCTION keep_number IS 'A number as it was given before the record forgot that; whoever got it since is given another.';

CREATE FUNCTION store_identities(p_command text, p_people jsonb) RETURNS TABLE (person text, sha256 text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
#variable_conflict use_column
BEGIN
    DELETE FROM identities i WHERE NOT i.registered AND i.stored_at < now() - interval '7 days';
    -- Whoever erases one of them waits, or is waited for.
    PERFORM pg_advisory_xact_lock(hashtextextended(w.person, 3))
    FROM (SELECT DISTINCT p ->> 'person' AS person FROM jsonb_array_elements(p_people) AS p ORDER BY 1) AS w;
    IF EXISTS (
        SELECT FROM people e JOIN jsonb_array_elements(p_people) AS p ON e.person = p ->> 'person' WHERE e.erased
    ) THEN
        RAISE EXCEPTION 'a person under this id was erased'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'identities_erased';
    END IF;
    RETURN QUERY
    WITH told AS (
        SELECT * FROM jsonb_to_recordset(p_people) AS t
            (person text, sha256 text, salt text, name text, mail text, employer_name text)
    ), known AS (
        SELECT t.person, min(i.sha256) AS sha256 FROM told t JOIN identities i USING (person)
        WHERE i.stored_for = p_command
            AND (i.name, i.mail, i.employer_name) = (t.name, t.mail, t.employer_name)
        GROUP BY t.person
    ), added AS (
        INSERT INTO identities (person, sha256, salt, name, mail, employer_name, stored_for)
        SELECT t.person, t.sha256, decode(t.salt, 'hex'), t.name, t.mail, t.employer_name, p_command
        FROM told t WHERE t.person NOT IN (SELECT k.person FROM known k)
        RETURNING person, sha256
    )
    SELECT k.person, k.sha256 FROM known k UNION ALL SELECT a.person, a.sha256 FROM added a;
END
$$;
COMMENT ON FUNCTION store_identities IS 'Stores identities before the act that registers them, and returns their hashes: for the same command and identity always the same one. What no entry named within a week is deleted.';

REVOKE ALL ON FUNCTION put_content, own_salt, store_identities FROM PUBLIC;
GRANT EXECUTE ON FUNCTION put_content, own_salt, store_identities TO selection_app;
GRANT SELECT (id, kind, media_type, size, sha256, body, stored_at, stored_by, erased_at) ON contents TO selection_app;
GRANT SELECT (person, sha256, name, mail, employer_name) ON identities TO selection_app;
GRANT SELECT ON people TO selection_app;
REVOKE ALL ON FUNCTION application_begun, give_number, keep_number FROM PUBLIC;
GRANT EXECUTE ON FUNCTION give_number, keep_number TO selection_app;
GRANT SELECT ON numbers TO selection_app;
GRANT SELECT ON people, contents, numbers TO selection_auditor;
