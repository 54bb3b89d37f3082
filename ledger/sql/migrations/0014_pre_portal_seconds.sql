-- Acts that two must sign, signed at the portal by the first: they wait there for the second, whatever becomes of sessions.

CREATE TABLE portal_seconds (
    id text PRIMARY KEY,
    person text NOT NULL,
    body text NOT NULL,
    until timestamptz NOT NULL,
    CONSTRAINT portal_seconds_short CHECK (greatest(length(id), length(person)) <= 200 AND octet_length(body) <= 4000000)
);
COMMENT ON TABLE portal_seconds IS 'Acts by their command id that a person signed and another must sign too, until the signature runs out.';
CREATE INDEX portal_seconds_by_person ON portal_seconds (person, until);

CREATE FUNCTION offer_portal_second(p_id text, p_person text, p_body text, p_until timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_seconds WHERE until <= clock_timestamp();
    DELETE FROM portal_seconds WHERE id IN (
        SELECT id FROM portal_seconds WHERE person = p_person ORDER BY until DESC OFFSET 49
    );
    INSERT INTO portal_seconds (id, person, body, until) VALUES (p_id, p_person, p_body, p_until)
    ON CONFLICT (id) DO UPDATE SET body = excluded.body, until = excluded.until
        WHERE portal_seconds.person = excluded.person
$$;
COMMENT ON FUNCTION offer_portal_second IS 'Keeps an act with its first signature for whoever signs second; of one person fifty at most, the latest.';

CREATE FUNCTION list_portal_seconds() RETURNS TABLE (id text, person text, body text, until timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT s.id, s.person, s.body, s.until FROM portal_seconds s
    WHERE s.until > clock_timestamp()
        AND NOT EXISTS (SELECT FROM entries e WHERE e.command_id = s.id AND e.person = s.person)
    ORDER BY s.until, s.id LIMIT 500
$$;
COMMENT ON FUNCTION list_portal_seconds IS 'Returns what waits for a second person and has no answer in the record; who may be that, is asked before any of it is shown.';

CREATE FUNCTION withdraw_portal_second(p_id text, p_person text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_seconds WHERE id = p_id AND person = p_person;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION withdraw_portal_second IS 'Takes back what a person signed first, and tells whether it was there.';

CREATE FUNCTION forget_portal_seconds() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
BEGIN
    DELETE FROM portal_seconds WHERE person = NEW.person;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION forget_portal_seconds IS 'Of who is erased nothing waits for a second person.';
CREATE TRIGGER people_erased_seconds AFTER INSERT OR UPDATE OF erased ON people
FOR EACH ROW WHEN (NEW.erased) EXECUTE FUNCTION forget_portal_seconds();

REVOKE ALL ON FUNCTION offer_portal_second, list_portal_seconds, withdraw_portal_second, forget_portal_seconds FROM PUBLIC;
GRANT EXECUTE ON FUNCTION offer_portal_second, list_portal_seconds, withdraw_portal_second
    TO selection_portal;
