-- Erasing a person: one function, which records the erasure in the same transaction as it erases.

ALTER TABLE people ADD COLUMN erased boolean NOT NULL DEFAULT false;

CREATE TABLE content_keys (
    person text PRIMARY KEY,
    key bytea NOT NULL
);
COMMENT ON TABLE content_keys IS 'What the ids of a person''s contents are made with; without it an id tells nothing of its bytes.';

DROP FUNCTION erase_content;
DROP FUNCTION erase_identity;

CREATE FUNCTION content_key(p_person text) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    INSERT INTO content_keys (person, key) VALUES (p_person, uuid_send(gen_random_uuid())) ON CONFLICT DO NOTHING;
    RETURN (SELECT key FROM content_keys WHERE person = p_person);
END
$$;
COMMENT ON FUNCTION content_key IS 'The secret of a person''s content ids; the first call makes it.';

CREATE FUNCTION register_leaf(p_body bytea) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    data jsonb := convert_from(p_body, 'UTF8')::json -> 'data';
BEGIN
    CASE convert_from(p_body, 'UTF8')::json ->> 'type'
    WHEN 'person.registered.v1' THEN
        INSERT INTO people (person, roles, employer, language, active, identity)
        SELECT r.person, r.roles, r.employer, r.language, r.active, r.identity
        FROM jsonb_to_record(data)
            AS r (person text, roles jsonb, employer text, language text, active boolean, identity text)
        ON CONFLICT (person) DO UPDATE SET roles = excluded.roles, employer = excluded.employer,
            language = excluded.language, active = excluded.active, identity = excluded.identity;
    WHEN 'person.erased.v1' THEN
        UPDATE people SET erased = true, active = false WHERE person = data ->> 'person';
    ELSE NULL;
    END CASE;
END
$$;
COMMENT ON FUNCTION register_leaf IS 'What a leaf of the installation says of a person, in the register; other leaves change nothing.';

CREATE FUNCTION register_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM register_leaf(NEW.body);
    RETURN NULL;
END
$$;
CREATE TRIGGER entries_registered AFTER INSERT ON entries
    FOR EACH ROW WHEN (NEW.log = 'installation' AND NEW.type LIKE 'person.%') EXECUTE FUNCTION register_entry();

CREATE FUNCTION keep_identity(
    p_person text, p_sha256 text, p_salt bytea, p_name text, p_mail text, p_employer_name text
) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    INSERT INTO identities (person, sha256, salt, name, mail, employer_name)
    SELECT p_person, p_sha256, p_salt, p_name, p_mail, p_employer_name
    WHERE NOT EXISTS (SELECT FROM people p WHERE p.person = p_person AND p.erased)
    ON CONFLICT (person, sha256) DO NOTHING
$$;
COMMENT ON FUNCTION keep_identity IS 'Keeps an identity under its salted hash; it counts once a registration names that hash.';

CREATE FUNCTION is_identity(p_person text, p_sha256 text, p_name text, p_mail text, p_employer_name text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT coalesce((
        SELECT (i.name, i.mail, i.employer_name) = (p_name, p_mail, p_employer_name)
        FROM identities i WHERE i.person = p_person AND i.sha256 = p_sha256
    ), true)
$$;
COMMENT ON FUNCTION is_identity IS 'Whether this is the identity of that hash, without its salt; true of an erased one, of which nothing is left to compare.';

CREATE FUNCTION erase_person(p_expected integer, p_body bytea) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
DECLARE
    leaf json := convert_from(p_body, 'UTF8')::json;
    gone text := leaf -> 'data' ->> 'person';
    seq bigint;
BEGIN
    IF leaf ->> 'type' <> 'person.erased.v1' OR leaf ->> 'stream' <> 'installation' OR gone IS NULL THEN
        RAISE EXCEPTION 'an erasure is recorded as person.erased.v1 of the installation'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'entries_leaf_in_place';
    END IF;
    seq := append_entries('installation', 'installation', p_expected, ARRAY[p_body]);
    DELETE FROM identities WHERE person = gone;
    DELETE FROM content_keys WHERE person = gone;
    UPDATE contents SET body = NULL, salt = NULL, erased_at = now()
    WHERE erased_at IS NULL AND id IN (SELECT json_array_elements_text(leaf -> 'data' -> 'contents'));
    RETURN seq;
END
$$;
COMMENT ON FUNCTION erase_person IS 'The only way to erase: records it, removes identities, content key and the bytes and salts of the contents that the leaf names. Hashes stay.';

REVOKE ALL ON FUNCTION erase_person FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_person TO selection_eraser;
GRANT SELECT ON entries TO selection_eraser;
REVOKE ALL ON FUNCTION content_key, register_leaf, keep_identity, is_identity FROM PUBLIC;
GRANT EXECUTE ON FUNCTION content_key, keep_identity, is_identity TO selection_app;
