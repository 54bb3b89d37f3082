-- Acts that two must sign, signed at the portal by the first: they wait there for the second, whatever becomes of sessions.

CREATE TABLE portal_seconds (
    id text PRIMARY KEY,
    person text NOT NULL,
    stream text NOT NULL,
    role text NOT NULL,
    head text NOT NULL,
    body text NOT NULL,
    until timestamptz NOT NULL,
    CONSTRAINT portal_seconds_short CHECK (
        greatest(length(id), length(person), length(role)) <= 200 AND length(stream) <= 300
        AND octet_length(head) <= 40000 AND octet_length(body) <= 4000000
    )
);
COMMENT ON TABLE portal_seconds IS 'Acts by their command id that a person signed and another must sign too, until the signature runs out: head is the act with its title, body how it was shown. Neither holds a name of somebody who is registered by it.';
CREATE INDEX portal_seconds_by_person ON portal_seconds (person, until);

CREATE FUNCTION offer_portal_second(
    p_id text, p_person text, p_stream text, p_role text, p_head text, p_body text, p_until timestamptz
) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_seconds WHERE until <= clock_timestamp();
    DELETE FROM portal_seconds WHERE id IN (
        SELECT id FROM portal_seconds WHERE person = p_person ORDER BY until DESC OFFSET 49
    );
    INSERT INTO portal_seconds (id, person, stream, role, head, body, until)
    VALUES (p_id, p_person, p_stream, p_role, p_head, p_body, p_until)
    ON CONFLICT (id) DO UPDATE SET head = excluded.head, body = excluded.body, until = excluded.until
        WHERE portal_seconds.person = excluded.person
$$;
COMMENT ON FUNCTION offer_portal_second IS 'Keeps an act with its first signature for whoever signs second; of one person fifty at most, the latest.';

CREATE FUNCTION list_portal_seconds(p_person text, p_roles text[])
RETURNS TABLE (id text, person text, stream text, role text, head text, until timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_seconds s WHERE s.until <= clock_timestamp()
        OR EXISTS (SELECT FROM entries e WHERE e.command_id = s.id AND e.person = s.person);
    SELECT s.id, s.person, s.stream, s.role, s.head, s.until FROM portal_seconds s
    WHERE s.person = p_person OR s.stream <> 'installation' OR s.role = ANY (p_roles)
    ORDER BY s.until, s.id
$$;
COMMENT ON FUNCTION list_portal_seconds IS 'Removes what ran out or was answered, and returns what a person signed first, and what may wait for them: on the register by the roles that they hold there. Who may be the second, is asked before any of it is shown.';

CREATE FUNCTION read_portal_second(p_id text)
RETURNS TABLE (id text, person text, stream text, role text, head text, until timestamptz, body text)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    SELECT s.id, s.person, s.stream, s.role, s.head, s.until, s.body FROM portal_seconds s
    WHERE s.id = p_id AND s.until > clock_timestamp()
        AND NOT EXISTS (SELECT FROM entries e WHERE e.command_id = s.id AND e.person = s.person)
$$;
COMMENT ON FUNCTION read_portal_second IS 'Returns one act that waits; who may be its second, is asked before it is shown.';

CREATE FUNCTION take_portal_second(p_id text, p_second text)
RETURNS TABLE (id text, person text, stream text, role text, head text, until timestamptz, body text)
LANGUAGE sql SECURITY DEFINER SET search_path = selection, pg_temp AS $$
    DELETE FROM portal_seconds s WHERE s.id = p_id AND s.person <> p_second AND s.until > clock_timestamp()
    RETURNING s.id, s.person, s.stream, s.role, s.head, s.until, s.body
$$;
COMMENT ON FUNCTION take_portal_second IS 'Takes away and returns what somebody signs as the second: of this and of taking it back one comes first.';

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

REVOKE ALL ON FUNCTION offer_portal_second, list_portal_seconds, read_portal_second, take_portal_second,
    withdraw_portal_second, forget_portal_seconds FROM PUBLIC;
GRANT EXECUTE ON FUNCTION offer_portal_second, list_portal_seconds, read_portal_second, take_portal_second,
    withdraw_portal_second TO selection_portal;
-- Names are shown of those only whom no act has registered yet.
GRANT SELECT (registered) ON identities TO selection_app;
