-- Erasing a person: done with the entry that says so, and in no other way.

ALTER TABLE people ADD COLUMN erased boolean NOT NULL DEFAULT false;

CREATE TABLE content_keys (
    person text PRIMARY KEY,
    key bytea NOT NULL
);
COMMENT ON TABLE content_keys IS 'What the ids of a person''s contents are made with; without it an id tells nothing of its bytes.';

CREATE FUNCTION content_key(p_person text) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    INSERT INTO content_keys (person, key) VALUES (p_person, uuid_send(gen_random_uuid())) ON CONFLICT DO NOTHING;
    RETURN (SELECT key FROM content_keys WHERE person = p_person);
END
$$;
COMMENT ON FUNCTION content_key IS 'The secret of a person''s content ids; the first call makes it.';

CREATE FUNCTION erase_person(p_person text, p_contents json) RETURNS void
LANGUAGE plpgsql SET search_path = selection, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(p_person, 3));
    DELETE FROM identities WHERE person = p_person;
    DELETE FROM content_keys WHERE person = p_person;
    UPDATE contents SET body = NULL, salt = NULL, erased_at = now()
    WHERE erased_at IS NULL AND id IN (SELECT json_array_elements_text(p_contents));
END
$$;
COMMENT ON FUNCTION erase_person IS 'Removes identities, content key and the bytes and salts of the contents that an entry names. Hashes stay. Nobody may call it: it is a part of appending.';

REVOKE ALL ON FUNCTION content_key, erase_person FROM PUBLIC;
GRANT EXECUTE ON FUNCTION content_key TO selection_app;
