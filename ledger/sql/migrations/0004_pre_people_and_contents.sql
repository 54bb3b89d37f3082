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
    PRIMARY KEY (person, sha256)
);
COMMENT ON TABLE identities IS 'Personal data; erasing a row leaves the log provable, since the log holds SHA-256(salt, identity) only.';

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

CREATE TABLE numbers (
    log text NOT NULL,
    number integer NOT NULL,
    person text NOT NULL,
    command_id text NOT NULL,
    PRIMARY KEY (log, number),
    CONSTRAINT numbers_command UNIQUE (log, person, command_id)
);
COMMENT ON TABLE numbers IS 'The number of an application, fixed by the command of a person that asked for it first. What the log itself holds counts more.';

CREATE FUNCTION erase_content(p_id text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    UPDATE contents SET body = NULL, salt = NULL, erased_at = now() WHERE id = p_id AND erased_at IS NULL;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION erase_content IS 'Removes bytes and salt; the hash stays, and without the salt it tells nothing.';

CREATE FUNCTION erase_identity(p_person text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM identities WHERE person = p_person;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION erase_identity IS 'Removes name, mail and employer name of a person, former ones included.';

REVOKE ALL ON FUNCTION erase_content, erase_identity FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_content, erase_identity TO selection_eraser;
GRANT SELECT, INSERT, UPDATE, DELETE ON people TO selection_app;
GRANT SELECT, INSERT ON identities, contents TO selection_app;
GRANT SELECT, INSERT, UPDATE ON numbers TO selection_app;
GRANT SELECT ON people, contents, numbers TO selection_auditor;
