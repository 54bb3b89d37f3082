-- Erasing a person: one function, which records the erasure in the same transaction as it erases.

ALTER TABLE people ADD COLUMN erased boolean NOT NULL DEFAULT false;

CREATE TABLE content_keys (
    person text PRIMARY KEY,
    key bytea NOT NULL
);
COMMENT ON TABLE content_keys IS 'What the ids of a person''s contents are made with; without it an id tells nothing of its bytes.';

DROP FUNCTION erase_content;
DROP FUNCTION erase_identity;

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
    UPDATE people SET erased = true, active = false WHERE person = gone;
    RETURN seq;
END
$$;
COMMENT ON FUNCTION erase_person IS 'The only way to erase: records it, removes identities, content key and the bytes and salts of the contents that the leaf names. Hashes stay.';

REVOKE ALL ON FUNCTION erase_person FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_person TO selection_eraser;
GRANT SELECT ON entries TO selection_eraser;
GRANT SELECT, INSERT ON content_keys TO selection_app;
