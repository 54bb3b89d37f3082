-- First keys that people made at the portal with the code from their letter: they wait there until somebody confirms them.

CREATE TABLE portal_first_keys (
    person text PRIMARY KEY,
    known text NOT NULL,
    body text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT portal_first_keys_short CHECK (
        greatest(length(person), length(known)) <= 200 AND octet_length(body) <= 20000
    )
);
COMMENT ON TABLE portal_first_keys IS 'One first key of each person who was sent a code, as they handed it in, with what knows that code; for seven days. It holds public keys and signatures, and no code.';

CREATE FUNCTION ask_portal_first_key(p_person text, p_known text, p_body text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_first_keys WHERE at <= clock_timestamp() - interval '7 days';
    INSERT INTO portal_first_keys (person, known, body)
    SELECT person, known, p_body FROM invitations WHERE person = p_person AND known = p_known
    ON CONFLICT (person) DO UPDATE SET known = excluded.known, body = excluded.body, at = clock_timestamp();
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION ask_portal_first_key IS 'Keeps a first key whose person was sent the code that is known so, in the place of the one before, and tells whether they were: there are never more than invitations.';

CREATE FUNCTION list_portal_first_keys()
RETURNS TABLE (person text, known text, body text, at timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_first_keys f WHERE f.at <= clock_timestamp() - interval '7 days'
        OR NOT EXISTS (SELECT FROM invitations i WHERE i.person = f.person AND i.known = f.known);
    SELECT f.person, f.known, f.body, f.at FROM portal_first_keys f ORDER BY f.at, f.person
$$;
COMMENT ON FUNCTION list_portal_first_keys IS 'Removes what ran out, and whose code was used or is another now; returns what waits, the longest first.';

CREATE FUNCTION forget_portal_first_key() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_first_keys WHERE person = NEW.person;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION forget_portal_first_key IS 'Of who is erased no key waits.';
CREATE TRIGGER people_erased_first_keys AFTER INSERT OR UPDATE OF erased ON people
FOR EACH ROW WHEN (NEW.erased) EXECUTE FUNCTION forget_portal_first_key();

REVOKE ALL ON FUNCTION ask_portal_first_key, list_portal_first_keys, forget_portal_first_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ask_portal_first_key, list_portal_first_keys TO selection_portal;
